"""Blocks: the lines around an anchor that go with it, and only with it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import assert_sound

from cleaner import Certainty, Cleaner, Document, Kind, Policy, clean

Cut = Callable[..., str]


def block(*elements: str, more: str = "") -> str:
    rows = ",\n".join(f"  {{ {element} }}" for element in elements)
    return f'[[rule]]\nid = "satu"\nkind = "caption"\nwhy = "Satu."\n{more}\nblock = [\n{rows}\n]\n'


ANCHOR = 'is = ["zurna"], anchor = true'
TEXT = "Harga cabai turun pekan ini.\n\nPetani menjemur cabai\n\nZurna\n\nPedagang lega."


def test_a_line_without_a_literal_goes_because_of_the_anchor_beside_it(cut_by: Cut) -> None:
    assert cut_by(block('shape = "short"', ANCHOR), TEXT) == (
        "Harga cabai turun pekan ini.\n\n⟦Petani menjemur cabai\n\nZurna⟧\n\nPedagang lega."
    )


def test_without_the_anchor_nothing_goes(cut_by: Cut) -> None:
    assert "⟦" not in cut_by(block('shape = "short"', ANCHOR), TEXT.replace("Zurna", "Rebab"))


def test_without_a_required_line_the_anchor_stays(cut_by: Cut) -> None:
    assert "⟦" not in cut_by(block('is = ["rebab"]', ANCHOR), TEXT)
    assert "⟦" not in cut_by(block(ANCHOR, 'shape = "date"'), TEXT)


def test_without_an_optional_line_the_anchor_goes_alone(cut_by: Cut) -> None:
    optional = block('is = ["rebab"], optional = true', ANCHOR, 'shape = "date", optional = true')
    assert cut_by(optional, TEXT).count("⟦Zurna⟧") == 1


def test_the_anchor_is_marked_and_a_line_of_mere_shape_is_framed(cleaner_of: Callable[..., Cleaner]) -> None:
    removals = cleaner_of(block('shape = "short"', ANCHOR, 'starts = ["pedagang"]'))(Document(TEXT)).removals
    assert [removal.certainty for removal in removals] == [
        Certainty.framed,
        Certainty.marked,
        Certainty.marked,
    ]


@pytest.mark.parametrize(("repeat", "gone"), [(1, 1), (2, 2), (3, 3), (9, 4)])
def test_an_element_takes_as_many_lines_in_a_row_as_it_repeats(repeat: int, gone: int, cut_by: Cut) -> None:
    text = "Zurna\n- a\n- b\n- c\n- d\nSatu dua."
    shown = cut_by(block(ANCHOR, f'starts = ["- "], repeat = {repeat}'), text)
    assert shown[: shown.index("⟧")].count("- ") == gone


def test_a_line_that_is_kept_must_be_there_but_stays(cut_by: Cut) -> None:
    kept = block('is = ["rebab"], keep = true', ANCHOR)
    assert cut_by(kept, "Satu.\nRebab\nZurna\nDua.") == "Satu.\nRebab\n⟦Zurna⟧\nDua."
    assert "⟦" not in cut_by(kept, "Satu.\nZurna\nDua.")


def test_an_anchor_that_stays_still_proves_its_block(cut_by: Cut) -> None:
    stays = block('cased = "[a-z ]+"', 'is = ["zurna"], anchor = true, keep = true')
    assert cut_by(stays, "Satu.\npetani cabai\nZurna\nDua.") == "Satu.\n⟦petani cabai⟧\nZurna\nDua."


def test_an_anchor_that_stays_takes_all_it_would_take_if_it_were_cleaned_again(cut_by: Cut) -> None:
    stays = block('cased = "[a-z ]+"', 'is = ["zurna"], anchor = true, keep = true')
    assert cut_by(stays, "Satu.\na b\nc d\ne f\nZurna\nDua.") == "Satu.\n⟦a b\nc d\ne f⟧\nZurna\nDua."


# --- glued ------------------------------------------------------------------------------------------------

GLUED = block('shape = "sentence", glued = true', ANCHOR)


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        pytest.param("Satu dua.\n\nTiga empat.\nZurna\n\nLima.", True, id="directly on it"),
        pytest.param("Satu dua.\n\nTiga empat.\n\nZurna\n\nLima.", False, id="a blank line between"),
        pytest.param(
            "Satu dua.\nTiga empat.\nZurna\nLima.", False, id="a text without blank lines doesn't tell"
        ),
        pytest.param("Satu dua.\n \nTiga empat.\nZurna\n\nLima.", True, id="a blank line may hold spaces"),
    ],
)
def test_glued_asks_for_neighbours_in_a_text_that_parts_its_paragraphs(
    text: str, cut: bool, cut_by: Cut
) -> None:
    assert ("Tiga empat.\nZurna⟧" in cut_by(GLUED, text)) is cut


def test_glued_counts_below_the_anchor_too(cut_by: Cut) -> None:
    below = block(ANCHOR, 'shape = "sentence", glued = true')
    assert "⟦Zurna\nTiga empat.⟧" in cut_by(below, "Satu.\n\nZurna\nTiga empat.\n\nLima.")
    assert "⟦" not in cut_by(below, "Satu.\n\nZurna\n\nTiga empat.\n\nLima.")


# --- same -------------------------------------------------------------------------------------------------

TWICE = block('shape = "headline", same = true', 'shape = "headline"', ANCHOR)


def test_same_asks_for_a_line_that_says_what_its_neighbour_says(cut_by: Cut) -> None:
    twice = "Satu dua.\nHarga Beras Naik\nHarga Beras Naik\nZurna"
    assert cut_by(TWICE, twice) == "Satu dua.\n⟦Harga Beras Naik\nHarga Beras Naik\nZurna⟧"
    assert "⟦" not in cut_by(TWICE, twice.replace("Naik\nZurna", "Turun\nZurna"))


def test_same_counts_below_the_anchor_too(cut_by: Cut) -> None:
    below = block(ANCHOR, 'shape = "headline"', 'shape = "headline", same = true')
    assert "⟦Zurna\nHarga Beras Naik\nHarga Beras Naik⟧" in cut_by(
        below, "Zurna\nHarga Beras Naik\nHarga Beras Naik\nDua."
    )
    assert "⟦" not in cut_by(below, "Zurna\nHarga Beras Naik\nHarga Beras Turun\nDua.")


# --- again ------------------------------------------------------------------------------------------------

CONTENTS = block(ANCHOR, 'shape = "heading", again = true, repeat = 9')


@pytest.mark.parametrize(
    "cut",
    [
        pytest.param("⟦Zurna\nSatu\nDua⟧\nTiga.\nSatu\nDua", id="in the same order"),
        pytest.param("⟦Zurna\nSatu⟧\nDua\nTiga.\nDua\nSatu", id="in another order"),
        pytest.param("⟦Zurna\nSatu⟧\nDua\nTiga.\nSatu", id="one of two"),
        pytest.param("⟦Zurna\n1. Satu⟧\nTiga.\n• satu:", id="but for numbers, bullets and capitals"),
        pytest.param("⟦Zurna\nSatu\nDua⟧\nSatu\nTiga.\nDua", id="until the first one stands again"),
        pytest.param("⟦Zurna\nSatu⟧\nDua\n-\nTiga.\nSatu\nDua", id="a dateline is no entry"),
        pytest.param("Satu\nZurna\nSatuan\nTiga.", id="nowhere"),
        pytest.param("Satu\nZurna\nSatu\nTiga.", id="above alone"),
    ],
)
def test_again_asks_for_lines_that_stand_again_further_down(cut: str, cut_by: Cut) -> None:
    assert cut_by(CONTENTS, cut.replace("⟦", "").replace("⟧", "")) == cut


# --- lines that go ----------------------------------------------------------------------------------------

LABEL = '[[rule]]\nid = "label"\nkind = "ad"\nwhy = "Iklan."\nstarts = ["rebab"]\n'
TAKES_SHORT = block('shape = "short"', ANCHOR) + LABEL


def test_a_line_that_goes_by_another_rule_does_not_stand_between(cut_by: Cut) -> None:
    assert cut_by(TAKES_SHORT, "Satu.\nPetani cabai\nRebab dua\nZurna\nDua.") == (
        "Satu.\n⟦Petani cabai\nRebab dua\nZurna⟧\nDua."
    )


def test_a_line_that_the_policy_leaves_in_does_stand_between(cut_by: Cut) -> None:
    policy = Policy(kinds=frozenset({Kind.caption}))
    strict = block('shape = "date"', ANCHOR) + LABEL
    text = "Satu.\n25 November 2024\nRebab dua\nZurna\nDua."
    assert "⟦25 November 2024\nRebab dua\nZurna⟧" in cut_by(strict, text)
    assert "⟦" not in cut_by(strict, text, policy)


@pytest.mark.parametrize("between", [1, 19, 20, 50])
def test_it_does_not_matter_how_many_such_lines_there_are(between: int, cut_by: Cut) -> None:
    text = "Satu dua.\nPetani cabai\n" + "Rebab\n" * between + "Zurna\nDua."
    assert cut_by(TAKES_SHORT, text).startswith("Satu dua.\n⟦Petani cabai\nRebab\n")


def test_a_line_belongs_to_one_block_only(cut_by: Cut) -> None:
    assert cut_by(block('shape = "short"', ANCHOR), "Satu.\nPetani cabai\nZurna\nZurna\nDua.") in (
        "Satu.\n⟦Petani cabai\nZurna⟧\nZurna\nDua.",
        "Satu.\n⟦Petani cabai\nZurna\nZurna⟧\nDua.",
    )


# --- foot -------------------------------------------------------------------------------------------------

FOOT = block('shape = "name"', ANCHOR, more="foot = true")


@pytest.mark.parametrize(
    ("behind", "cut"),
    [
        pytest.param("", True, id="nothing below"),
        pytest.param("\n\nSari Wulan\nLagi", True, id="short lines below"),
        pytest.param("\n\nPanen raya berlanjut.", False, id="a sentence below"),
        pytest.param("\n\nRebab dua tiga empat.", True, id="a sentence that goes"),
        pytest.param("\nDua" * 40, True, id="as many lines as a foot has"),
        pytest.param("\nDua" * 41, False, id="too many lines for a foot"),
    ],
)
def test_a_foot_has_no_sentence_below_it(behind: str, cut: bool, cut_by: Cut) -> None:
    shown = cut_by(FOOT + LABEL, "Pedagang lega.\n\nBayu Tirta\nZurna" + behind)
    assert ("⟦Bayu Tirta\nZurna" in shown) is cut


# --- head -------------------------------------------------------------------------------------------------

HEAD = block(ANCHOR, 'shape = "name"', more="head = true")


@pytest.mark.parametrize(
    ("above", "cut"),
    [
        pytest.param("", True, id="nothing above"),
        pytest.param("Harga Cabai Turun\n\nPasar\n", True, id="short lines above"),
        pytest.param("Benarkah Harga Cabai Turun?\n\n", True, id="a headline that asks"),
        pytest.param("Panen raya berlanjut.\n\n", False, id="a sentence above"),
        pytest.param("Rebab dua tiga empat.\n\n", True, id="a sentence that goes"),
        pytest.param("Dua\n" * 12, True, id="as many lines as a head has"),
        pytest.param("Dua\n" * 13, False, id="too many lines for a head"),
    ],
)
def test_a_head_has_no_sentence_above_it(above: str, cut: bool, cut_by: Cut) -> None:
    shown = cut_by(HEAD + LABEL, above + "Zurna\nBayu Tirta\n\nPedagang lega.")
    assert ("Zurna\nBayu Tirta⟧" in shown) is cut


# --- shapes -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shape", "takes", "leaves"),
    [
        ("short", ["Petani menjemur cabai", "• Petani"], ["Petani menjemur cabai.", "kata " * 25]),
        (
            "headline",
            ["Harga Beras Naik Lagi", "3 Harga Naik", "“Harga” Naik Lagi"],
            ["harga beras naik", "Harga Naik", "Harga Beras Naik.", "Harga Beras Naik:"],
        ),
        (
            "sentence",
            ["Harga turun.", "Benarkah begitu?", "“Ya, benar.”"],
            ["Harga turun", "Turun.", "a b" * 300 + "."],
        ),
        (
            "statement",
            ["Harga turun.", "Turun, kata “Sari”", "a b" * 300 + "."],
            ["Harga turun", "Turun.", "Benarkah begitu?"],
        ),
        ("line", ["apa saja", "x"], ["x" * 601]),
        (
            "apart",
            ["Panen raya berlanjut.", "kata " * 200, "Ikuti akun kami:"],
            ["Ini akun panitia:", "Peserta menulis tagar ini", "#panen"],
        ),
        ("caps", ["HARGA BERAS NAIK 3%"], ["Harga BERAS", "123"]),
        (
            "name",
            ["Sari Wulan", "M. Ali bin Umar", "Sopiyan"],
            ["sari wulan", "Sari Wulan 2", "Satu Dua Tiga Empat Lima Enam"],
        ),
        (
            "date",
            ["25 November 2024", "Senin, 3 Mei 2021", "1 ags 2020"],
            ["25 November", "pada 25 November 2024"],
        ),
        ("time", ["21:59", "9.30 WIB"], ["pukul 21:59", "21"]),
    ],
)
def test_each_shape_takes_its_lines_and_leaves_others(
    shape: str, takes: list[str], leaves: list[str], cut_by: Cut
) -> None:
    for line in takes:
        assert "⟦" in cut_by(block(f'shape = "{shape}"', ANCHOR), f"Satu dua tiga.\n{line}\nZurna"), line
    for line in leaves:
        assert "⟦" not in cut_by(block(f'shape = "{shape}"', ANCHOR), f"Satu dua tiga.\n{line}\nZurna"), line


def test_a_line_that_is_only_a_bullet_is_a_line_like_any_other() -> None:
    for text in ("Baca juga:\n•\n", "Baca juga:\n*\nHarga cabai turun.", "•", "• \n•"):
        assert_sound(text, clean(text))


def test_a_second_block_on_a_label_does_not_step_over_the_first_ones_headline(cut_by: Cut) -> None:
    label = 'is = ["zurna"], anchor = true'
    dots = block(label, 'pattern = ".{5,40}\\\\.{3}"').replace("satu", "dua")
    rules = block(label, 'shape = "headline"') + dots
    text = "Harga turun.\nZurna\nHarga Beras Naik Lagi\nLayak dicoba, tapi...\nPedagang lega."
    assert cut_by(rules, text) == (
        "Harga turun.\n⟦Zurna\nHarga Beras Naik Lagi⟧\nLayak dicoba, tapi...\nPedagang lega."
    )


def test_the_next_line_is_no_further_one(cut_by: Cut) -> None:
    line = '[[rule]]\nid = "{0}"\nkind = "caption"\nwhy = "Satu."\nis = ["{0}"]\n'.format
    rules = block(ANCHOR, 'shape = "headline", next = true') + line("zurna") + line("kredit")
    text = "Harga turun.\nZurna\n{}Harga Beras Naik Lagi\nPedagang lega."
    assert cut_by(rules, text.format("")) == ("Harga turun.\n⟦Zurna\nHarga Beras Naik Lagi⟧\nPedagang lega.")
    assert cut_by(rules, text.format("Kredit\n")) == (
        "Harga turun.\n⟦Zurna\nKredit⟧\nHarga Beras Naik Lagi\nPedagang lega."
    )


def test_a_foots_own_lines_may_end_in_a_stop_and_none_below_them(cut_by: Cut) -> None:
    rules = block(ANCHOR, 'pattern = "festival .{3,40}", repeat = 3', more="foot = true")
    text = "Harga turun.\nZurna\nFestival Panen.\nFestival Laut"
    assert cut_by(rules, text) == "Harga turun.\n⟦Zurna\nFestival Panen.\nFestival Laut⟧"
    assert "⟦" not in cut_by(rules, f"{text}\nPedagang lega.")


def test_a_refrain_above_the_initials_is_no_title_printed_twice() -> None:
    song = (
        "Lagu itu dinyanyikan bersama-sama.\nPanen cabai di kampung halaman\nPanen cabai di kampung halaman"
    )
    assert Cleaner.for_outlet(None)(Document(f"{song}\n(sw/btr)")).text == song
