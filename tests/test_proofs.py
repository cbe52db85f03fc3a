"""What proofs are, how a rule is held against them, and how a slow rule is found."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cleaner import Cleaner, Outlet
from cleaner.adversary import hostile_texts, slow_text
from cleaner.brackets import bracketed, read_proof
from cleaner.proofs import Aspect, violations

OutletOf = Callable[[str], Outlet]

_HEAD = 'format = 1\noutlet = "contoh"\n'
_PROOFS = """
removes = ['''
Satu.

⟦Bacaan berikut: Dua

⟧Tiga.''']
keeps = ['''Genap sudah.''']
"""


def _rule(form: str, proofs: str = _PROOFS, id: str = "satu") -> str:
    return f'\n[[rule]]\nid = "{id}"\nkind = "related"\nwhy = "Satu."\n{form}\n{proofs}'


def test_a_proof_is_its_text_without_brackets_and_the_stretches_between_them() -> None:
    proof = read_proof("a⟦bc⟧d⟦e⟧")
    assert (proof.text, proof.marked) == ("abcde", ((1, 3), (4, 5)))


def test_stretches_of_a_proof_that_touch_are_one() -> None:
    assert read_proof("a⟦b⟧⟦c⟧d").marked == ((1, 3),)


@pytest.mark.parametrize("written", ["abc", "a⟦bc", "a⟧bc", "a⟦b⟦c⟧⟧", "a⟦b⟧⟧", "a⟦⟧b", "a⟦ \n⟧b"])
def test_brackets_that_mark_nothing_are_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"⟦|⟧"):
        read_proof(written)


def test_a_bracketed_text_is_one_line_with_its_white_space_visible() -> None:
    shown = bracketed("Satu \n\nDua\tdua\r\nTiga", [(7, 10)])
    assert shown == "Satu·↵↵⟦Dua⟧→dua␍↵Tiga"


def test_long_stretches_outside_the_brackets_are_shortened() -> None:
    shown = bracketed("a" * 500 + "b" * 500, [(500, 1000)])
    assert shown == f"{'a' * 30}…{'a' * 30}⟦{'b' * 500}⟧"


def test_an_exception_keeps_a_text_that_the_rule_would_cut(outlet_of: OutletOf) -> None:
    proofs = _PROOFS.replace("keeps = [", "keeps = ['''Bacaan berikut: kata Sari, menarik.''', ")
    form = 'starts = ["bacaan berikut:"]\nunless = ["kata sari"]'
    assert violations(outlet_of(_HEAD + _rule(form, proofs))) == []


@pytest.mark.parametrize("exceptions", [["menarik"], ["kata", "sari"]])
def test_an_exception_that_no_text_to_keep_needs_is_a_violation(
    exceptions: list[str], outlet_of: OutletOf
) -> None:
    # Of two that keep the same text, neither is needed.
    proofs = _PROOFS.replace("keeps = [", "keeps = ['''Bacaan berikut: kata Sari.''', ")
    form = f'starts = ["bacaan berikut:"]\nunless = {exceptions}'
    found = [each for each in violations(outlet_of(_HEAD + _rule(form, proofs))) if each.quote in exceptions]
    assert [(each.aspect, each.quote) for each in found] == [(Aspect.keeps, each) for each in exceptions]


def test_a_sound_rule_has_no_violations(outlet_of: OutletOf) -> None:
    assert violations(outlet_of(_HEAD + _rule('starts = ["bacaan berikut:"]'))) == []


def test_a_proof_may_take_other_rules_too_as_long_as_its_own_takes_part(outlet_of: OutletOf) -> None:
    both = """
