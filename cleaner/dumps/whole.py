"""Files that appear under their names only when they are whole, and all together."""

from __future__ import annotations

import os
import secrets
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from cleaner.dumps.present import is_folder, is_there
from cleaner.errors import CleanerError

_BUFFER = 1 << 20

PART = ".part"
"""How the hidden names end under which files are written."""

# Flushing one file takes milliseconds; from here on, flushing all there is on the machine is the faster way.
_MANY = 200


class WholeFiles:
    """A context in which files are written under hidden names beside their final ones.

    Where the block ends well, all of them are flushed to the disk and renamed. Where it ends by an error or
    an interrupt, all of them are deleted, and what stood under the final names still stands there.
    """

    def __init__(self) -> None:
        self._open: list[BinaryIO] = []
        self._pairs: list[tuple[Path, Path]] = []
        self._unflushed: list[Path] = []
        self._made: list[Path] = []
        self._ready: set[Path] = set()

    def __enter__(self) -> WholeFiles:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._discard()
            return
        try:
            self._commit()
        except BaseException:
            self._discard()
            raise

    def open(self, path: Path) -> BinaryIO:
        """A file to write that will be called `path`. A link is followed: the file that it names is replaced.

        Raises CleanerError where no file can be written there.
        """
        final = Path(os.path.realpath(path))
        if is_folder(final):
            raise CleanerError(f"{path} is a folder, so no file can be written under that name")
        part = final.parent / f".clean-{secrets.token_hex(8)}{PART}"
        try:
            file = part.open("xb", buffering=_BUFFER)
            self._pairs.append((part, final))
            self._open.append(file)
            if is_there(final):
                part.chmod(final.stat().st_mode & 0o777)
        except OSError as error:
            raise not_written(path, error) from error
        return file

    def write(self, path: Path, data: bytes) -> None:
        """Write all of a file that will be called `path`. Errors are those of `open`."""
        file = self.open(path)
        file.write(data)
        self._open.remove(file)
        file.close()
        self._unflushed.append(self._pairs[-1][0])

    def make_folder(self, path: Path) -> None:
        """Make the folder `path` and those above it; where the block ends badly they go again."""
        if path in self._ready:
            return
        missing = [folder for folder in (path, *path.parents) if not is_there(folder)]
        for folder in reversed(missing):
            try:
                folder.mkdir()
            except FileExistsError:
                continue
            except OSError as error:
                raise not_written(path, error) from error
            self._made.append(folder)
        if not is_folder(path):
            raise CleanerError(f"{path} is no folder, so nothing can be written into it; nothing was read")
        self._ready.add(path)

    def _commit(self) -> None:
        for file in self._open:
            file.flush()
            os.fsync(file.fileno())
            file.close()
        self._open.clear()
        flush(self._unflushed)
        with undisturbed():
            while self._pairs:
                part, final = self._pairs[-1]
                part.replace(final)
                self._pairs.pop()

    def _discard(self) -> None:
        for file in self._open:
            with suppress(OSError):
                file.close()
        for part, _ in self._pairs:
            part.unlink(missing_ok=True)
        for folder in reversed(self._made):
            with suppress(OSError):
                folder.rmdir()


def not_written(path: Path, error: OSError) -> CleanerError:
    """The error for a `path` that can't be written."""
    if isinstance(error, FileNotFoundError) and not is_there(path.parent):
        return CleanerError(
            f"{path} can't be written, as there is no folder {path.parent}; make it first, or choose another "
            "place. No file was changed"
        )
    return CleanerError(f"{path} can't be written ({error.strerror or error}); no file was changed")


def flush(paths: Sequence[Path]) -> None:
    """See to it that the files are on the disk."""
    if len(paths) > _MANY and hasattr(os, "sync"):
        os.sync()
        return
    for path in paths:
        with path.open("rb+") as file:
            os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """See to it that the names in `folder` are on the disk, where the system lets a folder be flushed."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


@contextmanager
def undisturbed() -> Iterator[None]:
    """No interrupt between the first and the last renaming: it is dealt with behind the block."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
