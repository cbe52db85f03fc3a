"""What a page shows at its headline, where no template tells what stands where: dates, and who wrote it.

Dates further off are those of other stories, or today's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from cleaner.dates import moments
from cleaner.readers.settled import Said

# How far an article's head reaches, in nodes and in signs.
_MAX_NODES = 150
_MAX_SIGNS = 600
# A longer text is a paragraph, and the head is over.
_MAX_TEXT = 100
# A link of more words is another story's headline: what stands behind it belongs to that.
_MAX_LINK = 4
_MAX_CLIMB = 3
_UNSEEN = frozenset(["script", "style", "noscript", "template", "svg", "form", "select", "option", "iframe"])
_CHANGED = re.compile(
    r"(?:diperbarui|diperbaharui|diubah|perubahan|update|updated|modified|edited)\W{0,9}(?:pada|on)?\W{0,9}$",
    re.I,
)
_LABEL = re.compile(
    r"(?:penulis|oleh|reporter|pewarta|wartawan|jurnalis|(editor|redaktur|penyunting))(?: ?:|(?= )|$)", re.I
)
# A name as it is written: some words with capitals. Whoever looks different isn't known to be one.
_NAME = re.compile(
    r"[A-Z][\w.'’-]{0,30}(?: [A-Z][\w.'’-]{0,30}){0,5}(?:(?: dan |, | & )[A-Z][\w.'’ -]{2,60})?"
)
_CLASS = re.compile(r"[A-Za-z_][\w-]{0,60}", re.ASCII)


class Dates(NamedTuple):
    """Dates in the order in which they stand: of publication, and of changes."""

    published: list[Said]
    changed: list[Said]


class Near:
    """What stands around the element of a headline; read when it is asked for."""

    def __init__(self, headline: LexborNode) -> None:
        self._headline = headline

    @cached_property
    def texts(self) -> list[tuple[str, LexborNode]]:
        """The short texts behind the headline, with their elements, until the article's own text begins."""
        return _behind(self._headline)

    @cached_property
    def below(self) -> Dates:
        """The dates behind the headline."""
        return _dates(self.texts)

    @cached_property
    def above(self) -> Dates:
        """The dates right before the headline, the nearest first."""
        return _dates(_before(self._headline))

    @cached_property
    def people(self) -> dict[str, list[tuple[str, str]]]:
        """Whom a label behind the headline names, by role, each with a selector of the element."""
        found: dict[str, list[tuple[str, str]]] = {"authors": [], "editors": []}
        texts = self.texts
        for number, (text, node) in enumerate(texts):
            label = _LABEL.match(text)
            if label is None:
                continue
            name = text[label.end() :].strip()
            if not name and number + 1 < len(texts):
                name, node = texts[number + 1]
            if _NAME.fullmatch(name):
                found["editors" if label[1] else "authors"].append((name, _selector(node)))
        return found


def _dates(texts: Iterable[tuple[str, LexborNode]]) -> Dates:
    """The dates in texts that stand one after the other; a date and its time can be in two."""
    pieces: list[str] = []
    at: list[tuple[int, LexborNode]] = []
    length = 0
    for text, node in texts:
        at.append((length, node))
        pieces.append(text)
        length += len(text) + 1
    joined = " ".join(pieces)
    published: list[Said] = []
    changed: list[Said] = []
    for start, moment in moments(joined):
        node = next(node for begin, node in reversed(at) if begin <= start)
        said = Said(moment, _selector(node))
        (changed if _CHANGED.search(joined[max(0, start - 40) : start]) else published).append(said)
    return Dates(published, changed)


def _behind(headline: LexborNode) -> list[tuple[str, LexborNode]]:
    """The short texts behind a headline, with their elements, until the article or another story begins."""
    texts: list[tuple[str, LexborNode]] = []
    signs = 0
    node: LexborNode | None = _next_beside(headline)
    for _ in range(_MAX_NODES):
        if node is None or signs > _MAX_SIGNS:
            break
        tag = node.tag
        text = (node.text_content or "").strip() if tag == "-text" else ""
        if tag == "a":
            text = node.text().strip()
            if len(text.split()) > _MAX_LINK:
                return _outside_card(texts, headline, node)
        if len(text) > _MAX_TEXT:
            break
        holder = node if tag == "a" else node.parent
        if text and holder is not None:
            signs += len(text)
            texts.append((text, holder))
        inside = None if tag is None or tag in _UNSEEN or tag == "a" else node.first_child
        node = inside if inside is not None else _next_beside(node)
    return texts


def _outside_card(
    texts: list[tuple[str, LexborNode]], headline: LexborNode, link: LexborNode
) -> list[tuple[str, LexborNode]]:
    """Those of `texts` outside the element that holds another story's `link` and not `headline`."""
    around = set(_mem_ids(headline))
    card = next((mem_id for mem_id, above in pairwise(_mem_ids(link)) if above in around), link.mem_id)
    return [(text, node) for text, node in texts if card not in _mem_ids(node)]


def _mem_ids(node: LexborNode) -> list[int]:
    """An element and those around it, as far as can matter here."""
    found: list[int] = []
    at: LexborNode | None = node
    while at is not None and len(found) < _MAX_NODES:
        found.append(at.mem_id)
        at = at.parent
    return found


def _before(headline: LexborNode) -> Iterator[tuple[str, LexborNode]]:
    """The short texts of the elements right before a headline."""
    node: LexborNode | None = headline
    for _ in range(_MAX_CLIMB):
        if node is None or node.tag == "body":
            return
        beside = node.prev
        for _ in range(_MAX_CLIMB):
            if beside is None:
                break
            if beside.first_child is not None and beside.tag not in _UNSEEN:
                # All of a page can stand in it; what is longer than a date line isn't read.
                text = _short_text(beside)
                if text:
                    yield text, beside
            beside = beside.prev
        node = node.parent


def _short_text(node: LexborNode) -> str:
    pieces: list[str] = []
    at: LexborNode | None = node.first_child
    signs = 0
    for _ in range(_MAX_NODES):
        if at is None or signs > _MAX_TEXT:
            break
        if at.tag == "-text":
            pieces.append((at.text_content or "").strip())
            signs += len(pieces[-1])
        inside = None if at.tag is None or at.tag in _UNSEEN else at.first_child
        at = inside if inside is not None else _next_beside(at, node)
    return " ".join(filter(None, pieces)) if signs <= _MAX_TEXT and at is None else ""


def _next_beside(node: LexborNode, within: LexborNode | None = None) -> LexborNode | None:
    """The next node that isn't inside `node`, and inside `within`."""
    at: LexborNode | None = node
    limit = within.mem_id if within is not None else None
    while at is not None and at.mem_id != limit:
        if at.next is not None:
            return at.next
        at = at.parent
    return None


def _selector(node: LexborNode) -> str:
    """A CSS selector for an element: by its class, or by that of the nearest element around it with one."""
    around: LexborNode | None = node
    for _ in range(_MAX_CLIMB):
        if around is None:
            break
        classes = (around.attributes.get("class") or "").split()
        if classes and _CLASS.fullmatch(classes[0]):
            own = f"{around.tag}.{classes[0]}"
            return own if around is node else f"{own} {node.tag}"
        around = around.parent
    return str(node.tag)
