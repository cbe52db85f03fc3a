"""The files of a run: they grow part by part under hidden names, and get their own names all together."""

from __future__ import annotations

import io
import os
import secrets
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, cast

import msgspec

from cleaner.dumps.endings import TEXT_ENDING
from cleaner.dumps.fingerprint import Fingerprint
from cleaner.dumps.formats.target import Target
from cleaner.dumps.inside import path_inside
from cleaner.dumps.journal import Growing, Journal, State
from cleaner.dumps.present import is_folder, is_there
from cleaner.dumps.sidecar import error_row
from cleaner.dumps.whole import PART, flush, flush_folder, not_written, undisturbed
from cleaner.dumps.work import Part
from cleaner.errors import CleanerError

SECONDS_BETWEEN = 2.0
"""How often the journal is written. What was done since is done again where the machine fails."""


class Targets(msgspec.Struct, frozen=True):
    """What a run writes; None for what it doesn't."""

    records: Path | None = None
    target: Target = Target()
    """What the records are written as."""
    folder: Path | None = None
    """Where the texts go."""
    rows: Path | None = None
    errors: Path | None = None
    stats: Path | None = None


class GrowingFiles:
    """A context in which the parts of a run are written, in their order.

    With a `journal`, a block that ends by an error or an interrupt keeps what is whole: a run can go on
    from there. Without one, or where nothing is whole yet, all is deleted. What stood under the final names
    stands there until the run is whole.
    """

    def __init__(
        self,
        targets: Targets,
        *,
        stream: BinaryIO | None = None,
        journal: Journal | None = None,
        fingerprint: Callable[[], Fingerprint] | None = None,
        unfinished: State | None = None,
    ) -> None:
        """`stream` takes the records where they go into no file. `fingerprint` tells what a journal needs to
        know. `unfinished` is the state that the run is to go on from.

        Raises CleanerError where a file can't be written, or where another run is writing it.
        """
        self._targets = targets
        self._stream = stream
        self._journal = journal
        self._fingerprint = fingerprint
        self._files: dict[Path, _File] = {}
        self._new_texts: list[Path] = []
        self._folders: set[Path] = set()
        self._made: list[Path] = []
        self._ending = False
        self._written = time.monotonic()
        self.kept = False
        """Whether the block ended badly and what is whole was kept."""
        self.state = _gone_on(unfinished) if unfinished else State(secrets.token_hex(8), ())
        self._parts: Path | BinaryIO | None = None

    def __enter__(self) -> GrowingFiles:
        try:
            # An interrupt between making a file and taking note of it would leave it lying about.
            with undisturbed():
                self._open_all()
        except BaseException:
            self._close()
            if not self._goes_on:
                self._discard()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._close()
        elif self.state.whole:
            # Only names are missing, and the journal says so.
            self._close()
            self.kept = True
        elif self._ending:
            self._discard()
        else:
            self._keep()

    @property
    def _goes_on(self) -> bool:
        return self.state.fingerprint is not None

    def append(self, part: Part) -> None:
        """Write what a shard became. It must be the next one."""
        targets, state = self._targets, self.state
        before = state.tally.records
        if isinstance(self._parts, Path):
            self._files[self._parts].write(part.records)
        elif self._parts is not None:
            self._parts.write(part.records)
        elif self._stream is not None:
            self._stream.write(part.records)
            self._stream.flush()
        elif targets.records is not None:
            self._files[targets.records].write(part.records)
        # The rows come first: they tell which texts there are, where those have to be deleted.
        if targets.rows is not None:
            self._files[targets.rows].write(part.rows)
        for number, (id, data) in enumerate(part.texts, state.texts):
            self._write_text(id, number, data)
        if targets.errors is not None:
            rows = b"".join(error_row(each.item, before + each.at) for each in part.refusals)
            self._files[targets.errors].write(rows)
        with undisturbed():
            state.tally.add(part.tally)
            self.state = msgspec.structs.replace(
                state,
                files=self._sizes(),
                texts=state.texts + len(part.texts),
                cursor=part.after,
                read=state.read + part.size,
            )
        if self._journal is not None and time.monotonic() - self._written >= SECONDS_BETWEEN:
            self._write_down()

    def give_up(self) -> None:
        """Delete all that was written, and keep nothing to go on from: the block ends by an error."""
        self._ending = True
        self._close()

    def finish(self, stats: bytes) -> None:
        """Give all files their names. `stats` is what the statistics' file holds."""
        if self._parts is not None:
            self._put_together()
        if self._targets.stats is not None:
            file = self._files[self._targets.stats]
            file.cut(0)
            file.write(stats)
        self.state = msgspec.structs.replace(self.state, files=self._sizes())
        # Small runs need no journal: between this and the last name nothing takes long.
        if self._journal is not None and self._goes_on:
            self._write_down(whole=True)
        else:
            self._flush()
        self._ending = True
        self._close()
        name_all(self.state)
        if self._journal is not None:
            self._journal.forget()

    def _open_all(self) -> None:
        targets, known = self._targets, {each.final: each for each in self.state.files}
        if targets.folder is not None:
            self._make_folder(targets.folder)
        paths = [targets.records, targets.rows, targets.errors, targets.stats]
        for number, path in enumerate(filter(None, paths)):
            final = Path(os.path.realpath(path))
            hidden = final.parent / f".clean-{self.state.token}-{number}{PART}"
            self._files[path] = _File.opened(path, hidden, final, known.get(str(final)))
        self._open_parts(known)
        made = str(self._made[0]) if self._made else self.state.made
        folder = str(targets.folder) if targets.folder else None
        self.state = msgspec.structs.replace(self.state, files=self._sizes(), folder=folder, made=made)
        if self._journal is not None and not self._goes_on:
            try:
                self._journal.note(self.state)
            except OSError as error:
                raise not_written(self._journal.path, error) from error

    def _open_parts(self, known: Mapping[str, Growing]) -> None:
        """Make room for the parts of a file that is put together at the end; begin one that grows."""
        target, path = self._targets.target, self._targets.records
        if path is None and self._stream is None:
            return
        if target.grows:
            if self._stream is not None:
                self._stream.write(target.head())
            elif path is not None and not known:
                self._files[path].write(target.head())
            return
        if path is None:
            self._parts = cast(BinaryIO, tempfile.TemporaryFile(prefix="clean-"))  # noqa: SIM115
            return
        # What gets no other name goes when the run is whole.
        hidden = Path(os.path.realpath(path)).parent / f".clean-{self.state.token}-parts{PART}"
        self._files[hidden] = _File.opened(hidden, hidden, hidden, known.get(str(hidden)))
        self._parts = hidden

    def _put_together(self) -> None:
        """Write the file of the records from its parts."""
        target = self._targets.target
        if not isinstance(self._parts, Path):
            assert self._parts is not None
            assert self._stream is not None
            target.finish(self._parts, self._stream)
            self._parts.close()
            return
        assert self._targets.records is not None
        with self._parts.open("rb") as parts:
            self._files[self._targets.records].fill(lambda out: target.finish(parts, out))

    def _write_text(self, id: str, number: int, data: bytes) -> None:
        assert self._targets.folder is not None
        final = path_inside(self._targets.folder, id + TEXT_ENDING)
        self._make_folder(final.parent)
        real = Path(os.path.realpath(final))
        hidden = _hidden_text(real, self.state.token, number)
        if is_folder(real):
            raise CleanerError(f"{final} is a folder, so no file can be written under that name")
        hidden.write_bytes(data)
        if is_there(real):
            hidden.chmod(real.stat().st_mode & 0o777)
        self._new_texts.append(hidden)

    def _make_folder(self, path: Path) -> None:
        if path in self._folders:
            return
        missing = [folder for folder in (path, *path.parents) if not is_there(folder)]
        try:
            path.mkdir(parents=True, exist_ok=True)
        except FileExistsError as error:
            raise CleanerError(f"{path} is no folder, so nothing can be written into it") from error
        except OSError as error:
            raise not_written(path, error) from error
        self._made += reversed(missing)
        self._folders.add(path)

    def _write_down(self, *, whole: bool = False) -> None:
        """See to it that all is on the disk, then say so in the journal."""
        assert self._journal is not None
        assert self._fingerprint is not None
        self._flush()
        fingerprint = self.state.fingerprint or self._fingerprint()
        state = msgspec.structs.replace(self.state, fingerprint=fingerprint, whole=whole)
        self._journal.write(state)
        self.state = state
        self._written = time.monotonic()

    def _flush(self) -> None:
        for file in self._files.values():
            file.flush()
        flush(self._new_texts)
        self._new_texts.clear()
        for folder in self._folders:
            flush_folder(folder)

    def _keep(self) -> None:
        """Bring the files back to what is whole and keep them; where nothing is, delete them."""
        if self._journal is not None and self.state.cursor.shards:
            with suppress(OSError, CleanerError):
                for file, whole in zip(self._files.values(), self.state.files, strict=True):
                    file.cut(whole.size)
                self._write_down()
            self.kept = self._goes_on
        self._close()
        if not self.kept:
            self._discard()

    def _close(self) -> None:
        for file in self._files.values():
            file.close()

    def _discard(self) -> None:
        discard(msgspec.structs.replace(self.state, files=self._sizes()))
        if self._journal is not None:
            self._journal.forget()
        for folder in reversed(self._made):
            with suppress(OSError):
                folder.rmdir()

    def _sizes(self) -> tuple[Growing, ...]:
        return tuple(file.whole() for file in self._files.values())


