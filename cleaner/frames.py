"""Blocks: from the line that holds a block's literal, walk up and down the sequence its rule declares.

A teaser's summary is a perfect sentence. Nothing but its place in such a block makes it removable.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from cleaner.as_shown import as_shown
from cleaner.claims import Claim, Finding
from cleaner.document import Document
from cleaner.kinds import Certainty
from cleaner.matchers import LineTest
from cleaner.rows import Rows
from cleaner.rules import Element, Rule
from cleaner.shapes import SHAPES, bare

# A block's lines can be longer than a marker line: a teaser's summary is one or two sentences.
_MAX_LINE = 600
# How many lines that go may stand between two of a block. On real pages a few do; more would let a hostile
# text make every anchor walk over all of it.
_MAX_GONE = 20
# How many lines the foot of a page has below a block, at most.
_MAX_FOOT = 40
# And how many its head has above one.
_MAX_HEAD = 12
_DASHES = ("-", "–", "—")
# A label has no more words before its colon; a sentence that leads in a list has.
_MAX_LABEL = 7


class _Part:
    """One element of a block, compiled."""

    def __init__(self, element: Element) -> None:
        self.element = element
        self.test = LineTest(element, _MAX_LINE) if element.literal else None
        self.shape = None if element.literal else SHAPES[element.shape]

    def find(self, document: Document, start: int, end: int) -> tuple[Finding, ...] | None:
        """Whether the line `[start, end)` is this part, and what it tells."""
        if self.shape is not None:
            # How many spaces part its words is nothing to a shape.
            shown = as_shown(document, start, end) if document.has_marks else None
            if shown and (shown.heading or shown.quoted or not shown.line):
                # Its place makes nothing else of what says itself that it is a subheading, or a quote.
                return None
            line = bare(shown.line if shown else document.spaced[start:end])
            told: tuple[Finding, ...] | None = () if self.shape(line) else None
        elif self.test is not None:
            told = self.test.find(document, start, end, as_shown(document, start, end))
        if told is not None and self.element.field:
            told = (*told, Finding(self.element.field, start, end))
        return told


class Block:
    """One block rule, compiled."""

    def __init__(self, rule: Rule, rank: int) -> None:
        parts = [_Part(element) for element in rule.block]
        at = next(i for i, part in enumerate(parts) if part.element.anchor)
        anchor = parts[at].test
        assert anchor is not None
        self.rule = rule
        self.rank = rank
        self.anchor = anchor
        self.anchor_stays = parts[at].element.keep
        self._anchor_part = parts[at]
        self._above = tuple(reversed(parts[:at]))
        self._below = tuple(parts[at + 1 :])

    def claims(self, document: Document, rows: Rows, anchor: int, gone: Set[int]) -> list[Claim] | None:
        """The block around row `anchor`, a claim a line; None where a required line is not there.

        `gone` are rows that other claims cut: a line of mere shape can't be one of them, and they
        don't stand between the lines of the block.
        """
        if self.rule.foot and len(rows) - anchor - 1 > _MAX_FOOT:
            return None
        if self.rule.head and anchor > _MAX_HEAD:
            return None
        walk = _Walk(document, rows, gone)
        above = walk.take(self._above, anchor, -1)
        below = None if above is None else walk.take(self._below, anchor, +1)
        if above is None or below is None:
            return None
        if self.rule.foot and not _at_foot(document, rows, below[-1][0] if below else anchor, gone):
            return None
        if self.rule.head and not _at_head(document, rows, above[-1][0] if above else anchor, gone):
            return None
        taken = [*above, (anchor, self._anchor_part, walk.told(self._anchor_part, anchor) or ()), *below]
        return [
            Claim(
                rows.starts[row],
                rows.ends[row],
                self.rule.kind,
                self.rule.id,
                Certainty.marked if part.element.literal else Certainty.framed,
                self.rank,
                self.rule.pointer,
                told,
            )
            for row, part, told in taken
            if not part.element.keep
        ]


def _at_foot(document: Document, rows: Rows, last: int, gone: Set[int]) -> bool:
    """Whether no sentence stands below row `last`, the block's lowest, nor one that leads in a list."""
    below = (_line(document, rows, row) for row in range(last + 1, len(rows)) if row not in gone)
    return all(SHAPES["short"](line) and not _leads_in(line) for line in below)


def _leads_in(line: str) -> bool:
    return line.endswith(":") and len(line.split(None, _MAX_LABEL)) > _MAX_LABEL


def _at_head(document: Document, rows: Rows, first: int, gone: Set[int]) -> bool:
    """Whether nothing but short lines and headlines, which may ask or call out, stands above row `first`, the
    block's highest."""
    above = (_line(document, rows, row) for row in range(first) if row not in gone)
    return all(SHAPES["short"](line) or SHAPES["headline"](line) for line in above)


def _line(document: Document, rows: Rows, row: int) -> str:
    """The row's text as it is shown; as it stands, where tags part it into several lines."""
    shown = as_shown(document, rows.starts[row], rows.ends[row]) if document.has_marks else None
    return (shown and shown.line) or rows[row]


class _Again:
    """A run of lines that stand again further down, in the same order and behind the run."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._first: int | None = None
        self._last = -1

    def has(self, row: int) -> bool:
        """Whether `row`, the next one of the run, is such a line."""
        if (self._first is not None and row >= self._first) or self._is_dateline(row):
            return False
        found = self._rows.again(row, max(row, self._last))
        if found is None:
            return False
        self._first = found if self._first is None else self._first
        self._last = found
        return True

    def _is_dateline(self, row: int) -> bool:
        """Whether a dash alone follows: where a scrape parts a line at its links, the text begins so."""
        return row + 1 < len(self._rows) and self._rows[row + 1] in _DASHES


class _Walk:
    """One walk from an anchor over the rows of a document."""

    def __init__(self, document: Document, rows: Rows, gone: Set[int]) -> None:
        self._document = document
        self._rows = rows
        self._gone = gone

    def told(self, part: _Part, row: int) -> tuple[Finding, ...] | None:
        return part.find(self._document, self._rows.starts[row], self._rows.ends[row])

    def take(
        self, parts: Sequence[_Part], anchor: int, step: int
    ) -> list[tuple[int, _Part, tuple[Finding, ...]]] | None:
        """The rows that `parts` take one after the other, going `step` by `step` away from `anchor`."""
        taken: list[tuple[int, _Part, tuple[Finding, ...]]] = []
        last = anchor
        for part in parts:
            times = 0
            again = _Again(self._rows) if part.element.again else None
            while times < part.element.repeat:
                row = self._next(part, last, step)
                told = None if row is None else self.told(part, row)
                if row is None or told is None or (part.element.same and self._rows[row] != self._rows[last]):
                    break
                if again is not None and not again.has(row):
                    break
                taken.append((row, part, told))
                last = row
                times += 1
            if not times and not part.element.optional:
                return None
        return taken

    def _next(self, part: _Part, last: int, step: int) -> int | None:
        row = last + step
        for _ in range(_MAX_GONE):
            if not 0 <= row < len(self._rows):
                return None
            if part.element.glued and not self._rows.glued(max(row, row - step)):
                return None
            if row not in self._gone:
                return row
            if part.element.literal and self.told(part, row) is not None:
                return row
            if part.element.next:
                return None
            row += step
        return None
