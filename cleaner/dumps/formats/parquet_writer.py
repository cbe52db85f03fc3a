"""Cleaned records as Parquet: batches that can be joined while a run goes on, row groups when it ends.

Of a source in Parquet every column is kept as it was, in its place, and so are the schema's metadata and how
each column is packed. `outlet`, `fields` (as JSON) and, where pages are read, `no_article` come behind them.
Of other sources the columns are the records' keys: whole numbers, numbers, booleans and text; what is mixed,
or a list or an object, is text that holds its JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from math import isfinite
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from cleaner.dumps.formats.arrow_row import ArrowRow, as_stream, batches_of
from cleaner.dumps.formats.needed import needed
from cleaner.dumps.formats.shaped import FIELDS, NO_ARTICLE, OUTLET, missing_text, told, untold
from cleaner.dumps.records import Record
from cleaner.dumps.sidecar import Change
from cleaner.result import Result

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

GROUP_BYTES = 64_000_000
"""How large a row group gets at most, in bytes before packing."""
GROUP_ROWS = 100_000
"""How many rows a row group gets, where the source doesn't say."""

_HUGGING_FACE = b"huggingface"
_ARROW_NAMES = {"UNCOMPRESSED": "NONE", "LZ4_RAW": "LZ4"}

# Whole numbers up to here are the same as numbers with a point.
_EXACT = 2**53
_LONGEST_NUMBER = 24
_TOGETHER = {frozenset(("whole", "large")): "large", frozenset(("whole", "number")): "number"}

_encode = msgspec.json.Encoder().encode
_decode_record = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode


class Shape(msgspec.Struct, frozen=True):
    """What a written file has in common with its source."""

    schema: bytes
    """The Arrow schema, serialised."""
    packings: dict[str, str] = {}
    """How each column is packed, by its path."""
    group_rows: int = GROUP_ROWS

    def arrow(self) -> pa.Schema:
        """The schema."""
        pa = needed("pyarrow")
        found: Any = pa.ipc.read_schema(pa.py_buffer(self.schema))
        return found


def shape_of(parquet: pq.ParquetFile) -> Shape:
    """The shape of a file."""
    metadata = parquet.metadata
    if not metadata.num_row_groups:
        return Shape(_serialised(parquet.schema_arrow))
    group = metadata.row_group(0)
    columns = [group.column(place) for place in range(group.num_columns)]
    packings = {
        column.path_in_schema: _ARROW_NAMES.get(column.compression, column.compression) for column in columns
    }
    rows = max(metadata.row_group(number).num_rows for number in range(metadata.num_row_groups))
    return Shape(_serialised(parquet.schema_arrow), packings, max(rows, 1))


def cleaned_shape(shapes: Sequence[Shape], text_field: str, html_field: str) -> Shape:
    """The shape of what sources of these shapes are cleaned to.

    Raises ValueError where their columns don't go together.
    """
    pa = needed("pyarrow")
    try:
        schema = pa.unify_schemas([shape.arrow() for shape in shapes])
    except pa.ArrowException as error:
        raise ValueError(str(error)) from error
    if text_field in schema.names and pa.types.is_null(schema.field(text_field).type):
        place = schema.get_field_index(text_field)
        schema = schema.set(place, pa.field(text_field, pa.string()))
    reads_pages = html_field in schema.names
    wanted = ([text_field] if reads_pages else []) + [OUTLET, FIELDS] + ([NO_ARTICLE] if reads_pages else [])
    new = [name for name in wanted if name not in schema.names]
    for name in new:
        schema = schema.append(pa.field(name, pa.string()))
    schema = schema.with_metadata(_with_features(schema.metadata, new))
    packings = {path: packing for shape in reversed(shapes) for path, packing in shape.packings.items()}
    usual = packings.get(text_field) or next(iter(packings.values()), "SNAPPY")
    packings.update((name, usual) for name in new)
    return Shape(_serialised(schema), packings, shapes[0].group_rows)


def _with_features(metadata: dict[bytes, bytes] | None, new: Sequence[str]) -> dict[bytes, bytes] | None:
    """The metadata, with the new columns among those that Hugging Face's `datasets` looks for in it."""
    if metadata is None or _HUGGING_FACE not in metadata:
        return metadata
    try:
        told = json.loads(metadata[_HUGGING_FACE])
        told["info"]["features"].update((name, {"dtype": "string", "_type": "Value"}) for name in new)
    except (ValueError, KeyError, TypeError, AttributeError):
        return metadata
    return {**metadata, _HUGGING_FACE: json.dumps(told).encode()}


