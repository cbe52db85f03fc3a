"""A ledger: what a whole dump says of its lines, by outlet, in one file that is mapped, not loaded.

Three shelves, `titles`, `lines` and `stretches`, each hold how many articles of an outlet have a line: as a
title, as a short line of the body, as a stretch of a glued text. The file holds hashes, no wording: a magic
line, a header (JSON, one line), for each shelf its sorted keys (64 bits each, little-endian) and its counts
(32 bits each), and last a field of bits, one set for the lowest part of every key: most lines stand on no
shelf, and a look at their bit says so.
"""

from __future__ import annotations

import mmap
import sys
from array import array
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO, Literal
from zlib import crc32

import msgspec

from cleaner.errors import LedgerError

MAGIC = b"clean ledger 1\n"
"""The first line of every ledger of this format."""

SHELVES = ("titles", "lines", "stretches")

FEWEST_WORDS = 4
"""A title of fewer words is also anybody's subheading: it is no evidence."""

LONGEST = 200
"""The longest line that is counted, in code points. Longer ones are paragraphs."""

MAX_COUNT = 2**32 - 1
_KEY_BYTES, _COUNT_BYTES = 8, 4
_MAX_HEADER = 1 << 24


class Header(msgspec.Struct, frozen=True):
    """What a ledger says of itself."""

    articles: Mapping[str, int]
    """How many articles of each outlet it was built from; an empty name stands for unknown outlets."""
    shelves: Mapping[str, int]
    """How many keys each shelf holds."""
    bits: int
    """The size of the field of bits, in bytes; a power of two."""
    sha256: str
    """Of everything behind the header: what tells one ledger from another."""


def is_ledger(path: Path) -> bool:
    """Whether the file at `path` begins as every ledger of this format does, or is empty. Raises OSError."""
    with path.open("rb") as file:
        return file.read(len(MAGIC)) in (MAGIC, b"")


class Ledger:
    """A ledger's file, mapped into memory. It can be pickled; the copy maps the same file, and refuses
    another one that stands there by then."""

    def __init__(self, path: str | Path, sha256: str | None = None) -> None:
        """Open the ledger at `path`. Raises LedgerError where there is none, it is broken, or it tells
        another `sha256` of itself than is asked for.

        What it tells is believed: to compute it anew, gigabytes would be read that are only mapped.
        """
        self.path = Path(path)
        try:
            with self.path.open("rb") as file:
                self.header = _header(file, self.path)
                start = file.tell()
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except OSError as error:
            raise LedgerError(
                f"{path}: can't be read ({error.strerror or error}); no ledger is used"
            ) from error
        if sha256 not in (None, self.header.sha256):
            raise LedgerError(
                f"{path}: was replaced by another ledger while it was used; leave it alone until all is done"
            )
        self._keys: dict[str, Sequence[int]] = {}
        self._counts: dict[str, Sequence[int]] = {}
        for shelf in SHELVES:
            size = self.header.shelves.get(shelf, 0)
            self._keys[shelf] = _numbers(self._map, start, size, "Q", self.path)
            start += size * _KEY_BYTES
            self._counts[shelf] = _numbers(self._map, start, size, "I", self.path)
            start += size * _COUNT_BYTES
        self._bits = memoryview(self._map)[start:]
        self._mask = 8 * self.header.bits - 1
        if not self._bits or len(self._bits) != self.header.bits:
            raise LedgerError(f"{path}: has another size than it says; build it anew, no ledger is used")

    def __reduce__(self) -> tuple[type[Ledger], tuple[Path, str]]:
        return type(self), (self.path, self.header.sha256)

    @property
    def content(self) -> bytes:
        """The whole file as it was opened, whatever stands under its name by now."""
        return self._map[:]

    def may_hold(self, low: int) -> bool:
        """Whether any shelf may have a key with this lower half; of few is this said in vain."""
        bit = low & self._mask
        return self._bits[bit >> 3] >> (bit & 7) & 1 == 1

    def count(self, shelf: str, key: int) -> int:
        """How many articles have the line with this key on `shelf`; 0 for none."""
        keys = self._keys[shelf]
        at = bisect_left(keys, key)
        return self._counts[shelf][at] if at < len(keys) and keys[at] == key else 0

    def articles(self, outlet: str | None) -> int:
        """How many articles of an outlet the ledger was built from."""
        return self.header.articles.get(outlet or "", 0)


class _WordsOnly(dict[int, str]):
    """What `str.translate` makes a space of: all that is neither letter nor digit. Filled as it is asked."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        self[code] = sign if sign.isalnum() else " "
        return self[code]


_WORDS_ONLY = _WordsOnly()
# The same for bytes, which are translated ten times as fast; most lines are ASCII once they are folded.
_ASCII_WORDS_ONLY = bytes(code if chr(code).isalnum() else 32 for code in range(128)) + bytes(128)


def key_of(outlet: str | None, words: bytes) -> int:
    """The key of an outlet's line. `words` is what `plain_words` gives."""
    said = outlet_line(outlet) + words
    return int.from_bytes(blake2b(said, digest_size=4).digest()) << 32 | crc32(said)


def outlet_line(outlet: str | None) -> bytes:
    """What the words of each of an outlet's lines follow where their key is made."""
    return f"{outlet or ''}\n".encode("utf-8", "surrogatepass")


def without_signs(shadow: str) -> str:
    """Folded text with a space for every sign, as long as it was."""
    return shadow.translate(_WORDS_ONLY)


def plain_words(shadow: str) -> bytes:
    """The words of a folded line, one space between them: two that differ in signs only are one line."""
    if shadow.isascii():
        return b" ".join(shadow.encode().translate(_ASCII_WORDS_ONLY).split())
    return " ".join(without_signs(shadow).split()).encode("utf-8", "surrogatepass")


def _header(file: BinaryIO, path: Path) -> Header:
    if file.readline(len(MAGIC)) != MAGIC:
        raise LedgerError(f"{path}: is no ledger; write one with `clean ledger build DUMP -o {path.name}`")
    try:
        return msgspec.json.decode(file.readline(_MAX_HEADER), type=Header)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise LedgerError(f"{path}: its header can't be read ({error}); build it anew") from error


def _numbers(mapped: mmap.mmap, start: int, count: int, code: Literal["Q", "I"], path: Path) -> Sequence[int]:
    """`count` numbers of the file from byte `start` on, not copied where they lie as this machine needs."""
    width = _KEY_BYTES if code == "Q" else _COUNT_BYTES
    if count < 0 or start + count * width > len(mapped):
        raise LedgerError(f"{path}: ends too early; build it anew, no ledger is used")
    if sys.byteorder == "little":
        part = memoryview(mapped)[start : start + count * width]
        return part.cast("Q") if code == "Q" else part.cast("I")
    numbers = array(code, mapped[start : start + count * width])
    numbers.byteswap()
    return numbers
