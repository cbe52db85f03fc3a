"""CSV and TSV: rows of fields, told apart as Python's csv module does it, each damage by itself."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cleaner.dumps.endings import SEMICOLONS
from cleaner.dumps.formats.lines import Line

DELIMITERS = {"csv": ",", "tsv": "\t", SEMICOLONS: ";"}
"""The mark between two fields, by format."""

BOM = b"\xef\xbb\xbf"
_UNCLOSED = "has a quote that isn't closed, or that something follows before the next field"

_QUOTED = re.compile(rb'"[^"]*"')
_NEEDS_QUOTES = {mark: re.compile(f'[{mark}"\r\n]') for mark in DELIMITERS.values()}


class Row(NamedTuple):
    """One row: its bytes without the line's end, and its fields; or why it has none."""

    data: bytes
    fields: Sequence[str]
    damage: str = ""
    is_stream_damage: bool = False
    """Whether the damage isn't one of these bytes, but of the stream that they come from."""


def rows(lines: Iterable[Line], delimiter: str, most: int) -> Iterator[Row]:
    """The rows of a file's lines, the header among them; an empty line is a row without fields.

    A row that is broken costs its first line only: reading goes on in the next one. The rows of any stretch
    that begins and ends with whole rows are the same, read by themselves.
    """
    # A longer field would be refused; the lines are bounded already.
    csv.field_size_limit(max(csv.field_size_limit(), min(most, 2**31 - 1)))
    waiting = _Waiting(lines)
    while (line := waiting.next()) is not None:
        if line.damage:
            yield Row(line.data, (), line.damage, True)
            continue
        try:
            text = line.data.decode()
        except UnicodeDecodeError as error:
            byte = f"byte 0x{line.data[error.start]:02x} at byte {error.start}"
            yield Row(line.data, (), f"isn't UTF-8 ({byte})")
            continue
        plain = text.removesuffix("\r")
        if '"' in plain or "\r" in plain:
            yield _quoted(line, waiting, delimiter, most)
        else:
            yield Row(line.data, plain.split(delimiter) if plain else ())


class _Waiting:
    """The lines of a file, of which some can be put back."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines = iter(lines)
        self._back: deque[Line] = deque()

    def next(self) -> Line | None:
        return self._back.popleft() if self._back else next(self._lines, None)

    def put_back(self, lines: Sequence[Line]) -> None:
        self._back.extendleft(reversed(lines))


def _quoted(first: Line, waiting: _Waiting, delimiter: str, most: int) -> Row:
    """The row that begins with the line `first`, and may go on in the next ones."""
    taken: list[Line] = []

    def texts() -> Iterator[str]:
        line: Line | None = first
        size = 0
        while line is not None:
            taken.append(line)
            size += len(line.data)
            if line.damage or size > most:
                return
            try:
                yield line.data.decode() + "\n"
            except UnicodeDecodeError:
                return
            line = waiting.next()

    try:
        fields = next(csv.reader(texts(), delimiter=delimiter, strict=True), [])
    except csv.Error as error:
        waiting.put_back(taken[1:])
        said = "holds a carriage return outside of quotes" if "new-line" in str(error) else _UNCLOSED
        return Row(first.data, (), said)
    return Row(b"\n".join(line.data for line in taken), fields)


def parted_by_semicolons(first: bytes) -> bool:
    """Whether the first line of a `.csv` file parts its columns by semicolons instead of commas."""
    names = _QUOTED.sub(b"", first)
    return b";" in names and b"," not in names


def row_bytes(fields: Iterable[str], delimiter: str, line_end: str) -> bytes:
    """A row as it is written: a field has quotes where it needs them, and nowhere else."""
    needs_quotes = _NEEDS_QUOTES[delimiter].search
    written = ['"' + field.replace('"', '""') + '"' if needs_quotes(field) else field for field in fields]
    # An empty line would be no row at all.
    row = delimiter.join(written) if written != [""] else '""'
    return (row + line_end).encode()


class Header(NamedTuple):
    """The names of a file's columns, and the end of its first line."""

    columns: Sequence[str]
    line_end: str = "\n"
    damage: str = ""


def header(rows: Iterator[Row]) -> Header | None:
    """What the first row that isn't empty says; None where there is none."""
    for row in rows:
        if row.damage:
            return Header((), damage=f"{row.damage}; as that is the header, no row can be read")
        fields = list(row.fields)
        if not fields:
            continue
        double = next((name for name in fields if fields.count(name) > 1), None)
        if double is not None:
            return Header((), damage=f"has the column {double!r} twice, so no row can be read")
        return Header(fields, "\r\n" if row.data.endswith(b"\r") else "\n")
    return None
