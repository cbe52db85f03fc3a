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
# Codecs of Python's, not of pages; the first takes minutes for a megabyte.
_NO_CHARSETS = frozenset(["punycode", "idna", "undefined", "unicode-escape", "raw-unicode-escape", "utf-7"])
_SINGLE_BYTES = ("cp12", "iso8859", "koi8", "mac-")
# What pages call Latin-1 is Windows-1252 to browsers, and to those who wrote them.
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252"}


def decoded(data: bytes, declared: str | None = None) -> str:
    """The text of a page's bytes. `declared` is the charset of the HTTP header, where one is known.

    A byte-order mark goes first, then what is declared, then the page's own `<meta>`, then UTF-8. Bytes in
    UTF-8 are read as such where a charset of single bytes is declared: many pages declare what they were once
    in. Raises UnicodeDecodeError where the bytes aren't in the charset, and not in UTF-8 either.
    """
    for mark, charset in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(charset)
    charset = _known(declared) or _of_meta(data) or "utf-8"
    # Nobody's text in single bytes reads as UTF-8 by chance; in other charsets it can, such as UTF-16.
    first, second = ("utf-8", charset) if charset.startswith(_SINGLE_BYTES) else (charset, "utf-8")
    try:
        return data.decode(first)
    except UnicodeDecodeError:
        if second == first:
            raise
    return data.decode(second)


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
        # Some codecs turn bytes into bytes; those say so here, unless there are no bytes.
        b"x".decode(codec.name, "ignore")
    except (LookupError, ValueError):
        return None
    return None if codec.name in _NO_CHARSETS else _MEANT.get(codec.name, codec.name)
