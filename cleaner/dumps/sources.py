"""Where articles come from: text files, folders of them, JSONL files and standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO, TypeAlias

import msgspec

from cleaner.dumps.present import is_file, is_folder, is_there
from cleaner.dumps.records import Item, RecordReader, Unreadable
from cleaner.errors import CleanerError

STDIN = "-"
"""The PATH that means standard input."""

RECORD_ENDINGS = (".jsonl", ".ndjson")
TEXT_ENDING = ".txt"

# Lines of a dump are a few kilobytes; a large buffer keeps the calls into the system few.
_BUFFER = 1 << 20


class TextFile(msgspec.Struct, frozen=True):
    """One article in a file of its own. `path` None is standard input."""

    path: Path | None
    id: str

    @property
    def name(self) -> str:
        return STDIN if self.path is None else self.path.as_posix()


class RecordFile(msgspec.Struct, frozen=True):
    """A JSONL file. `path` None is standard input."""

    path: Path | None

    @property
    def name(self) -> str:
        return STDIN if self.path is None else self.path.as_posix()


class ClosedFolder(msgspec.Struct, frozen=True):
    """A folder inside a given one that can't be looked into."""

    path: Path
    reason: str

    @property
    def name(self) -> str:
        return self.path.as_posix()


Source: TypeAlias = TextFile | RecordFile | ClosedFolder


class Found(msgspec.Struct, frozen=True):
    """What a command's PATHs hold."""

    sources: tuple[Source, ...]
    folders: tuple[Path, ...] = ()
    not_read: tuple[tuple[str, str], ...] = ()
    """Names inside the folders that are no text files, each with the reason why it isn't read."""


def find_sources(paths: Sequence[str], stdin: type[Source] = RecordFile) -> Found:
    """What stands at `paths`, in the order given; a folder's text files are sorted by their names.

    A text file's id is its name without the ending, in a folder with the path from that folder. Standard
    input is read as `stdin` says. Raises CleanerError for a path that isn't there, is of no known kind, or
    is given twice.
    """
    sources: list[Source] = []
    folders: list[Path] = []
    not_read: list[tuple[str, str]] = []
    for given in paths:
        path = Path(given)
        if given == STDIN:
            sources.append(RecordFile(None) if stdin is RecordFile else TextFile(None, "stdin"))
        elif is_folder(path):
            folders.append(path)
            _walk(path, "", sources, not_read)
        else:
            sources.append(_file(path))
    _refuse_twice(sources)
    return Found(tuple(sources), tuple(folders), tuple(not_read))


def _file(path: Path) -> Source:
    ending = path.suffix.lower()
    if ending not in (TEXT_ENDING, *RECORD_ENDINGS):
        if not os.path.lexists(path):
            raise CleanerError(f"{path} is neither a file nor a folder; nothing was read")
        raise CleanerError(
            f"{path} ends in neither .txt nor .jsonl nor .ndjson, so what is in it can't be told; "
            "rename it, or unpack it, or give it through standard input (PATH is then -)"
        )
    if not is_there(path):
        raise CleanerError(f"{path} doesn't exist; nothing was read")
    return TextFile(path, path.stem) if ending == TEXT_ENDING else RecordFile(path)


def _walk(folder: Path, above: str, sources: list[Source], not_read: list[tuple[str, str]]) -> None:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        sources.append(ClosedFolder(folder, error.strerror or str(error)))
        return
    for entry in entries:
        path = folder / entry.name
        if entry.is_dir(follow_symlinks=False):
            _walk(path, f"{above}{entry.name}/", sources, not_read)
            continue
        reason = _why_not(path)
        if reason:
            not_read.append((path.as_posix(), reason))
        else:
            sources.append(TextFile(path, above + path.stem))


def _why_not(path: Path) -> str | None:
    if is_folder(path):
        return "a link to a folder"
    if path.suffix.lower() in RECORD_ENDINGS:
        return "records; give the file itself as PATH"
    if path.suffix.lower() != TEXT_ENDING:
        return "no .txt"
    # What a broken link leads to is found missing when it is read, and that is an error.
    return None if is_file(path) or not is_there(path) else "no regular file"


def _refuse_twice(sources: Sequence[Source]) -> None:
    seen: dict[str, str] = {}
    for source in sources:
        real = os.path.realpath(source.path) if source.path else STDIN
        if real in seen:
            also = f", also as {seen[real]}" if seen[real] != source.name else ""
            raise CleanerError(f"{source.name} is given twice{also}; nothing was read")
        seen[real] = source.name


def total_bytes(sources: Sequence[Source]) -> int | None:
    """How many bytes there are to read; None where that can't be known before."""
    total = 0
    for source in sources:
        if source.path is None:
            return None
        try:
            total += source.path.stat().st_size
        except OSError:
            return None
    return total


def read_sources(sources: Sequence[Source], reader: RecordReader) -> Iterator[Item]:
    """The records of all sources, one after the other. A file that can't be read is an `Unreadable`."""
    for source in sources:
        match source:
            case TextFile():
                yield _read_text(source, reader)
            case RecordFile():
                yield from _read_records(source, reader)
            case ClosedFolder(name=name, reason=reason):
                yield Unreadable(_utf8(name), 0, f"can't be looked into ({reason})")


def _read_text(source: TextFile, reader: RecordReader) -> Item:
    name = _utf8(source.name)
    if name != source.name:
        reason = "has a name that isn't UTF-8, so it can have no id; rename it"
        return Unreadable(name, 0, reason, None, _utf8(source.id))
    try:
        data = source.path.read_bytes() if source.path else sys.stdin.buffer.read()
    except OSError as error:
        return Unreadable(name, 0, f"can't be read ({error.strerror or error})", None, source.id)
    return reader.text(name, source.id, data)


def _read_records(source: RecordFile, reader: RecordReader) -> Iterator[Item]:
    name = _utf8(source.name)
    index = -1
    try:
        with _open(source) as lines:
            for item in reader.lines(name, lines):
                index = item.index
                yield item
    except OSError as error:
        yield Unreadable(name, index + 1, f"can't be read from here on ({error.strerror or error})")


def _open(source: RecordFile) -> AbstractContextManager[BinaryIO]:
    if source.path is None:
        return nullcontext(sys.stdin.buffer)
    return source.path.open("rb", buffering=_BUFFER)


def _utf8(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode()
