"""The shadow: what is folded, and that it is as long as the text, whatever the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.shadow import fold

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
