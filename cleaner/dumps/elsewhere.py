"""Files that stand anywhere that fsspec reaches: object stores, hubs, servers, and this machine's folders.

A place is a url (`s3://bucket/key`) or a path. Credentials are looked for where each store's client looks for
them; none of them, and nothing else that a url holds beside its place, gets into a message or a file.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import datetime
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Any, TypeAlias

import msgspec

from cleaner.errors import CleanerError
from cleaner.extras import installing

AbstractFileSystem: TypeAlias = Any
"""One of fsspec's, which is loaded with the first place that is looked at."""

HIDDEN = ".clean-"
"""What the name of a file begins with that isn't whole yet."""

_URL = re.compile(r"([a-z][a-z0-9+.-]*)(?:://|::)", re.I)
_LOGIN = re.compile(r"(?<=://)[^/@\s]*@")
_QUERY = re.compile(r"(://[^\s?#]*)[?#]\S*")
_SECRET = re.compile(r"\b([\w-]*(?:key|token|secret|signature|password|credential)[\w-]*\s*[=:]\s*)\S+", re.I)

# What is read or written in one request. Two of them are held, one in use and one that comes.
_BLOCK = 1 << 23
# Behind the end of a stretch only the rest of a line is wanted.
_SMALL_BLOCK = 1 << 18

_AT_ONCE = 64

