"""Shards: stretches of what is read, each cleaned in one go, and the same however many processes clean them.

A shard holds about `SHARD` bytes of records or of files. Where it begins and ends hangs on the sources alone,
so a run that is taken up again meets the shards that it would have met.
"""

from __future__ import annotations

import stat
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import BinaryIO, TypeAlias

import msgspec

from cleaner.dumps.formats import loads
from cleaner.dumps.formats.lines import MAX_RECORD, too_large
from cleaner.dumps.formats.loads import Load
from cleaner.dumps.formats.packed import PLAIN
from cleaner.dumps.pages import MAX_PAGE
from cleaner.dumps.records import FieldNames, Item, RecordReader, Unreadable
from cleaner.dumps.sources import (
    ArticleFile,
    ClosedFolder,
    PageFile,
    RecordFile,
    Source,
    read_sources,
    utf8_name,
)
from cleaner.errors import CleanerError

SHARD = 4_000_000
"""About how many bytes of its sources a shard holds."""

MOST_FILES = 256
"""How many files a shard holds at most."""

_LINE_FEED = 0x0A


class Cursor(msgspec.Struct, frozen=True):
    """A place between two shards: all before it is done."""

    shards: int = 0
    """How many shards stand before it, in the run."""
    source: int = 0
    """The source that the next shard begins in, counted from 0."""
    of_source: int = 0
    """How many shards of that source stand before it."""
    offset: int = 0
    """How many bytes of that source stand before it."""
    index: int = 0
    """How many lines of that source stand before it."""


class _Shard(msgspec.Struct, frozen=True):
    number: int
    size: int
    """How many bytes of the sources it takes up."""
    after: Cursor


class Files(_Shard, frozen=True):
    """Articles in files of their own, and folders that can't be looked into."""

    sources: tuple[Source, ...]
    stdin: bytes = b""
    """What was read for the one of them that is standard input."""

    @property
    def place(self) -> str:
        first, last = self.sources[0].name, self.sources[-1].name
        return first if first == last else f"{first} to {last}"


class Stretch(_Shard, frozen=True):
    """Lines of a file that can be read at any place: bytes `[start, end)`, line `first` being the first."""

    path: Path
    file: str
    first: int
    start: int
    end: int

    @property
    def place(self) -> str:
        return f"{self.file}, bytes {self.start} to {self.end}"


class Lines(_Shard, frozen=True):
    """Lines of a stream, with their bytes."""

    file: str
    first: int
    data: bytes

    @property
    def place(self) -> str:
        return f"{self.file}, from line {self.first} on"


class Loaded(_Shard, frozen=True):
    """Records of a file that isn't plain JSONL."""

    load: Load

    @property
    def place(self) -> str:
        return f"{self.load.name}, from record {self.load.first} on"


class Refused(_Shard, frozen=True):
    """What could not be read, found out while the shards were made."""

    item: Unreadable

    @property
    def place(self) -> str:
        return self.item.place


Shard: TypeAlias = Files | Stretch | Lines | Loaded | Refused


def plan(
    sources: Sequence[Source],
    after: Cursor | None = None,
    stdin: BinaryIO | None = None,
    names: FieldNames | None = None,
    most: int = MAX_RECORD,
) -> Iterator[Shard]:
    """The shards of `sources`, in order; with `after`, those that come behind it.

    `stdin` is read in place of standard input. `names` are the columns that a file of rows must have one of.
    A record of more than `most` bytes is refused without being read whole. Raises CleanerError where the
    package that reads a format isn't installed.
    """
    return _Plan(sources, after or Cursor(), stdin or sys.stdin.buffer, names or FieldNames(), most).shards()


def plan_lines(name: str, file: BinaryIO, first: int = 0, most: int = MAX_RECORD) -> Iterator[Shard]:
    """The shards of lines of JSONL that `file` holds, which is called `name`; line `first` is its first."""
    return _Plan((), Cursor(), file, FieldNames(), most).lines(0, name, file, first)


