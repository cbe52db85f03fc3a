"""A stretch of a text with each run of spaces as one: what rules are tried on, in place of the text itself.

A scrape leaves two spaces where a link or a line end was, anywhere in a marker.
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


def counts_spaces(pattern: str) -> bool:
    """Whether a pattern tells two spaces from one, so that it means the text as it stands."""
    return _TWO_SPACES.search(pattern) is not None


def single_spaced(document: Document, start: int, end: int) -> SingleSpaced | None:
    """The stretch `[start, end)` of a document with single spaces; None where it has no others.

    None, too, where a colon stands behind a run of them: that is a form's column.
    """
    shadow = document.shadow
    if not document.has_runs or shadow.find("  ", start, end) < 0 or shadow.find(_COLUMN, start, end) >= 0:
        return None
    return SingleSpaced(document.spaced, shadow, start, end)


class SingleSpaced:
    """The stretch, behind as much of the text as a pattern may look back on, which is left as it is."""

    def __init__(self, text: str, shadow: str, start: int, end: int) -> None:
        """`shadow` is the folded copy of `text`. Offsets are code points of both."""
        at = max(0, start - _CONTEXT)
        self.start = start - at
        """Where the stretch begins in `text` and `shadow` of this."""
        kept: list[slice] = []
        length = 0
        # What is behind a joint stood so much further on.
        self._joints: list[int] = []
        self._shifts = [at]
        for spare in _SPARE.finditer(shadow, start, end):
            kept.append(slice(at, spare.start()))
            length += spare.start() - at
            at = spare.end()
            self._joints.append(length)
            self._shifts.append(at - length)
        kept.append(slice(at, end))
        self.text = "".join([text[piece] for piece in kept])
        self.shadow = "".join([shadow[piece] for piece in kept])

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original text that `[start, end)` is of."""
        return self._place(start), self._place(end - 1) + 1 if end > start else self._place(start)

    def findings(self, told: Iterable[Finding]) -> tuple[Finding, ...]:
        """The same findings with offsets of the original text."""
        return tuple(Finding(each.name, *self.span(each.start, each.end)) for each in told)

    def _place(self, at: int) -> int:
        return at + self._shifts[bisect_right(self._joints, at)]