class ParquetWriter:
    """Writes rows of Parquet as batches of `shape`, in Arrow IPC streams."""

    def __init__(self, shape: Shape, text_field: str) -> None:
        self._schema = shape.arrow()
        self._text_field = text_field
        self._rows: list[ArrowRow] = []
        self.size = 0

    def add(self, record: Record, result: Result) -> Change:
        row = record.values
        assert isinstance(row, ArrowRow)
        _, was_null = missing_text(record, self._text_field)
        own = row.rows.places
        values: dict[str, str | None] = {self._text_field: result.text}
        for name, value in told(result):
            if name not in own:
                values[name] = value if value is None or isinstance(value, str) else _encode(value).decode()
        self._rows.append(row.with_values(values))
        self.size += len(result.text)
        added = [name for name in self._schema.names if name not in own]
        return Change(self._text_field, added, was_null, untold(record, result))

    def take(self) -> bytes:
        if not self._rows:
            return b""
        data = as_stream(list(batches_of(self._rows, self._schema)), self._schema)
        self._rows.clear()
        self.size = 0
        return data


def batches_to_parquet(parts: BinaryIO, out: BinaryIO, shape: Shape) -> None:
    """Write the batches of all Arrow IPC streams in `parts` to `out`, as Parquet."""
    arrow = needed("pyarrow")
    file = arrow.PythonFile(parts, "r")
    end = parts.seek(0, 2)
    parts.seek(0)

    def batches() -> Iterator[pa.RecordBatch]:
        while parts.tell() < end:
            yield from arrow.ipc.open_stream(file)

    write(batches(), out, shape)


def write(batches: Iterator[pa.RecordBatch], out: BinaryIO, shape: Shape) -> None:
    """Write `batches` of the schema of `shape` to `out`, as Parquet."""
    pa, parquet = needed("pyarrow"), needed("pyarrow.parquet")
    schema = shape.arrow()
    with parquet.ParquetWriter(out, schema, compression=shape.packings or "SNAPPY") as writer:
        held: list[Any] = []
        rows = size = 0
        for batch in batches:
            while batch.num_rows:
                part = batch.slice(0, shape.group_rows - rows)
                batch = batch.slice(part.num_rows)
                held.append(part)
                rows += part.num_rows
                size += part.nbytes
                if rows >= shape.group_rows or size >= GROUP_BYTES:
                    writer.write_table(pa.Table.from_batches(held, schema), rows)
                    held, rows, size = [], 0, 0
        if held:
            writer.write_table(pa.Table.from_batches(held, schema), rows)


def lines_to_parquet(parts: BinaryIO, out: BinaryIO) -> None:
    """Write the records of the JSONL in `parts` to `out`, as Parquet. They are read twice."""
    arrow = needed("pyarrow")
    kinds: dict[str, str] = {}
    for line in parts:
        for name, raw in _decode_record(line).items():
            kinds[name] = _both(kinds.get(name, "null"), _kind(raw))
    parts.seek(0)
    types = {
        "null": arrow.string(),
        "boolean": arrow.bool_(),
        "whole": arrow.int64(),
        "large": arrow.int64(),
        "number": arrow.float64(),
        "text": arrow.string(),
        "json": arrow.string(),
    }
    schema = arrow.schema([arrow.field(name, types[kind]) for name, kind in kinds.items()])

    def batches() -> Iterator[pa.RecordBatch]:
        held: list[dict[str, msgspec.Raw]] = []
        size = 0
        for line in parts:
            held.append(_decode_record(line))
            size += len(line)
            if size >= GROUP_BYTES // 8:
                yield batch(held)
                held, size = [], 0
        if held:
            yield batch(held)

    def batch(held: list[dict[str, msgspec.Raw]]) -> Any:
        columns = [
            arrow.array([_python(record.get(name), kind) for record in held], types[kind])
            for name, kind in kinds.items()
        ]
        return arrow.RecordBatch.from_arrays(columns, schema=schema)

    write(batches(), out, Shape(_serialised(schema)))


def _kind(raw: msgspec.Raw) -> str:
    """What kind of column a value needs."""
    written = bytes(raw)
    first = written[:1]
    if first == b'"':
        return "text"
    if first in b"tf":
        return "boolean"
    if first == b"n":
        return "null"
    if first in b"[{":
        return "json"
    if len(written) > _LONGEST_NUMBER:
        return "json"
    if not written.lstrip(b"-").isdigit():
        return "number" if isfinite(float(written)) else "json"
    size = abs(int(written))
    return "whole" if size <= _EXACT else "large" if size < 2**63 else "json"


def _both(one: str, other: str) -> str:
    """The kind of column that holds values of both kinds."""
    if one == other or other == "null":
        return one
    if one == "null":
        return other
    return _TOGETHER.get(frozenset((one, other)), "json")


def _python(raw: msgspec.Raw | None, kind: str) -> Any:
    """A value for a column of that kind."""
    if raw is None or bytes(raw) == b"null":
        return None
    return bytes(raw).decode() if kind == "json" else msgspec.json.decode(raw)


def _serialised(schema: pa.Schema) -> bytes:
    data: bytes = schema.serialize().to_pybytes()
    return data


def without(shape: Shape, schema: pa.Schema) -> Shape:
    """The shape with the columns of `schema` alone."""
    packings = {path: how for path, how in shape.packings.items() if path.split(".")[0] in schema.names}
    return Shape(_serialised(schema), packings, shape.group_rows)
