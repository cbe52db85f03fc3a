"""Find bare headlines of *other* stories that stand between an article's paragraphs.

Some page templates set links to other stories as plain lines of their own, with no label such as `Baca Juga:` in
front. Once the link is gone nothing marks them, and a genuine subheading looks much the same. What still tells them
apart is how they are written: a headline tells news (a doer, a bare verb, an outcome; seven words and more), a
subheading names a topic (three to six words, few verbs). So each line is weighed by a linear model whose weights a
person can read (`headline.toml`), and its surroundings can only speak *for keeping* it:

1. **shape**: one line of title case without an end stop, neither list item nor table row. All other lines are out at
   once, most of them by their size alone.
2. **place**: between the first paragraph and the tail, behind a finished sentence, never in front of the rest of one.
   Three such lines in a row are a list.
3. **wording**: the model. Words shared with the article are no evidence: strays are often on the same topic.
4. **company**: an article with short headings of its own may well have long ones. Lines that start alike are a series,
   kept or cut as one. More strays than a page has room for are its subheadings.

Nothing here looks at a line that can be cut, but for such groups as are kept or cut as one. So cutting the strays and
looking again finds no new ones.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from math import exp, inf, log
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

__all__ = ["CUT", "DOUBT", "Weights", "stray_headlines", "weights"]

CUT = 0.90
"""A line of this score or more is cut."""

DOUBT = 0.35
"""A line of this score or more is reported as a suspect."""

# Sizes are in code points, including spaces, unless it says words.
_SHORTEST, _LONGEST = 24, 150  # of a headline
_FEWEST, _MOST = 5, 20  # words of a headline
_SHORT_HEADING = 48  # of a heading with fewer words than that
_PROSE = 120  # a line of this size is a paragraph, whatever it ends in
_PARAGRAPH = 60  # a finished sentence of this size is a paragraph
_PEEK = 12  # as much of a line's edge as is looked at, so that no line costs more than its neighbour
_LONGEST_RUN = 2  # strays in a row; three short lines in a row are a list
_ROOM = 4  # strays that any page may hold; beyond, one for every two paragraphs
_MANY_HEADINGS = 2  # short headings; more of them prove nothing more

_STOPS = (".", "!", "?", '"', "”", "’", "'", ")", "…")
_OPEN_ENDS = (".", ",", ":", ";", "-", "–", "—", "(", '"', "”", "…")  # no headline ends like this
_QUOTES = "\"'“‘"


@dataclass(frozen=True, slots=True)
class Weights:
    """What speaks for a headline (above zero) and for a subheading (below), in log-odds."""

    bias: float
    length: tuple[float, ...]
    """By number of words; the last entry holds for all longer lines."""
    opening: Mapping[str, float]
    """By the line's first word."""
    words: Mapping[str, float]
    """By word, as written: capitalised or all capitals, with and without a closing mark."""
    marks: tuple[tuple[str, float], ...]
    """By literal that occurs in the line."""
    listed: float
    """For a line in front of something other than prose: the heading of a list or table."""
    headed: float
    """For each short heading of the article's own, up to `_MANY_HEADINGS`."""
    series: float
    """For a line that starts like another one."""
    particles: frozenset[str]
    """Words that title case leaves small."""
    kickers: tuple[str, ...]
    """Labels that only stand in front of another story's headline."""

    @classmethod
    def from_toml(cls, table: Mapping[str, Any]) -> Weights:
        words: dict[str, float] = {}
        for group in table["words"].values():
            for word in group["words"]:
                for form in _forms(word):
                    words[form] = words.get(form, 0.0) + group["weight"]
        opening = {
            form: group["weight"] for group in table["opening"].values() for word in group["words"] for form in _forms(word)
        }
        sizes = {int(count): weight for count, weight in table["length"].items()}
        return cls(
            bias=table["bias"]["weight"],
            length=tuple(sizes[max(count, min(sizes))] for count in range(max(sizes) + 1)),
            opening=MappingProxyType(opening),
            words=MappingProxyType(words),
            marks=tuple((mark["text"], mark["weight"]) for mark in table["marks"].values()),
            listed=table["surroundings"]["listed"],
            headed=table["surroundings"]["headed"],
            series=table["surroundings"]["series"],
            particles=frozenset(table["shape"]["particles"]),
            kickers=tuple(table["shape"]["kickers"]),
        )


def _forms(word: str) -> Iterator[str]:
    """The ways a word of the lists can stand in a headline: spelled out here, so that one look-up finds it there."""
    for cased in dict.fromkeys((word.capitalize(), word.title(), word.upper())):
        for closing in ("", ",", ":", "?", "!"):
            yield cased + closing


@cache
def weights() -> Weights:
    """The fitted weights, read once."""
    return Weights.from_toml(tomllib.loads(Path(__file__).with_name("headline.toml").read_text(encoding="utf-8")))


class Candidate(NamedTuple):
    """A line that has a headline's shape and stands where a stray can stand."""

    index: int
    line: str
    words: list[str]
    listed: bool
    """Something other than prose follows."""


