"""The files of one part: cleaned on this machine, put in their place, and vouched for last.

`part-00000.jsonl` with its `.removed.jsonl` and `.errors.jsonl` is what a run of its stretches alone would
have written. `part-00000.done.json.gz` is written when the others are there, so without it they count for
nothing; it tells what run the part is of, and what was counted.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, cast

import msgspec

from cleaner.dumps.elsewhere import (
    HIDDEN,
    LinesOf,
    Reading,
    delete,
    entry,
    inside,
    put,
    read,
    read_all,
)
from cleaner.dumps.endings import TEXT
from cleaner.dumps.pages import MAX_PAGE
from cleaner.dumps.shards import Cursor, Files, Shard, plan, plan_lines
from cleaner.dumps.sidecar import error_row
from cleaner.dumps.sources import PageFile, RecordFile, TextFile
from cleaner.dumps.tally import Tally
from cleaner.dumps.tasks import File, Stretch, Task
from cleaner.dumps.work import Settings, Worker
from cleaner.errors import CleanerError

FORMAT = 1
"""The format of the marks that this version writes."""

_MARK = ".done.json.gz"
_ROWS = ".removed.jsonl"
_ERRORS = ".errors.jsonl"

_NAME = re.compile(r"part-\d{5,}\.(?:jsonl(?:\.gz|\.zst)?|removed\.jsonl|errors\.jsonl|done\.json\.gz)")

# Files of one article are read some at a time, up to so many bytes.
_READ_AT_ONCE = 1 << 24


class Mark(msgspec.Struct, frozen=True):
    """What vouches for a part."""

    run: str
    """The fingerprint of the run that it is of."""
    part: int
    files: int
    size: int
    """How many bytes of the files it was made of."""
    records: int
    errors: int
    tally: Tally
    format: int = FORMAT


class Done(msgspec.Struct, frozen=True):
    """What is told of a part that is there."""

    number: int
    size: int
    tally: bytes
    """Packed: it may wait for those before it."""
    was_there: bool = False

    def counted(self) -> Tally:
        return msgspec.json.decode(gzip.decompress(self.tally), type=Tally)


class PartNames(msgspec.Struct, frozen=True):
    """Where the files of the part with this number are."""

    folder: str
    number: int
    ending: str

    @property
    def records(self) -> str:
        return self._named(self.ending)

    @property
    def rows(self) -> str:
        return self._named(_ROWS)

    @property
    def errors(self) -> str:
        return self._named(_ERRORS)

    @property
    def mark(self) -> str:
        return self._named(_MARK)

    def _named(self, ending: str) -> str:
        return inside(self.folder, f"part-{self.number:05}{ending}")


def is_of_a_part(name: str) -> bool:
    """Whether a file of this name is one of a part's, or was to become one."""
    return _NAME.fullmatch(name) is not None or (name.startswith(HIDDEN) and "-part-" in name)


def is_mark(name: str) -> bool:
    """Whether a file of this name vouches for a part."""
    return name.endswith(_MARK) and is_of_a_part(name)


def made_part(task: Task, run: str, names: PartNames, settings: Settings, worker: Worker) -> Done:
    """See to it that the part of `task` is there; where the mark of this `run` is, that it is.

    Raises Unreachable where a file can't be read or written at this moment, and CleanerError where one isn't
    as it was when the run began.
    """
    mark = _mark(names.mark)
    if mark is not None and mark.run == run:
        return _done(task, mark.tally, was_there=True)
    if mark is not None:
        # It must not vouch for what is written now.
        delete([names.mark])
    with TemporaryDirectory(prefix="clean-") as folder:
        made = _Growing(Path(folder), settings)
        with made:
            for at, shard in enumerate(shards_of(task, settings)):
                # Which lines are counted hangs on the place in the run.
                made.append(worker, msgspec.structs.replace(shard, number=task.number + at))
        _check_unchanged(task)
        put(made.records, names.records)
        put(made.rows, names.rows)
        put(made.errors, names.errors)
        files, tally = len(task.stretches), made.tally
        mark = Mark(run, task.number, files, task.size, tally.records, tally.errors, tally)
        vouching = Path(folder) / "mark"
        vouching.write_bytes(gzip.compress(msgspec.json.encode(mark, order="deterministic"), 6, mtime=0))
        put(vouching, names.mark)
    return _done(task, tally)


