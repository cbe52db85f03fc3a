"""CSV and TSV: rows of fields, told apart as Python's csv module does it, each damage by itself."""

from __future__ import annotations

import csv
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cleaner.dumps.endings import SEMICOLONS
from cleaner.dumps.formats.lines import Line
from cleaner.dumps.reasons import not_utf8

DELIMITERS = {"csv": ",", "tsv": "\t", SEMICOLONS: ";"}
"""The mark between two fields, by format."""

BOM = b"\xef\xbb\xbf"
_UNCLOSED = "has a quote that isn't closed, or that something follows before the next field"

_QUOTED = re.compile(rb'"[^"]*"')
_NEEDS_QUOTES = {mark: re.compile(f'[{mark}"\r\n]') for mark in DELIMITERS.values()}


class Row(NamedTuple):
    """One row: the bytes of all its lines without the last one's end, and its fields; or why it has none."""

    data: bytes
    fields: Sequence[str]
    damage: str = ""
    is_stream_damage: bool = False
    """Whether the damage isn't one of these bytes, but of the stream that they come from."""


def rows(lines: Iterable[Line], delimiter: str, most: int) -> Iterator[Row]:
    """The rows of a file's lines, the header among them; an empty line is a row without fields.

    A row whose end can't be told costs its first line only: reading goes on in the next one. One that isn't
    UTF-8 ends where it would otherwise, so that none of its lines is taken for a row. The rows of any stretch
    that begins and ends with whole rows are the same, read by themselves.
    """
    # A longer field would be refused; the lines are bounded already.
    csv.field_size_limit(max(csv.field_size_limit(), min(most, 2**31 - 1)))
    waiting = _Waiting(lines)
    while (line := waiting.next()) is not None:
        if line.damage:
            yield Row(line.data, (), line.damage, True)
            continue
        plain = _text(line.data).removesuffix("\r")
        if '"' in plain or "\r" in plain:
            yield _quoted(line, waiting, delimiter, most)
        else:
            yield _row(line.data, plain.split(delimiter) if plain else ())


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
            yield _text(line.data) + "\n"
            line = waiting.next()

    try:
        fields = next(csv.reader(texts(), delimiter=delimiter, strict=True), [])
    except csv.Error as error:
        waiting.put_back(taken[1:])
        # What a later line holds can't be told from the first one, which is all that the row is now.
        is_return = len(taken) == 1 and "new-line" in str(error)
        said = "holds a carriage return outside of quotes" if is_return else _UNCLOSED
        return Row(first.data, (), _not_text(first.data) or said)
    return _row(b"\n".join(line.data for line in taken), fields)


def _text(data: bytes) -> str:
    """A line's text, in which the bytes that aren't UTF-8 are kept apart from all characters."""
    return data.decode(errors="surrogateescape")


def _row(data: bytes, fields: Sequence[str]) -> Row:
    damage = _not_text(data)
    return Row(data, () if damage else fields, damage)


def _not_text(data: bytes) -> str:
    """Why bytes are no text; empty where they are."""
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return not_utf8(error)
    return ""


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


def fitting(fields: Sequence[str], columns: Sequence[str]) -> Sequence[str] | None:
    """The fields of a row, one for each of the columns; None where that isn't what it has.

    Spreadsheets end rows in empty fields that belong to no column: those go.
    """
    number = len(columns)
    if len(fields) < number or any(fields[number:]):
        return None
    return fields[:number]


class Header(NamedTuple):
    """The names of a file's columns, and the end of its first line.

    One column may be without a name. Where several are, those at the end are none.
    """

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
        if fields.count("") > 1:
            while len(fields) > 1 and not fields[-1]:
                fields.pop()
        double = next((name for name, times in Counter(fields).items() if times > 1), None)
        if double is not None:
            return Header((), damage=f"has the column {double!r} twice, so no row can be read")
        return Header(fields, "\r\n" if row.data.endswith(b"\r") else "\n")
    return None
