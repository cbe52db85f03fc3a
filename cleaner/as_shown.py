"""A stretch of a text as it is shown: what rules are tried on, where that differs from the text itself.

A scrape leaves two spaces where a link or a line end was, anywhere in a marker. One that hands on Markdown or
pieces of HTML sets a marker in bold, and its headline into a link.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from cleaner.claims import Finding
from cleaner.document import Document

# As far as patterns look behind them.
_CONTEXT = 100
_SPARE = re.compile("(?<= ) +")
# Two spaces or more, as a pattern asks for them.
_TWO_SPACES = re.compile(r"  |(?:\[ \]|\\s| )\{[2-9]")
# Colons that stand under each other: the columns of a form, where a line is what somebody filled in.
_COLUMN = "  :"
# What stands around the words and isn't read with them. `(*)` and a line of stars are no marks of anything.
_ADDRESS = r"\([^()\s]{1,500}+(?: \"[^\"\n]{0,200}+\")?\)"
_IMAGE = rf"!\[[^\[\]\n]{{0,300}}+\]{_ADDRESS}"
_TAGS = "a|b|blockquote|br|div|em|figcaption|figure|h[1-6]|i|img|li|ol|p|span|strong|u|ul"
_MARK = (
    rf"</?(?:{_TAGS})(?:[\s/][^<>\n]{{0,500}}+)?>"
    rf"|{_IMAGE}|\[{_IMAGE}\]{_ADDRESS}"
    r"|(?<!\S)#{1,6} +"
    r"|(?<!\S)(?:> ?)++(?=[^\s>])"
    r"|(?<!\S)[-+] +(?=\[|\*\*)"
    rf"|\[(?=[^\[\]\n]{{1,300}}+\]{_ADDRESS})|\]{_ADDRESS}"
    r"|(?<![*\w])\*{1,3}+(?=[^\s*)])|(?<=[^\s*(])\*{1,3}+(?![*\w])"
    r"|(?<![_\w])_{1,2}+(?=[^\s_])|(?<=[^\s_])_{1,2}+(?![_\w])"
)
_UNREAD = re.compile(f"{_MARK}|{_SPARE.pattern}")
_MARKED = re.compile(_MARK)
# In each mark there is one of these, and in hardly a line of prose.
_SIGN = re.compile(r"[]<>*_#]")


def counts_spaces(pattern: str) -> bool:
    """Whether a pattern tells two spaces from one, so that it means the text as it stands."""
    return _TWO_SPACES.search(pattern) is not None


def is_marked(line: str) -> bool:
    """Whether a line has marks of Markdown, or HTML tags."""
    return _SIGN.search(line) is not None and _MARKED.search(line) is not None


def as_shown(document: Document, start: int, end: int) -> Shown | None:
    """The line `[start, end)` of a document as it is shown; None where that's how it stands in the text.

    None, too, where nothing of it is shown.
    """
    if not document.has_marks:
        return single_spaced(document, start, end) if document.has_runs else None
    if not is_marked(document.shadow[start:end]):
        return single_spaced(document, start, end)
    shown = Shown(document.spaced, document.shadow, start, end, _UNREAD)
    return shown if shown.line else None


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
        kept: list[slice] = []
        length = 0
        # What is behind a joint stood so much further on.
        self._joints: list[int] = []
        self._shifts = [at]
        for spare in unread.finditer(shadow, start, end):
            kept.append(slice(at, spare.start()))
            length += spare.start() - at
            at = spare.end()
            self._joints.append(length)
            self._shifts.append(at - length)
        kept.append(slice(at, end))
        self.text = "".join([text[piece] for piece in kept])
        self.shadow = "".join([shadow[piece] for piece in kept])
        self.line = self.text[begin:].strip(" ")
        """What is shown, without the text in front."""
        self.start = len(self.text) - len(self.text[begin:].lstrip(" "))
        self.end = self.start + len(self.line)
        """Where it begins and ends in `text` and `shadow` of this."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original text that `[start, end)` is of."""
        return self._place(start), self._place(end - 1) + 1 if end > start else self._place(start)

    def findings(self, told: Iterable[Finding]) -> tuple[Finding, ...]:
        """The same findings with offsets of the original text."""
        return tuple(Finding(each.name, *self.span(each.start, each.end)) for each in told)

    def _place(self, at: int) -> int:
        return at + self._shifts[bisect_right(self._joints, at)]
