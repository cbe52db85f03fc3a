"""What of a file of records is read in one go: parted cheaply, in one place, and read anywhere.

The loads of a file hang on the file alone, and together they hold what a reading from its beginning to its
end would find.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import SEEK_END, BufferedRandom, BytesIO, FileIO
from pathlib import Path
from shutil import copyfileobj
from typing import BinaryIO, TypeAlias, cast

import msgspec

from cleaner.dumps.formats.lines import lines
from cleaner.dumps.formats.packed import pieces
from cleaner.dumps.records import FieldNames, Item, RecordReader, Unreadable
from cleaner.errors import CleanerError

SOUGHT_IN = ("parquet", "warc")
"""The formats that can't be read as a stream, but for a copy of it."""

_LARGEST_GROUP = 32_000_000


class _Load(msgspec.Struct, frozen=True):
    name: str
    """What the file is called."""
    first: int
    """The index of its first record."""
    size: int
    """How many bytes of the file it takes up, as far as that can be told."""


class LinesLoad(_Load, frozen=True):
    """Lines of JSONL."""

    data: bytes


class RowsLoad(_Load, frozen=True):
    """Whole rows of CSV or TSV, without the header."""

    data: bytes
    format: str
    columns: tuple[str, ...]


class BytesLoad(_Load, frozen=True):
    """The records of an archive that begin in the bytes from `first` to `end`."""

    path: Path
    packing: str
    end: int


class GroupLoad(_Load, frozen=True):
    """A row group of Parquet, by its number."""

    path: Path
    number: int


class BatchLoad(_Load, frozen=True):
    """Some rows of a row group of Parquet, as an Arrow IPC stream."""

    data: bytes


class ItemsLoad(_Load, frozen=True):
    """What was found to be unreadable while the file was parted."""

    items: tuple[Unreadable, ...]


Load: TypeAlias = LinesLoad | RowsLoad | BytesLoad | GroupLoad | BatchLoad | ItemsLoad


def loads(
    name: str,
    file: BinaryIO,
    path: Path | None,
    format: str,
    packing: str,
    names: FieldNames,
    most: int,
    size: int,
) -> Iterator[Load]:
    """The loads of the `file` called `name`, in their order, of about `size` bytes each.

    Where it stands at a `path` that can be read at any place, workers read it there; else that is None, and
    what must be sought in is copied to a temporary file, which is there until the last load was asked for.
    Raises CleanerError where the package that reads the format isn't installed.
    """
    reader = _Counting(names, most)
    if format in SOUGHT_IN:
        with _at_a_path(file, path) as (place, whole):
            if format == "warc":
                yield from _archive(name, whole, place, packing, most, size)
            else:
                yield from _parquet(name, whole, place, reader)
        return
    if format == "jsonl":
        yield from _jsonl(name, file, packing, reader, size)
    else:
        yield from _delimited(name, file, format, packing, reader, size)


def items_of(load: Load, reader: RecordReader) -> Iterator[Item]:
    """What stands in a load. Raises CleanerError where its file is no longer there."""
    match load:
        case LinesLoad():
            yield from reader.lines(load.name, BytesIO(load.data), load.first)
        case RowsLoad():
            from cleaner.dumps.formats.delimited_reader import item, rows_of

            for index, row in enumerate(rows_of(load.data, load.format, reader.most), load.first):
                found = item(load.name, index, row, load.columns, load.format, reader)
                if found is not None:
                    yield found
        case BytesLoad():
            from cleaner.dumps.formats import warc

            with _opened(load.path, load.name) as file:
                yield from warc.items(load.name, file, load.packing, reader, load.first, load.end)
        case GroupLoad():
            from cleaner.dumps.formats import parquet_reader

            with _opened(load.path, load.name) as file:
                try:
                    parquet = parquet_reader.opened(file)
                    groups = list(parquet_reader.row_groups(parquet))
                    group = groups[load.number]
                except (ValueError, IndexError) as error:
                    raise _changed(load.name) from error
                yield from parquet_reader.group_items(load.name, parquet, group, reader)
        case BatchLoad():
            from cleaner.dumps.formats import parquet_reader
            from cleaner.dumps.formats.arrow_row import Rows, of_stream

            batch = parquet_reader.Batch(load.first, Rows(of_stream(load.data)))
            yield from parquet_reader.batch_items(load.name, batch, reader)
        case ItemsLoad():
            yield from load.items


class _Counting:
    """The part of a reader that parting a file needs."""

    def __init__(self, names: FieldNames, most: int) -> None:
        self.names = names
        self.most = most
        self.bytes_read = 0

    def counted(self, size: int) -> None:
        self.bytes_read += size

    def taken(self) -> int:
        """How many bytes were read since the last call."""
        taken, self.bytes_read = self.bytes_read, 0
        return taken


