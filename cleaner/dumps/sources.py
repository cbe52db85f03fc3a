"""Where articles come from: texts and pages, folders of them, files of records and standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from shlex import quote
from typing import BinaryIO, TypeAlias

import msgspec

from cleaner.dumps.endings import (
    ENDINGS,
    FORMATS,
    PAGE,
    RECORD_ENDINGS,
    TEXT,
    Ending,
    ending_of,
    said_by,
)
from cleaner.dumps.formats.lines import MAX_RECORD, lines, too_large
from cleaner.dumps.formats.packed import GZIP, PLAIN, pieces, unpacked
from cleaner.dumps.formats.read import items
from cleaner.dumps.pages import MAX_PAGE, TOO_LARGE
from cleaner.dumps.present import is_file, is_folder, is_there
from cleaner.dumps.records import Item, RecordReader, Unreadable
from cleaner.errors import CleanerError

STDIN = "-"
"""The PATH that means standard input."""

OTHER_ENDING = "an ending that tells no format"
"""Why a file in a folder isn't read that is called like none that could be."""

# Lines of a dump are a few kilobytes; a large buffer keeps the calls into the system few.
_BUFFER = 1 << 20


class ArticleFile(msgspec.Struct, frozen=True):
    """One article in a file of its own, called by its id and an ending. `path` None is standard input."""

    path: Path | None
    id: str
    ending: str
    called: str = ""
    """Its name, where that isn't its path."""

    @property
    def name(self) -> str:
        return self.called or (STDIN if self.path is None else self.path.as_posix())


class TextFile(ArticleFile, frozen=True):
    """An article as plain text."""


class PageFile(ArticleFile, frozen=True):
    """An article on its page, in HTML."""


class RecordFile(msgspec.Struct, frozen=True):
    """A file of records: JSONL, CSV, TSV, Parquet, WARC or WET. `path` None is standard input."""

    path: Path | None
    format: str = "jsonl"
    packing: str = PLAIN
    """How it is packed, as its ending says: `.gz`, `.zst`."""
    called: str = ""
    """Its name, where that isn't its path."""

    @property
    def name(self) -> str:
        return self.called or (STDIN if self.path is None else self.path.as_posix())


class ClosedFolder(msgspec.Struct, frozen=True):
    """A folder inside a given one that can't be looked into."""

    path: Path
    reason: str

    @property
    def name(self) -> str:
        return self.path.as_posix()


Source: TypeAlias = TextFile | PageFile | RecordFile | ClosedFolder


class Found(msgspec.Struct, frozen=True):
    """What a command's PATHs hold."""

    sources: tuple[Source, ...]
    folders: tuple[Path, ...] = ()
    not_read: tuple[tuple[str, str], ...] = ()
    """Names inside the folders that are no article's, each with the reason why it isn't read."""


STDIN_FORMATS = FORMATS
"""What standard input can hold, as an ending without its dot: records, one text, one page."""


def find_sources(paths: Sequence[str], stdin_format: str = "jsonl") -> Found:
    """What stands at `paths`, in the order given; the files in a folder are sorted by their names.

    The id of a text or page is its file's name without the ending, in a folder with the path from that
    folder. `stdin_format` is one of `STDIN_FORMATS`. Raises CleanerError for a path that isn't there, is of
    no known kind, or is given twice.
    """
    sources: list[Source] = []
    folders: list[Path] = []
    not_read: list[tuple[str, str]] = []
    for given in paths:
        path = Path(given)
        if given == STDIN:
            sources.append(_on_stdin(stdin_format))
        elif is_folder(path):
            folders.append(path)
            _walk(path, "", sources, not_read)
        else:
            sources.append(_file(path))
    _refuse_twice(sources)
    return Found(tuple(sources), tuple(folders), tuple(not_read))


def _file(path: Path) -> Source:
    ending = ending_of(path.name)
    if ending is None:
        if not os.path.lexists(path):
            raise CleanerError(f"{path} is neither a file nor a folder; nothing was read")
        raise CleanerError(_unreadable(path))
    if not is_there(path):
        raise CleanerError(f"{path} doesn't exist; nothing was read")
    said = said_by(ending)
    if ending in RECORD_ENDINGS:
        return _of_records(path, said)
    return _article(path, "", ending)


def _of_records(path: Path, said: Ending) -> RecordFile:
    """The file of records at `path`; the first line of CSV tells what parts its columns."""
    if said.format != "csv":
        return RecordFile(path, said.format, said.packing)
    from cleaner.dumps.formats.delimited import parting

    try:
        with path.open("rb") as file:
            first = next(lines(pieces(file, said.packing, MAX_RECORD, lambda _: None)), None)
    except OSError:
        # The reading will meet it again, and say it.
        first = None
    return RecordFile(path, parting(first.data) if first else "csv", said.packing)


