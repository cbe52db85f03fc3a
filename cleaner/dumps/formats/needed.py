"""Packages that only some formats need: loaded with the first file of such a format, or asked for."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import Any

from cleaner.errors import CleanerError

_EXTRAS = {
    "pyarrow": ("Parquet", "parquet"),
    "pyarrow.parquet": ("Parquet", "parquet"),
    "fastwarc": ("WARC and WET", "warc"),
    "fastwarc.warc": ("WARC and WET", "warc"),
    "fastwarc.stream_io": ("WARC and WET", "warc"),
    "zstd": (".zst", "zstd"),
}


def needed(module: str) -> Any:
    """The `module` that a format needs. Raises CleanerError, with what installs it, where it isn't there."""
    try:
        return _zstd() if module == "zstd" else import_module(module)
    except ImportError as error:
        format, extra = _EXTRAS[module]
        raise CleanerError(
            f"{format} files need a package that isn't installed; "
            f"install it with: pip install 'cleaner[{extra}]' (nothing was written)"
        ) from error


def _zstd() -> ModuleType:
    try:
        return import_module("compression.zstd")
    except ImportError:
        return import_module("backports.zstd")
