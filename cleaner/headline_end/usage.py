"""How the rest of the article writes a word: names recur with a capital, common words without."""

from __future__ import annotations

from cleaner.headline_end.standing import standing
from cleaner.headline_end.words import Word

_WRITTEN = ("lower", "capital", "both", "neither", "absent")
"""`absent` is `neither` where the word doesn't even stand inside a longer one."""
USAGES = ("", *(f"{kind} {written}" for kind in "CU" for written in _WRITTEN))
"""Class of a word and how the rest of the article writes it; empty for classes that aren't looked up."""


def as_listed(usage: str) -> str:
    """One of `USAGES` as the tables of weights call it."""
    return usage.replace("absent", "neither")


def usage_of(word: Word, around: str) -> str:
    """How the article around the headline writes a capitalised word: one of `USAGES`."""
    at = 0
    if word.tail:
        at = around.find(word.tail)  # one look instead of two for the most frequent case
        if at < 0:
            return "C absent"
        at = max(0, at - 1)
    capital = _stands(word.core, around, at)
    if _stands(word.lower, around, at):
        return word.kind + (" both" if capital else " lower")
    return word.kind + (" capital" if capital else " neither")


def _stands(word: str, around: str, at: int) -> bool:
    """Whether the word stands in `around` at or behind `at` as a whole word."""
    return any(True for _ in standing(word, around, at))
