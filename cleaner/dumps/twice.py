"""Standard input for two readings: copied to a temporary file, which goes when the context ends."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from cleaner.errors import CleanerError

MAX_COPY = 20_000_000_000
"""How much of a stream is copied, in bytes. What is larger is better kept in a file from the start."""

_PIECE = 1 << 20


@contextmanager
def copied(stream: BinaryIO, most: int = MAX_COPY) -> Iterator[BinaryIO]:
    """A copy of all that is left of `stream`, at its beginning.

    Raises CleanerError where that is more than `most` bytes, or where there is no room for it.
    """
    with tempfile.TemporaryFile(prefix="clean-") as file:
        size = 0
        while piece := stream.read(_PIECE):
            size += len(piece)
            if size > most:
                raise CleanerError(
                    f"there are more than {most / 1e9:g} GB on standard input, and --join-pages reads it "
                    "twice; write it to a file and give that as PATH, nothing was written"
                )
            try:
                file.write(piece)
            except OSError as error:
                raise no_room(error) from error
        file.seek(0)
        yield cast(BinaryIO, file)


def no_room(error: OSError) -> CleanerError:
    """The error for a temporary file that can't be written."""
    return CleanerError(
        f"--join-pages can't write a temporary file in {tempfile.gettempdir()} ({error.strerror or error}); "
        "make room there, or name another folder in the environment variable TMPDIR, nothing was written"
    )
