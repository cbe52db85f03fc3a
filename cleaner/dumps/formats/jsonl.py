"""JSONL: a record a line, read and written."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from cleaner.dumps.formats.lines import Line, lines
from cleaner.dumps.formats.packed import Piece
from cleaner.dumps.formats.shaped import cleaned_values
from cleaner.dumps.records import Item, Record, RecordReader, Unreadable
from cleaner.dumps.sidecar import Change
from cleaner.result import Result

_encode = msgspec.json.Encoder().encode


def units(pieces: Iterator[Piece], most: int) -> Iterator[Line]:
    """The lines of a stream; the place of each is its index."""
    return lines(pieces, most)


def item(name: str, index: int, line: Line, reader: RecordReader) -> Item | None:
    """What stands in line `index` of the file called `name`; None where it is blank."""
    if line.damage:
        return Unreadable(name, index, line.damage, line.data or None)
    return reader.line(name, index, line.data)


def items(name: str, pieces: Iterator[Piece], reader: RecordReader) -> Iterator[Item]:
    """What stands in a stream, line by line."""
    for index, line in enumerate(units(pieces, reader.most)):
        found = item(name, index, line, reader)
        if found is not None:
            yield found


class JsonlWriter:
    """Writes records as lines: the source record with its text cleaned, and a few keys more."""

    def __init__(self, text_field: str) -> None:
        self._text_field = text_field
        self._lines: list[bytes] = []
        self.size = 0

    def add(self, record: Record, result: Result) -> Change:
        values, change = cleaned_values(record, result, self._text_field)
        line = _encode(values) + b"\n"
        self._lines.append(line)
        self.size += len(line)
        return change

    def take(self) -> bytes:
        data = b"".join(self._lines)
        self._lines.clear()
        self.size = 0
        return data
