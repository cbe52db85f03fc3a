"""Boilerplate inside a line: dumps that glue a whole article on one line leave nothing else to go by."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from math import inf
from typing import NamedTuple

import msgspec

from cleaner.as_shown import counts_spaces, single_spaced, with_marks
from cleaner.claims import Claim, Finding
from cleaner.document import Document
from cleaner.fronts import BEHIND, SENTENCE_END, front_start
from cleaner.headline_end.answer import CUT, DOUBT, HeadlineEnd
from cleaner.headline_end.search import headline_end
from cleaner.kinds import Certainty
from cleaner.known_headlines import Known
from cleaner.literals import Literals
from cleaner.matchers import Lazy, Match, findings
from cleaner.native_ad.end import native_ads_end
from cleaner.rules import Rule
from cleaner.shadow import fold

# How far a rule may look ahead of its literal, in code points. It bounds every pattern's time.
AHEAD = 600
# No stretch reaches further, however long the line is.
REACH = 2000
# A line longer than this holds more than a paragraph.
_LONG = 800
# As far a pattern is tried with single spaces: most markers are shorter.
_NEAR = 250
_TAG = re.compile("</|<br|<p[ >]")
# Hardly a word is longer.
_WORD = 30
# How near to its end a text has a tail.
TAIL = 200


class Inside(NamedTuple):
    """What the inline rules say of a text."""

    claims: list[Claim]
    by_headline: list[int]
    """Where the literals stand that a headline follows. What its end is taken for hangs on the whole text."""


class _Found(NamedTuple):
    """What a rule's pattern found at a literal."""

    end: int
    cut: tuple[int, int]
    """What of it goes."""
    told: tuple[Finding, ...]


class _Inline:
    """One inline rule, compiled."""

    def __init__(self, rule: Rule, rank: int) -> None:
        assert rule.inline is not None
        self.rule = rule
        self.rank = rank
        self.form = rule.inline
        self.literals = tuple(map(fold, self.form.literal))
        self.ends = tuple(map(fold, self.form.ends))
        source = self.form.cased or self.form.pattern or "|".join(map(re.escape, self.literals))
        self._pattern = Lazy(source)
        self._counts_spaces = counts_spaces(source)
        self.before = Lazy(f"(?:{self.form.before})$") if self.form.before else None

    def found(self, document: Document, at: int, window: int) -> _Found | None:
        """What the pattern finds at a literal, which looks no further than `window`."""
        text, shadow = document.spaced, document.shadow
        pattern = self._pattern.compiled
        match = pattern.match(text if self.form.cased else shadow, at, window)
        if match is not None:
            return _Found(match.end(), self._cut(match), findings(match))
        near = min(window, at + _NEAR)
        single = None if self._counts_spaces else single_spaced(document, at, near)
        if single is None:
            return None
        match = pattern.match(single.text if self.form.cased else single.shadow, single.start)
        if match is None or (match.end() == len(single.text) and near < window):
            return None
        told = single.findings(findings(match))
        return _Found(single.span(*match.span())[1], single.span(*self._cut(match)), told)

    def _cut(self, match: Match) -> tuple[int, int]:
        return match.span("cut") if "cut" in match.re.groupindex else match.span()

    def claim(
        self, text: str, start: int, end: int, certainty: Certainty, told: tuple[Finding, ...] = ()
    ) -> Claim | None:
        """The claim on what is visible of `[start, end)`."""
        content = text[start:end]
        start += len(content) - len(content.lstrip())
        end = start + len(content.strip())
        if start >= end:
            return None
        return Claim(start, end, self.rule.kind, self.rule.id, certainty, self.rank, self.rule.pointer, told)


class Inlines:
    """All inline rules of an outlet."""

    def __init__(self, rules: Iterable[tuple[int, Rule]], known: Known | None = None) -> None:
        """`known` tells other stories' headlines for certain, where a ledger holds them."""
        self._known = known
        entries = [_Inline(rule, rank) for rank, rule in rules if rule.inline]
        pairs = [(literal, entry) for entry in entries for literal in entry.literals]
        self._tail = Literals(pair for pair in pairs if pair[1].form.tail)
        self._glued = Literals(pair for pair in pairs if pair[1].form.glued)
        self._anywhere = Literals(pair for pair in pairs if not (pair[1].form.tail or pair[1].form.glued))

    def claims(self, document: Document, lines: Sequence[str], gone: Sequence[tuple[int, int]]) -> Inside:
        """The claims at every literal found outside the lines that are `gone` (stretches, in order).

        `lines` are the pieces of the document's shadow between line feeds.
        """
        shadow = document.shadow
        hits = self._anywhere.find(shadow)
        if document.on_one_line:
            hits += self._glued.find(shadow)
        elif max(map(len, lines)) > _LONG:
            hits += self._in_long_lines(lines)
        end = _end_without(shadow, gone)
        tail = max(0, end - TAIL)
        hits += ((at + tail, entry) for at, entry in self._tail.find(shadow[tail:end]))
        if not hits:
            return _NOTHING
        hits.sort(key=_by_place)
        claims: list[Claim] = []
        by_headline: list[int] = []
        done: dict[int, int] = {}
        place = line_end = -1
        for at, entry in hits:
            before = done.get(entry.rank, 0)
            if at < before or _inside(gone, at):
                continue
            if at != place:
                place, line_end = at, _line_end(shadow, at)
            if entry.form.end in ("headline", "ad"):
                by_headline.append(at)
            for claim in _claims(entry, document, at, line_end, before, self._known):
                done[entry.rank] = max(claim.end, done.get(entry.rank, 0))
                claims.append(claim)
        return Inside(claims, by_headline)

    def _in_long_lines(self, lines: Sequence[str]) -> Iterator[tuple[int, _Inline]]:
        start = 0
        for line in lines:
            if len(line) > _LONG:
                yield from ((start + at, entry) for at, entry in self._glued.find(line))
            # A line counts with the line feed that ends it.
            start += len(line) + 1

    def in_tail(self, text: str) -> bool:
        """Whether a rule for the tail has a claim at the end of `text`."""
        shadow = fold(text[-TAIL:])
        hits = self._tail.find(shadow)
        if not hits:
            return False
        # As much in front of it as a rule can look at.
        end = Document(text[-TAIL - REACH :])
        tail = len(end.text) - len(shadow)
        places = ((at + tail, entry) for at, entry in hits)
        return any(
            True
            for at, entry in places
            for _ in _claims(entry, end, at, _line_end(end.shadow, at), 0, self._known)
        )


