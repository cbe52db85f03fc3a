"""Which bare lines between paragraphs are headlines of other stories."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.headline import CUT, stray_headlines

STRAY = "Polisi Tangkap Dua Pelaku Pencurian Motor di Bekasi, Satu Masih Buron"
KICKED = "Terpopuler: Gempa Guncang Pesisir Selatan hingga Harga Beras Naik"
SHORT_HEADING = "Syarat Pendaftaran"
PROSE = (
    "Panitia menyiapkan tiga panggung di alun-alun agar penonton dari semua arah bisa melihat, "
    "dan jalan di sekitarnya ditutup sejak siang.",
    "Pertunjukan dimulai pukul tujuh malam dengan tarian pembuka dari sanggar setempat yang sudah "
    "berlatih selama dua bulan.",
    "Menurut ketua panitia, jumlah pengunjung tahun ini melampaui perkiraan dan semua kios makanan habis "
    "terjual sebelum acara selesai.",
)
LINES = st.one_of(
    st.sampled_from([STRAY, KICKED, SHORT_HEADING, *PROSE, "1. Bawa Kartu Tanda Penduduk Asli dari Rumah"]),
    st.lists(
        st.sampled_from(
            [*STRAY.split(), *KICKED.split(), "Cara", "dan", "yang", "?", "kota.", '"Kami', "TNI"]
        ),
        min_size=1,
        max_size=14,
    ).map(" ".join),
    st.text(min_size=1, max_size=200).map(str.strip).filter(bool),
)


def cut(lines: list[str], title: str | None = None) -> list[int]:
    return [index for index, score in stray_headlines(lines, title) if score >= CUT]


def test_a_headline_between_paragraphs_is_found():
    assert cut(["Pesta Rakyat di Alun-Alun", PROSE[0], STRAY, PROSE[1], PROSE[2]]) == [2]


def test_the_label_of_another_story_is_enough():
    assert cut(["Pesta Rakyat di Alun-Alun", PROSE[0], KICKED, PROSE[1], PROSE[2]]) == [2]


def test_a_short_heading_stays():
    assert cut(["Pesta Rakyat di Alun-Alun", PROSE[0], SHORT_HEADING, PROSE[1], PROSE[2]]) == []


def test_a_line_that_the_paragraph_below_takes_up_is_less_likely_a_stray():
    below = (
        "Dua pelaku pencurian motor di Bekasi ditangkap polisi pada Senin malam, sementara satu orang lagi "
        "masih buron hingga kini."
    )
    ((_, apart),) = stray_headlines([PROSE[0], STRAY, PROSE[1], PROSE[2]])
    ((_, taken_up),) = stray_headlines([PROSE[0], STRAY, below, PROSE[2]])
    assert taken_up < apart


def test_nothing_is_judged_in_front_of_the_first_paragraph():
    assert cut([STRAY, STRAY, PROSE[0], PROSE[1]]) == []


def test_three_in_a_row_are_a_list_of_the_article():
    assert cut([PROSE[0], STRAY, KICKED, STRAY, PROSE[1]]) == []


def test_a_line_that_splits_a_sentence_stays():
    assert cut([PROSE[0], STRAY, "dan berlanjut sampai pagi.", PROSE[1]]) == []


def test_the_articles_own_title_stays():
    assert cut(["Pesta Rakyat di Alun-Alun", PROSE[0], STRAY, PROSE[1], PROSE[2]], title=STRAY) == []


@pytest.mark.parametrize("lines", [[], [STRAY], [PROSE[0]]])
def test_an_article_of_a_line_or_none_has_no_strays(lines: list[str]):
    assert stray_headlines(lines) == []


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, max_size=25), st.none() | LINES)
def test_without_its_strays_an_article_has_no_new_ones(lines: list[str], title: str | None):
    gone = set(cut(lines, title))
    assert cut([line for index, line in enumerate(lines) if index not in gone], title) == []


@settings(max_examples=200, deadline=None)
@given(st.lists(LINES, max_size=25))
def test_scores_are_given_once_a_line_and_in_order(lines: list[str]):
    found = stray_headlines(lines)
    indices = [index for index, _ in found]
    assert indices == sorted(set(indices))
    assert all(0 < index < len(lines) and 0.0 <= score <= 1.0 for index, score in found)


MILLION = 1_000_000
HOSTILE = {
    "one letter": ["a" * MILLION],
    "capitals": ["A" * MILLION],
    "capitalised words": ["Aa " * (MILLION // 3)],
    "markers": ["Baca Juga: " * (MILLION // 11)],
    "quotes": ['"' * MILLION],
}


@pytest.mark.parametrize("lines", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_line_of_a_million_characters_is_prose(lines: list[str]):
    assert cut([PROSE[0], *lines, STRAY, PROSE[1]]) in ([], [2])


def test_a_hundred_thousand_headlines_are_more_than_a_page_has_room_for():
    lines = [PROSE[0], *(line for n in range(50_000) for line in (f"{STRAY} {n}", PROSE[1]))]
    assert len(lines) > 100_000
    assert len(cut(lines)) <= max(4, 50_001 // 3)


def test_a_hundred_thousand_short_lines_are_all_kept():
    assert cut([PROSE[0], *["Bawa Kartu"] * 100_000, PROSE[1]]) == []
