"""A page's bytes to text, in the charset that they are in; never with a sign replaced."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Browsers look no further for a page's own word either.
_HEAD = 1024
_META = re.compile(rb"""<meta[^>]{0,300}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([A-Za-z0-9_.:-]{1,40})""", re.I)
# What pages call Latin-1 is Windows-1252 to browsers, and to those who wrote them.
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252"}


def decoded(data: bytes, declared: str | None = None) -> str:
    """The text of a page's bytes. `declared` is the charset of the HTTP header, where one is known.

    A byte-order mark goes first, then what is declared, then the page's own `<meta>`, then UTF-8. Raises
    UnicodeDecodeError where the bytes aren't in that charset.
    """
    for mark, charset in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(charset)
    charset = _known(declared) or _of_meta(data) or "utf-8"
    try:
        return data.decode(charset)
    except UnicodeDecodeError:
        if charset == "utf-8":
            raise
        # Many pages declare what they were once in, and are in UTF-8 by now.
        return data.decode()


def _of_meta(data: bytes) -> str | None:
    found = _META.search(data[:_HEAD])
    charset = _known(found[1].decode("ascii")) if found else None
    # A page that can be read far enough to find this isn't in UTF-16, whatever it says.
    return "utf-8" if charset and charset.startswith("utf-16") else charset


def _known(name: str | None) -> str | None:
    """The codec for a charset's name; None where nobody knows it, or where it is none for text."""
    if not name:
        return None
    try:
        codec = codecs.lookup(name.strip().strip("\"'"))
        # Some codecs turn bytes into bytes; those say so here.
        b"".decode(codec.name)
    except (LookupError, ValueError):
        return None
    return _MEANT.get(codec.name, codec.name)
