"""Find bare headlines of *other* stories that stand between an article's paragraphs.

Some page templates set links to other stories as plain lines of their own, with no label such as `Baca
Juga:` in front. Once the link is gone nothing marks them, and a genuine subheading looks much the same.
What still tells them apart is how they are written: a headline tells news (a doer, a bare verb, an outcome;
seven words and more), a subheading names a topic (three to six words, few verbs). So each line is weighed
by a linear model whose weights a person can read (`headline.toml`), and its surroundings can only speak
*for keeping* it:

1. **shape**: one line of title case without an end stop, neither list item nor table row. All other lines
   are out at once, most of them by their size alone.
2. **place**: behind the first paragraph, not behind half a sentence, never in front of the rest of one.
   Three such lines in a row are a list.
3. **wording**: the model. Words shared with the article never speak against a line: strays are often on the
   same topic, and so are subheadings.
4. **sequel**: a heading's words come back in the paragraph below, a stray's seldom do.
5. **company**: an article with short headings of its own may well have long ones. Lines that start alike
   are a series, kept or cut as one. More strays than a page has room for are its subheadings.

Nothing here looks at a line that can be cut, but for such groups as are kept or cut as one. So cutting the
strays and looking again finds no new ones."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, inf, log
from pathlib import Path
from typing import Any

__all__ = ["CUT", "DOUBT", "Weights", "stray_headlines", "weights"]

CUT = 0.90
"""A line of this score or more is cut."""

DOUBT = 0.35
"""A line of this score or more is reported as a suspect."""

# Sizes are in code points, including spaces, unless it says words.
_SHORTEST, _LONGEST = 24, 160  # of a headline
_FEWEST, _MOST = 5, 20  # words of a headline
_SHORT_HEADING = 48  # of a heading with fewer words than that
_PROSE = 120  # a line of this size is a paragraph, whatever it ends in
_PARAGRAPH = 60  # a finished sentence of this size is a paragraph
_PEEK = 12  # as much of a line's edge as is looked at, so that no line costs more than its neighbour
_LONGEST_RUN = 2  # strays in a row; three short lines in a row are a list
_START = 300  # of a paragraph that takes up its heading
_LONG_WORD = 5  # of a word that is worth looking for
_ROOM = 4  # strays that any page may hold; beyond, one for every three paragraphs
_MANY_HEADINGS = 2  # short headings; more of them prove nothing more

_STOPS = (".", "!", "?", '"', "”", "’", "'", ")", "…")
_OPEN_ENDS = ".,:;-–—("  # no headline ends like this
_SPECIFIC = re.compile(r"[0-9]|[A-Z][A-Z]")  # a figure or an abbreviation
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
    specific: float
    """For a figure or an abbreviation, once a line."""
    taken_up: float
    """For a line all of whose longer words the next paragraph takes up, in proportion if it takes up some."""
    unfinished: float
    """For a line behind a paragraph without an end stop: the rest of its sentence, or a slip of the desk."""
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
        opening: dict[str, float] = {}
        for group in table["opening"].values():
            for word in group["words"]:
                opening.update(dict.fromkeys(_forms(word), group["weight"]))
        sizes = {int(count): weight for count, weight in table["length"].items()}
        return cls(
            bias=table["bias"]["weight"],
            length=tuple(sizes[max(count, min(sizes))] for count in range(max(sizes) + 1)),
            opening=opening,
            words=words,
            marks=tuple((mark["text"], mark["weight"]) for mark in table["marks"].values()),
            specific=table["specific"]["weight"],
            taken_up=table["surroundings"]["taken_up"],
            unfinished=table["surroundings"]["unfinished"],
            listed=table["surroundings"]["listed"],
            headed=table["surroundings"]["headed"],
            series=table["surroundings"]["series"],
            particles=frozenset(table["shape"]["particles"]),
            kickers=tuple(table["shape"]["kickers"]),
        )


def _forms(word: str) -> Iterator[str]:
    """The ways a word of the lists can stand in a headline, spelled out so that one look-up finds it."""
    for cased in dict.fromkeys((word, word.capitalize(), word.title(), word.upper())):
        for closing in ("", ",", ":", "?", "!"):
            yield cased + closing


@cache
def weights() -> Weights:
    """The fitted weights, read once."""
    file = Path(__file__).with_name("headline.toml")
    return Weights.from_toml(tomllib.loads(file.read_text(encoding="utf-8")))


_Candidate = tuple[int, str, list[str], str, str]
"""A line with a headline's shape in a stray's place: its index, itself without space around, its words, and
the lines before and after it that have no such shape (the latter empty at the end)."""


def stray_headlines(lines: Sequence[str], title: str | None = None) -> list[tuple[int, float]]:
    """Indices and scores (0 to 1) of the lines that may be headlines of other stories, in order.

    `lines` are one article's non-blank lines without the boilerplate that is marked as such. The first line
    may be the article's own headline and is never judged. Lines that score less than `DOUBT` are left out.
    """
    model = weights()
    candidates, headings = _survey(lines, model)
    if not candidates:
        return []
    evidence = [_evidence(*candidate[1:], model) for candidate in candidates]
    headings += sum(value < _DOUBTFUL for value in evidence)
    if headings:
        penalty = model.headed * min(headings, _MANY_HEADINGS)
        evidence = [value + penalty for value in evidence]
    _weigh_series(candidates, evidence, model)
    titles = [set(text.split()) for text in (title or "", lines[0]) if len(text) <= _LONGEST]
    found = []
    for (index, _, words, *_), value in zip(candidates, evidence, strict=True):
        if value >= _DOUBTFUL and not _says_the_same(words, titles):
            found.append((index, 1.0 / (1.0 + exp(-value))))
    return found if len(found) <= _ROOM else _crowded(found, lines)


# --- shape ------------------------------------------------------------------------------------------------


def _headline_words(line: str, particles: frozenset[str]) -> list[str] | None:
    """The words of a stripped line of title case and a headline's size, unless it is a list item."""
    # All capitals, or a script that has none: a verse in Arabic is no headline.
    if line[-1] in _OPEN_ENDS or line == line.upper() or line.count('"') % 2:
        return None
    words = line.split()
    if not _FEWEST <= len(words) <= _MOST or not _starts_big(words[0]):
        return None
    small = set(filter(str.islower, words))
    if small <= particles:
        return words
    # One small word in ten is a slip of the desk, more is a sentence. `ke-13` and `90-an` are no words.
    return words if sum(map(str.isalpha, small - particles)) * 10 <= len(words) else None