def stray_headlines(lines: Sequence[str], title: str | None = None) -> list[tuple[int, float]]:
    """Indices and scores (0 to 1) of the lines that may be headlines of other stories, in order.

    `lines` are one article's non-blank lines without the boilerplate that is marked as such. The first line may be the
    article's own headline and is never judged. Lines that score less than `DOUBT` are left out.
    """
    model = weights()
    candidates, headings = _survey(lines, model)
    if not candidates:
        return []
    evidence = [_evidence(candidate, model) for candidate in candidates]
    headings += sum(value < _DOUBTFUL for value in evidence)
    if headings:
        evidence = [value + model.headed * min(headings, _MANY_HEADINGS) for value in evidence]
    _weigh_series(candidates, evidence, model)
    own = {_letters((title or "")[: 2 * _LONGEST]), _letters(lines[0][: 2 * _LONGEST])}
    found = [
        (candidate.index, _probability(value))
        for candidate, value in zip(candidates, evidence)
        if value >= _DOUBTFUL and _letters(candidate.line) not in own
    ]
    return found if len(found) <= _ROOM else _crowded(found, lines)


# --- shape ------------------------------------------------------------------------------------------------------------


def _headline_words(line: str, particles: frozenset[str]) -> list[str] | None:
    """The words of a line of title case and a headline's size that is neither list item nor table row."""
    first = line[0]
    if not (first.isupper() or first.isdigit() or first in _QUOTES) or line.isupper() or line.count('"') % 2:
        return None
    words = line.split()
    if not _FEWEST <= len(words) <= _MOST or _is_bullet(words[0]):
        return None
    # One small word in ten is a slip of the desk, more is a sentence.
    small = set(filter(str.islower, words))
    return words if small <= particles or len(small - particles) * 10 <= len(words) else None


def _is_bullet(word: str) -> bool:
    return word[-1] == ")" or (word[-1] == "." and len(word) <= 3)


def _is_short_heading(line: str, particles: frozenset[str]) -> bool:
    """Whether a line is title case like a headline, but with fewer words."""
    words = line.split()
    return (
        0 < len(words) < _FEWEST
        and line.lstrip()[0].isupper()
        and not line.rstrip().endswith(_STOPS)
        and set(filter(str.islower, words)) <= particles
    )


# --- place ------------------------------------------------------------------------------------------------------------


def _survey(lines: Sequence[str], model: Weights) -> tuple[list[Candidate], int]:
    """The candidates, and the number of short headings that stand behind a paragraph."""
    candidates: list[Candidate] = []
    run: list[tuple[int, str, list[str]]] = []
    headings = 0
    before = ""  # the last line that has no headline's shape
    in_body = False
    for index, line in enumerate(lines):
        size = len(line)
        if size <= _LONGEST and in_body:
            bare = line.strip()
            if size >= _SHORTEST and not bare.endswith(_OPEN_ENDS):
                words = _headline_words(bare, model.particles)
                if words:
                    run.append((index, bare, words))
                    continue
            headings += size <= _SHORT_HEADING and _is_short_heading(line, model.particles)
        if run:
            if len(run) <= _LONGEST_RUN and _is_finished(before) and not line[:_PEEK].lstrip()[:1].islower():
                listed = not _is_prose(line)
                candidates += [Candidate(*found, listed) for found in run]
            run.clear()
        before = line
        in_body = in_body or _is_paragraph(line)
    if len(run) <= _LONGEST_RUN and _is_finished(before):
        candidates += [Candidate(*found, False) for found in run]
    return candidates, headings


def _is_finished(line: str) -> bool:
    return line[-_PEEK:].rstrip().endswith(_STOPS)


def _is_paragraph(line: str) -> bool:
    return len(line) >= _PROSE or (len(line) >= _PARAGRAPH and _is_finished(line))


def _is_prose(line: str) -> bool:
    """Whether a line is a sentence or leads into a list of the article's own."""
    if line[:_PEEK].lstrip()[:1].isdigit():
        return False
    return len(line) >= _PROSE or _is_finished(line) or (len(line) >= _PARAGRAPH // 2 and line.endswith(":"))


# --- wording ----------------------------------------------------------------------------------------------------------


def _evidence(candidate: Candidate, model: Weights) -> float:
    """The sum of the weights of all that occurs in a line, in log-odds."""
    _, line, words, listed = candidate
    if line.startswith(model.kickers):
        return inf
    total = model.bias + model.length[min(len(words), len(model.length) - 1)]
    total += model.opening.get(words[0], 0.0) + sum(map(model.words.get, words, repeat(0.0)))
    for mark, weight in model.marks:
        if mark in line:
            total += weight
    return total + model.listed if listed else total


def _probability(evidence: float) -> float:
    return 1.0 / (1.0 + exp(-evidence)) if evidence > -50 else 0.0


def _log_odds(probability: float) -> float:
    return log(probability / (1.0 - probability))


_DOUBTFUL = _log_odds(DOUBT)


# --- company ----------------------------------------------------------------------------------------------------------


def _weigh_series(candidates: list[Candidate], evidence: list[float], model: Weights) -> None:
    """Weigh the lines that start with the same two words as one: as the weakest of them, and `Weights.series`."""
    series: dict[tuple[str, str], list[int]] = {}
    for place, candidate in enumerate(candidates):
        series.setdefault((candidate.words[0], candidate.words[1]), []).append(place)
    for places in series.values():
        if len(places) > 1:
            weakest = min(evidence[place] for place in places) + model.series
            for place in places:
                evidence[place] = weakest


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).lower()


def _crowded(found: list[tuple[int, float]], lines: Sequence[str]) -> list[tuple[int, float]]:
    """Below `CUT`, all of them, if there are more than a page has room for: then they are the article's own."""
    sure = sum(score >= CUT for _, score in found)
    if sure <= max(_ROOM, sum(map(_is_paragraph, lines)) // 2):
        return found
    return [(index, min(score, CUT - 0.01)) for index, score in found]
