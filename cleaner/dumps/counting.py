"""The work on one shard where a ledger is built: its articles are read and their lines counted."""

from __future__ import annotations

from collections import Counter

import msgspec

from cleaner.decide import Policy
from cleaner.document import Document
from cleaner.dumps.cleaners import Cleaners
from cleaner.dumps.formats.lines import MAX_RECORD
from cleaner.dumps.records import FieldNames, Record, RecordReader, Unreadable
from cleaner.dumps.shards import Shard, items_of
from cleaner.dumps.tally import Tally
from cleaner.ledger import SHELVES
from cleaner.ledger_builder import keys_of
from cleaner.outlet import Outlet


class Counts(msgspec.Struct, frozen=True):
    """What a shard adds to a ledger."""

    number: int
    size: int
    """How many bytes of the sources it took up."""
    articles: dict[str, int]
    """How many of each outlet; an empty name stands for unknown outlets."""
    shelves: dict[str, dict[int, int]]
    """By shelf, how many articles have each key."""
    refused: tuple[Unreadable, ...] = ()


class Counting(msgspec.Struct, frozen=True):
    """All that decides what is counted. It can be pickled."""

    names: FieldNames
    outlet: str | None = None
    packs: tuple[Outlet, ...] = ()

    def worker(self) -> CountingWorker:
        """What counts shards so. Raises OutletError where the outlet isn't installed."""
        return CountingWorker(self)


class CountingWorker:
    """Counts shards. What it needs is made once; one shard leaves no traces for the next."""

    def __init__(self, work: Counting) -> None:
        self._names = work.names
        self._cleaners = Cleaners(Policy(), work.outlet, work.packs)
        self._pages = self._cleaners.pages()

    def __call__(self, shard: Shard) -> Counts:
        """What `shard` adds. Raises CleanerError where its source is no longer as it was."""
        reader = RecordReader(self._names, self._pages, most=MAX_RECORD)
        articles: Counter[str] = Counter()
        shelves: dict[str, Counter[int]] = {shelf: Counter() for shelf in SHELVES}
        refused: list[Unreadable] = []
        tally = Tally()
        for item in items_of(shard, reader):
            if not isinstance(item, Record):
                refused.append(msgspec.structs.replace(item, raw=None))
                continue
            outlet = self._cleaners.recognised(item, tally)
            articles[outlet or ""] += 1
            for shelf, keys in keys_of(_titled(item.document), outlet).items():
                shelves[shelf].update(keys)
        counted = {shelf: dict(keys) for shelf, keys in shelves.items()}
        return Counts(shard.number, shard.size, dict(articles), counted, tuple(refused))


def _titled(document: Document) -> Document:
    """The document, with the title that its page gives where its record gives none."""
    fact = document.facts.get("title")
    if document.title or fact is None:
        return document
    return Document(document.text, document.id, document.url, str(fact.value))
