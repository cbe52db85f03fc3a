"""The lines of a text that aren't blank, in order: what blocks and surroundings are read from."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from cleaner.claims import Claim

_CONTENT = re.compile(r"\S[^\n]*")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
# What a list sets in front of its items, and headings needn't have.
_ITEM = re.compile(r"(?:[-–•*]|\d{1,2}(?:\.\d{1,2}){0,3}[.)]?)\s+")


class Rows:
    """Row `i` is the content `[starts[i], ends[i])` of the i-th line that isn't blank, in code points."""

    __slots__ = ("_blocked", "_places", "_text", "ends", "starts")

    def __init__(self, text: str) -> None:
        self._text = text
        self.starts: list[int] = []
        self.ends: list[int] = []
        for line in _CONTENT.finditer(text):
            start = line.start()
            self.starts.append(start)
            self.ends.append(start + len(line[0].rstrip()))
        self._blocked = _BLANK_LINE.search(text) is not None
        self._places: dict[str, list[int]] | None = None

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, row: int) -> str:
        return self._text[self.starts[row] : self.ends[row]]

    def at(self, offset: int) -> int:
        """The row whose line holds `offset`."""
        return bisect_right(self.starts, offset) - 1

    def glued(self, row: int) -> bool:
        """Whether `row` stands directly under the row before it, in a text that has blank lines at all."""
        return self._blocked and self._text.count("\n", self.ends[row - 1], self.starts[row]) == 1

    def again(self, row: int, behind: int) -> int | None:
        """The first row behind `behind` that says what `row` says, whatever number or bullet they have."""
        if self._places is None:
            self._places = {}
            for each in range(len(self)):
                self._places.setdefault(self._words(each), []).append(each)
        places = self._places[self._words(row)]
        at = bisect_right(places, behind)
        return places[at] if at < len(places) else None

    def _words(self, row: int) -> str:
        line = " ".join(self[row].split()).rstrip(":").lower()
        return line[found.end() :] if (found := _ITEM.match(line)) else line

    def covered(self, claims: Iterable[Claim]) -> set[int]:
        """The rows that one of `claims` covers from end to end."""
        rows = ((self.at(claim.start), claim) for claim in claims)
        return {row for row, claim in rows if (self.starts[row], self.ends[row]) == (claim.start, claim.end)}
