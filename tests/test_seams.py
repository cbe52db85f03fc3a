"""The seam rule: how much of the white space around it a cut takes along."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Certainty, Claim, Kind
from cleaner.seams import with_seams


def cut(marked: str) -> tuple[str, list[str]]:
    """What is left of a text whose claims stand between ⟦ and ⟧, and the stretches that went."""
    text = re.sub("[⟦⟧]", "", marked)
    claims = [
        Claim(found.start() - 2 * at, found.end() - 2 * at - 2, Kind.related, "contoh/satu", Certainty.marked)
        for at, found in enumerate(re.finditer("⟦[^⟧]*⟧", marked))
    ]
    stretches = with_seams(text, claims)
    assert len(stretches) == len(claims)
    assert all(
        start <= claim.start < claim.end <= end
        and not (text[start : claim.start] + text[claim.end : end]).strip()
        for claim, (start, end) in zip(claims, stretches, strict=True)
    )
    assert all(one[1] <= other[0] for one, other in pairwise(stretches))
    kept, at = "", 0
    for start, end in stretches:
        kept, at = kept + text[at:start], end
    return kept + text[at:], [text[start:end] for start, end in stretches]


@pytest.mark.parametrize(
    ("marked", "kept"),
    [
        pytest.param("Satu.\n\n⟦X⟧\n\nDua.", "Satu.\n\nDua.", id="blank lines of one side go"),
        pytest.param("Satu.\n⟦X⟧\nDua.", "Satu.\nDua.", id="single lines"),
        pytest.param("Satu.\n\n⟦X⟧\nDua.", "Satu.\n\nDua.", id="the wider gap is in front"),
        pytest.param("Satu.\n⟦X⟧\n\nDua.", "Satu.\n\nDua.", id="the wider gap is behind"),
        pytest.param("Satu.\n⟦X⟧\n\n\nDua.", "Satu.\n\n\nDua.", id="three line feeds"),
        pytest.param("Satu.\n⟦X⟧\n\n⟦Y⟧\nDua.", "Satu.\n\nDua.", id="the wider gap is between two cuts"),
        pytest.param("Satu.\n⟦X⟧\n⟦Y⟧\n⟦Z⟧\n\nDua.", "Satu.\n\nDua.", id="three cuts in a row"),
        pytest.param("Satu.\n\n⟦X⟧\nDua.\n⟦Y⟧\n\nTiga.", "Satu.\n\nDua.\n\nTiga.", id="each cut on its own"),
        pytest.param("Satu.\r\n\r\n⟦X⟧\r\n\r\nDua.", "Satu.\r\n\r\nDua.", id="carriage returns"),
        pytest.param("Satu.\r\n⟦X⟧\r\n\r\nDua.", "Satu.\r\n\r\nDua.", id="carriage returns, wider behind"),
        pytest.param(
            "Satu.\n \t\n⟦X⟧\nDua.", "Satu.\n \t\nDua.", id="a blank line with spaces is a blank line"
        ),
        pytest.param("Satu.\n\u00a0\n⟦X⟧\nDua.", "Satu.\n\u00a0\nDua.", id="a no-break space is white"),
    ],
)
def test_between_two_kept_lines_the_widest_gap_survives(marked: str, kept: str) -> None:
    assert cut(marked)[0] == kept


@pytest.mark.parametrize(
    ("marked", "kept"),
    [
        pytest.param("⟦X⟧\n\nSatu.", "Satu.", id="at the head"),
        pytest.param("Satu.\n\n⟦X⟧", "Satu.", id="at the tail"),
        pytest.param("⟦X⟧\n⟦Y⟧\n\nSatu.\n⟦Z⟧", "Satu.", id="at both"),
        pytest.param("\n\n⟦X⟧\nSatu.", "\n\nSatu.", id="what opens the text stays"),
        pytest.param("Satu.\n\n⟦X⟧\n", "Satu.\n", id="what ends the text stays"),
        pytest.param("Satu.\n⟦X⟧\n\n\n", "Satu.\n\n\n", id="however wide"),
        pytest.param("⟦X⟧", "", id="nothing but a cut"),
        pytest.param("\n⟦X⟧\n\n", "\n", id="nothing but a cut and its frame"),
        pytest.param("⟦X⟧ Satu.", "Satu.", id="in front of the first word"),
        pytest.param("Satu. ⟦X⟧", "Satu.", id="behind the last word"),
        pytest.param("Satu. ⟦X⟧\n", "Satu.\n", id="at the end of the last line"),
    ],
)
def test_the_frame_of_the_text_is_kept(marked: str, kept: str) -> None:
    assert cut(marked)[0] == kept


@pytest.mark.parametrize(
    ("marked", "kept"),
    [
        pytest.param("Satu. ⟦X⟧ Dua.", "Satu. Dua.", id="one space parts what stays"),
        pytest.param("Satu.⟦X⟧ Dua.", "Satu. Dua.", id="the space behind is the only one"),
        pytest.param("Satu. ⟦X⟧Dua.", "Satu. Dua.", id="the space in front is the only one"),
        pytest.param("Satu. ⟦X⟧ ⟦Y⟧ Dua.", "Satu. Dua.", id="two cuts"),
        pytest.param("Satu. ⟦X⟧⟦Y⟧ Dua.", "Satu. Dua.", id="two cuts that touch"),
        pytest.param("Satu.\n⟦X⟧ Dua.", "Satu.\nDua.", id="at a line's start"),
        pytest.param("Satu. ⟦X⟧\nDua.", "Satu.\nDua.", id="at a line's end"),
        pytest.param("Satu.\n\n⟦X⟧ Dua.\nTiga.", "Satu.\n\nDua.\nTiga.", id="at a paragraph's start"),
        pytest.param("Satu.\u00a0⟦X⟧ Dua.", "Satu.\u00a0Dua.", id="what stays is verbatim"),
    ],
)
def test_inside_a_line_the_space_of_one_side_survives(marked: str, kept: str) -> None:
    assert cut(marked)[0] == kept


@pytest.mark.parametrize(
    ("marked", "kept"),
    [
        pytest.param("Satu.\n  ⟦X⟧\nDua.", "Satu.\nDua.", id="a cut line's own goes"),
        pytest.param("Satu.\n⟦X⟧\n  Dua.", "Satu.\n  Dua.", id="a kept line's own stays"),
        pytest.param("  ⟦X⟧\n    Satu.", "    Satu.", id="in front of the text"),
        pytest.param(
            "Satu.\n  • ⟦X⟧\n  • Dua.", "Satu.\n  •\n  • Dua.", id="a bullet that isn't claimed stays"
        ),
        pytest.param(
            "Satu.\n  ⟦• X⟧\n  • Dua.", "Satu.\n  • Dua.", id="a claimed bullet goes with its indentation"
        ),
        pytest.param("Satu.\n\n  ⟦X⟧\n\n  Dua.", "Satu.\n\n  Dua.", id="between blank lines"),
        pytest.param("Satu.\n\n\t⟦X⟧\n \tDua.", "Satu.\n\n \tDua.", id="tabs"),
    ],
)
def test_indentation_goes_and_stays_with_its_line(marked: str, kept: str) -> None:
    assert cut(marked)[0] == kept


def test_each_claim_takes_its_own_share() -> None:
    assert cut("Satu.\n\n⟦X⟧\n\n⟦Y⟧\n\nDua.")[1] == ["X\n\n", "Y\n\n"]
    assert cut("Satu.\n⟦X⟧\n\n⟦Y⟧\nDua.")[1] == ["\nX", "Y\n"]


PIECES = st.lists(
    st.tuples(
        st.sampled_from(("", " ", "\n", "\n\n", "\r\n", "\n  ", " \n", "\n \n", "\u00a0")),
        st.sampled_from(("Satu.", "⟦X⟧", "⟦• Y z⟧")),
    ),
    max_size=8,
).map(lambda pieces: "".join(gap + piece for gap, piece in pieces))


@given(PIECES, st.sampled_from(("", "\n", " ", "\n\n")))
def test_kept_words_are_parted_as_widely_as_they_ever_were(marked: str, end: str) -> None:
    kept, _ = cut(marked + end)
    pieces = re.split(r"(Satu\.)", marked + end)
    gaps = [pieces[at] for at in range(2, len(pieces) - 2, 2)]
    left = re.split(r"Satu\.", kept)[1:-1]
    for before, after in zip(gaps, left, strict=True):
        spaces = re.split("⟦[^⟧]*⟧", before)
        assert after.count("\n") == max(space.count("\n") for space in spaces)
        assert bool(after) == any(spaces)


@given(PIECES)
def test_white_space_is_taken_never_made(marked: str) -> None:
    kept, gone = cut(marked)
    text = re.sub("[⟦⟧]", "", marked)
    assert len(kept) + sum(map(len, gone)) == len(text)
