"""Building a ledger: every article's title and short lines, counted in bounded memory.

Counts are kept in a table; when it is full, it is written down in the order of its keys, and at the end all
that was written is merged. So 100 million articles need as much memory as one million, and disk for the rest.
"""

from __future__ import annotations

import heapq
import os
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from struct import Struct
from typing import IO, TypeAlias

import msgspec

from cleaner.document import Document
from cleaner.fronts import SENTENCE_END
from cleaner.ledger import FEWEST_WORDS, LONGEST, MAGIC, MAX_COUNT, SHELVES, Header, key_of, plain_words
from cleaner.shadow import fold

# A line longer than this is glued: it holds sentences. In code points.
_GLUED = 800
# A line that fewer articles have isn't worth its place.
_RECURS = 3
# Keys in memory; one takes about 120 bytes.
_FULL = 1_000_000

# So many files can be open at once on any machine.
_MOST_RUNS = 64

_PAIR = 12
_KEY = Struct("<Q")
_Counted: TypeAlias = tuple[int, int]


class LedgerBuilder:
    """Collects articles one by one; `write` makes the ledger. Use as a context manager: it cleans up."""

    def __init__(self, full: int = _FULL) -> None:
        """At most `full` keys of a shelf are held in memory."""
        self.articles: Counter[str] = Counter()
        self._full = full
        self._stack = ExitStack()
        self._shelves: dict[str, _Shelf] = {}

    def __enter__(self) -> LedgerBuilder:
        folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="clean-ledger-")))
        self._shelves = {name: _Shelf(folder, name, self._full) for name in SHELVES}
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def add(self, document: Document, outlet: str | None) -> None:
        """Count one article of an outlet."""
        counts = {shelf: dict.fromkeys(keys, 1) for shelf, keys in keys_of(document, outlet).items()}
        self.merge({outlet or "": 1}, counts)

    def merge(self, articles: Mapping[str, int], counts: Mapping[str, Mapping[int, int]]) -> None:
        """Add what was counted elsewhere: articles by outlet, and by shelf how many have each key."""
        self.articles.update(articles)
        for shelf, keys in counts.items():
            self._shelves[shelf].add(keys)

    def write(self, path: Path) -> Header:
        """Write the ledger to `path`, whole or not at all, and say what is in it."""
        with tempfile.TemporaryDirectory(prefix="clean-ledger-") as folder:
            parts: list[Path] = []
            sizes: dict[str, int] = {}
            for name, shelf in self._shelves.items():
                least = 1 if name == "titles" else _RECURS
                keys, counts = Path(folder, f"{name}.keys"), Path(folder, f"{name}.counts")
                sizes[name] = _write_shelf(shelf.merged(least), keys, counts)
                parts += (keys, counts)
            bits = Path(folder, "bits")
            bits.write_bytes(_field_of_bits(parts[::2], sum(sizes.values())))
            parts.append(bits)
            size = bits.stat().st_size
            header = Header(dict(sorted(self.articles.items())), sizes, size, _digest(parts))
            unfinished = path.with_name(f".{path.name}.{os.getpid()}.tmp")
            try:
                with unfinished.open("wb") as out:
                    out.write(MAGIC + _padded(msgspec.json.encode(header)))
                    for part in parts:
                        out.writelines(_pieces(part))
                unfinished.replace(path)
            finally:
                unfinished.unlink(missing_ok=True)
        return header


