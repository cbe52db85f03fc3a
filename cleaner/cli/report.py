"""`clean report`: one page to look at what a run did."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import typer

from cleaner.cli.cleaned_file import CleanedFile, gone_said
from cleaner.cli.counted import agreeing, counted
from cleaner.cli.terminal import say
from cleaner.cli.told import told_keys
from cleaner.cli.written import lines_of, refuse_other, refuse_same, said_of
from cleaner.dumps.formats.restoring import form_of
from cleaner.dumps.outputs import STDOUT, SidecarPaths, beside
from cleaner.dumps.pairing import CleanedRecord
from cleaner.dumps.present import is_file, is_folder
from cleaner.dumps.whole import WholeFiles
from cleaner.errors import CleanerError
from cleaner.report.entries import Entry, Keys, State, folder_entries, record_entries
from cleaner.report.page import Report

_MAX_NAMED = 20
_FEW = 3
"""How many are named where all have the same cause."""
_NOTHING_DONE = "nothing was written"
_EVERY = 64
_SECONDS = 0.1
_EPILOG = """[bold]Examples[/bold]

clean report clean.jsonl [dim]· to report.html[/dim]

clean report cleaned/ -o cuts.html

Exit code 0: the page shows the run. 1: it does, but for records that don't match their row, which are named,
and listed in the page, or that aren't in OUT any more, which are counted. 2: nothing was written."""