def _gone_on(state: State) -> State:
    return msgspec.structs.replace(state, resumed=state.resumed + 1)


class _File:
    """One file that grows."""

    def __init__(self, hidden: Path, final: Path, file: BinaryIO, size: int) -> None:
        self._hidden = hidden
        self._final = final
        self._file = file
        self._size = size

    @classmethod
    def opened(cls, path: Path, hidden: Path, final: Path, known: Growing | None) -> _File:
        """The file that will be called `path`: a new one, or the `known` one, cut to what is whole of it."""
        if is_folder(final):
            raise CleanerError(f"{path} is a folder, so no file can be written under that name")
        if is_there(final) and not os.access(final, os.W_OK):
            # To put another file in its place the folder alone would have to be writable.
            raise CleanerError(
                f"{path} is write-protected, so it isn't replaced; choose another OUT, or allow writing with "
                "chmod u+w. No file was changed"
            )
        try:
            if known is None:
                file = hidden.open("xb", buffering=0)
                if is_there(final):
                    hidden.chmod(final.stat().st_mode & 0o777)
            else:
                hidden = Path(known.hidden)
                file = hidden.open("r+b", buffering=0)
        except OSError as error:
            raise not_written(path, error) from error
        opened = cls(hidden, final, file, known.size if known else 0)
        try:
            _claim(file, path)
            if known is not None:
                opened.take_up(path, known.size)
        except CleanerError:
            file.close()
            raise
        return opened

    def take_up(self, path: Path, size: int) -> None:
        """Cut it to `size`, which must be there."""
        if self._file.seek(0, os.SEEK_END) < size:
            raise CleanerError(
                f"the run of {path} can't be resumed: {self._hidden} is shorter than its journal says; begin "
                "anew with --start-over"
            )
        self.cut(size)

    def write(self, data: bytes) -> None:
        left = memoryview(data)
        while left:
            left = left[self._file.write(left) :]
        self._size += len(data)

    def fill(self, write: Callable[[BinaryIO], None]) -> None:
        """Let `write` write all of it."""
        self.cut(0)
        out = io.BufferedWriter(cast(io.RawIOBase, self._file), 1 << 20)
        try:
            write(out)
            out.flush()
            self._size = out.tell()
        finally:
            out.detach()

    def cut(self, size: int) -> None:
        self._file.truncate(size)
        self._file.seek(size)
        self._size = size

    def flush(self) -> None:
        os.fsync(self._file.fileno())

    def close(self) -> None:
        with suppress(OSError):
            self._file.close()

    def whole(self) -> Growing:
        return Growing(str(self._hidden), str(self._final), self._size)


