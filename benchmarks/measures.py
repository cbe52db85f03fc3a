"""One line of the report that all benchmarks share: what was measured, the figure, and the bar it is held
to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class Measure:
    """A figure and its bar; without a bar it is for information."""

    name: str
    figure: float
    bar: float | None = None
    better: Literal["higher", "lower"] = "higher"

    @property
    def met(self) -> bool | None:
        if self.bar is None:
            return None
        return self.figure >= self.bar if self.better == "higher" else self.figure <= self.bar


def as_json(measures: Iterable[Measure], **details: Any) -> str:
    """The measures, and whatever else a benchmark tells, as one JSON object."""
    return json.dumps(
        {"measures": [asdict(m) | {"met": m.met} for m in measures], **details}, ensure_ascii=False
    )


def from_json(source: str) -> list[Measure]:
    """The measures of what `as_json` wrote."""
    return [
        Measure(row["name"], row["figure"], row["bar"], row["better"])
        for row in json.loads(source)["measures"]
    ]


def verdict(measure: Measure) -> str:
    """`met`, `NOT MET`, or nothing for information only."""
    return {True: "met", False: "NOT MET", None: ""}[measure.met]


def bar(measure: Measure) -> str:
    """`>= 0.995`."""
    return "" if measure.bar is None else f"{'>=' if measure.better == 'higher' else '<='} {measure.bar:g}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Columns as wide as their widest cell: the first to the left, the others to the right."""
    cells = [tuple(head), *(tuple(row) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(w) if i == 0 else cell.rjust(w)
            for i, (cell, w) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cells
    )


def share(part: float, whole: float, nothing: str = "–") -> str:
    """`0.9950`; `nothing` where there is no whole."""
    return f"{part / whole:.4f}" if whole else nothing


def summary(measures: Iterable[Measure]) -> str:
    """The measures as a table."""
    return table(
        ("measure", "figure", "bar", ""),
        [
            (m.name, f"{m.figure:.4g}" if m.figure > 10 else f"{m.figure:.5f}", bar(m), verdict(m))
            for m in measures
        ],
    )
