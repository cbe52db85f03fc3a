"""Dates as Indonesian pages write them, for people and for machines."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from typing import NamedTuple

# Indonesia's three zones have no daylight saving time.
ZONES = {"wib": timedelta(hours=7), "wita": timedelta(hours=8), "wit": timedelta(hours=9)}
"""How far each of Indonesia's zones is ahead of UTC, by its name in small letters."""

_MONTHS = (
    *("januari", "februari", "maret", "april", "mei", "juni"),
    *("juli", "agustus", "september", "oktober", "november", "desember"),
)
# Short forms that are no beginning of the name, old spellings, and English ones: the software that pages are
# made with falls back on those.
_OTHER_FORMS = {
    "january": "januari",
    "pebruari": "februari",
    "peb": "februari",
    "february": "februari",
    "march": "maret",
    "may": "mei",
    "june": "juni",
    "july": "juli",
    "ags": "agustus",
    "agt": "agustus",
    "aug": "agustus",
    "august": "agustus",
    "oct": "oktober",
    "october": "oktober",
    "nop": "november",
    "nopember": "november",
    "dec": "desember",
    "december": "desember",
}
_ZONE = r"(?:wib|wita|wit|z|(?:utc|gmt) ?(?:[+-]\d{1,2}(?::?\d\d)?)?|[+-]\d\d:?\d\d)(?![a-z\d])"
_CLOCK = (
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?!\d)"
    r"(?:[:.](?P<second>\d\d)(?!\d)(?:[.,](?P<part>\d{1,9}))?)?"
    rf"(?: {{0,3}}(?P<half>[ap])\.?m\b\.?)?(?: {{0,3}}\(?(?P<zone>{_ZONE}))?"
)
_DAY = "|".join(
    [
        # 2024-06-17
        r"(?P<y1>\d{4})[/-](?P<m1>\d{1,2})[/-](?P<d1>\d{1,2})",
        # Juni 17, 2024
        r"(?<![a-z])(?P<m2>[a-z]{3,9})\.? (?P<d2>\d{1,2})(?:st|nd|rd|th)?,? (?P<y2>\d{4})",
        # 17 Juni 2024
        r"(?<!\d)(?P<d3>\d{1,2})[ -]{1,3}(?P<m3>[a-z]{3,9})\.?,?[ -]{1,3}(?P<y3>\d{4})",
        # 17-06-2024, 17/06/2024
        r"(?<!\d)(?P<d4>\d{1,2})(?P<sep>[ /.-])(?P<m4>\d{1,2})(?P=sep)(?P<y4>\d{4})",
    ]
)
_MOMENT = re.compile(
    rf"(?:{_DAY})(?!\d)(?:[\s,|•·-]{{0,5}}(?:(?:t|pukul|pkl\.?|jam|at|-) {{0,2}})?{_CLOCK})?", re.ASCII
)
_YEAR = re.compile(r"\d{4}", re.ASCII)
# Years that news can be of; the rest are slips, and too near the calendar's ends to reckon with.
_YEARS = range(1900, 2200)
# Nobody writes more around a date; what is longer is no date line.
_LONGEST = 400
_LONGEST_ISO = 40
# No place on earth is further from UTC.
_FURTHEST = timedelta(hours=14)


class Moment(NamedTuple):
    """A date as it was written, with as much of the time as was written with it."""

    written: datetime
    """What calendar and clock show, without a zone; midnight where no clock is shown."""
    clock: bool
    zone: timedelta | None
    """How far the clock is ahead of UTC; None where that isn't said."""
    exact: bool = False
    """The clock shows parts of seconds: a program's own instant, which nobody typed."""

    @property
    def iso(self) -> str:
        """ISO 8601, with no more than was written: a day, a clock without a zone, or a clock with one."""
        if not self.clock:
            return self.written.date().isoformat()
        if self.zone is None:
            return self.written.isoformat()
        return self.written.replace(tzinfo=timezone(self.zone)).isoformat()

    def read_in(self, zone: timedelta) -> datetime:
        """What a clock in `zone` shows at this moment; what is written where no zone is."""
        return self.written if self.zone is None else self.written - self.zone + zone


def iso_date(written: str) -> str | None:
    """`17 Juni 2024, 20:49 WIB` as ISO 8601, `2024-06-17T20:49:00+07:00`; None where it is no date.

    The time and its zone are left out where the text doesn't say them. A time without a zone is the one that
    the page's own clock showed.
    """
    found = moment(written)
    return found.iso if found else None


def moment(written: str) -> Moment | None:
    """The first date in a short text, for people or for machines; None where it holds none."""
    if written[4:5] == "-" and written[10:11] in ("T", " ") and len(written) <= _LONGEST_ISO:
        found = _of_iso(written)
        if found is not None:
            return found
    several = moments(written)
    return several[0][1] if several else None


def _of_iso(written: str) -> Moment | None:
    """A whole text in ISO 8601, as most machines are told it: the fast way, with the same answer."""
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        return None
    zone = found.utcoffset()
    if found.year not in _YEARS or (zone is not None and (abs(zone) > _FURTHEST or zone.seconds % 60)):
        return None
    return Moment(found.replace(microsecond=0, tzinfo=None), True, zone, "." in written)


def moments(written: str) -> list[tuple[int, Moment]]:
    """Every date in a short text, with its offset."""
    # `lower` lengthens no sign that a date is made of.
    shown = written[:_LONGEST].replace("\xa0", " ").lower()
    if not _YEAR.search(shown):
        return []
    found = ((match.start(), _moment(match)) for match in _MOMENT.finditer(shown))
    return [(at, each) for at, each in found if each]


def _moment(match: re.Match[str]) -> Moment | None:
    part = match.groupdict()
    year = int(part["y1"] or part["y2"] or part["y3"] or part["y4"])
    month = part["m1"] or part["m4"]
    name = part["m2"] or part["m3"]
    day = int(part["d1"] or part["d2"] or part["d3"] or part["d4"])
    hour, half = int(part["hour"] or 0), part["half"]
    if year not in _YEARS:
        return None
    # Some set `PM` behind a clock of 24 hours.
    if half and hour <= 12:
        hour = hour % 12 + 12 * (half == "p")
    minute, second = int(part["minute"] or 0), int(part["second"] or 0)
    try:
        written = datetime(year, int(month) if month else _month(name), day, hour, minute, second)
        zone = _offset(part["zone"]) if part["zone"] else None
    except ValueError:
        return None
    return Moment(written, part["hour"] is not None, zone, part["part"] is not None)


def _month(name: str) -> int:
    """The number of the month with this name, in full or in short; 0 where there is none."""
    name = _OTHER_FORMS.get(name, name)
    return next((number for number, full in enumerate(_MONTHS, 1) if full.startswith(name)), 0)


def _offset(zone: str) -> timedelta:
    """`wib`, `z`, `+0700`, `gmt+7` as an offset. Raises ValueError for one that no place on earth has."""
    if zone in ZONES:
        return ZONES[zone]
    sign = -1 if "-" in zone else 1
    digits = "".join(filter(str.isdigit, zone))
    hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits or 0), 0)
    offset = timedelta(hours=hours, minutes=minutes)
    if offset > _FURTHEST or minutes > 59:
        raise ValueError(zone)
    return sign * offset
