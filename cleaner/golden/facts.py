"""Facts: what is told about a sample, and neither its text nor its folder says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from cleaner.golden.files import toml_of


class Facts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `<id>.toml` tells about a sample; all of it is optional."""

    url: str | None = None
    title: str | None = None
    origin: str = ""
    """Where the wording comes from. For people."""
    fields: Mapping[str, Any] = {}
    """Values that the result's fields must have; fields it doesn't name are free."""


def facts_beside(source: Path) -> Facts:
    """What is told about the sample at `source`. Raises GoldenError where it can't be read."""
    return toml_of(source.with_name(f"{source.stem}.toml"), Facts)