def items_of(shard: Shard, reader: RecordReader) -> Iterator[Item]:
    """What a shard holds. Raises CleanerError where its file is no longer as it was."""
    match shard:
        case Files(sources=sources, stdin=stdin):
            yield from read_sources(sources, reader, BytesIO(stdin))
        case Stretch():
            yield from _lines_of(shard, reader)
        case Lines(file=file, first=first, data=data):
            yield from reader.lines(file, BytesIO(data), first)
        case Loaded(load=load):
            yield from loads.items_of(load, reader)
        case Refused(item=item):
            yield item


def is_seekable(path: Path | None) -> bool:
    """Whether what stands at `path` can be read at any place, and again."""
    try:
        return path is not None and stat.S_ISREG(path.stat().st_mode)
    except OSError:
        # What can't be looked at is refused, the same at every reading.
        return True


class _Plan:
    def __init__(
        self, sources: Sequence[Source], after: Cursor, stdin: BinaryIO, names: FieldNames, most: int
    ) -> None:
        self._sources = sources
        self._after = after
        self._stdin = stdin
        self._names = names
        self._most = most
        self._numbers = count(after.shards)

    def shards(self) -> Iterator[Shard]:
        batch: list[Source] = []
        size = 0
        for place in range(self._after.source, len(self._sources)):
            source = self._sources[place]
            if isinstance(source, RecordFile):
                if batch:
                    yield self._files(batch, size, place)
                    batch, size = [], 0
                yield from self._records(place, source)
                continue
            batch.append(source)
            size += _size(source)
            if size >= SHARD or len(batch) >= MOST_FILES:
                yield self._files(batch, size, place + 1)
                batch, size = [], 0
        if batch:
            yield self._files(batch, size, len(self._sources))

    def _files(self, batch: Sequence[Source], size: int, behind: int) -> Files:
        number = next(self._numbers)
        data = b""
        for source in batch:
            if isinstance(source, ArticleFile) and source.path is None:
                # One byte more tells the reader that it is too large.
                data = self._stdin.read(MAX_PAGE + 1 if isinstance(source, PageFile) else -1)
        return Files(number, size, Cursor(number + 1, behind), tuple(batch), data)

    def _records(self, place: int, source: RecordFile) -> Iterator[Shard]:
        started = self._after if self._after.source == place else Cursor(source=place)
        name = utf8_name(source.name)
        is_plain = source.format == "jsonl" and source.packing == PLAIN
        if source.path is None:
            stream = self.lines if is_plain else partial(self._loaded, source)
            yield from self._skipping(started.of_source, stream(place, name, self._stdin))
            return
        index = started.index
        try:
            with source.path.open("rb", buffering=0) as file:
                if not is_plain:
                    shards = self._skipping(started.of_source, self._loaded(source, place, name, file))
                elif is_seekable(source.path):
                    shards = self._stretches(place, source.path, name, file, started)
                else:
                    shards = self._skipping(started.of_source, self.lines(place, name, file))
                for shard in shards:
                    index = shard.after.index
                    yield shard
        except OSError as error:
            number = next(self._numbers)
            # Of what isn't plain, it isn't known where the rest begins.
            of_file = not (is_plain and index)
            where = "read, or not to its end" if of_file else "read from here on"
            reason = f"can't be {where} ({error.strerror or error})"
            item = Unreadable(name, index, reason, format=source.format, of_file=of_file)
            yield Refused(number, 0, Cursor(number + 1, place + 1), item)

    def _loaded(self, source: RecordFile, place: int, name: str, file: BinaryIO) -> Iterator[Shard]:
        path = source.path if is_seekable(source.path) else None
        read = loads.loads(name, file, path, source.format, source.packing, self._names, self._most, SHARD)
        offset = 0
        for done, load in enumerate(read, 1):
            number = next(self._numbers)
            offset += load.size
            yield Loaded(number, load.size, Cursor(number + 1, place, done, offset), load)

    def _skipping(self, done: int, shards: Iterator[Shard]) -> Iterator[Shard]:
        """The shards of a stream behind the first `done`, which have to be read over."""
        if done:
            self._numbers = count(self._after.shards - done)
        for number, shard in enumerate(shards):
            if number >= done:
                yield shard

    def _stretches(
        self, place: int, path: Path, name: str, file: BinaryIO, started: Cursor
    ) -> Iterator[Shard]:
        start, index, done = started.offset, started.index, started.of_source
        while True:
            file.seek(start)
            block = file.read(SHARD)
            if not block:
                return
            length = block.rfind(b"\n") + 1
            lines = block.count(b"\n") if length else 1
            if not length:
                length = len(block) if len(block) < SHARD else _line_length(file, len(block))
            end, done, number = start + length, done + 1, next(self._numbers)
            after = Cursor(number + 1, place, done, end, index + lines)
            if length > max(self._most, SHARD):
                yield Refused(number, length, after, self._too_long(name, index))
            else:
                yield Stretch(number, length, after, path, name, index, start, end)
            start, index = end, index + lines

    def lines(self, place: int, name: str, file: BinaryIO, first: int = 0) -> Iterator[Shard]:
        """The shards of a stream of lines, of which the first is line `first`."""
        index, offset, done = first, 0, 0
        rest = b""
        while data := rest + _filled(file, SHARD - len(rest)):
            length = data.rfind(b"\n") + 1
            lines = data.count(b"\n") if length else 1
            line: bytes | None = None
            if length or len(data) < SHARD:
                length = length or len(data)
                line, rest = data[:length], data[length:]
            else:
                line, length, rest = _long_line(file, data, max(self._most, SHARD))
            number, done, offset = next(self._numbers), done + 1, offset + length
            after = Cursor(number + 1, place, done, offset, index + lines)
            if line is None:
                yield Refused(number, length, after, self._too_long(name, index))
            else:
                yield Lines(number, length, after, name, index, line)
            index += lines

    def _too_long(self, name: str, index: int) -> Unreadable:
        return Unreadable(name, index, too_large(self._most))