removes = ['''
Satu.

⟦Bacaan berikut: Dua

Bacaan lanjut: Dua

⟧Tiga.''']
keeps = ['''Genap sudah.''']
"""
    rules = _rule('starts = ["bacaan berikut:"]') + _rule('starts = ["bacaan lanjut:"]', both, "dua")
    assert violations(outlet_of(_HEAD + rules)) == []


def test_a_text_to_keep_is_held_against_the_common_rules_too(outlet_of: OutletOf) -> None:
    proofs = _PROOFS.replace("Genap sudah.", "Satu.\n\nBaca Juga: Harga Beras Naik Lagi\n\nTiga.")
    (found,) = violations(outlet_of(_HEAD + _rule('starts = ["bacaan berikut:"]', proofs)))
    assert found.aspect is Aspect.keeps
    assert "common/" in found.problem


def test_violations_come_in_the_order_of_the_rules(outlet_of: OutletOf) -> None:
    rules = _rule('starts = ["bacaan berikut:"]', "", "tiga") + _rule('starts = ["lihat sini:"]', "", "dua")
    found = violations(outlet_of(_HEAD + rules))
    assert [(each.rule, each.aspect) for each in found] == [
        ("contoh/tiga", Aspect.removes),
        ("contoh/tiga", Aspect.keeps),
        ("contoh/dua", Aspect.removes),
        ("contoh/dua", Aspect.keeps),
    ]


def test_the_same_id_twice_is_a_violation(outlet_of: OutletOf) -> None:
    rule = outlet_of(_HEAD + _rule('starts = ["bacaan berikut:"]')).rules[0]
    found = violations(Outlet("contoh", "Contoh", rules=(rule, rule)))
    assert [(each.rule, each.aspect) for each in found] == [("contoh/satu", Aspect.ids)]


@pytest.mark.parametrize(
    ("own", "other", "problems"),
    [
        (Outlet("a", "A", hosts=("a.id",)), Outlet("b", "B", hosts=("b.id",)), 0),
        (Outlet("a", "A", hosts=("a.id",)), Outlet("b", "B", hosts=("a.id",)), 1),
        # The more specific host wins, so a sub-domain may be an outlet of its own.
        (Outlet("a", "A", hosts=("a.b.id",)), Outlet("b", "B", hosts=("b.id",)), 0),
        (Outlet("a", "A", signatures=("Kabar A -",)), Outlet("b", "B", signatures=("Kabar B -",)), 0),
        (Outlet("a", "A", signatures=("Kabar A –",)), Outlet("b", "B", signatures=("KABAR A -",)), 1),
        (Outlet("a", "A", signatures=("Kabar",)), Outlet("b", "B", signatures=("Kabar B",)), 1),
        # An outlet that is installed already is no rival of its own pack.
        (Outlet("a", "A", hosts=("a.id",)), Outlet("a", "A", hosts=("a.id",)), 0),
    ],
)
def test_hosts_and_signatures_belong_to_one_outlet(own: Outlet, other: Outlet, problems: int) -> None:
    found = violations(own, (other,))
    assert [each.aspect for each in found] == [Aspect.recognition] * problems


def test_the_common_pack_has_neither_hosts_nor_signatures() -> None:
    (found,) = violations(Outlet("common", "Common", hosts=("contoh.id",)))
    assert found.aspect is Aspect.recognition


@pytest.mark.parametrize(
    "form",
    [
        "pattern = '''bacaan berikut: \\p{Lu}.*'''\nfirst = ['bacaan']",
        "pattern = '''bacaan berikut: “[^”]*”'''\nfirst = ['bacaan']",
        "inline = { literal = ['bacaan'], pattern = 'bacaan Berikut: [^.]*' }",
        "block = [ { pattern = 'Bacaan .*', first = ['bacaan'], anchor = true } ]",
    ],
)
def test_letters_that_folding_takes_away_are_found_in_patterns(form: str, outlet_of: OutletOf) -> None:
    assert Aspect.letters in {each.aspect for each in violations(outlet_of(_HEAD + _rule(form)))}


@pytest.mark.parametrize(
    "form",
    [
        "cased = '''Bacaan berikut: \\p{Lu}.*'''\nfirst = ['bacaan']",
        "pattern = '''bacaan berikut: (?P<source>\\S[^.]*)'''\nfirst = ['bacaan']",
        "pattern = '''(?i)Bacaan berikut: [^.]*'''\nfirst = ['bacaan']",
    ],
)
def test_escapes_group_names_and_cased_patterns_may_have_capitals(form: str, outlet_of: OutletOf) -> None:
    assert violations(outlet_of(_HEAD + _rule(form))) == []


@pytest.mark.parametrize(
    "form",
    [
        # Both alternatives match the same letter, so a run of n of it can be read in 2**n ways.
        "pattern = 'bacaan berikut: (?:a|a)*b'\nfirst = ['bacaan']",
        "cased = 'Bacaan berikut: (?:A|A)*b'\nfirst = ['bacaan']",
        "inline = { literal = ['bacaan berikut:'], pattern = 'bacaan berikut: (?:a|a)*b' }",
        "block = [ { pattern = 'bacaan berikut: (?:a|a)*b', first = ['bacaan'], anchor = true } ]",
    ],
)
def test_a_pattern_that_can_be_held_up_is_found_where_lint_lets_it_through(
    form: str, outlet_of: OutletOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cleaner.lint.complaint", lambda pattern: None)
    outlet = outlet_of(_HEAD + _rule(form))
    assert (
        slow_text(outlet.rules[0], Cleaner(outlet), bound=0.05).casefold().startswith("bacaan berikut: aaa")
    )


def test_what_holds_up_a_rule_is_reported(outlet_of: OutletOf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleaner.proofs.slow_text", lambda rule, cleaner: "bacaan " + "a" * 300)
    (found,) = violations(outlet_of(_HEAD + _rule('starts = ["bacaan berikut:"]')))
    assert found.aspect is Aspect.time
    assert "on 307 characters" in found.problem


def test_hostile_texts_lead_into_a_pattern_and_go_on_with_what_it_takes() -> None:
    texts = list(hostile_texts(r"baca\s+juga: [^.]{3,80}", ["baca juga: "], 100))
    assert all(len(text) <= 100 for text in texts)
    assert len(set(texts)) == len(texts)
    assert any(text.startswith("baca juga:     ") for text in texts)
    assert any(text.startswith("baca juga: baca baca") for text in texts)
