"""What became of a piece of a line, told by the brackets around it."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.sheet.row import Piece, SheetRow


def bracketed_pieces(row: SheetRow) -> Iterator[tuple[Piece, str, str]]:
    """The pieces of a row, each with the brackets to write in front of it and behind it, if any.

    `⟦…⟧` stands around what was cut and `⟨…⟩` around what was suspected, where it isn't the whole line.
    """
    fates = [_fate(piece) for piece in row.pieces]
    for i, (piece, fate) in enumerate(zip(row.pieces, fates, strict=True)):
        if len(set(fates)) == 1 or not fate:
            yield piece, "", ""
            continue
        opening = fate[0] if i == 0 or fates[i - 1] != fate else ""
        closing = fate[1] if i + 1 == len(fates) or fates[i + 1] != fate else ""
        yield piece, opening, closing


def _fate(piece: Piece) -> str:
    """The brackets that stand for what became of the piece; none where it was kept unclaimed."""
    if piece.claim is None:
        return ""
    return "⟦⟧" if piece.removed else "⟨⟩"
