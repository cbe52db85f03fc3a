"""Boilerplate inside a line: dumps that glue a whole article on one line keep nothing else to go by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import regex

from cleaner.claims import Claim
from cleaner.headline_end import CUT, DOUBT, headline_end, native_ads_end
from cleaner.kinds import Certainty
from cleaner.matchers import findings
from cleaner.rules import Rule
from cleaner.shadow import fold

# How far a rule may look behind and before its literal, in code points. It bounds every pattern's time.
AHEAD = 600
BEHIND = 300
# No stretch reaches further, however long the line is.
REACH = 2000
# How near to its end a text has a tail.
TAIL = 200

# Full stops inside numbers, hosts and initials have no white space behind them.
_SENTENCE_END = re.compile(r"[.!?][\"')]*(?=\s|$)")


class _Inline:
    """One inline rule, compiled."""

    def __init__(self, rule: Rule, rank: int) -> None:
        assert rule.inline is not None
        self.rule = rule
        self.rank = rank
        self.form = rule.inline
        self.literals = tuple(map(fold, self.form.literal))
        source = self.form.cased or self.form.pattern or "|".join(map(regex.escape, self.literals))
        self.pattern = regex.compile(f"(?:{source})", regex.V1)
        self.before = regex.compile(f"(?:{self.form.before})$", regex.V1) if self.form.before else None


class Inlines:
    """All inline rules of an outlet."""

    def __init__(self, rules: Iterable[tuple[int, Rule]]) -> None:
        self._entries = tuple(
            (literal, entry)
            for entry in (_Inline(rule, rank) for rank, rule in rules if rule.inline)
            for literal in entry.literals
        )

    def claims(self, text: str, shadow: str) -> Iterator[Claim]:
        """The claims of every literal found, in no particular order."""
        for literal, entry in self._entries:
            at = shadow.find(literal, len(shadow) - TAIL if entry.form.tail else 0)
            while at >= 0:
                claim = _claim(entry, text, shadow, at)
                if claim is not None:
                    yield claim
                at = shadow.find(literal, at + len(literal) if claim is None else max(claim.end, at + 1))


def _claim(entry: _Inline, text: str, shadow: str, at: int) -> Claim | None:
    if not _starts_word(text, at):
        return None
    reach = min(len(shadow), at + REACH)
    stop = shadow.find("\n", at, reach)
    line_end = reach if stop < 0 else stop
    match = entry.pattern.match(text if entry.form.cased else shadow, at, min(line_end, at + AHEAD))
    if match is None:
        return None
    stretch = _stretch(entry, text, shadow, match, line_end)
    if stretch is None:
        return None
    start, end, certainty = stretch
    content = text[start:end]
    start += len(content) - len(content.lstrip())
    end = start + len(content.strip())
    if start >= end:
        return None
    rule = entry.rule
    return Claim(start, end, rule.kind, rule.id, certainty, entry.rank, rule.pointer, findings(match))


def _stretch(
    entry: _Inline, text: str, shadow: str, match: regex.Match[str], line_end: int
) -> tuple[int, int, Certainty] | None:
    """What the rule claims around its match, and how surely; None where its end can't be told."""
    start, at = match.span()
    if entry.before is not None:
        start = _belonging(entry.before, shadow, start)
    if entry.form.back:
        start = _sentence_start(shadow, start)
    longest = entry.rule.max
    match entry.form.end:
        case "match":
            return start, at, Certainty.marked
        case "line":
            return (start, line_end, Certainty.marked) if line_end - at <= longest else None
        case "sentence":
            stop = _SENTENCE_END.search(shadow, at, min(line_end, at + AHEAD))
            end = stop.end() if stop else line_end
            return (start, end, Certainty.marked) if end - at <= longest else None
        case "headline":
            found = headline_end(text, at, line_end)
            if found is None or found.score < DOUBT:
                return None
            return start, found.end, Certainty.marked if found.score >= CUT else Certainty.doubtful
        case "ad":
            found = headline_end(text, at, line_end)
            end = native_ads_end(text, found.end, line_end) if found else None
            return (found.end, end, Certainty.framed) if found and end else None


def _starts_word(text: str, at: int) -> bool:
    before = text[at - 1 : at]
    # A capital straight behind a small letter or a digit is a seam of the scrape: 'demikian.Baca', 'kataBaca'.
    return not before.isalnum() or not text[at].isalnum() or (text[at].isupper() and not before.isupper())


def _belonging(before: regex.Pattern[str], shadow: str, at: int) -> int:
    """Where the stretch in front of `at` begins that belongs to it; `at` itself where there is none."""
    floor = max(shadow.rfind("\n", max(0, at - BEHIND), at) + 1, at - BEHIND, 0)
    match = before.search(shadow, floor, at)
    return match.start() if match else at


def _sentence_start(shadow: str, at: int) -> int:
    """Where the sentence that holds `at` begins: behind the last end of a sentence, or the line's start."""
    floor = max(shadow.rfind("\n", max(0, at - BEHIND), at) + 1, at - BEHIND, 0)
    start = floor
    for stop in _SENTENCE_END.finditer(shadow, floor, at):
        start = stop.end()
    # Without an end of a sentence in reach, where the stretch begins is a guess.
    return at if start == floor == at - BEHIND else start
