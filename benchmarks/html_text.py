"""The part of a page that holds an article, as lines: what the labels of `html_labels.toml` point into.

It is the benchmarks' own and knows nothing of the package, so that a label holds whatever the package's
reader does. A line ends where a block begins or ends and at `<br>`; runs of white space are one space.
Scripts, styles and what else no browser shows as text are left out, and nothing else is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from hashlib import sha256

from selectolax.lexbor import LexborHTMLParser, LexborNode

_INLINE = re.compile(
    "a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|img|ins|kbd|label|mark|q|s|samp|small|span"
    "|strike|strong|sub|sup|time|tt|u|var|wbr"
)
_UNSEEN = re.compile("head|iframe|noscript|object|script|style|svg|template|title|[^a-z].*")
_SPACE = re.compile(r"\s+")


def container_lines(html: str, selectors: Sequence[str]) -> list[str]:
    """The lines of all elements that a selector matches, in the page's order.

    An element inside another that matched isn't read twice. `LookupError` names a selector that matches
    nothing.
    """
    tree = LexborHTMLParser(html)
    chosen: set[int] = set()
    for selector in selectors:
        found = tree.css(selector)
        if not found:
            raise LookupError(f"no element of the page matches {selector!r}")
        chosen.update(node.mem_id for node in found)
    assert tree.root is not None
    return _joined(piece for root in _topmost(tree.root, chosen) for piece in (None, *_pieces(root)))


def digest(lines: Sequence[str]) -> str:
    """SHA-256 of the lines: another answer for another linearisation."""
    return sha256("\n".join(lines).encode()).hexdigest()


def _topmost(node: LexborNode, chosen: set[int]) -> Iterator[LexborNode]:
    if node.mem_id in chosen:
        yield node
        return
    for child in node.iter():
        yield from _topmost(child, chosen)


def _pieces(node: LexborNode) -> Iterator[str | None]:
    """The texts below a node; `None` where a line ends."""
    tag = node.tag or ""
    if tag == "-text":
        yield node.text_content or ""
        return
    if _UNSEEN.fullmatch(tag):
        return
    if tag == "br":
        yield None
        return
    block = not _INLINE.fullmatch(tag)
    if block:
        yield None
    for child in node.iter(include_text=True):
        yield from _pieces(child)
    if block:
        yield None


def _joined(pieces: Iterator[str | None]) -> list[str]:
    lines: list[list[str]] = [[]]
    for piece in pieces:
        if piece is None:
            lines.append([])
        else:
            lines[-1].append(piece)
    texts = (_SPACE.sub(" ", "".join(line)).strip() for line in lines)
    return [text for text in texts if text]
