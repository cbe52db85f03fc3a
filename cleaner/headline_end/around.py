"""The article around a stretch of it."""

from __future__ import annotations

_AROUND = 3000
"""Characters before and behind the stretch."""


def around(text: str, start: int, end: int) -> str:
    """The neighbourhood of `[start, end)` without the stretch itself, for which a line feed stands."""
    return text[max(0, start - _AROUND) : start] + "\n" + text[end : end + _AROUND]
