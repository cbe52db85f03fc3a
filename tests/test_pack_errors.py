"""Broken packs: every file in `data/packs/` says what `clean check` must find in it, and nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import DATA, Ran

from cleaner import Outlet, OutletError, registry
from cleaner.cli import check
from cleaner.registry import outlet_named

BROKEN = sorted((DATA / "packs").glob("*.toml"))
_EXPECTS = re.compile(r"^# expects ?(:.*)", re.M)

Run = Callable[..., Ran]


def _expected(pack: Path) -> list[str]:
    return [f"{pack}{place}" for place in _EXPECTS.findall(pack.read_text(encoding="utf-8"))]


def _reported(ran: Ran) -> list[str]:
    return [line for line in ran.out.splitlines() if ".toml:" in line]


@pytest.mark.parametrize("pack", BROKEN, ids=[pack.stem for pack in BROKEN])
def test_a_broken_pack_is_reported_with_file_line_rule_and_reason(pack: Path, run_clean: Run) -> None:
    ran = run_clean("check", pack)
    assert ran.code == 1
    reported, expected = _reported(ran), _expected(pack)
    assert len(reported) == len(expected), ran.out
    for line, beginning in zip(reported, expected, strict=True):
        assert line.startswith(beginning)


@pytest.mark.parametrize("pack", BROKEN, ids=[pack.stem for pack in BROKEN])
def test_each_report_says_what_follows_and_what_to_do(pack: Path, run_clean: Run) -> None:
    violations = json.loads(run_clean("check", "--json", pack).out)["violations"]
    assert violations
    for violation in violations:
        assert violation["consequence"]
        assert violation["remedy"]


def test_a_sound_pack_is_passed_with_its_counts(run_clean: Run, write_pack: Callable[..., Path]) -> None:
    ran = run_clean("check", write_pack(_SOUND))
    assert (ran.code, ran.out) == (0, "1 pack, 1 rule proved: all promises kept\n")


def test_a_pack_that_would_stand_in_for_an_installed_outlet_is_told(
    run_clean: Run, write_pack: Callable[..., Path]
) -> None:
    ran = run_clean("check", write_pack(_SOUND.replace('outlet = "contoh"', 'outlet = "viva"')))
    assert ran.code == 0
    assert (
        "is a pack of 'viva', which is installed with other rules; in a run with --pack it stands" in ran.err
    )
    assert run_clean("check", registry.PATTERNS / "viva.toml").err == ""


def test_the_violations_of_several_packs_are_all_listed_and_counted(run_clean: Run) -> None:
    packs = [DATA / "packs" / "nothing-cut.toml", DATA / "packs" / "no-proof-at-all.toml"]
    ran = run_clean("check", *packs)
    assert len(_reported(ran)) == 3
    assert ran.out.endswith("2 packs, 2 rules tried: 3 violations\n")


def test_white_space_that_differs_is_made_visible(run_clean: Run) -> None:
    out = run_clean("check", DATA / "packs" / "white-space-otherwise.toml").out
    assert "expected Satu.↵↵⟦Bacaan berikut: Dua⟧↵↵Tiga." in out
    assert "got Satu.↵↵⟦Bacaan berikut: Dua↵↵⟧Tiga." in out


def test_a_control_character_of_a_pack_never_reaches_the_terminal(run_clean: Run) -> None:
    for name in ("control-character", "direction-turned", "backspace"):
        for options in ((), ("--json",)):
            out = run_clean("check", *options, DATA / "packs" / f"{name}.toml").out
            assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202e]", out)


def test_what_looks_like_markup_is_shown_as_it_stands(
    run_clean: Run, write_pack: Callable[..., Path]
) -> None:
    pack = write_pack(_SOUND.replace("⟦Bacaan berikut: Dua", "⟦[bold]Dua[/bold]"))
    assert "⟦[bold]Dua[/bold]" in run_clean("check", pack).out


def test_the_json_answer_holds_place_rule_and_both_readings(run_clean: Run) -> None:
    pack = DATA / "packs" / "white-space-otherwise.toml"
    answer = json.loads(run_clean("check", "--json", pack).out)
    assert (answer["packs"], answer["rules"]) == (1, 1)
    (violation,) = answer["violations"]
    assert violation["pack"] == str(pack)
    assert (violation["line"], violation["rule"], violation["aspect"]) == (12, "contoh/satu", "removes")
    assert violation["expected"] != violation["got"]


def test_a_pack_that_is_not_utf8_is_a_violation_not_a_crash(run_clean: Run, tmp_path: Path) -> None:
    pack = tmp_path / "contoh.toml"
    pack.write_bytes(b'format = 1\noutlet = "conto\xff"\n')
    ran = run_clean("check", pack)
    assert ran.code == 1
    assert "can't be read" in ran.out


@pytest.mark.parametrize("name", ["tidak-ada.toml", "tidak-ada", "folder/tidak-ada"])
def test_a_pack_that_is_not_there_is_a_usage_error(name: str, run_clean: Run) -> None:
    ran = run_clean("check", name)
    assert (ran.code, ran.out) == (2, "")
    assert name in ran.err
    assert "nothing was checked" in ran.err


def test_a_plug_in_that_cannot_be_loaded_is_a_violation_and_the_others_are_checked(
    run_clean: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def named(outlet: str) -> Outlet:
        if outlet == "rusak":
            raise OutletError("outlet 'rusak' can't be loaded (ImportError: tidak ada)")
        return outlet_named(outlet)

    monkeypatch.setattr(check, "outlet_ids", lambda: ("andalpost", "rusak"))
    monkeypatch.setattr(check, "outlet_named", named)
    ran = run_clean("check", "--json")
    answer = json.loads(ran.out)
    assert ran.code == 1
    assert answer["packs"] == 3
    assert [each["problem"] for each in answer["violations"] if each["pack"] == "rusak"] == [
        "outlet 'rusak' can't be loaded (ImportError: tidak ada)"
    ]


@pytest.fixture
def broken_common(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Makes the common pack of this process a broken one."""
    pack = tmp_path / "common.toml"
    pack.write_text('format = 1\noutlet = "common"\n[[rule]]\nid = "satu"\n', encoding="utf-8")
    monkeypatch.setattr(check, "PATTERNS", tmp_path)
    monkeypatch.setattr(registry, "PATTERNS", tmp_path)
    registry.common_rules.cache_clear()
    yield pack
    registry.common_rules.cache_clear()


def test_a_broken_common_pack_is_reported_whatever_was_asked_for(
    broken_common: Path, run_clean: Run, write_pack: Callable[..., Path]
) -> None:
    ran = run_clean("check", write_pack(_SOUND))
    assert ran.code == 1
    assert "common.toml:3: rule common/satu [loading]" in ran.out
    assert "no proof can be tried" in ran.err
    assert ran.out.endswith("2 packs, 0 rules tried: 1 violation\n")


def test_an_installed_outlet_can_be_named_by_its_id(run_clean: Run) -> None:
    ran = run_clean("check", "andalpost", "--json")
    assert json.loads(ran.out)["packs"] == 1


_SOUND = """
format = 1
outlet = "contoh"

[[rule]]
id = "satu"
kind = "related"
why = "Satu."
starts = ["bacaan berikut:"]
removes = ['''
Satu.

⟦Bacaan berikut: Dua

⟧Tiga.''']
keeps = ['''Genap sudah.''']
"""
