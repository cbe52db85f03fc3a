"""How an outlet is recognised, apart from its rules: reading a pack's rules takes far longer."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Protocol

import msgspec

from cleaner.errors import PackError


class Recognisable(Protocol):
    """What a recogniser wants to know of an outlet."""

    @property
    def id(self) -> str: ...
    @property
    def hosts(self) -> tuple[str, ...]: ...
    @property
    def signatures(self) -> tuple[str, ...]: ...


class Identity(msgspec.Struct, frozen=True):
    """An outlet's id, the domains its pages are served from, and the wording that only its texts have."""

    outlet: str
    hosts: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return self.outlet


def read_identity(path: Path) -> Identity:
    """The identity that the pack at `path` gives; its rules are neither read nor checked.

    Raises PackError where the file can't be read or its head is broken.
    """
    try:
        # In TOML no key of the file itself can stand behind its first table.
        head = path.read_text(encoding="utf-8-sig").partition("\n[")[0]
        return msgspec.convert(tomllib.loads(head), Identity)
    except (OSError, ValueError, RecursionError, msgspec.ValidationError) as error:
        raise PackError(f"{path}: its head can't be read ({error}); its texts aren't recognised") from error
