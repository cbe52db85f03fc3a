"""What changed between two runs' statistics: rules, lines that were left in, pages that hold no article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

import msgspec

from cleaner.drift.rates import Rate, chance, factor
from cleaner.dumps.fingerprint import Rules
from cleaner.dumps.recurring import Recurring
from cleaner.dumps.stats import OutletStats, Stats

FALSE_ALARM = 0.001
"""How often two samples of the very same pages may give any change at all, by chance.

It is shared out evenly among all that is compared (Bonferroni), so comparing more cries wolf no more often.
"""

FEWEST = 10
"""In so many articles at least something must be, on the side where it is more frequent."""

LEAST_LINE_SHARE = 0.01
"""The least share of an outlet's articles that a line has to be left in. What fewer have is the news' own: a
series of reports, a caption of the day."""

_LEDGER = "ledger/"


class About(StrEnum):
    """What a change is about."""

    rule = "rule"
    line = "line"
    """A short line, or a label, that was left in."""
    outlet = "outlet"
    no_article = "no_article"
    """Pages that no article was found on, for one reason."""
    error = "error"
    """Records that can't be read, for one reason."""


class Turn(StrEnum):
    """Which way a rate went."""

    stopped = "stopped"
    rarer = "rarer"
    more = "more"
    new = "new"


class Limits(msgspec.Struct, frozen=True):
    """From where on a difference is a change."""

    threshold: float = 2.0
    """How many times as large the higher rate has to be."""
    min_records: int = 100
    """An outlet with fewer records, on either side, isn't compared."""


class Change(msgspec.Struct, frozen=True):
    """Something whose rate isn't what it was."""

    about: About
    turn: Turn
    outlet: str | None
    """None for what is of no one outlet; an empty name for the records of no known one."""
    what: str
    """The rule's id, the line, the reason."""
    old: Rate
    new: Rate
    chance: float
    """How likely a difference like this one is where nothing changed."""


class NotCompared(msgspec.Struct, frozen=True):
    """An outlet with too few records on one side, or on both."""

    outlet: str
    """Empty for the records of no known outlet."""
    old: int
    new: int


class Comparison(msgspec.Struct, frozen=True):
    """What came of comparing two runs."""

    changes: tuple[Change, ...]
    """By outlet; in each the largest difference comes first."""
    compared: Mapping[str, tuple[int, int]]
    """The records on both sides of each outlet that was compared; an empty name stands for no known one."""
    not_compared: tuple[NotCompared, ...]
    rates: int
    """How many rates were compared."""
    other_rules: tuple[str, ...]
    """How the rules of the two runs differ, a part of a sentence each: that is no page's doing."""


def compare(old: Stats, new: Stats, limits: Limits | None = None) -> Comparison:
    """What changed from the run with the statistics `old` to the one with `new`."""
    limits = limits or Limits()
    before, after = _by_outlet(old), _by_outlet(new)
    compared: dict[str, tuple[int, int]] = {}
    not_compared: list[NotCompared] = []
    pairs: list[_Pair] = []
    for outlet in sorted({*before, *after}, key=lambda id: (not id, id)):
        one, other = before.get(outlet), after.get(outlet)
        sizes = (one.records if one else 0), (other.records if other else 0)
        if one is None or other is None or min(sizes) < limits.min_records:
            if gone := _gone(outlet, sizes, old, new, limits):
                pairs.append(gone)
            else:
                not_compared.append(NotCompared(outlet, *sizes))
            continue
        compared[outlet] = sizes
        pairs += _rules(outlet, one, other, with_ledger=bool(old.ledger and new.ledger))
        pairs += _lines(outlet, one.recurring, other.recurring)
    pairs += _whole(old, new, limits)
    changes = [change for pair in pairs if (change := _change(pair, limits, len(pairs)))]
    changes.sort(key=lambda each: _place(each, before, after))
    other_rules = tuple(Rules(old.packs, old.ledger).changes(Rules(new.packs, new.ledger)))
    return Comparison(tuple(changes), compared, tuple(not_compared), len(pairs), other_rules)


