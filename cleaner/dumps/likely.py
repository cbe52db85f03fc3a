"""Which option may well be meant to name a key of a record: told by what stands under it, or by its name."""

from __future__ import annotations

import re

URL = "--url-field"
TITLE = "--title-field"
TEXT = "--text-field"
HTML = "--html-field"

_A_URL = re.compile(rb'"https?:(?:\\?/){2}[^"\s]+"')
# A slash can be written as `\/`.
_A_PICTURE = re.compile(rb"\.(?:jpe?g|png|gif|webp|svg|mp4)\b", re.I)
_A_TAG = re.compile(rb"<(?:p|div|html)\b", re.I)
_LONG = 500
"""Of so many bytes a text can be an article's, and no headline has more."""

_WORDS = re.compile(r"[A-Z]?[a-z]+")
_HEADLINE = frozenset(("title", "headline", "judul"))
# An outlet's, a picture's, or a second one.
_OTHER_HEADLINE = frozenset(("alt", "foto", "gambar", "image", "meta", "og", "photo", "seo", "site", "sub"))


def likely_option(key: str, value: bytes) -> str:
    """The option that may be meant to name `key`, by one `value` under it, as JSON; empty where none is."""
    if not value.startswith(b'"'):
        return ""
    if _A_URL.fullmatch(value):
        return "" if _A_PICTURE.search(value) else URL
    if len(value) >= _LONG:
        return HTML if _A_TAG.search(value) else TEXT
    words = {word.lower() for word in _WORDS.findall(key)} or {key.lower()}
    return TITLE if words & _HEADLINE and not words & _OTHER_HEADLINE else ""
