"""The stretch of text in which a headline's end is looked for."""

from __future__ import annotations

from functools import partial
from itertools import accumulate
from typing import NamedTuple

from cleaner.headline_end.around import around
from cleaner.headline_end.model import Model
from cleaner.headline_end.reading import read_words
from cleaner.headline_end.style import Style
from cleaner.headline_end.words import Word
from cleaner.next_marker import until_marker

REACH = 400
"""Characters looked at behind the start; real headlines have at most ~150."""


class Stretch(NamedTuple):
    """The words in which a headline's end is looked for, each with its offsets."""

    style: Style
    words: list[Word]
    starts: list[int]
    ends: list[int]
    glued: frozenset[int]
    """Indices of the words with no space in front."""
    whole: bool
    """Whether nothing that could belong to a headline follows: the line or the text ends here, or another
    marker follows."""


def read_stretch(text: str, start: int, limit: int | None, fitted: Model) -> Stretch:
    """The words behind `start`, up to `limit`, another marker, or as far as a headline can possibly reach."""
    stop = len(text) if limit is None else min(limit, len(text))
    reach = min(stop, start + REACH)
    cut = until_marker(text, start, reach)
    closed = cut < reach or cut == stop
    raws = text[start:cut].split()
    article = partial(around, text, start, cut)
    words, glued, in_sentence_case, whole = read_words(raws, fitted.title, closed, article)
    style = fitted.title
    if in_sentence_case:
        style = fitted.sentence
        words = [style.word(word.raw) for word in words]
    starts, ends = _spans(text, start, words, glued)
    return Stretch(style, words, starts, ends, glued, whole)


def _spans(text: str, start: int, words: list[Word], glued: frozenset[int]) -> tuple[list[int], list[int]]:
    """Where the words start and end, the first of them at or behind `start`."""
    if not words:
        return [], []
    raws = [word.raw for word in words]
    start = text.index(raws[0], start)
    if not glued and text.startswith(" ".join(raws), start):
        ends = [*accumulate([len(raw) + 1 for raw in raws], initial=start - 1)]
        return [end + 1 for end in ends[:-1]], ends[1:]
    starts = []
    for raw in raws:
        starts.append(text.index(raw, start))
        start = starts[-1] + len(raw)
    return starts, [start + len(raw) for start, raw in zip(starts, raws, strict=True)]
