"""Which row a cleaned record belongs to, also where records were taken out or moved after the run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack
from itertools import chain, islice
from typing import BinaryIO, Protocol, TypeAlias, TypeVar

import msgspec

from cleaner.dumps.formats.restoring import BrokenRecord, Values
from cleaner.dumps.row_index import RowIndex, id_of
from cleaner.dumps.sidecar import Proof, digest
from cleaner.result import rebuild

_decode_string = msgspec.json.Decoder(str).decode
_decode_proof = msgspec.json.Decoder(Proof).decode

CleanedRecord: TypeAlias = Values | BrokenRecord
Pair: TypeAlias = tuple[int, CleanedRecord | None, bytes | None]
"""A record and its row, and the row's place; None where one is missing. Without a row, the record's place."""
_Made = TypeVar("_Made")


class Source(Protocol):
    """A cleaned file and its rows, each of which can be read from its beginning again."""

    @property
    def id_key(self) -> str:
        """The key under which the records hold their ids, where they have any."""

    def records(self) -> AbstractContextManager[Iterator[CleanedRecord]]:
        """The cleaned records."""

    def rows(self) -> AbstractContextManager[BinaryIO]:
        """Their rows, a line each."""


def in_pairs(
    records: Iterable[CleanedRecord],
    rows: Iterable[bytes],
    make: Callable[[int, CleanedRecord | None, bytes | None], _Made],
    fails: Callable[[_Made], bool],
    source: Source | None = None,
) -> Iterator[tuple[int, _Made]]:
    """What `make` makes of each `Pair`, with its place.

    A record's row is the one in its place. From the first on of which `make` makes what `fails`, its row is
    the one with its id, if `source` has one for every record; else the next one that its text proves, if that
    holds for every record; else still the one in its place. Memory doesn't grow with the dump.
    """
    records = iter(records)
    by_place = enumerate(rows)
    for index, record in enumerate(records):
        place, row = next(by_place, (index, None))
        made = make(place, record, row)
        if source is not None and fails(made):
            with ExitStack() as reading:
                moved = _moved(source, index, chain((record,), records), reading)
                if moved is not None:
                    yield from ((pair[0], make(*pair)) for pair in moved)
                    return
            source = None
        yield place, made
    for place, row in by_place:
        yield place, make(place, None, row)


def _moved(
    source: Source, start: int, records: Iterator[CleanedRecord], reading: ExitStack
) -> Iterator[Pair] | None:
    """The pairs of `records`, those from the place `start` on, if ids or texts tell each one's row.

    The rows are read for as long as `reading` is open.
    """
    try:
        index = RowIndex(reading.enter_context(source.rows()), start)
    except ValueError:
        pass
    else:
        reading.callback(index.close)
        with source.records() as again:
            if all(_id(record, source) in index for record in islice(again, start, None)):
                return _by_id(records, index, source, start)
    with source.records() as again, source.rows() as rows:
        pairs = _in_order(islice(again, start, None), islice(enumerate(rows), start, None))
        if any(row is None for _, _, row in pairs):
            return None
    rows = reading.enter_context(source.rows())
    return _in_order(records, islice(enumerate(rows), start, None))


def _by_id(records: Iterator[CleanedRecord], index: RowIndex, source: Source, start: int) -> Iterator[Pair]:
    for at, record in enumerate(records, start):
        place, row = index.take(_id(record, source)) or (at, None)
        yield place, record, row
    for place, row in index.left():
        yield place, None, row


def _in_order(records: Iterator[CleanedRecord], rows: Iterator[tuple[int, bytes]]) -> Iterator[Pair]:
    """Each of `records` with the next of `rows` that is its own, and the rows that are none's."""
    place = 0
    for record in records:
        for place, row in rows:
            if _proves(record, row):
                yield place, record, row
                break
            yield place, None, row
        else:
            yield place, record, None
    for place, row in rows:
        yield place, None, row


def _id(record: CleanedRecord, source: Source) -> str:
    """The id of `record`; where it has none, one that no row has."""
    found = None if isinstance(record, BrokenRecord) else id_of(record, source.id_key)
    return found or ""


def _proves(record: CleanedRecord, row: bytes) -> bool:
    """Whether `row` makes of the text of `record` the source text that it tells of."""
    if isinstance(record, BrokenRecord):
        return False
    try:
        proof = _decode_proof(row)
        cleaned = _decode_string(record[proof.text_field])
        return digest(rebuild(cleaned, proof.removals())) == proof.sha256
    except (msgspec.MsgspecError, ValueError, KeyError, RecursionError):
        return False
