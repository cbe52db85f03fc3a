"""What a report shows: a run's records in their order, each proved against its row, and what was not read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec

from cleaner.dumps.endings import TEXT_ENDING
from cleaner.dumps.formats.restoring import BrokenRecord, Values
from cleaner.dumps.formats.shaped import FIELDS
from cleaner.dumps.inside import path_inside
from cleaner.dumps.pairing import CleanedRecord, Source, in_pairs
from cleaner.dumps.sidecar import ErrorRow, Row
from cleaner.errors import CleanerError
from cleaner.report.pieces import Piece, proved_pieces

_decode_string = msgspec.json.Decoder(str).decode
_decode_any = msgspec.json.Decoder().decode
_decode_row = msgspec.json.Decoder(Row).decode
_decode_error = msgspec.json.Decoder(ErrorRow).decode

_LONGEST_SEEN = 20_000
_CHANGED = "its text or its row was changed after the run: together they don't make the source text"


class State(StrEnum):
    """What became of a record."""

    article = "article"
    empty = "empty"
    """A page that holds no article."""
    unread = "unread"
    """The run could not read or clean it."""
    unmatched = "unmatched"
    """The cleaned record and its row don't belong together (any more), so no cut can be shown."""
    gone = "gone"
    """The run cleaned it, and it isn't in the cleaned file any more."""


class Entry(msgspec.Struct, frozen=True):
    """One record of a run."""

    id: str
    state: State
    pieces: list[Piece] = []
    """The source text; for what was not read, what there was to read."""
    reason: str = ""
    """Why it isn't an article with its cuts."""
    outlet: str | None = None
    title: str = ""
    url: str = ""
    told: dict[str, Any] = {}
    """What the removals or the page tell about the article."""
    pages: int = 0
    """Of an article joined from several records, how many."""


class Keys(msgspec.Struct, frozen=True):
    """The keys under which cleaned records hold what a reader wants to see beside the text."""

    title: str = "title"
    url: str = "url"


def record_entries(
    out: Iterable[CleanedRecord],
    rows: Iterable[bytes],
    errors: Iterable[bytes],
    keys: Keys,
    source: Source | None = None,
) -> Iterator[Entry]:
    """The entries of the cleaned records `out`, by their rows and the rows of what was not read.

    With the `source` of both, records that were taken out or moved are told by their ids or texts.
    """
    refused = _Refused(errors)

    def made(place: int, values: CleanedRecord | None, row: bytes | None) -> Entry:
        if row is None:
            reason = "no row is left for it: its cuts are unknown"
            return Entry(f"record {place}", State.unmatched, reason=reason)
        if values is None:
            return Entry(f"row {place}", State.gone, reason="no record is left for this row")
        return _of_record(place, values, row, keys)

    for place, entry in in_pairs(out, rows, made, _is_unmatched, source):
        yield from refused.before(place)
        yield entry
    yield from refused.rest()


def _is_unmatched(entry: Entry) -> bool:
    return entry.state is State.unmatched


def folder_entries(folder: Path, rows: Iterable[bytes], errors: Iterable[bytes]) -> Iterator[Entry]:
    """The entries of the texts in `folder` that `rows` name, and of what was not read."""
    refused = _Refused(errors)
    for index, row in enumerate(rows):
        yield from refused.before(index)
        yield _of_file(folder, index, row)
    yield from refused.rest()


