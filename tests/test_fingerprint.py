"""What the bytes of a run hang on: rules with their detectors, and the releases of what reads."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from importlib import metadata

import pytest

from cleaner import Claim, CleanerError, Document, Outlet, Policy, View
from cleaner.dumps.cluster import Job, PartMaker
from cleaner.dumps.fingerprint import releases, rules_of
from cleaner.dumps.records import FieldNames
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
    found = releases()
    assert found["cleaner"] == found["trafilatura"] == found["backports.zstd"] == "1.0"
    assert not {"pyarrow", "fastwarc"} & set(found)


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
    told = {name: release for name, release in (releases() | runs_own).items() if release is not None}
    job = Job("run", "out", ".jsonl", Settings(FieldNames(), Policy()), told, rules_of((), None))
    with pytest.raises(CleanerError, match=said):
        PartMaker(job)
