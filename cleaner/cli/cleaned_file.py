"""A cleaned file of records and its rows, each of which can be read from its beginning again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import BinaryIO

import msgspec

from cleaner.cli.counted import agreeing, counted
from cleaner.cli.written import lines_of
from cleaner.dumps.endings import Ending
from cleaner.dumps.formats.restoring import form_of
from cleaner.dumps.pairing import CleanedRecord
from cleaner.visible import visible


class CleanedFile(msgspec.Struct, frozen=True):
    """What a run wrote to one file, and the rows of what it cut there."""

    path: Path
    said: Ending
    """What the file's name says of it."""
    removed: Path
    id_key: str
    """The key under which the records hold their ids, where they have any."""

    @contextmanager
    def records(self) -> Iterator[Iterator[CleanedRecord]]:
        """The cleaned records. Raises ValueError where the file is none of its format."""
        with lines_of(self.path) as file:
            yield form_of(file, self.said.format, self.said.packing, frozenset()).records()

    def rows(self) -> AbstractContextManager[BinaryIO]:
        """Their rows, a line each."""
        return lines_of(self.removed)

    def out_of_step(self) -> str:
        """What to say where neither ids nor texts nor places tell which row is which record's."""
        with self.records() as records, self.rows() as rows:
            numbers = counted(sum(1 for _ in records), "record"), counted(sum(1 for _ in rows), "row")
        return (
            f"{self.path} has {numbers[0]}, and the run wrote {numbers[1]}. They belong together by the "
            "records' ids, or where these don't tell, by their order, which is another one now: bring the "
            "records into the order in which the run wrote them"
        )


def gone_said(number: int, cleaned: Path) -> str:
    """What to say of rows whose records aren't in the cleaned file any more."""
    rows = f"{counted(number, 'row')} of the run {agreeing(number, 'has', 'have')}"
    return f"{rows} no record in {visible(str(cleaned))} any more."
