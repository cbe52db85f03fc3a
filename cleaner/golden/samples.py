"""Samples: the texts and pages below a root folder, and where their goldens lie.

`seeds/<outlet>/<id>.txt` is a sample, its bytes as they were scraped, and so is the page `<id>.html`; beside
it `<id>.toml` may tell its `url`, `title`, `origin` and pinned `[fields]`. `golden/<outlet>/<id>.txt` is its
clean text and `<id>.sheet` is its sheet: of a page those of the text that was read off it.
`golden/gaps.toml` lists what is known to be missed.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from cleaner.golden.errors import GoldenError
from cleaner.golden.facts import Facts, facts_beside
from cleaner.golden.gaps import Gap

_ENDINGS = (".txt", ".html")


class Sample(msgspec.Struct, frozen=True):
    """One text or page in `seeds/`, by the folder it lies in and its name without the ending."""

    outlet: str
    """The outlet it must be recognised as; `common` for a page of no outlet."""
    id: str
    source: Path
    golden: Path
    sheet: Path
    facts: Facts = Facts()
    gaps: tuple[Gap, ...] = ()

    @property
    def name(self) -> str:
        """Folder and id, such as `viva/000`: what commands call it."""
        return f"{self.outlet}/{self.id}"


def find_samples(root: Path, gaps: Iterable[Gap]) -> tuple[Sample, ...]:
    """The samples below `root`, sorted by outlet and id, each with those of `gaps` that are about it.

    Raises GoldenError where two would have the same goldens, or what is told about one can't be read.
    """
    sources = sorted(path for ending in _ENDINGS for path in (root / "seeds").glob(f"*/*{ending}"))
    _refuse_twins(sources)
    return tuple(sample_at(root, source, gaps) for source in sources)


def sample_at(root: Path, source: Path, gaps: Iterable[Gap]) -> Sample:
    """The sample in the file `source`, which lies in `seeds/<outlet>/` below `root`.

    Raises GoldenError where what is told about it can't be read.
    """
    outlet, id = source.parent.name, source.stem
    folder = root / "golden" / outlet
    return Sample(
        outlet,
        id,
        source,
        folder / f"{id}.txt",
        folder / f"{id}.sheet",
        facts_beside(source),
        tuple(gap for gap in gaps if (gap.outlet, gap.id) == (outlet, id)),
    )


def goldens_without_sample(root: Path, samples: Iterable[Sample]) -> list[Path]:
    """The files in `golden/` below `root` that belong to none of `samples`, sorted."""
    own = {path for sample in samples for path in (sample.golden, sample.sheet)}
    found = (root / "golden").glob("*/*")
    return sorted(path for path in found if path.suffix in (".txt", ".sheet") and path not in own)


def _refuse_twins(sources: Iterable[Path]) -> None:
    """Raise GoldenError where a text and a page have one name."""
    taken: dict[Path, Path] = {}
    for path in sources:
        other = taken.setdefault(path.with_suffix(""), path)
        if other != path:
            raise GoldenError(
                f"{path}: {other.name} beside it would have the same goldens; give one of them another name"
            )
