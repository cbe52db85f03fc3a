"""An element's text as lines: one block a line, each with what the page says of it.

HTML to text is a lossy step: markup, pictures and scripts have no line, runs of white space become one
space, and list items get their bullet or number. From here on nothing is lost unsaid.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from typing import TYPE_CHECKING

from cleaner.hints import LINK_ONLY, Label, Step
from cleaner.readers.controls import without_controls

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

# What a browser folds into one space. NBSP and its kin are signs of the text.
_SPACE = re.compile("[ \t\n\f\r]+")
_FOLDED = " \t\n\f\r"

# Elements without text that a reader of the page would see.
UNSEEN = frozenset(
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
BLOCKS = frozenset(
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
# Until their script has run, these show a link to a post and its sender. The blockquotes of Twitter, Facebook
# and Bluesky quote a post's words: they are quotes like any other.
_EMBEDS = frozenset(
    [
        "imgur-embed-pub",
        "instagram-media",
        "reddit-card",
        "reddit-embed-bq",
        "text-post-media",
        "tiktok-embed",
    ]
)
# What parts a block's lines from others: a blank line, but for those that a page sets close to each other.
_GAPS: Mapping[str, str] = {**dict.fromkeys(BLOCKS, "\n\n"), **dict.fromkeys(("li", "tr", "dd", "dt"), "\n")}
_HINT_OF_TAG: Mapping[str, str] = {
    **{f"h{level}": "heading" for level in range(1, 7)},
    "li": "list_item",
    "tr": "table_row",
    "figcaption": "figcaption",
    **dict.fromkeys(("button", "form", "nav"), "control"),
    "a": LINK_ONLY,
    "blockquote": "quote",
}
_NUMBER = re.compile("-?[0-9]{1,6}")


# A path is written beside every cut, and names can be a megabyte long.
_LONGEST_NAME = 60
# Names that CSS takes as they are: the blocks', and the most frequent of the others.
_PLAIN_NAMES = BLOCKS.union(["a", "b", "em", "i", "img", "small", "span", "strong", "td", "th", "u"])
# What a CSS name may hold as it is. Pages pasted from Word hold elements such as `<o:p>`.
_NO_NAME = re.compile(r"[^a-z0-9_-]")


class _Open:
    """An element that the walk is in."""

    __slots__ = ("children", "gap", "hints", "item", "line", "next", "steps", "tag")

    def __init__(
        self,
        tag: str,
        gap: str | None,
        after: LexborNode | None,
        hints: tuple[str, ...],
        steps: Step,
        line: Step,
    ) -> None:
        self.tag = tag
        self.gap = gap
        """What parts its lines from others; None where it is a part of a line."""
        self.next = after
        self.hints = hints
        self.steps = steps
        self.line = line
        """The steps of the block that its text is a line of."""
        self.children: dict[str, int] = {}
        self.item: Iterator[str] | None = None
        """What stands before its list items, one after the other; None for all but numbered lists."""


class _Page:
    """The text so far."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.labels: dict[int, Label] = {}
        self.root = ""
        self._length = 0
        self._line: list[str] = []
        self._hints: tuple[str, ...] | None = None
        self._bullet = ""
        self._gap = ""
        self._broken = False

    def say(self, text: str, hints: tuple[str, ...]) -> None:
        """Add `text` to the line. A line's hints are those that all its visible text has."""
        if not text.strip(_FOLDED):
            # Most of a page's texts are what stands between two tags.
            self._line.append(" ")
            return
        text = without_controls(text)
        self._line.append(text)
        if not text or text.isspace():
            return
        self._broken = False
        if self._hints is None:
            self._hints = hints
        elif self._hints is not hints:
            self._hints = tuple(hint for hint in self._hints if hint in hints)

    def bullet(self, sign: str) -> None:
        """Let `sign` stand before the next line."""
        self._bullet = sign

    def break_line(self, steps: Step) -> None:
        """End the line as `<br>` does: two in a row part paragraphs."""
        again = self._broken and self._hints is None
        self.end_line(steps, "\n\n" if again else "\n")
        self._broken = True

    def end_line(self, steps: Step, gap: str) -> None:
        """End the line, which the element of `steps` held; at least `gap` parts it from the next one."""
        if self._hints is not None:
            self._put(_spaced("".join(self._line)), Label(self._hints, steps, self.root))
            self._hints = None
        self._line.clear()
        self._broken = False
        # Of two that begin alike, the longer one is the greater.
        if gap > self._gap:
            self._gap = gap

    def _put(self, line: str, label: Label) -> None:
        if self.pieces:
            self.pieces.append(self._gap)
            self._length += len(self._gap)
        self.labels[self._length] = label
        line = self._bullet + line
        self._bullet = ""
        self._gap = ""
        self.pieces.append(line)
        self._length += len(line)


