"""Compressed files: unpacked piece by piece, within bounds and past damage, and packed.

A stream of gzip or zstd is a row of members, each of which unpacks by itself. What is damaged costs its own
member; reading goes on at the next one that can be told.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, Protocol, TypeAlias

import msgspec

from cleaner.dumps.formats.needed import needed

PLAIN = ""
GZIP = ".gz"
ZSTD = ".zst"
PACKINGS = (PLAIN, GZIP, ZSTD)
"""How a file can be packed, as its ending says."""

MAX_RATIO = 1000
"""How many times larger than itself a stretch may unpack to. Text rarely reaches fifty."""

_PIECE = 1 << 20
_CHUNK = 1 << 17
# How much of a damaged member is searched for the start of the next one.
_HELD = 1 << 22
_TRIAL = 1 << 16


class Damage(msgspec.Struct, frozen=True):
    """A place in a stream where something is missing. What comes next is the start of another member."""

    reason: str
    """Goes on where the name of the place ends: `can't be unpacked from here on`."""


Piece: TypeAlias = bytes | Damage


class _BrokenError(Exception):
    """The data of a member isn't what it says it is."""


class _Member(Protocol):
    """What unpacks one member."""

    ended: bool
    hungry: bool
    """Whether it can give nothing more before it gets more."""
    behind: bytes
    """What came after its end."""

    def unpack(self, data: bytes, most: int) -> bytes: ...


class _GzipMember:
    def __init__(self) -> None:
        self._unpacker = zlib.decompressobj(31)
        self._left = b""
        self.ended = False
        self.hungry = True
        self.behind = b""

    def unpack(self, data: bytes, most: int) -> bytes:
        try:
            out = self._unpacker.decompress(self._left + data, most)
        except zlib.error as error:
            raise _BrokenError(_said(error)) from error
        self._left = self._unpacker.unconsumed_tail
        self.ended = self._unpacker.eof
        self.behind = self._unpacker.unused_data
        self.hungry = not self._left and len(out) < most
        return out


class _ZstdMember:
    def __init__(self) -> None:
        zstd = needed("zstd")
        self._error = zstd.ZstdError
        self._unpacker = zstd.ZstdDecompressor()
        self.ended = False
        self.hungry = True
        self.behind = b""

    def unpack(self, data: bytes, most: int) -> bytes:
        try:
            out: bytes = self._unpacker.decompress(data, most)
        except self._error as error:
            raise _BrokenError(_said(error)) from error
        self.ended = self._unpacker.eof
        self.hungry = not self.ended and self._unpacker.needs_input
        self.behind = self._unpacker.unused_data if self.ended else b""
        return out


class _Kind(msgspec.Struct, frozen=True):
    """One way of packing."""

    name: str
    member: Callable[[], _Member]
    magics: tuple[bytes, ...]

    def begins(self, data: bytes) -> bool:
        return data.startswith(self.magics)


_KINDS = {
    GZIP: _Kind("gzip", _GzipMember, (b"\x1f\x8b\x08",)),
    # A frame that is skipped begins with one of sixteen marks.
    ZSTD: _Kind(
        "zstd",
        _ZstdMember,
        (b"\x28\xb5\x2f\xfd", *(bytes((0x50 + low,)) + b"\x2a\x4d\x18" for low in range(16))),
    ),
}


def pieces(file: BinaryIO, packing: str, most: int, counted: Callable[[int], None]) -> Iterator[Piece]:
    """The unpacked bytes of `file`, in order, with a `Damage` where some are missing.

    `packing` is one of `PACKINGS`. `counted` is told of every byte that is read from `file`. A stretch of
    more than `most` bytes that unpacks to more than `MAX_RATIO` times its size is a damage, and is passed by.
    """
    chunks = _chunks(file, counted)
    kind = _KINDS.get(packing)
    return chunks if kind is None else _Unpacked(chunks, kind, most).pieces()


def unpacked(data: bytes, packing: str, most: int) -> tuple[bytes, str]:
    """All that is in `data`, up to one byte more than `most`, and what is wrong with it, if anything is."""
    kind = _KINDS.get(packing)
    if kind is None:
        return data, ""
    found: list[bytes] = []
    size = 0
    for piece in _Unpacked(iter((data,)), kind, most).pieces():
        if isinstance(piece, Damage):
            return b"".join(found), piece.reason
        found.append(piece)
        size += len(piece)
        if size > most:
            break
    return b"".join(found)[: most + 1], ""