def _done(task: Task, tally: Tally, *, was_there: bool = False) -> Done:
    return Done(task.number, task.size, gzip.compress(msgspec.json.encode(tally), 1, mtime=0), was_there)


def _mark(place: str) -> Mark | None:
    """The mark at `place`; None where there is none that this version can read."""
    data = read(place)
    if data is None:
        return None
    with suppress(msgspec.MsgspecError, OSError, EOFError, UnicodeDecodeError):
        mark = msgspec.json.decode(gzip.decompress(data), type=Mark)
        if mark.format == FORMAT:
            return mark
    return Mark("", 0, 0, 0, 0, 0, Tally())


class _Growing:
    """The files of a part while they grow, on this machine."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self.records, self.rows, self.errors = (folder / name for name in ("records", "rows", "errors"))
        self.tally = Tally()
        self._settings = settings

    def __enter__(self) -> _Growing:
        self._files = [path.open("wb") for path in (self.records, self.rows, self.errors)]
        self._files[0].write(self._settings.target.head())
        return self

    def __exit__(self, *_: object) -> None:
        for file in self._files:
            file.close()

    def append(self, worker: Worker, shard: Shard) -> None:
        part = worker(shard)
        before = self.tally.records
        refused = b"".join(error_row(each.item, before + each.at) for each in part.refusals)
        for file, data in zip(self._files, (part.records, part.rows, refused), strict=True):
            file.write(data)
        self.tally.add(part.tally)


def shards_of(task: Task, settings: Settings) -> Iterator[Shard]:
    """The shards of a part, in the order of its files. Their numbers and cursors mean nothing."""
    articles: list[File] = []
    size = 0
    for stretch in task.stretches:
        file = stretch.file
        if articles and (not file.is_article or size + file.entry.size > _READ_AT_ONCE):
            yield from _articles(articles)
            articles, size = [], 0
        if file.is_article:
            articles.append(file)
            size += file.entry.size
        else:
            yield from _records(stretch, settings)
    if articles:
        yield from _articles(articles)


def _articles(files: list[File]) -> Iterator[Shard]:
    few = [file for file in files if file.entry.size <= MAX_PAGE]
    found = dict(zip(few, read_all([file.entry.place for file in few]), strict=True)) if few else {}
    for file in files:
        is_text = file.says.format == TEXT
        # One byte more tells the reader that it is too large.
        data = found[file] if file in found else read(file.entry.place, None if is_text else MAX_PAGE + 1)
        if data is None:
            raise _changed(file)
        kind = TextFile if is_text else PageFile
        source = kind(None, file.id, file.ending, file.name)
        yield Files(0, file.entry.size, Cursor(), (source,), data)


def _records(stretch: Stretch, settings: Settings) -> Iterator[Shard]:
    file, says = stretch.file, stretch.file.says
    if file.can_be_parted:
        with LinesOf(file.entry, stretch.start, stretch.end) as lines:
            yield from plan_lines(file.name, cast(BinaryIO, lines), stretch.first, settings.most)
        return
    source = RecordFile(None, says.format, says.packing, file.name)
    with Reading(file.entry) as stream:
        yield from plan((source,), None, cast(BinaryIO, stream), settings.names, settings.most)


def _check_unchanged(task: Task) -> None:
    """Raise CleanerError where a file isn't the one that was found when the run began."""
    # So many small files that to ask for each would cost as much as to read it: the next run sees them.
    if len(task.stretches) > _FEW_FILES:
        return
    for stretch in task.stretches:
        if entry(stretch.file.entry.place) != stretch.file.entry:
            raise _changed(stretch.file)


_FEW_FILES = 16


def _changed(file: File) -> CleanerError:
    return CleanerError(f"{file.name} was changed or went while it was read; nothing of its part was kept")
