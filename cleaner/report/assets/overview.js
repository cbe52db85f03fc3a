// The figures of the run: tables, the plots inside them.

const ROWS_AT_ONCE = 25;

// In one piece at a line's end.
const unbroken = (words) => words.replaceAll(" ", "\u00a0");

const kindName = (kind) => el("b", { class: `kind kind-${kind}` }, kind);

// A plot's row: stretches of a bar, each { kind, part } with its part of the bar's full length. `seen` stands
// below it, where that can be shorter than the words that say it all.
const bar = (stretches, words, seen = words) => {
  const parted = stretches.length > 1 ? "bar parted" : "bar";
  const drawing = svg("svg", { class: parted, width: "100%", height: "18", "aria-hidden": "true", focusable: "false" });
  let at = 0;
  for (const { kind, part } of stretches) {
    const place = { x: `${100 * at}%`, width: `${100 * part}%`, height: "18" };
    drawing.append(svg("rect", { ...place, class: `fill-${kind}` }));
    if (kind !== "plain") drawing.append(svg("rect", { ...place, fill: `url(#hatch-${kind})` }));
    // The smallest of a row of bars is seen too.
    if (part && stretches.length === 1) for (const rect of drawing.children) rect.style.width = `max(2px, ${place.width})`;
    at += part;
  }
  return el("div", { class: "plot", tabindex: "0", role: "img", "aria-label": words }, drawing, el("span", { class: "words", "aria-hidden": "true" }, seen));
};

// A kind can be told by its hatching too.
const hatches = (kinds) => {
  const lines = ["M0 8L8 0", "M0 4H8", "M4 0V8", "M0 0L8 8", "M4 3v2", "M0 4H8M4 0V8", "M0 0L8 8M0 8L8 0"];
  const patterns = kinds.map((kind, at) =>
    svg(
      "pattern",
      { id: `hatch-${kind}`, width: "8", height: "8", patternUnits: "userSpaceOnUse" },
      svg("path", { d: lines[at % lines.length], class: "hatch" }),
    ),
  );
  return svg("svg", { class: "unseen", "aria-hidden": "true" }, svg("defs", {}, ...patterns));
};

const OTHER_WAY = { ascending: "descending", descending: "ascending" };

// A table of `rows`. A column: name, cell(row), and where it can be sorted by, key(row); `sorted` where it is.
const table = (caption, columns, rows) => {
  if (!rows.length) return el("div", { class: "table" }, el("h2", {}, caption), el("p", { class: "hint" }, "None."));
  let sorted = rows;
  let most = ROWS_AT_ONCE;
  const body = el("tbody");
  const more = el("button", { type: "button", class: "more" });
  const fill = () => {
    const cells = (row) =>
      columns.map((column, at) => el(at ? "td" : "th", { class: column.class, scope: at ? null : "row" }, ...[column.cell(row)].flat()));
    body.replaceChildren(...sorted.slice(0, most).map((row) => el("tr", {}, ...cells(row))));
    more.hidden = sorted.length <= most;
    more.textContent = `Show all ${number(sorted.length)} rows`;
  };
  more.addEventListener("click", () => {
    most = rows.length;
    fill();
  });
  const heads = columns.map((column) => {
    const head = el("th", { scope: "col", class: column.class }, column.key ? "" : column.name);
    if (!column.key) return head;
    const first = typeof column.key(rows[0]) === "string" ? "ascending" : "descending";
    const sort = () => {
      const turned = head.getAttribute("aria-sort") === first;
      sorted = rows.toSorted((one, other) => ranked(column.key(one), column.key(other)));
      if (turned) sorted.reverse();
      for (const each of heads) each.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", turned ? OTHER_WAY[first] : first);
      fill();
    };
    if (column.sorted) head.setAttribute("aria-sort", first);
    head.append(el("button", { type: "button", click: sort }, column.name));
    return head;
  });
  fill();
  return el(
    "div",
    { class: "table" },
    el("table", {}, el("caption", {}, el("h2", {}, caption)), el("thead", {}, el("tr", {}, ...heads)), body),
    more,
  );
};

// Names from A on, numbers from the largest on.
const ranked = (one, other) => (typeof one === "string" ? (one < other ? -1 : Number(one > other)) : other - one);

