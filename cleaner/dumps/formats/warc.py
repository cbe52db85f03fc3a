"""WARC and WET: the pages and texts of a web archive, each with its url and date.

The index of a record is the byte of the file that it begins at, so any stretch of a file can be read by
itself: a record belongs to the stretch that it begins in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from cleaner.dumps.formats.lines import too_large
from cleaner.dumps.formats.needed import needed
from cleaner.dumps.formats.packed import PLAIN
from cleaner.dumps.formats.warc_starts import Starts
from cleaner.dumps.records import Archived, Item, RecordReader, Unreadable

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

_PAGES = ("text/html", "application/xhtml+xml")
_TEXT = "text/plain"
_HEAD = 1024
_CUT_OFF = "is cut off here"
_NO_RECORD = "holds something here that is no record, or a damaged one"
_BROKEN = "can't be unpacked here, so something is missing or wrong"
_NO_HEADER = "has a header that is cut off or damaged"


def items(
    name: str, file: BinaryIO, packing: str, reader: RecordReader, start: int = 0, end: int | None = None
) -> Iterator[Item]:
    """The pages and texts that begin in the bytes from `start` to `end` of `file`, which can be sought in.

    At `start` a record must begin. What is neither page nor text is counted by `reader` as passed over.
    """
    return _Stretch(name, file, packing, reader.most, end).items(reader, start)


def starts(file: BinaryIO, packing: str, most: int) -> Iterator[int]:
    """Where the records of `file` begin that can be told for records: nothing but their headers is read.

    A search for marks would be faster, but a page can hold what looks like a record.
    """
    return _Stretch("", file, packing, most, None).starts()


class _Stretch:
    """One stretch of an archive."""

    def __init__(self, name: str, file: BinaryIO, packing: str, most: int, end: int | None) -> None:
        self._name = name
        self._file = file
        self._packing = packing
        self._most = most
        self._end = end
        self._starts = Starts(file, packing)
        self._archive = needed("fastwarc.warc").ArchiveIterator
        self._response, self._conversion = _types()
        self._is_last_damaged = False
        self._is_left = False

    def items(self, reader: RecordReader, start: int) -> Iterator[Item]:
        counted = start
        for found in self._records(start):
            if isinstance(found, Unreadable):
                yield found
                continue
            reader.counted(found.stream_pos - counted)
            counted = found.stream_pos
            item = self._item(found, reader)
            if item is not None:
                yield item

    def starts(self) -> Iterator[int]:
        for found in self._records(0):
            if not isinstance(found, Unreadable):
                yield found.stream_pos

    def _records(self, start: int) -> Iterator[WarcRecord | Unreadable]:
        """The records from `start` on, each to be dealt with before the next, and the damage between them."""
        at: int | None = start
        lost: int | None = None
        while at is not None and not self._is_behind(at):
            last: int | None = None
            self._file.seek(at)
            try:
                for record in self._archive(self._file, parse_http=False):
                    if lost is not None:
                        yield self._lost(lost, at)
                        lost = None
                    last = record.stream_pos
                    # Of records that are packed all in one, the places are those that reading has come to.
                    if self._is_behind(last) and self._starts.is_one(last):
                        return
                    self._is_last_damaged = False
                    # What is packed may unpack to anything: it is left as it is, and reading goes on behind.
                    self._is_left = self._packing != PLAIN and record.content_length > self._most
                    yield record
                    if self._is_left:
                        break
                else:
                    yield from self._cut_off(last)
                    return
            except OSError:
                if last is None:
                    lost = None
                    yield self._refused(at, _NO_RECORD)
                elif not self._is_last_damaged:
                    lost = last
            at = self._starts.next((at if last is None else last) + 1)
        if lost is not None:
            yield self._lost(lost, at)

    def _is_behind(self, at: int) -> bool:
        return self._end is not None and at >= self._end

    def _item(self, record: WarcRecord, reader: RecordReader) -> Item | None:
        """The article that a record holds; None where it holds none."""
        at = record.stream_pos
        if record.headers.get_bytes(b"Content-Length") is None:
            return self._damaged(at, _NO_HEADER)
        is_response = record.record_type == self._response
        if not is_response and record.record_type != self._conversion:
            reader.passed_over[str(record.record_type)] += 1
            return None
        if record.content_length > self._most:
            return self._refused(at, too_large(self._most))
        try:
            return self._page(record, at, reader) if is_response else self._text(record, at, reader)
        except OSError:
            self._is_left = True
            return self._damaged(at, _BROKEN)

    def _page(self, record: WarcRecord, at: int, reader: RecordReader) -> Item | None:
        if not record.is_http:
            reader.passed_over["response, not by HTTP"] += 1
            return None
        record.parse_http()
        http = record.http_headers
        status = http.status_code
        kind = record.http_content_type
        if status is None or not 200 <= status < 300:
            reader.passed_over[f"response, status {status}"] += 1
            return None
        if kind is not None and kind.lower() not in _PAGES:
            reader.passed_over["response, no HTML"] += 1
            return None
        data = record.reader.read()
        if len(data) < record.content_length:
            return self._damaged(at, _CUT_OFF, data)
        data = _decoded(data, http.get("Transfer-Encoding"), http.get("Content-Encoding"), self._most)
        if len(data) > self._most:
            return self._refused(at, too_large(self._most))
        if kind is None and b"<html" not in data[:_HEAD].lower():
            reader.passed_over["response, no HTML"] += 1
            return None
        return reader.archived(self._name, at, _told(record, record.http_charset, True), data)

    def _text(self, record: WarcRecord, at: int, reader: RecordReader) -> Item | None:
        kind = record.headers.get_bytes(b"Content-Type") or b""
        if not kind.startswith(_TEXT.encode()):
            reader.passed_over["conversion, no plain text"] += 1
            return None
        data = record.reader.read()
        if len(data) < record.content_length:
            return self._damaged(at, _CUT_OFF, data)
        return reader.archived(self._name, at, _told(record, None, False), data)

    def _damaged(self, at: int, reason: str, data: bytes | None = None) -> Unreadable:
        self._is_last_damaged = True
        return self._refused(at, reason, data)

    def _lost(self, after: int, found: int | None) -> Unreadable:
        """What stands behind the record at `after`, and can't be read; reading goes on at `found`."""
        place = self._starts.left_over(after) or self._starts.mark(after + 1)
        return self._refused(after if place is None or place == found else place, _NO_RECORD)

    def _cut_off(self, last: int | None) -> Iterator[Unreadable]:
        """What is left at the file's end behind the `last` record, and makes none."""
        place = None if last is None or self._is_last_damaged else self._starts.left_over(last)
        if place is not None:
            self._file.seek(place)
            yield self._refused(place, _CUT_OFF)

    def _refused(self, at: int, reason: str, data: bytes | None = None) -> Unreadable:
        return Unreadable(self._name, at, reason, data or None, format="warc")


