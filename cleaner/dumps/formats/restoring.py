"""The records of a cleaned file, each read and given back, whatever its format."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol, TypeAlias

import msgspec

from cleaner.dumps.formats.arrow_row import ArrowRow, Rows, batches_of, of_stream
from cleaner.dumps.formats.delimited import DELIMITERS, header, row_bytes
from cleaner.dumps.formats.lines import lines
from cleaner.dumps.formats.packed import Piece, packed, pieces
from cleaner.dumps.reasons import json_fault

if TYPE_CHECKING:
    import pyarrow.parquet as pq

_encode = msgspec.json.Encoder().encode
_decode_record = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode

# A file that a run has written is no stranger's, but it can be damaged; no record of it is larger.
_MOST = 2**31
_FULL = 1 << 20

Given: TypeAlias = bytes | ArrowRow
"""A record that is given back: its bytes, or a row of Parquet."""
Values: TypeAlias = Mapping[str, Any]


class BrokenRecord(Exception):
    """A record can't be read. The message goes on where its name ends."""


class Form(Protocol):
    """How the records of one file are read and given back."""

    format: str

    def records(self) -> Iterator[Values | BrokenRecord]:
        """The records, in their order."""

    def given(self, values: Values, changed: Mapping[str, str | None], dropped: Iterable[str]) -> Given:
        """A record with some values changed and some keys less."""

    def page(self, source: bytes) -> Given:
        """A record that became a part of another one, from its JSON. Raises ValueError where it can't be."""

    def unread(self, raw: bytes, arrow: bytes | None) -> Given | None:
        """What a run could not read, in its place; None where it can have none."""

    def write(self, given: Iterator[Given], out: BinaryIO, packing: str) -> None:
        """Write what is given back."""


class JsonlForm:
    """Lines of JSONL."""

    format = "jsonl"

    def __init__(self, stream: Iterator[Piece]) -> None:
        self._stream = stream

    def records(self) -> Iterator[Values | BrokenRecord]:
        for line in lines(self._stream, _MOST):
            try:
                yield _decode_record(line.data) if not line.damage else BrokenRecord(line.damage)
            except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
                yield BrokenRecord(f"can't be read any more ({json_fault(error)})")

    def given(self, values: Values, changed: Mapping[str, str | None], dropped: Iterable[str]) -> bytes:
        found = {**values, **{key: msgspec.Raw(_encode(value)) for key, value in changed.items()}}
        for key in dropped:
            found.pop(key, None)
        return _encode(found) + b"\n"

    def page(self, source: bytes) -> bytes:
        return source + b"\n"

    def unread(self, raw: bytes, arrow: bytes | None) -> bytes:
        return raw + b"\n"

    def write(self, given: Iterator[Given], out: BinaryIO, packing: str) -> None:
        _write_bytes(given, out, packing)


class DelimitedForm:
    """Rows of CSV and TSV."""

    def __init__(self, stream: Iterator[Piece], format: str, dropped: frozenset[str]) -> None:
        """`dropped` are the columns that no source record had."""
        from cleaner.dumps.formats import delimited_reader

        self.format = format
        self._delimiter = DELIMITERS[format]
        self._rows = delimited_reader.units(stream, format, _MOST)
        head = header(self._rows)
        self._columns: Sequence[str] = head.columns if head else ()
        self._line_end = head.line_end if head else "\n"
        self._kept = [name for name in self._columns if name not in dropped]

    def records(self) -> Iterator[Values | BrokenRecord]:
        for row in self._rows:
            if row.damage:
                yield BrokenRecord(row.damage)
            elif len(row.fields) != len(self._columns):
                yield BrokenRecord(f"has {len(row.fields)} fields, but its header has {len(self._columns)}")
            else:
                pairs = zip(self._columns, row.fields, strict=True)
                yield {name: msgspec.Raw(_encode(field)) for name, field in pairs}

    def given(self, values: Values, changed: Mapping[str, str | None], dropped: Iterable[str]) -> bytes:
        return self._row({**values, **changed, **dict.fromkeys(dropped)})

    def page(self, source: bytes) -> bytes:
        return self._row(_decode_record(source))

    def unread(self, raw: bytes, arrow: bytes | None) -> bytes:
        return raw.removesuffix(b"\r") + self._line_end.encode()

    def write(self, given: Iterator[Given], out: BinaryIO, packing: str) -> None:
        if self._kept:
            out.write(packed(row_bytes(self._kept, self._delimiter, self._line_end), packing))
        _write_bytes(given, out, packing)

    def _row(self, values: Values) -> bytes:
        from cleaner.dumps.formats.delimited_writer import fields

        return row_bytes(fields(values, self._kept), self._delimiter, self._line_end)


