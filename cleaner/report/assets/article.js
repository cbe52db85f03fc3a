// One record: what is known of it, and its text with the cuts struck through.

const LONG_PIECE = 20_000;
const PIECE_END = 8_000;
const PIECES_AT_ONCE = 500;
const CHARACTERS_AT_ONCE = 200_000;
const PART = 4_000;

// Three blank lines or more: no reader needs each of them. `gap` is all of them, as they stand.
const GAP = /\n(?<gap>(?:[ \t\u00a0]*\r?\n){3,})/g;
const GAP_AT_START = /^(?<gap>(?:[ \t\u00a0]*\r?\n){3,})/;

const REASONS = {
  empty: "This page holds no article",
  unread: "The run could not read this",
  unmatched: "This doesn't match its row, so its cuts can't be shown",
};

const claimed = (index, entry) => index.cuts[entry] + index.suspects[entry] > 0;

// The nodes of a stretch of text; long runs of blank lines take the height of one, which says how many they are.
// `fresh` is whether it begins a line.
const stretch = (text, pattern, fresh) => {
  const nodes = [];
  let at = 0;
  const first = fresh ? text.match(GAP_AT_START) : null;
  const put = (end, lines) => {
    if (end > at) nodes.push(...shown(text.slice(at, end), pattern));
    const blank = counted(lines.split("\n").length - 1, "blank line");
    nodes.push(el("span", { class: "gap", "data-blank": blank }, ...shown(lines)));
    at = end + lines.length;
  };
  if (first) put(0, first.groups.gap);
  const begun = at;
  for (const found of text.slice(begun).matchAll(GAP)) put(begun + found.index + 1, found.groups.gap);
  if (at < text.length) nodes.push(...shown(text.slice(at), pattern));
  return nodes;
};

// What stands in the place of a text with its cuts.
const INSTEAD = {
  empty: "No text was read off this page.",
  unread: "This is what there was to read.",
  unmatched: "This is the text as it stands beside its row now.",
};

class ArticlePane {
  #pane = byId("article");
  #turn;
  #pattern = null;
  #note = null;

  // `turn(steps)` opens the record so many rows on.
  constructor(turn) {
    this.#turn = turn;
    this.#pane.addEventListener("keydown", (event) => this.#key(event));
    this.#pane.addEventListener("focusin", (event) => this.#tell(event.target.closest(".claim")));
    this.#pane.addEventListener("mouseover", (event) => this.#tell(event.target.closest(".claim")));
    this.#pane.addEventListener("click", (event) => event.target.closest(".claim")?.focus());
  }

  clear() {
    this.#pane.replaceChildren(el("p", { class: "hint" }, "Choose a record to see its text with the cuts struck through."));
  }

  // Shows `entry` of `index`; `text` is its block's part, `pattern` what to mark in it.
  show(entry, text, index, names, pattern) {
    this.#pattern = pattern;
    this.#note = el("p", { class: "note" }, this.#howTo(index, entry));
    const body = el("div", { class: "text" });
    this.#pour(body, text.pieces, 0);
    this.#pane.replaceChildren(this.#head(entry, text, index, names), body, this.#note);
    this.#pane.scrollTop = 0;
  }

  // Tells which of the steps to another record lead on.
  ends({ above, below }) {
    const leads = { "to-above": above, "to-below": below };
    for (const [name, on] of Object.entries(leads)) this.#pane.querySelector(`.${name}`)?.setAttribute("aria-disabled", !on);
  }

  focus() {
    this.#pane.focus({ preventScroll: true });
  }

