"""Where cleaned records go: one JSONL file, a folder of texts, or a stream."""

from __future__ import annotations

from pathlib import Path
from typing import Any, BinaryIO, Protocol

import msgspec

from cleaner.dumps.inside import path_inside
from cleaner.dumps.records import Record, Unreadable
from cleaner.dumps.sidecar import error_row, row
from cleaner.dumps.sources import TEXT_ENDING
from cleaner.dumps.whole import WholeFiles
from cleaner.result import Result

_encode = msgspec.json.Encoder().encode

OUTLET = "outlet"
FIELDS = "fields"


class Sink(Protocol):
    """What takes the records of a run, in their order."""

    def put(self, record: Record, result: Result) -> None:
        """Take a cleaned record."""

    def refuse(self, item: Unreadable) -> None:
        """Take something that could not be read."""


class Sidecars:
    """The two files beside a cleaned dump; None for one that isn't kept."""

    def __init__(self, removed: BinaryIO | None, errors: BinaryIO | None) -> None:
        self._removed = removed
        self._errors = errors
        self._records = 0

    def put(
        self, record: Record, result: Result, added: list[str], text_field: str, fields: dict[str, Any] | None
    ) -> None:
        self._records += 1
        if self._removed is not None:
            self._removed.write(row(record, result, added, text_field, fields))

    def refuse(self, item: Unreadable) -> None:
        if self._errors is not None:
            self._errors.write(error_row(item, self._records))


class RecordSink:
    """Writes records to a JSONL stream: the source record with its text cleaned, and two keys more."""

    def __init__(self, out: BinaryIO, sidecars: Sidecars, text_field: str) -> None:
        self._out = out
        self._sidecars = sidecars
        self._text_field = text_field

    def put(self, record: Record, result: Result) -> None:
        values = dict(record.values)
        added: list[str] = []
        text_field = self._text_field if self._text_field in values else "text"
        if result.removals:
            values[text_field] = result.text
        if OUTLET not in values:
            values[OUTLET] = result.outlet
            added.append(OUTLET)
        told = None
        if FIELDS not in values:
            values[FIELDS] = result.fields
            added.append(FIELDS)
        else:
            told = dict(result.fields)
        self._out.write(_encode(values) + b"\n")
        self._sidecars.put(record, result, added, text_field, told)

    def refuse(self, item: Unreadable) -> None:
        self._sidecars.refuse(item)


class FolderSink:
    """Writes each text to a file of its own, `<id>.txt` inside the folder."""

    def __init__(self, folder: Path, files: WholeFiles, sidecars: Sidecars) -> None:
        self._folder = folder
        self._files = files
        self._sidecars = sidecars

    def put(self, record: Record, result: Result) -> None:
        assert record.file_id is not None
        path = path_inside(self._folder, record.file_id + TEXT_ENDING)
        self._files.make_folder(path.parent)
        self._files.write(path, result.text.encode())
        self._sidecars.put(record, result, [], "text", dict(result.fields))

    def refuse(self, item: Unreadable) -> None:
        self._sidecars.refuse(item)


class TextSink:
    """Writes one text to a stream, as it is."""

    def __init__(self, out: BinaryIO, sidecars: Sidecars) -> None:
        self._out = out
        self._sidecars = sidecars

    def put(self, record: Record, result: Result) -> None:
        self._out.write(result.text.encode())
        self._sidecars.put(record, result, [], "text", dict(result.fields))

    def refuse(self, item: Unreadable) -> None:
        self._sidecars.refuse(item)