def _lines_of(shard: Stretch, reader: RecordReader) -> Iterator[Item]:
    index = shard.first - 1
    try:
        with shard.path.open("rb", buffering=0) as file:
            file.seek(shard.start)
            data = _filled(file, shard.end - shard.start)
        if len(data) < shard.end - shard.start:
            raise CleanerError(f"{shard.file} became shorter while it was read")
        for item in reader.lines(shard.file, BytesIO(data), shard.first):
            index = item.index
            yield item
    except OSError as error:
        reason = f"can't be read from here on ({error.strerror or error})"
        yield Unreadable(shard.file, index + 1, reason)


def _size(source: Source) -> int:
    if source.path is None or isinstance(source, ClosedFolder):
        return 0
    try:
        return source.path.stat().st_size
    except OSError:
        return 0


def _filled(file: BinaryIO, size: int) -> bytes:
    """The next `size` bytes, however many readings that takes; fewer at the end only."""
    pieces: list[bytes] = []
    while size > 0 and (piece := file.read(size)):
        pieces.append(piece)
        size -= len(piece)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def _line_length(file: BinaryIO, length: int) -> int:
    """How long a line is whose first `length` bytes were read and hold no end."""
    while block := file.read(SHARD):
        at = block.find(b"\n")
        if at >= 0:
            return length + at + 1
        length += len(block)
    return length


def _long_line(file: BinaryIO, begun: bytes, longest: int) -> tuple[bytes | None, int, bytes]:
    """The line that `begun` begins, its length, and what comes behind it; None for one that is too long."""
    pieces, length = [begun], len(begun)
    while piece := file.read(SHARD):
        to = piece.find(b"\n") + 1 or len(piece)
        length += to
        if length > longest:
            pieces.clear()
        else:
            pieces.append(piece[:to])
        if piece[to - 1] == _LINE_FEED:
            return b"".join(pieces) or None, length, piece[to:]
    return b"".join(pieces) or None, length, b""
