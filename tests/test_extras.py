"""What is said of a package that isn't installed: a command that is right wherever this one came from."""

from __future__ import annotations

from importlib import metadata

import pytest

from cleaner.extras import installing

TOLD = [
    "msgspec>=0.19",
    "backports-zstd>=1.0; (python_version < '3.14') and extra == 'zstd'",
    "fsspec>=2024.6; extra == 'ray'",
    "ray>=2.40,<3; extra == 'ray'",
    "s3fs; extra == 's3'",
    "cleaner[ray]; extra == 'all'",
]


@pytest.mark.parametrize(
    ("packages", "command"),
    [
        (("ray", "fsspec"), "pip install 'ray>=2.40,<3' 'fsspec>=2024.6'"),
        (("backports.zstd",), "pip install 'backports.zstd>=1.0'"),
        (("s3fs",), "pip install s3fs"),
        (("gcsfs",), "pip install gcsfs"),
    ],
)
def test_the_packages_themselves_are_named_in_releases_that_fit(
    monkeypatch: pytest.MonkeyPatch, packages: tuple[str, ...], command: str
) -> None:
    monkeypatch.setattr(metadata, "requires", lambda name: TOLD)
    assert installing(*packages) == command


def test_without_this_packages_metadata_the_names_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> list[str]:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "requires", missing)
    assert installing("pyarrow") == "pip install pyarrow"
