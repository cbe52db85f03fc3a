"""Cleaned records as rows of CSV and TSV.

A text or number stands as it is, `null` as an empty field, lists and objects as their JSON. Nothing is put
before a field that a spreadsheet would take for a formula: what is in the field is the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO

import msgspec

from cleaner.dumps.formats.delimited import row_bytes
from cleaner.dumps.formats.shaped import cleaned_values
from cleaner.dumps.records import Record
from cleaner.dumps.sidecar import Change
from cleaner.result import Result

_encode = msgspec.json.Encoder().encode
_decode_string = msgspec.json.Decoder(str).decode
_decode_record = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode

_FULL = 1 << 20


class DelimitedWriter:
    """Writes records as rows with these columns."""

    def __init__(self, columns: Sequence[str], delimiter: str, line_end: str, text_field: str) -> None:
        self._columns = columns
        self._delimiter = delimiter
        self._line_end = line_end
        self._text_field = text_field
        self._rows: list[bytes] = []
        self.size = 0

    def add(self, record: Record, result: Result) -> Change:
        values, change = cleaned_values(record, result, self._text_field)
        row = row_bytes(fields(values, self._columns), self._delimiter, self._line_end)
        self._rows.append(row)
        self.size += len(row)
        # A row has every column, so those that the record has no value for are new, too.
        added = [*change.added, *(name for name in self._columns if name not in values)]
        return msgspec.structs.replace(change, added=added)

    def take(self) -> bytes:
        data = b"".join(self._rows)
        self._rows.clear()
        self.size = 0
        return data


def fields(values: Mapping[str, Any], columns: Sequence[str]) -> Iterator[str]:
    """The fields of a row: the values under the names of its columns."""
    for column in columns:
        yield field(values[column]) if column in values else ""


def field(value: Any) -> str:
    """A value as a field."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    written = bytes(value) if isinstance(value, msgspec.Raw) else _encode(value)
    if written[:1] == b'"':
        return _decode_string(written)
    return "" if written == b"null" else written.decode()


def lines_to_rows(parts: BinaryIO, delimiter: str, line_end: str) -> Iterator[bytes]:
    """The records of a JSONL file as a CSV file, in stretches: a column for every key, as they first appear.

    The file is read twice.
    """
    columns: dict[str, None] = {}
    for line in parts:
        columns.update(dict.fromkeys(_decode_record(line)))
    parts.seek(0)
    names = list(columns)
    waiting, size = [row_bytes(names, delimiter, line_end)] if names else [], 0
    for line in parts:
        row = row_bytes(fields(_decode_record(line), names), delimiter, line_end)
        waiting.append(row)
        size += len(row)
        if size > _FULL:
            yield b"".join(waiting)
            waiting, size = [], 0
    yield b"".join(waiting)
