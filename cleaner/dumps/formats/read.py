"""A file of records read from its beginning to its end, whatever its format."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from shutil import copyfileobj
from typing import BinaryIO, cast

from cleaner.dumps.formats.loads import no_copy
from cleaner.dumps.formats.packed import pieces
from cleaner.dumps.records import Item, RecordReader


def items(name: str, file: BinaryIO, format: str, packing: str, reader: RecordReader) -> Iterator[Item]:
    """What stands in the `file` called `name`. What is damaged in it is an `Unreadable`.

    Raises CleanerError where the package that reads the format isn't installed.
    """
    if format == "parquet":
        from cleaner.dumps.formats import parquet_reader

        with sought_in(file) as whole:
            yield from parquet_reader.items(name, whole, reader)
        return
    if format == "warc":
        from cleaner.dumps.formats import warc

        with sought_in(file) as whole:
            yield from warc.items(name, whole, packing, reader)
        return
    stream = pieces(file, packing, reader.most, reader.counted)
    if format == "jsonl":
        from cleaner.dumps.formats import jsonl

        yield from jsonl.items(name, stream, reader)
        return
    from cleaner.dumps.formats import delimited_reader

    yield from delimited_reader.items(name, stream, format, reader)


@contextmanager
def sought_in(file: BinaryIO) -> Iterator[BinaryIO]:
    """`file`, where it can be sought in; else a temporary copy of it, which goes when the context ends.

    Raises CleanerError where there is no room for a copy.
    """
    if file.seekable():
        yield file
        return
    with tempfile.TemporaryFile(prefix="clean-") as copy:
        try:
            copyfileobj(file, copy, 1 << 20)
            copy.seek(0)
        except OSError as error:
            raise no_copy(error) from error
        yield cast(BinaryIO, copy)
