"""What a run counts, for its progress, summary and statistics. Its size doesn't grow with the dump."""

from __future__ import annotations

import re
from typing import TypeAlias

import msgspec

from cleaner.dumps.reasons import general
from cleaner.dumps.records import Record, RecordReader, Unreadable
from cleaner.dumps.recurring import LineCount
from cleaner.kinds import Kind
from cleaner.result import Result

UNKNOWN = ""
"""What stands in place of an outlet's id for records of no known outlet."""

OTHERS = "…"
"""What names are counted under once there are too many to count each."""

_MAX_NAMED = 20
_MOST_ALIKE = 3
_MAX_NAMES = 1000
_LONGEST_NAME = 100

Counts: TypeAlias = dict[str, int]

_HOST = re.compile(r"(?:[^/?#@]*@)?([\w.-]{1,253})(?=[:/?#]|$)")


class RuleCount(msgspec.Struct):
    """What one rule cut from the records of one outlet."""

    removals: int = 0
    characters: int = 0
    records: int = 0
    """Records that it cut anything from."""

    def add(self, other: RuleCount) -> None:
        self.removals += other.removals
        self.characters += other.characters
        self.records += other.records


class OutletCount(msgspec.Struct):
    """Records of one outlet, and their characters before the cuts and in them."""

    records: int = 0
    characters: int = 0
    removed: int = 0
    rules: dict[str, RuleCount] = {}
    lines: LineCount = msgspec.field(default_factory=LineCount)
    """The short lines that were left in."""

    def add(self, other: OutletCount) -> None:
        self.records += other.records
        self.characters += other.characters
        self.removed += other.removed
        for rule, count in other.rules.items():
            self.rules.setdefault(rule, RuleCount()).add(count)
        self.lines.add(other.lines)