def _spaced(line: str) -> str:
    """`line` with its white space as a browser shows it."""
    line = line.strip(_FOLDED)
    # Most lines are so already.
    return _SPACE.sub(" ", line) if "  " in line or not line.isprintable() else line


def read_lines(
    roots: Iterable[tuple[LexborNode, str]], boxes: Mapping[int, str], selector: str = ""
) -> tuple[str, dict[int, Label]]:
    """The text of `roots`, each with its CSS path, and the labels of its lines by their offsets.

    `selector` is what found them all, where one did. `boxes` are hints for whole elements, by the element's
    `mem_id`. Blocks are parted by a blank line, list items, table rows and broken lines by a line feed.
    """
    page = _Page()
    for root, path in roots:
        page.root = selector or path
        _walk(root, path, boxes, page)
    return "".join(page.pieces), page.labels


def _walk(root: LexborNode, path: str, boxes: Mapping[int, str], page: _Page) -> None:
    # Pages can be nested deeper than Python may recurse.
    at = _Open("", None, None, (), (None, path), (None, path))
    above: list[_Open] = []
    written_out = 0
    node = root.first_child
    while True:
        if node is None:
            if not above:
                break
            if at.gap is not None:
                page.end_line(at.line, at.gap)
                if at.tag == "li":
                    page.bullet("")
                elif at.tag == "pre":
                    written_out -= 1
            node = at.next
            at = above.pop()
            continue
        tag = node.tag
        if tag == "-text":
            if written_out:
                _say_written_out(page, node.text_content or "", at)
            else:
                page.say(node.text_content or "", at.hints)
            node = node.next
            continue
        if tag is None or tag in UNSEEN or tag[0] in "-!":
            node = node.next
            continue
        number = at.children[tag] = at.children.get(tag, 0) + 1
        if tag == "br":
            page.break_line(at.line)
            node = node.next
            continue
        name = tag if tag in _PLAIN_NAMES else css_name(tag)
        steps = (at.steps, f"{name}:nth-of-type({number})")
        line, hints = at.line, at.hints
        gap = _GAPS.get(tag)
        if gap is not None:
            page.end_line(line, gap)
            line = steps
            if tag == "li":
                page.bullet(next(at.item) if at.item else "• ")
            elif tag == "pre":
                written_out += 1
        elif tag in _CELLS:
            page.say(" ", hints)
        hint = _HINT_OF_TAG.get(tag)
        if hint:
            if hint == "quote" and _is_embed(node):
                hint = "embed"
            if hint not in hints:
                hints = (*hints, hint)
        box = boxes.get(node.mem_id) if boxes else None
        if box and box not in hints:
            hints = (*hints, box)
        above.append(at)
        at = _Open(tag, gap, node.next, hints, steps, line)
        if tag == "ol":
            at.item = _numbers(node)
        node = node.first_child
    page.end_line(at.line, "\n\n")


def _say_written_out(page: _Page, text: str, at: _Open) -> None:
    first, *others = text.split("\n")
    page.say(first, at.hints)
    for line in others:
        page.break_line(at.line)
        page.say(line, at.hints)


def _is_embed(node: LexborNode) -> bool:
    return not _EMBEDS.isdisjoint((node.attributes.get("class") or "").split())


def _numbers(node: LexborNode) -> Iterator[str]:
    """What a browser sets before the items of a numbered list, one after the other."""
    given = node.attributes
    first, step = 1, 1
    if "reversed" in given:
        first, step = sum(child.tag == "li" for child in node.iter()), -1
    start = given.get("start") or ""
    if _NUMBER.fullmatch(start):
        first = int(start)
    letters = given.get("type") or ""
    for number in count(first, step):
        if letters in ("a", "A") and 1 <= number <= 26:
            yield f"{chr(ord(letters) + number - 1)}. "
        else:
            yield f"{number}. "


def css_name(name: str) -> str:
    """`name` as CSS writes the name of an element, with signs escaped that mean something there."""
    if len(name) > _LONGEST_NAME:
        return "*"
    return name if name in _PLAIN_NAMES else _NO_NAME.sub(_escaped, name)


def _escaped(sign: re.Match[str]) -> str:
    return f"\\{ord(sign[0]):x} "
