"""What a run shows while it goes on, on a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator

from cleaner.dumps.records import Item, RecordReader
from cleaner.dumps.tally import Tally

_EVERY = 64
_SECONDS = 0.1


def watched(items: Iterable[Item], reader: RecordReader, tally: Tally, total: int | None) -> Iterable[Item]:
    """`items` as they are; where standard error is a terminal, with a progress line above them.

    `total` is the number of bytes there are to read, where it is known.
    """
    return _shown(items, reader, tally, total) if sys.stderr.isatty() else items


def _shown(items: Iterable[Item], reader: RecordReader, tally: Tally, total: int | None) -> Iterator[Item]:
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    from cleaner.cli.terminal import stderr_console

    columns = (
        BarColumn(bar_width=20),
        TaskProgressColumn(),
        TextColumn("{task.fields[said]}", markup=False),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=stderr_console(), transient=True, refresh_per_second=10) as progress:
        task = progress.add_task("", total=total, said="")
        began = shown = time.monotonic()
        for number, item in enumerate(items):
            if number % _EVERY == 0 and time.monotonic() - shown > _SECONDS:
                shown = time.monotonic()
                progress.update(task, completed=reader.bytes_read, said=_said(tally, shown - began))
            yield item


def _said(tally: Tally, seconds: float) -> str:
    records = tally.records
    errors = f", {tally.errors:,} errors" if tally.errors else ""
    return (
        f"{records:,} records, {records / seconds:,.0f}/s, {100 * tally.removed_share:.1f} % removed{errors}"
    )