def _starts_big(word: str) -> bool:
    """Whether a headline can start with a word: not in small letters, and not with a bullet."""
    if word[-1] == ")" or (word[-1] == "." and len(word) <= 3):
        return False
    return not word.islower() and (word[0].isalnum() or word[0] in _QUOTES)


def _is_short_heading(line: str, particles: frozenset[str]) -> bool:
    """Whether a stripped line is title case like a headline, but with fewer words."""
    words = line.split()
    return (
        0 < len(words) < _FEWEST
        and words[0][0].isupper()
        and not line.endswith(_STOPS)
        and set(filter(str.islower, words)) <= particles
    )


# --- place ------------------------------------------------------------------------------------------------


def _survey(lines: Sequence[str], model: Weights) -> tuple[list[_Candidate], int]:
    """The candidates, and the number of short headings."""
    lead = next((index for index, line in enumerate(lines) if _is_paragraph(line)), len(lines))
    shaped: dict[int, tuple[str, list[str]]] = {}
    headings = 0
    for index in [index for index, line in enumerate(lines) if len(line) <= _LONGEST]:
        if index > lead:
            line = lines[index].strip()
            words = _headline_words(line, model.particles) if len(line) >= _SHORTEST else None
            if words:
                shaped[index] = line, words
            elif len(line) <= _SHORT_HEADING:
                headings += _is_short_heading(line, model.particles)

    candidates: list[_Candidate] = []
    for first in shaped:
        if first - 1 in shaped:
            continue  # seen with the first of its run
        end = first + 1
        while end in shaped:
            end += 1
        before, after = lines[first - 1], lines[end] if end < len(lines) else ""
        if end - first <= _LONGEST_RUN and _may_end(before) and not after[:2].islower():
            candidates += [(index, *shaped[index], before, after) for index in range(first, end)]
    return candidates, headings


