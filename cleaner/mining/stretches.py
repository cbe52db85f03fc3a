"""Runs of words that recur inside lines and end in no stop: only their recurring shows how far they go."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nlargest
from itertools import islice
from typing import NamedTuple

import regex

from cleaner.kinds import Kind
from cleaner.mining.cues import Cue, cue_of
from cleaner.mining.glued import BEHIND_SENTENCE, literal_of
from cleaner.mining.naming import named
from cleaner.mining.view import Row, View
from cleaner.rules import Inline, Rule

_WORD = re.compile(r"\S+")
_STOPS = (".", "!", "?")
_BEHIND = re.compile(r"[.!?][\"”’')]*\s*$")
# Words in a row that are counted; a run is at least as long.
_ROW = 5
_LONGEST = 300
# A run that many articles have shows in a part of them.
_ARTICLES = 400
_WORDS = 2_000
_SHARE = 0.5
_SHARE_OF_CALL = 0.1
_MANY = 10
_NEARLY_ALL = 0.9
_NEARLY_HIGHEST = 0.7
_MOST = 40


class _Run(NamedTuple):
    """Words in a row, at one place."""

    text: str
    front: str
    """The few signs in front of it."""
    sequel: str
    """The few signs that follow it."""


def recurring_stretches(view: View) -> Iterator[Rule]:
    """A rule for each run of words that recurs in very many articles behind a sentence's end."""
    lines = [list(_looked_at(rows)) for rows in islice(view.articles, _ARTICLES)]
    fewest = max(_MANY, view.least, _SHARE_OF_CALL * len(lines))
    counts = Counter(row for article in lines for row in {row for line in article for row in _rows(line)})
    common = {row: count for row, count in counts.items() if count >= fewest}
    if not common:
        return
    found: dict[str, list[_Run]] = {}
    for article in lines:
        runs = {run.text: run for line in article for run in _runs(line, common)}
        for text, run in runs.items():
            found.setdefault(text, []).append(run)
    often = nlargest(_MOST, found.items(), key=lambda item: (len(item[0]) * len(item[1]), item[0]))
    for text, uses in often:
        cue = cue_of(text.lower())
        share = _SHARE if cue is None else _SHARE_OF_CALL
        if len(uses) >= max(_MANY, view.least, share * len(lines)) and _stands_apart(text, uses):
            yield _rule(text, cue)


def _looked_at(rows: Iterable[Row]) -> Iterator[str]:
    """The lines of an article that nothing cuts yet, up to so many words as are looked at."""
    words = 0
    for row in rows:
        if not row.gone:
            words += row.text.count(" ") + 1
            if words > _WORDS:
                return
            yield row.text


def _rows(line: str) -> Iterator[tuple[str, ...]]:
    words = line.split()
    return (tuple(words[at : at + _ROW]) for at in range(len(words) - _ROW + 1))


def _runs(line: str, common: Mapping[tuple[str, ...], int]) -> Iterator[_Run]:
    """The longest runs of a line all of whose rows of words are common, and about as common as each other."""
    words = list(_WORD.finditer(line))
    counts = [common.get(row, 0) for row in _rows(line)]
    at = 0
    while at < len(counts):
        end = at
        while end < len(counts) and counts[end]:
            end += 1
        if end > at:
            # What stands beside a run by chance, such as a town, is common too, but less so.
            first, last = _plateau(counts, at, end)
            start, stop = words[first].start(), words[last + _ROW - 1].end()
            yield _Run(line[start:stop], line[max(0, start - 6) : start], line[stop : stop + 6])
        at = max(end, at + 1)


def _plateau(counts: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """The first and the last of the counts in `[start, end)` that come near to their highest."""
    highest = max(counts[start:end])
    high = [at for at in range(start, end) if counts[at] >= _NEARLY_HIGHEST * highest]
    return high[0], high[-1]


def _stands_apart(text: str, uses: Sequence[_Run]) -> bool:
    """Whether a run begins behind a sentence, and what follows it begins anew; a text's opening stays."""
    if len(text) > _LONGEST or text.endswith((*_STOPS, ",", ":", "-", "–", "(")) or not text[0].isupper():
        return False
    behind = sum(_BEHIND.search(use.front) is not None for use in uses)
    anew = sum(not use.sequel.strip() or not use.sequel.strip()[0].islower() for use in uses)
    return min(behind, anew) >= _NEARLY_ALL * len(uses)


def _rule(text: str, cue: Cue | None) -> Rule:
    words = r"\s++".join(map(regex.escape, text.split()))
    return Rule(
        id=named("inside", text),
        kind=cue.kind if cue else Kind.prompt,
        why="Words that recur in a row behind a sentence's end, whatever follows them.",
        inline=Inline(
            literal=(literal_of(text),),
            cased=rf"{BEHIND_SENTENCE}{words}(?=\s*+(?:\n|$)|\s++[^\p{{Ll}}\s])",
        ),
    )
