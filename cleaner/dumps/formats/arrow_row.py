"""A row of Parquet: its values as JSON for whoever asks, and itself, untouched, for who writes it again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from cleaner.dumps.formats.needed import needed

if TYPE_CHECKING:
    import pyarrow as pa

# Decimals and the like, which JSON has no word for, are said as text.
_encode = msgspec.json.Encoder(enc_hook=str).encode


class Rows:
    """The rows of one batch; a column is turned to JSON when its first value is asked for."""

    __slots__ = ("_columns", "batch", "places")

    def __init__(self, batch: pa.RecordBatch) -> None:
        self.batch = batch
        self.places = {name: place for place, name in enumerate(batch.schema.names)}
        self._columns: dict[str, list[msgspec.Raw]] = {}

    def column(self, name: str) -> Sequence[msgspec.Raw]:
        """The values of a column as JSON. Raises KeyError where there is none of that name."""
        found = self._columns.get(name)
        if found is None:
            found = [msgspec.Raw(_encode(value)) for value in _values(self.batch.column(self.places[name]))]
            self._columns[name] = found
        return found


class ArrowRow(Mapping[str, Any]):
    """One row of a batch, with some of its values set."""

    __slots__ = ("index", "over", "rows")

    def __init__(self, rows: Rows, index: int, over: Mapping[str, str | None] | None = None) -> None:
        """`over` are values that count in place of the batch's own, or beside them."""
        self.rows = rows
        self.index = index
        self.over = over or {}

    def __getitem__(self, name: str) -> msgspec.Raw:
        if name in self.over:
            return msgspec.Raw(_encode(self.over[name]))
        return self.rows.column(name)[self.index]

    def __iter__(self) -> Iterator[str]:
        yield from self.rows.places
        yield from (name for name in self.over if name not in self.rows.places)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, name: object) -> bool:
        return name in self.rows.places or name in self.over

    def __reduce__(self) -> tuple[Any, ...]:
        return _row, (self.arrow(), self.over)

    def with_values(self, values: Mapping[str, str | None]) -> ArrowRow:
        """The same row with these values."""
        return ArrowRow(self.rows, self.index, {**self.over, **values})

    def apart(self) -> ArrowRow:
        """The same row in a batch of its own: asking it for a value turns no other row's to JSON."""
        return ArrowRow(Rows(self.rows.batch.slice(self.index, 1)), 0, self.over)

    def json(self) -> bytes:
        """The row as a JSON object."""
        return _encode(dict(self))

    def arrow(self) -> bytes:
        """The row of the batch as an Arrow IPC stream."""
        return as_stream([self.rows.batch.slice(self.index, 1)], self.rows.batch.schema)


def _row(stream: bytes, over: Mapping[str, str | None]) -> ArrowRow:
    return ArrowRow(Rows(of_stream(stream)), 0, over)


def of_stream(stream: bytes) -> pa.RecordBatch:
    """The first batch of an Arrow IPC stream. Raises ValueError where it is none."""
    try:
        batch: pa.RecordBatch = needed("pyarrow").ipc.open_stream(stream).read_next_batch()
    except StopIteration as error:
        raise ValueError("it is empty") from error
    return batch


def as_stream(batches: Sequence[pa.RecordBatch], schema: pa.Schema) -> bytes:
    """The batches as an Arrow IPC stream."""
    pa = needed("pyarrow")
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, schema) as stream:
        for batch in batches:
            stream.write_batch(batch)
    data: bytes = sink.getvalue().to_pybytes()
    return data


def batches_of(rows: Sequence[ArrowRow], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """The rows in batches of `schema`: what is over a row's own values counts, the rest is null."""
    begin = 0
    for end in range(1, len(rows) + 1):
        if end == len(rows) or rows[end].rows is not rows[begin].rows:
            yield _batch(rows[begin:end], schema)
            begin = end


def _batch(rows: Sequence[ArrowRow], schema: pa.Schema) -> pa.RecordBatch:
    """One batch of rows that are all of one."""
    pa = needed("pyarrow")
    places = rows[0].rows.places
    taken = _taken(rows[0].rows.batch, [row.index for row in rows])
    columns = []
    for field in schema:
        own = taken.column(places[field.name]) if field.name in places else None
        covered = sum(field.name in row.over for row in rows)
        if covered:
            old = [None] * len(rows) if own is None or covered == len(rows) else own.to_pylist()
            new = [row.over.get(field.name, before) for row, before in zip(rows, old, strict=True)]
            columns.append(_strings(new, field.type))
        elif own is None:
            columns.append(pa.nulls(len(rows), field.type))
        else:
            columns.append(own if own.type == field.type else own.cast(field.type))
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def _taken(batch: pa.RecordBatch, indices: Sequence[int]) -> pa.RecordBatch:
    """Some rows of a batch."""
    pa = needed("pyarrow")
    first, last = indices[0], indices[-1]
    if last - first + 1 == len(indices) and list(indices) == list(range(first, last + 1)):
        return batch.slice(first, len(indices))
    try:
        return batch.take(pa.array(indices, pa.int64()))
    except pa.ArrowNotImplementedError:
        # Some types can't be picked from yet.
        return (
            pa.Table.from_batches([batch.slice(index, 1) for index in indices])
            .combine_chunks()
            .to_batches()[0]
        )


def _strings(values: Sequence[str | None], type: pa.DataType) -> pa.Array:
    pa = needed("pyarrow")
    found = pa.array(values, pa.large_string())
    if pa.types.is_dictionary(type):
        found = found.dictionary_encode()
    return found.cast(type)


def _values(column: pa.Array) -> list[Any]:
    try:
        values: list[Any] = column.to_pylist()
    except (ValueError, OverflowError):
        # A date that Python has no word for, or a time in nanoseconds.
        return [_value(scalar) for scalar in column]
    return values


def _value(scalar: Any) -> Any:
    try:
        return scalar.as_py()
    except (ValueError, OverflowError):
        return str(scalar)
