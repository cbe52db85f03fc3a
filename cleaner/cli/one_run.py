"""One run of `clean run`, from what it reads to the names of what it writes."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Generator, Iterable
from contextlib import AbstractContextManager, closing, nullcontext
from datetime import UTC, datetime
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from cleaner.cli.evidence import lacking
from cleaner.cli.nothing_cleaned import is_nothing_cleaned, nothing_cleaned
from cleaner.cli.progress import cleaning, watched
from cleaner.cli.stop import Stopped
from cleaner.cli.summary import first_names, joins, notes, summary, unused, where_they_are
from cleaner.cli.unfinished import Wish, kept, taken_up
from cleaner.dumps.endings import TEXT_ENDING
from cleaner.dumps.engines import FEW, parts
from cleaner.dumps.fingerprint import (
    Fingerprint,
    Rules,
    formats_of,
    inputs_of,
    options_of,
    releases,
    rules_of,
)
from cleaner.dumps.formats.target import Target
from cleaner.dumps.growing import GrowingFiles, Targets, name_all
from cleaner.dumps.inside import path_inside
from cleaner.dumps.journal import Journal, State, journal_of_file, journal_of_folder
from cleaner.dumps.outputs import FolderOut, Output, RecordsOut, TextOut, holds_work
from cleaner.dumps.present import is_there
from cleaner.dumps.records import Item, RecordReader
from cleaner.dumps.shards import SHARD, Cursor, is_seekable, plan
from cleaner.dumps.sources import ClosedFolder, Found, RecordFile, Source, read_sources, total_bytes
from cleaner.dumps.stats import RunStats, encoded, stats_of
from cleaner.dumps.tally import Tally
from cleaner.dumps.twice import copied
from cleaner.dumps.work import Part, Settings, Shape, Worker
from cleaner.errors import CleanerError

# How many times larger a packed file is inside, at the least.
_UNPACKED = 3

# How many records are written in one go where their pages are joined.
_AT_A_TIME = 1000


class Run:
    """One run of the command: what it reads, how, and where to."""

    def __init__(
        self,
        found: Found,
        output: Output,
        worker: Worker,
        jobs: int,
        joins_pages: bool,
        quiet: bool,
        stdin: BinaryIO | None,
    ) -> None:
        self.found = found
        self.output = output
        self.worker = worker
        self.joins_pages = joins_pages
        self.tally = Tally()
        self._settings = worker.settings
        self._jobs = jobs
        self._quiet = quiet
        self._stdin = stdin
        self._inputs = inputs_of(found.sources)
        self._began = datetime.now(UTC), time.monotonic()
        self._joins: list[str] = []

    def fingerprint(self) -> Fingerprint:
        """What the bytes of the run hang on."""
        used = formats_of(self.found.sources, self._settings.target)
        return Fingerprint(releases(used), _options(self._settings, self.output), self._inputs, self._rules)

    @cached_property
    def _rules(self) -> Rules:
        return rules_of(self._settings.packs, self.worker.cleaners.ledger)

    def carry_out(self, journal: Journal | None, state: State | None) -> None:
        """Clean all that isn't done, and give the files their names."""
        if state is not None and state.whole:
            assert journal is not None
            name_all(state)
            journal.forget()
            self.tally = state.tally
            return
        files = GrowingFiles(
            _targets(self.output),
            stream=_stream(self.output),
            journal=journal,
            fingerprint=self.fingerprint,
            unfinished=state,
        )
        try:
            with files:
                self._write(files)
        except BrokenPipeError:
            raise
        except OSError as error:
            outcome = kept(files.state) if files.kept else "no file was changed"
            raise CleanerError(f"writing failed ({error.strerror or error}); {outcome}") from error
        except CleanerError as error:
            if not files.kept:
                raise
            raise CleanerError(f"{error}; {kept(files.state)}") from error
        except Stopped as stopped:
            if files.kept:
                stopped.outcome = kept(files.state)
            raise
        self.tally = files.state.tally

    def _write(self, files: GrowingFiles) -> None:
        done, tally = files.state.read, files.state.tally
        made = self._joined() if self.joins_pages else self._cleaned(files.state.cursor)
        # Of joined pages the first reading has a line of its own, before the first part.
        total = total_bytes(self.found.sources)
        with closing(made), cleaning(total, done, tally.records, quiet=self._quiet) as show:
            for part in made:
                files.append(part)
                show(files.state.read, files.state.tally)
        if is_nothing_cleaned(files.state.tally) and holds_work(self.output):
            files.give_up()
            raise nothing_cleaned(files.state.tally, self._settings.names)
        files.finish(self._stats(files.state))

    def _cleaned(self, after: Cursor) -> Generator[Part]:
        """The parts of all behind `after`, each record cleaned for itself."""
        settings = self._settings
        shards = plan(self.found.sources, after, self._stdin, settings.names, settings.most)
        few = 0 if self._is_much() else FEW
        return parts(shards, self.worker, settings, self._jobs, few)

    def _is_much(self) -> bool:
        """Whether there is so much to read that processes are worth their start, as far as can be told."""
        total = total_bytes(self.found.sources) or 0
        is_packed = any(isinstance(each, RecordFile) and each.packing for each in self.found.sources)
        return total * (_UNPACKED if is_packed else 1) > (FEW + 1) * SHARD

    def _joined(self) -> Generator[Part]:
        """The parts of all, the pages of articles joined."""
        from cleaner.dumps.join import FoundPages, Joiner

        cleaners, tally = self.worker.cleaners, Tally()
        names = self._settings.names
        with FoundPages() as pages, _stdin_twice(self.found, self._stdin) as stdin:
            most = self._settings.most
            looking = RecordReader(names, cleaners.pages(), most=most)
            items: Iterable[Item] = read_sources(self.found.sources, looking, stdin)
            if not self._quiet:
                said = "looking for pages of articles"
                items = watched(items, looking, lambda _: said, total_bytes(self.found.sources))
            pages.find(items)
            if stdin is not None:
                stdin.seek(0)
            reader = RecordReader(names, cleaners.pages(), most=most)
            joiner = Joiner(pages, cleaners, tally, names.text)
            joined = joiner.joined(read_sources(self.found.sources, reader, stdin))
            number = read = 0
            while few := list(islice(joined, _AT_A_TIME)):
                yield self.worker.part(few, number, reader.bytes_read - read, Cursor(number + 1))
                number, read = number + 1, reader.bytes_read
        tally.passed_over(reader)
        yield Part(number, reader.bytes_read - read, Cursor(number + 1), tally=tally)
        self._joins += [*joins(joiner.count), *_left_over(joiner.count.files, self.output)]

    def _stats(self, state: State) -> bytes:
        if self.output.sidecars is None:
            return b""
        started, began = self._began
        seconds = round(time.monotonic() - began, 3)
        jobs = 1 if self.joins_pages else self._jobs
        digest = self.fingerprint().digest()
        run = RunStats(started.isoformat(timespec="seconds"), seconds, jobs, state.resumed, digest)
        return encoded(stats_of(state.tally, self._rules, run, self.worker.cleaners.ledger))

    def summary(self) -> list[str]:
        """What there is to say of the whole run, a line each."""
        seconds = time.monotonic() - self._began[1]
        return [
            *summary(self.tally, seconds, _where(self.output, self.tally.records)),
            *self._joins,
            *notes(self.found, self.tally),
            *unused(self.worker.cleaners.given(), self.tally.by_outlet),
            *lacking(self.worker.cleaners.ledger, self.tally.by_outlet),
        ]


