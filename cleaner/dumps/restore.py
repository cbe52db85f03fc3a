"""Restoring: a cleaned dump and the rows beside it give the source back, and each text is proved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from pathlib import Path
from typing import TypeAlias

import msgspec

from cleaner.dumps.inside import path_inside
from cleaner.dumps.sidecar import ErrorRow, Proof, digest
from cleaner.dumps.sources import TEXT_ENDING
from cleaner.errors import CleanerError
from cleaner.result import rebuild

_encode = msgspec.json.Encoder().encode
_decode_record = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_decode_string = msgspec.json.Decoder(str).decode
_decode_proof = msgspec.json.Decoder(Proof).decode
_decode_error = msgspec.json.Decoder(ErrorRow).decode


class Restored(msgspec.Struct, frozen=True):
    """One record or text as it was before cleaning."""

    data: bytes
    file_id: str | None = None
    """For a text in a folder, the id that names its file."""


class Failed(msgspec.Struct, frozen=True):
    """One record that can't be given back as it was, and why."""

    place: str
    reason: str


class Unknown(msgspec.Struct, frozen=True):
    """Something that the run could not read, and of which it has no bytes: it can't be put back."""

    place: str
    reason: str


Outcome: TypeAlias = Restored | Failed | Unknown


def restore_records(
    out: Iterable[bytes], rows: Iterable[bytes], errors: Iterable[bytes]
) -> Iterator[Outcome]:
    """The source records of the JSONL lines `out`, by their rows; what could not be read in its place.

    A record and its row belong together by their place. A text is given back only where its SHA-256 is
    the row's.
    """
    waiting = _Waiting(errors)
    for index, (line, row) in enumerate(zip_longest(out, rows)):
        yield from waiting.before(index)
        if line is None:
            yield Failed(f"row {index}", "no record is left for it")
        elif row is None:
            yield Failed(f"record {index}", "no row is left for it, so it can't be told what it was")
        else:
            yield _record(index, line, row)
    yield from waiting.rest()


def restore_folder(folder: Path, rows: Iterable[bytes], errors: Iterable[bytes]) -> Iterator[Outcome]:
    """The source texts of the files in `folder`, by the rows; what could not be read as it was."""
    for index, row in enumerate(rows):
        yield _text_file(folder, index, row)
    yield from _Waiting(errors).rest()


class _Waiting:
    """What the run could not read, to be put back in its place."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._rows = iter(lines)
        self._next = self._read()

    def before(self, index: int) -> Iterator[Outcome]:
        """What stands before the cleaned record `index`."""
        while self._next is not None and (isinstance(self._next, Failed) or self._next.at <= index):
            yield self._next if isinstance(self._next, Failed) else _put_back(self._next)
            self._next = self._read()

    def rest(self) -> Iterator[Outcome]:
        """All that is left."""
        while self._next is not None:
            yield self._next if isinstance(self._next, Failed) else _put_back(self._next)
            self._next = self._read()

    def _read(self) -> ErrorRow | Failed | None:
        line = next(self._rows, None)
        if line is None:
            return None
        try:
            return _decode_error(line)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            return Failed("an error row", f"is no row of a run ({error})")


def _put_back(row: ErrorRow) -> Outcome:
    place = f"{row.file}#{row.index}" if row.file_id is None else row.file
    try:
        data = row.data
    except ValueError:
        return Failed(place, "its row holds broken base64")
    if data is None:
        return Unknown(place, row.reason)
    return Restored(data if row.file_id is not None else data + b"\n", row.file_id)


def _record(index: int, line: bytes, row: bytes) -> Outcome:
    place = f"record {index}"
    try:
        proof = _decode_proof(row)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        return Failed(place, f"its row is no row of a run ({error})")
    place = f"record {index} (id {bytes(proof.id).decode()})"
    try:
        values = _decode_record(line)
        cleaned = _decode_string(values[proof.text_field])
    except KeyError:
        return Failed(place, f"has no {proof.text_field!r} any more")
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        return Failed(place, f"can't be read any more ({error})")
    source = _proved(proof, cleaned)
    if source is None:
        return Failed(place, _CHANGED)
    for key in proof.added:
        values.pop(key, None)
    if source != cleaned:
        values[proof.text_field] = msgspec.Raw(_encode(source))
    return Restored(_encode(values) + b"\n")


def _text_file(folder: Path, index: int, row: bytes) -> Outcome:
    try:
        proof = _decode_proof(row)
        file_id = _decode_string(proof.id)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        return Failed(f"row {index}", f"is no row of a run ({error})")
    name = file_id + TEXT_ENDING
    try:
        cleaned = path_inside(folder, name).read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        return Failed(name, f"can't be read any more ({error})")
    except CleanerError as error:
        return Failed(name, str(error))
    source = _proved(proof, cleaned)
    return Failed(name, _CHANGED) if source is None else Restored(source.encode(), file_id)


_CHANGED = "its text or its row was changed after the run: together they don't make the source text"


def _proved(proof: Proof, cleaned: str) -> str | None:
    """The source text; None where it isn't the one that the run has read."""
    try:
        source = rebuild(cleaned, proof.removals())
    except (ValueError, KeyError):
        return None
    return source if digest(source) == proof.sha256 else None