def _types() -> tuple[object, object]:
    types = needed("fastwarc.warc").WarcRecordType
    return types.response, types.conversion


def _told(record: WarcRecord, charset: str | None, is_page: bool) -> Archived:
    return Archived(
        _header(record, b"WARC-Record-ID"),
        _header(record, b"WARC-Target-URI"),
        _header(record, b"WARC-Date"),
        charset,
        is_page,
    )


def _header(record: WarcRecord, name: bytes) -> str | None:
    """The value of a header, without the brackets that some have around it."""
    value = record.headers.get_bytes(name)
    if not value:
        return None
    return value.decode("utf-8", "backslashreplace").strip().removeprefix("<").removesuffix(">")


def _decoded(data: bytes, transfer: str | None, content: str | None, most: int) -> bytes:
    """The body of a response, up to one byte more than `most`. Many archives hold it decoded already."""
    if transfer and "chunked" in transfer.lower() and _CHUNK.match(data):
        data = _read("ChunkedReader", data, most)
    for coding in reversed((content or "").lower().split(",")):
        unpacker, magic = _CODINGS.get(coding.strip(), ("", b""))
        if unpacker and data.startswith(magic):
            data = _read(unpacker, data, most)
    return data


_CHUNK = re.compile(rb"[0-9A-Fa-f]{1,8}[ \t]{0,9}(;[^\r\n]{0,99})?\r\n")
_CODINGS = {
    "gzip": ("GzipReader", b"\x1f\x8b"),
    "x-gzip": ("GzipReader", b"\x1f\x8b"),
    "zstd": ("ZstdReader", b"\x28\xb5\x2f\xfd"),
    "br": ("BrotliReader", b""),
}


def _read(unpacker: str, data: bytes, most: int) -> bytes:
    """What `data` decodes to, up to one byte more than `most`. Raises OSError where it is broken."""
    found: list[bytes] = []
    size = 0
    # Brotli has no mark to tell it by; a page that isn't coded begins with a tag.
    if unpacker == "BrotliReader" and data.lstrip()[:1] == b"<":
        return data
    stream = getattr(needed("fastwarc.stream_io"), unpacker)(BytesIO(data))
    while size <= most and (piece := stream.read(min(1 << 20, most + 1 - size))):
        found.append(piece)
        size += len(piece)
    return b"".join(found)
