"""Records out of Parquet, a row group after the other, each in batches of bounded size."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from cleaner.dumps.formats.arrow_row import ArrowRow, Rows
from cleaner.dumps.formats.delimited_reader import no_column
from cleaner.dumps.formats.lines import too_large
from cleaner.dumps.formats.needed import needed
from cleaner.dumps.formats.packed import MAX_RATIO
from cleaner.dumps.records import FieldNames, Item, RecordReader, Unreadable, first_keys

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

_BATCH_BYTES = 8_000_000
_BATCH_ROWS = 4096


class RowGroup(msgspec.Struct, frozen=True):
    """A row group of a file: rows that are read together."""

    number: int
    first: int
    """The index of its first row in the file."""
    rows: int
    size: int
    """In bytes, once it is unpacked."""
    packed: int
    """In bytes of the file."""


class Batch(msgspec.Struct, frozen=True):
    """Some rows, the first of which has the index `first` in its file."""

    first: int
    rows: Rows


class Lost(msgspec.Struct, frozen=True):
    """Rows that can't be read whole, and what could be read of them."""

    first: int
    count: int
    reason: str
    rows: Rows | None = None


def opened(file: BinaryIO) -> pq.ParquetFile:
    """The Parquet in `file`, which can be sought in; only its footer is read.

    Raises ValueError where it has none that can be read.
    """
    parquet = needed("pyarrow.parquet")
    errors = needed("pyarrow").ArrowException
    try:
        found: pq.ParquetFile = parquet.ParquetFile(file, pre_buffer=False, page_checksum_verification=True)
        found.schema_arrow  # noqa: B018
    except (errors, OSError) as error:
        raise ValueError(str(error)) from error
    return found


def row_groups(parquet: pq.ParquetFile) -> Iterator[RowGroup]:
    """The row groups of a file: the stretches that it can be read in, each by itself."""
    first = 0
    for number in range(parquet.metadata.num_row_groups):
        group = parquet.metadata.row_group(number)
        packed = sum(group.column(place).total_compressed_size for place in range(group.num_columns))
        yield RowGroup(number, first, group.num_rows, group.total_byte_size, packed)
        first += group.num_rows


def items(name: str, file: BinaryIO, reader: RecordReader) -> Iterator[Item]:
    """What stands in a file, row by row."""
    try:
        parquet = opened(file)
    except ValueError as error:
        yield no_parquet(name, error)
        return
    refused = refusal(name, parquet.schema_arrow, reader.names)
    if refused is not None:
        yield refused
        return
    for group in row_groups(parquet):
        yield from group_items(name, parquet, group, reader)


def no_parquet(name: str, error: Exception) -> Unreadable:
    """What is said of a file that isn't Parquet."""
    reason = f"is no Parquet, or its footer is damaged, so none of it is read ({_short(error)})"
    return Unreadable(name, 0, reason, format="parquet", of_file=True)


def group_items(name: str, parquet: pq.ParquetFile, group: RowGroup, reader: RecordReader) -> Iterator[Item]:
    """What stands in one row group."""
    for batch in batches(parquet, group, reader.most):
        if isinstance(batch, Batch):
            yield from batch_items(name, batch, reader)
        else:
            yield from lost_items(name, batch)


