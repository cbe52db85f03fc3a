"""Why something could not be read, as a sentence that many records share."""

from __future__ import annotations

import re

# What differs from one record to the next in a reason: numbers, quoted words and what is in brackets.
_PARTICULARS = re.compile(r"\(.*\)|'[^']*'|\"[^\"]*\"|(?<![\w-])\d[\d.,]*")
_LONGEST = 300


def general(reason: str) -> str:
    """The beginning of a reason, `…` in place of what is one record's own."""
    return " ".join(_PARTICULARS.sub("…", reason[:_LONGEST]).split())
