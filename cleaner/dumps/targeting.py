"""What a run writes its records as: told from OUT's ending and from what is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

import msgspec

from cleaner.dumps.endings import TEXT, WRITTEN, said_by
from cleaner.dumps.formats.delimited import DELIMITERS
from cleaner.dumps.formats.lines import MAX_RECORD
from cleaner.dumps.formats.packed import ZSTD, pieces
from cleaner.dumps.formats.shaped import FIELDS, NO_ARTICLE, OUTLET
from cleaner.dumps.formats.target import Target
from cleaner.dumps.records import FieldNames
from cleaner.dumps.sources import ArticleFile, ClosedFolder, RecordFile, Source
from cleaner.errors import CleanerError

_OF_ARTICLE = ("id", "text")
_OF_ARCHIVE = ("id", "url", "date", "text")


class _Columns(NamedTuple):
    """The keys of a source's records, where all are known before they are read."""

    names: Sequence[str]
    reads_pages: bool = False
    line_end: str = ""


def target_of(
    ending: str, sources: Sequence[Source], names: FieldNames, stdin: BinaryIO | None = None
) -> Target:
    """What the records of `sources` are written as in a file with this one of the endings.

    `stdin` is what can be sought in in place of standard input, where that is read. Raises CleanerError where
    no run writes such a file, where the sources don't go together in one, or where a package isn't installed.
    """
    said = said_by(ending)
    if said.format not in WRITTEN:
        raise CleanerError(
            f"no run writes {said.written} files; OUT ends in .jsonl, .csv, .tsv or .parquet, "
            "nothing was written"
        )
    if said.packing == ZSTD:
        from cleaner.dumps.formats.needed import needed

        needed("zstd")
    target = Target(said.format, said.packing, names.text)
    if said.format in DELIMITERS:
        return _with_columns(target, sources, names)
    return _with_shape(target, sources, names, stdin) if said.format == "parquet" else target


def _with_columns(target: Target, sources: Sequence[Source], names: FieldNames) -> Target:
    found = [_columns(source, names) for source in sources if not isinstance(source, ClosedFolder)]
    known = [each for each in found if each is not None]
    if len(known) < len(found):
        return target
    columns = dict.fromkeys(name for each in known for name in each.names)
    reads_pages = any(each.reads_pages for each in known)
    if reads_pages and "text" not in columns:
        columns[names.text] = None
    columns.update(dict.fromkeys((OUTLET, FIELDS, NO_ARTICLE) if reads_pages else (OUTLET, FIELDS)))
    line_end = next((each.line_end for each in known if each.line_end), "\n")
    return msgspec.structs.replace(target, columns=tuple(columns), line_end=line_end)


def _columns(source: ArticleFile | RecordFile, names: FieldNames) -> _Columns | None:
    """The keys of a source's records; None where they aren't known before. What can't be read has none."""
    if isinstance(source, ArticleFile):
        return _Columns(_OF_ARTICLE, said_by(source.ending.lower()).format != TEXT)
    if source.format == "warc":
        return _Columns(_OF_ARCHIVE, True)
    if source.path is None or source.format == "jsonl":
        return None
    try:
        with source.path.open("rb") as file:
            columns = _parquet_columns(file) if source.format == "parquet" else _header(file, source)
    except OSError:
        return _Columns(())
    return columns._replace(reads_pages=names.html in columns.names)


def _header(file: BinaryIO, source: RecordFile) -> _Columns:
    from cleaner.dumps.formats.delimited_reader import first_columns

    head = first_columns(pieces(file, source.packing, MAX_RECORD, lambda _: None), source.format, MAX_RECORD)
    return _Columns(()) if head is None else _Columns(head.columns, line_end=head.line_end)


def _parquet_columns(file: BinaryIO) -> _Columns:
    from cleaner.dumps.formats.parquet_reader import opened

    try:
        return _Columns(opened(file).schema_arrow.names)
    except ValueError:
        return _Columns(())


def _with_shape(
    target: Target, sources: Sequence[Source], names: FieldNames, stdin: BinaryIO | None
) -> Target:
    from cleaner.dumps.formats.needed import needed

    needed("pyarrow.parquet")
    if not all(isinstance(source, RecordFile) and source.format == "parquet" for source in sources):
        return target
    from cleaner.dumps.formats import parquet_reader, parquet_writer

    shapes = []
    for file in _files(sources, stdin):
        with file:
            try:
                parquet = parquet_reader.opened(file)
            except ValueError:
                continue
            if not parquet_reader.no_text_in(parquet.schema_arrow, names):
                shapes.append(parquet_writer.shape_of(parquet))
    if not shapes:
        return target
    try:
        shape = parquet_writer.cleaned_shape(shapes, names.text, names.html)
    except ValueError as error:
        raise CleanerError(
            f"the columns of the Parquet files don't go together in one ({error}); clean them into an OUT "
            "each, nothing was written"
        ) from error
    return msgspec.structs.replace(target, shape=msgspec.json.encode(shape))


def _files(sources: Sequence[Source], stdin: BinaryIO | None) -> Iterator[BinaryIO]:
    for source in sources:
        path = source.path
        if path is None and stdin is not None:
            path = Path(stdin.name)
        if path is None:
            continue
        try:
            yield path.open("rb")
        except OSError:
            continue
