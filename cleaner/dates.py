"""Dates as Indonesian pages write them."""

from __future__ import annotations

import re
from datetime import datetime

_MONTHS = (
    *("januari", "februari", "maret", "april", "mei", "juni"),
    *("juli", "agustus", "september", "oktober", "november", "desember"),
)
# Short forms that are no beginning of the name, and old spellings.
_OTHER_FORMS = {"ags": "agustus", "agt": "agustus", "pebruari": "februari", "nopember": "november"}
# Indonesia's three zones have no daylight saving time.
_ZONES = {"wib": "+07:00", "wita": "+08:00", "wit": "+09:00"}
_DATE = re.compile(
    r"(\d{1,2})[ -]+(?:([a-z]{3,9})|(\d{1,2}))[ -]+(\d{4})"
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
    month = _month(name) if name else int(number)
    try:
        moment = datetime(int(year), month, int(day), int(hour or 0), int(minute or 0))
    except ValueError:
        return None
    if hour is None:
        return moment.date().isoformat()
    return moment.isoformat() + (_ZONES[zone] if zone else "")


def _month(name: str) -> int:
    """The number of the month with this name, in full or in short; 0 where there is none."""
    name = _OTHER_FORMS.get(name, name)
    return next((number for number, full in enumerate(_MONTHS, 1) if full.startswith(name)), 0)
