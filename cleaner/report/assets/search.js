// The search in the texts: a block at a time, so that the page stays alive and shows what was found so far.

const WHERE = { all: "everything", cut: "what was cut", kept: "what was kept" };

const patternOf = (query) => {
  const words = query.trim().split(/\s+/).filter(Boolean);
  if (!words.length) return null;
  return new RegExp(words.map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")).join("\\s+"), "giu");
};

const isCut = (piece) => typeof piece !== "string" && !piece.suspect;
const textOf = (piece) => (typeof piece === "string" ? piece : piece.text);

const SEARCHED = {
  all: (entry) => [`${entry.id}\n${entry.title}\n${entry.url}\n${entry.reason}`, entry.pieces.map(textOf).join("")],
  cut: (entry) => entry.pieces.filter(isCut).map(textOf),
  kept: (entry) => [entry.pieces.filter((piece) => !isCut(piece)).map(textOf).join("")],
};

// Gives { found, done } after each block: the entries found in it, and the share of all blocks that is read.
// `entries` stand in the order of the run.
async function* search(texts, entries, pattern, where) {
  const once = new RegExp(pattern.source, "iu");
  const parts = SEARCHED[where] ?? SEARCHED.all;
  const blocks = [];
  for (const entry of entries) {
    const block = texts.blockOf(entry);
    if (blocks.at(-1)?.block === block) blocks.at(-1).entries.push(entry);
    else blocks.push({ block, entries: [entry] });
  }
  let next = blocks.length ? texts.read(blocks[0].block) : null;
  for (const [at, { block, entries: within }] of blocks.entries()) {
    const opened = await next;
    if (at + 1 < blocks.length) next = texts.read(blocks[at + 1].block);
    const start = texts.start(block);
    const found = within.filter((entry) => parts(opened[entry - start]).some((part) => once.test(part)));
    yield { found, done: (at + 1) / blocks.length };
  }
}
