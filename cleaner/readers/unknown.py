"""Pages of outlets that nobody knows: the densest block of paragraphs, and what trafilatura makes of it.

Measured on labelled pages, the densest block keeps all of an article and much boilerplate; trafilatura leaves
out most boilerplate, and some of the article. So the one reads, and the other is heard on each of its lines:
those it leaves out are labelled so. An element of which it leaves out every line, and whose name says that it
holds captions, dates or other stories, is labelled as that. Where there is no such block, trafilatura reads
the page.
"""

from __future__ import annotations

import logging
import re
from collections import defaultdict
from collections.abc import Iterator, Set
from typing import Protocol

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from cleaner.document import Document, Fact
from cleaner.hints import LEFT_OUT, Label
from cleaner.readers.controls import without_controls
from cleaner.readers.densest import densest_body, is_prose
from cleaner.readers.element_names import said_by_name
from cleaner.readers.lines import read_lines

# Trafilatura walks its tree anew for many questions, and what it is built on breaks off at a depth of 256.
# Articles' pages have up to 5,000 elements, 60 deep.
_MAX_ELEMENTS = 15_000
_MAX_DEPTH = 150
_MAX_LETTERS = 3_000_000

# A box of names, dates or buttons has short lines, one of captions or other stories sentences.
_LONGEST = {"caption_box": 400, "related_box": 400}
_LONGEST_OTHER = 150
_LETTERS = re.compile(r"\w+")
_SPACE = re.compile("[ \t\n\f\r]+")
# The names that trafilatura gives elements, and the hint that each gives a line.
_HINTS = {"head": "heading", "item": "list_item", "quote": "quote", "row": "table_row"}
_BLOCKS = frozenset(("p", "list", "table", "lb", "code", *_HINTS))
_CLOSE = frozenset(("list_item", "table_row"))


class _Element(Protocol):
    """What is used of an element of trafilatura's answer."""

    tag: str
    text: str | None
    tail: str | None

    def __iter__(self) -> Iterator[_Element]: ...

    def itertext(self) -> Iterator[str]: ...


def judged(block: Document, tree: LexborHTMLParser) -> Document:
    """`block`, read off the page, with the hint `left_out` for the lines that trafilatura leaves out.

    The fact `reader` says who read the page. Where the page is too large for trafilatura, it says that too.
    """
    refusal = _refusal(tree)
    text = "" if refusal else _extracted_text(tree)
    if not text:
        reader = f"densest block; not judged by trafilatura: {refusal or 'it found nothing'}"
        return _read_by(reader, block)
    known = "".join(_LETTERS.findall(text)).casefold()
    left_out = {start for start, line in _lines(block) if _letters(line) not in known}
    if not _is_about(block, left_out):
        return _read_by("densest block; not judged by trafilatura: it read something else", block)
    boxes = _boxes_left_out(block, tree, left_out)
    labels = {
        start: _with_hints(label, (LEFT_OUT, *boxes.get(start, ()))) if start in left_out else label
        for start, label in block.labels.items()
    }
    return _read_by("densest block, judged by trafilatura", msgspec.structs.replace(block, labels=labels))


def _is_about(block: Document, left_out: Set[int]) -> bool:
    """Whether the lines that aren't left out are most of the block's paragraphs."""
    prose = [(start, len(line)) for start, line in _lines(block) if is_prose(len(line), line)]
    return 2 * sum(length for start, length in prose if start in left_out) <= sum(
        length for _, length in prose
    )


def _boxes_left_out(
    block: Document, tree: LexborHTMLParser, left_out: Set[int]
) -> dict[int, tuple[str, ...]]:
    """What the names of elements say of the lines in them, for those of which every line is left out."""
    roots = densest_body(tree)
    named = {node.mem_id: said for root in roots for node in _below(root) if (said := said_by_name(node))}
    # Each element gets a hint of its own, so that the lines tell in which of them they stand.
    marks = {mem_id: f"{said} {mem_id}" for mem_id, said in named.items()}
    text, labels = read_lines([(root, "") for root in roots], marks)
    if text != block.text:
        return {}
    held: dict[str, list[int]] = defaultdict(list)
    for start, label in labels.items():
        for hint in label.hints:
            if " " in hint:
                held[hint].append(start)
    lines = dict(_lines(block))
    found: dict[int, tuple[str, ...]] = {}
    for mark, starts in held.items():
        said = mark.partition(" ")[0]
        if left_out >= set(starts):
            fitting = (start for start in starts if _fits(said, lines[start]))
            found.update({start: (*found.get(start, ()), said) for start in fitting})
    return found


