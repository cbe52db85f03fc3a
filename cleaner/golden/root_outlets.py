"""The outlets that clean a root's samples: the installed ones, and those that only its packs make."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from cleaner.errors import PackError
from cleaner.golden.errors import GoldenError
from cleaner.outlet import Outlet
from cleaner.registry import COMMON, common_rules, installed_outlets


class RootOutlets(NamedTuple):
    """Outlets by id, and what to tell about the root's packs that aren't used."""

    by_id: Mapping[str, Outlet]
    notes: tuple[str, ...]


def outlets_of(root: Path) -> RootOutlets:
    """The outlets for the samples below `root`. A pack in `patterns/` never stands in for an installed one.

    Raises CleanerError where one of these packs can't be used, or isn't named as its outlet.
    """
    outlets = {outlet.id: outlet for outlet in installed_outlets()}
    installed = {COMMON: common_rules(), **{id: outlet.rules for id, outlet in outlets.items()}}
    notes = []
    for path in sorted((root / "patterns").glob("*.toml")):
        if path.stem not in installed:
            outlets[path.stem] = _own_outlet(path)
        elif not _same_rules(path, installed[path.stem]):
            notes.append(
                f"{path}: {path.stem!r} is installed with other rules; those are used, not this file's. "
                "To use these, give the outlet another id, and name the file so"
            )
    return RootOutlets(outlets, tuple(notes))


def _own_outlet(path: Path) -> Outlet:
    outlet = Outlet.from_file(path)
    if outlet.id != path.stem:
        raise GoldenError(f"{path}: is the pack of {outlet.id!r}; name the file {outlet.id}.toml")
    return outlet


def _same_rules(path: Path, rules: object) -> bool:
    try:
        return Outlet.from_file(path).rules == rules
    except PackError:
        return False
