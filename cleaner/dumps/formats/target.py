"""What a run writes its records as: chosen before the first is read, the same for all of them.

A target's `writer` gives bytes that can be joined in the order of the records, by whoever made them. For some
these are the file already; for the others they are put together when the last one is there.
"""

from __future__ import annotations

from typing import BinaryIO

import msgspec

from cleaner.dumps.formats.delimited import DELIMITERS, row_bytes
from cleaner.dumps.formats.packed import PLAIN, packed
from cleaner.dumps.formats.shaped import Writer


class Target(msgspec.Struct, frozen=True):
    """The format of the records that a run writes, and what has to be known for it. It can be pickled."""

    format: str = "jsonl"
    packing: str = PLAIN
    text_field: str = "text"
    columns: tuple[str, ...] = ()
    """Of CSV and TSV, where all are known before."""
    line_end: str = "\n"
    shape: bytes = b""
    """Of Parquet that is cleaned to Parquet, its shape, encoded."""

    @property
    def grows(self) -> bool:
        """Whether what the writer gives, one after the other and behind the `head`, is the file."""
        return self.format == "jsonl" or bool(self.columns)

    def head(self) -> bytes:
        """What a file that grows begins with."""
        if not self.columns:
            return b""
        return packed(row_bytes(self.columns, DELIMITERS[self.format], self.line_end), self.packing)

    def writer(self) -> Writer:
        """A writer of records, which packs nothing. One that doesn't grow into a file writes parts of it."""
        if self.shape:
            from cleaner.dumps.formats.parquet_writer import ParquetWriter, Shape

            return ParquetWriter(msgspec.json.decode(self.shape, type=Shape), self.text_field)
        if self.columns:
            from cleaner.dumps.formats.delimited_writer import DelimitedWriter

            return DelimitedWriter(self.columns, DELIMITERS[self.format], self.line_end, self.text_field)
        from cleaner.dumps.formats.jsonl import JsonlWriter

        return JsonlWriter(self.text_field)

    def part(self, data: bytes) -> bytes:
        """What is written of the bytes that a writer gave: packed, where the file is and grows."""
        return packed(data, self.packing) if self.grows else data

    def finish(self, parts: BinaryIO, out: BinaryIO) -> None:
        """Write the file to `out` from all that the writers gave, which stands in `parts`."""
        parts.seek(0)
        if self.format in DELIMITERS:
            from cleaner.dumps.formats.delimited_writer import lines_to_rows

            for rows in lines_to_rows(parts, DELIMITERS[self.format], self.line_end):
                out.write(packed(rows, self.packing))
            return
        from cleaner.dumps.formats import parquet_writer

        if self.shape:
            shape = msgspec.json.decode(self.shape, type=parquet_writer.Shape)
            parquet_writer.batches_to_parquet(parts, out, shape)
        else:
            parquet_writer.lines_to_parquet(parts, out)
