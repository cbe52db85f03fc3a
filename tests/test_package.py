"""The package as it is installed: what importing it loads, and what it brings along."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib.metadata import entry_points, version
from importlib.resources import files
from pathlib import Path

import pytest

import cleaner
from cleaner.outlets import BUILT_IN
from cleaner.registry import COMMON, GROUP, PATTERNS, outlet_ids


def _loaded_by(code: str) -> set[str]:
    """The modules that a fresh interpreter holds after `code`."""
    ran = subprocess.run(
        [sys.executable, "-I", "-c", f"{code}\nimport sys\nprint(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(ran.stdout.split())


@pytest.mark.parametrize(
    "heavy", ["typer", "click", "rich", "trafilatura", "lxml", "selectolax", "numpy", "hypothesis"]
)
def test_importing_and_cleaning_loads_nothing_heavy(heavy: str) -> None:
    loaded = _loaded_by("import cleaner; cleaner.clean('Baca Juga: Harga Beras', url='https://viva.co.id/1')")
    assert "cleaner.api" in loaded
    assert heavy not in loaded


def test_the_packs_are_found_where_the_package_is_installed() -> None:
    assert {path.stem for path in PATTERNS.glob("*.toml")} == {COMMON, *BUILT_IN}


def test_the_built_in_outlets_register_as_a_plug_in_does() -> None:
    assert set(BUILT_IN) <= {entry.name for entry in entry_points(group=GROUP)}
    assert set(BUILT_IN) <= set(outlet_ids())


def test_a_module_of_outlets_has_no_other_attributes() -> None:
    from cleaner import outlets

    with pytest.raises(AttributeError, match="has no attribute 'tidak_ada'"):
        outlets.tidak_ada  # noqa: B018


def test_the_package_says_that_it_is_typed() -> None:
    assert files(cleaner).joinpath("py.typed").is_file()


def test_the_version_is_the_projects(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert version("cleaner") == project["version"]


def test_the_wheel_is_told_to_carry_the_packs(root: Path) -> None:
    wheel = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"][
        "targets"
    ]["wheel"]
    assert wheel["force-include"] == {"patterns": "cleaner/patterns"}


def test_the_house_has_a_room_for_every_module_and_no_other(root: Path) -> None:
    page = (root / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rooms = [row.split("|")[1] for row in page.splitlines() if row.startswith("| `")]
    named = {name for room in rooms for name in re.findall(r"`([a-z_]+\.py|[a-z_]+/)`", room)}
    package = root / "cleaner"
    modules = {path.name for path in package.glob("*.py")} - {"__init__.py"}
    folders = {f"{path.parent.name}/" for path in package.glob("*/__init__.py")}
    assert named == {*modules, *folders, "patterns/"}
