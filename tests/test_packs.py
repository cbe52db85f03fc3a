"""The packs in `patterns/`: one test for each rule and each thing that is asked of it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from conftest import ROOT

from cleaner import Outlet
from cleaner.proofs import PACK_ASPECTS, RULE_ASPECTS, Aspect, Violation, violations
from cleaner.registry import COMMON, outlet_ids

PACKS = sorted((ROOT / "patterns").glob("*.toml"))


@cache
def _outlet(name: str) -> Outlet:
    return Outlet.from_file(ROOT / "patterns" / f"{name}.toml")


@cache
def _violations(name: str) -> tuple[Violation, ...]:
    return tuple(violations(_outlet(name), tuple(_outlet(pack.stem) for pack in PACKS)))


def _told(name: str, rule: str, aspect: Aspect) -> str:
    """What is broken, as a text; empty where nothing is."""
    found = [each for each in _violations(name) if (each.rule, each.aspect) == (rule, aspect)]
    return "\n".join(f"{each.problem}\nexpected {each.expected}\n     got {each.got}" for each in found)


RULES = [(pack.stem, rule.id) for pack in PACKS for rule in _outlet(pack.stem).rules]


@pytest.mark.parametrize("aspect", RULE_ASPECTS)
@pytest.mark.parametrize(("outlet", "rule"), RULES, ids=[rule for _, rule in RULES])
def test_a_rule_keeps_its_promises(outlet: str, rule: str, aspect: Aspect) -> None:
    assert _told(outlet, rule, aspect) == ""


@pytest.mark.parametrize("aspect", PACK_ASPECTS)
@pytest.mark.parametrize("outlet", [pack.stem for pack in PACKS])
def test_a_pack_keeps_its_promises(outlet: str, aspect: Aspect) -> None:
    assert [found.problem for found in _violations(outlet) if found.aspect is aspect] == []


@pytest.mark.parametrize("pack", PACKS, ids=[pack.stem for pack in PACKS])
def test_a_pack_is_named_after_its_outlet(pack: Path) -> None:
    assert _outlet(pack.stem).id == pack.stem


def test_every_pack_is_an_installed_outlet_or_the_common_one() -> None:
    assert {pack.stem for pack in PACKS} <= {COMMON, *outlet_ids()}
