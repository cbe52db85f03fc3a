"""One article of a dump: read from a line of JSONL or from a text file, or refused with a reason."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

import msgspec

from cleaner.document import Document


class FieldNames(msgspec.Struct, frozen=True):
    """The keys under which records hold what a cleaner wants to know; an empty `outlet` is not looked at."""

    text: str = "text"
    url: str = "url"
    id: str = "id"
    title: str = "title"
    outlet: str = ""


class Record(msgspec.Struct, frozen=True):
    """One article of a dump, in place `index` (the line, from 0) of `file`."""

    file: str
    index: int
    id: msgspec.Raw
    """The id as JSON: the record's own (text or number), verbatim, else the string `file#index`."""
    document: Document
    values: dict[str, Any]
    """Every key of the source record with its value as it was written; of a text file, its id and text."""
    raw: bytes
    """The bytes it was read from."""
    outlet: str | None = None
    """The outlet that the record itself names."""
    file_id: str | None = None
    """For a text file, its id: the path of its text, without the ending."""


class Unreadable(msgspec.Struct, frozen=True):
    """Something in a dump that is no article, and why."""

    file: str
    index: int
    reason: str
    raw: bytes | None = None
    """The bytes that were read, without the line's end; None where nothing could be read."""
    file_id: str | None = None
    """As in a `Record`."""

    @property
    def place(self) -> str:
        """Where it stands: `file#index`, for a text file its name alone."""
        return f"{self.file}#{self.index}" if self.file_id is None else self.file


Item: TypeAlias = Record | Unreadable

_BOM = b"\xef\xbb\xbf"
# What a second, equal key adds to a record at the very least: `,"":0`.
_SHORTEST_PAIR = 5
_TYPE_NAMES = {
    b"n": "null",
    b"{": "an object",
    b"[": "a list",
    b'"': "a string",
    b"t": "a boolean",
    b"f": "a boolean",
}
_HALF_PAIR = re.compile("[\ud800-\udfff]")

_encode = msgspec.json.Encoder().encode
_decode_record = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_decode_string = msgspec.json.Decoder(str).decode


class RecordReader:
    """Turns lines and files into records. Counts what it passes over: nothing is dropped unsaid."""

    def __init__(self, names: FieldNames) -> None:
        self.names = names
        self.blank_lines = 0
        self.bytes_read = 0
        self.ignored: Counter[str] = Counter()
        """How often the value under a key was of a type that it can't be used in."""

    def lines(self, file: str, lines: Iterable[bytes]) -> Iterator[Item]:
        """The records of `lines`, the lines of a JSONL file called `file`."""
        for index, line in enumerate(lines):
            self.bytes_read += len(line)
            if not index and line.startswith(_BOM):
                line = line[len(_BOM) :]
            try:
                values = _decode_record(line)
                if not line.isascii():
                    line.decode()
                item = self._record(file, index, line, values)
            except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
                if not line.strip():
                    self.blank_lines += 1
                    continue
                item = _refused(file, index, _reason(line, error), line)
            yield item

    def text(self, file: str, id: str, data: bytes) -> Item:
        """The record of a text file: `data` is all that is in it."""
        self.bytes_read += len(data)
        try:
            text = data.decode()
        except UnicodeDecodeError as error:
            return Unreadable(file, 0, _not_utf8(error), data, id)
        raw = msgspec.Raw(_encode(id))
        values = {"id": raw, "text": msgspec.Raw(_encode(text))}
        return Record(file, 0, raw, Document(text, id), values, data, file_id=id)

    def _record(self, file: str, index: int, line: bytes, values: dict[str, msgspec.Raw]) -> Item:
        double = _double_key(line, values)
        if double is not None:
            reason = f"has the key {double!r} twice, so it can't be told which one counts"
            return _refused(file, index, reason, line)
        names = self.names
        raw_text = values.get(names.text)
        if raw_text is None:
            return _refused(file, index, _no_text(names.text, values), line)
        try:
            text = _decode_string(raw_text)
        except msgspec.ValidationError:
            return _refused(file, index, f"{names.text!r} is {_type_name(raw_text)}, not text", line)
        id, raw_id = self._id(file, index, values.get(names.id))
        document = Document(text, id, self._string(names.url, values), self._string(names.title, values))
        said = self._string(names.outlet, values) if names.outlet else None
        return Record(file, index, raw_id, document, values, line, said)

    def _id(self, file: str, index: int, raw: msgspec.Raw | None) -> tuple[str, msgspec.Raw]:
        if raw is not None:
            written = bytes(raw)
            if written[0] == 0x22 and len(written) > 2:
                return _decode_string(written), raw
            if written[0] in b"-0123456789":
                return written.decode(), raw
            if written not in (b"null", b'""'):
                self.ignored[self.names.id] += 1
        made = f"{file}#{index}"
        return made, msgspec.Raw(_encode(made))

    def _string(self, name: str, values: dict[str, msgspec.Raw]) -> str | None:
        raw = values.get(name)
        if raw is None:
            return None
        try:
            return _decode_string(raw)
        except msgspec.ValidationError:
            if bytes(raw) != b"null":
                self.ignored[name] += 1
            return None


def _refused(file: str, index: int, reason: str, line: bytes) -> Unreadable:
    return Unreadable(file, index, reason, line.rstrip(b"\r\n"))


def _double_key(line: bytes, values: dict[str, msgspec.Raw]) -> str | None:
    """A key that the record has twice; the decoder keeps the last one and says nothing."""
    once = _encode(values)
    if len(line) - len(once) < _SHORTEST_PAIR:
        return None
    compact = msgspec.json.format(line, indent=-1)
    # Most records are flat: then the first comparison tells, and the second, dearer one is not needed.
    if compact == once or len(compact) - len(msgspec.json.format(once, indent=-1)) < _SHORTEST_PAIR:
        return None
    seen: set[str] = set()
    for key, _ in json.loads(line, object_pairs_hook=_Pairs):
        if key in seen:
            return str(key)
        seen.add(key)
    return None


class _Pairs(list[tuple[str, Any]]):
    """An object's pairs as they stand, the doubles among them."""


def _reason(line: bytes, error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return _not_utf8(error)
    if isinstance(error, RecursionError):
        return "is nested too deeply to be read"
    if isinstance(error, msgspec.ValidationError):
        return f"is {_type_name(line)}, not a JSON object"
    try:
        line.decode()
    except UnicodeDecodeError as not_utf8:
        return _not_utf8(not_utf8)
    half = _half_pair(line)
    if half:
        return f"holds half of a surrogate pair ({half}), which is no text"
    return f"is no valid JSON ({str(error).removeprefix('JSON is malformed: ')})"


def _half_pair(line: bytes) -> str | None:
    try:
        written = json.dumps(json.loads(line), ensure_ascii=False)
    except (ValueError, RecursionError):
        return None
    found = _HALF_PAIR.search(written)
    return f"\\u{ord(found.group()):04x}" if found else None


def _not_utf8(error: UnicodeDecodeError) -> str:
    return f"isn't UTF-8 (byte 0x{error.object[error.start]:02x} at byte {error.start})"


def _no_text(name: str, values: dict[str, msgspec.Raw]) -> str:
    has = ", ".join(map(repr, list(values)[:8])) or "no key at all"
    more = ", …" if len(values) > 8 else ""
    return f"has no {name!r}; it has {has}{more}"


def _type_name(raw: msgspec.Raw | bytes) -> str:
    first = bytes(raw).lstrip()[:1]
    return _TYPE_NAMES.get(first, "a number")