class _Refused:
    """What a run could not read, each when its place among the records has come."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._lines = enumerate(lines)
        self._next = self._read()

    def before(self, index: int) -> Iterator[Entry]:
        """What stands before the cleaned record `index`."""
        while self._next is not None and self._next[0] <= index:
            yield self._next[1]
            self._next = self._read()

    def rest(self) -> Iterator[Entry]:
        """All that is left."""
        while self._next is not None:
            yield self._next[1]
            self._next = self._read()

    def _read(self) -> tuple[int, Entry] | None:
        index, line = next(self._lines, (0, None))
        if line is None:
            return None
        try:
            row = _decode_error(line)
            data = row.data
        except (msgspec.MsgspecError, UnicodeDecodeError, ValueError) as error:
            reason = f"is no row of a run ({error})"
            return 0, Entry(f"error row {index}", State.unmatched, [_seen(line)], reason)
        place = f"{row.file}#{row.index}" if row.file_id is None else row.file
        pieces: list[Piece] = [] if not data else [_seen(data)]
        return row.at, Entry(place, State.unread, pieces, row.reason)


def _seen(data: bytes) -> str:
    """What can be shown of bytes that are no article."""
    data = data.rstrip(b"\r\n")
    more = len(data) - _LONGEST_SEEN
    shown = data[:_LONGEST_SEEN].decode("utf-8", "backslashreplace")
    return shown if more <= 0 else f"{shown}\n… {more:,} more bytes"


def _of_record(index: int, values: Values | BrokenRecord, row_line: bytes, keys: Keys) -> Entry:
    place = f"record {index}"
    try:
        row = _decode_row(row_line)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        reason = f"its row is no row of a run ({error})"
        return Entry(place, State.unmatched, [_seen(row_line)], reason)
    id = _id(row)
    place = f"{place} (id {id})"
    if isinstance(values, BrokenRecord):
        return Entry(place, State.unmatched, reason=str(values), outlet=row.outlet)
    try:
        cleaned = _decode_string(values[row.text_field])
    except KeyError:
        reason = f"has no {row.text_field!r} any more"
        return Entry(place, State.unmatched, reason=reason, outlet=row.outlet)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        reason = f"can't be read any more ({error})"
        return Entry(place, State.unmatched, reason=reason, outlet=row.outlet)
    title, url = (_string(values.get(key)) for key in (keys.title, keys.url))
    told = dict(row.fields) if row.fields else _object(values.get(FIELDS))
    return _entry(id, place, cleaned, row, title=title, url=url, told=told)


def _of_file(folder: Path, index: int, row_line: bytes) -> Entry:
    try:
        row = _decode_row(row_line)
        id = _decode_string(row.id)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        return Entry(f"row {index}", State.unmatched, [_seen(row_line)], f"is no row of a run ({error})")
    name = id + TEXT_ENDING
    try:
        cleaned = path_inside(folder, name).read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        return Entry(name, State.unmatched, reason=f"can't be read any more ({error})", outlet=row.outlet)
    except CleanerError as error:
        return Entry(name, State.unmatched, reason=str(error), outlet=row.outlet)
    return _entry(id, name, cleaned, row, told=dict(row.fields or {}))


def _entry(
    id: str, place: str, cleaned: str, row: Row, told: dict[str, Any], title: str = "", url: str = ""
) -> Entry:
    try:
        pieces = proved_pieces(cleaned, row)
    except (ValueError, KeyError):
        return Entry(place, State.unmatched, [cleaned], _CHANGED, row.outlet, title, url)
    if row.no_article is not None:
        return Entry(id, State.empty, pieces, row.no_article, row.outlet, title, url, told, len(row.pages))
    own = told.get("title")
    title = title or (own if isinstance(own, str) else "")
    return Entry(id, State.article, pieces, "", row.outlet, title, url, told, len(row.pages))


def _id(row: Row) -> str:
    written = bytes(row.id)
    return _decode_string(written) if written[:1] == b'"' else written.decode()


def _string(raw: msgspec.Raw | None) -> str:
    try:
        return "" if raw is None else _decode_string(raw)
    except msgspec.MsgspecError:
        return ""


def _object(raw: msgspec.Raw | None) -> dict[str, Any]:
    try:
        value = None if raw is None else _decode_any(raw)
        # A format without objects holds them as JSON.
        value = _decode_any(value) if isinstance(value, str) else value
    except (msgspec.MsgspecError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
