"""Text of a sample in a sentence about it."""

from __future__ import annotations

_LONGEST = 60
"""How much of it is quoted, in code points."""


def quoted(text: str) -> str:
    """`text` on one line, between quotes; of a long one, its beginning."""
    words = " ".join(text.split())
    return repr(words if len(words) <= _LONGEST else f"{words[: _LONGEST - 3]}…")
