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
    waiting = _Waiting(lines, _QUOTES[delimiter])
    while (line := waiting.next()) is not None:
        if line.damage:
            yield Row(line.data, (), line.damage, True)
            continue
        plain = _text(line.data).removesuffix("\r")
        if '"' in plain or "\r" in plain:
            yield _quoted(line, waiting, delimiter, most)
        else:
            yield _row(line.data, plain.split(delimiter) if plain else ())


class _Quotes(NamedTuple):
    """Patterns of what a line's quotes do, by the rules of the csv module where it is strict."""

    open_in: re.Pattern[bytes]
    """A row that begins with the line goes on in the next one."""
    stay_open: re.Pattern[bytes]
    """The line begins inside of quotes, and ends inside of some."""
    end_in: re.Pattern[bytes]
    """The line begins inside of quotes, and ends the row."""


def _quotes(mark: str) -> _Quotes:
    bare = rf'(?:[^"{mark}\r][^{mark}\r]*+)?+'
    opening = rf'(?:{bare}{mark})*+"'
    inside = r'[^"]*+(?:""[^"]*+)*+'
    more = rf'{inside}(?:"{mark}{opening}{inside})*+'
    rest = rf'"(?:{mark}(?:{bare}{mark})*+{bare})?+\r*+'
    return _Quotes(*(re.compile(each.encode()) for each in (opening + more, more, more + rest)))


_QUOTES = {mark: _quotes(mark) for mark in DELIMITERS.values()}


class _Waiting:
    """The lines of a file. Each is looked at once, however many rows before it could have reached it."""

    def __init__(self, lines: Iterable[Line], quotes: _Quotes) -> None:
        self._lines = iter(lines)
        self._quotes = quotes
        self._ahead: deque[Line] = deque()
        # Of those ahead, so many stay inside of the quotes that they begin in, and have so many bytes.
        self._inside = self._size = 0
        # Whether the line behind these ends the row; None where it wasn't looked at.
        self._ends: bool | None = None

    def next(self) -> Line | None:
        if not self._ahead:
            return next(self._lines, None)
        line = self._ahead.popleft()
        if self._inside:
            self._inside -= 1
            self._size -= len(line.data)
        else:
            self._ends = None
        return line

    def rest_of_row(self, most: int) -> list[Line] | None:
        """The lines up to the one in which the quotes end that are open; None where they don't end within
        `most` bytes."""
        while (line := self._behind_those_inside()) is not None and self._size + len(line.data) <= most:
            if self._ends is None and not line.damage and self._quotes.stay_open.fullmatch(line.data):
                self._inside += 1
                self._size += len(line.data)
                continue
            if self._ends is None:
                self._ends = not line.damage and self._quotes.end_in.fullmatch(line.data) is not None
            if not self._ends:
                return None
            rest = [self._ahead.popleft() for _ in range(self._inside + 1)]
            self._inside = self._size = 0
            self._ends = None
            return rest
        return None

    def _behind_those_inside(self) -> Line | None:
        if self._inside == len(self._ahead):
            line = next(self._lines, None)
            if line is None:
                return None
            self._ahead.append(line)
        return self._ahead[self._inside]


def _quoted(first: Line, waiting: _Waiting, delimiter: str, most: int) -> Row:
    """The row that begins with the line `first`, and may go on in the next ones."""
    lines = [first]
    if _QUOTES[delimiter].open_in.fullmatch(first.data):
        rest = waiting.rest_of_row(most - len(first.data))
        if rest is None:
            return Row(first.data, (), _not_text(first.data) or _UNCLOSED)
        lines += rest
    texts = (_text(line.data) + "\n" for line in lines)
    try:
        fields = next(csv.reader(texts, delimiter=delimiter, strict=True), [])
    except csv.Error as error:
        is_return = "new-line" in str(error)
        said = "holds a carriage return outside of quotes" if is_return else _UNCLOSED
        return Row(first.data, (), _not_text(first.data) or said)
    return _row(b"\n".join(line.data for line in lines), fields)


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


def parting(first: bytes) -> str:
    """The format of a `.csv` file by its first line: commas, or what parts its columns where it has none."""
    names = _QUOTED.sub(b"", first).decode(errors="surrogateescape")
    return next((format for format, mark in DELIMITERS.items() if mark in names), "csv")


def parted_otherwise(columns: Sequence[str]) -> str:
    """What to do where a header's one name looks like several that another mark parts; empty where not."""
    if len(columns) != 1:
        return ""
    if ";" in columns[0]:
        return "semicolons are told from commas only in a .csv file given as PATH"
    return "columns parted by tabs are named by --stdin-format tsv" if "\t" in columns[0] else ""


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
