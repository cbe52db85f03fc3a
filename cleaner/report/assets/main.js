// The parts together: the place in the address decides what is seen; every control only changes the place.

const WAIT_FOR_TYPING = 250;
const NOTHING_FITS = "No record fits. Try fewer words, or clear the filters.";
const WIDE = matchMedia("(min-width: 60rem)");

const trouble = (error) => {
  const box = byId("trouble");
  box.hidden = false;
  box.textContent = `This page can't be shown whole: ${error.message ?? error}. Write it again with clean report.`;
};

const option = (value, words) => el("option", { value }, words);

class Page {
  #data;
  #index;
  #texts;
  #overview;
  #list;
  #article;
  #place = { ...START };
  #run = 0;
  #searched = null;
  #listedFor = null;
  #openFor = null;
  // What waits for the end of typing.
  #typed = null;

  async start() {
    const reading = readBlock("overview-data");
    this.#listen();
    this.#place = placeOf(location.hash);
    this.#views();
    this.#data = await reading;
    this.#texts = new Texts(this.#data.text_starts);
    this.#index = new Index(this.#data.listed);
    this.#overview = new Overview(this.#data);
    this.#list = new ListBox((entry) => this.#row(entry), (entry, how) => this.#choose(entry, how));
    this.#article = new ArticlePane((steps) => this.#turn(steps));
    this.#controls();
    await this.#index.fill(this.#data.index_blocks);
    this.#overview.addExtremes(this.#index);
    document.documentElement.dataset.ready = "";
    this.#arrive();
  }