def packed(data: bytes, packing: str) -> bytes:
    """`data` as a member of its own: members one after the other are one file."""
    if packing == GZIP:
        return gzip.compress(data, 6, mtime=0) if data else b""
    if packing == ZSTD:
        compressed: bytes = needed("zstd").compress(data)
        return compressed if data else b""
    return data


def _chunks(file: BinaryIO, counted: Callable[[int], None]) -> Iterator[Piece]:
    while True:
        try:
            data = file.read(_PIECE)
        except OSError as error:
            yield Damage(f"can't be read from here on ({error.strerror or error})")
            return
        if not data:
            return
        counted(len(data))
        yield data


class _Unpacked:
    """The members of one stream, unpacked one after the other."""

    def __init__(self, chunks: Iterator[Piece], kind: _Kind, most: int) -> None:
        self._chunks = chunks
        self._kind = kind
        self._most = most
        self._waiting = b""
        self._failed: Damage | None = None

    def pieces(self) -> Iterator[Piece]:
        while data := self._start():
            if not self._kind.begins(data):
                yield Damage(f"holds something here that is no {self._kind.name} data")
                self._seek(data)
                continue
            yield from self._member(data)
        if self._failed is not None:
            yield self._failed

    def _member(self, data: bytes) -> Iterator[Piece]:
        held = b""
        taken = given = 0
        member = self._kind.member()
        while True:
            held = (held + data)[-_HELD:] if data else held
            taken += len(data)
            try:
                out = member.unpack(data, _PIECE)
            except _BrokenError as error:
                yield Damage(f"can't be unpacked here, so something is missing or wrong ({error})")
                self._seek(held[1:])
                return
            if out:
                yield out
            given += len(out)
            if given > self._most:
                if given > MAX_RATIO * taken:
                    yield Damage(
                        f"unpacks to more than {MAX_RATIO:,} times its size, as no text does; it is passed by"
                    )
                    self._seek(held[1:])
                    return
                taken = given = 0
            if member.ended:
                self._waiting = member.behind + self._waiting
                return
            data = b""
            if member.hungry:
                data = self._more()
                if not data:
                    cut_off = f"is cut off here, in the middle of its {self._kind.name} data"
                    yield self._failed or Damage(cut_off)
                    self._failed = None
                    return

    def _start(self) -> bytes:
        """What stands where a member should begin; padding is passed over."""
        data = b""
        while len(data) < 4:
            more = self._more()
            if not more:
                break
            data = (data + more).lstrip(b"\0")
        return data

    def _more(self) -> bytes:
        """Some of what comes next; empty at the end."""
        if not self._waiting:
            piece = next(self._chunks, b"") if self._failed is None else b""
            if isinstance(piece, Damage):
                self._failed = piece
                return b""
            self._waiting = piece
        data, self._waiting = self._waiting[:_CHUNK], self._waiting[_CHUNK:]
        return data

    def _seek(self, data: bytes) -> None:
        """Go on at the next member in `data` or behind it."""
        while True:
            at = self._found(data)
            if at >= 0:
                self._waiting = data[at:] + self._waiting
                return
            # A mark may stand across two chunks.
            tail = data[-3:]
            more = self._more()
            if not more:
                return
            data = tail + more

    def _found(self, data: bytes) -> int:
        """Where a member begins that does unpack; -1 where none does."""
        places = sorted(at for magic in self._kind.magics[:1] for at in _places(data, magic))
        return next((at for at in places if self._unpacks(data[at : at + _TRIAL])), -1)

    def _unpacks(self, data: bytes) -> bool:
        try:
            self._kind.member().unpack(data, _TRIAL)
        except _BrokenError:
            return False
        return True


def _places(data: bytes, magic: bytes) -> Iterator[int]:
    at = data.find(magic)
    while at >= 0:
        yield at
        at = data.find(magic, at + 1)


def _said(error: Exception) -> str:
    return str(error).split(": ", 1)[-1]