class ParquetForm:
    """Rows of Parquet."""

    format = "parquet"

    def __init__(self, parquet: pq.ParquetFile, dropped: frozenset[str]) -> None:
        """`dropped` are the columns that no source record had."""
        self._parquet = parquet
        self._dropped = dropped

    def records(self) -> Iterator[Values | BrokenRecord]:
        from cleaner.dumps.formats import parquet_reader

        for group in parquet_reader.row_groups(self._parquet):
            for batch in parquet_reader.batches(self._parquet, group, _MOST):
                if isinstance(batch, parquet_reader.Lost):
                    yield from (BrokenRecord(batch.reason) for _ in range(batch.count))
                else:
                    yield from (ArrowRow(batch.rows, index) for index in range(batch.rows.batch.num_rows))

    def given(self, values: Values, changed: Mapping[str, str | None], dropped: Iterable[str]) -> ArrowRow:
        assert isinstance(values, ArrowRow)
        return values.with_values({**changed, **dict.fromkeys(name for name in dropped if name in values)})

    def page(self, source: bytes) -> ArrowRow:
        values = _decode_record(source)
        from cleaner.dumps.formats.needed import needed

        pa = needed("pyarrow")
        schema = self._parquet.schema_arrow
        known = [field for field in schema if field.name in values]
        columns = [pa.array([_of_json(values[field.name], field.type)], field.type) for field in known]
        return ArrowRow(Rows(pa.RecordBatch.from_arrays(columns, schema=pa.schema(known))), 0)

    def unread(self, raw: bytes, arrow: bytes | None) -> ArrowRow | None:
        return None if arrow is None else ArrowRow(Rows(of_stream(arrow)), 0)

    def write(self, given: Iterator[Given], out: BinaryIO, packing: str) -> None:
        from cleaner.dumps.formats import parquet_writer

        shape = parquet_writer.shape_of(self._parquet)
        schema = shape.arrow()
        for name in self._dropped & set(schema.names):
            schema = schema.remove(schema.get_field_index(name))
        shape = parquet_writer.without(shape, schema)

        def batches() -> Iterator[Any]:
            held: list[ArrowRow] = []
            for each in given:
                assert isinstance(each, ArrowRow)
                held.append(each)
                if len(held) >= 1000:
                    yield from batches_of(held, schema)
                    held.clear()
            yield from batches_of(held, schema)

        parquet_writer.write(batches(), out, shape)


def form_of(file: BinaryIO, format: str, packing: str, dropped: frozenset[str]) -> Form:
    """How the records of a cleaned `file` are read and given back. Raises ValueError where it is none."""
    if format == "parquet":
        from cleaner.dumps.formats.parquet_reader import opened

        return ParquetForm(opened(file), dropped)
    stream = pieces(file, packing, _MOST, lambda _: None)
    return JsonlForm(stream) if format == "jsonl" else DelimitedForm(stream, format, dropped)


def _write_bytes(given: Iterator[Given], out: BinaryIO, packing: str) -> None:
    held: list[bytes] = []
    size = 0
    for each in given:
        assert isinstance(each, bytes)
        held.append(each)
        size += len(each)
        if size >= _FULL:
            out.write(packed(b"".join(held), packing))
            held, size = [], 0
    out.write(packed(b"".join(held), packing))


def _of_json(raw: msgspec.Raw, type: Any) -> Any:
    """A value of a column of this type, of its JSON. Raises ValueError where it can't be told."""
    from cleaner.dumps.formats.needed import needed

    pa = needed("pyarrow")
    value = msgspec.json.decode(raw)
    if value is None:
        return None
    if pa.types.is_binary(type) or pa.types.is_large_binary(type):
        return b64decode(value)
    if isinstance(value, str):
        return pa.scalar(value, pa.string()).cast(type).as_py()
    return value
