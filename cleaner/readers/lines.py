"""An element's text as lines: one block a line, each with what the page says of it.

HTML to text is a lossy step: markup, pictures and scripts have no line, white space is folded as a browser
shows it, and list items get their bullet or number. From here on nothing is lost unsaid.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from cleaner.hints import LINK_ONLY, Label, Step

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

# What a browser folds into one space. NBSP and its kin are signs of the text.
_SPACE = re.compile("[ \t\n\f\r]+")
_FOLDED = " \t\n\f\r"

# Elements without text that a reader of the page would see.
_UNSEEN = frozenset(
    [
        "audio",
        "canvas",
        "datalist",
        "head",
        "iframe",
        "link",
        "map",
        "meta",
        "noscript",
        "object",
        "option",
        "script",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
        "video",
    ]
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "button",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
_CELLS = frozenset(("td", "th"))
# Blocks that a page sets close to their neighbours: a line feed parts them, not a blank line.
_CLOSE = frozenset(("li", "tr", "dd", "dt"))
_HINT_OF_TAG: Mapping[str, str] = {
    **{f"h{level}": "heading" for level in range(1, 7)},
    "li": "list_item",
    "blockquote": "quote",
    "tr": "table_row",
    "figcaption": "figcaption",
    **dict.fromkeys(("button", "form", "nav", "select"), "control"),
}


class _Open:
    """An element that the walk is in."""

    __slots__ = ("children", "close", "hints", "next", "steps", "tag")

    def __init__(self, tag: str, after: LexborNode | None, hints: tuple[str, ...], steps: Step) -> None:
        self.tag = tag
        self.next = after
        self.hints = hints
        self.steps = steps
        self.children: dict[str, int] = {}


class _Page:
    """The text so far."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.labels: dict[int, Label] = {}
        self._length = 0
        self._line: list[str] = []
        self._visible = 0
        self._linked = 0
        self._bullet = ""
        self._gap = ""

    def say(self, text: str, linked: bool) -> None:
        """Add `text` to the line. Linked or not is all that is remembered of its place in the line."""
        self._line.append(text)
        visible = len(text) if not text.isspace() else 0
        self._visible += visible
        if linked:
            self._linked += visible

    def bullet(self, sign: str) -> None:
        """Let `sign` stand before the next line."""
        self._bullet = sign

    def end_line(self, hints: tuple[str, ...], steps: Step | None, gap: str) -> None:
        """End the line; at least `gap` parts it from the next one."""
        if self._visible:
            self._put(_SPACE.sub(" ", "".join(self._line)).strip(_FOLDED), hints, steps)
        self._line.clear()
        self._visible = self._linked = 0
        if len(gap) > len(self._gap):
            self._gap = gap

    def _put(self, line: str, hints: tuple[str, ...], steps: Step | None) -> None:
        if not line:
            return
        if self.pieces:
            self.pieces.append(self._gap)
            self._length += len(self._gap)
        if self._linked == self._visible:
            hints = (*hints, LINK_ONLY)
        self.labels[self._length] = Label(hints, steps)
        line = self._bullet + line
        self._bullet = ""
        self._gap = ""
        self.pieces.append(line)
        self._length += len(line)


def read_lines(
    roots: Iterable[tuple[LexborNode, str]], boxes: Mapping[int, str]
) -> tuple[str, dict[int, Label]]:
    """The text of `roots`, each with its CSS path, and the labels of its lines by their offsets.

    `boxes` are hints for whole elements, by the element's `mem_id`. Blocks are parted by a blank line, list
    items, table rows and broken lines by a line feed.
    """
    page = _Page()
    for root, path in roots:
        _walk(root, path, boxes, page)
    return "".join(page.pieces), page.labels


def _walk(root: LexborNode, path: str, boxes: Mapping[int, str], page: _Page) -> None:
    # Pages can be nested deeper than Python may recurse.
    at = _Open("", None, (), (None, path))
    above: list[_Open] = []
    links = 0
    node = root.first_child
    while True:
        if node is None:
            if not above:
                break
            if at.tag in _BLOCKS:
                page.end_line(at.hints, at.steps, "\n" if at.tag in _CLOSE else "\n\n")
            links -= at.tag == "a"
            node = at.next
            at = above.pop()
            continue
        tag = node.tag
        if tag == "-text":
            page.say(node.text_content or "", links > 0)
            node = node.next
            continue
        if tag is None or tag in _UNSEEN or tag[0] in "-!":
            node = node.next
            continue
        number = at.children[tag] = at.children.get(tag, 0) + 1
        if tag == "br":
            page.end_line(at.hints, at.steps, "\n")
            node = node.next
            continue
        if tag in _BLOCKS:
            page.end_line(at.hints, at.steps, "\n" if tag in _CLOSE else "\n\n")
        elif tag in _CELLS and number > 1:
            page.say("\t", False)
        hints = at.hints
        hint = _HINT_OF_TAG.get(tag)
        if hint and hint not in hints:
            hints = (*hints, hint)
        box = boxes.get(node.mem_id) if boxes else None
        if box and box not in hints:
            hints = (*hints, box)
        if tag == "li":
            page.bullet(f"{number}. " if at.tag == "ol" else "• ")
        links += tag == "a"
        above.append(at)
        at = _Open(tag, node.next, hints, (at.steps, f"{tag}:nth-of-type({number})"))
        node = node.first_child
    page.end_line(at.hints, at.steps, "\n\n")
