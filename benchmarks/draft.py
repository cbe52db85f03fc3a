"""A page in the making: what the article says, what is boilerplate, and how a layout of dumps sets it.

A template says where lines end: `||` a blank line, `|` a new line, `` nothing, ` ` a space. A layout says
what that looks like in a dump: `blocked` keeps blank lines and sets list items as ` • item`, `flat` has
single new lines, `one-line` glues everything with spaces.

Every stretch of boilerplate has a tier: `marked` carries a literal, `framed` stands in a block that has
one, `unmarked` is known by its shape and place at most.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import parts
from parts import Article, Parts

LAYOUTS = ("blocked", "flat", "one-line")
_BREAKS = {
    "blocked": {"||": "\n\n", "|": "\n"},
    "flat": {"||": "\n", "|": "\n"},
    "one-line": {"||": " ", "|": " "},
}
# What scrapes of that layout put in front of a list item.
_BULLETS = {"blocked": ("  • ",), "flat": ("• ", "- "), "one-line": ("• ", "")}


@dataclass(frozen=True)
class Gold:
    """One stretch of boilerplate, `[start, end)` in code points; `element` is its name in the template."""

    start: int
    end: int
    kind: str
    tier: str
    element: str


@dataclass(frozen=True)
class Page:
    """One page as a dump holds it."""

    id: str
    outlet: str
    template: str
    layout: str
    url: str
    title: str
    text: str
    gold: tuple[Gold, ...]


class Draft:
    """A page in the making."""

    def __init__(self, source: Parts, layout: str, rng: random.Random) -> None:
        self.rng = rng
        self.layout = layout
        self.article: Article = source.article(rng)
        self._source = source
        self._breaks = _BREAKS[layout]
        self._bullet = rng.choice(_BULLETS[layout])
        self._text: list[str] = []
        self._length = 0
        self.gold: list[Gold] = []

    @property
    def text(self) -> str:
        return "".join(self._text)

    def own(self, text: str, sep: str = "||") -> None:
        """Text of the article."""
        self._add(text, sep)

    def cut(self, text: str, kind: str, tier: str, element: str, sep: str = "||") -> None:
        """Boilerplate."""
        self._add(text, sep)
        content = text.strip()
        start = self._length - len(text) + len(text) - len(text.lstrip())
        self.gold.append(Gold(start, start + len(content), kind, tier, element))

    def item(self, text: str, kind: str, tier: str, element: str) -> None:
        """Boilerplate that is an item of a list."""
        self.cut(self._bullet + text, kind, tier, element, "|")

    def related(self) -> str:
        return self._source.related(self.article, self.rng)

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def _add(self, text: str, sep: str) -> None:
        lead = self._breaks.get(sep, sep) if self._length else ""
        self._text += [lead, text]
        self._length += len(lead) + len(text)


Event: TypeAlias = Callable[[Draft], None]
Template: TypeAlias = Callable[[Draft], None]


def body(draft: Draft, dateline: str, events: Sequence[Event], last: str = "") -> None:
    """The paragraphs, the first behind its dateline, with the events in gaps between them."""
    paragraphs = list(draft.article.paragraphs)
    gaps = draft.rng.sample(range(len(paragraphs) - 1), min(len(events), len(paragraphs) - 1))
    at = dict(zip(gaps, events, strict=False))
    for number, paragraph in enumerate(paragraphs):
        draft.own((dateline if number == 0 else "") + paragraph)
        if number in at:
            at[number](draft)
    if last:
        draft.cut(last, "byline", "marked", "initials", " ")


def chosen(draft: Draft, *events: tuple[float, Event]) -> list[Event]:
    """The events that happen on this page, in any order: each with its chance."""
    happen = [event for chance, event in events if draft.chance(chance)]
    draft.rng.shuffle(happen)
    return happen


def subheading(draft: Draft) -> None:
    draft.own(parts.subheading(draft.rng))


def numbered_heading(draft: Draft) -> None:
    draft.own(f"{draft.rng.randint(1, 9)}. {parts.subheading(draft.rng)}")


def sentence(text: str) -> Event:
    """A genuine sentence that holds a marker's words."""
    return lambda draft: draft.own(text.format(name=parts.name(draft.rng), city=parts.city(draft.rng)))


def own_list(first: str, *others: str) -> Event:
    """A genuine list."""

    def event(draft: Draft) -> None:
        draft.own(first)
        for item in others:
            draft.own(item, "|")

    return event
