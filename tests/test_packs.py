"""The packs in `patterns/`. What they promise is asked, rule by rule, by the pytest plug-in."""

from __future__ import annotations

from pathlib import Path

from conftest import ROOT

from cleaner import Outlet
from cleaner.registry import COMMON, outlet_ids


def test_every_pack_is_an_installed_outlet_or_the_common_one() -> None:
    packs = {pack.stem for pack in (ROOT / "patterns").glob("*.toml")}
    assert COMMON in packs <= {COMMON, *outlet_ids()}


def test_a_byte_order_mark_is_no_part_of_a_pack(tmp_path: Path) -> None:
    path = tmp_path / "viva.toml"
    path.write_bytes(b"\xef\xbb\xbf" + (ROOT / "patterns/viva.toml").read_bytes())
    assert Outlet.from_file(path).id == "viva"
