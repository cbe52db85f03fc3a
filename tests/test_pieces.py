"""Named pieces of patterns: what `(?&name)` stands for, and which references are refused."""

from __future__ import annotations

import pytest
import regex

from cleaner.errors import PackError
from cleaner.pack import parse_pack
from cleaner.pieces import SHARED, defined, spelled_out

_RULE = """
[[rule]]
id = "satu"
kind = "chrome"
why = "Satu."
first = ["zurna"]
pattern = 'zurna (?&number)'
"""


def pack(define: str, rule: str = _RULE) -> str:
    return f'format = 1\noutlet = "contoh"\n\n[define]\n{define}\n{rule}'


def test_a_reference_is_a_group_with_the_piece() -> None:
    assert parse_pack(pack("number = 'satu|dua'"), "contoh.toml").rules[0].pattern == "zurna (?:satu|dua)"


def test_a_piece_may_refer_to_those_above_it() -> None:
    assert defined({"one": "satu", "both": "(?&one) dua"})["both"] == "(?:satu) dua"
    with pytest.raises(
        PackError, match=r"define\.both refers to \(\?&one\); the pieces above it are name, person, weekday"
    ):
        defined({"both": "(?&one) dua", "one": "satu"})


def test_every_pack_can_refer_to_the_shared_pieces_and_say_something_else_by_their_names() -> None:
    on_monday = _RULE.replace("number", "weekday")
    assert "senin" in parse_pack(pack("", on_monday), "contoh.toml").rules[0].pattern
    assert (
        parse_pack(pack("weekday = 'senen'", on_monday), "contoh.toml").rules[0].pattern == "zurna (?:senen)"
    )


@pytest.mark.parametrize("name", ["Sari", "Sari Wulan", "M. Sari-Wulan O’Neil"])
def test_a_person_has_up_to_five_words_with_capitals(name: str) -> None:
    assert regex.fullmatch(SHARED["person"], name)
    assert not regex.fullmatch(SHARED["person"], f"{name} wulan")
    assert not regex.fullmatch(SHARED["person"], " ".join([name] * 6))


def test_pieces_stand_in_every_pattern_of_a_rule_and_in_nothing_else() -> None:
    named = dict.fromkeys(("pattern", "cased", "why"), "(?&one)")
    entry = {**named, "unless": ["(?&one)"], "inline": {"before": "(?&one)"}, "block": [{"cased": "(?&one)"}]}
    assert spelled_out(entry, {"one": "satu"}) == {
        "pattern": "(?:satu)",
        "cased": "(?:satu)",
        "why": "(?&one)",
        "unless": ["(?:satu)"],
        "inline": {"before": "(?:satu)"},
        "block": [{"cased": "(?:satu)"}],
    }


@pytest.mark.parametrize(
    ("define", "reason"),
    [
        ("nomor = 'satu'", r"rule contoh/satu: refers to \(\?&number\); the pieces above it are .*, nomor"),
        ("Number = 'satu'", r"define\.Number: a name has small letters"),
        ("number = '(satu'", "can't be compiled"),
        ("number = 1", "write a text"),
        (
            "a = '0123456789'\n"
            + "\n".join(f"{a} = '{f'(?&{b})' * 10}'" for a, b in ("ba", "cb", "dc", "ed")),
            r"define\.\w has [\d,]+ characters with its pieces spelled out",
        ),
    ],
)
def test_what_can_not_be_spelled_out_is_refused_with_the_place(define: str, reason: str) -> None:
    with pytest.raises(PackError, match=reason):
        parse_pack(pack(define), "contoh.toml")
