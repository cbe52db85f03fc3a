"""The tables of `peers.py`: what a row tells, in a terminal and in Markdown between two marker comments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from measures import table

BEGIN = "<!-- peers: what stands from here to /peers is written by benchmarks/peers.py -->"
END = "<!-- /peers -->"

PAGES, ARTICLES = "pages", "articles"

_TITLES = {
    PAGES: "{} real pages of {} outlets, labelled by hand",
    ARTICLES: "{} real articles of {} outlets as text, labelled by hand",
}
_QUALITY = ("F1 of boilerplate cut", "own text lost")
_HEADS = {
    PAGES: (*_QUALITY, "text from elsewhere", "pages a second", "time by cleaner's"),
    ARTICLES: (*_QUALITY, "articles a second", "time by cleaner's"),
}


@dataclass(frozen=True)
class Row:
    """What is told of one tool; speeds are 0 where there is no time."""

    name: str
    version: str
    f1: float
    lost: float
    besides: float
    a_second: float
    time_by_ours: float


@dataclass(frozen=True)
class Part:
    """What is compared on, the rows of its table, and the inputs that tools had no answer to."""

    task: str
    inputs: int
    outlets: int
    rows: Sequence[Row]
    failures: Sequence[str] = ()


@dataclass(frozen=True)
class Circumstances:
    """What a table's reader has to know besides: when, where, what is missing, how each tool was set."""

    day: date
    machine: str
    left_out: Sequence[str]
    settings: Mapping[str, str]
    notes: Sequence[str]


def in_terminal(part: Part) -> str:
    """The table as aligned columns."""
    rows = [(row.name, row.version, *_cells(part.task, row)) for row in part.rows]
    return table((part.task, "version", *_HEADS[part.task]), rows)


def in_markdown(parts: Iterable[Part], told: Circumstances) -> str:
    """What stands between the markers: a table for each part, and how it came about."""
    return "\n\n".join(_pieces(parts, told))


def _pieces(parts: Iterable[Part], told: Circumstances) -> Iterator[str]:
    day = f"{told.day.day} {told.day:%B %Y}"
    yield f"Written by `python benchmarks/peers.py --write README.md` on {day}, with {told.machine}."
    for part in parts:
        head = ("tool", "version", *_HEADS[part.task])
        rows = [(row.name, row.version, *_cells(part.task, row)) for row in part.rows]
        rule = ("---", "---", *("--:" for _ in head[2:]))
        yield f"**{_TITLES[part.task].format(part.inputs, part.outlets)}**"
        yield "\n".join(map(_line, (head, rule, *rows)))
        if part.failures:
            yield f"Without an answer: {'; '.join(part.failures)}."
    if told.left_out:
        yield f"Left out, not being installed: {', '.join(told.left_out)}."
    settings = "; ".join(f"{name}: {how}" for name, how in told.settings.items() if name not in told.left_out)
    yield "\n".join(
        (
            *(f"* {note}" for note in told.notes),
            f"* Settings, where a tool leaves a choice those that did best here. {settings}.",
        )
    )


def _cells(task: str, row: Row) -> tuple[str, ...]:
    elsewhere = (f"{row.besides:.1%}",) if task == PAGES else ()
    return f"{row.f1:.3f}", f"{row.lost:.2%}", *elsewhere, _speed(row.a_second), _speed(row.time_by_ours)


def _speed(figure: float) -> str:
    """Three digits that count, or a dash for none: `0.0123`, `1.23`, `123`, `12,300`."""
    if not figure:
        return "–"
    rounded = float(f"{figure:.3g}")
    return f"{rounded:,.0f}" if rounded >= 100 else f"{rounded:#.3g}"


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def written(source: str, content: str) -> str:
    """`source` with `content` between the markers. Raises ValueError where it hasn't both, once each."""
    if source.count(BEGIN) != 1 or source.count(END) != 1 or source.index(BEGIN) > source.index(END):
        raise ValueError(f"it needs these two lines, once each and in this order:\n{BEGIN}\n{END}")
    head, rest = source.split(BEGIN)
    _, tail = rest.split(END)
    return f"{head}{BEGIN}\n\n{content}\n\n{END}{tail}"


def between_markers(source: str) -> str:
    """What stands between the markers of `source`; nothing where they aren't there."""
    return source.partition(BEGIN)[2].partition(END)[0].strip()
