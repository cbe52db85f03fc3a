"""Goldens as tests: each belongs to a sample, and each known miss is one of a sample's."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from cleaner.testing.check import Check, CleanFile, Failure, Line, Subject, failing


class GoldenFile(CleanFile):
    """`golden/<outlet>/<id>.txt` or `.sheet`: a check, `sample`, only where it belongs to no sample."""

    def collect(self) -> Iterator[Check]:
        """The check that fails, or none."""
        if self.house.error() is not None:
            # The samples tell why.
            return
        if self.path not in self.house.suite.stale_files():
            return
        name = f"{self.path.parent.name}/{self.path.stem}"
        command = f"pytest {shlex.quote(self.from_here(self.path))} --clean-accept {shlex.quote(name)}"
        yield self.check(
            "sample",
            failing(
                f"{self.from_here(self.path)}: belongs to no sample in seeds/",
                (Line("Put the sample back; or delete what is left of it:"), Line(f"  {command}")),
            ),
            f"{name} [sample]",
            subject=Subject(self.house, name),
        )


class GapsFile(CleanFile):
    """`golden/gaps.toml`: `samples`, whether each known miss is one of a sample."""

    def collect(self) -> Iterator[Check]:
        """The one check."""
        yield self.check("samples", self._stale, "known misses [samples]")

    def _stale(self) -> Failure | None:
        gaps = self.house.suite.stale_gaps()
        if not gaps:
            return None
        return Failure(
            f"{self.from_here(self.path)}: names samples that are not in seeds/; "
            "put them back, or take their entries out",
            tuple(Line(f"  {gap.sample}: {gap.text[:60]!r}") for gap in gaps),
        )
