"""What a caller of this room can catch."""

from __future__ import annotations

from cleaner.errors import CleanerError


class GoldenError(CleanerError):
    """The samples of a root folder, or what is told about one of them, can't be read or accepted."""


class GapError(CleanerError):
    """The file of gaps can't be read, or an entry of it says too little or too much."""
