"""The statistics of a run, as a file beside its rows: what the summary says, and what later runs can be
compared with."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from cleaner.dumps.fingerprint import Rules
from cleaner.dumps.recurring import Recurring
from cleaner.dumps.tally import UNKNOWN, RuleCount, Tally
from cleaner.kinds import Kind
from cleaner.ledger import Ledger

FORMAT = 1
"""The format of statistics that this version writes."""


class KindStats(msgspec.Struct, frozen=True):
    """What was removed of one kind."""

    removals: int
    characters: int


class RuleStats(msgspec.Struct, frozen=True):
    """What one rule removed."""

    removals: int
    characters: int
    records: int
    """Records that it removed anything from."""


class OutletStats(msgspec.Struct, frozen=True):
    """The records of one outlet."""

    records: int
    characters: int
    """Code points of their texts before the cuts."""
    removed: int
    """Code points that were cut."""
    rules: Mapping[str, RuleStats]
    recurring: Recurring = Recurring()
    """The short lines that recur in what was left in."""


class RunStats(msgspec.Struct, frozen=True):
    """How the run went. It differs from run to run; the rest doesn't."""

    started: str
    """Date and time, UTC, of the last start."""
    seconds: float
    """How long it took since."""
    jobs: int
    resumed: int
    """How many times it was taken up again."""
    fingerprint: str = ""
    """The digest of what the bytes of the run hang on; empty where that isn't known."""


class Stats(msgspec.Struct, frozen=True, kw_only=True):
    """The statistics of one run."""

    format: int
    version: str
    """Of this package."""
    packs: Mapping[str, str]
    """The SHA-256 of each outlet's pack."""
    ledger: str | None
    """The SHA-256 that the ledger tells of itself."""
    records: int
    characters: int
    removed: int
    suspects: int
    pages: int
    """Records whose text was read off a page's HTML."""
    marked_up: int = 0
    """Texts that hold HTML tags, and were read as text all the same."""
    outlets: Mapping[str, OutletStats]
    unknown: OutletStats | None
    """The records of no known outlet, cleaned by the common rules alone."""
    kinds: Mapping[str, KindStats]
    rules: Mapping[str, RuleStats]
    """What each rule removed, from the records of whatever outlet."""
    unknown_hosts: Mapping[str, int]
    not_installed: Mapping[str, int]
    """Outlets that records name and that aren't installed."""
    no_article: Mapping[str, int]
    """Pages that hold no article, by the reason."""
    errors: Mapping[str, int]
    """What could not be cleaned, by the reason."""
    blank_lines: int
    ignored: Mapping[str, int]
    """Values of a type that can't be used, by their key."""
    chosen: Mapping[str, int] = {}
    """Records that have the key that an option names, by both: `--url-field link`."""
    not_in_ledger: Mapping[str, int] = {}
    """Outlets that the ledger holds no article of, with their records; an empty name: of no known outlet."""
    run: RunStats


def stats_of(tally: Tally, rules: Rules, run: RunStats, ledger: Ledger | None = None) -> Stats:
    """The statistics of what `tally` has counted in a run with `ledger`."""
    from importlib.metadata import version

    known = {outlet: _outlet(tally, outlet) for outlet in sorted(filter(None, tally.outlets))}
    return Stats(
        format=FORMAT,
        version=version("cleaner"),
        packs=rules.packs,
        ledger=rules.ledger,
        records=tally.records,
        characters=tally.characters,
        removed=sum(tally.removed.values()),
        suspects=tally.suspects,
        pages=tally.pages,
        marked_up=tally.marked_up,
        outlets=known,
        unknown=_outlet(tally, UNKNOWN) if UNKNOWN in tally.outlets else None,
        kinds={kind: KindStats(tally.removals[kind], tally.removed[kind]) for kind in _kinds(tally)},
        rules=_rules(tally),
        unknown_hosts=_by_number(tally.unknown_hosts),
        not_installed=_by_number(tally.not_installed),
        no_article=_by_number(tally.no_article),
        errors=_by_number(tally.reasons),
        blank_lines=tally.blank_lines,
        ignored=_by_number(tally.ignored),
        chosen=_by_number(tally.chosen),
        not_in_ledger=not_in_ledger(ledger, tally.by_outlet) if ledger else {},
        run=run,
    )


def not_in_ledger(ledger: Ledger, records: Mapping[str, int]) -> dict[str, int]:
    """Of the outlets with these numbers of records, those that `ledger` holds no article of."""
    return _by_number({outlet: number for outlet, number in records.items() if not ledger.articles(outlet)})


def encoded(stats: Stats) -> bytes:
    """The statistics as JSON that a person can read."""
    return msgspec.json.format(msgspec.json.encode(stats), indent=2) + b"\n"


def _kinds(tally: Tally) -> list[Kind]:
    return [kind for kind in Kind if kind in tally.removals]


def _outlet(tally: Tally, outlet: str) -> OutletStats:
    count = tally.outlets[outlet]
    rules = {rule: _rule(count.rules[rule]) for rule in sorted(count.rules)}
    return OutletStats(count.records, count.characters, count.removed, rules, count.lines.recurring())


def _rules(tally: Tally) -> dict[str, RuleStats]:
    whole: dict[str, RuleCount] = {}
    for outlet in tally.outlets.values():
        for rule, count in outlet.rules.items():
            whole.setdefault(rule, RuleCount()).add(count)
    return {rule: _rule(whole[rule]) for rule in sorted(whole)}


def _rule(count: RuleCount) -> RuleStats:
    return RuleStats(count.removals, count.characters, count.records)


def _by_number(counts: Mapping[str, int]) -> dict[str, int]:
    """The most frequent first; of equals, in the order of their names."""
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
