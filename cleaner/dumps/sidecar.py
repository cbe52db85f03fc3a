"""The rows beside a cleaned dump: what was cut from each record, and what could not be read."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

import msgspec

from cleaner.dumps.records import Record, Unreadable
from cleaner.kinds import Certainty, Kind
from cleaner.result import Removal, Result

_encode = msgspec.json.Encoder().encode
_NAMES = {certainty: certainty.name for certainty in Certainty}


class Cut(msgspec.Struct, frozen=True):
    """A removal or a suspect as a row holds it; offsets are code points of the source text."""

    start: int
    end: int
    kind: str
    rule: str
    certainty: str
    text: str


class Row(msgspec.Struct, frozen=True, omit_defaults=True):
    """One record's row: enough to see every cut, and to undo them all."""

    id: msgspec.Raw
    outlet: str | None
    sha256: str
    """Of the source text, encoded as UTF-8."""
    removed: list[Cut]
    suspects: list[Cut]
    added: list[str] = []
    """The keys that the cleaned record has and the source record had not."""
    text_field: str = "text"
    fields: Mapping[str, Any] | None = None
    """What the removals tell, where the cleaned record itself has no place for it."""


class Proof(msgspec.Struct, frozen=True):
    """The part of a `Row` that restoring needs."""

    id: msgspec.Raw
    sha256: str
    removed: list[Cut]
    added: list[str] = []
    text_field: str = "text"

    def removals(self) -> list[Removal]:
        """The removals. Raises ValueError or KeyError where a kind or a certainty is none."""
        return [
            Removal(cut.start, cut.end, Kind(cut.kind), cut.rule, Certainty[cut.certainty], cut.text)
            for cut in self.removed
        ]


class ErrorRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """The row of something that could not be read."""

    file: str
    index: int
    reason: str
    at: int
    """How many cleaned records stand before it: its place among them."""
    file_id: str | None = None
    """For a text file, its id: the path of its text, without the ending."""
    raw: str | None = None
    raw_base64: str | None = None
    """In place of `raw` where the bytes aren't UTF-8."""

    @property
    def data(self) -> bytes | None:
        """The bytes as they were read; None where they are unknown. Raises ValueError for broken base64."""
        if self.raw is not None:
            return self.raw.encode()
        return None if self.raw_base64 is None else b64decode(self.raw_base64, validate=True)


def digest(text: str) -> str:
    """The SHA-256 of `text` encoded as UTF-8, in hexadecimal."""
    return sha256(text.encode()).hexdigest()


def row(
    record: Record, result: Result, added: list[str], text_field: str, fields: Mapping[str, Any] | None
) -> bytes:
    """A record's row, encoded, with its line's end."""
    made = Row(
        record.id,
        result.outlet,
        digest(record.document.text),
        _cuts(result.removals),
        _cuts(result.suspects),
        added,
        text_field,
        fields,
    )
    return _encode(made) + b"\n"


def error_row(item: Unreadable, at: int) -> bytes:
    """The row of something unreadable, encoded, with its line's end."""
    raw, raw_base64 = None, None
    if item.raw is not None:
        try:
            raw = item.raw.decode()
        except UnicodeDecodeError:
            raw_base64 = b64encode(item.raw).decode()
    return _encode(ErrorRow(item.file, item.index, item.reason, at, item.file_id, raw, raw_base64)) + b"\n"


def _cuts(removals: Iterable[Removal]) -> list[Cut]:
    return [Cut(cut.start, cut.end, cut.kind, cut.rule, _NAMES[cut.certainty], cut.text) for cut in removals]
