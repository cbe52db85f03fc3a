"""Restoring: a cleaned dump and the rows beside it give the source back, and each text is proved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import heappop, heappush
from pathlib import Path
from typing import TypeAlias

import msgspec

from cleaner.dumps.endings import TEXT_ENDING
from cleaner.dumps.formats.restoring import BrokenRecord, Form, Given, Values
from cleaner.dumps.inside import path_inside
from cleaner.dumps.pairing import CleanedRecord, Source, in_pairs
from cleaner.dumps.reasons import json_fault
from cleaner.dumps.sidecar import ErrorRow, Proof, digest
from cleaner.dumps.unjoin import proved_pages
from cleaner.errors import CleanerError
from cleaner.result import rebuild

_decode_string = msgspec.json.Decoder(str).decode
_decode_proof = msgspec.json.Decoder(Proof).decode
_decode_error = msgspec.json.Decoder(ErrorRow).decode


class Restored(msgspec.Struct, frozen=True):
    """One record or text as it was before cleaning."""

    data: Given
    file_name: str | None = None
    """For a file in a folder, its path from there."""
    page_text: bool = False
    """Whether this is the text that was read off a page, and not the page."""
    proved: bool = True
    """Whether its text was held against its row; what the run could not read is given back as it was."""


class Failed(msgspec.Struct, frozen=True):
    """One record that can't be given back as it was, and why."""

    place: str
    reason: str


class Gone(Failed, frozen=True):
    """A row whose record isn't in the cleaned file any more."""


class Unknown(msgspec.Struct, frozen=True):
    """Something that the run could not read, and of which it has no bytes: it can't be put back."""

    place: str
    reason: str


Outcome: TypeAlias = Restored | Failed | Unknown
_Placed: TypeAlias = tuple[Outcome, int | None]
"""With its place among the records and errors, where a row tells it."""


def restore_records(
    form: Form, rows: Iterable[bytes], errors: Iterable[bytes], source: Source | None = None
) -> Iterator[Outcome]:
    """The source records of a cleaned file, by their rows; what could not be read in its place.

    A record and its row belong together by their place; with the `source` of both, also where records were
    taken out or moved. A text is given back only where its SHA-256 is the row's.
    """
    waiting = _Waiting(errors, form)

    def made(place: int, values: CleanedRecord | None, row: bytes | None) -> list[_Placed]:
        return list(_given_back(form, place, values, row))

    for place, outcomes in in_pairs(form.records(), rows, made, _has_failed, source):
        yield from waiting.before(place)
        for outcome, at in outcomes:
            waiting.put(outcome, at)
    yield from waiting.rest()


def _given_back(form: Form, place: int, values: CleanedRecord | None, row: bytes | None) -> Iterator[_Placed]:
    if row is None:
        reason = "no row is left for it, so it can't be told what it was"
        yield Failed(f"record {place}", reason), None
    elif values is None:
        yield Gone(f"row {place}", "no record is left for it"), None
    else:
        yield from _record(form, place, values, row)


def _has_failed(outcomes: Iterable[_Placed]) -> bool:
    return any(isinstance(outcome, Failed) for outcome, _ in outcomes)


def restore_folder(folder: Path, rows: Iterable[bytes], errors: Iterable[bytes]) -> Iterator[Outcome]:
    """The source texts of the files in `folder`, by the rows; what could not be read as it was."""
    for index, row in enumerate(rows):
        yield from _text_files(folder, index, row)
    yield from _Waiting(errors, None).rest()


def added_everywhere(rows: Iterable[bytes]) -> frozenset[str]:
    """The keys that every record got from the run, and no source record had."""
    found: frozenset[str] | None = None
    for row in rows:
        try:
            added = frozenset(_decode_proof(row).added)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            continue
        found = added if found is None else found & added
        if not found:
            break
    return found or frozenset()


class _Waiting:
    """What is to be given back, until its place has come: records, pages of articles, and what the run could
    not read."""

    def __init__(self, lines: Iterable[bytes], form: Form | None) -> None:
        """`form` is that of the records; None where texts stand in files of their own."""
        self._form = form
        self._rows = iter(lines)
        self._next = self._read()
        self._held: list[tuple[int, int, Outcome]] = []
        self._place = 0
        self._put = 0

    def put(self, outcome: Outcome, place: int | None = None) -> None:
        """Take what stands `place` records and errors behind the first; without that, what comes next."""
        self._put += 1
        heappush(self._held, (self._place if place is None else place, self._put, outcome))

    def before(self, index: int) -> Iterator[Outcome]:
        """What stands before the cleaned record `index`."""
        while True:
            if self._held and self._held[0][0] <= self._place:
                outcome = heappop(self._held)[-1]
            elif self._next is not None and (isinstance(self._next, Failed) or self._next.at <= index):
                outcome = self._error(self._next)
            else:
                return
            self._place += 1
            yield outcome

    def rest(self) -> Iterator[Outcome]:
        """All that is left."""
        while self._held or self._next is not None:
            if self._next is None or (self._held and self._held[0][0] <= self._place):
                outcome = heappop(self._held)[-1]
            else:
                outcome = self._error(self._next)
            self._place += 1
            yield outcome

    def _error(self, row: ErrorRow | Failed) -> Outcome:
        self._next = self._read()
        return row if isinstance(row, Failed) else _put_back(row, self._form)

    def _read(self) -> ErrorRow | Failed | None:
        line = next(self._rows, None)
        if line is None:
            return None
        try:
            return _decode_error(line)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            return Failed("an error row", f"is no row of a run ({json_fault(error)})")


