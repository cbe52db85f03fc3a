"""Rules for whole lines: which lines they take, and how a line is found."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cleaner import Cleaner, Document, Kind, Outlet, PackError
from cleaner.rules import Rule

Cut = Callable[..., str]


def rule(form: str, kind: str = "chrome") -> str:
    return f'[[rule]]\nid = "satu"\nkind = "{kind}"\nwhy = "Satu."\n{form}\n'


@pytest.mark.parametrize(
    "line", ["zurna", "Zurna", "ZURNA", "  Zurna", "Zurna \t", "\u00a0Zurna\u00a0", "Zurna\r"]
)
def test_is_takes_the_whole_line_whatever_its_case_and_edges(line: str, cut_by: Cut) -> None:
    shown = cut_by(rule('is = ["zurna"]'), f"Satu.\n{line}\nDua.")
    assert shown.count("⟦") == 1
    assert shown.replace("⟦", "").replace("⟧", "").startswith("Satu.\n")
    assert "Zurna".lower() in shown[shown.index("⟦") : shown.index("⟧")].lower()


@pytest.mark.parametrize("line", ["zurna.", "zurna itu", "a zurna", "zurn", "zur na", "", "z"])
def test_is_takes_no_line_that_holds_more_or_less(line: str, cut_by: Cut) -> None:
    assert "⟦" not in cut_by(rule('is = ["zurna"]'), f"Satu.\n{line}\nDua.")


@pytest.mark.parametrize("line", ["Zurna", "Zurna!", "zurna: dua", "ZURNA dua", "zurna-nya", "zurna’nya"])
def test_starts_takes_lines_that_open_with_the_words(line: str, cut_by: Cut) -> None:
    assert cut_by(rule('starts = ["zurna"]'), f"Satu.\n{line}\nDua.") == f"Satu.\n⟦{line}⟧\nDua."


@pytest.mark.parametrize("line", ["Zurnanya", "zurnas", "zurna2", "Para zurna", "“Zurna”"])
def test_starts_ends_at_a_words_border(line: str, cut_by: Cut) -> None:
    assert "⟦" not in cut_by(rule('starts = ["zurna"]'), f"Satu.\n{line}\nDua.")


def test_starts_that_end_in_a_mark_need_no_border_behind_it(cut_by: Cut) -> None:
    assert cut_by(rule('starts = ["zurna:"]'), "Satu.\nZurna:dua\nDua.") == "Satu.\n⟦Zurna:dua⟧\nDua."


@pytest.mark.parametrize(
    "form",
    [
        'starts = ["zurna"]\nunless = ["dua", "^zurna!"]',
        'first = ["zurna"]\npattern = "zurna.*"\nunless = ["dua", "^zurna!"]',
        'first = ["zurna"]\ncased = "[Zz]urna.*"\nunless = ["[Dd]ua", "^Zurna!"]',
    ],
)
def test_no_line_is_taken_in_which_an_exception_is_found(form: str, cut_by: Cut) -> None:
    text = "Zurna satu\n\nZurna satu, Dua\n\nZurna! Satu\n\nAh, Zurna!"
    assert cut_by(rule(form), text).replace("\n", "") == "⟦Zurna satu⟧Zurna satu, DuaZurna! SatuAh, Zurna!"


def test_an_exception_to_a_cased_pattern_is_compared_with_the_text_as_it_is(cut_by: Cut) -> None:
    form = 'first = ["zurna"]\ncased = "Zurna.*"\nunless = ["Dua"]'
    shown = cut_by(rule(form), "Zurna dua\n\nZurna Dua")
    assert shown.replace("\n", "") == "⟦Zurna dua⟧Zurna Dua"


@pytest.mark.parametrize(
    ("literal", "line"),
    [
        ("_zurna", "_zurna"),
        ("[zurna]", "[Zurna]"),
        ("• zurna", "• Zurna"),
        ("👉", "👉 Zurna"),
        ("> >", "> >"),
        ("3 zurna", "3 Zurna"),
        ("***", "***"),
        ("–", "- "),
        ("zurna_dua", "zurna_dua"),
    ],
)
def test_a_literal_may_begin_with_any_sign(literal: str, line: str, cut_by: Cut) -> None:
    assert "⟦" in cut_by(rule(f'starts = ["{literal}"]'), f"Satu.\n{line}\nDua.")


@pytest.mark.parametrize(("length", "cut"), [(300, True), (301, False)])
def test_a_line_of_more_than_300_code_points_is_left_alone(length: int, cut: bool, cut_by: Cut) -> None:
    line = "zurna " + "👉" * (length - 6)
    for form in (
        'starts = ["zurna"]',
        'first = ["zurna"]\npattern = "zurna .+"',
        'holds = ["zurna"]\npattern = "zurna .+"',
    ):
        assert ("⟦" in cut_by(rule(form), f"Satu.\n{line}\nDua.")) is cut


@pytest.mark.parametrize(("length", "cut"), [(20, True), (21, False)])
def test_a_rule_can_say_how_long_its_lines_are(length: int, cut: bool, cut_by: Cut) -> None:
    shown = cut_by(rule('max = 20\nstarts = ["zurna"]'), f"Satu.\n{'zurna '.ljust(length, 'x')}\nDua.")
    assert ("⟦" in shown) is cut


def test_a_pattern_is_held_against_the_whole_line(cut_by: Cut) -> None:
    alternatives = rule('first = ["zurna", "rebab"]\npattern = "zurna|rebab"')
    assert cut_by(alternatives, "Satu.\nzurna\nrebab\nDua.") == "Satu.\n⟦zurna\nrebab⟧\nDua."
    assert "⟦" not in cut_by(alternatives, "Satu.\nzurna itu\nini rebab\nDua.")


def test_a_pattern_is_tried_only_on_lines_that_open_with_first(cut_by: Cut) -> None:
    assert "⟦" not in cut_by(rule('first = ["rebab"]\npattern = ".*zurna.*"'), "Satu.\nini zurna\nDua.")
    assert "⟦" in cut_by(rule('first = ["ini"]\npattern = ".*zurna.*"'), "Satu.\nini zurna\nDua.")


def test_a_pattern_is_tried_only_on_lines_that_hold_a_literal(cut_by: Cut) -> None:
    held = rule('holds = ["zurna"]\npattern = ".*(?:zurna|rebab).*"')
    assert cut_by(held, "Satu.\nini zurna\nini rebab\nDua.") == "Satu.\n⟦ini zurna⟧\nini rebab\nDua."


def test_holds_finds_the_literal_at_the_very_start_and_end_of_a_text(cut_by: Cut) -> None:
    held = rule('holds = ["zurna"]\npattern = ".*zurna.*"')
    assert cut_by(held, "zurna") == "⟦zurna⟧"
    assert cut_by(held, "a zurna\nSatu.\nb zurna") == "⟦a zurna⟧\nSatu.\n⟦b zurna⟧"


def test_a_cased_pattern_sees_the_text_as_it_is(cut_by: Cut) -> None:
    cased = rule("first = [\"zurna\"]\ncased = 'Zurna – \\p{Lu}+'")
    assert cut_by(cased, "Satu.\nZurna – DUA\nzurna – dua\nZurna - DUA") == (
        "Satu.\n⟦Zurna – DUA⟧\nzurna – dua\nZurna - DUA"
    )


def test_a_pattern_sees_dashes_quotes_and_spaces_folded(cut_by: Cut) -> None:
    folded = rule('first = ["zurna"]\npattern = \'zurna - "dua"\'')
    assert "⟦" in cut_by(folded, "Satu.\nZURNA\u00a0— “Dua”\nDua.")


def test_a_carriage_return_belongs_to_the_line_end_not_to_the_line(cut_by: Cut) -> None:
    assert cut_by(rule('first = ["zurna"]\npattern = "zurna"'), "Satu.\r\n\r\nZurna\r\n\r\nDua.\r\n") == (
        "Satu.\r\n\r\n⟦Zurna⟧\r\n\r\nDua.\r\n"
    )


def test_two_rules_on_one_line_give_one_removal_by_the_rule_that_comes_first(
    cleaner_of: Callable[..., Callable[..., object]],
) -> None:
    from cleaner import Document

    both = rule('is = ["zurna"]') + rule('starts = ["zurna"]', "ad").replace('"satu"', '"dua"')
    (removal,) = cleaner_of(both)(Document("Satu.\nZurna\nDua.")).removals  # type: ignore[attr-defined]
    assert (removal.rule, removal.kind) == ("contoh/satu", "chrome")


def test_a_broken_pattern_of_a_rule_made_in_code_is_named_when_it_is_needed() -> None:
    broken = Rule(id="contoh/satu", kind=Kind.ad, why="Satu.", pattern="(zurna", first=("zurna",))
    cleaner = Cleaner(Outlet(id="contoh", name="Contoh", rules=(broken,)))
    with pytest.raises(PackError, match=r"pattern '\(zurna' can't be compiled"):
        cleaner(Document("Zurna"))