  #howTo(index, entry) {
    const instead = INSTEAD[index.states[entry]];
    if (instead) return instead;
    if (!claimed(index, entry)) return "Nothing was cut here.";
    return "N and P, or a tap, go through the cuts and tell of each.";
  }

  #head(entry, text, index, names) {
    const state = index.states[entry];
    const rows = [["id", shown(text.id)], ["outlet", shown(outletShown(names.outlets[index.outlets[entry]]))]];
    if (text.url) rows.push(["url", shown(text.url)]);
    if (text.pages) rows.push(["joined from", [counted(text.pages, "record")]]);
    if (state === "article") {
      const of = counted(index.lengths[entry], "character");
      const removed = `${share(index.removed[entry], index.lengths[entry])} (${number(index.removed[entry])} of ${of}, ${counted(index.cuts[entry], "cut")})`;
      const left = index.suspects[entry] ? `, ${counted(index.suspects[entry], "suspect")} left in` : "";
      rows.push(["cut", [`${index.cuts[entry] ? removed : `nothing of ${of}`}${left}`]]);
    }
    for (const [name, value] of text.told) rows.push([shown(name), shown(value)]);
    const button = (words, action, attributes = {}) => el("button", { type: "button", click: action, ...attributes }, words);
    const idle = String(!claimed(index, entry));
    return el(
      "header",
      {},
      el(
        "div",
        { class: "steps" },
        button("← List", () => this.#turn(0)),
        button("Previous record", () => this.#turn(-1), { class: "to-above" }),
        button("Next record", () => this.#turn(1), { class: "to-below" }),
        button("Previous cut", () => this.#step(-1), { "aria-keyshortcuts": "P", "aria-disabled": idle }),
        button("Next cut", () => this.#step(1), { "aria-keyshortcuts": "N", "aria-disabled": idle }),
      ),
      el("h2", { id: "article-heading", dir: "auto" }, ...oneLine(text.title || index.headings[entry] || text.id)),
      REASONS[state] ? el("p", { class: "reason" }, `${REASONS[state]}: `, ...shown(text.reason), ".") : "",
      el("dl", {}, ...rows.flatMap(([name, value]) => [el("dt", {}, ...[name].flat()), el("dd", { dir: "auto" }, ...value)])),
    );
  }

  // Puts pieces from `at` on into `body`; a button puts the rest, where there are many.
  #pour(body, pieces, at) {
    let end = at;
    for (let poured = 0; end < pieces.length && end < at + PIECES_AT_ONCE && poured < CHARACTERS_AT_ONCE; end += 1) {
      const piece = pieces[end];
      poured += textOf(piece).length;
      const fresh = end === 0 || textOf(pieces[end - 1]).endsWith("\n");
      body.append(...(typeof piece === "string" ? this.#words(piece, fresh) : [this.#claim(piece, body, fresh)]));
    }
    if (end === pieces.length) return;
    const more = el("button", { type: "button", class: "more" }, `Show more of this text (${number(pieces.length - end)} stretches)`);
    more.addEventListener("click", () => {
      more.remove();
      this.#pour(body, pieces, end);
    });
    body.append(more);
  }

  // The nodes of a stretch of text. Of a very long one the middle is shown when it is asked for.
  #words(text, fresh) {
    if (text.length <= LONG_PIECE) return stretch(text, this.#pattern, fresh);
    const head = whole(text, PIECE_END);
    const tail = whole(text, text.length - PIECE_END);
    return [...this.#parts(text.slice(0, head), fresh), this.#more(text.slice(head, tail)), ...this.#parts(text.slice(tail))];
  }

  #more(text) {
    const more = el("button", { type: "button", class: "more" }, `Show ${counted(text.length, "character")} more`);
    more.addEventListener("click", (event) => {
      event.stopPropagation();
      const step = whole(text, CHARACTERS_AT_ONCE);
      const rest = step < text.length ? [this.#more(text.slice(step))] : [];
      more.replaceWith(...this.#parts(text.slice(0, step)), ...rest);
    });
    return more;
  }

  // Long texts in boxes of their own, broken at a line's end where there is one: browsers take too long over
  // a line of a million characters.
  #parts(text, fresh = false) {
    const parts = [];
    for (let at = 0; at < text.length; ) {
      const full = at + PART;
      const line = text.lastIndexOf("\n", full - 1) + 1;
      const word = text.lastIndexOf(" ", full - 1) + 1;
      const end = full >= text.length ? text.length : line > at ? line : word > at ? word : whole(text, full);
      parts.push(el("span", { class: "part" }, ...stretch(text.slice(at, end), this.#pattern, at ? text[at - 1] === "\n" : fresh)));
      at = end;
    }
    return parts;
  }

  #claim(piece, body, fresh) {
    // White space goes along with a cut; what is coloured and named is the words.
    const words = piece.text.trim();
    const lead = piece.text.slice(0, piece.text.length - piece.text.trimStart().length);
    const trail = piece.text.slice(lead.length + words.length);
    const what = piece.suspect ? "suspect" : "cut";
    const about = `${what}, ${piece.kind}, by the rule ${oneLineText(piece.rule)}, ${piece.certainty}`;
    const node = el(
      piece.suspect ? "span" : "del",
      { class: `claim ${what}`, tabindex: body.querySelector(".claim") ? -1 : 0, title: about },
      ...stretch(lead, null, fresh),
      el("span", { class: "unseen" }, `${what}, ${piece.kind}: `),
      el(
        "span",
        { class: `inner kind-${piece.kind}` },
        el("span", { class: "tag", "aria-hidden": "true" }, piece.suspect ? `${piece.kind}?` : piece.kind),
        ...this.#words(words, false),
      ),
      el("span", { class: "unseen" }, ` end of ${what} `),
      ...stretch(trail, null, !words && fresh),
    );
    node.about = [
      el("b", { class: `kind-${piece.kind}` }, piece.kind),
      ` ${piece.suspect ? "left in" : "cut"} by `,
      el("bdi", {}, ...shown(piece.rule)),
      ` · ${piece.certainty} · characters ${number(piece.start)} to ${number(piece.end)}`,
      ...(piece.path ? [" · ", el("bdi", {}, ...shown(piece.path))] : []),
    ];
    return node;
  }

  #tell(claim) {
    if (claim?.about) this.#note.replaceChildren(...claim.about);
  }

  #step(steps) {
    const claims = [...this.#pane.querySelectorAll(".claim")];
    if (!claims.length) return;
    const at = claims.findIndex((claim) => claim.tabIndex === 0 && claim === document.activeElement);
    const kept = claims.findIndex((claim) => claim.tabIndex === 0);
    const next = at < 0 ? Math.max(kept, 0) : (at + steps + claims.length) % claims.length;
    this.#stop(claims, claims[next]);
    claims[next].focus({ preventScroll: true });
    claims[next].scrollIntoView({ block: "nearest" });
  }

  // One cut of them all is a tab stop: the one that a reader was at.
  #stop(claims, stop) {
    for (const claim of claims) claim.tabIndex = claim === stop ? 0 : -1;
  }

  #key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const steps = { n: 1, p: -1 }[event.key.toLowerCase()];
    if (!steps) return;
    event.preventDefault();
    this.#step(steps);
  }
}

// `at`, or one before it where that would part a surrogate pair.
const whole = (text, at) => (/[\udc00-\udfff]/.test(text[at] ?? "") ? at - 1 : at);
