"""The columns in front of a row's text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from cleaner.sheet.row import SheetRow
from cleaner.visible import visible

_WIDEST = 44
"""How far a column grows with its cells: a page's places and the ids of rules fit, not several ids joined."""


class Widths(msgspec.Struct, frozen=True):
    """How wide the columns in front of a row's text are, in code points.

    A cell that doesn't fit pushes on the text of its own row alone. Left as they are, they hold for every
    document, so that a change to one line of it changes one line of the sheet.
    """

    certainty: int = 8
    kind: int = 7
    rule: int = 28
    place: int = 28

    @classmethod
    def of(cls, rows: Sequence[SheetRow]) -> Widths:
        """The columns that the cells of these rows fit into, as far as columns grow."""
        least = cls()
        return cls(
            _width(least.certainty, (row.certainty for row in rows)),
            _width(least.kind, (row.kind for row in rows)),
            _width(least.rule, (row.rule for row in rows)),
            _width(least.place, (row.place for row in rows)),
        )


_SAME_EVERYWHERE = Widths()


def sheet_cells(row: SheetRow, widths: Widths = _SAME_EVERYWHERE) -> str:
    """The columns in front of a row's text.

    The last one, where on its page a line stood, is there only for lines of a page.
    """
    rule = f"{visible(row.rule):<{widths.rule}}"
    place = f" {visible(row.place):<{widths.place}}" if row.label else ""
    return (
        f"{row.number:>4} {row.verdict:<7} {row.certainty:<{widths.certainty}} {row.kind:<{widths.kind}} "
        f"{rule}{place}"
    )


def _width(least: int, cells: Iterable[str]) -> int:
    lengths = (len(visible(cell)) for cell in cells)
    return max((length for length in lengths if least < length <= _WIDEST), default=least)
