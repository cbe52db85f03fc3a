// Which records are listed, and in which order, by what the list alone knows of them.

const STATES = {
  all: "all records",
  cut: "articles with cuts",
  uncut: "articles without cuts",
  suspects: "articles with suspects",
  empty: "pages without an article",
  unread: "not read",
  unmatched: "not matching their row",
};

const ORDERS = {
  run: "as in the run",
  "share-down": "largest share cut first",
  "share-up": "smallest share cut first",
  "cut-down": "most characters cut first",
  "cuts-down": "most cuts first",
  "suspects-down": "most suspects first",
  "length-down": "longest first",
};

const OF_STATE = {
  all: () => true,
  cut: (index, entry) => index.cuts[entry] > 0,
  uncut: (index, entry) => index.states[entry] === "article" && index.cuts[entry] === 0,
  suspects: (index, entry) => index.suspects[entry] > 0,
  empty: (index, entry) => index.states[entry] === "empty",
  unread: (index, entry) => index.states[entry] === "unread",
  unmatched: (index, entry) => index.states[entry] === "unmatched",
};

const MEASURES = {
  "share-down": (index, entry) => -index.share(entry),
  "share-up": (index, entry) => index.share(entry),
  "cut-down": (index, entry) => -index.removed[entry],
  "cuts-down": (index, entry) => -index.cuts[entry],
  "suspects-down": (index, entry) => -index.suspects[entry],
  "length-down": (index, entry) => -index.lengths[entry],
};

const kindBits = (names, kinds) => {
  let bits = 0;
  for (const kind of names.split(",")) if (kinds.includes(kind)) bits |= 1 << kinds.indexOf(kind);
  return bits;
};

const selected = (index, place, names) => {
  const ofState = OF_STATE[place.state] ?? OF_STATE.all;
  const outlet = place.outlet === "" ? -1 : names.outlets.indexOf(outletName(place.outlet));
  const rule = place.rule === "" ? -1 : names.rules.indexOf(place.rule);
  const bits = kindBits(place.kinds, names.kinds);
  const entries = [];
  for (let entry = 0; entry < index.read; entry += 1) {
    if (!ofState(index, entry)) continue;
    if (place.outlet !== "" && index.outlets[entry] !== outlet) continue;
    if (bits && !(bits & kindsOf(index, entry, place.state))) continue;
    if (place.rule !== "" && !index.rules[entry].includes(rule)) continue;
    entries.push(entry);
  }
  return entries;
};

// The kinds of what is looked at: of the suspects, of the cuts, or of both.
const kindsOf = (index, entry, state) => {
  if (state === "suspects") return index.suspectKinds[entry];
  return state === "cut" ? index.cutKinds[entry] : index.cutKinds[entry] | index.suspectKinds[entry];
};

// An empty outlet in the address means any; records of no known outlet are asked for by this.
const UNKNOWN_OUTLET = "-";
const outletName = (asked) => (asked === UNKNOWN_OUTLET ? "" : asked);
const outletAsked = (name) => (name === "" ? UNKNOWN_OUTLET : name);
const outletShown = (name) => (name === "" ? "not recognised" : name);

const ordered = (entries, index, order) => {
  const measure = MEASURES[order];
  if (!measure) return entries;
  const keys = new Float64Array(index.read);
  for (const entry of entries) keys[entry] = measure(index, entry);
  return entries.sort((one, other) => keys[one] - keys[other] || one - other);
};