def add_to(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("report", epilog=_EPILOG)(_report)


def _key_told(what: str) -> Any:
    """The option for the records' key for `what`, which the run's statistics tell, too."""
    return typer.Option(
        metavar="NAME",
        help=f"The records' key for {what}, where it isn't the one that the run was told.",
        show_default=False,
    )


def _report(
    cleaned: Annotated[
        Path,
        typer.Argument(
            metavar="OUT", help="What clean run wrote: a file of records or a folder.", show_default=False
        ),
    ],
    out: Annotated[
        str,
        typer.Option(
            "--out",
            "-o",
            metavar="FILE",
            help="The page to write, or - for standard output. One that is "
            "there is replaced, as soon as the new one is whole.",
        ),
    ] = "report.html",
    audit: Annotated[
        str | None,
        typer.Option(
            metavar="PREFIX", help="The rows are at PREFIX.removed.jsonl, not beside OUT.", show_default=False
        ),
    ] = None,
    records: Annotated[
        int,
        typer.Option(
            metavar="N",
            min=0,
            help="Take along the texts of the first N records only: a page of 100,000 articles has about "
            "100 MB, and a browser needs seconds for it. The figures are of all records anyway.",
        ),
    ] = 100_000,
    title_field: Annotated[str | None, _key_told("the headline")] = None,
    url_field: Annotated[str | None, _key_told("the url")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say only what went wrong.")] = False,
) -> None:
    """Write a page to look at what a run did, in a browser.

    It shows what was cut by outlet and kind, the rules by how much they cut, the articles with most and least
    cut, suspects and what was not read; and each article with its cuts struck through, to search and to
    filter.

    The page is one file, whole in itself: it loads nothing from any network, sends nothing, and works from a
    disk. It holds the texts, so it is as public as they are. Text from the articles is never taken for
    markup.

    Each text is proved against its row; a record that doesn't match, as it was edited after the run, is named
    and its cuts are not shown. Records that were taken out of OUT or moved in it don't disturb the others:
    their ids tell which row is whose, and where there are none, their order does. Records are counted from 0.
    """
    refuse_other(cleaned, _NOTHING_DONE)
    rows = beside(cleaned, audit)
    if not is_file(rows.removed):
        raise CleanerError(
            f"{rows.removed} isn't there, so nothing is known of any cuts in {cleaned}; nothing was written. "
            "Give the OUT of a run; if its rows are elsewhere, name their place with --audit PREFIX"
        )
    refuse_same(Path(out), (cleaned, rows.removed, rows.errors), _NOTHING_DONE)
    doubts = _Doubts()
    told = told_keys(rows.stats, "if titles are missing, name their key with --title-field")
    usual = Keys()
    keys = Keys(
        title_field or told.get("--title-field", usual.title), url_field or told.get("--url-field", usual.url)
    )
    file = None
    if not is_folder(cleaned):
        said = said_of(cleaned, _NOTHING_DONE)
        file = CleanedFile(cleaned, said, rows.removed, told.get("--id-field", "id"))
    with Report(cleaned.name or str(cleaned), records) as report:
        try:
            _take(report, cleaned, file, rows, keys, doubts, quiet)
        except OSError as error:
            raise _not_read(cleaned, error) from error
        size = _write(report, out)
        if doubts.out_of_step and file is not None:
            say(f"{file.out_of_step()}.")
    doubts.say(cleaned)
    if not quiet:
        _say_what(report, out, size)
    if doubts.number or doubts.gone:
        raise typer.Exit(1)


def _records(stream: BinaryIO, file: CleanedFile) -> Iterator[CleanedRecord]:
    try:
        return form_of(stream, file.said.format, file.said.packing, frozenset()).records()
    except ValueError as error:
        raise CleanerError(f"{file.path} can't be read ({error}); nothing was written") from error


def _take(
    report: Report,
    cleaned: Path,
    file: CleanedFile | None,
    rows: SidecarPaths,
    keys: Keys,
    doubts: _Doubts,
    quiet: bool,
) -> None:
    """Let `report` have all entries of the run."""
    with ExitStack() as reading:
        removed, errors = (reading.enter_context(lines_of(path)) for path in (rows.removed, rows.errors))
        files = [removed, errors]
        if file is None:
            entries = folder_entries(cleaned, removed, errors)
        else:
            stream = reading.enter_context(lines_of(cleaned))
            files.append(stream)
            entries = record_entries(_records(stream, file), removed, errors, keys, file)
        if not quiet and sys.stderr.isatty():
            entries = _watched(entries, files, _size(cleaned, rows))
        for entry in doubts.seen(entries):
            _add(report, entry)


class _Doubts:
    """The records whose cuts can't be shown: counted, the first few by name."""

    def __init__(self) -> None:
        self.number = 0
        self.gone = 0
        self._matched = 0
        self._named: list[str] = []

    @property
    def out_of_step(self) -> bool:
        """Whether it looks as if records and rows don't stand in the same places."""
        return self.number > max(1, self._matched)

    def seen(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """`entries` as they are, without those of which nothing is left to show."""
        for entry in entries:
            if entry.state is State.gone:
                self.gone += 1
                continue
            self._matched += entry.state is State.article
            if entry.state is State.unmatched:
                self.number += 1
                if self.number <= _MAX_NAMED:
                    self._named.append(f"{entry.id}: the cuts can't be shown: {entry.reason}")
            yield entry

    def say(self, cleaned: Path) -> None:
        named = self._named[:_FEW] if self.out_of_step else self._named
        for line in named:
            say(line)
        if self.number > len(named):
            say(f"… and {self.number - len(named):,} more whose cuts can't be shown.")
        if self.gone:
            say(gone_said(self.gone, cleaned))


def _add(report: Report, entry: Entry) -> None:
    try:
        report.add(entry)
    except OSError as error:
        raise _no_room(error) from error


def _write(report: Report, out: str) -> int:
    """Write the page; its size in bytes."""
    if out == STDOUT:
        counting = _Counted(sys.stdout.buffer)
        report.write(counting)
        sys.stdout.buffer.flush()
        return counting.number
    try:
        with WholeFiles() as files:
            counting = _Counted(files.open(Path(out)))
            report.write(counting)
    except OSError as error:
        raise CleanerError(
            f"{out} can't be written ({error.strerror or error}); no file was changed"
        ) from error
    return counting.number


class _Counted:
    """A stream that is written to, and how many bytes went there."""

    def __init__(self, target: BinaryIO) -> None:
        self._write = target.write
        self.number = 0

    def write(self, data: bytes) -> int:
        self.number += len(data)
        return self._write(data)


def _say_what(report: Report, out: str, size: int) -> None:
    figures = report.figures
    where = "standard output" if out == STDOUT else out
    share = 100 * figures.removed / max(figures.characters, 1)
    cuts = counted(figures.cuts, "cut")
    say(
        f"Wrote the report of {counted(figures.entries, 'record')} to {where} ({_megabytes(size)}): "
        f"{cuts}, {share:.1f} % of the text."
    )
    for state, what, which in (
        (State.empty, "page", "without an article"),
        (State.unread, "record", "not read"),
        (
            State.unmatched,
            "record",
            agreeing(
                figures.states.get(State.unmatched, 0), "not matching its row", "not matching their rows"
            ),
        ),
    ):
        number = figures.states.get(state, 0)
        if number:
            say(f"Listed apart: {counted(number, what)} {which}.")
    left = figures.entries - report.listed
    if left:
        say(
            f"It holds the texts of the first {report.listed:,} records, and the figures of all; "
            f"--records {figures.entries} takes the other {left:,} along."
        )


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB" if size >= 100_000 else f"{size / 1e3:,.0f} kB"


def _watched(entries: Iterable[Entry], files: list[BinaryIO], total: int) -> Iterator[Entry]:
    """`entries` as they are, with a progress line above them on the terminal."""
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
        shown = time.monotonic()
        for number, entry in enumerate(entries):
            if number % _EVERY == 0 and time.monotonic() - shown > _SECONDS:
                shown = time.monotonic()
                progress.update(task, completed=sum(map(_at, files)), said=f"{number:,} records")
            yield entry


def _at(file: BinaryIO) -> int:
    return file.tell() if file.seekable() else 0


def _size(cleaned: Path, rows: SidecarPaths) -> int:
    paths = (rows.removed, rows.errors) if is_folder(cleaned) else (cleaned, rows.removed, rows.errors)
    return sum(path.stat().st_size for path in paths if is_file(path))


def _not_read(cleaned: Path, error: OSError) -> CleanerError:
    what = error.filename or cleaned
    return CleanerError(f"{what} can't be read ({error.strerror or error}); nothing was written")


def _no_room(error: OSError) -> CleanerError:
    return CleanerError(
        f"a temporary file can't be written ({error.strerror or error}); nothing was written. Make room for "
        "it, or name another folder in the environment variable TMPDIR"
    )