const tile = (value, name, link) => el("li", {}, link ? link(el("strong", {}, value)) : el("strong", {}, value), ` ${name}`);

class Overview {
  #data;
  #section = byId("overview");

  constructor(data) {
    this.#data = data;
    byId("overview-waiting").remove();
    this.#section.append(
      hatches(data.kinds),
      ...this.#limits(),
      this.#tiles(),
      this.#kinds(),
      this.#outlets(),
      this.#shares(),
      ...this.#extremesPlace(),
      this.#rules(data.figures.rules, "Rules by how much they cut", "cuts", {}),
      ...this.#suspects(),
      ...this.#reasons(),
    );
  }

  // What only the list tells, and it is read behind the figures.
  addExtremes(index) {
    const place = byId("extremes");
    const cut = [];
    for (let entry = 0; entry < index.read; entry += 1) if (index.cuts[entry] > 0) cut.push(entry);
    const names = { "share-down": "Articles with the largest share cut", "share-up": "Articles with the smallest share cut, of those with any" };
    place.replaceChildren(...Object.entries(names).map(([order, caption]) => this.#extreme(index, ordered([...cut], index, order).slice(0, 10), caption, order)));
  }

  #extreme(index, entries, caption, order) {
    const columns = [
      { name: "article", cell: (entry) => linkTo({ open: entry, order, state: "cut" }, el("bdi", {}, ...oneLine(index.headings[entry] || index.ids[entry]))) },
      { name: "share", class: "count", cell: (entry) => share(index.removed[entry], index.lengths[entry]) },
      { name: "characters", class: "count", cell: (entry) => number(index.removed[entry]) },
    ];
    return table(caption, columns, entries);
  }

  #extremesPlace() {
    return [el("div", { id: "extremes", class: "pair" }, el("p", {}, "Reading the list …"))];
  }

  #limits() {
    const { listed, figures } = this.#data;
    if (listed === figures.entries) return [];
    return [
      el("p", { class: "notice" }, `The figures are of all ${counted(figures.entries, "record")}; the list and the texts hold the first ${number(listed)} of them. With clean report --records this page takes along more.`),
    ];
  }

  #tiles() {
    const { figures } = this.#data;
    const listed = (state, some) => (some ? (node) => linkTo({ state }, node) : null);
    const tiles = [
      tile(number(figures.entries), "records", listed("all", figures.entries)),
      tile(share(figures.removed, figures.characters), `of ${counted(figures.characters, "character")} cut`),
      tile(number(figures.cuts), "cuts", listed("cut", figures.cuts)),
      tile(number(figures.shares[0]), "articles without a cut", listed("uncut", figures.shares[0])),
      tile(number(figures.suspects), `suspects left in, in ${counted(figures.with_suspects, "article")}`, listed("suspects", figures.suspects)),
    ];
    if (figures.joined) tiles.push(tile(number(figures.joined), "articles joined from several records"));
    const rest = { empty: "pages without an article", unread: "not read", unmatched: "not matching their row" };
    for (const [state, name] of Object.entries(rest))
      tiles.push(tile(number(figures.states[state] ?? 0), name, listed(state, figures.states[state] ?? 0)));
    return el("ul", { class: "tiles" }, ...tiles);
  }

  #kinds() {
    const { figures, kinds } = this.#data;
    const rows = kinds.filter((kind) => figures.kinds[kind]).map((kind) => ({ kind, ...figures.kinds[kind] }));
    rows.sort((one, other) => other.characters - one.characters);
    const cut = rows.reduce((sum, row) => sum + row.characters, 0);
    const part = (row) => share(row.characters, cut);
    return table(
      "What was cut, by kind",
      [
        { name: "kind", cell: (row) => linkTo({ kinds: row.kind, state: "cut" }, kindName(row.kind)) },
        { name: "cuts", class: "count", cell: (row) => number(row.stretches) },
        { name: "characters", class: "count", cell: (row) => number(row.characters) },
        { name: "articles", class: "count narrow", cell: (row) => number(row.articles) },
        { name: "of all text", class: "count narrow", cell: (row) => share(row.characters, figures.characters) },
        { name: "share of what was cut", class: "plotted", cell: (row) => bar([{ kind: row.kind, part: row.characters / cut }], `${row.kind} ${part(row)}`, part(row)) },
      ],
      rows,
    );
  }

  #outlets() {
    const { figures, outlets, kinds } = this.#data;
    const rows = figures.outlets.map((row) => ({ ...row, name: outlets[row.outlet], cut: Object.values(row.removed).reduce((sum, part) => sum + part, 0) }));
    rows.sort((one, other) => other.articles - one.articles);
    const most = Math.max(...rows.map((row) => row.cut / Math.max(row.characters, 1)), 1e-9);
    const stretches = (row) => kinds.filter((kind) => row.removed[kind]).map((kind) => ({ kind, part: row.removed[kind] / row.characters / most }));
    const words = (row) => kinds.filter((kind) => row.removed[kind]).map((kind) => unbroken(`${kind} ${share(row.removed[kind], row.characters)}`)).join(", ") || "nothing cut";
    return table(
      "What was cut, by outlet and kind",
      [
        { name: "outlet", key: (row) => outletShown(row.name), cell: (row) => linkTo({ outlet: outletAsked(row.name) }, el("bdi", {}, ...oneLine(outletShown(row.name)))) },
        { name: "articles", class: "count", sorted: true, key: (row) => row.articles, cell: (row) => number(row.articles) },
        { name: "cut", class: "count", key: (row) => row.cut / Math.max(row.characters, 1), cell: (row) => share(row.cut, row.characters) },
        { name: most > 1e-9 ? `by kind; a full bar is ${share(most, 1)}` : "by kind", class: "plotted", cell: (row) => bar(stretches(row), words(row)) },
      ],
      rows,
    );
  }

  #shares() {
    const { figures, share_classes: ends } = this.#data;
    const percent = (value) => `${Math.round(100 * value)} %`;
    const names = ["nothing", ...ends.map((end, at) => (at ? `${percent(ends[at - 1])} to ${percent(end)}` : `under ${percent(end)}`)), `${percent(ends.at(-1))} and more`];
    const rows = figures.shares.map((articles, at) => ({ articles, name: names[at] }));
    const all = rows.reduce((sum, row) => sum + row.articles, 0);
    return table(
      "Articles by how much of their text was cut",
      [
        { name: "cut", cell: (row) => row.name },
        { name: "articles", class: "count", cell: (row) => number(row.articles) },
        { name: "share of the articles", class: "plotted", cell: (row) => bar([{ kind: "plain", part: row.articles / all }], share(row.articles, all)) },
      ],
      all ? rows : [],
    );
  }

  #rules(rules, caption, what, place) {
    const name = (row) => this.#data.rules[row.rule];
    const cell = (row) => [
      linkTo({ ...place, rule: name(row) }, el("bdi", {}, ...oneLine(name(row)))),
      " ",
      kindName(row.kind),
      ...row.examples.map((example) => el("p", { class: "example", dir: "auto" }, ...this.#example(example, place))),
    ];
    return table(
      caption,
      [
        { name: "rule, with examples", key: name, cell },
        { name: what, class: "count", key: (row) => row.stretches, cell: (row) => number(row.stretches) },
        { name: "characters", class: "count", sorted: true, key: (row) => row.characters, cell: (row) => number(row.characters) },
        { name: "articles", class: "count narrow", key: (row) => row.articles, cell: (row) => number(row.articles) },
      ],
      rules,
    );
  }

  #example(example, place) {
    const words = place.state === "suspects" ? el("q", {}, ...oneLine(example.text)) : el("del", {}, ...oneLine(example.text));
    return example.entry < this.#data.listed ? [words, " ", linkTo({ open: example.entry }, "see it")] : [words];
  }

  #suspects() {
    const { left_in: rules } = this.#data.figures;
    return [this.#rules(rules, "Suspects: claims that the policy left in", "suspects", { state: "suspects" })];
  }

  #reasons() {
    const { reasons } = this.#data.figures;
    if (!reasons.length) return [];
    const columns = [
      { name: "reason", cell: (row) => el("bdi", {}, ...oneLine(row.reason)) },
      { name: "what", cell: (row) => linkTo({ state: row.state }, STATES[row.state]) },
      { name: "records", class: "count", cell: (row) => number(row.entries) },
    ];
    return [table("Not read, without an article, or not matching", columns, reasons)];
  }
}
