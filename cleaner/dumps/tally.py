"""What a run counts, for its progress and its summary. Its size doesn't grow with the dump."""

from __future__ import annotations

from collections import Counter

from cleaner.dumps.records import Unreadable
from cleaner.kinds import Kind
from cleaner.result import Result

_MAX_NAMED = 20
_MAX_OUTLETS = 1000


class OutletCount:
    """Records of one outlet, and their characters before and after."""

    __slots__ = ("characters", "records", "removed")

    def __init__(self) -> None:
        self.records = 0
        self.characters = 0
        self.removed = 0


class Tally:
    """The numbers of one run."""

    def __init__(self) -> None:
        self.outlets: dict[str | None, OutletCount] = {}
        self.removals: Counter[Kind] = Counter()
        self.removed: Counter[Kind] = Counter()
        """Characters removed, by kind."""
        self.suspects = 0
        self.errors = 0
        self.first_errors: list[Unreadable] = []
        """The first few things that could not be read, without their bytes."""
        self.not_installed: Counter[str] = Counter()
        """Outlets that records name and that aren't installed."""

    @property
    def records(self) -> int:
        return sum(count.records for count in self.outlets.values())

    @property
    def removed_share(self) -> float:
        """The share of all characters that was removed, from 0 to 1."""
        characters = sum(count.characters for count in self.outlets.values())
        return sum(count.removed for count in self.outlets.values()) / characters if characters else 0.0

    def cleaned(self, text: str, result: Result) -> None:
        """Count one cleaned record, by its source text and its result."""
        count = self.outlets.get(result.outlet)
        if count is None:
            count = self.outlets[result.outlet] = OutletCount()
        count.records += 1
        count.characters += len(text)
        self.suspects += len(result.suspects)
        for removal in result.removals:
            length = removal.end - removal.start
            count.removed += length
            self.removals[removal.kind] += 1
            self.removed[removal.kind] += length

    def refused(self, item: Unreadable) -> None:
        """Count one thing that could not be read."""
        self.errors += 1
        if len(self.first_errors) < _MAX_NAMED:
            self.first_errors.append(Unreadable(item.file, item.index, item.reason, None, item.file_id))

    def names_unknown(self, outlet: str) -> None:
        """Count one record that names an outlet that isn't installed."""
        known = outlet in self.not_installed or len(self.not_installed) < _MAX_OUTLETS
        self.not_installed[outlet if known else "…"] += 1
