"""How a sample's clean text and sheet of today differ from its goldens."""

from __future__ import annotations

from cleaner.golden.diff_lines import DiffLine, line_pairs
from cleaner.golden.reading import Reading
from cleaner.golden.source_rows import SourceRows
from cleaner.sheet.result_rows import sheet_rows


def text_diff(reading: Reading) -> list[DiffLine]:
    """How today's clean text differs from the golden, line by line, with each line's verdict."""
    rows = SourceRows(sheet_rows(reading.document, reading.result))
    pairs = line_pairs(reading.golden_text or "", reading.text)
    return [
        DiffLine(sign, line, None if sign == "~" else rows.of(sign, line.strip())) for sign, line in pairs
    ]


def sheet_diff(reading: Reading) -> list[DiffLine]:
    """How today's sheet differs from the accepted one, row by row."""
    pairs = line_pairs(reading.golden_sheet or "", reading.sheet)
    # A row is short, and its columns tell what changed.
    return [DiffLine(sign, line) for sign, line in pairs if sign != "~"]
