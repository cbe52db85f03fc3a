"""The files of samples and goldens, read as they are; one that can't be read is named."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TypeVar

import msgspec

from cleaner.golden.errors import GoldenError

_Schema = TypeVar("_Schema")


def text_of(path: Path) -> str:
    """The text of the file at `path`, its line ends as they are. Raises GoldenError where it is no UTF-8."""
    # Not read_text, which would turn \r\n into \n.
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise unreadable(path, error) from error


def toml_of(path: Path, schema: type[_Schema]) -> _Schema:
    """What the TOML file at `path` tells; without a file, what `schema` is by default.

    Raises GoldenError where the file is broken, or tells what `schema` doesn't know.
    """
    if not path.exists():
        return schema()
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), schema)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise unreadable(path, error) from error


def unreadable(path: Path, error: Exception) -> GoldenError:
    """The error to raise where `error` kept the file at `path` from being read."""
    return GoldenError(f"{path}: can't be read ({error}); no golden is checked until it is mended")
