"""Dates as Indonesian pages write them."""

from __future__ import annotations

import re
from datetime import datetime

_MONTHS = ("jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des")
# Indonesia's three zones have no daylight saving time.
_ZONES = {"wib": "+07:00", "wita": "+08:00", "wit": "+09:00"}
_DATE = re.compile(
    r"(\d{1,2})[ -]+(?:([a-z]{3})[a-z]*|(\d{1,2}))[ -]+(\d{4})"
    r"(?:[\s,|-]+(\d{1,2})[:.](\d{2})(?:\s*(wib|wita|wit)\b)?)?"
)


def iso_date(written: str) -> str | None:
    """`17 Juni 2024, 20:49 WIB` as ISO 8601, `2024-06-17T20:49:00+07:00`; None where it is no date.

    The time and its zone are left out where the text doesn't say them.
    """
    match = _DATE.search(written.lower())
    if match is None:
        return None
    day, name, number, year, hour, minute, zone = match.groups()
    if name and name not in _MONTHS:
        return None
    month = _MONTHS.index(name) + 1 if name else int(number)
    try:
        moment = datetime(int(year), month, int(day), int(hour or 0), int(minute or 0))
    except ValueError:
        return None
    if hour is None:
        return moment.date().isoformat()
    return moment.isoformat() + (_ZONES[zone] if zone else "")
