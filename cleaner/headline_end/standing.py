"""Where a text has a word alone, not inside a longer one."""

from __future__ import annotations

from collections.abc import Iterator

_TRIES = 12
"""Places looked at for a whole word, where it stands inside longer ones."""


def standing(word: str, text: str, at: int = 0) -> Iterator[int]:
    """The places at or behind `at` where no letter is next to the word, of the first few that it has."""
    size = len(word)
    at = text.find(word, at)
    for _ in range(_TRIES):
        if at < 0:
            return
        if not (text[at - 1 : at].isalpha() or text[at + size : at + size + 1].isalpha()):
            yield at
        at = text.find(word, at + size)