def batches(parquet: pq.ParquetFile, group: RowGroup, most: int) -> Iterator[Batch | Lost]:
    """The rows of one row group, those that can't be read among them."""
    errors = (needed("pyarrow").ArrowException, OSError)
    metadata = parquet.metadata.row_group(group.number)
    for place in range(metadata.num_columns):
        column = metadata.column(place)
        unpacked, packed = column.total_uncompressed_size, column.total_compressed_size
        if unpacked > most and unpacked > MAX_RATIO * max(packed, 1):
            reason = f"unpack to more than {MAX_RATIO:,} times their size, as no text does"
            yield Lost(group.first, group.rows, f"{reason}; they are passed by")
            return
    size = max(1, min(_BATCH_ROWS, _BATCH_BYTES * group.rows // max(group.size, 1)))
    at = group.first
    found = parquet.iter_batches(size, [group.number], use_threads=False)
    while True:
        try:
            batch = next(found, None)
        except errors as error:
            yield _salvaged(parquet, group, at - group.first, _short(error), most)
            return
        if batch is None:
            return
        yield Batch(at, Rows(batch))
        at += batch.num_rows


def batch_items(name: str, batch: Batch, reader: RecordReader) -> Iterator[Item]:
    """What stands in the rows of a batch."""
    rows = batch.rows
    is_sound = _is_sound(rows.batch)
    most = reader.most
    may_be_large = rows.batch.nbytes > most
    for index in range(rows.batch.num_rows):
        place = batch.first + index
        if not is_sound and not _is_sound(rows.batch.slice(index, 1)):
            row = ArrowRow(rows, index)
            reason = "holds text that isn't UTF-8"
            yield Unreadable(name, place, reason, format="parquet", arrow=row.arrow())
            continue
        if may_be_large and rows.batch.slice(index, 1).nbytes > most:
            yield Unreadable(name, place, too_large(most), format="parquet")
            continue
        row = ArrowRow(rows, index)
        item = reader.record(name, place, b"", row, "parquet")
        if isinstance(item, Unreadable):
            item = msgspec.structs.replace(item, raw=row.json(), arrow=row.arrow())
        yield item


def refusal(name: str, schema: pa.Schema, names: FieldNames) -> Unreadable | None:
    """Why no row can be read out of these columns; None where they can be."""
    reason = no_text_in(schema, names)
    if not reason:
        return None
    keys = first_keys(schema.names) if no_column(schema.names, names) else None
    return Unreadable(name, 0, reason, format="parquet", of_file=True, keys=keys)


def no_text_in(schema: pa.Schema, wanted: FieldNames) -> str:
    """Why nothing can be read out of these columns; empty where it can."""
    names = schema.names
    text = wanted.text
    double = next((name for name, times in Counter(names).items() if times > 1), None)
    if double is not None:
        return f"has the column {double!r} twice, so none of it is read"
    reason = no_column(names, wanted)
    if reason or text not in names:
        return reason
    type = schema.field(text).type
    if is_text(type):
        return ""
    return f"has a column {text!r} of type {type}, which is no text, so none of it is read"


def is_text(type: pa.DataType) -> bool:
    """Whether a column of this type holds text, or nothing at all."""
    types: Any = needed("pyarrow").types
    if types.is_dictionary(type):
        type = type.value_type
    texts = (types.is_string, types.is_large_string, types.is_string_view, types.is_null)
    return any(is_one(type) for is_one in texts)


def _is_sound(batch: pa.RecordBatch) -> bool:
    try:
        batch.validate(full=True)
    except needed("pyarrow").ArrowException:
        return False
    return True


def _salvaged(parquet: pq.ParquetFile, group: RowGroup, after: int, reason: str, most: int) -> Lost:
    """What can be read of the rows of a broken row group that come `after` the first ones."""
    pa = needed("pyarrow")
    first, count = group.first + after, group.rows - after
    why = f"can't be read whole: their row group is damaged ({reason})"
    found: dict[str, Any] = {}
    for name in parquet.schema_arrow.names if group.size <= most else ():
        try:
            column = parquet.read_row_group(group.number, columns=[name], use_threads=False)
            if column.num_rows == group.rows and column.column_names == [name]:
                column.validate(full=True)
                found[name] = column.column(0).slice(after).combine_chunks()
        except (pa.ArrowException, OSError):
            continue
    if not found:
        return Lost(first, count, why)
    return Lost(first, count, why, Rows(pa.RecordBatch.from_pydict(found)))


def lost_items(name: str, lost: Lost) -> Iterator[Unreadable]:
    """What is said of rows that can't be read whole."""
    if lost.rows is None:
        last = lost.first + lost.count - 1
        reason = f"and all up to #{last} {lost.reason}" if lost.count > 1 else lost.reason
        yield Unreadable(name, lost.first, reason, format="parquet")
        return
    reason = lost.reason.replace("can't be read whole: their", "can't be read whole: its")
    for index in range(lost.rows.batch.num_rows):
        raw = ArrowRow(lost.rows, index).json()
        yield Unreadable(name, lost.first + index, reason, raw, format="parquet")


def _short(error: Exception) -> str:
    return str(error).splitlines()[0][:200] if str(error) else type(error).__name__