# An object has its name when all of it is there, and not before.
_STORES = ("s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "adl", "oci", "oss", "hf", "memory")

_CLIENTS = {
    "s3": "s3fs",
    "s3a": "s3fs",
    "gs": "gcsfs",
    "gcs": "gcsfs",
    "hf": "huggingface_hub",
    "az": "adlfs",
    "abfs": "adlfs",
    "abfss": "adlfs",
    "http": "aiohttp",
    "https": "aiohttp",
}

_NO_CREDENTIALS = ("NoCredentialsError", "PartialCredentialsError", "DefaultCredentialsError")
_DENIED = (
    "AccessDenied",
    "Forbidden",
    "Unauthorized",
    "InvalidAccessKeyId",
    "SignatureDoesNotMatch",
    "403",
    "401",
)
_LONGEST_REASON = 200


class Unreachable(CleanerError):
    """A place can't be read or written at this moment; another attempt can succeed."""


class Entry(msgspec.Struct, frozen=True):
    """A file in a listing."""

    place: str
    size: int
    version: int
    """Another one where the file was written to; 0 where nothing tells."""


def is_url(path: str) -> bool:
    """Whether `path` names something by a url, and not a file of this machine by its path."""
    return _URL.match(path) is not None


def shown(place: str) -> str:
    """A place as it can be shown and written down: without a login, a query and a fragment."""
    return _QUERY.sub(r"\1", _LOGIN.sub("", place)) if is_url(place) else place


def inside(folder: str, name: str) -> str:
    """The place called `name` in a folder."""
    return f"{folder.rstrip('/')}/{name}"


def listed(place: str) -> tuple[Entry, ...] | None:
    """The files at `place`: itself, those of a pattern, or those below a folder, by their names.

    None where it is a file itself. Raises CleanerError where nothing is there.
    """
    fs, path = _reached(place)
    with explained(place):
        # What a listing said before may no longer hold.
        fs.invalidate_cache()
        if any(mark in path for mark in "*?["):
            found = list(fs.glob(path, detail=True).items())
        else:
            info = _info(fs, path)
            if info is not None and info.get("type") == "file":
                return None
            found = list(fs.find(path, detail=True).items())
    if not found:
        raise CleanerError(f"{shown(place)} doesn't exist, or holds no file; nothing was read")
    files = [info | {"name": name} for name, info in sorted(found) if info.get("type") == "file"]
    return tuple(_entry(place, fs, info) for info in files)


def entry(place: str) -> Entry:
    """The file at `place`, as it is now. Raises CleanerError where there is none."""
    fs, path = _reached(place)
    with explained(place):
        fs.invalidate_cache()
        return _entry(place, fs, fs.info(path))


def is_there(place: str) -> bool:
    """Whether there is a file or a folder at `place`."""
    fs, path = _reached(place)
    with explained(place):
        fs.invalidate_cache()
        return bool(fs.exists(path))


def names_in(folder: str) -> frozenset[str]:
    """The names of the files that stand in a folder; none where it isn't there."""
    fs, path = _reached(folder)
    with explained(folder):
        fs.invalidate_cache()
        try:
            found = fs.ls(path, detail=False)
        except (FileNotFoundError, NotADirectoryError):
            return frozenset()
    return frozenset(name.rstrip("/").rpartition("/")[2] for name in found)


def read(place: str, most: int | None = None) -> bytes | None:
    """All bytes of the file at `place`, or the first `most`; None where it isn't there."""
    fs, path = _reached(place)
    with explained(place):
        try:
            data: bytes = fs.cat_file(path) if most is None else fs.cat_file(path, start=0, end=most)
        except FileNotFoundError:
            return None
        return data


def read_all(places: Sequence[str]) -> list[bytes]:
    """The bytes of several small files of one store, in their order, some of them at the same time."""
    fs, _ = _reached(places[0])
    found: list[bytes] = []
    for at in range(0, len(places), _AT_ONCE):
        few = places[at : at + _AT_ONCE]
        paths = [_reached(place)[1] for place in few]
        with explained(few[0]):
            got = fs.cat(paths, on_error="return")
        if isinstance(got, bytes):
            got = {paths[0]: got}
        for place, path in zip(few, paths, strict=True):
            data = got.get(path)
            with explained(place):
                if isinstance(data, Exception):
                    raise data
                if data is None:
                    raise FileNotFoundError(path)
            found.append(data)
    return found


def put(file: Path, place: str) -> None:
    """Write a file of this machine to `place`, which has that name when all of it is there."""
    fs, path = _reached(place)
    with explained(place):
        if _is_here(fs):
            _put_here(file, Path(path))
        elif _is_store(fs):
            # Its client would hold ten pieces of fifty megabytes at a time.
            bounds = {"chunksize": _BLOCK, "max_concurrency": 1} if "s3" in _protocols(fs) else {}
            fs.put_file(str(file), path, **bounds)
        else:
            above, _, name = path.rpartition("/")
            fs.makedirs(above, exist_ok=True)
            hidden = f"{above}/{HIDDEN}{secrets.token_hex(4)}-{name}"
            try:
                fs.put_file(str(file), hidden)
                fs.mv(hidden, path)
            except BaseException:
                with suppress(Exception):
                    fs.rm_file(hidden)
                raise


def write(data: bytes, place: str) -> None:
    """Write a small file to `place`."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="clean-") as folder:
        file = Path(folder) / "file"
        file.write_bytes(data)
        put(file, place)


def delete(places: Sequence[str]) -> None:
    """Delete files of one store that are there."""
    if not places:
        return
    fs, _ = _reached(places[0])
    with explained(places[0]), suppress(FileNotFoundError):
        fs.rm([_reached(place)[1] for place in places])


class Reading:
    """The bytes `[start, end)` of a file, read from their beginning on, the next block while one is used.

    Raises Unreachable where it can't be read, so that no failure of a network is taken for a damaged file,
    and CleanerError where it has become shorter.
    """

    def __init__(self, entry: Entry, start: int = 0, end: int | None = None, block: int = _BLOCK) -> None:
        self.name = shown(entry.place)
        self._fs, self._path = _reached(entry.place)
        self._at = start
        self._end = entry.size if end is None else min(end, entry.size)
        self._block = block
        self._held = b""
        self._used = 0
        self._next: Future[bytes] | None = None
        self._thread = ThreadPoolExecutor(1)

    def __enter__(self) -> Reading:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._thread.shutdown(wait=True, cancel_futures=True)

    def read(self, size: int = -1) -> bytes:
        """The next `size` bytes at most; none at the end only."""
        if self._used == len(self._held):
            self._held, self._used = self._block_after(), 0
        if size < 0:
            return b"".join((self._rest(), *iter(self._block_after, b"")))
        data = self._held[self._used : self._used + size]
        self._used += len(data)
        return data

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def _rest(self) -> bytes:
        rest, self._held, self._used = self._held[self._used :], b"", 0
        return rest

    def _block_after(self) -> bytes:
        coming = self._next or self._asked()
        if coming is None:
            return b""
        data = coming.result()
        self._next = self._asked()
        return data

    def _asked(self) -> Future[bytes] | None:
        start, end = self._at, min(self._at + self._block, self._end)
        if start >= end:
            return None
        self._at = end
        return self._thread.submit(self._fetched, start, end)

    def _fetched(self, start: int, end: int) -> bytes:
        with explained(self.name):
            data: bytes = self._fs.cat_file(self._path, start=start, end=end)
        if len(data) < end - start:
            raise CleanerError(f"{self.name} became shorter while it was read")
        return data


class LinesOf:
    """The lines that begin in the bytes `[start, end)` of a file, the last one to its end."""

    def __init__(self, entry: Entry, start: int, end: int) -> None:
        # A line begins behind a line feed: whether one stands before `start` is seen there.
        self._begun = start == 0
        self._reading = Reading(entry, max(start - 1, 0), end)
        self._left = end - max(start - 1, 0)
        self._entry = entry
        self._end = end
        self._tail: Reading | None = None
        self._held = b""
        self._is_over = False

    def __enter__(self) -> LinesOf:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._reading.__exit__(kind, error, trace)
        if self._tail is not None:
            self._tail.__exit__(kind, error, trace)

    def read(self, size: int = -1) -> bytes:
        """The next `size` bytes at most; none at the end only."""
        if size < 0:
            return b"".join(iter(lambda: self.read(1 << 20), b""))
        if not self._held:
            self._held = self._more()
        data, self._held = self._held[:size], self._held[size:]
        return data

    def _more(self) -> bytes:
        while not self._is_over:
            data = self._reading.read(1 << 20)
            if not data:
                return self._behind()
            self._left -= len(data)
            if not self._begun:
                at = data.find(b"\n") + 1
                if not at:
                    continue
                data, self._begun = data[at:], True
            # Where the stretch ends with a line feed, the next line begins behind it.
            self._is_over = not self._left and (not data or data.endswith(b"\n"))
            if data:
                return data
        return b""

    def _behind(self) -> bytes:
        """What is left of the last line behind the end of the stretch."""
        if not self._begun:
            self._is_over = True
            return b""
        if self._tail is None:
            self._tail = Reading(self._entry, self._end, block=_SMALL_BLOCK)
        data = self._tail.read(_SMALL_BLOCK)
        at = data.find(b"\n") + 1
        self._is_over = bool(at) or not data
        return data[:at] if at else data


def lines_begun(entry: Entry, start: int, end: int) -> int:
    """How many lines begin in the bytes `[start, end)` of a file."""
    count = int(start == 0 < end)
    with Reading(entry, max(start - 1, 0), end - 1) as reading:
        while data := reading.read(_BLOCK):
            count += data.count(b"\n")
    return count


@contextmanager
def explained(place: str) -> Iterator[None]:
    """Raise CleanerError in place of whatever a store's client raises in the block, naming the place."""
    try:
        yield
    except CleanerError:
        raise
    except Exception as error:
        raise _explanation(place, error) from None


def _explanation(place: str, error: Exception) -> CleanerError:
    name, kinds = shown(place), {each.__name__ for each in type(error).__mro__}
    said = _said(error)
    if kinds & set(_NO_CREDENTIALS):
        return CleanerError(
            f"{name} can't be reached without credentials, and none were found; set them as the store's own "
            "tools want them, in the environment or in their files, on every machine that works"
        )
    if isinstance(error, PermissionError) or any(code in said for code in _DENIED):
        return CleanerError(
            f"{name}: access was denied ({said}); check that the credentials in use may read and write there"
        )
    if isinstance(error, FileNotFoundError) or "NoSuchBucket" in said:
        return CleanerError(f"{name} doesn't exist; check its name, and that of its bucket")
    if isinstance(error, ImportError):
        return _no_client(place)
    if isinstance(error, IsADirectoryError | NotADirectoryError | FileExistsError):
        return CleanerError(f"{name} can't be used ({said})")
    return Unreachable(f"{name} can't be reached ({said})")


def _said(error: Exception) -> str:
    """What an error says, without anything that could be a secret, in one short line."""
    said = getattr(error, "strerror", None) or str(error)
    said = _SECRET.sub(r"\1…", _QUERY.sub(r"\1", _LOGIN.sub("", " ".join(str(said).split()))))
    said = said if len(said) <= _LONGEST_REASON else said[:_LONGEST_REASON] + "…"
    name = type(error).__name__
    return f"{name}: {said}" if said else name


def _reached(place: str) -> tuple[AbstractFileSystem, str]:
    """A place's file system and its path there. Raises CleanerError where its client isn't installed."""
    try:
        url_to_fs = import_module("fsspec.core").url_to_fs
    except ImportError as error:
        raise CleanerError(
            f"{shown(place)} is read and written by fsspec, which isn't installed; "
            f"install it with: {installing('fsspec')} (nothing was written)"
        ) from error
    try:
        fs, path = url_to_fs(place)
    except ImportError:
        raise _no_client(place) from None
    except ValueError as error:
        if "Protocol not known" in str(error):
            raise CleanerError(
                f"{shown(place)} begins with no protocol that is known; nothing was read"
            ) from None
        raise _explanation(place, error) from None
    except Exception as error:
        raise _explanation(place, error) from None
    return fs, path


def _no_client(place: str) -> CleanerError:
    match = _URL.match(place)
    protocol = match[1].lower() if match else "file"
    client = _CLIENTS.get(protocol)
    package = client or f"the fsspec client of {protocol}://"
    command = f", with: {installing(client)}" if client else ""
    return CleanerError(
        f"{shown(place)} needs {package}, which isn't installed; install it, on every machine that works"
        f"{command} (nothing was written)"
    )


def _info(fs: AbstractFileSystem, path: str) -> Mapping[str, Any] | None:
    try:
        info: Mapping[str, Any] = fs.info(path)
    except FileNotFoundError:
        return None
    return info


def _entry(place: str, fs: AbstractFileSystem, info: Mapping[str, Any]) -> Entry:
    size = info.get("size")
    if size is None:
        raise CleanerError(
            f"{shown(place)} doesn't tell its size, so it can't be shared out; copy it elsewhere"
        )
    name = str(info["name"])
    return Entry(name if _is_here(fs) else _url_of(place, fs, name), int(size), _version(info))


def _url_of(place: str, fs: AbstractFileSystem, name: str) -> str:
    """The url of a file that a listing of `place` names."""
    if is_url(name):
        return name
    path, bare = str(fs._strip_protocol(place)), place.rstrip("/")
    # What the file system takes off a url is what it doesn't give back: protocol, login, server.
    return bare[: -len(path)] + name if path and bare.endswith(path) else str(fs.unstrip_protocol(name))


_VERSIONS = (
    "ETag",
    "etag",
    "md5Hash",
    "blob_id",
    "mtime",
    "LastModified",
    "last_modified",
    "updated",
    "created",
)


def _version(info: Mapping[str, Any]) -> int:
    told = next((info[key] for key in _VERSIONS if info.get(key)), None)
    if told is None:
        return 0
    # A listing and a file's own answer can tell the same in two ways.
    said = str(told.timestamp() if isinstance(told, datetime) else told).strip('"')
    return int.from_bytes(sha256(said.encode()).digest()[:7])


def _is_here(fs: AbstractFileSystem) -> bool:
    return "file" in _protocols(fs)


def _is_store(fs: AbstractFileSystem) -> bool:
    return not _protocols(fs).isdisjoint(_STORES)


def _protocols(fs: AbstractFileSystem) -> set[str]:
    return {fs.protocol} if isinstance(fs.protocol, str) else set(fs.protocol)


def _put_here(file: Path, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    hidden = path.with_name(f"{HIDDEN}{secrets.token_hex(4)}-{path.name}")
    try:
        with file.open("rb") as source, hidden.open("xb") as copy:
            shutil.copyfileobj(source, copy, 1 << 20)
            copy.flush()
            os.fsync(copy.fileno())
        hidden.replace(path)
    except BaseException:
        hidden.unlink(missing_ok=True)
        raise
