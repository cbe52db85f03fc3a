"""Which file is which: packs, samples, goldens."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.testing.check import CleanFile
from cleaner.testing.golden_files import GapsFile, GoldenFile
from cleaner.testing.house import house_at
from cleaner.testing.pack_file import PackFile
from cleaner.testing.sample_file import SampleFile


def collector(path: Path, parent: pytest.Collector, root: Path) -> CleanFile:
    """The collector of a file that lies in `patterns/`, `seeds/<outlet>/` or `golden/` below `root`.

    Of a file that is none of a pack, a sample and a golden, it collects nothing.
    """
    place = path.relative_to(root).parts
    kinds: dict[str, type[CleanFile]] = {
        "patterns": PackFile,
        "seeds": SampleFile,
        "golden": GapsFile if len(place) == 2 else GoldenFile,
    }
    return kinds[place[0]].at(path, parent, house_at(root, parent.config))
