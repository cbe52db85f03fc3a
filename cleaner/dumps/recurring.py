"""Short lines that recur in what a run left in, counted in bounded memory.

A line is counted once for each record that has it, with its numbers as `#`. A label, the few words before a
colon at the start of a line or a sentence, is counted like a line, with `…` behind it: what follows it
changes from page to page.

The counts are Misra and Gries's summary: where there are too many lines, the same number is taken off all of
them, and those with nothing left are forgotten. So a count can be too low by `shortfall`, and a line that a
good share of the records has is never forgotten. Parts are added in the order of the dump, whoever counted
them, so the answer is the same for any number of workers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

LONGEST = 100
"""The longest line that is counted, in code points. Longer ones are paragraphs."""

_HELD = 1000
_LISTED = 100
# A line that fewer have is no template's.
_FEWEST = 3
_LEAST_SHARE = 0.002

# Shares are known well enough from the first parts of a dump and from a sample of the others.
_WHOLE_PARTS = 8
_SAMPLED = 8

_LONGEST_LABEL = 40
_NUMBER = re.compile(r"\d+")
_LABEL = re.compile(r"[^\W\d_][\w'/-]*+(?: [\w'/-]++){0,3} ?")


class Recurring(msgspec.Struct, frozen=True):
    """The lines that recur in the records of one outlet, and what isn't known of their numbers."""

    records: int = 0
    """How many records were looked at: all of a small dump, a sample of a large one."""
    lines: Mapping[str, int] = {}
    """The most frequent, and how many of those records have each. Digits are written as `#`."""
    shortfall: int = 0
    """A count can be too low by so many."""
    unlisted: int = 0
    """So many records at most have any one line that isn't listed."""


class LineCount(msgspec.Struct):
    """How many records have each short line."""

    records: int = 0
    counts: dict[str, int] = {}
    shortfall: int = 0

    def count(self, text: str) -> None:
        """Count the short lines and the labels of one record's text."""
        self.records += 1
        counts = self.counts
        for line in recurrable(text):
            counts[line] = counts.get(line, 0) + 1
        if len(counts) > 2 * _HELD:
            self._prune()

    def add(self, other: LineCount) -> None:
        """Count what `other` has counted, of what comes behind this."""
        self.records += other.records
        self.shortfall += other.shortfall
        for line, number in other.counts.items():
            self.counts[line] = self.counts.get(line, 0) + number
        if len(self.counts) > 2 * _HELD:
            self._prune()

    def recurring(self) -> Recurring:
        """The most frequent lines."""
        fewest = max(_FEWEST, int(self.records * _LEAST_SHARE) + 1)
        ordered = sorted(self.counts.items(), key=lambda pair: (-pair[1], pair[0]))
        listed = [pair for pair in ordered[:_LISTED] if pair[1] >= fewest]
        left = ordered[len(listed)][1] if len(listed) < len(ordered) else 0
        return Recurring(self.records, dict(listed), self.shortfall, left + self.shortfall)

    def _prune(self) -> None:
        less = sorted(self.counts.values(), reverse=True)[_HELD]
        self.counts = {line: number - less for line, number in self.counts.items() if number > less}
        self.shortfall += less


def every(part: int) -> int:
    """Of how many records of an outlet one is looked at, in the part with this number."""
    return 1 if part < _WHOLE_PARTS else _SAMPLED


def recurrable(text: str) -> set[str]:
    """The short lines of `text` and its labels, as they are counted."""
    found = {line.strip() for line in text.split("\n") if len(line) <= LONGEST}
    at = text.find(":")
    while at >= 0:
        label = _label(text, at)
        if label:
            found.add(label)
        at = text.find(":", at + 1)
    found.discard("")
    return set(_NUMBER.sub("#", "\n".join(found)).split("\n")) if found else found


def _label(text: str, colon: int) -> str:
    """The label that ends at `colon`, as it is counted; empty where the words before it are no label."""
    if text[colon - 1 : colon].isdigit() or text.startswith("//", colon + 1):
        # A time, an address.
        return ""
    start = max(0, colon - _LONGEST_LABEL)
    start = max(text.rfind("\n", start, colon) + 1, start)
    sentence = text.rfind(". ", start, colon)
    match = _LABEL.fullmatch(text, start if sentence < 0 else sentence + 2, colon)
    return f"{match[0]}: …" if match else ""
