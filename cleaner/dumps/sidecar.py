"""The rows beside a cleaned dump: what was cut from each record, and what could not be read."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

import msgspec

from cleaner.dumps.endings import TEXT_ENDING
from cleaner.dumps.records import Record, SourcePage, Unreadable
from cleaner.kinds import Certainty, Kind
from cleaner.result import Removal, Result

_encode = msgspec.json.Encoder().encode
_TEXT = "text"
_JSONL = "jsonl"
_NAMES = {certainty: certainty.name for certainty in Certainty}


class Cut(msgspec.Struct, frozen=True, omit_defaults=True):
    """A removal or a suspect as a row holds it; offsets are code points of the source text."""

    start: int
    end: int
    kind: str
    rule: str
    certainty: str
    text: str
    path: str | None = None
    """The CSS path of the element that it stood in, where the text was read off a page."""


class Row(msgspec.Struct, frozen=True, omit_defaults=True):
    """One record's row: enough to see every cut, and to undo them all."""

    id: msgspec.Raw
    outlet: str | None
    sha256: str
    """Of the source text, of a page the text that was read off it, encoded as UTF-8."""
    removed: list[Cut]
    suspects: list[Cut]
    added: list[str] = []
    """The keys that the cleaned record has and the source record had not."""
    text_field: str = _TEXT
    fields: Mapping[str, Any] | None = None
    """What the removals tell, where the cleaned record itself has no place for it."""
    from_page: bool = False
    """Whether the source text was read off a page's HTML."""
    was_null: list[str] = []
    """The keys that are null in the source record."""
    origins: Mapping[str, str] = {}
    """Who said each of the fields."""
    no_article: str | None = None
    """Why the page holds no article."""
    pages: tuple[SourcePage, ...] = ()
    """Of an article joined from several records, those, in the order of the source text."""
    covered: tuple[SourcePage, ...] = ()
    """Records whose kept text all stands in this one, and which it replaces."""


class Proof(msgspec.Struct, frozen=True):
    """The part of a `Row` that restoring needs."""

    id: msgspec.Raw
    sha256: str
    removed: list[Cut]
    added: list[str] = []
    text_field: str = _TEXT
    from_page: bool = False
    was_null: list[str] = []
    pages: tuple[SourcePage, ...] = ()
    covered: tuple[SourcePage, ...] = ()

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
    """For a file that holds one article, its id: the path of its text, without the ending."""
    ending: str = TEXT_ENDING
    """What follows the id in the name of that file."""
    raw: str | None = None
    raw_base64: str | None = None
    """In place of `raw` where the bytes aren't UTF-8."""
    format: str = _JSONL
    """What the file holds, and `raw` with it; of a row of Parquet `raw` is its JSON."""
    arrow_base64: str | None = None
    """A row of Parquet as an Arrow IPC stream."""

    @property
    def arrow(self) -> bytes | None:
        """The row of Parquet; None where there is none. Raises ValueError for broken base64."""
        return None if self.arrow_base64 is None else b64decode(self.arrow_base64, validate=True)

    @property
    def data(self) -> bytes | None:
        """The bytes as they were read; None where they are unknown. Raises ValueError for broken base64."""
        if self.raw is not None:
            return self.raw.encode()
        return None if self.raw_base64 is None else b64decode(self.raw_base64, validate=True)


def digest(text: str) -> str:
    """The SHA-256 of `text` encoded as UTF-8, in hexadecimal."""
    return sha256(text.encode()).hexdigest()


class Change(msgspec.Struct, frozen=True):
    """How a cleaned record differs from its source record, beside the cuts."""

    text_field: str = _TEXT
    added: list[str] = []
    was_null: list[str] = []
    untold: Mapping[str, Any] | None = None
    """The fields, where the cleaned record has no place for them."""


def row(record: Record, result: Result, change: Change) -> bytes:
    """A record's row, encoded, with its line's end."""
    made = Row(
        record.id,
        result.outlet,
        digest(record.document.text),
        _cuts(result.removals),
        _cuts(result.suspects),
        change.added,
        _usual(change.text_field, _TEXT),
        change.untold,
        record.from_page,
        change.was_null,
        result.origins,
        result.no_article,
        record.pages,
        record.covered,
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
    ending = _usual(item.ending or TEXT_ENDING, TEXT_ENDING)
    arrow = None if item.arrow is None else b64encode(item.arrow).decode()
    made = ErrorRow(
        item.file,
        item.index,
        item.reason,
        at,
        item.file_id,
        ending,
        raw,
        raw_base64,
        _usual(item.format, _JSONL),
        arrow,
    )
    return _encode(made) + b"\n"


def _usual(value: str, usual: str) -> str:
    """`value`, and `usual` itself where it is equal: a default is left out only where it is that very string,
    which one out of another process is not."""
    return usual if value == usual else value


def _cuts(removals: Iterable[Removal]) -> list[Cut]:
    return [
        Cut(cut.start, cut.end, cut.kind, cut.rule, _NAMES[cut.certainty], cut.text, cut.path)
        for cut in removals
    ]