  #listen() {
    addEventListener("hashchange", () => this.#arrive());
    byId("skip").addEventListener("click", (event) => {
      event.preventDefault();
      byId("main").focus();
    });
    addEventListener("keydown", (event) => {
      const typing = event.target.closest?.("input, select, textarea");
      if (event.key !== "/" || typing || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      if (this.#place.view !== "records") this.#go({ view: "records", open: "" }, { step: true });
      this.#arrive();
      byId("query").focus();
      byId("query").select();
    });
  }

  #controls() {
    const { kinds, rules, outlets } = this.#data;
    const named = (names) => names.map((name, at) => [at, name]).sort((one, other) => (one[1] < other[1] ? -1 : 1));
    byId("where").append(...Object.entries(WHERE).map(([value, words]) => option(value, words)));
    byId("state").append(...Object.entries(STATES).map(([value, words]) => option(value, words)));
    byId("order").append(...Object.entries(ORDERS).map(([value, words]) => option(value, words)));
    byId("outlet").append(option("", "any"), ...named(outlets).map(([, name]) => option(outletAsked(name), oneLineText(outletShown(name)))));
    byId("rule").append(option("", "any"), ...named(rules).map(([, name]) => option(name, oneLineText(name))));
    byId("kinds").append(...kinds.map((kind) => this.#kindButton(kind)));
    for (const id of ["where", "state", "order", "outlet", "rule"])
      byId(id).addEventListener("change", () => this.#filter({ [id]: byId(id).value }));
    const ask = () => {
      clearTimeout(this.#typed);
      this.#typed = null;
      this.#filter({ query: byId("query").value });
    };
    byId("query").addEventListener("input", () => {
      clearTimeout(this.#typed);
      this.#typed = setTimeout(ask, WAIT_FOR_TYPING);
    });
    byId("filters").addEventListener("submit", (event) => {
      event.preventDefault();
      ask();
    });
    byId("query").addEventListener("keydown", (event) => {
      if (event.key !== "ArrowDown") return;
      event.preventDefault();
      this.#list.focus();
    });
    byId("unfold").addEventListener("click", () => {
      const unfolded = byId("filters").classList.toggle("unfolded");
      byId("unfold").setAttribute("aria-expanded", unfolded);
    });
    byId("clear").addEventListener("click", () => {
      this.#filter({ ...START, view: "records", open: this.#place.open });
      byId("query").focus();
    });
  }

  #kindButton(kind) {
    const button = el("button", { type: "button", class: `kind kind-${kind}`, "aria-pressed": "false" }, kind);
    button.dataset.kind = kind;
    button.addEventListener("click", () => {
      const chosen = new Set(this.#place.kinds.split(",").filter(Boolean));
      if (!chosen.delete(kind)) chosen.add(kind);
      this.#filter({ kinds: this.#data.kinds.filter((each) => chosen.has(each)).join(",") });
    });
    return button;
  }

  #filter(changes) {
    this.#go(changes, { step: false });
    this.#arrive();
  }

  #go(changes, how) {
    goTo({ ...this.#place, ...changes }, how);
  }

  // Makes the page show the place in the address.
  #arrive() {
    const before = this.#place.view;
    this.#place = placeOf(location.hash);
    this.#views();
    if (this.#place.view !== before) byId("main").focus({ preventScroll: true });
    if (!this.#index || this.#index.read < this.#index.length || !("ready" in document.documentElement.dataset)) return;
    if (this.#place.view !== "records") return;
    this.#fields();
    this.#listEntries().catch(trouble);
    this.#open().catch(trouble);
  }

  #views() {
    const records = this.#place.view === "records";
    byId("overview").hidden = records;
    byId("records").hidden = !records;
    byId("records").classList.toggle("reading", this.#place.open !== "");
    for (const [id, here] of [["to-overview", !records], ["to-records", records]])
      if (here) byId(id).setAttribute("aria-current", "page");
      else byId(id).removeAttribute("aria-current");
  }

  #fields() {
    const place = this.#place;
    for (const id of ["query", "where", "state", "order", "outlet", "rule"]) {
      // The address lags behind what is being typed.
      if (id === "query" && this.#typed !== null) continue;
      if (byId(id).value !== place[id]) byId(id).value = place[id];
    }
    for (const button of byId("kinds").children) {
      const chosen = place.kinds.split(",").includes(button.dataset.kind);
      button.setAttribute("aria-pressed", chosen);
    }
    const filtered = Object.keys(START).some((key) => !["view", "open", "order"].includes(key) && place[key] !== START[key]);
    byId("clear").hidden = !filtered;
  }

  // Lists what the place asks for; a search shows what it has found so far.
  async #listEntries() {
    const { open: _open, view: _view, ...asked } = this.#place;
    const key = JSON.stringify(asked);
    if (key === this.#listedFor) return;
    this.#listedFor = key;
    const run = (this.#run += 1);
    const entries = selected(this.#index, asked, this.#data);
    const pattern = patternOf(asked.query);
    let found = entries;
    if (pattern) {
      found = [];
      this.#searching();
      let told = performance.now();
      const left = this.#narrowed(asked) ?? entries;
      for await (const { found: more, done } of search(this.#texts, left, pattern, asked.where)) {
        if (run !== this.#run) return;
        found.push(...more);
        if (performance.now() - told < 200 || done === 1) continue;
        told = performance.now();
        byId("searched").textContent = `${number(found.length)} found, ${Math.floor(100 * done)} % searched`;
        this.#list.show(ordered([...found], this.#index, asked.order), { grown: true });
        this.#list.mark(this.#opened() ?? -1);
      }
      this.#searched = { ...asked, found: [...found] };
    }
    this.#list.show(ordered(found, this.#index, asked.order));
    this.#list.mark(this.#opened() ?? -1);
    byId("searched").textContent = "";
    byId("nothing").hidden = found.length > 0;
    byId("nothing").textContent = this.#index.length ? NOTHING_FITS : "The run has no records.";
    this.#ends();
    byId("found").textContent = `${number(found.length)} of ${counted(this.#index.length, "record")}`;
    document.documentElement.dataset.listed = found.length;
  }

  #searching() {
    delete document.documentElement.dataset.listed;
    byId("found").textContent = "Searching …";
    byId("nothing").hidden = true;
    this.#list.show([]);
  }

  // What the last search has found, where this one asks for more of the same words: the rest needs no search.
  #narrowed(asked) {
    const last = this.#searched;
    if (!last || !asked.query.startsWith(last.query)) return null;
    const same = ["where", "outlet", "rule", "state", "kinds"].every((key) => asked[key] === last[key]);
    return same ? last.found : null;
  }

  #opened() {
    const entry = Number(this.#place.open || "-1");
    return Number.isInteger(entry) && entry >= 0 && entry < this.#index.length ? entry : undefined;
  }

  async #open() {
    const entry = this.#opened();
    const key = JSON.stringify([entry, this.#place.query]);
    if (key === this.#openFor) return;
    this.#openFor = key;
    if (entry === undefined) {
      this.#article.clear();
      return;
    }
    const text = await this.#texts.text(entry);
    if (key !== this.#openFor) return;
    this.#article.show(entry, text, this.#index, this.#data, patternOf(this.#place.query));
    this.#list.mark(entry);
    this.#ends();
    if (!WIDE.matches) this.#article.focus();
  }

  #choose(entry, { step }) {
    if (!step && !WIDE.matches) return;
    this.#go({ open: String(entry) }, { step: step && !WIDE.matches });
    this.#arrive();
    if (step && WIDE.matches) this.#article.focus();
  }

  #turn(steps) {
    const next = steps ? this.#list.beside(this.#opened(), steps) : undefined;
    if (steps && next === undefined) return;
    this.#go({ open: steps ? String(next) : "" }, { step: false });
    this.#arrive();
    if (!steps) this.#list.focus();
  }

  // Tells the open article whether there is a record above it in the list, and below it.
  #ends() {
    const [above, below] = [-1, 1].map((steps) => this.#list.beside(this.#opened(), steps) !== undefined);
    this.#article.ends({ above, below });
  }

  #row(entry) {
    const index = this.#index;
    const state = index.states[entry];
    const outlet = outletShown(this.#data.outlets[index.outlets[entry]]);
    const told =
      state === "article"
        ? [outlet, ...(index.cuts[entry] ? [`${share(index.removed[entry], index.lengths[entry])} cut`, counted(index.cuts[entry], "cut")] : ["nothing cut"])]
        : [STATES[state].replace("pages", "page")];
    if (index.suspects[entry]) told.push(counted(index.suspects[entry], "suspect"));
    const measure = svg("svg", { class: "measure", width: "100%", height: "3", "aria-hidden": "true" });
    measure.append(svg("rect", { class: "fill-plain", width: `${100 * index.share(entry)}%`, height: "3" }));
    return [
      el("span", { class: "heading", dir: "auto" }, ...oneLine(index.headings[entry] || index.ids[entry])),
      el("span", { class: "about" }, ...oneLine(told.join(" · ")), " · ", el("bdi", {}, ...oneLine(index.ids[entry]))),
      measure,
    ];
  }
}

if (!("DecompressionStream" in window)) trouble("this browser can't unpack its data (it has no DecompressionStream)");
else new Page().start().catch(trouble);
