"""When an article was published, where a page says so in several ways that can contradict each other.

What a reader sees is right: an editor looks at it every day. What is meant for machines often shows Jakarta's
clock and calls it UTC, or another zone on earth.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from cleaner.dates import ZONES, Moment

_WIB = ZONES["wib"]
_HOME = tuple(ZONES.values())


class Said(NamedTuple):
    """A moment, and who said it."""

    moment: Moment
    origin: str
    sure: bool = False
    """Its zone is true: what wrote it reckons in UTC and never calls a local clock so."""


def settled(seen: Sequence[Said], said: Sequence[Said], zone: timedelta | None) -> Said | None:
    """The moment that is right, of those that are `seen` on a page and those `said` to machines.

    Both stand in the order of trust. `zone` is that of the outlet's times that name none. Of the answer, what
    can't be known isn't there: a clock that no zone is known for has none, and of a clock that may be
    Jakarta's or UTC's only the day is told, where both have the same one.
    """
    shown = next((each for each in seen if each.moment.clock), None)
    if shown is not None:
        return _with_zone(shown, said, zone)
    machine = _of_machines(said, zone)
    day = next(iter(seen), None)
    if day is None or (
        machine is not None and machine.moment.read_in(_WIB).date() == day.moment.written.date()
    ):
        return machine
    # The days of two zones differ at night: the seen one tells which is meant.
    return next((each for each in _readings(said, zone) if _same_day(each.moment, day.moment)), day)


def corrected(said: Iterable[Said], known: Said | None, witnesses: Iterable[Said]) -> list[Said]:
    """Other moments that a page says, their zones read as those of `witnesses` turn out to be meant.

    `witnesses` said when the article was published, and `known` is the truth of that: where one shows the
    same clock under another zone, its zone is a slip, and is one everywhere on the page.
    """
    if known is None or not known.moment.clock:
        return list(said)
    true = known.moment
    slips = {w.moment.zone for w in witnesses if w.moment.zone != true.zone and _same_clock(w.moment, true)}
    right = {w.moment.zone for w in witnesses if true.zone and _shows(w.moment, true, true.zone)}
    return [_corrected(each, true.zone, slips, right) for each in said]


def _corrected(
    each: Said, zone: timedelta | None, slips: set[timedelta | None], right: set[timedelta | None]
) -> Said:
    moment = each.moment
    if not moment.clock or moment.zone is None or moment.zone in _HOME:
        return each
    if moment.zone in slips:
        return each._replace(moment=moment._replace(zone=zone))
    if moment.zone in right and zone is not None:
        return each._replace(moment=moment._replace(written=moment.read_in(zone), zone=zone))
    return each


def _with_zone(shown: Said, others: Iterable[Said], zone: timedelta | None) -> Said:
    """The same with its zone: its own, the outlet's, or one in which another's instant shows its clock."""
    moment = shown.moment
    if moment.zone is not None:
        return shown
    if zone is None:
        instants = [each.moment for each in others if each.moment.clock and each.moment.zone is not None]
        zone = next((home for home in _HOME for each in instants if _shows(each, moment, home)), None)
    return shown._replace(moment=moment._replace(zone=zone))


def _of_machines(said: Sequence[Said], zone: timedelta | None) -> Said | None:
    clocks = [each for each in said if each.moment.clock]
    at_home = next((each for each in clocks if each.moment.zone in _HOME), None)
    if at_home is not None:
        return at_home
    bare = next((each for each in clocks if each.moment.zone is None), None)
    if bare is not None:
        return _with_zone(bare, clocks, zone)
    if not clocks:
        return next(iter(said), None)
    first = clocks[0]
    if any(
        _same_clock(first.moment, other.moment) and first.moment.zone != other.moment.zone for other in clocks
    ):
        # One clock under two zones is a local one.
        return first._replace(moment=first.moment._replace(zone=zone))
    if first.sure or first.moment.exact:
        return first
    local = first.moment._replace(zone=None)
    if _same_day(local, first.moment._replace(written=first.moment.read_in(_WIB))):
        return first._replace(moment=local._replace(clock=False))
    return None


def _readings(said: Iterable[Said], zone: timedelta | None) -> Iterable[Said]:
    """What each of `said` can mean, the likelier first: its instant, or its clock alone."""
    for each in said:
        moment = each.moment
        if moment.clock and moment.zone is not None:
            yield each._replace(moment=moment._replace(written=moment.read_in(_WIB), zone=_WIB))
            yield each._replace(moment=moment._replace(zone=zone))


def _same_day(one: Moment, other: Moment) -> bool:
    return one.written.date() == other.written.date()


def _same_clock(one: Moment, other: Moment) -> bool:
    return one.clock and other.clock and _minute(one.written) == _minute(other.written)


def _shows(instant: Moment, clock: Moment, zone: timedelta) -> bool:
    if not instant.clock or instant.zone is None:
        return False
    return _minute(instant.read_in(zone)) == _minute(clock.written)


def _minute(written: datetime) -> datetime:
    return written.replace(second=0, microsecond=0)