def _fits(said: str, line: str) -> bool:
    """Whether a line can be of a box: captions and other stories are sentences, dates and names are none."""
    if said in _LONGEST:
        return len(line) <= _LONGEST[said]
    return len(line) <= _LONGEST_OTHER and not line.rstrip("\"”’')").endswith(".")


def _below(root: LexborNode) -> Iterator[LexborNode]:
    node = root.first_child
    afterwards: list[LexborNode | None] = []
    while node is not None or afterwards:
        if node is None:
            node = afterwards.pop()
            continue
        if node.is_element_node:
            yield node
        afterwards.append(node.next)
        node = node.first_child


def read_by_trafilatura(tree: LexborHTMLParser) -> Document:
    """The page as trafilatura reads it, a block a line; an empty text where it finds none."""
    if _refusal(tree):
        return Document("")
    body = _extracted(tree, recall=True)
    if body is None:
        return Document("")
    text, labels = _linearised(body)
    return _read_by("trafilatura", Document(text, labels=labels))


def _read_by(reader: str, document: Document) -> Document:
    return msgspec.structs.replace(document, facts={**document.facts, "reader": Fact(reader, "page")})


def _refusal(tree: LexborHTMLParser) -> str | None:
    """Why trafilatura isn't given the page; None where it is."""
    elements = 0
    afterwards: list[LexborNode | None] = []
    node = tree.root
    while node is not None or afterwards:
        if node is None:
            node = afterwards.pop()
            continue
        elements += 1
        if elements > _MAX_ELEMENTS:
            return f"the page has over {_MAX_ELEMENTS:,} elements and texts"
        if len(afterwards) > _MAX_DEPTH:
            return f"the page is nested over {_MAX_DEPTH} elements deep"
        afterwards.append(node.next)
        node = node.first_child
    return None


def _source(tree: LexborHTMLParser) -> str | None:
    html = tree.html
    return None if html is None or len(html) > _MAX_LETTERS else html


def _extracted_text(tree: LexborHTMLParser) -> str:
    body = _extracted(tree, recall=False)
    return "" if body is None else "".join(body.itertext())


def _extracted(tree: LexborHTMLParser, recall: bool) -> _Element | None:
    source = _source(tree)
    if source is None:
        return None
    # It takes longer to load than all the rest, and few pages need it.
    from trafilatura import bare_extraction

    # What it has to say of a page goes to standard error otherwise, page text and all.
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    # Its `deduplicate` remembers texts over the whole process: the fourth page that says the same loses it.
    found = bare_extraction(
        source, fast=not recall, favor_recall=recall, include_comments=False, deduplicate=False
    )
    return None if found is None or isinstance(found, dict) else found.body


def _lines(document: Document) -> Iterator[tuple[int, str]]:
    """Where each labelled line starts, and what it says."""
    for start in document.labels:
        feed = document.text.find("\n", start)
        yield start, document.text[start : len(document.text) if feed < 0 else feed]


def _letters(line: str) -> str:
    return "".join(_LETTERS.findall(line)).casefold()


def _with_hints(label: Label, hints: tuple[str, ...]) -> Label:
    more = tuple(hint for hint in dict.fromkeys(hints) if hint not in label.hints)
    return msgspec.structs.replace(label, hints=(*label.hints, *more))


class _Lines:
    """The text so far, and the line that is being read."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.labels: dict[int, Label] = {}
        self._length = 0
        self._line: list[str] = []

    def say(self, text: str | None) -> None:
        if text:
            self._line.append(without_controls(text))

    def end(self, hint: str) -> None:
        line = _SPACE.sub(" ", "".join(self._line)).strip(" ")
        self._line.clear()
        if not line:
            return
        # Items and rows stand close to each other, as they do where a page is read without trafilatura.
        before = self.labels[next(reversed(self.labels))].hints if self.labels else ()
        gap = "" if not self.pieces else "\n" if hint in _CLOSE and hint in before else "\n\n"
        self.labels[self._length + len(gap)] = Label((hint,) if hint else ())
        self.pieces += (gap, line)
        self._length += len(gap) + len(line)


def _linearised(body: _Element) -> tuple[str, dict[int, Label]]:
    lines = _Lines()
    _read(body, "", lines)
    lines.end("")
    return "".join(lines.pieces), lines.labels


def _read(element: _Element, hint: str, lines: _Lines) -> None:
    # Not nested deeper than the page, which is measured before.
    lines.say(element.text)
    for child in element:
        tag = str(child.tag)
        own = _HINTS.get(tag, hint) or hint
        if tag in _BLOCKS:
            lines.end(hint)
        if tag == "item":
            lines.say("• ")
        elif tag == "cell":
            lines.say(" ")
        _read(child, own, lines)
        if tag in _BLOCKS:
            lines.end(own)
        lines.say(child.tail)
