"""What the bytes of a run hang on: rules with their detectors, and the releases of what reads."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from importlib import metadata
from pathlib import Path

import pytest

from cleaner import Claim, CleanerError, Document, Outlet, Policy, View
from cleaner.dumps.cluster import Job, PartMaker
from cleaner.dumps.fingerprint import formats_of, releases, rules_of
from cleaner.dumps.formats.target import Target
from cleaner.dumps.records import FieldNames
from cleaner.dumps.sources import find_sources
from cleaner.dumps.work import Settings
from cleaner.outlet import Detector


def finds_one(document: Document, view: View) -> Iterable[Claim]:
    return ()


def finds_two(document: Document, view: View) -> Iterable[Claim]:
    return ()


class Finds:
    """A detector that is a value."""

    def __call__(self, document: Document, view: View) -> Iterable[Claim]:
        return ()


class FindsMore(Finds):
    """Another one."""


def pack_of(*detectors: Detector) -> str:
    return rules_of([Outlet("contoh", "Contoh", detectors=detectors)], None).packs["contoh"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (finds_one, finds_two),
        (partial(finds_one), partial(finds_two)),
        (Finds(), FindsMore()),
        (finds_one, Finds()),
    ],
)
def test_two_detectors_are_told_apart(one: Detector, other: Detector) -> None:
    assert pack_of(one) != pack_of(other)


def test_functions_of_one_name_in_two_modules_are_told_apart() -> None:
    def elsewhere(document: Document, view: View) -> Iterable[Claim]:
        return ()

    elsewhere.__qualname__, elsewhere.__module__ = finds_one.__qualname__, "another_plugin"
    assert pack_of(elsewhere) != pack_of(finds_one)


@pytest.mark.parametrize("detector", [finds_one, Finds, partial(finds_one)])
def test_the_same_detector_is_the_same(detector: Detector) -> None:
    assert pack_of(detector) == pack_of(detector)
    assert pack_of(Finds()) == pack_of(Finds())


def test_what_reads_formats_is_named_where_it_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    def version(name: str) -> str:
        if name in ("pyarrow", "fastwarc"):
            raise metadata.PackageNotFoundError(name)
        return "1.0"

    monkeypatch.setattr(metadata, "version", version)
    found = releases({"jsonl", ".zst", "parquet", "warc"})
    assert found["cleaner"] == found["trafilatura"] == found["backports.zstd"] == "1.0"
    assert not {"pyarrow", "fastwarc"} & set(found)


@pytest.mark.parametrize(
    ("formats", "named"),
    [
        ((), set()),
        (("jsonl", "csv", ".gz", "txt"), set()),
        (("parquet",), {"pyarrow"}),
        (("warc", ".zst"), {"fastwarc", "backports.zstd"}),
    ],
)
def test_what_reads_formats_is_named_only_where_the_run_has_them(
    formats: tuple[str, ...], named: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(metadata, "version", lambda name: "1.0")
    assert set(releases(formats)) - set(releases(())) == named


@pytest.mark.parametrize(
    ("name", "target", "formats"),
    [
        ("a.jsonl", Target(), {"jsonl", ""}),
        ("a.parquet", Target("csv", ".zst"), {"parquet", "csv", "", ".zst"}),
        ("a.txt.zst", Target("parquet"), {".zst", "parquet", ""}),
        ("A.HTML.GZ", Target(), {".gz", "jsonl", ""}),
        ("a.wet.gz", Target(), {"warc", ".gz", "jsonl", ""}),
    ],
)
def test_the_formats_of_a_run_are_those_that_it_reads_and_the_one_that_it_writes(
    tmp_path: Path, name: str, target: Target, formats: set[str]
) -> None:
    (tmp_path / name).write_bytes(b"")
    assert formats_of(find_sources([str(tmp_path / name)]).sources, target) == formats


@pytest.mark.parametrize(
    ("runs_own", "said"),
    [
        ({"cleaner": "0.0"}, "cleaner 9.0 instead of cleaner 0.0"),
        ({"fastwarc": None}, "fastwarc 9.0 instead of no fastwarc"),
        ({"elsewhere": "2.0"}, "no elsewhere instead of elsewhere 2.0"),
    ],
)
def test_a_machine_with_other_releases_makes_no_part_of_a_run(
    runs_own: dict[str, str | None], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(metadata, "version", lambda name: "9.0")
    told = {name: release for name, release in (releases({"warc"}) | runs_own).items() if release is not None}
    job = Job(
        "run",
        "out",
        ".jsonl",
        Settings(FieldNames(), Policy()),
        told,
        rules_of((), None),
        formats=frozenset({"warc"}),
    )
    with pytest.raises(CleanerError, match=said):
        PartMaker(job)
