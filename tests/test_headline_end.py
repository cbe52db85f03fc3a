"""Where a headline ends that is glued in front of a paragraph."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.headline_end.answer import CUT
from cleaner.headline_end.search import headline_end
from cleaner.headline_end.stretch import REACH
from cleaner.native_ad.end import AD_REACH, native_ads_end

HEADLINE = "Wali Kota Resmikan Taman Baca di Tepi Sungai"
PARAGRAPH = "Namun, sejumlah pedagang mengaku belum menerima kabar soal pembagian kios di pasar itu."

WORDS = st.sampled_from(
    [
        *HEADLINE.split(),
        *PARAGRAPH.split(),
        "PLN",
        "2024",
        '"Kami',
        "Baca",
        "Juga:",
        "!",
        "—",
        "Anda",
        "İzmir",
    ]
)
MIXED = st.lists(WORDS, max_size=60).map(" ".join)
ANY_TEXT = st.one_of(st.text(max_size=300), MIXED)

MILLION = 1_000_000
HOSTILE = {
    "one letter": "a" * MILLION,
    "one capital": "A" * MILLION,
    "single capitals": "A " * (MILLION // 2),
    "capitalised words": "Aa " * (MILLION // 3),
    "glued capitals": "aB" * (MILLION // 2),
    "markers": "Baca Juga: " * (MILLION // 11),
    "signs of ads": "Anda! " * (MILLION // 6),
    "white space": " " * MILLION,
}


def test_a_headline_ends_where_the_paragraph_behind_it_begins():
    found = headline_end(f"{HEADLINE} {PARAGRAPH}", 0)
    assert found is not None
    assert found.end == len(HEADLINE)
    assert found.score >= CUT


def test_a_headline_may_be_glued_to_its_paragraph():
    found = headline_end(HEADLINE + PARAGRAPH, 0)
    assert found is not None
    assert found.end == len(HEADLINE)


def test_a_name_with_a_capital_inside_is_one_word_where_the_article_writes_it_elsewhere():
    article = "Aplikasi TaniLapak dipakai ribuan petani. "
    behind = "TaniLapak kini menguji fitur baru yang memungkinkan petani menjual sendiri."
    found = headline_end(f"{article}{HEADLINE} {behind}", len(article))
    assert found is not None
    assert found.end == len(article) + len(HEADLINE)


def test_a_seam_that_the_scrape_has_twice_is_a_seam_still():
    again = f"{HEADLINE}{PARAGRAPH}\n"
    found = headline_end(again + again, len(again))
    assert found is not None
    assert found.end == len(again) + len(HEADLINE)


def test_a_quotation_may_be_glued_to_a_headline_that_ends_in_a_number():
    headline = "Wali Kota Resmikan 25 Taman Baca di Awal 2017"
    found = headline_end(f"{headline}“Sebanyak tiga belas di antaranya berada di tepi sungai,” kata dia.", 0)
    assert found is not None
    assert found.end == len(headline)


@pytest.mark.parametrize("number", ["1.", "2.", "10."])
def test_a_headline_ends_before_a_list_goes_on(number: str):
    found = headline_end(f"{HEADLINE} {number} Simpan Cabai di Tempat Kering {PARAGRAPH}", 0)
    assert found is not None
    assert found.end == len(HEADLINE)


def test_a_lists_own_heading_is_no_part_of_a_headline_in_front_of_it():
    heading = "10 Cara Menyimpan Cabai Agar Awet1. Simpan Cabai di Tempat Kering"
    found = headline_end(f"{HEADLINE} {heading}{PARAGRAPH}", 0)
    assert found is None or found.end <= len(HEADLINE)


def test_a_number_behind_a_stop_begins_no_list():
    found = headline_end("Sinopsis Serial Tepi Sungai Eps. 5. Senin Ini Tayang Perdana", 0)
    assert found is not None
    assert found.end == len("Sinopsis Serial Tepi Sungai Eps. 5. Senin Ini Tayang Perdana")


def test_a_headline_alone_on_its_line_ends_with_it():
    found = headline_end(f"{HEADLINE}\n{PARAGRAPH}", 0)
    assert found is not None
    assert found.end == len(HEADLINE)


def test_a_headline_ends_at_the_limit():
    text = f"{HEADLINE} {PARAGRAPH}"
    assert headline_end(text, 0, len(HEADLINE)) == headline_end(HEADLINE, 0)


def test_another_marker_ends_a_headline():
    found = headline_end(f"{HEADLINE} Baca Juga: Harga Cabai Naik Lagi", 0)
    assert found is not None
    assert found.end == len(HEADLINE)


@pytest.mark.parametrize("script", ["googletag.cmd.push(function() {", "(adsbygoogle = window.adsbygoogle"])
def test_an_advertisements_script_ends_a_headline(script: str):
    found = headline_end(f"{HEADLINE} {script} tampil(); }});", 0)
    assert found is not None
    assert found.end == len(HEADLINE)


def test_a_number_of_one_digit_may_be_glued_to_the_paragraph_behind_it():
    headline = "Wali Kota Resmikan Taman Baca di Kelurahan 8"
    found = headline_end(headline + PARAGRAPH, 0)
    assert found is not None
    assert found.end == len(headline)


def test_a_marker_inside_a_longer_word_is_none():
    glued = HEADLINE + " Pembaca: " + PARAGRAPH
    found = headline_end(glued, 0)
    assert found is None or found.end != glued.index("baca:") - 1


def test_an_offset_counts_from_the_start_of_the_text():
    lead = "Warga menunggu sejak pagi. Baca Juga : "
    found = headline_end(lead + f"{HEADLINE} {PARAGRAPH}", len(lead))
    assert found is not None
    assert found.end == len(lead) + len(HEADLINE)


def test_wide_gaps_between_words_count_in_offsets():
    wide = HEADLINE.replace(" ", "  ")
    found = headline_end(f"{wide}   {PARAGRAPH}", 0)
    assert found is not None
    assert found.end == len(wide)


@pytest.mark.parametrize("text", ["", "   ", "\n", "\nTaman Kota"])
def test_nothing_is_said_where_there_is_no_word(text: str):
    assert headline_end(text, 0) is None


def test_a_paragraph_without_a_headline_is_left_alone():
    found = headline_end(PARAGRAPH, 0)
    assert found is None or found.score < CUT


def test_an_ad_ends_in_front_of_the_paragraph():
    ad = "Lakukan ini malam ini dan nyeri sendi Anda hilang dalam 3 hari tanpa obat!"
    assert native_ads_end(f"{ad} {PARAGRAPH}", 0) == len(ad)


def test_a_paragraph_is_no_ad():
    assert native_ads_end(PARAGRAPH, 0) is None


@settings(max_examples=200, deadline=None)
@given(ANY_TEXT, st.data())
def test_an_end_lies_within_reach_behind_a_word(text: str, data: st.DataObject):
    start = data.draw(st.integers(0, len(text)))
    limit = data.draw(st.none() | st.integers(start, len(text) + 5))
    found = headline_end(text, start, limit)
    if found is not None:
        assert start < found.end <= min(len(text), start + REACH, len(text) if limit is None else limit)
        assert not text[found.end - 1].isspace()
        assert 0.0 <= found.score <= 1.0 + 1e-9
    ad = native_ads_end(text, start, limit)
    assert ad is None or start < ad <= min(len(text), start + AD_REACH)


@settings(max_examples=100, deadline=None)
@given(st.lists(MIXED, max_size=8))
def test_what_was_asked_before_changes_no_answer(texts: list[str]):
    first = [headline_end(text, 0) for text in texts]
    assert [headline_end(text, 0) for text in reversed(texts)] == first[::-1]


@settings(max_examples=100, deadline=None)
@given(MIXED, ANY_TEXT)
def test_text_beyond_the_next_line_break_and_the_surroundings_is_not_read(line: str, rest: str):
    padded = line + "\n" + "x" * 4000
    assert headline_end(padded + rest, 0) == headline_end(padded, 0)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_only_the_neighbourhood_of_the_start_is_looked_at(text: str):
    start = len(text) // 2
    near = text[start - 4000 : start + 4000]
    found, local = headline_end(text, start), headline_end(near, 4000)
    assert (found and (found.end - start, found.score)) == (local and (local.end - 4000, local.score))
    ad = native_ads_end(text, start)
    assert ad is None or ad <= start + AD_REACH
