"""Records out of the rows of CSV and TSV: every value is a string, under its column's name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from cleaner.dumps.formats.delimited import (
    BOM,
    DELIMITERS,
    Header,
    Row,
    fitting,
    header,
    parted_otherwise,
    rows,
)
from cleaner.dumps.formats.lines import Line, lines, too_large
from cleaner.dumps.formats.packed import Piece
from cleaner.dumps.records import FieldNames, Item, RecordReader, Unreadable, first_keys

_encode = msgspec.json.Encoder().encode
_NULL = msgspec.Raw(b"null")
_EMPTY = b'""'


def units(pieces: Iterator[Piece], format: str, most: int) -> Iterator[Row]:
    """The rows of a file, the header first; the place of each behind the header is its index."""
    return rows(_without_bom(lines(pieces, most)), DELIMITERS[format], most)


def rows_of(data: bytes, format: str, most: int) -> Iterator[Row]:
    """The rows of a stretch that begins and ends with whole rows, the header not among them."""
    return rows(lines((data,), most), DELIMITERS[format], most)


def item(
    name: str, index: int, row: Row, columns: Sequence[str], format: str, reader: RecordReader
) -> Item | None:
    """What stands in row `index` of the file called `name`; None where it is empty."""
    if row.damage:
        return Unreadable(name, index, row.damage, row.data or None, format=format)
    if not row.fields:
        reader.blank_lines += 1
        return None
    fields = fitting(row.fields, columns)
    if fields is None:
        reason = f"has {len(row.fields)} fields, but its header names {len(columns)}"
        return Unreadable(name, index, reason, row.data, format=format)
    if len(row.data) > reader.most:
        return Unreadable(name, index, too_large(reader.most), format=format)
    values = {column: msgspec.Raw(_encode(field)) for column, field in zip(columns, fields, strict=True)}
    _say_what_is_empty(values, reader)
    return reader.record(name, index, row.data, values, format)


def items(name: str, pieces: Iterator[Piece], format: str, reader: RecordReader) -> Iterator[Item]:
    """What stands in a file, row by row."""
    found = units(pieces, format, reader.most)
    head = header(found)
    if head is None:
        return
    refused = refusal(name, head, format, reader.names)
    if refused is not None:
        yield refused
        return
    for index, row in enumerate(found):
        each = item(name, index, row, head.columns, format, reader)
        if each is not None:
            yield each


def refusal(name: str, head: Header, format: str, names: FieldNames) -> Unreadable | None:
    """Why no row can be read under this header; None where they can be."""
    if head.damage:
        return Unreadable(name, 0, head.damage, format=format, of_file=True)
    reason = no_column(head.columns, names)
    if not reason:
        return None
    return Unreadable(name, 0, reason, format=format, of_file=True, keys=first_keys(head.columns))


def no_column(columns: Sequence[str], names: FieldNames) -> str:
    """Why nothing can be read out of these columns; empty where it can."""
    if names.text in columns or names.html in columns:
        return ""
    has = ", ".join(map(repr, columns[:8])) + (", …" if len(columns) > 8 else "")
    otherwise = parted_otherwise(columns)
    if otherwise:
        return f"has one column, {has}: {otherwise}"
    return (
        f"has neither a column {names.text!r} nor {names.html!r}, so none of it is read; it has {has}: "
        "name the one with the text by --text-field"
    )


def first_columns(pieces: Iterator[Piece], format: str, most: int) -> Header | None:
    """The header of a file; None where it is empty."""
    return header(units(pieces, format, most))


def _say_what_is_empty(values: dict[str, msgspec.Raw], reader: RecordReader) -> None:
    """An empty field is how a row says that it has no text, where it has a page."""
    names = reader.names
    has_page = bytes(values.get(names.html, _EMPTY)) != _EMPTY
    if has_page and bytes(values.get(names.text, b"")) == _EMPTY:
        values[names.text] = _NULL


def _without_bom(lines: Iterator[Line]) -> Iterator[Line]:
    first = next(lines, None)
    if first is None:
        return
    yield first._replace(data=first.data.removeprefix(BOM))
    yield from lines
