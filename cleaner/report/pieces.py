"""A source text as a reader of the report sees it: what was kept, what was cut and what was left in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import msgspec

from cleaner.dumps.sidecar import Cut, Row, digest
from cleaner.kinds import Certainty, Kind
from cleaner.result import Removal, rebuild


class Marked(msgspec.Struct, frozen=True, omit_defaults=True):
    """A stretch of the source text that a rule has claimed; offsets are code points of the source text."""

    text: str
    kind: Kind
    rule: str
    certainty: str
    start: int
    end: int
    suspect: bool = False
    """Whether the policy left it in."""
    path: str | None = None
    """The CSS path of the element that it stood in, where the text was read off a page."""


Piece: TypeAlias = str | Marked
"""A string is kept text that nothing was said of."""


def proved_pieces(cleaned: str, row: Row) -> list[Piece]:
    """The pieces of the source text of `cleaned`, in order: together they are that text.

    Raises ValueError or KeyError where the text or its row was changed after the run.
    """
    removals = [_removal(cut) for cut in row.removed]
    source = rebuild(cleaned, removals)
    if digest(source) != row.sha256:
        raise ValueError("together they don't make the source text")
    marks = [_marked(cut, suspect=False) for cut in row.removed]
    marks += [_marked(cut, suspect=True) for cut in row.suspects]
    return _parted(source, sorted(marks, key=lambda mark: mark.start))


def _removal(cut: Cut) -> Removal:
    return Removal(cut.start, cut.end, Kind(cut.kind), cut.rule, Certainty[cut.certainty], cut.text)


def _marked(cut: Cut, *, suspect: bool) -> Marked:
    certainty = Certainty[cut.certainty].name
    return Marked(cut.text, Kind(cut.kind), cut.rule, certainty, cut.start, cut.end, suspect, cut.path)


def _parted(source: str, marks: Sequence[Marked]) -> list[Piece]:
    pieces: list[Piece] = []
    at = 0
    for mark in marks:
        if mark.start < at or source[mark.start : mark.end] != mark.text:
            raise ValueError(f"what its row names at {mark.start} doesn't stand there")
        if mark.start > at:
            pieces.append(source[at : mark.start])
        pieces.append(mark)
        at = mark.end
    if at < len(source):
        pieces.append(source[at:])
    return pieces
