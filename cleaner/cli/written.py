"""What a run has written, as the commands that read it again are given it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from cleaner.dumps.endings import WRITTEN, Ending, ending_of, said_by
from cleaner.dumps.outputs import STDOUT, identity
from cleaner.dumps.present import is_folder, is_there
from cleaner.errors import CleanerError


def refuse_other(cleaned: Path, outcome: str) -> None:
    """Raise CleanerError, which tells the `outcome`, for what no run has written so."""
    if not is_there(cleaned):
        raise CleanerError(f"{cleaned} doesn't exist; {outcome}")
    if not is_folder(cleaned):
        said_of(cleaned, outcome)


def said_of(path: Path, outcome: str) -> Ending:
    """What the ending of a file of records says. Raises CleanerError where no run writes such a file."""
    ending = ending_of(path.name)
    said = None if ending is None else said_by(ending)
    if said is None or said.format not in WRITTEN:
        raise CleanerError(
            f"{path} is neither a folder nor a .jsonl, .csv, .tsv or .parquet file, as a run writes them; "
            f"{outcome}. Give the OUT of a run"
        )
    return said


def refuse_same(out: Path, read: Iterable[Path], outcome: str) -> None:
    """Raise CleanerError where writing `out` would change one of the files that are `read`."""
    for path in read:
        if str(out) != STDOUT and identity(out) == identity(path):
            raise CleanerError(f"{out} is to be written, but {path} is read; {outcome}")


def lines_of(path: Path) -> BinaryIO:
    """A run's file, to read; where there is none, nothing."""
    # A run without errors may have lost its empty file; there is nothing in it to lose.
    return path.open("rb", buffering=1 << 20) if is_there(path) else Path(os.devnull).open("rb")
