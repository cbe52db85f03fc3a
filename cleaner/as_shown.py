"""A stretch of a text as it is shown: what rules are tried on, where that differs from the text itself.

A scrape leaves two spaces where a link or a line end was, anywhere in a marker. One that hands on Markdown or
pieces of HTML sets a marker in bold, and its headline into a link.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import chain

from cleaner.claims import Finding
from cleaner.document import Document

# As far as patterns look behind them.
_CONTEXT = 100
_SPARE = re.compile("(?<= ) +")
# Two spaces or more, as a pattern asks for them.
_TWO_SPACES = re.compile(r"  |(?:\[ \]|\\s| )\{[2-9]")
# Colons that stand under each other: the columns of a form, where a line is what somebody filled in.
_COLUMN = "  :"

# What opens a line in Markdown: a heading, a quote, an item of a list of links.
_OPENING = re.compile(r"(?:#{1,6} +|> ?|[-+] +(?=\[|\*\*|_))++")
# What stands around words. `(*)` and a line of stars are no marks of anything.
_ADDRESS = r"\((?:[^()\s]++|\([^()\s]{0,100}+\)){1,20}+(?: \"[^\"\n]{0,200}+\")?\)"
_IMAGE = rf"!\[[^\[\]\n]{{0,300}}+\]{_ADDRESS}"
_BLOCK_TAGS = "article|blockquote|br|center|div|figcaption|figure|h[1-6]|li|ol|p|section|table|td|th|tr|ul"
_TAG_END = r"(?:[\s/][^<>\n]{0,500}+)?>"
_TAGS = rf"{_BLOCK_TAGS}|a|b|em|font|i|img|small|span|strong|u"
_MARK = (
    rf"</?(?:{_TAGS}){_TAG_END}"
    rf"|{_IMAGE}|\[{_IMAGE}\]{_ADDRESS}"
    rf"|\[(?=[^\[\]\n]{{1,300}}+\]{_ADDRESS})|\]{_ADDRESS}"
    r"|(?<![*\w])\*{1,3}+(?=[^\s*)])|(?<=[^\s*(])\*{1,3}+(?![*\w])"
    r"|(?<![_\w])_{1,2}+(?=[^\s_])|(?<=[^\s_])_{1,2}+(?![_\w])"
    r"|\\(?=[]()*_#.>+!|~[-])"
)
_MARKED = re.compile(_MARK)
_UNREAD = re.compile(f"{_MARK}|{_SPARE.pattern}")
_SIGN_OF_WORDS = re.compile(r"[]<>*_\\]")
_BLOCK_TAG = re.compile(rf"</?(?:{_BLOCK_TAGS}){_TAG_END}")
_HEADING_TAG = re.compile("<h[1-6]")
# A link there is where the article sends its reader, not where the page would keep them.
_OFFICE = re.compile(r"\.(?:go|ac|or|sch|desa|mil)\.id\b")
_WORD = re.compile(r"\w")
# No rule's line is longer, whatever addresses and tags stand in it. A text on one line can have a megabyte.
_LONGEST = 10_000
# No bold stretch is longer, so no mark stands further from the one that closes it.
_FAR = 600
_STARS_OPEN = re.compile(r"(?<![*\w])\*\*+(?=[^\s*)])")
_STARS_CLOSE = re.compile(r"(?<=[^\s*(])\*\*+(?![*\w])")
_LINK_ADDRESS = re.compile(_ADDRESS)
_LINK_END = re.compile(rf"[^\[\]\n]{{0,200}}+\]{_ADDRESS}")
# What is left of marks in a value that was cut out between them.
_HALF_MARK = re.compile(rf"{_MARK}|\[|\]{_ADDRESS}|\](?=\()")


def counts_spaces(pattern: str) -> bool:
    """Whether a pattern tells two spaces from one, so that it means the text as it stands."""
    return _TWO_SPACES.search(pattern) is not None


def is_marked(document: Document, start: int, end: int) -> bool:
    """Whether the line `[start, end)` has marks of Markdown, or HTML tags, and could be one that a rule for
    lines is after."""
    signs = document.signs
    at = bisect_left(signs, start)
    if at == len(signs) or signs[at] >= end or end - start > _LONGEST:
        return False
    line = document.shadow[start:end]
    return _OPENING.match(line.lstrip()) is not None or _MARKED.search(line) is not None


def without_marks(value: str) -> str:
    """A value that was told between marks, without those it holds."""
    return _HALF_MARK.sub("", value).strip() if _SIGN_OF_WORDS.search(value) else value


def with_marks(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The stretch `[start, end)` of a line with the marks that close around it.

    None where a half of one would stay behind.
    """
    if _WORD.search(text, start, end) is None:
        return start, end
    piece = text[start:end]
    if piece.count("[") > piece.count("]"):
        link = _LINK_END.match(text, end)
        if link is None:
            return None
        end = link.end()
    elif piece.endswith("]") and (address := _LINK_ADDRESS.match(text, end)):
        end = address.end()
    while start and text[start - 1] in "*_" and text[end : end + 1] == text[start - 1]:
        start, end = start - 1, end + 1
    opened = _opened(text, start, end)
    if opened > 0 and _opened(text, end, end + len(text[end : end + _FAR].partition("\n")[0])) < 0:
        return (start, end + 2) if text.startswith("**", end) else None
    if (
        opened < 0
        and _opened(text, max(text.rfind("\n", max(0, start - _FAR), start) + 1, start - _FAR), start) > 0
    ):
        return (start - 2, end) if text.startswith("**", start - 2) else None
    return start, end