class _Pair(msgspec.Struct, frozen=True):
    about: About
    outlet: str | None
    what: str
    old: Rate
    new: Rate


def _by_outlet(stats: Stats) -> dict[str, OutletStats]:
    unknown = {"": stats.unknown} if stats.unknown else {}
    return {**stats.outlets, **unknown}


def _gone(outlet: str, sizes: tuple[int, int], old: Stats, new: Stats, limits: Limits) -> _Pair | None:
    """The pair for a known outlet that has no record any more, where there should be enough of them."""
    expected = sizes[0] * new.records / max(old.records, 1)
    if not outlet or sizes[1] or min(sizes[0], expected) < limits.min_records:
        return None
    rates = Rate(sizes[0], old.records), Rate(0, new.records)
    return _Pair(About.outlet, outlet, "records of this outlet", *rates)


def _rules(outlet: str, old: OutletStats, new: OutletStats, *, with_ledger: bool) -> Iterator[_Pair]:
    for rule in sorted({*old.rules, *new.rules}):
        if rule.startswith(_LEDGER) and not with_ledger:
            continue
        one, other = (side.rules[rule].records if rule in side.rules else 0 for side in (old, new))
        yield _Pair(About.rule, outlet, rule, Rate(one, old.records), Rate(other, new.records))


def _lines(outlet: str, old: Recurring, new: Recurring) -> Iterator[_Pair]:
    """A pair for each line that recurs in `new`: the most that it can have had, and the least that it has."""
    if not old.records or not new.records:
        return
    for line, articles in sorted(new.lines.items()):
        if articles < LEAST_LINE_SHARE * new.records:
            continue
        known = line in old.lines
        most = old.lines[line] + old.shortfall if known else old.unlisted
        before = Rate(min(most, old.records), old.records, at_most=not known and most > 0)
        yield _Pair(About.line, outlet, line, before, Rate(articles, new.records))


def _whole(old: Stats, new: Stats, limits: Limits) -> Iterator[_Pair]:
    """Pairs for what can't be told by outlet."""
    sides = (old, new)
    pages = [side.pages for side in sides]
    read = [side.records + sum(side.errors.values()) for side in sides]
    for about, reasons, of in (
        (About.no_article, [side.no_article for side in sides], pages),
        (About.error, [side.errors for side in sides], read),
    ):
        if min(of) < limits.min_records:
            continue
        for reason in sorted({*reasons[0], *reasons[1]}):
            one, other = (Rate(min(each.get(reason, 0), n), n) for each, n in zip(reasons, of, strict=True))
            yield _Pair(about, None, reason, one, other)


def _change(pair: _Pair, limits: Limits, compared: int) -> Change | None:
    """The pair as a change; None where it isn't large or sure enough."""
    old, new = pair.old, pair.new
    rises = new.share > old.share
    if pair.about not in (About.rule, About.outlet) and not rises:
        # That an error or an uncut line became rarer is no harm.
        return None
    if (new if rises else old).articles < FEWEST or factor(old, new) < limits.threshold:
        return None
    likely = chance(old, new)
    if likely * compared > FALSE_ALARM:
        return None
    return Change(pair.about, _turn(old, new), pair.outlet, pair.what, old, new, likely)


def _turn(old: Rate, new: Rate) -> Turn:
    if new.share > old.share:
        return Turn.more if old.articles and not old.at_most else Turn.new
    return Turn.rarer if new.articles else Turn.stopped


def _place(
    change: Change, before: Mapping[str, OutletStats], after: Mapping[str, OutletStats]
) -> tuple[int, int, str, int, float, str]:
    """Where a change stands: what is of no one outlet first, then the outlets with most records."""
    outlet = change.outlet or ""
    records = sum(side[outlet].records for side in (before, after) if outlet in side)
    whole = change.outlet is None
    order = tuple(About).index(change.about)
    difference = abs(change.new.share - change.old.share)
    return (not whole, -records, outlet, order, -difference, change.what)
