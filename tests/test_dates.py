"""Dates as Indonesian pages write them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.dates import ZONES, iso_date, moment, moments

MONTHS = {
    "Januari Jan January": 1,
    "Februari Feb Pebruari Peb February": 2,
    "Maret Mar March": 3,
    "April Apr": 4,
    "Mei May": 5,
    "Juni Jun June": 6,
    "Juli Jul July": 7,
    "Agustus Agu Ags Agt August Aug": 8,
    "September Sep Sept": 9,
    "Oktober Okt October Oct": 10,
    "November Nov Nopember Nop": 11,
    "Desember Des December Dec": 12,
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
        ("Selasa, 16 Februari 2016 | 13:01 WIB", "2016-02-16T13:01:00+07:00"),
        ("Kamis, 05/11/2015 10:08 WIB", "2015-11-05T10:08:00+07:00"),
        ("Contoh.com - 24/02/2021, 10:10 WIB", "2021-02-24T10:10:00+07:00"),
        ("17.06.2024", "2024-06-17"),
        ("on 16 Feb 2016 at 09:10 WIB", "2016-02-16T09:10:00+07:00"),
        (" pada 20 Des 2021, 09:59 WIB", "2021-12-20T09:59:00+07:00"),
        ("17 Jun. 2024", "2024-06-17"),
        ("Jum'at, 1 Maret 2024 pukul 08.05 WITA", "2024-03-01T08:05:00+08:00"),
        ("17 Juni 2024 Jam 20.49 (WIB)", "2024-06-17T20:49:00+07:00"),
        ("17 Juni 2024 20:49:15 WIT", "2024-06-17T20:49:15+09:00"),
        ("17\u00a0Juni\u00a02024, 20:49\u00a0WIB", "2024-06-17T20:49:00+07:00"),
        ("Juni 17, 2024 8:49 pm", "2024-06-17T20:49:00"),
        ("June 17, 2024 at 12:05 a.m.", "2024-06-17T00:05:00"),
        ("17 Juni 2024 20:49 PM", "2024-06-17T20:49:00"),
        ("17 Juni 2024, 20:49 WIB, terbaca 10.000 kali", "2024-06-17T20:49:00+07:00"),
        ("17 Juni 2024 10.000 pembaca", "2024-06-17"),
    ],
)
def test_the_forms_of_the_outlets_become_iso_8601(written: str, iso: str) -> None:
    assert iso_date(written) == iso


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2024-06-17", "2024-06-17"),
        ("2024-06-17 20:49:00", "2024-06-17T20:49:00"),
        ("2024-06-17T20:49", "2024-06-17T20:49:00"),
        ("2024-06-17T20:49:00+07:00", "2024-06-17T20:49:00+07:00"),
        ("2024-06-17T20:49:00+0700", "2024-06-17T20:49:00+07:00"),
        ("2024-06-17T13:49:00Z", "2024-06-17T13:49:00+00:00"),
        ("2024-06-17T13:49:00.123Z", "2024-06-17T13:49:00+00:00"),
        ("2024-06-17 T13:49:00Z", "2024-06-17T13:49:00+00:00"),
        ("2024-06-17T13:49:00-07:00", "2024-06-17T13:49:00-07:00"),
        ("2024/06/17 20:49", "2024-06-17T20:49:00"),
        ("Mon, 17 Jun 2024 13:49:00 GMT", "2024-06-17T13:49:00+00:00"),
        ("Mon, 17 Jun 2024 20:49:00 +0700", "2024-06-17T20:49:00+07:00"),
        ("2024-06-17T20:49:00 GMT+7", "2024-06-17T20:49:00+07:00"),
    ],
)
def test_what_machines_are_told_is_read_too(written: str, iso: str) -> None:
    assert iso_date(written) == iso


def test_only_a_programs_own_instant_is_exact() -> None:
    told = [moment(f"2024-06-17T13:49:00{part}Z") for part in (".123", "")]
    assert [each is not None and each.exact for each in told] == [True, False]


def test_several_dates_are_found_with_where_they_stand() -> None:
    text = "Senin, 17 Juni 2024 | Diperbarui 18 Juni 2024 10:00 WIB"
    assert [(text[at : at + 2], each.iso) for at, each in moments(text)] == [
        ("17", "2024-06-17"),
        ("18", "2024-06-18T10:00:00+07:00"),
    ]


def test_a_moment_can_be_read_off_a_clock_elsewhere() -> None:
    told = moment("2024-06-17T20:30:00Z")
    assert told is not None
    assert told.read_in(ZONES["wit"]).isoformat() == "2024-06-18T05:30:00"


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
        "17 Juni 20245",
        "20240617",
        "17 Juni ２０２４",
        "0001-01-01T00:00:00Z",
    ],
)
def test_what_is_no_date_gives_nothing(written: str) -> None:
    assert iso_date(written) is None


@given(
    st.text(
        st.one_of(st.sampled_from("0123456789 -,:.|/+juniwbtzp²３"), st.characters(exclude_categories=["Cs"]))
    )
)
def test_any_text_gives_a_date_or_nothing(written: str) -> None:
    date = iso_date(written)
    assert date is None or re.fullmatch(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d([+-]\d\d:\d\d)?)?", date, re.ASCII)