def journal_for(run: Run, wish: Wish) -> Journal | None:
    """The journal of a run; None for one that can't be taken up again.

    Raises CleanerError where just that is wished.
    """
    why_not = _why_not_resumable(run)
    if wish is Wish.resume and why_not:
        raise CleanerError(f"--resume can't be used here: {why_not}. Nothing was changed")
    match run.output:
        case RecordsOut(path=Path() as path):
            journal = journal_of_file(Path(os.path.realpath(path)))
        case FolderOut(path=path):
            journal = journal_of_folder(path)
        case _:
            return None
    if why_not:
        # An earlier run of another kind may have stopped here.
        taken_up(journal, Path(output_name(run.output)), wish, run.fingerprint)
        return None
    return journal


def _why_not_resumable(run: Run) -> str:
    """Why a run can't be taken up again, once it was stopped; empty where it can."""
    if output_name(run.output) == "standard output":
        return "what went to standard output is gone"
    if run.joins_pages:
        return "a run with --join-pages is done in one go"
    streams = [source for source in run.found.sources if not _is_there_again(source)]
    if streams:
        name = "standard input" if streams[0].path is None else streams[0].name
        return f"{name} is a stream, which can't be read again"
    try:
        os.path.realpath(output_name(run.output)).encode()
    except UnicodeEncodeError:
        return f"the name of {output_name(run.output)} isn't UTF-8"
    return ""


def _is_there_again(source: Source) -> bool:
    return isinstance(source, ClosedFolder) or is_seekable(source.path)


def _options(settings: Settings, output: Output) -> dict[str, str]:
    """The options that the bytes of a run hang on."""
    audit = "" if output.sidecars is None else str(output.sidecars.removed)
    return {"OUT": output_name(output), "--audit": audit, **options_of(settings)}


def shape_of(output: Output) -> Shape:
    match output:
        case RecordsOut():
            return "records"
        case FolderOut():
            return "texts"
        case TextOut():
            return "text"


def _stream(output: Output) -> BinaryIO | None:
    return sys.stdout.buffer if output_name(output) == "standard output" else None


def _targets(output: Output) -> Targets:
    records = output.path if isinstance(output, RecordsOut) else None
    folder = output.path if isinstance(output, FolderOut) else None
    target = output.target if isinstance(output, RecordsOut) else Target()
    rows = output.sidecars
    if rows is None:
        return Targets(records, target, folder)
    return Targets(records, target, folder, rows.removed, rows.errors, rows.stats)


def _stdin_twice(found: Found, stdin: BinaryIO | None) -> AbstractContextManager[BinaryIO | None]:
    """What can be read twice in place of standard input; None where that isn't read."""
    if stdin is not None:
        return nullcontext(stdin)
    if any(source.path is None for source in found.sources):
        return copied(sys.stdin.buffer)
    return nullcontext()


def _left_over(joined: Iterable[str], output: Output) -> list[str]:
    """What an earlier run wrote for pages that are now a part of another one's text."""
    if not isinstance(output, FolderOut):
        return []
    stale = [id for id in joined if is_there(path_inside(output.path, id + TEXT_ENDING))]
    return [left_from_earlier(stale, output)] if stale else []


def left_from_earlier(ids: Iterable[str], output: Output) -> str:
    names = first_names(f"{id}{TEXT_ENDING}" for id in ids)
    return f"Left from an earlier run in {output_name(output)}, without a row: {names}."


def output_name(output: Output) -> str:
    """What `output` is called in a sentence."""
    path = output.path if isinstance(output, RecordsOut | FolderOut) else None
    return "standard output" if path is None else str(path)


def _where(output: Output, records: int) -> str:
    if output_name(output) == "standard output":
        return ""
    rows = "" if output.sidecars is None else f", every cut in {output.sidecars.removed}"
    return f"{where_they_are(records, output_name(output))}{rows}."
