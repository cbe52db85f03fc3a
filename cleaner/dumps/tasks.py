"""The work of a run that writes parts: which stretches of which files become which part.

A part hangs on the files and on the size that parts are to have, never on who works. Only a plain file of
JSONL is read in several stretches; the lines before each are counted then, as a record without an id is
called by its line.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import PurePosixPath
from typing import TypeAlias

import msgspec

from cleaner.dumps.elsewhere import Entry, entry, inside, is_url, listed, shown
from cleaner.dumps.endings import PAGE, RECORD_ENDINGS, TEXT, Ending, ending_of, said_by
from cleaner.dumps.fingerprint import Input, Inputs, inputs_of_files
from cleaner.dumps.formats.packed import PLAIN
from cleaner.dumps.sources import OTHER_ENDING, STDIN, utf8_name
from cleaner.errors import CleanerError

PART = 128_000_000
"""About how many bytes of its files a part is made of."""

MOST_FILES = 4096
"""How many files a part is made of at most."""


class File(msgspec.Struct, frozen=True):
    """A file that is read."""

    entry: Entry
    name: str
    """What it is called in records, rows and messages."""
    ending: str
    id: str = ""
    """Of a text or a page, its id."""

    @property
    def says(self) -> Ending:
        return said_by(self.ending.lower())

    @property
    def is_article(self) -> bool:
        return self.says.format in (TEXT, PAGE)

    @property
    def can_be_parted(self) -> bool:
        return self.says.format == "jsonl" and self.says.packing == PLAIN


class Stretch(msgspec.Struct, frozen=True):
    """What begins in the bytes `[start, end)` of a file."""

    file: File
    start: int
    end: int
    first: int = 0
    """How many lines begin before it."""

    @property
    def size(self) -> int:
        return self.end - self.start

    @property
    def is_whole(self) -> bool:
        return not self.start and self.end == self.file.entry.size


class Task(msgspec.Struct, frozen=True):
    """What becomes one part."""

    number: int
    stretches: tuple[Stretch, ...]

    @property
    def size(self) -> int:
        return sum(each.size for each in self.stretches)

    @property
    def place(self) -> str:
        first, last = self.stretches[0], self.stretches[-1]
        if len(self.stretches) > 1:
            return f"{first.file.name} to {last.file.name}"
        return first.file.name if first.is_whole else f"{first.file.name}, bytes {first.start} to {first.end}"


class FoundFiles(msgspec.Struct, frozen=True):
    """What a command's PATHs hold."""

    files: tuple[File, ...]
    folders: tuple[str, ...] = ()
    not_read: tuple[tuple[str, str], ...] = ()

    def formats(self) -> frozenset[str]:
        """The formats and packings of all files."""
        return frozenset(each for file in self.files for each in (file.says.format, file.says.packing))

    def inputs(self) -> Inputs:
        return inputs_of_files(Input(each.name, each.entry.size, each.entry.version) for each in self.files)

    @property
    def size(self) -> int:
        return sum(each.entry.size for each in self.files)


def find_files(paths: Sequence[str]) -> FoundFiles:
    """The files at `paths`, in the order given; those of a folder or a pattern are sorted by their names.

    Raises CleanerError for a path where nothing is, of no known kind, or given twice.
    """
    files: list[File] = []
    folders: list[str] = []
    not_read: list[tuple[str, str]] = []
    for given in paths:
        if given == STDIN:
            raise CleanerError(
                "standard input can't be shared out; write it to a file first, or clean it without --engine"
            )
        place = given if is_url(given) else os.path.realpath(given)
        found = listed(place)
        if found is None:
            files.append(_alone(given, entry(place)))
            continue
        folders.append(given)
        for each in found:
            _take(given, place, each, files, not_read)
    _refuse_twice(files)
    if not files:
        raise CleanerError(
            f"{', '.join(map(shown, paths))}: no file there that can be read; nothing was written"
        )
    return FoundFiles(tuple(files), tuple(map(shown, folders)), tuple(not_read))


