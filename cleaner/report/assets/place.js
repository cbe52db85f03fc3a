// Where a reader is: the view, what is filtered, what is open. It stands behind the # of the address.

const START = Object.freeze({
  view: "overview",
  query: "",
  where: "all",
  outlet: "",
  rule: "",
  state: "all",
  order: "run",
  kinds: "",
  open: "",
});

const placeOf = (hash) => {
  const said = new URLSearchParams(hash.slice(1));
  const place = { ...START };
  for (const key of Object.keys(START)) if (said.has(key)) place[key] = said.get(key);
  return place;
};

const hashOf = (place) => {
  const said = new URLSearchParams();
  for (const [key, value] of Object.entries(place)) if (value !== START[key] || key === "view") said.set(key, value);
  return `#${said}`;
};

const linkTo = (changes, ...content) => el("a", { href: hashOf({ ...START, view: "records", ...changes }) }, ...content);

// Letters typed into the search are no steps to go back through; views and articles are.
const goTo = (place, { step }) => {
  const hash = hashOf(place);
  if (hash === location.hash) return;
  if (step) location.hash = hash;
  else history.replaceState(null, "", hash);
};
