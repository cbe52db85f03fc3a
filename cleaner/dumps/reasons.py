"""Why something could not be read, as a sentence that many records share."""

from __future__ import annotations

import re
from functools import lru_cache

# What differs from one record to the next in a reason: numbers, quoted words and what is in brackets.
_PARTICULARS = re.compile(r"\(.*\)|'[^']*'|\"[^\"]*\"|(?<![\w-])\d[\d.,]*")
_LONGEST = 300
TOO_EARLY = "it ends too early"
"""What is said of JSON that is cut off."""

_AT_BYTE = re.compile(r" \(byte (\d+)\)$")


def general(reason: str) -> str:
    """The beginning of a reason, `…` in place of what is one record's own."""
    return _general(reason[:_LONGEST])


def not_utf8(error: UnicodeDecodeError) -> str:
    """Why bytes are no text, with the first one that shows it."""
    return f"isn't UTF-8 (byte 0x{error.object[error.start]:02x} at byte {error.start})"


def json_fault(error: Exception) -> str:
    """What a decoder of JSON says, as what is set in brackets behind a sentence."""
    said = str(error)
    if said == "Input data was truncated":
        return TOO_EARLY
    return _AT_BYTE.sub(r" at byte \1", said.removeprefix("JSON is malformed: "))


# Each thing that can't be read is held against the few that were named so far.
@lru_cache(maxsize=256)
def _general(reason: str) -> str:
    return " ".join(_PARTICULARS.sub("…", reason).split())