class _Shelf:
    """One shelf's counts: those in memory, and those written down."""

    def __init__(self, folder: Path, name: str, full: int) -> None:
        self._folder = folder
        self._name = name
        self._full = full
        self._counts: Counter[int] = Counter()
        self._runs: list[Path] = []
        self._written = 0

    def add(self, keys: Mapping[int, int]) -> None:
        self._counts.update(keys)
        if len(self._counts) >= self._full:
            self._write_down()

    def _write_down(self) -> None:
        path = self._folder / f"{self._name}.{self._written}"
        with path.open("wb") as file:
            file.writelines(map(_packed, sorted(self._counts.items())))
        self._runs.append(path)
        self._written += 1
        self._counts.clear()
        if len(self._runs) >= _MOST_RUNS:
            self._merge_runs()

    def _merge_runs(self) -> None:
        """Make one run of all, since no more than so many files can be open at once."""
        path = self._folder / f"{self._name}.{self._written}"
        with path.open("wb") as file:
            file.writelines(map(_packed, self.merged(1)))
        for run in self._runs:
            run.unlink()
        self._runs = [path]
        self._written += 1

    def merged(self, least: int) -> Iterator[_Counted]:
        """All keys in order, each with its count, where that is at least `least`."""
        with ExitStack() as stack:
            runs = [_read_run(stack.enter_context(path.open("rb"))) for path in self._runs]
            pairs = heapq.merge(*runs, sorted(self._counts.items()))
            for key, group in groupby(pairs, key=itemgetter(0)):
                count = min(sum(count for _, count in group), MAX_COUNT)
                if count >= least:
                    yield key, count


def keys_of(document: Document, outlet: str | None) -> dict[str, set[int]]:
    """The keys of an article of an outlet, by shelf; a line that it has twice counts once."""
    title = plain_words(fold(document.title)) if document.title else b""
    lines, stretches = _short_lines(document.shadow)
    return {
        "titles": {key_of(outlet, title)} if title.count(b" ") + 1 >= FEWEST_WORDS else set(),
        "lines": {key_of(outlet, line) for line in lines if line != title},
        "stretches": {key_of(outlet, line) for line in stretches if line != title},
    }


def _short_lines(shadow: str) -> tuple[set[bytes], set[bytes]]:
    """The plain words of a text's short lines, and of the short sentences in its glued ones."""
    lines: set[bytes] = set()
    stretches: set[bytes] = set()
    for line in shadow.split("\n"):
        if len(line) <= LONGEST:
            lines.add(plain_words(line))
        elif len(line) > _GLUED:
            stretches.update(plain_words(piece) for piece in _sentences(line) if len(piece) <= LONGEST)
    return {line for line in lines if line}, {piece for piece in stretches if b" " in piece}


def _sentences(line: str) -> Iterator[str]:
    at = 0
    for stop in SENTENCE_END.finditer(line):
        yield line[at : stop.end()]
        at = stop.end()
    yield line[at:]


def _packed(pair: _Counted) -> bytes:
    key, count = pair
    return key.to_bytes(8, "little") + min(count, MAX_COUNT).to_bytes(4, "little")


def _read_run(file: IO[bytes]) -> Iterator[_Counted]:
    while pair := file.read(_PAIR):
        yield int.from_bytes(pair[:8], "little"), int.from_bytes(pair[8:], "little")


def _write_shelf(pairs: Iterable[_Counted], keys: Path, counts: Path) -> int:
    size = 0
    with keys.open("wb") as key_file, counts.open("wb") as count_file:
        for key, count in pairs:
            key_file.write(key.to_bytes(8, "little"))
            count_file.write(count.to_bytes(4, "little"))
            size += 1
    return size


def _field_of_bits(parts: Iterable[Path], keys: int) -> bytearray:
    """A bit for the lower half of every key in `parts`: about twelve bits for each of so many keys, and no
    more than half a key can tell apart."""
    bits = bytearray(1 << min(29, max(6, (keys * 12 // 8).bit_length())))
    mask = 8 * len(bits) - 1
    for part in parts:
        for piece in _pieces(part):
            for (key,) in _KEY.iter_unpack(piece):
                bits[(key & mask) >> 3] |= 1 << (key & 7)
    return bits


def _padded(header: bytes) -> bytes:
    # Numbers are read where they lie, so they begin at a multiple of their width.
    return header + b" " * (-(len(MAGIC) + len(header) + 1) % 8) + b"\n"


def _digest(parts: Iterable[Path]) -> str:
    digest = sha256()
    for part in parts:
        for piece in _pieces(part):
            digest.update(piece)
    return digest.hexdigest()


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            yield piece
