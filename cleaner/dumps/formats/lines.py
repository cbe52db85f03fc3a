"""Lines of a stream, of bounded length, with the places where some of it is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cleaner.dumps.formats.packed import Damage, Piece

MAX_RECORD = 100_000_000
"""How large one record may be, in bytes, unless the caller says otherwise."""


class Line(NamedTuple):
    """One line without its `\\n`; or, where `damage` says why, what could be read of one."""

    data: bytes
    damage: str = ""


def lines(pieces: Iterable[Piece], most: int = MAX_RECORD) -> Iterator[Line]:
    """The lines of a stream. What is longer than `most` bytes is a damage without its data."""
    held: list[bytes] = []
    size = 0
    for piece in pieces:
        if isinstance(piece, Damage):
            yield Line(b"".join(held) if size <= most else b"", piece.reason)
            held, size = [], 0
            continue
        whole = piece.split(b"\n")
        last = whole.pop()
        if whole:
            size += len(whole[0])
            yield Line(b"".join((*held, whole[0]))) if size <= most else _too_long(most)
            for each in whole[1:]:
                yield Line(each) if len(each) <= most else _too_long(most)
            held, size = [], 0
        size += len(last)
        if size <= most:
            held.append(last)
        else:
            held.clear()
    if size > most:
        yield _too_long(most)
    elif size:
        yield Line(b"".join(held))


def too_large(most: int) -> str:
    """Why a record of more than `most` bytes isn't read."""
    return f"has more than {size_name(most)}, which is the most that a record may have (--max-record)"


def size_name(size: int) -> str:
    """A number of bytes as a person would say it."""
    for unit, name in ((10**9, "GB"), (10**6, "MB"), (10**3, "kB")):
        if size >= unit:
            return f"{size / unit:g} {name}"
    return f"{size} bytes"


def _too_long(most: int) -> Line:
    return Line(b"", too_large(most))