def _jsonl(name: str, file: BinaryIO, packing: str, reader: _Counting, size: int) -> Iterator[Load]:
    held: list[bytes] = []
    first = length = 0
    index = -1
    for index, line in enumerate(lines(pieces(file, packing, reader.most, reader.counted), reader.most)):
        if not line.damage:
            held.append(line.data)
            length += len(line.data) + 1
        if held and (line.damage or length >= size):
            yield LinesLoad(name, first, reader.taken(), b"\n".join(held))
            held, length = [], 0
        if line.damage:
            yield ItemsLoad(name, index, 0, (Unreadable(name, index, line.damage, line.data or None),))
        if not held:
            first = index + 1
    if held:
        yield LinesLoad(name, first, reader.taken(), b"\n".join(held))


def _delimited(
    name: str, file: BinaryIO, format: str, packing: str, reader: _Counting, size: int
) -> Iterator[Load]:
    from cleaner.dumps.formats import delimited_reader
    from cleaner.dumps.formats.delimited import header

    rows = delimited_reader.units(pieces(file, packing, reader.most, reader.counted), format, reader.most)
    head = header(rows)
    if head is None:
        return
    refused = delimited_reader.refusal(name, head, format, reader.names)
    if refused is not None:
        yield ItemsLoad(name, 0, 0, (refused,))
        return
    columns = tuple(head.columns)
    held: list[bytes] = []
    first = length = 0
    for index, row in enumerate(rows):
        # What the row's own bytes show to be wrong, they show again.
        is_damaged = row.is_stream_damage
        if not is_damaged:
            held.append(row.data)
            length += len(row.data) + 1
        if held and (is_damaged or length >= size):
            yield RowsLoad(name, first, reader.taken(), b"\n".join(held) + b"\n", format, columns)
            held, length = [], 0
        if is_damaged:
            item = Unreadable(name, index, row.damage, row.data or None, format=format)
            yield ItemsLoad(name, index, 0, (item,))
        if not held:
            first = index + 1
    if held:
        yield RowsLoad(name, first, reader.taken(), b"\n".join(held) + b"\n", format, columns)


def _archive(name: str, file: BinaryIO, path: Path, packing: str, most: int, size: int) -> Iterator[Load]:
    from cleaner.dumps.formats import warc

    end = file.seek(0, SEEK_END)
    first = 0
    for start in warc.starts(file, packing, most) if end > size else ():
        if start - first >= size:
            yield BytesLoad(name, first, start - first, path, packing, start)
            first = start
    if end:
        yield BytesLoad(name, first, end - first, path, packing, end)


def _parquet(name: str, file: BinaryIO, path: Path, reader: _Counting) -> Iterator[Load]:
    from cleaner.dumps.formats import parquet_reader
    from cleaner.dumps.formats.arrow_row import as_stream

    try:
        parquet = parquet_reader.opened(file)
    except ValueError as error:
        yield ItemsLoad(name, 0, 0, (parquet_reader.no_parquet(name, error),))
        return
    refused = parquet_reader.refusal(name, parquet.schema_arrow, reader.names)
    if refused is not None:
        yield ItemsLoad(name, 0, 0, (refused,))
        return
    for group in parquet_reader.row_groups(parquet):
        if group.size <= _LARGEST_GROUP:
            yield GroupLoad(name, group.first, group.packed, path, group.number)
            continue
        left = group.packed
        for batch in parquet_reader.batches(parquet, group, reader.most):
            if isinstance(batch, parquet_reader.Batch):
                size = min(left, group.packed * batch.rows.batch.num_rows // max(group.rows, 1))
                data = as_stream([batch.rows.batch], batch.rows.batch.schema)
                yield BatchLoad(name, batch.first, size, data)
                left -= size
            else:
                yield ItemsLoad(name, batch.first, left, tuple(parquet_reader.lost_items(name, batch)))


@contextmanager
def _at_a_path(file: BinaryIO, path: Path | None) -> Iterator[tuple[Path, BinaryIO]]:
    """A path that others can read, with the file that stands there."""
    if path is None and isinstance(file, _NamedFile):
        path = Path(file.name)
    if path is not None:
        yield path, file
        return
    with copied_to_file(file) as copy:
        yield Path(copy.name), copy


class _NamedFile(BufferedRandom):
    """A temporary copy that others can open by its name."""


@contextmanager
def copied_to_file(stream: BinaryIO) -> Iterator[BinaryIO]:
    """A copy of all that is left of `stream`, in a file with a name, at its beginning; it goes in the end.

    Raises CleanerError where there is no room for it.
    """
    with tempfile.NamedTemporaryFile(prefix="clean-") as copy:
        try:
            copyfileobj(stream, copy, 1 << 20)
            copy.flush()
        except OSError as error:
            raise no_copy(error) from error
        with _NamedFile(FileIO(copy.name, "r+b")) as file:
            yield cast(BinaryIO, file)


def no_copy(error: OSError) -> CleanerError:
    """The error for a stream that can't be copied to a temporary file."""
    return CleanerError(
        f"a stream of this format is copied to a temporary file, and {tempfile.gettempdir()} can't take it "
        f"({error.strerror or error}); make room there, or name another folder in the environment variable "
        "TMPDIR, nothing was written"
    )


def _opened(path: Path, name: str) -> BinaryIO:
    try:
        return path.open("rb", buffering=1 << 20)
    except OSError as error:
        raise _changed(name) from error


def _changed(name: str) -> CleanerError:
    return CleanerError(f"{name} was changed or went while it was read")
