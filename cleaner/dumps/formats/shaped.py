"""What a cleaned record holds: the source record's keys, with the text cleaned and a few keys more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

import msgspec

from cleaner.dumps.records import Record
from cleaner.dumps.sidecar import Change
from cleaner.result import Result

OUTLET = "outlet"
FIELDS = "fields"
NO_ARTICLE = "no_article"


class Writer(Protocol):
    """Turns cleaned records into bytes of a format. What it gives one after the other can be joined."""

    size: int
    """About how many bytes wait to be taken."""

    def add(self, record: Record, result: Result) -> Change:
        """Take a cleaned record. Gives back how it differs from its source record."""

    def take(self) -> bytes:
        """The bytes of all that was added since the last call."""


def cleaned_values(record: Record, result: Result, text_field: str) -> tuple[dict[str, Any], Change]:
    """The keys and values of a cleaned record, and how they differ from those of its source record."""
    values = dict(record.values)
    text_key = key_of_text(record, text_field)
    added, was_null = missing_text(record, text_key)
    if result.removals or added or was_null:
        values[text_key] = result.text
    for key, value in told(result):
        if key not in values:
            values[key] = value
            added.append(key)
    return values, Change(text_key, added, was_null, untold(record, result))


def key_of_text(record: Record, text_field: str) -> str:
    """The key that a record's text has, where the caller calls it `text_field`."""
    return "text" if record.made else text_field


def missing_text(record: Record, text_key: str) -> tuple[list[str], list[str]]:
    """The key of the text as a list where the source record lacks it, and where its value there is null."""
    if record.made or not record.from_page:
        return [], []
    return ([], [text_key]) if text_key in record.values else ([text_key], [])


def told(result: Result) -> Iterator[tuple[str, Any]]:
    """The keys that a cleaned record gets, with their values."""
    yield OUTLET, result.outlet
    yield FIELDS, result.fields
    if result.no_article is not None:
        yield NO_ARTICLE, result.no_article


def untold(record: Record, result: Result) -> Any:
    """The fields, where a cleaned record has no place for them: its source has a key of that name."""
    return result.fields if FIELDS in record.values else None


def with_text(values: Mapping[str, Any], key: str, text: str) -> Mapping[str, Any]:
    """The same values with this text under `key`. A row of Parquet stays one."""
    with_values = getattr(values, "with_values", None)
    if with_values is not None:
        found: Mapping[str, Any] = with_values({key: text})
        return found
    return {**values, key: msgspec.Raw(msgspec.json.encode(text))}


def as_json(values: Mapping[str, Any]) -> bytes:
    """A record's values as a JSON object."""
    return msgspec.json.encode(dict(values))
