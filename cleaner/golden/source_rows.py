"""Which row of the sheet a line of a clean text comes from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from cleaner.sheet.row import SheetRow


class SourceRows:
    """The rows of a sheet, found by the lines of a difference between two clean texts, in its order."""

    def __init__(self, rows: Sequence[SheetRow]) -> None:
        self._rows = rows
        self._places: dict[str, list[int]] = {}
        for at, row in enumerate(rows):
            self._places.setdefault(row.text, []).append(at)
        # A line that recurs is the next one: the golden's lines and today's are each in the source's order.
        self._reached = {"-": -1, "+": -1}

    def of(self, sign: str, line: str) -> SheetRow | None:
        """The row that `line`, without white space around it, is all or a part of; None without one.

        `sign` is that of a `DiffLine`.
        """
        places = self._places.get(line, ())
        at = self._next("-+" if sign == " " else sign, places)
        return self._rows[at] if places else self._around(line)

    def _next(self, sides: str, places: Sequence[int]) -> int:
        """The first of `places` behind what `sides` reached, or the very first; -1 where there is none."""
        past = max(self._reached[side] for side in sides)
        following = bisect_right(places, past)
        at = places[following] if following < len(places) else next(iter(places), -1)
        self._reached.update(dict.fromkeys(sides, max(past, at)))
        return at

    def _around(self, line: str) -> SheetRow | None:
        """The row that `line` is a part of; of a line that lost a part, each piece that stayed is one."""
        if not line:
            return None
        same = (row for row in self._rows if _left(row) == line)
        inside = (row for row in self._rows if line in row.text)
        return next(same, None) or next(inside, None)


def _left(row: SheetRow) -> str:
    """What stayed of the row's line."""
    return "".join(piece.text for piece in row.pieces if not piece.removed).strip()
