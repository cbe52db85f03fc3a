"""The pages of one run: unpacked, told from what is no page, and read by the run's outlets."""

from __future__ import annotations

import gzip
import re
import zlib
from base64 import b64decode
from collections.abc import Callable
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING

from cleaner.errors import CleanerError
from cleaner.outlet import Outlet
from cleaner.readers.charset import decoded
from cleaner.registry import Recogniser

if TYPE_CHECKING:
    from cleaner.readers.page import Page, PageReader

MAX_PAGE = 100_000_000
"""How large a page may be, in bytes, once it is unpacked. Real ones have a few hundred thousand."""

_GZIP = b"\x1f\x8b"
_OTHER_KINDS = {
    _GZIP: "is packed with gzip twice",
    b"%PDF-": "is a PDF",
    b"\x89PNG": "is a picture (PNG)",
    b"\xff\xd8\xff": "is a picture (JPEG)",
    b"GIF8": "is a picture (GIF)",
    b"PK\x03\x04": "is a ZIP archive",
    b"\x28\xb5\x2f\xfd": "is packed with zstd; unpack it",
    b"BZh": "is packed with bzip2; unpack it",
    b"\xfd7zXZ": "is packed with xz; unpack it",
}
_TAG = re.compile("<[A-Za-z!?/]")
_CHARSET_OF_TYPE = re.compile(r"charset\s{0,9}=\s{0,9}[\"']?([^\s\"';]{1,40})", re.I)


class NoPageError(Exception):
    """Something is no page that can be read. The message goes on where the name of it ends: `is empty`."""


class Pages:
    """Reads the pages of one run. The parser is loaded with the first of them."""

    def __init__(
        self,
        recognise: Recogniser,
        outlet_named: Callable[[str], Outlet],
        meant: Callable[[str], str | None],
        always: str | None = None,
    ) -> None:
        """`always` is the outlet of every page; without it each page is recognised.

        `meant` tells the id of the outlet that a name means, and `outlet_named` gives the outlet for it.
        """
        self._recognise = recognise
        self._outlet_named = outlet_named
        self._meant = meant
        self._always = always

    @cached_property
    def _reader(self) -> PageReader:
        from cleaner.readers.page import PageReader

        return PageReader(self._recognise, self._outlet_named)

    def of_bytes(
        self,
        data: bytes,
        *,
        id: str,
        url: str | None = None,
        title: str | None = None,
        outlet: str | None = None,
        charset: str | None = None,
    ) -> Page:
        """The page whose bytes, gzipped or not, are `data`.

        `charset` is that of its HTTP header, or the whole header field. `outlet` is the one that its
        record names; one that isn't known has no word in how the page is read. Raises NoPageError where this
        is no page, or none that can be read.
        """
        data = _unpacked(data)
        for magic, reason in _OTHER_KINDS.items():
            if data.startswith(magic):
                raise NoPageError(reason)
        html = _decoded(data, _charset(charset))
        return self._of_text(html, id, url, title, outlet)

    def of_string(
        self,
        html: str,
        *,
        id: str,
        url: str | None = None,
        title: str | None = None,
        outlet: str | None = None,
        charset: str | None = None,
    ) -> Page:
        """The page `html`, as its text, or as its bytes in base64: in that no `<` can stand.

        The rest is as in `of_bytes`; `charset` counts for bytes only.
        """
        data = None if "<" in html else _of_base64(html)
        if data is not None:
            return self.of_bytes(data, id=id, url=url, title=title, outlet=outlet, charset=charset)
        if len(html) > MAX_PAGE:
            raise NoPageError(TOO_LARGE)
        return self._of_text(html, id, url, title, outlet)

    def _of_text(self, html: str, id: str, url: str | None, title: str | None, outlet: str | None) -> Page:
        if not html.strip():
            raise NoPageError("is empty")
        if not _TAG.search(html):
            raise NoPageError("isn't HTML: there is no tag in it")
        named = self._always or (self._meant(outlet) if outlet else None)
        try:
            return self._reader(html, id=id, url=url, title=title, outlet=named)
        except CleanerError:
            # A broken pack is no matter of this page's.
            raise
        except Exception as error:
            # What a parser stumbles over is one page, not the run.
            said = f"{type(error).__name__}: {error}".encode("utf-8", "backslashreplace").decode()
            raise NoPageError(f"could not be read ({said})") from error


TOO_LARGE = f"has more than {MAX_PAGE // 1_000_000} MB, which no page of an article has"
"""Why something is no page, where it goes beyond `MAX_PAGE`."""


def _unpacked(data: bytes) -> bytes:
    if not data.startswith(_GZIP):
        if len(data) > MAX_PAGE:
            raise NoPageError(TOO_LARGE)
        return data
    try:
        with gzip.GzipFile(fileobj=BytesIO(data)) as packed:
            unpacked = packed.read(MAX_PAGE + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise NoPageError(f"can't be unpacked ({error})") from error
    if len(unpacked) > MAX_PAGE:
        raise NoPageError(f"unpacks to more than {MAX_PAGE // 1_000_000} MB, which no page of an article has")
    return unpacked


def _decoded(data: bytes, charset: str | None) -> str:
    try:
        return decoded(data, charset)
    except UnicodeDecodeError as error:
        raise NoPageError(
            f"isn't {error.encoding.upper()} (byte 0x{error.object[error.start]:02x} at byte {error.start}), "
            "nor does it name a charset that it is in"
        ) from error


def _charset(said: str | None) -> str | None:
    """The charset in `said`, which is its name or a header field such as `text/html; charset=utf-8`."""
    found = _CHARSET_OF_TYPE.search(said) if said else None
    return found[1] if found else said


def _of_base64(text: str) -> bytes | None:
    """The bytes that `text` stands for; None where it is no base64, or no text at all."""
    packed = "".join(text.split())
    if not packed or len(packed) > 2 * MAX_PAGE:
        return None
    try:
        data = b64decode(packed, validate=True)
    except ValueError:
        return None
    # Many a plain word is base64 of something.
    return data if b"<" in data or data.startswith(_GZIP) else None
