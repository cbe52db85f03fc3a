"""What a report counts. Its size doesn't grow with the dump, whatever stands in the rows."""

from __future__ import annotations

from bisect import bisect_right

import msgspec

from cleaner.kinds import Kind
from cleaner.report.entries import Entry, State
from cleaner.report.pieces import Marked

OTHERS = "…"
"""What names are counted under once there are too many to count each."""

_MAX_NAMES = 2000
_LONGEST_NAME = 200
_MAX_EXAMPLES = 3
_LONGEST_EXAMPLE = 240

SHARES = (0.01, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75)
"""The upper ends of the classes of articles by the share of their text that was cut."""


class Names:
    """Numbers for names, in the order they come up: at most about two thousand, and no long ones."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, name: str) -> int:
        """The number of `name`; that of all the others where there are too many."""
        name = name if len(name) <= _LONGEST_NAME else name[:_LONGEST_NAME] + OTHERS
        if name not in self._numbers and len(self._numbers) >= _MAX_NAMES:
            name = OTHERS
        return self._numbers.setdefault(name, len(self._numbers))

    def all(self) -> list[str]:
        """The names by their number."""
        return list(self._numbers)


class Example(msgspec.Struct, frozen=True):
    """A stretch that a rule claimed, and the number of the entry that it stands in."""

    text: str
    entry: int


class RuleFigures(msgspec.Struct):
    """What one rule cut, or claimed where the policy left it in. `characters` are code points."""

    rule: int
    kind: Kind
    stretches: int = 0
    characters: int = 0
    articles: int = 0
    examples: list[Example] = []

    def add(self, mark: Marked, entry: int) -> None:
        self.stretches += 1
        self.characters += mark.end - mark.start
        text = mark.text.strip()[:_LONGEST_EXAMPLE]
        if len(self.examples) < _MAX_EXAMPLES and text and all(text != seen.text for seen in self.examples):
            self.examples.append(Example(text, entry))


class OutletFigures(msgspec.Struct):
    """The articles of one outlet, and their characters: all, and those cut by kind."""

    outlet: int
    articles: int = 0
    characters: int = 0
    removed: dict[Kind, int] = {}


class KindFigures(msgspec.Struct):
    """What was cut of one kind."""

    stretches: int = 0
    characters: int = 0
    articles: int = 0


class Reason(msgspec.Struct):
    """How many records of one state have the same reason, without what is one record's own."""

    state: State
    reason: str
    entries: int = 0


class Figures(msgspec.Struct):
    """The numbers of one run."""

    entries: int = 0
    states: dict[State, int] = {}
    characters: int = 0
    removed: int = 0
    cuts: int = 0
    suspects: int = 0
    with_suspects: int = 0
    joined: int = 0
    """Articles joined from several records."""
    kinds: dict[Kind, KindFigures] = {}
    outlets: dict[int, OutletFigures] = {}
    rules: dict[tuple[int, Kind], RuleFigures] = {}
    left_in: dict[tuple[int, Kind], RuleFigures] = {}
    """The suspects by rule."""
    shares: list[int] = msgspec.field(default_factory=lambda: [0] * (len(SHARES) + 2))
    """Articles with nothing cut, then by the classes of `SHARES`, then above the last of them."""
    reasons: dict[tuple[State, str], Reason] = {}

    def count(self, entry: Entry, reason: str, outlet: int, rules: Names) -> None:
        """Count `entry`; `reason` is its reason in a general form, `outlet` the number of its outlet."""
        number = self.entries
        self.entries += 1
        self.states[entry.state] = self.states.get(entry.state, 0) + 1
        if entry.state is not State.article:
            self._reason(entry.state, reason)
            return
        self.joined += entry.pages > 0
        marks = [piece for piece in entry.pieces if isinstance(piece, Marked)]
        length = sum(len(piece) if isinstance(piece, str) else len(piece.text) for piece in entry.pieces)
        removed = sum(len(mark.text) for mark in marks if not mark.suspect)
        self.characters += length
        self.removed += removed
        self.shares[_share_class(removed, length)] += 1
        figures = self.outlets.setdefault(outlet, OutletFigures(outlet))
        figures.articles += 1
        figures.characters += length
        self._marks(marks, figures, number, rules)

    def _marks(self, marks: list[Marked], outlet: OutletFigures, number: int, rules: Names) -> None:
        seen: set[object] = set()
        for mark in marks:
            key = (rules.number(mark.rule), mark.kind)
            table = self.left_in if mark.suspect else self.rules
            figures = table.setdefault(key, RuleFigures(*key))
            figures.add(mark, number)
            if (key, mark.suspect) not in seen:
                seen.add((key, mark.suspect))
                figures.articles += 1
            if mark.suspect:
                self.suspects += 1
                continue
            self.cuts += 1
            outlet.removed[mark.kind] = outlet.removed.get(mark.kind, 0) + len(mark.text)
            kind = self.kinds.setdefault(mark.kind, KindFigures())
            kind.stretches += 1
            kind.characters += len(mark.text)
            if mark.kind not in seen:
                seen.add(mark.kind)
                kind.articles += 1
        self.with_suspects += any(mark.suspect for mark in marks)

    def _reason(self, state: State, reason: str) -> None:
        key = (state, reason)
        if key not in self.reasons and len(self.reasons) >= _MAX_NAMES:
            key = (state, OTHERS)
        self.reasons.setdefault(key, Reason(*key)).entries += 1


def _share_class(removed: int, length: int) -> int:
    return 0 if not removed else 1 + bisect_right(SHARES, removed / length)