def _may_end(line: str) -> bool:
    """Whether a line can end a paragraph: a finished sentence, or long and with no sign that it goes on."""
    return _is_finished(line) or (len(line) >= _PROSE and line[-1] not in ":,;(")


def _is_finished(line: str) -> bool:
    return line[-_PEEK:].rstrip().endswith(_STOPS)


def _is_paragraph(line: str) -> bool:
    return len(line) >= _PROSE or (len(line) >= _PARAGRAPH and _is_finished(line))


def _is_prose(line: str) -> bool:
    """Whether a line is a sentence or leads into a list of the article's own."""
    if line[:_PEEK].lstrip()[:1].isdigit():
        return False
    return len(line) >= _PROSE or _is_finished(line) or (len(line) >= _PARAGRAPH // 2 and line.endswith(":"))


# --- wording ----------------------------------------------------------------------------------------------


def _evidence(line: str, words: list[str], before: str, after: str, model: Weights) -> float:
    """The sum of the weights of all that occurs in a line and next to it, in log-odds."""
    if line.startswith(model.kickers):
        return inf
    total = model.bias + model.length[min(len(words), len(model.length) - 1)]
    total += model.opening.get(words[0], 0.0)
    known = model.words
    total += sum([known[word] for word in words if word in known])
    for mark, weight in model.marks:
        if mark in line:
            total += weight
    if _SPECIFIC.search(line):
        total += model.specific
    if not _is_finished(before):
        total += model.unfinished
    if after:
        total += model.taken_up * _taken_up(words, after)
        if not _is_prose(after):
            total += model.listed
    return total


def _taken_up(words: list[str], after: str) -> float:
    """Share of a line's longer words that the start of the next one takes up.

    The second to fifth letter stand for a word: neither its capital nor its ending counts.
    """
    stems = [word[1:5] for word in words if len(word) >= _LONG_WORD]
    return sum(map(after[:_START].__contains__, stems)) / len(stems) if stems else 0.0


def _log_odds(probability: float) -> float:
    return log(probability / (1.0 - probability))


_DOUBTFUL = _log_odds(DOUBT)


# --- company ----------------------------------------------------------------------------------------------


def _weigh_series(candidates: list[_Candidate], evidence: list[float], model: Weights) -> None:
    """Weigh lines that start with the same two words alike: as the weakest of them, and `Weights.series`."""
    series: dict[str, list[int]] = {}
    for place, (_, _, words, *_) in enumerate(candidates):
        series.setdefault(words[0] + " " + words[1], []).append(place)
    if len(series) == len(candidates):
        return
    for places in series.values():
        if len(places) > 1:
            weakest = min(evidence[place] for place in places) + model.series
            for place in places:
                evidence[place] = weakest


def _says_the_same(words: list[str], titles: list[set[str]]) -> bool:
    """Whether a line repeats the article's own title, or the better part of it."""
    return any(4 * len(title.intersection(words)) >= 3 * len(words) for title in titles)


def _crowded(found: list[tuple[int, float]], lines: Sequence[str]) -> list[tuple[int, float]]:
    """Below `CUT`, all of them, if they are more than a page has room for: then they are its own."""
    sure = sum(score >= CUT for _, score in found)
    if sure <= max(_ROOM, sum(map(_is_paragraph, lines)) // 3):
        return found
    return [(index, min(score, CUT - 0.01)) for index, score in found]
