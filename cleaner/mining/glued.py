"""Boilerplate inside lines: stretches that recur behind a sentence's end, and how far each of them goes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from heapq import nlargest
from itertools import pairwise
from typing import NamedTuple

import regex

from cleaner.kinds import Kind
from cleaner.mining.cues import Strength, cue_of
from cleaner.mining.forms import REST_PATTERN, has_letters, holds_sentence_end
from cleaner.mining.naming import named
from cleaner.mining.view import Place, View, articles_of
from cleaner.rules import Inline, Rule
from cleaner.shadow import fold

# Where a sentence ends; in glued text nothing need stand behind it but a capital.
_BORDER = re.compile(
    r"(?<=[a-z0-9)\"”’'?!][.!?])[\"”’')]*\s*(?=[\"“‘(\[]*[A-Z])|(?<=[.!?][\"”’')])\s*(?=[A-Z(\[])"
)
BEHIND_SENTENCE = r"""(?:(?<=[.!?"”’')][ \t]?)|(?<![^\n]))"""
"""Where a stretch can begin: behind a sentence, or with the line."""
_MARKER = re.compile(
    r"(?:[Bb]aca|BACA|[Ll]ihat|[Ss]imak|SIMAK|[Tt]onton|[Yy]uk [Bb]aca)(?: [^\W\d_]+){0,4} ?:"
    r"|(?:Baca Juga|BACA JUGA)(?=[A-Z])"
    r"|(?:Bacaan|Berita|Artikel|Kabar|Kisah)(?: [^\W\d_]+){0,2} (?i:lain|lainnya|terkait|pilihan) ?:"
)
_LONGEST = 400
_LONGEST_LIST = 500
# How far behind its beginning a piece is looked at.
_REACH = 600
_SHARE = 0.3
_SHARE_OF_SLOGAN = 0.1
_SLOGAN_WORDS = 6
_MANY = 10
_BESIDE = 0.8
_ALWAYS = 0.9
_FEWEST_WORDS = 3
# What stands before a story's own list or answer.
_LEADS_IN = re.compile(
    r"(?:berikut|ini(?:lah)?|begini|begitu|demikian|apa|bagaimana|lantas|lalu|seperti|siapa|mengapa|kenapa|mana|"
    r"kapan|di ?mana)\b",
    re.I,
)
# A dump that was made so can have any number of them, and each is tried on all of it.
_MOST = 100
_MOST_ALIKE = 5


class _Piece(NamedTuple):
    """A stretch from one sentence's end to the next."""

    place: Place
    text: str
    number: int
    rest: str
    """From where it begins on, as far as a list of headlines may go."""


def glued_stretches(view: View) -> Iterator[Rule]:
    """Rules for what recurs inside lines: word for word, or a pointer with a headline behind it."""
    pieces = _pieces(view)
    yield from _pointers(view, pieces)
    yield from _verbatim(view, pieces)


def _pieces(view: View) -> list[list[_Piece]]:
    """The pieces of each line that isn't cut already, line by line."""
    lines: list[list[_Piece]] = []
    for place, row in view.places():
        if row.gone:
            continue
        borders = [0, *(border.end() for border in _BORDER.finditer(row.text)), len(row.text)]
        lines.append(
            [
                _Piece(place, row.text[start:end].strip(), number, row.text[start : start + _REACH])
                for number, (start, end) in enumerate(pairwise(borders))
                if start < end
            ]
        )
    return lines


def _verbatim(view: View, lines: Sequence[Sequence[_Piece]]) -> Iterator[Rule]:
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for at, line in enumerate(lines):
        if len(line) > 1:
            for number, piece in enumerate(line):
                if len(piece.text) <= _LONGEST and has_letters(piece.text):
                    found[piece.text].append((at, number))
    often = [
        (len(text) * len(places), text)
        for text, places in found.items()
        if len(places) >= view.least and articles_of(lines[at][n].place for at, n in places) >= view.least
    ]
    recurring = {text: found[text] for _, text in nlargest(_MOST, often)}
    kinds = {
        text: kind for text, places in recurring.items() if (kind := _own_kind(view, lines, text, places))
    }
    # What always stands beside a stretch that goes is the next sentence of the same call.
    beside = {
        text: kind
        for text, places in recurring.items()
        if text not in kinds and (kind := _kind_beside(lines, places, kinds))
    }
    openings: Counter[str] = Counter()
    for text, kind in {**kinds, **beside}.items():
        openings[literal_of(text)] += 1
        # All rules of an opening are tried wherever it stands.
        if openings[literal_of(text)] <= _MOST_ALIKE:
            yield _verbatim_rule(text, kind)


def _own_kind(
    view: View, lines: Sequence[Sequence[_Piece]], text: str, places: Sequence[tuple[int, int]]
) -> Kind | None:
    cue = cue_of(text.lower())
    if cue is not None and cue.strength is Strength.strong:
        return cue.kind
    count = articles_of(lines[at][number].place for at, number in places)
    words = len(text.split())
    slogan = words <= _SLOGAN_WORDS and (not _LEADS_IN.match(text) or _ends_stories(view, lines, places))
    share = _SHARE_OF_SLOGAN if slogan else _SHARE
    if count >= _MANY and count >= share * len(view) and words >= _FEWEST_WORDS and text[-1] in ".!?":
        return cue.kind if cue else Kind.prompt
    return None


def _ends_stories(view: View, lines: Sequence[Sequence[_Piece]], places: Sequence[tuple[int, int]]) -> bool:
    """Whether a stretch stands behind the story's last words: elsewhere, it may lead to what comes."""
    last = 0
    for at, number in places:
        place = lines[at][number].place
        below = view.articles[place.article][place.row + 1 :]
        last += number == len(lines[at]) - 1 and all(row.gone or row.zone == "foot" for row in below)
    return last >= _BESIDE * len(places)


def _kind_beside(
    lines: Sequence[Sequence[_Piece]], places: Sequence[tuple[int, int]], kinds: dict[str, Kind]
) -> Kind | None:
    for step in (-1, 1):
        near = [
            kinds[lines[at][number + step].text]
            for at, number in places
            if 0 <= number + step < len(lines[at]) and lines[at][number + step].text in kinds
        ]
        if len(near) >= _BESIDE * len(places):
            return near[0]
    return None


def _verbatim_rule(text: str, kind: Kind) -> Rule:
    shadow_words = text.lower().split()
    return Rule(
        id=named("inside", text),
        kind=kind,
        why="A stretch that recurs word for word behind a sentence's end.",
        inline=Inline(
            literal=(literal_of(text),),
            cased=rf"{BEHIND_SENTENCE}{_escaped(text)}"
            + ("" if shadow_words[-1][-1] in ".!?)" else r"(?!\w)"),
        ),
    )


def literal_of(text: str) -> str:
    """The first words of a stretch, folded, to look for it by."""
    words = re.match(r"\S+(?: \S+){0,3}", text)
    return fold(words[0] if words else text)


def _escaped(text: str) -> str:
    return r"\s++".join(regex.escape(word) for word in text.split())


def _pointers(view: View, lines: Sequence[Sequence[_Piece]]) -> Iterator[Rule]:
    found: dict[str, list[tuple[Place, str]]] = defaultdict(list)
    for line in lines:
        for piece in line:
            marker = _MARKER.match(piece.text)
            if marker and len(marker[0]) < len(piece.rest.strip()):
                found[fold(marker[0])].append((piece.place, piece.rest[marker.end() :]))
    for wording, uses in found.items():
        if articles_of(place for place, _ in uses) < view.least:
            continue
        rests = [rest for _, rest in uses]
        to_line_end = sum(_is_list(rest) for rest in rests)
        yield _list_rule(wording) if to_line_end >= _ALWAYS * len(rests) else _headline_rule(wording)


def _is_list(rest: str) -> bool:
    """Whether nothing but headlines stands between a pointer and the line's end."""
    return not holds_sentence_end(rest) and len(rest) <= _LONGEST_LIST


def _pointer(marker: str) -> str:
    return rf"{BEHIND_SENTENCE}(?i:{_escaped(marker)})\s?(?=[\p{{Lu}}\d\"“'‘\[])"


def _list_rule(marker: str) -> Rule:
    return Rule(
        id=named("pointer", marker),
        kind=Kind.related,
        why="A pointer behind a sentence's end, and the headlines behind it, to the line's end.",
        inline=Inline(
            literal=(marker,),
            cased=rf"{_pointer(marker)}{REST_PATTERN}{{3,{_LONGEST_LIST}}}+[.!?]?(?=\s*+(?:\n|$))",
        ),
    )


def _headline_rule(marker: str) -> Rule:
    return Rule(
        id=named("pointer", marker),
        kind=Kind.related,
        why="A pointer behind a sentence's end, and the headline behind it.",
        inline=Inline(literal=(marker,), cased=_pointer(marker), end="headline"),
    )
