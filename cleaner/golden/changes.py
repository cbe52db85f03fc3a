"""Changes: where goldens aren't what the cleaner gives today, and what accepting each would write."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

import msgspec

from cleaner.golden.reading import Reading
from cleaner.golden.suite import Suite


class Sort(StrEnum):
    """What sort of change it is."""

    new = "new"
    """The sample has no golden text yet, or one as it begins: all of its text, and no sheet."""
    text = "text"
    """The clean text is another one."""
    attribution = "attribution"
    """The clean text is the same; the sheet is another one, or not there yet."""
    stale = "stale"
    """Golden files that belong to no sample."""


class Change(msgspec.Struct, frozen=True):
    """One sample whose goldens aren't what the cleaner gives today, or one name that is no sample."""

    sort: Sort
    name: str
    files: Mapping[Path, str | None]
    """What accepting it does: the text of each file, None for one that is deleted."""


def changes(suite: Suite) -> list[Change]:
    """All changes of a suite: those of its samples in order, then what is stale."""
    found = [change for change in map(_change, map(suite.read, suite.samples)) if change]
    return found + changes_of_no_sample(suite)


def changes_of_no_sample(suite: Suite) -> list[Change]:
    """The golden files that belong to no sample, by the name that they would have been of, to be deleted."""
    stale: dict[str, dict[Path, str | None]] = {}
    for path in suite.stale_files():
        stale.setdefault(f"{path.parent.name}/{path.stem}", {})[path] = None
    return [Change(Sort.stale, name, files) for name, files in stale.items()]


def _change(reading: Reading) -> Change | None:
    files: dict[Path, str | None] = {}
    if reading.text != reading.golden_text:
        files[reading.sample.golden] = reading.text
    if reading.sheet != reading.golden_sheet:
        files[reading.sample.sheet] = reading.sheet
    return Change(_sort(reading), reading.sample.name, files) if files else None


def _sort(reading: Reading) -> Sort:
    if reading.golden_text is None or reading.begun:
        return Sort.new
    return Sort.attribution if reading.text == reading.golden_text else Sort.text
