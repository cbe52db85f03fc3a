"""How today's clean text or sheet differs from the golden one, in lines that fit a test's report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleaner.golden import DiffLine
from cleaner.sheet import sheet_cells
from cleaner.testing.check import Line

_BESIDE = 2
"""How many unchanged lines are shown on each side of a change."""
_MOST = 400
"""How many lines are shown at all; a golden that is another text altogether is read elsewhere."""
_COLOURS = {"-": "red", "+": "green"}


def shown_difference(lines: Sequence[DiffLine]) -> Iterator[Line]:
    """The changed lines, each with its source line's number, verdict and rule, and a few beside them."""
    changed = [i for i, line in enumerate(lines) if line.sign != " "]
    near = sorted({i + step for i in changed for step in range(-_BESIDE, _BESIDE + 1)} & {*range(len(lines))})
    for before, i in zip([-1, *near], near[:_MOST], strict=False):
        if i > before + 1:
            yield Line("  ⋮")
        yield _shown(lines[i])
    if len(near) > _MOST:
        yield Line(f"  ⋮ and {len(near) - _MOST:,} lines more, which `clean golden diff` shows")


def _shown(line: DiffLine) -> Line:
    if line.sign == " ":
        return Line(f"  {line.text}")
    cells = f"{' '.join(sheet_cells(line.row).split())} | " if line.row else ""
    # A difference can be in white space alone, so the end of the line is shown.
    return Line(f"{line.sign} {cells}{line.text}↵", _COLOURS[line.sign])
