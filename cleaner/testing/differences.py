"""How today's clean text or sheet differs from the golden one, in lines that fit a test's report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleaner.golden.diff_lines import DiffLine, near_changes
from cleaner.testing.check import Line

_MOST = 400
"""How many lines are shown at all; a golden that is another text altogether is read elsewhere."""
_COLOURS = {"-": "red", "+": "green", "~": "yellow", " ": ""}


def shown_difference(lines: Sequence[DiffLine]) -> Iterator[Line]:
    """The changed lines, each with its source line's number, verdict and rule, and a few beside them."""
    near = list(near_changes(lines))
    for line in near[:_MOST]:
        if line is None:
            yield Line("  ⋮")
        else:
            yield Line(f"{line.sign} {line.verdict}{line.shown}", _COLOURS[line.sign])
    if len(near) > _MOST:
        yield Line(f"  ⋮ and {len(near) - _MOST:,} lines more, which `clean golden diff` shows")
