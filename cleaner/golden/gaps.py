"""Gaps: known misses, where the cleaner is known not to do what a reader wants, each with its reason."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from cleaner.golden.errors import GapError, GoldenError
from cleaner.golden.files import toml_of


class Gap(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One known miss, in exactly one of two ways."""

    outlet: str
    id: str
    why: str
    stays: str = ""
    """Text of the sample that should go, but stays."""
    goes: str = ""
    """Text of the sample that should stay, but goes."""

    @property
    def sample(self) -> str:
        """The name of the sample it is about."""
        return f"{self.outlet}/{self.id}"

    @property
    def text(self) -> str:
        """The text it is about."""
        return (self.stays or self.goes).strip()

    def places(self, source: str) -> list[tuple[int, int]]:
        """Where its text stands in that of its sample: each place's start and end, in code points."""
        # TOML has one line end, samples have their own.
        pattern = re.escape(self.text).replace("\\\n", "\r?\n")
        return [match.span() for match in re.finditer(pattern, source)]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    gaps: tuple[Gap, ...] = msgspec.field(default=(), name="gap")


def load_gaps(root: Path) -> tuple[Gap, ...]:
    """The gaps in `golden/gaps.toml` below `root`; none without that file.

    Raises GapError where it is broken.
    """
    path = root / "golden" / "gaps.toml"
    try:
        gaps = toml_of(path, _File).gaps
    except GoldenError as error:
        raise GapError(str(error)) from error
    for number, gap in enumerate(gaps, 1):
        _require_whole(gap, f"{path}: gap number {number} ({gap.sample})")
    return gaps


def _require_whole(gap: Gap, place: str) -> None:
    """Raise GapError where `gap`, which stands at `place`, says too little or too much."""
    if bool(gap.stays.strip()) == bool(gap.goes.strip()):
        raise GapError(
            f"{place} must have either `stays`, text that should go, or `goes`, text that should stay; "
            "no golden is checked until it is mended"
        )
    if not gap.why.strip():
        raise GapError(f"{place} has no why; say what makes it hard")