class Tally(msgspec.Struct):
    """The numbers of one run, or of a part of it: `add` makes one of two."""

    outlets: dict[str, OutletCount] = {}
    removals: dict[Kind, int] = {}
    removed: dict[Kind, int] = {}
    """Characters removed, by kind."""
    suspects: int = 0
    pages: int = 0
    """Records whose text was read off a page's HTML."""
    marked_up: int = 0
    """Texts that hold HTML tags, and were read as text all the same."""
    no_article: Counts = {}
    """Pages that hold no article, by the reason."""
    errors: int = 0
    """What could not be read: records, and files of which nothing could be."""
    files: int = 0
    """How many of the errors are said of a whole file."""
    reasons: Counts = {}
    """Things that could not be read, by the reason without what is one record's own."""
    first_errors: list[Unreadable] = []
    """The first few things that could not be read for each reason, without their bytes."""
    not_installed: Counts = {}
    """Outlets that records name and that aren't installed."""
    unknown_hosts: Counts = {}
    """The hosts of records that no outlet was recognised for."""
    blank_lines: int = 0
    ignored: Counts = {}
    """How often the value under a key was of a type that it can't be used in."""
    chosen: Counts = {}
    """How many records have the key that an option names, by both: `--url-field link`."""
    usual: Counts = {}
    """The same for the usual keys of the url and of the headline."""
    probed: int = 0
    """Records without a key that is looked for, of the first few, which were searched for another one."""
    likely: Counts = {}
    """In how many of those a key may well be meant by an option, by both."""
    keyed: int = 0
    """Records that have the key for the text, or the one for the page."""
    keyless: int = 0
    """Errors that are records, or whole files of them, with neither key."""
    keys: Counts = {}
    """How many of those have which other key."""
    not_articles: Counts = {}
    """Records of archives that are neither pages nor texts, by what they are."""
    lines_of_every: int = 1
    """Of so many records of an outlet, the lines of one are counted."""

    @property
    def records(self) -> int:
        return sum(count.records for count in self.outlets.values())

    @property
    def by_outlet(self) -> Counts:
        """How many records each outlet has."""
        return {outlet: count.records for outlet, count in self.outlets.items()}

    @property
    def characters(self) -> int:
        """Code points of all records' texts, before the cuts."""
        return sum(count.characters for count in self.outlets.values())

    @property
    def removed_share(self) -> float:
        """The share of all characters that was removed, from 0 to 1."""
        return sum(count.removed for count in self.outlets.values()) / max(self.characters, 1)

    def cleaned(self, record: Record, result: Result) -> None:
        """Count one cleaned record and its result."""
        outlet = result.outlet or UNKNOWN
        count = self.outlets.get(outlet)
        if count is None:
            count = self.outlets[outlet] = OutletCount()
        count.records += 1
        count.characters += len(record.document.text)
        if record.from_page:
            self.pages += 1
        elif _is_marked_up(record.document.text):
            self.marked_up += 1
        if result.no_article is not None:
            _count(self.no_article, result.no_article)
        if not result.outlet and record.document.url:
            self._unknown(record.document.url)
        self.suspects += len(result.suspects)
        if result.removals:
            self._removed(count, result)
        if (count.records - 1) % self.lines_of_every == 0:
            count.lines.count(result.text)

    def _removed(self, count: OutletCount, result: Result) -> None:
        seen: set[str] = set()
        for removal in result.removals:
            length = removal.end - removal.start
            kind = removal.kind
            count.removed += length
            self.removals[kind] = self.removals.get(kind, 0) + 1
            self.removed[kind] = self.removed.get(kind, 0) + length
            rule = count.rules.get(removal.rule)
            if rule is None:
                rule = count.rules[removal.rule] = RuleCount()
            rule.removals += 1
            rule.characters += length
            if removal.rule not in seen:
                seen.add(removal.rule)
                rule.records += 1

    def _unknown(self, url: str) -> None:
        found = _HOST.match(url.partition("//")[2] or url)
        if found:
            _count(self.unknown_hosts, found[1].lower().removeprefix("www."))

    def refused(self, item: Unreadable) -> None:
        """Count one thing that could not be read."""
        self.errors += 1
        self.files += item.of_file
        _count(self.reasons, general(item.reason))
        self._name(item)
        if item.keys is not None:
            self.keyless += 1
            for key in item.keys:
                _count(self.keys, key)

    def _name(self, item: Unreadable) -> None:
        """Keep what could not be read, if it is one of the first few for its reason."""
        if len(self.first_errors) >= _MAX_NAMED:
            return
        reason = general(item.reason)
        if sum(general(each.reason) == reason for each in self.first_errors) < _MOST_ALIKE:
            self.first_errors.append(msgspec.structs.replace(item, raw=None, arrow=None, keys=None))

    def like(self, item: Unreadable) -> int:
        """How many things could not be read for the same reason as `item`; 0 where that wasn't counted."""
        return self.reasons.get(_short(general(item.reason)), 0)

    def names_unknown(self, outlet: str) -> None:
        """Count one record that names an outlet that isn't installed."""
        _count(self.not_installed, outlet)

    def passed_over(self, reader: RecordReader) -> None:
        """Count what a reader passed over: lines with nothing in them, values that it can't use, and what is
        neither page nor text; and the records with the keys that were chosen, or with one of the two that an
        article stands under, so that none can be missed."""
        self.keyed += reader.keyed
        self.probed += reader.probed
        self.blank_lines += reader.blank_lines
        for counts, more in (
            (self.chosen, reader.chosen),
            (self.usual, reader.usual),
            (self.likely, reader.likely),
            (self.not_articles, reader.passed_over),
            (self.ignored, reader.ignored),
        ):
            for name, number in more.items():
                _count(counts, name, number)

    def add(self, other: Tally) -> None:
        """Count what `other` has counted, of what comes behind this."""
        for outlet, count in other.outlets.items():
            self.outlets.setdefault(outlet, OutletCount()).add(count)
        for kind, number in other.removals.items():
            self.removals[kind] = self.removals.get(kind, 0) + number
            self.removed[kind] = self.removed.get(kind, 0) + other.removed[kind]
        self.suspects += other.suspects
        self.pages += other.pages
        self.marked_up += other.marked_up
        self.errors += other.errors
        self.files += other.files
        self.keyed += other.keyed
        self.probed += other.probed
        self.keyless += other.keyless
        for item in other.first_errors:
            self._name(item)
        self.blank_lines += other.blank_lines
        for counts, more in (
            (self.no_article, other.no_article),
            (self.reasons, other.reasons),
            (self.not_installed, other.not_installed),
            (self.unknown_hosts, other.unknown_hosts),
            (self.ignored, other.ignored),
            (self.chosen, other.chosen),
            (self.usual, other.usual),
            (self.likely, other.likely),
            (self.keys, other.keys),
            (self.not_articles, other.not_articles),
        ):
            for name, number in more.items():
                _count(counts, name, number)


def _is_marked_up(text: str) -> bool:
    return "</p>" in text or "<br" in text


def _count(counts: Counts, name: str, number: int = 1) -> None:
    """Count `name`, so that no more than about a thousand names are counted, and no long ones."""
    name = _short(name)
    if name not in counts and len(counts) >= _MAX_NAMES:
        name = OTHERS
    counts[name] = counts.get(name, 0) + number


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else name[:_LONGEST_NAME] + OTHERS