_NOTHING = Inside([], [])


def _by_place(hit: tuple[int, _Inline]) -> tuple[int, int]:
    return hit[0], hit[1].rank


def _end_without(shadow: str, gone: Sequence[tuple[int, int]]) -> int:
    """Where the text ends, visibly, once the lines that are `gone` are gone."""
    end = len(shadow)
    for start, stop in reversed(gone):
        if shadow[stop:end].strip():
            break
        end = start
    return end


def _inside(stretches: Sequence[tuple[int, int]], at: int) -> bool:
    before = bisect_right(stretches, (at, inf)) - 1
    return before >= 0 and at < stretches[before][1]


def _line_end(shadow: str, at: int) -> int:
    """Where the line of offset `at` ends, visibly, or how far a stretch of it can reach."""
    reach = at + REACH
    stop = shadow.find("\n", at, reach)
    return at + len(shadow[at : stop if stop >= 0 else reach].rstrip())


def _claims(
    entry: _Inline, document: Document, at: int, line_end: int, done: int, known: Known | None
) -> Iterator[Claim]:
    """The claims at one literal: what holds it, and what belongs to it in front, nothing before `done`."""
    text, shadow = document.spaced, document.shadow
    if entry.ends and not shadow.endswith(entry.ends, at, line_end):
        return
    begin = _before(entry, shadow, at)
    if begin is None or not _starts_word(text, begin):
        return
    window = min(line_end, at + AHEAD)
    found = entry.found(document, at, window)
    if found is None or found.end == window < line_end:
        # What ends only where it may look no further has no end that is known.
        return
    stretch = _stretch(entry, document, found, line_end, known)
    if stretch is None:
        return
    start, end, certainty = stretch
    if begin == at:
        begin = front_start(entry.form.back, document, start)
    elif not entry.rule.field:
        start = begin
    if document.has_marks:
        whole = with_marks(text, max(start, done), end)
        if whole is None:
            return
        start, end = whole
        begin = min(begin, start)
    claim = entry.claim(text, max(start, done), end, certainty, found.told)
    if claim is None:
        return
    yield claim
    front = entry.claim(text, max(begin, done), claim.start, Certainty.framed)
    if front is not None:
        told = (Finding(entry.rule.field, front.start, front.end),) if entry.rule.field else ()
        yield msgspec.structs.replace(front, findings=told)


def _headline_end(document: Document, at: int, line_end: int, known: Known | None) -> HeadlineEnd | None:
    """Where the headline ends, worked out once a place: the pointer's rule asks, and the advertisement's."""
    ends: dict[tuple[int, int, Known | None], HeadlineEnd | None]
    ends = document.__dict__.setdefault("headline_ends", {})
    asked = at, line_end, known
    if asked not in ends:
        sure = known.headline_end(document, at, line_end) if known else None
        found = sure or headline_end(document.spaced, at, line_end)
        # In HTML that was taken for text the headline's last word is one with its tag and what follows.
        ends[asked] = None if found and _TAG.search(document.shadow, at, found.end + _WORD) else found
    return ends[asked]


def _stretch(
    entry: _Inline, document: Document, at_literal: _Found, line_end: int, known: Known | None
) -> tuple[int, int, Certainty] | None:
    """What the rule claims from its match on, and how surely; None where its end can't be told."""
    text, shadow = document.spaced, document.shadow
    start, at = at_literal.cut
    longest = entry.rule.max
    match entry.form.end:
        case "match":
            return start, at, Certainty.marked
        case "line":
            return (start, line_end, Certainty.marked) if line_end - at <= longest else None
        case "sentence":
            stop = SENTENCE_END.search(shadow, at, min(line_end, at + AHEAD))
            end = stop.end() if stop else line_end
            return (start, end, Certainty.marked) if end - at <= longest else None
        case "headline":
            found = _headline_end(document, at, line_end, known)
            if found is None or found.score < DOUBT:
                return None
            sure = found.score >= CUT and found.end - at <= longest
            return start, found.end, Certainty.marked if sure else Certainty.doubtful
        case "ad":
            found = _headline_end(document, at, line_end, known)
            ad_end = native_ads_end(text, found.end, line_end) if found else None
            return (found.end, ad_end, Certainty.framed) if found and ad_end else None


def _starts_word(text: str, at: int) -> bool:
    before = text[at - 1 : at]
    # A capital straight behind a small letter or a digit is a seam of the scrape, as in 'kataBaca'.
    return not before.isalnum() or not text[at].isalnum() or (text[at].isupper() and not before.isupper())


def _before(entry: _Inline, shadow: str, at: int) -> int | None:
    """Where what must stand in front of the literal begins; None where it isn't there."""
    if entry.before is None:
        return at
    floor = max(shadow.rfind("\n", max(0, at - BEHIND), at) + 1, at - BEHIND, 0)
    match = entry.before.compiled.search(shadow, floor, at)
    return None if match is None else match.start()
