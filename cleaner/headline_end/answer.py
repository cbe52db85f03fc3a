"""What is said of a headline's end, and what its score is good for."""

from __future__ import annotations

from typing import NamedTuple

CUT = 0.80
"""From this score on a cut is worth it: on held-out articles 2 in 100 such cuts take a word or two of the
article (at 0.90: 1 in 100)."""
DOUBT = 0.50
"""From this score on an end is worth reporting; below it is a guess."""


class HeadlineEnd(NamedTuple):
    """Where a headline ends: `end`, a code-point offset (exclusive, no space in front of it), and `score`
    (0..1), the chance that a cut there loses no word of the article."""

    end: int
    score: float
