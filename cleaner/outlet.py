"""An outlet: whose pages they are, how to recognise them, and what to cut from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set
from pathlib import Path
from typing import TypeAlias

import msgspec

from cleaner.claims import Claim
from cleaner.document import Document
from cleaner.pack import Pack, load_pack
from cleaner.rows import Rows
from cleaner.rules import Rule
from cleaner.templates import Template


class View(msgspec.Struct, frozen=True):
    """What a detector sees of a document beside its text."""

    rows: Rows
    claimed: Set[int]
    """The rows that the passes before have claimed whole."""


Detector: TypeAlias = Callable[[Document, View], Iterable[Claim]]
"""Code for what a pack can't say. It must give the same claims for the same document, always."""


class Outlet(msgspec.Struct, frozen=True):
    """One outlet. Usually all of it stands in one TOML file: `Outlet.from_file(path)`."""

    id: str
    name: str
    hosts: tuple[str, ...] = ()
    """Domains its pages are served from; their sub-domains count too."""
    signatures: tuple[str, ...] = ()
    """Literals at the head or tail of its texts that no other outlet's texts have there."""
    rules: tuple[Rule, ...] = ()
    detectors: tuple[Detector, ...] = ()
    templates: tuple[Template, ...] = ()
    """Where its pages hold what, by generation, newest first; none for outlets known by their text only."""

    @classmethod
    def from_file(cls, path: str | Path, detectors: Iterable[Detector] = ()) -> Outlet:
        """Read an outlet from its pack, a TOML file. Raises PackError, naming file and rule, if broken."""
        return cls.from_pack(load_pack(Path(path)), detectors)

    @classmethod
    def from_pack(cls, pack: Pack, detectors: Iterable[Detector] = ()) -> Outlet:
        """The outlet that a pack describes."""
        return cls(
            pack.outlet,
            pack.name,
            pack.hosts,
            pack.signatures,
            pack.rules,
            tuple(detectors),
            pack.templates,
        )
