"""The rows of a result."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from cleaner.document import Document
from cleaner.result import Removal, Result
from cleaner.sheet.row import Piece, SheetRow, Verdict


def sheet_rows(document: Document, result: Result) -> list[SheetRow]:
    """The rows of `result`, which is what a cleaner gave for `document`; in the order of the text."""
    removals, suspects = _Reader(result.removals), _Reader(result.suspects)
    rows = []
    for number, line in enumerate(document.lines, 1):
        written = document.text[line.start : line.end]
        content = written.strip()
        if content:
            start = line.start + len(written) - len(written.lstrip())
            end = start + len(content)
            # Both readers move on with every line, whatever the line turns out to be.
            claims = [*removals.within(start, end), *suspects.within(start, end)]
            row = _row(document.text, number, start, end, claims)
            label = document.labels.get(line.start)
            rows.append(msgspec.structs.replace(row, label=label) if label else row)
    return rows


class _Reader:
    """Reads stretches, sorted and disjoint, along with the lines they touch."""

    def __init__(self, stretches: Sequence[Removal]) -> None:
        self._stretches = stretches
        self._at = 0

    def within(self, start: int, end: int) -> list[Removal]:
        """The stretches that touch `[start, end)`, which lies behind that of the call before."""
        while self._at < len(self._stretches) and self._stretches[self._at].end <= start:
            self._at += 1
        stop = self._at
        while stop < len(self._stretches) and self._stretches[stop].start < end:
            stop += 1
        return list(self._stretches[self._at : stop])


def _row(text: str, number: int, start: int, end: int, claims: Sequence[Removal]) -> SheetRow:
    pieces: list[Piece] = []
    at = start
    for claim in sorted(claims, key=lambda claim: claim.start):
        first, last = max(claim.start, at), min(claim.end, end)
        if not text[first:last].strip():
            continue
        if first > at:
            pieces.append(Piece(text[at:first]))
        pieces.append(Piece(text[first:last], claim))
        at = last
    if at < end:
        pieces.append(Piece(text[at:end]))
    return SheetRow(number, _verdict(pieces), tuple(pieces))


def _verdict(pieces: Sequence[Piece]) -> Verdict:
    visible_pieces = [piece for piece in pieces if piece.text.strip()]
    removed = [piece.removed for piece in visible_pieces]
    if all(removed):
        return Verdict.cut
    if any(removed):
        return Verdict.part
    return Verdict.suspect if any(piece.claim for piece in visible_pieces) else Verdict.keep
