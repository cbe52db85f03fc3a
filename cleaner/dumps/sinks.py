"""Where cleaned records go: one file or a stream."""

from __future__ import annotations

from typing import BinaryIO, Protocol

from cleaner.dumps.formats.packed import PLAIN
from cleaner.dumps.formats.target import Target
from cleaner.dumps.records import Record, Unreadable
from cleaner.dumps.sidecar import Change, error_row, row
from cleaner.result import Result

_FULL = 1 << 20


class Sink(Protocol):
    """What takes the records of a run, in their order."""

    def put(self, record: Record, result: Result) -> None:
        """Take a cleaned record."""

    def refuse(self, item: Unreadable) -> None:
        """Take something that could not be read."""

    def flush(self) -> None:
        """Write what waits to be written. It must be called behind the last record."""


class Sidecars:
    """The two files beside a cleaned dump; None for one that isn't kept."""

    def __init__(self, removed: BinaryIO | None, errors: BinaryIO | None) -> None:
        self._removed = removed
        self._errors = errors
        self._records = 0

    def put(self, record: Record, result: Result, change: Change) -> None:
        self._records += 1
        if self._removed is not None:
            self._removed.write(row(record, result, change))

    def refuse(self, item: Unreadable) -> None:
        if self._errors is not None:
            self._errors.write(error_row(item, self._records))


class RecordSink:
    """Writes records to a stream, in the format of a target."""

    def __init__(self, out: BinaryIO, sidecars: Sidecars, target: Target) -> None:
        self._out = out
        self._sidecars = sidecars
        self._target = target
        self._writer = target.writer()
        # What is packed is packed the better the more of it there is.
        self._full = 1 if target.format == "jsonl" and target.packing == PLAIN else _FULL

    def put(self, record: Record, result: Result) -> None:
        self._sidecars.put(record, result, self._writer.add(record, result))
        if self._writer.size >= self._full:
            self.flush()

    def refuse(self, item: Unreadable) -> None:
        self._sidecars.refuse(item)

    def flush(self) -> None:
        data = self._writer.take()
        if data:
            self._out.write(self._target.part(data))


class TextSink:
    """Writes one text to a stream, as it is."""

    def __init__(self, out: BinaryIO, sidecars: Sidecars) -> None:
        self._out = out
        self._sidecars = sidecars

    def put(self, record: Record, result: Result) -> None:
        self._out.write(result.text.encode())
        self._sidecars.put(record, result, Change(untold=result.fields))

    def refuse(self, item: Unreadable) -> None:
        self._sidecars.refuse(item)

    def flush(self) -> None:
        pass
