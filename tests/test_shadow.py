"""Folded copies: what is folded, and that they are as long as the text, whatever the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Cleaner, Document
from cleaner.shadow import fold, parted, spaced

ODD = st.text(
    st.one_of(st.sampled_from("İIıiſßẞΣςŒ\u0301\u00a0\ufb01"), st.characters(exclude_categories=["Cs"]))
)


@given(ODD)
def test_a_shadow_is_as_long_as_its_text(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_every_single_code_point_folds_to_one_code_point() -> None:
    assert [sign for sign in map(chr, range(0x110000)) if len(fold(sign)) != 1] == []


@given(ODD)
def test_folding_a_shadow_again_changes_nothing_but_letters_that_have_no_small_form(text: str) -> None:
    once = fold(text)
    assert fold(once) == once


@given(ODD, ODD)
def test_line_feeds_stay_where_they_are(before: str, behind: str) -> None:
    text = f"{before}\n{behind}"
    assert [at for at, sign in enumerate(fold(text)) if sign == "\n"] == [
        at for at, sign in enumerate(text) if sign == "\n"
    ]


@pytest.mark.parametrize(
    ("text", "shadow"),
    [
        ("Baca Juga", "baca juga"),
        ("Baca\u00a0Juga\u202f:", "baca juga :"),
        ("\ufeffBaca\u200bJuga", " baca juga"),
        ("VIVA – Jakarta — kota‑baru", "viva - jakarta - kota-baru"),
        ("“Jum’at” ‘ini’", "\"jum'at\" 'ini'"),
        ("İSTANBUL", "istanbul"),
        ("İ – “X”", 'i - "x"'),
        ("…•👉 ½", "…•👉 ½"),
    ],
)
def test_case_spaces_dashes_and_quotes_are_folded_and_nothing_else(text: str, shadow: str) -> None:
    assert fold(text) == shadow


@given(ODD)
def test_a_text_with_plain_spaces_is_as_long_and_keeps_all_else(text: str) -> None:
    plain = spaced(text)
    assert len(plain) == len(text)
    assert all(was == now or now == " " for was, now in zip(text, plain, strict=True))


def test_a_space_that_never_breaks_keeps_no_pointer_in() -> None:
    article = (
        "Harga cabai turun pekan ini.{0}BACA:{0}Harga{0}Beras{0}Naik,{0}"
        "Pedagang{0}di{0}Pasar{0}Legi{0}Mengeluh{0}"
        "Pedagang yang ditemui di lokasi berharap panen berlanjut sampai akhir tahun.{0}(Sari{0}Wulan)"
    )
    cleaner = Cleaner.for_outlet(None)
    plain, unbroken = (
        [(each.start, each.end, each.rule) for each in cleaner(Document(article.format(space))).removals]
        for space in (" ", "\u00a0")
    )
    assert len(plain) == 2
    assert unbroken == plain


def test_a_sign_without_width_in_front_of_a_line_keeps_no_block_in() -> None:
    lines = [
        "Harga cabai turun pekan ini.",
        "Baca juga:",
        "Harga Beras Naik, Pedagang Mengeluh",
        "Petani lega.",
    ]
    result = Cleaner.for_outlet(None)(Document("\n\u200b".join(lines)))
    assert [removal.text for removal in result.removals] == lines[1:3]


BLOCKED = (
    "Harga cabai turun pekan ini.\n\nBaca Juga: Harga Beras Naik, Pedagang Mengeluh.\n\n"
    "Pedagang berharap panen berlanjut.\n\nPetani pun begitu.\n\n\nEditor: Sari Wulan"
)


def test_two_spaces_behind_sentences_are_the_blank_lines_that_a_text_on_one_line_had() -> None:
    lines = parted(BLOCKED.replace("\n", " ")).split("\n")
    assert [line.strip() for line in lines] == [line for line in BLOCKED.split("\n") if line]


@pytest.mark.parametrize(
    "text",
    [
        "Harga cabai turun.  Presiden  Jokowi  meninjau  pasar. Pedagang lega.  Petani  pun  begitu.  Ya.",
        "Harga cabai turun.  Pedagang lega.",
        "Pedagang lega.  Petani pun begitu.  "
        + "Panen di Brebes berlanjut sampai akhir tahun ini. " * 60
        + " Sari.",
        "Satu.\nDua.  Tiga.  Empat.  Lima.",
    ],
    ids=["links left spaces", "one pair", "long paragraphs", "line feeds"],
)
def test_other_double_spaces_part_nothing(text: str) -> None:
    assert parted(text) == text


@pytest.mark.parametrize("end", ["\r", "\v", "\x85", "\u2028", "\u2029"])
def test_another_sign_that_ends_lines_does_where_there_are_no_line_feeds(end: str) -> None:
    text = BLOCKED.replace("Mengeluh.", "Mengeluh").replace("\n", end)
    result = Cleaner.for_outlet(None)(Document(text))
    kept = "Harga cabai turun pekan ini.", "Pedagang berharap panen berlanjut.", "Petani pun begitu."
    assert result.text == f"{end}{end}".join(kept)


@given(st.text("aB.!  \n\t:", max_size=60))
def test_what_is_parted_is_as_long_as_its_text_and_has_its_words(text: str) -> None:
    assert len(parted(text)) == len(text)
    assert parted(text).split() == text.split()


def test_lines_of_a_text_whose_line_feeds_are_spaces_go_as_they_went() -> None:
    text = BLOCKED.replace("Mengeluh.", "Mengeluh?").replace("\n", " ")
    result = Cleaner.for_outlet(None)(Document(text))
    assert (
        result.text == "Harga cabai turun pekan ini.  Pedagang berharap panen berlanjut.  Petani pun begitu."
    )
    assert result.fields == {"editors": ["Sari Wulan"]}
