"""The sheet as text that can be kept under version control."""

from __future__ import annotations

import json

from cleaner.document import Document
from cleaner.result import Result
from cleaner.sheet.brackets import bracketed_pieces
from cleaner.sheet.columns import sheet_cells
from cleaner.sheet.result_rows import sheet_rows
from cleaner.sheet.row import Piece, SheetRow, Verdict
from cleaner.sheet.shortening import without_end, without_middle
from cleaner.visible import visible

_KEPT_SHOWN = 100
"""How much of a kept line the written sheet shows, in code points."""
_BESIDE_SHOWN = 40
"""How much of a line it shows on each side of a cut."""
_CUT_SHOWN = 600
"""How much of a cut it shows; the most that isn't an advertiser's script fits."""


def sheet_text(document: Document, result: Result) -> str:
    """The sheet as text that can be kept under version control: one row a line, in columns of fixed width.

    A change to one line of the document changes one line of it. Control characters are spelt out; kept
    text is shortened, what was cut stands in `⟦…⟧`, what was suspected in `⟨…⟩`.
    """
    head = [f"outlet {result.outlet or '-'}"]
    head += [f"field  {name} = {_json(value)}" for name, value in sorted(result.fields.items())]
    if result.no_article is not None:
        head.append(f"no article: {visible(result.no_article)}")
    return "\n".join([*head, "", *map(_line, sheet_rows(document, result))]) + "\n"


def _line(row: SheetRow) -> str:
    """One row of `sheet_text`, without its line's end."""
    return f"{sheet_cells(row)} {_shown(row)}"


def _shown(row: SheetRow) -> str:
    if row.verdict is Verdict.keep:
        return visible(without_end(row.text, _KEPT_SHOWN))
    return "".join(
        f"{opening}{visible(without_middle(piece.text, _longest(piece)))}{closing}"
        for piece, opening, closing in bracketed_pieces(row)
    )


def _longest(piece: Piece) -> int:
    return 2 * _BESIDE_SHOWN if piece.claim is None else _CUT_SHOWN


def _json(value: object) -> str:
    return visible(json.dumps(value, ensure_ascii=False))
