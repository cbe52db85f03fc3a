"""Where the records of an archive begin: found from any byte on, also behind damage."""

from __future__ import annotations

from collections.abc import Iterator
from io import SEEK_END, BytesIO
from typing import BinaryIO

from cleaner.dumps.formats.needed import needed
from cleaner.dumps.formats.packed import GZIP, PLAIN, ZSTD

_MARKS = {PLAIN: b"\nWARC/1.", GZIP: b"\x1f\x8b\x08", ZSTD: b"\x28\xb5\x2f\xfd"}
# How far into the mark the record begins.
_BEFORE = {PLAIN: 1, GZIP: 0, ZSTD: 0}
_VERSION = b"WARC/"
_PIECE = 1 << 20
_TRIAL = 1 << 12


class Starts:
    """The beginnings of records in one file, which can be sought in."""

    def __init__(self, file: BinaryIO, packing: str) -> None:
        self._file = file
        self._packing = packing
        self._mark = _MARKS[packing]

    def next(self, at: int) -> int | None:
        """Where the first record at or behind byte `at` begins; None where there is none.

        A packed one must unpack so far that it can be told for a record.
        """
        return next((place for place in self._marks(at) if self._is_record(place)), None)

    def mark(self, at: int) -> int | None:
        """Where the first record at or behind byte `at` seems to begin, even if it can't be read."""
        return next(self._marks(at), None)

    def is_one(self, at: int) -> bool:
        """Whether what stands at byte `at` begins as a record does. The place in the file stays as it is."""
        here = self._file.tell()
        before = _BEFORE[self._packing]
        self._file.seek(max(at - before, 0))
        found = self._file.read(len(self._mark))
        self._file.seek(here)
        return found == self._mark

    def left_over(self, at: int) -> int | None:
        """Where what is left behind the packed record at byte `at` begins; None where it ends the file."""
        if self._packing != GZIP:
            return None
        # A mark is no proof: the last record's own bytes can hold one.
        import zlib

        unpacker = zlib.decompressobj(31)
        self._file.seek(at)
        while piece := self._file.read(_PIECE):
            data = piece
            while data and not unpacker.eof:
                try:
                    unpacker.decompress(data, _PIECE)
                except zlib.error:
                    return None
                data = unpacker.unconsumed_tail
            if unpacker.eof:
                place = self._file.tell() - len(unpacker.unused_data)
                left = unpacker.unused_data + self._file.read(_PIECE)
                return place if left.strip(b"\0") else None
        return None

    def _marks(self, at: int) -> Iterator[int]:
        before = _BEFORE[self._packing]
        size = self._file.seek(0, SEEK_END)
        place = max(at - before, 0)
        if not at and self._packing == PLAIN:
            yield 0
        while place < size:
            self._file.seek(place)
            data = self._file.read(_PIECE)
            found = data.find(self._mark)
            while found >= 0:
                yield place + found + before
                found = data.find(self._mark, found + 1)
            # A mark may stand across two pieces.
            place += max(len(data) - len(self._mark) + 1, 1)

    def _is_record(self, place: int) -> bool:
        if self._packing == PLAIN:
            return True
        self._file.seek(place)
        streams = needed("fastwarc.stream_io")
        unpacker = streams.GzipReader if self._packing == GZIP else streams.ZstdReader
        try:
            return bool(unpacker(BytesIO(self._file.read(_TRIAL))).read(len(_VERSION)) == _VERSION)
        except OSError:
            return False
