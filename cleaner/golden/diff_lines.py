"""The lines of a difference between a golden and today, as every report shows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby

import msgspec

from cleaner.golden.changed_words import changed_words
from cleaner.sheet.columns import sheet_cells
from cleaner.sheet.row import SheetRow

_ENDS = ("-", "+")
"""The signs of lines that only one of the two texts has."""
_BESIDE = 2
"""How many unchanged lines are shown on each side of a change."""


class DiffLine(msgspec.Struct, frozen=True):
    """A line of a difference: `-` is the golden's, `+` is today's, a space is both's.

    Behind a `-` and a `+` that are one line which changed, `~` says which of its words did.
    """

    sign: str
    text: str
    row: SheetRow | None = None
    """What became of the source line it comes from, where that can be told."""

    @property
    def verdict(self) -> str:
        """What a report sets in front of a changed line: what became of the source's; empty without one."""
        if self.row is None or self.sign not in _ENDS:
            return ""
        return f"{' '.join(sheet_cells(self.row).split())} | "

    @property
    def shown(self) -> str:
        """The line with its end made visible where it changed: a difference can be in white space alone."""
        return f"{self.text}↵" if self.sign in _ENDS else self.text


def line_pairs(old: str, new: str) -> Iterator[tuple[str, str]]:
    """The lines of both texts in order, each with the sign of a `DiffLine`."""
    before, after = (text.split("\n") if text else [] for text in (old, new))
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from ((" ", line) for line in before[i1:i2])
            continue
        if i2 - i1 == j2 - j1:
            for was, now in zip(before[i1:i2], after[j1:j2], strict=True):
                yield from (("-", was), ("+", now))
                if words := changed_words(was, now):
                    yield "~", words
            continue
        yield from (("-", line) for line in before[i1:i2])
        yield from (("+", line) for line in after[j1:j2])


def changed_number(lines: Iterable[DiffLine]) -> int:
    """How many lines changed. One that is in both texts, but in other words, is one."""
    total = 0
    for changed, run in groupby((line.sign for line in lines), lambda sign: sign != " "):
        signs = Counter(run)
        total += max(signs["-"], signs["+"]) if changed else 0
    return total


def near_changes(lines: Sequence[DiffLine]) -> Iterator[DiffLine | None]:
    """The changed lines with a few beside them; None where unchanged lines were left out in between."""
    changed = [at for at, line in enumerate(lines) if line.sign != " "]
    near = {at + step for at in changed for step in range(-_BESIDE, _BESIDE + 1)}
    before = -1
    for at in sorted(near & {*range(len(lines))}):
        if at > before + 1:
            yield None
        yield lines[at]
        before = at
