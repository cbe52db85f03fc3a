"""The page: template, style and script with the data of a run between them, written in one go."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Mapping
from html import escape
from importlib.resources import files
from typing import BinaryIO, Protocol, TypeAlias

import msgspec

from cleaner.dumps.reasons import general
from cleaner.kinds import Kind
from cleaner.report.blocks import ListBlocks, block
from cleaner.report.content_policy import content_policy
from cleaner.report.entries import Entry, State
from cleaner.report.figures import SHARES, Figures, Names, RuleFigures
from cleaner.report.pieces import Marked
from cleaner.visible import visible

_ASSETS = files("cleaner.report") / "assets"
_SCRIPTS = (
    "elements.js",
    "blocks.js",
    "place.js",
    "selection.js",
    "search.js",
    "overview.js",
    "listbox.js",
    "article.js",
    "main.js",
)
_SLOT = re.compile(r"\{\{(\w+)\}\}")
_LONGEST_HEADING = 160
_LONGEST_ID = 300
_LONGEST_TOLD = 2000

Part: TypeAlias = bytes | BinaryIO


class Target(Protocol):
    """What a page is written to."""

    def write(self, data: bytes, /) -> object:
        """Take the next bytes."""


class Listed(msgspec.Struct, frozen=True, array_like=True):
    """An entry as the page's list holds it. The script reads it by the order of these fields."""

    id: str
    heading: str
    """The title, else why it is no article, else the beginning of the text."""
    state: State
    outlet: int
    length: int
    """Of the source text, in code points."""
    removed: int
    cuts: int
    suspects: int
    cut_kinds: int
    """A bit for each kind, in the order of `Kind`."""
    suspect_kinds: int
    rules: list[int]


class Shown(msgspec.Struct, frozen=True):
    """An entry as the page shows it when it is opened."""

    id: str
    title: str
    url: str
    reason: str
    told: list[tuple[str, str]]
    pages: int
    pieces: list[str | Marked]


class Report:
    """A context that takes a run's entries one by one and writes their page.

    What grows with the run waits in two temporary files, as the numbers come first in the page and are known
    last.
    """

    def __init__(self, name: str, most: int) -> None:
        """`name` is what the run's output is called; the page takes along no more than `most` entries."""
        self.figures = Figures()
        self._name = name
        self._most = most
        self._outlets = Names()
        self._rules = Names()

    def __enter__(self) -> Report:
        self._index_file: BinaryIO = tempfile.TemporaryFile()
        self._text_file: BinaryIO = tempfile.TemporaryFile()
        self._index = ListBlocks("index", self._index_file.write)
        self._texts = ListBlocks("texts", self._text_file.write)
        return self

    def __exit__(self, *exception: object) -> None:
        self._index_file.close()
        self._text_file.close()

    def add(self, entry: Entry) -> None:
        """Take the next entry of the run."""
        outlet = self._outlets.number(entry.outlet or "")
        taken = self.figures.entries < self._most
        self.figures.count(entry, general(entry.reason), outlet, self._rules)
        if taken:
            self._index.add(self._listed(entry, outlet))
            self._texts.add(_shown(entry))

    def write(self, target: Target) -> None:
        """Write the page of all entries taken so far."""
        self._index.end()
        self._texts.end()
        style = _asset("report.css")
        # A function around it all: the script leaves no name in the page.
        script = '"use strict";\n(() => {\n' + "\n".join(map(_asset, _SCRIPTS)) + "})();\n"
        slots: Mapping[str, Part] = {
            "policy": escape(content_policy(style, script)).encode(),
            "name": escape(visible(self._name)).encode(),
            "style": style.encode(),
            "script": script.encode(),
            "overview": block("overview-data", self._overview()),
            "index": self._index_file,
            "texts": self._text_file,
        }
        _fill(_asset("report.html"), slots, target)

    @property
    def listed(self) -> int:
        """How many entries the page takes along."""
        return min(self.figures.entries, self._most)

    def _overview(self) -> dict[str, object]:
        figures = self.figures
        return {
            "name": self._name,
            "figures": {
                **{name: getattr(figures, name) for name in _PLAIN},
                "kinds": figures.kinds,
                "outlets": list(figures.outlets.values()),
                "rules": _ranked(figures.rules.values()),
                "left_in": _ranked(figures.left_in.values()),
                "reasons": sorted(figures.reasons.values(), key=lambda reason: -reason.entries),
            },
            "share_classes": SHARES,
            "kinds": list(Kind),
            "outlets": self._outlets.all(),
            "rules": self._rules.all(),
            "listed": self.listed,
            "index_blocks": len(self._index.starts),
            "text_starts": self._texts.starts,
        }

    def _listed(self, entry: Entry, outlet: int) -> Listed:
        marks = [piece for piece in entry.pieces if isinstance(piece, Marked)]
        cuts = [mark for mark in marks if not mark.suspect]
        suspects = [mark for mark in marks if mark.suspect]
        return Listed(
            entry.id[:_LONGEST_ID],
            _heading(entry),
            entry.state,
            outlet,
            sum(len(piece) if isinstance(piece, str) else len(piece.text) for piece in entry.pieces),
            sum(len(cut.text) for cut in cuts),
            len(cuts),
            len(suspects),
            _bits(cuts),
            _bits(suspects),
            sorted({self._rules.number(mark.rule) for mark in marks}),
        )


_PLAIN = (
    "entries",
    "states",
    "characters",
    "removed",
    "cuts",
    "suspects",
    "with_suspects",
    "joined",
    "shares",
)
_KIND_BITS = {kind: 1 << place for place, kind in enumerate(Kind)}


def _ranked(rules: Iterable[RuleFigures]) -> list[RuleFigures]:
    return sorted(rules, key=lambda rule: -rule.characters)


def _bits(marks: Iterable[Marked]) -> int:
    bits = 0
    for mark in marks:
        bits |= _KIND_BITS[mark.kind]
    return bits


def _heading(entry: Entry) -> str:
    told = entry.title.strip() or entry.reason
    if told:
        return _line(told)
    kept = (piece for piece in entry.pieces if isinstance(piece, str) or piece.suspect)
    begun = ((piece if isinstance(piece, str) else piece.text).strip() for piece in kept)
    return _line(next(filter(None, begun), ""))


def _line(text: str) -> str:
    return text.strip()[:_LONGEST_HEADING].partition("\n")[0].rstrip()


def _shown(entry: Entry) -> Shown:
    told = [(str(key)[:_LONGEST_ID], _told(value)) for key, value in entry.told.items()]
    return Shown(entry.id, entry.title, entry.url, entry.reason, told, entry.pages, entry.pieces)


def _told(value: object) -> str:
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        value = ", ".join(value)
    return (value if isinstance(value, str) else msgspec.json.encode(value).decode())[:_LONGEST_TOLD]


def _asset(name: str) -> str:
    return _ASSETS.joinpath(name).read_text(encoding="utf-8")


def _fill(template: str, slots: Mapping[str, Part], target: Target) -> None:
    """Write `template` with its slots filled. What fills a slot is not looked at for slots again."""
    for place, part in enumerate(_SLOT.split(template)):
        if place % 2 == 0:
            target.write(part.encode())
            continue
        filling = slots[part]
        if isinstance(filling, bytes):
            target.write(filling)
            continue
        filling.seek(0)
        while data := filling.read(1 << 20):
            target.write(data)
