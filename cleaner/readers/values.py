"""Values that a page gives its fields, in a form that anybody can hold: plain, short and few."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from typing import Any

# As `cleaner.visible` has them, but for white space: a value is no place to spell them out.
_SPACE = re.compile("[\\s\x1c-\x1f\x85]+")
_INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f\ud800-\udfff]"
)
_MARKUP = re.compile("<[^<>]{0,300}>")
_ADDRESS = re.compile(r"https?://[\w.-]{1,255}(?::\d{1,5})?(?:[/?#][^\s<>\"'`\\{}|^]*)?", re.I)

MANY = 50
"""How many values a list can have. A page that gives more gives no tags but an index."""
_LONG = 2000


def plain(value: Any, longest: int) -> str:
    """A text on one line, without control signs; empty where `value` is no text or is too long for one."""
    if not isinstance(value, str) or len(value) > 4 * longest:
        return ""
    if not value.isprintable() or "  " in value:
        value = _INVISIBLE.sub("", _SPACE.sub(" ", value))
    text = value.strip()
    return text if len(text) <= longest else ""


def unescaped(value: Any, longest: int) -> str:
    """The same for a value that HTML's parser hasn't seen, as those of scripts: entities are decoded once."""
    if not isinstance(value, str) or len(value) > 4 * longest:
        return ""
    if "&" in value or "<" in value:
        value = _MARKUP.sub("", unescape(value))
    return plain(value, longest)


def address(value: Any) -> str:
    """An absolute address of the web; empty where `value` is none."""
    if not isinstance(value, str) or len(value) > _LONG:
        return ""
    value = value.strip()
    return value if _ADDRESS.fullmatch(value) and not _INVISIBLE.search(value) else ""


def once_each(values: Iterable[str]) -> list[str]:
    """The values, each once, in order, without empty ones; none where they are too many."""
    found = list(dict.fromkeys(filter(None, values)))
    return found if len(found) <= MANY else []
