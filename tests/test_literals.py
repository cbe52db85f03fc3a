"""The index of literals: it finds what a plain search for each of them finds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.literals import Literals

SIGNS = "ab |#(:/_>\uf00e•\u00a0"
LITERAL = st.text(st.sampled_from(SIGNS), min_size=1, max_size=5)


def naive(literals: list[str], text: str) -> list[tuple[int, str]]:
    return [(at, literal) for literal in literals for at in range(len(text)) if text.startswith(literal, at)]


@given(st.lists(LITERAL, max_size=6, unique=True), st.text(st.sampled_from(SIGNS), max_size=40))
def test_every_place_of_every_literal_is_found_and_no_other(literals: list[str], text: str) -> None:
    found = Literals((literal, literal) for literal in literals).find(text)
    assert sorted(found) == sorted(naive(literals, text))


@given(st.lists(LITERAL, min_size=1, max_size=6, unique=True), st.data())
def test_texts_made_of_the_literals_themselves_hide_none(literals: list[str], data: st.DataObject) -> None:
    text = "".join(data.draw(st.lists(st.sampled_from(literals), max_size=10)))
    found = Literals((literal, literal) for literal in literals).find(text)
    assert sorted(found) == sorted(naive(literals, text))


def test_entries_that_share_a_literal_are_each_found() -> None:
    index = Literals([("baca juga:", 1), ("baca juga:", 2), ("dua kata", 3), ("dua kata", 4)])
    assert sorted(index.find("baca juga: dua kata")) == [(0, 1), (0, 2), (11, 3), (11, 4)]


@pytest.mark.parametrize("text", ["", "x", "\n"])
def test_an_index_of_nothing_finds_nothing(text: str) -> None:
    assert Literals([]).find(text) == []