def _unreadable(path: Path) -> str:
    """Why a file with this name isn't read, and what to do about it."""
    if path.suffix.lower() == ".json":
        lines = path.with_suffix(".jsonl")
        return (
            f"{path} is one JSON document by its ending, and only a record a line can be read record by "
            f"record. Where it holds a list of records, write them so: "
            f"jq -c '.[]' {quote(str(path))} > {quote(str(lines))}; where it holds a record a line already, "
            f"rename it to {lines.name}"
        )
    plain = ", ".join(ending for ending in ENDINGS if said_by(ending).packing == PLAIN)
    return (
        f"{path} ends in none of {plain} (all but .parquet also with .gz or .zst), so what is in it can't be "
        "told; rename it, or unpack it, or give it through standard input (PATH is then -)"
    )


def _on_stdin(stdin_format: str) -> Source:
    said = said_by(f".{stdin_format}")
    if said.format not in (TEXT, PAGE):
        return RecordFile(None, said.format, said.packing)
    kind = TextFile if said.format == TEXT else PageFile
    return kind(None, "stdin", said.written)


def _article(path: Path, above: str, ending: str) -> Source:
    kind = TextFile if said_by(ending).format == TEXT else PageFile
    name = path.name
    # The ending as it is written there, in capitals or not.
    return kind(path, above + name[: -len(ending)], name[-len(ending) :])


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
        ending = ending_of(entry.name)
        reason = _why_not(path, ending)
        if ending is None or reason:
            not_read.append((path.as_posix(), reason))
        else:
            sources.append(_article(path, above, ending))


def _why_not(path: Path, ending: str | None) -> str:
    """Why what stands at `path` isn't read; empty where it is."""
    if is_folder(path):
        return "a link to a folder"
    if ending is None:
        return OTHER_ENDING
    if ending in RECORD_ENDINGS:
        return "records; give the file itself as PATH"
    # What a broken link leads to is found missing when it is read, and that is an error.
    return "" if is_file(path) or not is_there(path) else "no regular file"


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


def read_sources(
    sources: Sequence[Source], reader: RecordReader, stdin: BinaryIO | None = None
) -> Iterator[Item]:
    """The records of all sources, one after the other. A file that can't be read is an `Unreadable`.

    `stdin` is read in place of standard input.
    """
    stdin = stdin or sys.stdin.buffer
    for source in sources:
        match source:
            case TextFile() | PageFile():
                yield _read_article(source, reader, stdin)
            case RecordFile():
                yield from _read_records(source, reader, stdin)
            case ClosedFolder(name=name, reason=reason):
                yield Unreadable(utf8_name(name), 0, f"can't be looked into ({reason})", of_file=True)


def _read_article(source: TextFile | PageFile, reader: RecordReader, stdin: BinaryIO) -> Item:
    name = utf8_name(source.name)
    if name != source.name:
        reason = "has a name that isn't UTF-8, so it can have no id; rename it"
        return Unreadable(name, 0, reason, None, utf8_name(source.id), source.ending)
    most = MAX_PAGE if isinstance(source, PageFile) else None
    try:
        data = _all_of(source, most, stdin)
    except OSError as error:
        reason = f"can't be read ({error.strerror or error})"
        return Unreadable(name, 0, reason, None, source.id, source.ending)
    if most is not None and len(data) > most:
        return Unreadable(name, 0, TOO_LARGE, None, source.id, source.ending)
    read = reader.text if isinstance(source, TextFile) else reader.page
    said = said_by(source.ending.lower())
    # What unpacks a gzipped page knows what else a page can be.
    if said.packing == PLAIN or (said.packing == GZIP and said.format == PAGE):
        return read(name, source.id, source.ending, data)
    inside, damage = unpacked(data, said.packing, reader.most)
    if len(inside) > reader.most:
        damage = too_large(reader.most)
    if damage:
        return Unreadable(name, 0, damage, data, source.id, source.ending, said.format)
    return read(name, source.id, source.ending, data, inside)


def _all_of(source: ArticleFile, most: int | None, stdin: BinaryIO) -> bytes:
    """The bytes of a file; no more than one over `most`, where that is given."""
    size = -1 if most is None else most + 1
    if source.path is None:
        return stdin.read(size)
    if most is None:
        return source.path.read_bytes()
    with source.path.open("rb") as file:
        return file.read(size)


def _read_records(source: RecordFile, reader: RecordReader, stdin: BinaryIO) -> Iterator[Item]:
    name = utf8_name(source.name)
    try:
        with _open(source, stdin) as file:
            yield from items(name, file, source.format, source.packing, reader)
    except OSError as error:
        reason = f"can't be read ({error.strerror or error})"
        yield Unreadable(name, 0, reason, format=source.format, of_file=True)


def _open(source: RecordFile, stdin: BinaryIO) -> AbstractContextManager[BinaryIO]:
    if source.path is None:
        return nullcontext(stdin)
    return source.path.open("rb", buffering=_BUFFER)


def utf8_name(name: str) -> str:
    """A file's name as it can be written down; what isn't UTF-8 in it is escaped."""
    return name.encode("utf-8", "backslashreplace").decode()
