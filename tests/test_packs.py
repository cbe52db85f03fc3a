"""The packs in `patterns/`. What they promise is asked, rule by rule, by the pytest plug-in."""

from __future__ import annotations

from conftest import ROOT

from cleaner.registry import COMMON, outlet_ids


def test_every_pack_is_an_installed_outlet_or_the_common_one() -> None:
    packs = {pack.stem for pack in (ROOT / "patterns").glob("*.toml")}
    assert COMMON in packs <= {COMMON, *outlet_ids()}
