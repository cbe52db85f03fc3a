"""Packages that only some formats need: loaded with the first file of such a format, or asked for."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import Any

from cleaner.errors import CleanerError
from cleaner.extras import installing

_PACKAGES = {
    "pyarrow": ("Parquet", "pyarrow"),
    "pyarrow.parquet": ("Parquet", "pyarrow"),
    "fastwarc": ("WARC and WET", "fastwarc"),
    "fastwarc.warc": ("WARC and WET", "fastwarc"),
    "fastwarc.stream_io": ("WARC and WET", "fastwarc"),
    "zstd": (".zst", "backports.zstd"),
}


def needed(module: str) -> Any:
    """The `module` that a format needs. Raises CleanerError, with what installs it, where it isn't there."""
    try:
        return _zstd() if module == "zstd" else import_module(module)
    except ImportError as error:
        format, package = _PACKAGES[module]
        raise CleanerError(
            f"{format} files need {package}, which isn't installed; "
            f"install it with: {installing(package)} (nothing was written)"
        ) from error


def _zstd() -> ModuleType:
    try:
        return import_module("compression.zstd")
    except ImportError:
        return import_module("backports.zstd")
