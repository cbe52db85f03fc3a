"""The journal of a run: how far it has come, in a hidden file beside what it writes.

The file is replaced whole, and only when all that it speaks of is on the disk. So whatever happens, it tells
of a state that the run's files can be brought back to.
"""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import msgspec

from cleaner.dumps.fingerprint import Fingerprint
from cleaner.dumps.reasons import json_fault
from cleaner.dumps.shards import Cursor
from cleaner.dumps.tally import Tally
from cleaner.dumps.whole import flush_folder
from cleaner.errors import CleanerError

FORMAT = 1
"""The format of journals that this version writes and goes on with."""

_LONGEST_NAME = 200

_encode = msgspec.json.Encoder().encode


class Growing(msgspec.Struct, frozen=True):
    """A file of the run: its hidden name, the one that it will have, and how much of it is whole."""

    hidden: str
    final: str
    size: int = 0


class State(msgspec.Struct, frozen=True):
    """How far a run has come."""

    token: str
    """What the hidden names of its files hold."""
    files: tuple[Growing, ...]
    folder: str | None = None
    """Where its texts go."""
    made: str | None = None
    """The topmost folder that it made for them."""
    texts: int = 0
    """How many texts are whole."""
    cursor: Cursor = Cursor()
    read: int = 0
    """How many bytes of the sources are done."""
    tally: Tally = msgspec.field(default_factory=Tally)
    fingerprint: Fingerprint | None = None
    """None before anything is whole."""
    whole: bool = False
    """Whether all is written and only the names are missing."""
    resumed: int = 0
    """How many times it was taken up again."""
    format: int = FORMAT


class Journal:
    """The journal at one path."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._new = path.with_name(path.name + "~")

    def read(self) -> State | None:
        """How far an unfinished run has come; None where there is none.

        Raises CleanerError where the journal can't be read, or is another version's.
        """
        try:
            data = self.path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise CleanerError(
                f"{self.path}, the journal of an unfinished run, can't be read ({error.strerror or error}); "
                "nothing was changed"
            ) from error
        try:
            if msgspec.json.decode(data, type=_Version).format != FORMAT:
                raise CleanerError(
                    f"{self.path} is the journal of another version of clean; finish the run with that one, "
                    "or begin anew with --start-over. Nothing was changed"
                )
            return msgspec.json.decode(data, type=State)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise CleanerError(
                f"{self.path}, the journal of an unfinished run, is damaged ({json_fault(error)}); delete it "
                "to begin anew"
            ) from error

    def note(self, state: State) -> None:
        """Write down that the run has only just begun. It may be lost; then nothing else is."""
        self._new.write_bytes(_encode(state))
        self._new.replace(self.path)

    def write(self, state: State) -> None:
        """Write down how far the run has come. What it speaks of must be on the disk already."""
        with self._new.open("wb") as file:
            file.write(_encode(state))
            file.flush()
            os.fsync(file.fileno())
        self._new.replace(self.path)
        flush_folder(self.path.parent)

    def forget(self) -> None:
        """Delete the journal."""
        for path in (self.path, self._new):
            with suppress(OSError):
                path.unlink()


class _Version(msgspec.Struct):
    format: int = 0


def journal_of_file(out: Path) -> Journal:
    """The journal of a run that writes the file `out`."""
    name = (
        out.name if len(os.fsencode(out.name)) <= _LONGEST_NAME else sha256(os.fsencode(out.name)).hexdigest()
    )
    return Journal(out.parent / f".clean-{name}.resume")


def journal_of_folder(out: Path) -> Journal:
    """The journal of a run that writes into the folder `out`."""
    return Journal(out / ".clean.resume")
