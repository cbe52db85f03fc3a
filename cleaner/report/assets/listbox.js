// A list of any length, of which only the rows in sight exist.

const ROW_REM = 4.25;
const AROUND = 6;
// Browsers can't lay out elements of more than some ten million pixels: longer lists scroll in larger steps.
const TALLEST = 8_000_000;

class ListBox {
  #box = byId("list");
  #height = byId("list-height");
  #entries = [];
  #rows = new Map();
  #active = -1;
  #drawing = false;
  #row;
  #draw;
  #choose;

  // `draw(entry)` gives the content of a row; `choose(entry, { step })` is told what was chosen.
  constructor(draw, choose) {
    this.#draw = draw;
    this.#choose = choose;
    this.#row = ROW_REM * parseFloat(getComputedStyle(document.documentElement).fontSize);
    this.#box.addEventListener("scroll", () => this.#soon(), { passive: true });
    this.#box.addEventListener("keydown", (event) => this.#key(event));
    this.#box.addEventListener("click", (event) => this.#click(event));
    new ResizeObserver(() => this.#soon()).observe(this.#box);
  }

  // Lists other entries. A list that only grew at its end keeps its place.
  show(entries, { grown = false } = {}) {
    const active = this.#entries[this.#active];
    this.#entries = entries;
    this.#active = active === undefined ? -1 : entries.indexOf(active);
    for (const row of this.#rows.values()) row.remove();
    this.#rows.clear();
    this.#height.style.height = `${Math.min(entries.length * this.#row, TALLEST)}px`;
    if (!grown) this.#box.scrollTop = 0;
    this.#render();
  }

  get entries() {
    return this.#entries;
  }

  // Marks the row of `entry` as the current one and brings it into sight; no row where it isn't listed.
  mark(entry) {
    this.#active = this.#entries.indexOf(entry);
    if (this.#active >= 0) this.#intoSight();
    this.#render();
  }

  // The entry `steps` rows from `entry`; undefined where there is none.
  beside(entry, steps) {
    const at = this.#entries.indexOf(entry);
    return at < 0 ? undefined : this.#entries[at + steps];
  }

  focus() {
    this.#box.focus({ preventScroll: true });
  }

  #soon() {
    if (this.#drawing) return;
    this.#drawing = true;
    requestAnimationFrame(() => {
      this.#drawing = false;
      this.#render();
    });
  }

  // How many pixels of the list pass for one of the scroll bar.
  #ratio() {
    const total = this.#entries.length * this.#row;
    const room = this.#box.clientHeight;
    return total <= TALLEST ? 1 : (total - room) / (TALLEST - room);
  }

  #render() {
    const room = this.#box.clientHeight;
    const offset = this.#box.scrollTop * this.#ratio();
    const first = Math.max(0, Math.floor(offset / this.#row) - AROUND);
    const last = Math.min(this.#entries.length, Math.ceil((offset + room) / this.#row) + AROUND);
    const wanted = new Set();
    for (let at = first; at < last; at += 1) wanted.add(at);
    // Assistive technology is told of the current row by its id, so it exists even out of sight.
    if (this.#active >= 0) wanted.add(this.#active);
    for (const [at, row] of this.#rows) {
      if (wanted.has(at)) continue;
      row.remove();
      this.#rows.delete(at);
    }
    for (const at of [...wanted].sort((one, other) => one - other)) this.#place(at, offset);
    const current = this.#rows.get(this.#active);
    if (current) this.#box.setAttribute("aria-activedescendant", current.id);
    else this.#box.removeAttribute("aria-activedescendant");
  }

  #place(at, offset) {
    let row = this.#rows.get(at);
    if (!row) {
      row = el(
        "div",
        { class: "row", role: "option", id: `row-${at}`, "aria-posinset": at + 1, "aria-setsize": this.#entries.length },
        ...this.#draw(this.#entries[at]),
      );
      row.dataset.at = at;
      this.#rows.set(at, row);
      this.#height.append(row);
    }
    row.setAttribute("aria-selected", at === this.#active);
    row.style.transform = `translateY(${this.#box.scrollTop + at * this.#row - offset}px)`;
  }

  #click(event) {
    const row = event.target.closest(".row");
    if (!row) return;
    this.#move(Number(row.dataset.at));
    this.#choose(this.#entries[this.#active], { step: true });
  }

  #key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const page = Math.max(1, Math.floor(this.#box.clientHeight / this.#row) - 1);
    const end = this.#entries.length - 1;
    const moves = {
      ArrowDown: this.#active + 1,
      ArrowUp: Math.max(this.#active, 1) - 1,
      PageDown: this.#active + page,
      PageUp: this.#active - page,
      Home: 0,
      End: end,
    };
    if (event.key in moves) {
      event.preventDefault();
      if (end < 0) return;
      this.#move(Math.min(Math.max(moves[event.key], 0), end));
      this.#choose(this.#entries[this.#active], { step: false });
    } else if ((event.key === "Enter" || event.key === " ") && this.#active >= 0) {
      event.preventDefault();
      this.#choose(this.#entries[this.#active], { step: true });
    }
  }

  #move(at) {
    this.#active = at;
    this.#intoSight();
    this.#render();
  }

  #intoSight() {
    const ratio = this.#ratio();
    const room = this.#box.clientHeight;
    const offset = this.#box.scrollTop * ratio;
    const top = this.#active * this.#row;
    if (top < offset) this.#box.scrollTop = top / ratio;
    else if (top + this.#row > offset + room) this.#box.scrollTop = (top + this.#row - room) / ratio;
  }
}
