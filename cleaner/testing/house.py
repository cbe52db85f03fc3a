"""A folder with packs, samples and goldens, as the tests of one session see it."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import pytest

from cleaner.errors import CleanerError, PackError
from cleaner.golden.samples import Sample
from cleaner.golden.suite import Suite
from cleaner.outlet import Outlet
from cleaner.registry import installed_outlets

_houses = pytest.StashKey[dict[Path, "House"]]()


class CleanWarning(pytest.PytestWarning):
    """Something about a project's packs that isn't wrong, but not as it looks."""


class House:
    """What stands below one root folder; read when it is asked for, and once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._told = False

    @cached_property
    def suite(self) -> Suite:
        """Its samples. Raises CleanerError where they, or the packs that clean them, can't be read."""
        return Suite(self.root)

    @cached_property
    def sample_at(self) -> dict[Path, Sample]:
        """Its samples by the file that holds the text or page. Raises what `suite` does."""
        return {sample.source: sample for sample in self.suite.samples}

    @cached_property
    def outlets(self) -> tuple[Outlet, ...]:
        """All outlets that its packs live beside, themselves too; a pack stands in for an installed one."""
        found = {outlet.id: outlet for outlet in installed_outlets()}
        for path in sorted((self.root / "patterns").glob("*.toml")):
            try:
                outlet = Outlet.from_file(path)
            except PackError:
                # The pack's own test tells why.
                continue
            found[outlet.id] = outlet
        return tuple(found.values())

    def pack_of(self, outlet: str) -> Path | None:
        """The file of an outlet's pack, where it is here."""
        path = self.root / "patterns" / f"{outlet}.toml"
        return path if path.is_file() else None

    def error(self) -> CleanerError | None:
        """What keeps the samples from being read; None where nothing does."""
        try:
            _ = self.suite
        except CleanerError as error:
            return error
        return None

    def tell_notes(self, node: pytest.Collector) -> None:
        """Give what is notable about the packs as warnings of `node`, once a session."""
        if not self._told:
            self._told = True
            for note in self.suite.notes:
                node.warn(CleanWarning(note))


def house_at(root: Path, config: pytest.Config) -> House:
    """The house below `root`, the same for all of a session."""
    houses = config.stash.setdefault(_houses, {})
    return houses.setdefault(root, House(root))