def name_all(state: State) -> None:
    """Give all files of a run whose state is whole their names. What has its name already keeps it."""
    folders: set[Path] = set()
    with undisturbed():
        # The rows come first: they tell that what is found under a text's name is a run's own.
        for each in state.files:
            _name(Path(each.hidden), Path(each.final))
            folders.add(Path(each.final).parent)
        if state.folder is not None:
            for hidden, final in _texts(state):
                _name(hidden, final)
                folders.add(final.parent)
    for folder in folders:
        flush_folder(folder)


def _name(hidden: Path, final: Path) -> None:
    if hidden == final:
        hidden.unlink(missing_ok=True)
        return
    with suppress(FileNotFoundError):
        hidden.replace(final)


class _Id(msgspec.Struct):
    id: str


def _texts(state: State) -> Iterator[tuple[Path, Path]]:
    """The hidden and the final path of each text, by the rows: the texts are numbered in their order."""
    assert state.folder is not None
    decode = msgspec.json.Decoder(_Id).decode
    rows = state.files[0]
    path = next(path for path in (Path(rows.hidden), Path(rows.final)) if is_there(path))
    with path.open("rb") as lines:
        for number, line in enumerate(lines):
            final = path_inside(Path(state.folder), decode(line).id + TEXT_ENDING)
            real = Path(os.path.realpath(final))
            yield _hidden_text(real, state.token, number), real


def _hidden_text(real: Path, token: str, number: int) -> Path:
    return real.parent / f".clean-{token}-t{number}{PART}"


def refuse_running(state: State, out: Path) -> None:
    """Raise CleanerError where the run whose state this is goes on in another process."""
    for each in state.files[:1]:
        with suppress(OSError), Path(each.hidden).open("rb") as file:
            _claim(file, out)


def discard(state: State) -> None:
    """Delete all hidden files of a run, and the folder that it made where nothing else is in it."""
    if state.folder is not None and state.files:
        with suppress(OSError, CleanerError, msgspec.MsgspecError, UnicodeDecodeError, StopIteration):
            for hidden, _ in _texts(state):
                hidden.unlink(missing_ok=True)
        _discard_strays(state.folder, state.token)
    for each in state.files:
        Path(each.hidden).unlink(missing_ok=True)
    for folder, _, _ in os.walk(state.made or "", topdown=False):
        with suppress(OSError):
            Path(folder).rmdir()


def _discard_strays(folder: str, token: str) -> None:
    """Delete texts without a row: where the machine failed, the row may be lost and the text be there."""
    for above, _, names in os.walk(folder):
        for name in names:
            if name.startswith(f".clean-{token}-") and name.endswith(PART):
                Path(above, name).unlink(missing_ok=True)


def _claim(file: BinaryIO, path: Path) -> None:
    """Lock a `file` of a run. Raises CleanerError where another run is writing what will be called `path`."""
    try:
        import fcntl
    except ImportError:
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise CleanerError(f"another run is writing {path} at this moment; nothing was changed") from error
    except OSError:
        # Some file systems know no locks.
        return
