// Elements and text nodes. Nothing in this page is ever made from a string of markup.

const INVISIBLE =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}\ud800-\udfff]/gu;

const byId = (id) => document.getElementById(id);

const dressed = (node, attributes, children) => {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
};

const el = (tag, attributes = {}, ...children) => dressed(document.createElement(tag), attributes, children);

const svg = (tag, attributes = {}, ...children) =>
  dressed(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);

const number = (value) => value.toLocaleString("en");
const share = (part, whole) => {
  const percent = whole ? (100 * part) / whole : 0;
  return percent > 0 && percent < 0.05 ? "< 0.1 %" : `${percent.toFixed(1)} %`;
};
const counted = (value, noun) => `${number(value)} ${noun}${value === 1 ? "" : "s"}`;

const spelt = (character) => {
  const code = character.codePointAt(0);
  if (code === 0x0d) return "\\r";
  const hex = code.toString(16);
  if (code <= 0xff) return `\\x${hex.padStart(2, "0")}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
};

// What would be unseen, or change the direction of what follows, is spelt out in a box of its own.
const withoutControls = (text) => {
  const nodes = [];
  let at = 0;
  for (const found of text.matchAll(INVISIBLE)) {
    if (found.index > at) nodes.push(text.slice(at, found.index));
    nodes.push(el("span", { class: "control" }, spelt(found[0])));
    at = found.index + found[0].length;
  }
  if (at < text.length) nodes.push(text.slice(at));
  return nodes;
};

// The nodes that show a text from elsewhere; what `pattern` finds in it is marked.
const shown = (text, pattern = null) => {
  const lines = text.replaceAll("\r\n", "\n");
  if (!pattern) return withoutControls(lines);
  const nodes = [];
  let at = 0;
  for (const found of lines.matchAll(pattern)) {
    nodes.push(...withoutControls(lines.slice(at, found.index)));
    nodes.push(el("mark", {}, ...withoutControls(found[0])));
    at = found.index + found[0].length;
  }
  nodes.push(...withoutControls(lines.slice(at)));
  return nodes;
};

const oneLine = (text) => shown(text.replace(/\s+/g, " "));

// For places that hold text only, such as an option.
const oneLineText = (text) => oneLine(text).map((node) => node.textContent ?? node).join("");
