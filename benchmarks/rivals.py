"""What people use instead, each as a function from a text to the stretches it removes, in code points.

* `end_marks`: the rule large web corpora are made with (C4 and its kin): a line stays only if it ends in
  `.`, `!`, `?` or a closing quote.
* `marker_lines`: the regex that one writes by hand on the first day: lines that begin with `Baca Juga`,
  `Sumber :` or `Penulis :` go.

Both give exact stretches, so that nothing has to be aligned to score them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

Stretch = tuple[int, int]

_END_MARKS = (".", "!", "?", '"', "”", "'", "’")
_MARKER = re.compile(r"\s*(?:baca juga|sumber\s*:|penulis\s*:)", re.IGNORECASE)


def end_marks(text: str) -> list[Stretch]:
    """The lines that don't end as a sentence does."""
    return [(start, end) for start, end in _lines(text) if not text[start:end].endswith(_END_MARKS)]


def marker_lines(text: str) -> list[Stretch]:
    """The lines that begin with a marker."""
    return [(start, end) for start, end in _lines(text) if _MARKER.match(text, start, end)]


def _lines(text: str) -> Iterator[Stretch]:
    for line in re.finditer(r"\S[^\n]*", text):
        yield line.start(), line.start() + len(line[0].rstrip())


RIVALS: Mapping[str, Callable[[str], list[Stretch]]] = {
    "lines with end marks (C4)": end_marks,
    "hand regex": marker_lines,
}
