"""`clean run` into parts: on a Ray cluster, or with files that stand elsewhere."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from datetime import UTC, datetime

import msgspec

from cleaner.cli.counted import agreeing, counted
from cleaner.cli.evidence import lacking
from cleaner.cli.nothing_cleaned import is_nothing_cleaned, nothing_cleaned
from cleaner.cli.progress import cleaning
from cleaner.cli.stop import Stopped
from cleaner.cli.summary import errors, notes, summary, unused, where_they_are
from cleaner.cli.terminal import say
from cleaner.cli.unfinished import Wish
from cleaner.dumps.cleaners import Cleaners
from cleaner.dumps.cluster import Engine, Failed, Here, Job, Outcome, ray_cluster
from cleaner.dumps.elsewhere import is_url, shown
from cleaner.dumps.endings import RECORD_ENDINGS, ending_of, said_by
from cleaner.dumps.fingerprint import Fingerprint, Rules, options_of, releases, rules_of
from cleaner.dumps.formats.target import Target
from cleaner.dumps.part_files import Done, shards_of
from cleaner.dumps.parts_folder import STATS, Begun, PartsFolder
from cleaner.dumps.records import Record, RecordReader
from cleaner.dumps.shards import items_of
from cleaner.dumps.sources import Found
from cleaner.dumps.stats import RunStats, encoded, stats_of
from cleaner.dumps.tally import Tally
from cleaner.dumps.tasks import FoundFiles, counted_lines, find_files, parted, tasks
from cleaner.dumps.work import Settings
from cleaner.errors import CleanerError

FORMATS = ("jsonl", "jsonl.gz", "jsonl.zst")
"""What parts can be written as."""

_MOST_NAMED = 5


def run_parts(
    paths: Sequence[str],
    out: str | None,
    out_format: str | None,
    part_size: int,
    settings: Settings,
    wish: Wish,
    engine: str,
    address: str | None,
    jobs: int | None,
    quiet: bool,
) -> bool:
    """Clean what stands at `paths` into parts in the folder `out`. Answers whether all could be cleaned.

    `settings` say how; what is written as what is added here. Raises CleanerError where nothing is done, and
    where parts are missing in the end.
    """
    target = _target(out_format, settings)
    folder = PartsFolder(_folder(out))
    found = find_files(paths)
    _refuse_nested(found, folder, paths)
    settings = msgspec.structs.replace(settings, target=target)
    run = _Run(found, folder, settings, part_size, f".{out_format or 'jsonl'}", quiet)
    run.take_up(wish)
    with _engine(engine, address, jobs) as working:
        run.carry_out(working)
    if not quiet:
        _say_all(run.summary())
    _say_all(errors(run.tally, f"Kept as read in {folder.name}, in the parts' .errors.jsonl:"))
    return not run.tally.errors


def _engine(engine: str, address: str | None, jobs: int | None) -> AbstractContextManager[Engine]:
    return ray_cluster(address, jobs) if engine == "ray" else nullcontext(Here())


def _target(out_format: str | None, settings: Settings) -> Target:
    if out_format is not None and out_format not in FORMATS:
        raise CleanerError(
            f"--out-format {out_format} is for standard output; parts are written as {', '.join(FORMATS)}"
        )
    says = said_by(f".{out_format or 'jsonl'}")
    if says.packing == ".zst":
        from cleaner.dumps.formats.needed import needed

        needed("zstd")
    return Target(says.format, says.packing, settings.names.text)


def _folder(out: str | None) -> str:
    if out is None:
        raise CleanerError("parts need a place: give OUT, a folder or a bucket's prefix; nothing was written")
    if out == "-":
        raise CleanerError(
            "parts can't be written to standard output; give OUT, a folder or a bucket's prefix"
        )
    if ending_of(out.rstrip("/").rpartition("/")[2]) in RECORD_ENDINGS:
        raise CleanerError(
            f"{shown(out)} looks like a file, but this run writes a file for each part; give a folder or a "
            "bucket's prefix, nothing was written"
        )
    return out.rstrip("/") if is_url(out) else os.path.realpath(out)


def _refuse_nested(found: FoundFiles, folder: PartsFolder, paths: Sequence[str]) -> None:
    """Raise CleanerError where the next run would read what this one writes."""
    for path in paths:
        place = path if is_url(path) else os.path.realpath(path)
        if f"{folder.place}/".startswith(f"{place.rstrip('/')}/"):
            raise CleanerError(
                f"{folder.name} is to be written, but it is inside {shown(path)}, which is read; "
                "choose an OUT elsewhere, nothing was written"
            )
    for file in found.files:
        if file.entry.place.startswith(f"{folder.place}/"):
            raise CleanerError(
                f"{file.name} is read, but it is inside {folder.name}, which is to be written; choose an OUT "
                "elsewhere, nothing was written"
            )


class _Run:
    """One run that writes parts."""

    def __init__(
        self,
        found: FoundFiles,
        folder: PartsFolder,
        settings: Settings,
        part_size: int,
        ending: str,
        quiet: bool,
    ) -> None:
        self.tally = Tally()
        self._found = found
        self._folder = folder
        self._settings = settings
        self._part_size = part_size
        self._ending = ending
        self._quiet = quiet
        self._formats = found.formats() | {settings.target.format, settings.target.packing}
        self._began = datetime.now(UTC), time.monotonic()
        cleaners = settings.cleaners()
        self._ledger = cleaners.ledger
        self._pages = cleaners.pages()
        self._rules = self._rules_of(cleaners)
        self._fingerprint = self._fingerprint_now()
        self._begun: Begun | None = None
        self._parts = self._there = self._made = 0
        self._failed: list[Failed] = []

    def take_up(self, wish: Wish) -> None:
        """Look for an earlier start of this run. Raises CleanerError where OUT holds parts of another one."""
        folder = self._folder
        if wish is Wish.start_over:
            if folder.done:
                self._refuse_nothing()
            folder.clear()
            return
        begun = self._begun = folder.begun()
        if begun is None:
            if wish is Wish.resume:
                self._say(f"No run that writes {folder.name} was stopped: beginning at the start.")
            return
        changes = begun.fingerprint.changes(self._fingerprint)
        if changes:
            raise CleanerError(
                f"{folder.name} holds {counted(folder.done, 'part')} of another run: {'; '.join(changes)}. "
                "Put that back, choose another OUT, or delete those parts with --start-over. Nothing was "
                "changed"
            )
        are = agreeing(folder.done, "is", "are")
        self._say(
            f"Going on: {folder.done:,} of {counted(begun.parts, 'part')} {are} in {folder.name} already."
        )

    def _refuse_nothing(self) -> None:
        """Raise CleanerError where no record can be read, before parts that are there are deleted."""
        tally = Tally()
        reader = RecordReader(self._settings.names, self._pages, most=self._settings.most)
        # The first record that can be read ends the search.
        for task in tasks(self._found.files, max(self._found.size, 1), {}):
            for shard in shards_of(task, self._settings):
                for item in items_of(shard, reader):
                    if isinstance(item, Record):
                        return
                    tally.refused(item)
        tally.passed_over(reader)
        if is_nothing_cleaned(tally):
            raise nothing_cleaned(tally, self._settings.names)

    def carry_out(self, engine: Engine) -> None:
        """Make all parts that aren't there, and write down what was counted in all of them.

        Raises CleanerError where some could not be made.
        """
        begun = self._begun or self._begin(engine)
        self._parts = begun.parts
        all_tasks = tasks(self._found.files, self._part_size, begun.lines)
        outcomes = engine.outcomes(all_tasks, self._job())
        try:
            self._count(outcomes)
        except Stopped as stopped:
            stopped.outcome = self._kept()
            raise
        if self._failed:
            raise CleanerError(self._failures())
        if self._done < self._parts:
            raise CleanerError(f"the run ended early; {self._kept()}")
        self._folder.finish(self._stats(engine.workers))

    @property
    def _done(self) -> int:
        return self._there + self._made

    def _count(self, outcomes: Iterator[Outcome]) -> None:
        size = 0
        with (
            closing(outcomes),  # type: ignore[type-var]
            cleaning(self._found.size, 0, 0, quiet=self._quiet) as show,
        ):
            for outcome in outcomes:
                if isinstance(outcome, Failed):
                    self._failed.append(outcome)
                    continue
                self._take(outcome)
                size += outcome.size
                show(size, self.tally)

    def _take(self, done: Done) -> None:
        self.tally.add(done.counted())
        self._there += done.was_there
        self._made += not done.was_there

    def _rules_of(self, cleaners: Cleaners) -> Rules:
        for id in cleaners.replaced():
            self._say(f"The outlet {id} of this run's pack stands in for the installed one.")
        for said in cleaners.contested():
            self._say(f"Warning: {said}.")
        return rules_of(self._settings.packs, cleaners.ledger)

    def _fingerprint_now(self) -> Fingerprint:
        options = options_of(self._settings) | {
            "--part-size": str(self._part_size),
            "--out-format": self._ending.removeprefix("."),
        }
        return Fingerprint(releases(self._formats), options, self._found.inputs(), self._rules)

    def _begin(self, engine: Engine) -> Begun:
        several = parted(self._found.files, self._part_size)
        if several:
            self._say(
                f"Counting the lines of {counted(len(several), 'file')} that "
                f"{agreeing(len(several), 'is', 'are')} parted."
            )
        lines = counted_lines(several, engine.lines)
        number = sum(1 for _ in tasks(self._found.files, self._part_size, lines))
        begun = Begun(self._fingerprint, number, lines)
        self._folder.begin(begun)
        return begun

    def _job(self) -> Job:
        settings, fingerprint = self._settings, self._fingerprint
        # Read once: another ledger may stand under that name by now.
        ledger = None if self._ledger is None else self._ledger.content
        out, run = self._folder.place, fingerprint.digest()
        return Job(run, out, self._ending, settings, fingerprint.releases, self._rules, ledger, self._formats)

    def _kept(self) -> str:
        are = agreeing(self._done, "is", "are")
        return (
            f"{self._done:,} of {counted(self._parts, 'part')} {are} done and kept: the same command goes on "
            "from there"
        )

    def _failures(self) -> str:
        first = "; ".join(
            f"part {each.number} ({each.place}): {each.reason}" for each in self._failed[:_MOST_NAMED]
        )
        left = len(self._failed) - _MOST_NAMED
        more = f"; and {left:,} more" if left > 0 else ""
        failed = counted(len(self._failed), "part")
        return f"{failed} could not be made. {first}{more}. {self._kept().capitalize()}"

    def _stats(self, workers: int) -> bytes:
        started, began = self._began
        seconds = round(time.monotonic() - began, 3)
        digest = self._fingerprint.digest()
        resumed = int(self._there > 0)
        run = RunStats(started.isoformat(timespec="seconds"), seconds, workers, resumed, digest)
        return encoded(stats_of(self.tally, self._rules, run, self._ledger))

    def _say(self, line: str) -> None:
        if not self._quiet:
            say(line)

    def summary(self) -> list[str]:
        """What there is to say of the whole run, a line each."""
        folder, seconds = self._folder.name, time.monotonic() - self._began[1]
        there = f", {self._there:,} of them from before" if self._there else ""
        records = where_they_are(self.tally.records, folder)
        where = f"{records}, in {counted(self._parts, 'part')}{there}; the numbers in {STATS}."
        found = Found((), (), self._found.not_read)
        return [
            *summary(self.tally, seconds, where),
            *notes(found, self.tally),
            *unused((pack.id for pack in self._settings.packs), self.tally.by_outlet),
            *lacking(self._ledger, self.tally.by_outlet),
        ]


def _say_all(lines: Sequence[str]) -> None:
    for line in lines:
        say(line)
