"""`clean restore`: the source of a cleaned dump, rebuilt from its rows and proved."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from cleaner.cli.cleaned_file import CleanedFile, gone_said
from cleaner.cli.counted import agreeing, counted
from cleaner.cli.terminal import say
from cleaner.cli.told import told_keys
from cleaner.cli.written import lines_of, refuse_other, refuse_same, said_of
from cleaner.dumps.endings import Ending, ending_of, said_by
from cleaner.dumps.formats.restoring import Form, Given, form_of
from cleaner.dumps.inside import path_inside
from cleaner.dumps.outputs import STDOUT, beside
from cleaner.dumps.present import is_folder, is_there
from cleaner.dumps.restore import (
    Failed,
    Gone,
    Outcome,
    Restored,
    added_everywhere,
    restore_folder,
    restore_records,
)
from cleaner.dumps.whole import WholeFiles
from cleaner.errors import CleanerError

_MAX_NAMED = 20
_FEW = 3
"""How many are named where all have the same cause."""
_NOTHING_DONE = "nothing was restored"
_EPILOG = """[bold]Examples[/bold]

clean restore clean.jsonl -o source.jsonl

clean restore clean.parquet -o source.parquet

clean restore cleaned/ -o source/

clean restore clean.jsonl -o - | head -1 [dim]· to standard output[/dim]

Exit code 0: everything is given back. 1: some records are not, they are named. 2: nothing was done."""


def add_to(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("restore", epilog=_EPILOG)(_restore)


def _restore(
    cleaned: Annotated[
        Path,
        typer.Argument(
            metavar="OUT",
            help="What clean run wrote: a folder, or a file of records (.jsonl, .csv, .tsv, .parquet, "
            "packed or not).",
            show_default=False,
        ),
    ],
    out: Annotated[
        str | None,
        typer.Option(
            "--out",
            "-o",
            metavar="FILE",
            help="Where the source goes: a file of the same format for records, a folder for texts, or - for "
            "standard output (records). Without it: restored with the ending of OUT, or restored/. Nothing "
            "is overwritten.",
            show_default=False,
        ),
    ] = None,
    audit: Annotated[
        str | None,
        typer.Option(
            metavar="PREFIX", help="The rows are at PREFIX.removed.jsonl, not beside OUT.", show_default=False
        ),
    ] = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Say only what is not given back, and errors.")
    ] = False,
) -> None:
    """Undo a run: give back the source, and prove each text by its SHA-256.

    Records come back in the format that the run wrote, which is the source's where both are the same. Texts
    come back byte for byte, and so does every value of a record, numbers as they were written.
    White space between the tokens of a record's JSON does not, nor do blank lines and a byte order mark;
    escapes inside a text that was cut may be written another way. What the run could not read is put back
    in its place. An article that was joined from several records comes back as those.

    Fields of CSV come back, their quotes only where they are needed. Rows of Parquet come back with their
    types, metadata and order, not with the same pages and encodings. A web archive doesn't come back: of it,
    OUT holds the texts, each with id, url and date, and these come back as they were before the cuts.

    Of a page, what comes back is the text that was read off it, without the markup: HTML to text is a step of
    its own, and a lossy one. A record that holds the page itself comes back as it was, page and all.

    Records that were taken out of OUT, or moved in it, don't keep the others back: their ids tell which row
    is whose, and where there are none, their order does. A record that doesn't match its row, as its text was
    edited, is named and left out. Records are counted from 0.
    """
    refuse_other(cleaned, _NOTHING_DONE)
    rows = beside(cleaned, audit)
    if not rows.removed.is_file():
        raise CleanerError(
            f"{rows.removed} isn't there, and without its rows {cleaned} can't be restored; "
            "give the rows' place with --audit PREFIX, if they are elsewhere"
        )
    if cleaned.is_dir():
        report = _folder(cleaned, Path(out or "restored"), rows.removed, rows.errors)
    else:
        said = said_of(cleaned, _NOTHING_DONE)
        told = told_keys(rows.stats, "if records were moved, their ids may not tell where they stood")
        file = CleanedFile(cleaned, said, rows.removed, told.get("--id-field", "id"))
        report = _records(file, out or f"restored{said.written}", rows.errors)
        if report.out_of_step:
            say(f"{file.out_of_step()}.")
    report.say_what_is_missing()
    if not quiet:
        report.say_what_came_back()
    if report.failed or report.never_read:
        raise typer.Exit(1)


class _Report:
    """What came back and what didn't."""

    def __init__(self, cleaned: Path, where: str, closeness: str) -> None:
        """`closeness` says how like the source it is where each text is proved: `byte for byte`."""
        self._closeness = closeness
        self._cleaned = cleaned
        self._where = where
        self._gone = 0
        self._proved = 0
        self._unread = 0
        self.failed = 0
        self.never_read = 0
        self._page_texts = 0
        self._named: list[str] = []
        self._unknown: list[str] = []

    def given_back(self, outcomes: Iterable[Outcome]) -> Iterator[Restored]:
        """The restored ones of `outcomes`; the others are counted and named."""
        for outcome in outcomes:
            if isinstance(outcome, Restored):
                self._proved += outcome.proved
                self._unread += not outcome.proved
                self._page_texts += outcome.page_text
                yield outcome
            elif isinstance(outcome, Gone):
                self.failed += 1
                self._gone += 1
            elif isinstance(outcome, Failed):
                self.fail(outcome.place, outcome.reason)
            else:
                self.never_read += 1
                if self.never_read <= _MAX_NAMED:
                    self._unknown.append(
                        f"{outcome.place} was never read, so it isn't put back: {outcome.reason}"
                    )

    def fail(self, place: str, reason: str) -> None:
        self.failed += 1
        if self.failed - self._gone <= _MAX_NAMED:
            self._named.append(f"{place} is not given back: {reason}")

    @property
    def out_of_step(self) -> bool:
        """Whether it looks as if records and rows don't stand in the same places."""
        changed = self.failed - self._gone
        return changed > max(1, self._proved)

    def say_what_is_missing(self) -> None:
        named = self._named[:_FEW] if self.out_of_step else self._named
        for line in self._unknown:
            say(line)
        unnamed = self.never_read - len(self._unknown)
        if unnamed:
            say(f"… and {unnamed:,} more {agreeing(unnamed, 'was', 'were')} never read.")
        for line in named:
            say(line)
        left = self.failed - self._gone - len(named)
        if left > 0:
            say(f"… and {left:,} more {agreeing(left, 'is', 'are')} not given back.")
        if self.failed > self._gone:
            say("Records and rows are counted from 0.")
        if self._gone:
            say(gone_said(self._gone, self._cleaned))

    def say_what_came_back(self) -> None:
        restored = self._proved + self._unread
        lost = self.failed + self.never_read
        failed = f"; {lost:,} could not be" if lost else ""
        say(f"Restored {restored:,} of {restored + lost:,} to {self._where}{self._how()}{failed}.")
        if self._page_texts:
            pages = counted(self._page_texts, "page")
            say(f"Of {pages} it is the text that was read off it; the markup isn't in it.")

    def _how(self) -> str:
        """How sure it is that what came back is what there was."""
        if not self._unread:
            return f", {self._closeness}, each text proved" if self._proved else ""
        proved = f"{counted(self._proved, 'text')} proved, " if self._proved else ""
        unread = agreeing(
            self._unread, "unreadable one put back as it was", "unreadable ones put back as they were"
        )
        return f": {proved}{self._unread:,} {unread}"


