"""A suite: all that a root folder holds of samples, goldens and gaps, and the reading of each sample."""

from __future__ import annotations

from pathlib import Path

from cleaner.golden.errors import GoldenError
from cleaner.golden.gaps import Gap, load_gaps
from cleaner.golden.reading import Reading
from cleaner.golden.root_outlets import outlets_of
from cleaner.golden.sample_reader import SampleReader
from cleaner.golden.samples import Sample, find_samples, goldens_without_sample, sample_at


class Suite:
    """All samples of a root folder, with the outlets that clean them."""

    def __init__(self, root: Path) -> None:
        """Find the samples below `root`. Raises CleanerError where something there can't be read."""
        _require_seeds(root)
        self.root = root
        self.gaps = load_gaps(root)
        self.samples = find_samples(root, self.gaps)
        outlets, self.notes = outlets_of(root)
        self._reader = SampleReader(outlets)

    def read(self, sample: Sample) -> Reading:
        """Clean one sample as the command line would, and read its goldens.

        Raises GoldenError where one of its files is no UTF-8, or a page isn't in its charset.
        """
        return self._reader(sample)

    def stale_files(self) -> list[Path]:
        """The files in `golden/` that belong to no sample, sorted."""
        return goldens_without_sample(self.root, self.samples)

    def stale_gaps(self) -> list[Gap]:
        """The gaps that are about no sample."""
        names = {sample.name for sample in self.samples}
        return [gap for gap in self.gaps if gap.sample not in names]


def reading_of(root: Path, source: Path) -> Reading:
    """The reading of one sample below `root`; the files of the others are left alone.

    Raises CleanerError where the sample, what is told about it or a pack below `root` can't be read.
    """
    gaps = load_gaps(root)
    read = SampleReader(outlets_of(root).by_id)
    return read(sample_at(root, source, gaps))


def _require_seeds(root: Path) -> None:
    if not (root / "seeds").is_dir():
        raise GoldenError(
            f"{root / 'seeds'}: no such folder, so there are no samples. `clean new OUTLET --from PATH` "
            "makes one of a page or of an article of a dump; if there are some elsewhere, name the "
            "folder above their seeds/"
        )
