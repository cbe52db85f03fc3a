"""Dates as Indonesian pages write them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.dates import iso_date

MONTHS = {
    "Januari Jan": 1,
    "Februari Feb Pebruari": 2,
    "Maret Mar": 3,
    "April Apr": 4,
    "Mei": 5,
    "Juni Jun": 6,
    "Juli Jul": 7,
    "Agustus Agu Ags Agt": 8,
    "September Sep Sept": 9,
    "Oktober Okt": 10,
    "November Nov Nopember": 11,
    "Desember Des": 12,
}


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("17 Juni 2024, 20:49 WIB", "2024-06-17T20:49:00+07:00"),
        ("17 Juni 2024, 20:49 WITA", "2024-06-17T20:49:00+08:00"),
        ("17 Juni 2024, 20:49 WIT", "2024-06-17T20:49:00+09:00"),
        ("17 juni 2024 20.49 wib", "2024-06-17T20:49:00+07:00"),
        ("17 Juni 2024 | 20:49 WIB", "2024-06-17T20:49:00+07:00"),
        ("Senin, 17 Juni 2024 | 20:49 WIB", "2024-06-17T20:49:00+07:00"),
        ("Senin 26-08-2024,16:46 WIB", "2024-08-26T16:46:00+07:00"),
        ("17 Juni 2024 - 20:49 WIB", "2024-06-17T20:49:00+07:00"),
        ("17 Juni 2024, 20:49", "2024-06-17T20:49:00"),
        ("17 Juni 2024, 20:49WIB", "2024-06-17T20:49:00+07:00"),
        ("25 November 2024", "2024-11-25"),
        ("Jum'at, 1 Maret 2024", "2024-03-01"),
        ("29 Februari 2024", "2024-02-29"),
        ("17 Juni 2024, 00:00 WIB", "2024-06-17T00:00:00+07:00"),
    ],
)
def test_the_forms_of_the_outlets_become_iso_8601(written: str, iso: str) -> None:
    assert iso_date(written) == iso


@pytest.mark.parametrize(
    ("name", "number"), [(name, number) for names, number in MONTHS.items() for name in names.split()]
)
def test_every_month_is_known_in_full_and_in_short(name: str, number: int) -> None:
    for written in (name, name.upper(), name.lower()):
        assert iso_date(f"9 {written} 2024") == f"2024-{number:02}-09"


@pytest.mark.parametrize(
    "written",
    [
        "",
        "kemarin",
        "2024",
        "Juni 2024",
        "17 Juni",
        "32 Juni 2024",
        "31 Juni 2024",
        "29 Februari 2023",
        "0 Juni 2024",
        "17 Foo 2024",
        "17 Junta 2024",
        "17 Meitei 2024",
        "17-13-2024",
        "17 Juni 2024, 25:00 WIB",
        "17 Juni 2024, 20:60 WIB",
        "20:49 WIB",
        "17 Juni 0000",
    ],
)
def test_what_is_no_date_gives_nothing(written: str) -> None:
    assert iso_date(written) is None


@given(
    st.text(
        st.one_of(st.sampled_from("0123456789 -,:.|juniwbt²３"), st.characters(exclude_categories=["Cs"]))
    )
)
def test_any_text_gives_a_date_or_nothing(written: str) -> None:
    date = iso_date(written)
    assert date is None or re.fullmatch(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:00(\+0[789]:00)?)?", date, re.A)
