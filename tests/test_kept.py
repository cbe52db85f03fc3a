"""What is kept of a text, and where it came from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.kept import Kept

SOURCE = "abcdefghij"


@st.composite
def _stretches(draw: st.DrawFn, length: int) -> list[tuple[int, int]]:
    """Stretches of a text of this length: disjoint, not empty, in order."""
    marks = sorted(draw(st.sets(st.integers(0, length), max_size=8)))
    return list(zip(marks[::2], marks[1::2], strict=False))


def test_at_first_all_is_kept_and_came_from_where_it_is() -> None:
    kept = Kept(SOURCE)
    assert kept.text == SOURCE
    assert kept.origin(2, 5) == [(2, 5)]


def test_what_spans_a_cut_came_from_both_sides_of_it() -> None:
    kept = Kept(SOURCE).without([(2, 4), (6, 8)])
    assert kept.text == "abefij"
    assert kept.origin(1, 5) == [(1, 2), (4, 6), (8, 9)]


def test_a_second_cut_is_given_in_offsets_of_what_the_first_left() -> None:
    kept = Kept(SOURCE).without([(2, 4)]).without([(1, 3)])
    assert kept.text == "afghij"
    assert kept.origin(0, 2) == [(0, 1), (5, 6)]


@given(st.data())
def test_origins_hold_the_very_letters_however_often_it_was_cut(data: st.DataObject) -> None:
    source = "".join(map(chr, range(0x41, 0x41 + data.draw(st.integers(0, 40)))))
    kept = Kept(source)
    for _ in range(3):
        stretches = data.draw(_stretches(len(kept.text)))
        kept = kept.without(stretches)
    start, end = sorted(data.draw(st.lists(st.integers(0, len(kept.text)), min_size=2, max_size=2)))
    pieces = kept.origin(start, end)
    assert "".join(source[one:other] for one, other in pieces) == kept.text[start:end]
    assert pieces == sorted(pieces)
    assert all(one < other for one, other in pieces)


def test_all_can_be_cut() -> None:
    kept = Kept(SOURCE).without([(0, len(SOURCE))])
    assert (kept.text, kept.origin(0, 0), kept.last_visible) == ("", [], 0)


@pytest.mark.parametrize(
    ("source", "cut", "last"),
    [
        ("", [], 0),
        ("  \n", [], 0),
        ("satu.", [], 5),
        ("satu. \n", [], 5),
        ("satu. dua.\n", [(5, 10)], 5),
        ("satu\n\u00a0", [], 4),
    ],
)
def test_the_last_visible_place_is_behind_the_last_kept_sign_that_is_no_space(
    source: str, cut: list[tuple[int, int]], last: int
) -> None:
    assert Kept(source).without(cut).last_visible == last