def _put_back(row: ErrorRow, form: Form | None) -> Outcome:
    place = f"{row.file}#{row.index}" if row.file_id is None else row.file
    try:
        data, arrow = row.data, row.arrow
    except ValueError:
        return Failed(place, "its row holds broken base64")
    if data is None and arrow is None:
        return Unknown(place, row.reason)
    if form is None:
        return _file_put_back(row, place, data)
    if row.file_id is not None or row.format != form.format:
        reason = (
            f"{row.reason}; what was read is {row.format}, which can't stand among records of {form.format}"
        )
        return Unknown(place, reason)
    try:
        given = form.unread(data or b"", arrow)
    except ValueError as error:
        return Failed(place, f"its row is damaged ({error})")
    return Unknown(place, row.reason) if given is None else Restored(given, proved=False)


def _file_put_back(row: ErrorRow, place: str, data: bytes | None) -> Outcome:
    if data is None or row.file_id is None:
        return Unknown(place, row.reason)
    return Restored(data, row.file_id + row.ending, proved=False)


def _record(form: Form, index: int, values: Values | BrokenRecord, row: bytes) -> Iterator[_Placed]:
    """What a row gives back, with its place where the row tells it: one record, or those of an article."""
    place = f"record {index}"
    try:
        proof = _decode_proof(row)
        place = f"record {index} (id {bytes(proof.id).decode()})"
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        yield Failed(place, f"its row is no row of a run ({json_fault(error)})"), None
        return
    if isinstance(values, BrokenRecord):
        yield Failed(place, str(values)), None
        return
    try:
        cleaned = _decode_string(values[proof.text_field])
    except KeyError:
        yield Failed(place, f"has no {proof.text_field!r} any more"), None
        return
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        yield Failed(place, f"can't be read any more ({json_fault(error)})"), None
        return
    source = _proved(proof, cleaned)
    if source is None:
        yield Failed(place, _CHANGED), None
        return
    if not proof.pages:
        yield _source_record(form, proof, values, cleaned, source), None
    for page, text in proved_pages(proof, source):
        if text is None:
            yield Failed(f"{place}, its page {page.page}", _CHANGED), page.place
        elif page.source is None:
            yield _source_record(form, proof, values, cleaned, text), page.place
        else:
            yield _page(form, place, proof, page.page, page.source), page.place


def _page(form: Form, place: str, proof: Proof, number: int | str, source: str) -> Outcome:
    try:
        return Restored(form.page(source.encode()), page_text=_is_page_text(proof))
    except (ValueError, TypeError) as error:
        return Failed(f"{place}, its page {number}", f"can't be given back as {form.format} ({error})")


def _source_record(form: Form, proof: Proof, values: Values, cleaned: str, source: str) -> Restored:
    """The record that a cleaned one was, by its source text."""
    changed: dict[str, str | None] = {proof.text_field: source} if source != cleaned else {}
    changed.update(dict.fromkeys(proof.was_null))
    return Restored(form.given(values, changed, proof.added), page_text=_is_page_text(proof))


def _is_page_text(proof: Proof) -> bool:
    """Whether what comes back is the text that was read off a page: the record never held the page."""
    return proof.from_page and proof.text_field not in (*proof.added, *proof.was_null)


def _text_files(folder: Path, index: int, row: bytes) -> Iterator[Outcome]:
    """What a row gives back: one text, or those of an article's pages."""
    try:
        proof = _decode_proof(row)
        names = [_decode_string(page.id) + TEXT_ENDING for page in (*proof.pages, *proof.covered)]
        name = _decode_string(proof.id) + TEXT_ENDING
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        yield Failed(f"row {index}", f"is no row of a run ({json_fault(error)})")
        return
    try:
        cleaned = path_inside(folder, name).read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        yield Failed(name, f"can't be read any more ({error})")
        return
    except CleanerError as error:
        yield Failed(name, str(error))
        return
    source = _proved(proof, cleaned)
    if source is None:
        yield Failed(name, _CHANGED)
        return
    if not proof.pages:
        yield Restored(source.encode(), name, proof.from_page)
    for name, (_, text) in zip(names, proved_pages(proof, source), strict=True):
        if text is None:
            yield Failed(name, _CHANGED)
        else:
            yield Restored(text.encode(), name, proof.from_page)


_CHANGED = "its text or its row was changed after the run: together they don't make the source text"


def _proved(proof: Proof, cleaned: str) -> str | None:
    """The source text; None where it isn't the one that the run has read."""
    try:
        source = rebuild(cleaned, proof.removals())
    except (ValueError, KeyError):
        return None
    return source if digest(source) == proof.sha256 else None
