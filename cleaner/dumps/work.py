"""The work on one shard: read it, clean it, encode it. It can be done anywhere, in any order.

What comes of it hangs on the shard and the settings alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec

from cleaner.decide import Policy
from cleaner.dumps.cleaners import Cleaners
from cleaner.dumps.formats.lines import MAX_RECORD
from cleaner.dumps.formats.target import Target
from cleaner.dumps.joined_article import JoinedArticle
from cleaner.dumps.records import FieldNames, Item, Record, RecordReader, Unreadable
from cleaner.dumps.recurring import every
from cleaner.dumps.run import run
from cleaner.dumps.shards import Cursor, Shard, items_of
from cleaner.dumps.sidecar import Change
from cleaner.dumps.sinks import RecordSink, Sidecars, Sink, TextSink
from cleaner.dumps.tally import Tally
from cleaner.ledger import Ledger
from cleaner.outlet import Outlet
from cleaner.result import Result

Shape: TypeAlias = Literal["records", "texts", "text"]
"""What cleaned articles become: records of one file, texts in files of their own, one text."""


class Settings(msgspec.Struct, frozen=True):
    """All that decides what a shard becomes. It can be pickled."""

    names: FieldNames
    policy: Policy
    shape: Shape = "records"
    target: Target = Target()
    """What records are written as."""
    most: int = MAX_RECORD
    """How large a record may be, in bytes."""
    rows: bool = True
    """Whether the rows are kept."""
    outlet: str | None = None
    packs: tuple[Outlet, ...] = ()
    ledger: Path | None = None
    ledger_sha256: str | None = None
    """The one that the ledger must tell of itself, where it was open before."""

    def cleaners(self) -> Cleaners:
        """The cleaners of a run. Raises CleanerError where an outlet or the ledger can't be loaded."""
        ledger = Ledger(self.ledger, self.ledger_sha256) if self.ledger else None
        return Cleaners(self.policy, self.outlet, self.packs, ledger)

    def worker(self) -> Worker:
        """What cleans shards so. Raises CleanerError as `cleaners` does."""
        return Worker(self)


class Refusal(msgspec.Struct, frozen=True):
    """Something that could not be cleaned, behind so many cleaned records of its shard."""

    at: int
    item: Unreadable


class Part(msgspec.Struct, frozen=True):
    """What a shard becomes."""

    number: int
    size: int
    """How many bytes of the sources it took up."""
    after: Cursor
    records: bytes = b""
    """The cleaned records, encoded; empty where they become texts."""
    texts: tuple[tuple[str, bytes], ...] = ()
    """Each text's id and its bytes."""
    rows: bytes = b""
    refusals: tuple[Refusal, ...] = ()
    tally: Tally = msgspec.field(default_factory=Tally)


class Worker:
    """Cleans shards. What it needs is made once; one shard leaves no traces for the next."""

    def __init__(self, settings: Settings) -> None:
        """Raises CleanerError where an outlet or the ledger can't be loaded."""
        self.cleaners = settings.cleaners()
        ledger = self.cleaners.ledger
        self.settings = msgspec.structs.replace(
            settings, ledger_sha256=None if ledger is None else ledger.header.sha256
        )
        """Those for further workers, which take no other ledger than this one has."""
        self._pages = self.cleaners.pages()

    def __call__(self, shard: Shard) -> Part:
        """What `shard` becomes. Raises CleanerError where its source is no longer as it was."""
        reader = RecordReader(self.settings.names, self._pages, most=self.settings.most)
        part = self.part(items_of(shard, reader), shard.number, shard.size, shard.after)
        part.tally.passed_over(reader)
        return part

    def part(self, items: Iterable[Item | JoinedArticle], number: int, size: int, after: Cursor) -> Part:
        """What `items` become, which are the whole of a stretch; the rest says where that stands."""
        tally, sink = Tally(lines_of_every=every(number)), _PartSink(self.settings)
        run(items, self.cleaners, sink, tally)
        sink.flush()
        records, rows = sink.records.getvalue(), sink.rows.getvalue()
        return Part(number, size, after, records, tuple(sink.texts), rows, tuple(sink.refusals), tally)


class _PartSink:
    """Holds what the records of one shard become."""

    def __init__(self, settings: Settings) -> None:
        self.records, self.rows = BytesIO(), BytesIO()
        self.texts: list[tuple[str, bytes]] = []
        self.refusals: list[Refusal] = []
        self._done = 0
        sidecars = Sidecars(self.rows if settings.rows else None, None)
        self._sink = self._sink_for(settings, sidecars)

    def _sink_for(self, settings: Settings, sidecars: Sidecars) -> Sink:
        if settings.shape == "records":
            return RecordSink(self.records, sidecars, settings.target)
        if settings.shape == "text":
            return TextSink(self.records, sidecars)
        return _TextsSink(self.texts, sidecars)

    def flush(self) -> None:
        self._sink.flush()

    def put(self, record: Record, result: Result) -> None:
        self._done += 1
        self._sink.put(record, result)

    def refuse(self, item: Unreadable) -> None:
        self.refusals.append(Refusal(self._done, item))


class _TextsSink:
    """Holds texts that will be files of their own."""

    def __init__(self, texts: list[tuple[str, bytes]], sidecars: Sidecars) -> None:
        self._texts = texts
        self._sidecars = sidecars

    def put(self, record: Record, result: Result) -> None:
        assert record.file_id is not None
        self._texts.append((record.file_id, result.text.encode()))
        self._sidecars.put(record, result, Change(untold=result.fields))

    def refuse(self, item: Unreadable) -> None:
        self._sidecars.refuse(item)

    def flush(self) -> None:
        pass