def _records(file: CleanedFile, out: str, errors: Path) -> _Report:
    cleaned, said, removed = file.path, file.said, file.removed
    report = _Report(cleaned, "standard output" if out == STDOUT else out, "value for value")
    refuse_same(Path(out), (cleaned, removed, errors), _NOTHING_DONE)
    if out != STDOUT and is_there(Path(os.path.realpath(out))):
        raise CleanerError(
            f"{out} is there already, and may be the only source there is; choose another FILE or move it "
            f"away, {_NOTHING_DONE}"
        )
    packing = said.packing if out == STDOUT else _packing(said, Path(out))
    try:
        with ExitStack() as reading, WholeFiles() as files:
            with file.rows() as first:
                dropped = added_everywhere(first)
            form = _form(reading.enter_context(cleaned.open("rb", buffering=1 << 20)), cleaned, said, dropped)
            rows, refused = (reading.enter_context(lines_of(path)) for path in (removed, errors))
            target = sys.stdout.buffer if out == STDOUT else files.open(Path(out))
            outcomes = report.given_back(restore_records(form, rows, refused, file))
            form.write(_data(outcomes), target, packing)
            sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _broken(error) from error
    return report


def _form(file: BinaryIO, cleaned: Path, said: Ending, dropped: frozenset[str]) -> Form:
    try:
        return form_of(file, said.format, said.packing, dropped)
    except ValueError as error:
        raise CleanerError(f"{cleaned} can't be read ({error}); nothing was restored") from error


def _data(restored: Iterable[Restored]) -> Iterator[Given]:
    return (each.data for each in restored)


def _packing(said: Ending, out: Path) -> str:
    """How OUT is packed. Raises CleanerError where its ending says another format than the cleaned file's."""
    ending = ending_of(out.name)
    wished = None if ending is None else said_by(ending)
    if wished is None:
        return said.packing
    if wished.format != said.format:
        raise CleanerError(
            f"the cleaned file is {said.format}, and records come back in the format that they are in; let "
            f"the name of {out} end in .{said.format}, nothing was restored"
        )
    return wished.packing


def _folder(cleaned: Path, out: Path, removed: Path, errors: Path) -> _Report:
    if str(out) == STDOUT:
        raise CleanerError(f"{cleaned} holds several texts; give a folder for them with -o")
    # `new/..` is there, even before `new` is.
    real = Path(os.path.realpath(out))
    if is_there(real) and (not is_folder(real) or any(real.iterdir())):
        raise CleanerError(f"{out} isn't an empty folder; choose another one, nothing was restored")
    report = _Report(cleaned, str(out), "byte for byte")
    try:
        with ExitStack() as reading, WholeFiles() as files:
            rows, refused = (reading.enter_context(lines_of(path)) for path in (removed, errors))
            files.make_folder(out)
            for restored in report.given_back(restore_folder(cleaned, rows, refused)):
                _write_text(files, out, restored)
    except OSError as error:
        raise _broken(error) from error
    return report


def _write_text(files: WholeFiles, out: Path, restored: Restored) -> None:
    if restored.file_name is None:
        raise CleanerError("a row of errors names no file of a text; nothing was restored")
    path = path_inside(out, restored.file_name)
    assert isinstance(restored.data, bytes)
    files.make_folder(path.parent)
    files.write(path, restored.data)


def _broken(error: OSError) -> CleanerError:
    return CleanerError(f"restoring failed ({error.strerror or error}); no file was changed")
