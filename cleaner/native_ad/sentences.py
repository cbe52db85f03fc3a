"""Where the sentences of a teaser begin and end, with and without end stops."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.punctuation import MARKS, QUOTES

_WORD = re.compile(r"\S+")
_AMOUNT_END = re.compile(r"\b\d+ (?:hari|minggu|bulan|tahun|jam|menit|Hari|Minggu|Bulan|HARI|MINGGU|BULAN)$")
_MID_CAPITALS = frozenset(
    (
        "Anda",
        "Kg",
        "KG",
        "CM",
        "Cm",
        "Minggu",
        "Hari",
        "Bulan",
        "BULAN",
        "HARI",
        "MINGGU",
        "Indonesia",
        "Jepang",
        "Cina",
        "Jerman",
    )
)
"""Capitals inside a teaser's sentence, which don't begin another."""


def sentences(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Stretches of text between borders: behind an end mark, behind a span of time, before a capital that
    follows a lower-case word, before `+15`, `-23` or `1.`.

    Enough for teasers, where capitals are rare inside a sentence."""
    left, right, before = -1, -1, ""
    for match in _WORD.finditer(text, start, stop):
        word = match.group()
        if left >= 0 and _begins_sentence(word, before, text[left:right]):
            yield left, right
            left = -1
        if left < 0:
            left = match.start()
        right, before = match.end(), word
    if left >= 0:
        yield left, right


def _begins_sentence(word: str, before: str, sentence: str) -> bool:
    """Whether a word begins a sentence of its own behind the word `before`, the last of `sentence`."""
    if before[-1] in ".!?":
        return True
    if word[0] in "+-" and word[1:2].isdigit():
        return True
    if word[0].isdigit() and word[-1] == ".":
        return True
    if not (word[0].isupper() or word[0] in QUOTES):
        return False
    behind_small = before[0].isalpha() and (not before[0].isupper() or before == "Anda")
    if behind_small and word.strip(MARKS) not in _MID_CAPITALS:
        return True
    return _AMOUNT_END.search(sentence) is not None