def _opened(text: str, start: int, end: int) -> int:
    """How many more bold stretches open than close in `[start, end)`."""
    # The sign behind the stretch tells whether its last stars open or close.
    opens, closes = (
        sum(stars.end() <= end for stars in mark.finditer(text, start, end + 1))
        for mark in (_STARS_OPEN, _STARS_CLOSE)
    )
    return opens - closes


def as_shown(document: Document, start: int, end: int) -> Shown | None:
    """The line `[start, end)` of a document as it is shown; None where that's how it stands in the text.

    None, too, where nothing of it is shown, or where the address of an office stands in its marks. Nothing is
    shown as one line of what tags part into several.
    """
    if not document.has_marks:
        return single_spaced(document, start, end) if document.has_runs else None
    if not is_marked(document, start, end):
        return single_spaced(document, start, end)
    line = document.shadow[start:end]
    if _is_several(line):
        return Shown(document.spaced, document.shadow, start, start, _UNREAD)
    if _OFFICE.search(line):
        return None
    shown = Shown(document.spaced, document.shadow, start, end, _UNREAD)
    return shown if shown.line else None


def _is_several(line: str) -> bool:
    if "<" not in line:
        return False
    return sum(1 for block in _BLOCK_TAG.split(line) if _MARKED.sub("", block).strip()) > 1


def single_spaced(document: Document, start: int, end: int) -> Shown | None:
    """The stretch `[start, end)` of a document with single spaces; None where it has no others.

    None, too, where a colon stands behind a run of them: that is a form's column.
    """
    shadow = document.shadow
    if not document.has_runs or shadow.find("  ", start, end) < 0 or shadow.find(_COLUMN, start, end) >= 0:
        return None
    return Shown(document.spaced, shadow, start, end)


class Shown:
    """The stretch, behind as much of the text as a pattern may look back on, which is left as it is."""

    def __init__(
        self, text: str, shadow: str, start: int, end: int, unread: re.Pattern[str] = _SPARE
    ) -> None:
        """`shadow` is the folded copy of `text`; `unread` is what isn't shown. Offsets are code points."""
        at = max(0, start - _CONTEXT)
        begin = start - at
        self.marked = unread is _UNREAD
        """It stands there with marks, not only with spare spaces."""
        self.heading = False
        """It is marked as a subheading."""
        self.quoted = False
        """It is marked as somebody else's words."""
        opening = _OPENING.match(shadow, start, end) if self.marked else None
        kept: list[slice] = []
        length = 0
        # What is behind a joint stood so much further on.
        self._joints: list[int] = []
        self._shifts = [at]
        if opening:
            self.heading, self.quoted = "#" in opening[0], ">" in opening[0]
        elif self.marked:
            self.heading = _HEADING_TAG.match(shadow, start) is not None
        inside = unread.finditer(shadow, opening.end() if opening else start, end)
        for spare in chain([opening] if opening else [], inside):
            kept.append(slice(at, spare.start()))
            length += spare.start() - at
            at = spare.end()
            self._joints.append(length)
            self._shifts.append(at - length)
        kept.append(slice(at, end))
        self.text = "".join([text[piece] for piece in kept])
        self.shadow = "".join([shadow[piece] for piece in kept])
        self.line = self.text[begin:].strip()
        """What is shown, without the text in front; empty where that isn't one line."""
        self.start = len(self.text) - len(self.text[begin:].lstrip())
        self.end = self.start + len(self.line)
        """Where it begins and ends in `text` and `shadow` of this."""

    @property
    def folded(self) -> str:
        """The folded copy of `line`."""
        return self.shadow[self.start : self.end]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original text that `[start, end)` is of."""
        return self._place(start), self._place(end - 1) + 1 if end > start else self._place(start)

    def findings(self, told: Iterable[Finding]) -> tuple[Finding, ...]:
        """The same findings with offsets of the original text."""
        return tuple(Finding(each.name, *self.span(each.start, each.end)) for each in told)

    def _place(self, at: int) -> int:
        return at + self._shifts[bisect_right(self._joints, at)]