def tasks(files: Sequence[File], size: int, lines: Mapping[str, Sequence[int]]) -> Iterator[Task]:
    """What becomes the parts, in their order.

    `lines` holds, for each file that is read in several stretches, how many lines begin in each of them.
    """
    batch: list[Stretch] = []
    number = held = 0
    for stretch in _with_first(files, size, lines):
        if batch and (held + stretch.size > size or len(batch) >= MOST_FILES):
            yield Task(number, tuple(batch))
            number, batch, held = number + 1, [], 0
        batch.append(stretch)
        held += stretch.size
    if batch:
        yield Task(number, tuple(batch))


def parted(files: Sequence[File], size: int) -> dict[str, list[Stretch]]:
    """The stretches of each file that is read in several, by the file's place."""
    found = ((file.entry.place, stretches_of(file, size)) for file in files)
    return {place: stretches for place, stretches in found if len(stretches) > 1}


def stretches_of(file: File, size: int) -> list[Stretch]:
    """The stretches that a file is read in, of about `size` bytes each."""
    whole = file.entry.size
    number = max(1, round(whole / size)) if file.can_be_parted else 1
    bounds = [whole * each // number for each in range(number + 1)]
    return [Stretch(file, start, end) for start, end in pairwise(bounds)]


def _with_first(files: Sequence[File], size: int, lines: Mapping[str, Sequence[int]]) -> Iterator[Stretch]:
    for file in files:
        stretches = stretches_of(file, size)
        first = 0
        for at, stretch in enumerate(stretches):
            yield msgspec.structs.replace(stretch, first=first)
            if len(stretches) > 1:
                first += lines[file.entry.place][at]


def _alone(given: str, found: Entry) -> File:
    name = utf8_name(shown(given)) if is_url(given) else utf8_name(PurePosixPath(given).as_posix())
    base = PurePosixPath(name).name
    ending = ending_of(base)
    if ending is None:
        raise CleanerError(
            f"{name} has an ending that doesn't tell what is in it; rename it to one that does, such as "
            ".jsonl.gz or .warc.gz, nothing was read"
        )
    return _file(found, name, base[: -len(ending)], base[-len(ending) :])


def _take(given: str, place: str, found: Entry, files: list[File], not_read: list[tuple[str, str]]) -> None:
    """Sort one file of a folder or of a pattern into those that are read and those that aren't."""
    shown_place = utf8_name(shown(found.place))
    above = inside(place, "")
    # Of a pattern there is no folder that the name could be told from.
    is_below = found.place.startswith(above)
    below = found.place.removeprefix(above)
    name = shown_place if is_url(given) or not is_below else utf8_name(inside(given, below))
    ending = ending_of(PurePosixPath(name).name)
    if ending is None:
        not_read.append((name, OTHER_ENDING))
        return
    path = utf8_name(below) if is_below else PurePosixPath(name).name
    files.append(_file(found, name, path[: -len(ending)], path[-len(ending) :]))


def _file(found: Entry, name: str, id: str, ending: str) -> File:
    is_record = ending.lower() in RECORD_ENDINGS
    return File(found, name, ending, "" if is_record else id)


def _refuse_twice(files: Sequence[File]) -> None:
    seen: set[str] = set()
    for file in files:
        if file.entry.place in seen:
            raise CleanerError(f"{file.name} is given twice; nothing was read")
        seen.add(file.entry.place)


LineCounter: TypeAlias = Callable[[Sequence[Stretch]], Sequence[int]]
"""How many lines begin in each of some stretches."""


def counted_lines(found: Mapping[str, Sequence[Stretch]], counter: LineCounter) -> dict[str, tuple[int, ...]]:
    """How many lines begin in each stretch, by the place of its file."""
    every = [stretch for stretches in found.values() for stretch in stretches]
    counts = iter(counter(every)) if every else iter(())
    return {place: tuple(next(counts) for _ in stretches) for place, stretches in found.items()}
