"""Accepting changes: what the cleaner gives today becomes the golden, by a person's word."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from cleaner.dumps.whole import WholeFiles
from cleaner.golden.changes import Change
from cleaner.golden.errors import GoldenError


def refuse_under_ci() -> None:
    """Raise GoldenError where CI is set: what checks a change must not bless it."""
    if os.environ.get("CI", "").lower() not in ("", "0", "false"):
        raise GoldenError(
            "CI is set, and goldens are accepted by a person, not by what checks them; nothing was written"
        )


def accept(accepted: Iterable[Change]) -> None:
    """Make the goldens what the cleaner gives today: all of `accepted`, or nothing.

    Raises CleanerError where a file can't be written or deleted.
    """
    accepted = list(accepted)
    with WholeFiles() as files:
        for path, text in _effects(accepted):
            if text is not None:
                files.make_folder(path.parent)
                files.write(path, text.encode("utf-8"))
    for path, text in _effects(accepted):
        if text is None:
            _delete(path)


def _delete(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise GoldenError(
            f"{path} can't be deleted ({error.strerror}); the other changes were made"
        ) from error


def _effects(accepted: Iterable[Change]) -> Iterator[tuple[Path, str | None]]:
    for change in accepted:
        yield from change.files.items()
