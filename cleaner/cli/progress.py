"""What a run shows while it goes on, on a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cleaner.cli.counted import counted
from cleaner.dumps.records import Item, RecordReader
from cleaner.dumps.tally import Tally

if TYPE_CHECKING:
    from rich.progress import Progress

_EVERY = 64
_SECONDS = 0.1


def watched(
    items: Iterable[Item], reader: RecordReader, said: Callable[[float], str], total: int | None
) -> Iterable[Item]:
    """`items` as they are; where standard error is a terminal, with a progress line above them.

    `said` is what the line says after so many seconds; `total` is the number of bytes there are to read,
    where it is known.
    """
    return _shown(items, reader, said, total) if sys.stderr.isatty() else items


def _shown(
    items: Iterable[Item], reader: RecordReader, said: Callable[[float], str], total: int | None
) -> Iterator[Item]:
    with _bar() as progress:
        task = progress.add_task("", total=total, said="")
        began = shown = time.monotonic()
        for number, item in enumerate(items):
            if number % _EVERY == 0 and time.monotonic() - shown > _SECONDS:
                shown = time.monotonic()
                progress.update(task, completed=reader.bytes_read, said=said(shown - began))
            yield item


@contextmanager
def cleaning(
    total: int | None, done: int, before: int, *, quiet: bool
) -> Iterator[Callable[[int, Tally], None]]:
    """A progress line while the block lasts, where standard error is a terminal.

    `total` is the number of bytes there are to read, where it is known; an earlier run has read `done` of
    them and cleaned `before` records. What the block gets is called after each part, with the number of bytes
    that are done and with what was counted.
    """
    if quiet or not sys.stderr.isatty():
        yield _silent
        return
    with _bar() as progress:
        task = progress.add_task("", total=total, completed=done, before=done, said="")
        began = time.monotonic()

        def show(done: int, tally: Tally) -> None:
            rate = (tally.records - before) / max(time.monotonic() - began, 0.001)
            progress.update(task, completed=done, said=_cleaned(tally, rate))

        yield show


@contextmanager
def counting(total: int | None, quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """The same while articles are only counted: called with the bytes that are done and the articles."""
    if quiet or not sys.stderr.isatty():
        yield _silent
        return
    with _bar() as progress:
        task = progress.add_task("", total=total, said="")
        yield lambda done, articles: progress.update(
            task, completed=done, said=f"{counted(articles, 'article')} counted"
        )


def _silent(done: int, made: object) -> None:
    """Shows nothing."""


class Pace:
    """How long the rest takes, at the pace of all that was done since the run began."""

    def __init__(self) -> None:
        self._done = self._seconds = 0.0

    def time_left(self, seconds: float, before: float, done: float, total: float | None) -> str:
        """The time as `h:mm:ss`; empty where it isn't known.

        Of `total`, `before` was done when the run began, and `done` is, `seconds` later.
        """
        if total is None or done <= before:
            return ""
        if done != self._done:
            self._done, self._seconds = done, seconds
        # Between two steps it is the clock that runs down.
        whole = self._seconds * (total - before) / (done - before)
        minutes, rest = divmod(round(max(whole - seconds, 0)), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"


def _bar() -> Progress:
    from rich.progress import BarColumn, Progress, ProgressColumn, Task, TaskProgressColumn, TextColumn
    from rich.text import Text

    from cleaner.cli.terminal import stderr_console

    class TimeLeft(ProgressColumn):
        """Rich's own goes by the latest steps, so where several processes end their parts at once, its first
        guess is a small part of the truth."""

        max_refresh = 0.5

        def render(self, task: Task) -> Text:
            before = task.fields.get("before", 0)
            left = pace.time_left(task.elapsed or 0, before, task.completed, task.total)
            return Text(left, style="progress.remaining")

    pace = Pace()
    columns = (
        BarColumn(bar_width=20),
        TaskProgressColumn(),
        TextColumn("{task.fields[said]}", markup=False),
        TimeLeft(),
    )
    return Progress(*columns, console=stderr_console(), transient=True, refresh_per_second=10)


def _cleaned(tally: Tally, rate: float) -> str:
    errors = f", {counted(tally.errors, 'error')}" if tally.errors else ""
    records = counted(tally.records, "record")
    return f"{records}, {rate:,.0f}/s, {100 * tally.removed_share:.1f} % removed{errors}"
