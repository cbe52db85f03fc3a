// The page's data: blocks of Base64, raw deflate, JSON, each unpacked when it is asked for.

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

// The script runs while the browser still reads the blocks behind it: one is whole once something follows it.
const blockElement = async (id) => {
  for (;;) {
    const reading = document.readyState === "loading";
    const element = byId(id);
    if (element && (element.nextSibling || !reading)) return element;
    if (!reading) throw new Error(`its part ${id} is missing`);
    await pause(40);
  }
};

const bytesOf = (base64) => {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
};

const readBlock = async (id) => {
  const element = await blockElement(id);
  const packed = new Blob([bytesOf(element.textContent)]).stream();
  const unpacked = packed.pipeThrough(new DecompressionStream("deflate-raw"));
  return JSON.parse(await new Response(unpacked).text());
};

// The texts by their number in the list; the blocks last opened are kept unpacked.
class Texts {
  #starts;
  #open = new Map();

  constructor(starts) {
    this.#starts = starts;
  }

  blockOf(entry) {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle] <= entry) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  start(block) {
    return this.#starts[block];
  }

  read(block) {
    return readBlock(`texts-${block}`);
  }

  async text(entry) {
    const block = this.blockOf(entry);
    const opened = this.#open.get(block) ?? this.read(block);
    this.#open.delete(block);
    this.#open.set(block, opened);
    if (this.#open.size > 6) this.#open.delete(this.#open.keys().next().value);
    return (await opened)[entry - this.#starts[block]];
  }
}

// The list, a column each: a hundred thousand small objects would be slow to go through.
class Index {
  constructor(length) {
    this.length = length;
    this.read = 0;
    this.ids = [];
    this.headings = [];
    this.states = [];
    this.rules = [];
    this.outlets = new Uint16Array(length);
    this.lengths = new Uint32Array(length);
    this.removed = new Uint32Array(length);
    this.cuts = new Uint32Array(length);
    this.suspects = new Uint32Array(length);
    this.cutKinds = new Uint8Array(length);
    this.suspectKinds = new Uint8Array(length);
  }

  async fill(blocks) {
    let next = blocks ? readBlock("index-0") : null;
    for (let block = 0; block < blocks; block += 1) {
      const entries = await next;
      if (block + 1 < blocks) next = readBlock(`index-${block + 1}`);
      for (const entry of entries) this.#add(entry);
    }
  }

  share(entry) {
    return this.lengths[entry] ? this.removed[entry] / this.lengths[entry] : 0;
  }

  #add([id, heading, state, outlet, length, removed, cuts, suspects, cutKinds, suspectKinds, rules]) {
    const entry = this.read;
    this.ids.push(id);
    this.headings.push(heading);
    this.states.push(state);
    this.rules.push(rules);
    this.outlets[entry] = outlet;
    this.lengths[entry] = length;
    this.removed[entry] = removed;
    this.cuts[entry] = cuts;
    this.suspects[entry] = suspects;
    this.cutKinds[entry] = cutKinds;
    this.suspectKinds[entry] = suspectKinds;
    this.read += 1;
  }
}
