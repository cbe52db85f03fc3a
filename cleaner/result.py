"""What leaves: the clean text, every cut with its address, and what the cuts tell about the article."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from cleaner.kinds import Certainty, Kind


class Removal(msgspec.Struct, frozen=True):
    """A claim that was cut: `[start, end)` of the source text, in code points, with the text itself.

    The stretch includes the white space that went with it, so removals and the kept text make the source.
    """

    start: int
    end: int
    kind: Kind
    rule: str
    certainty: Certainty
    text: str
    path: str | None = None
    """The CSS path of the element it stood in, where the text was read off a page."""


class Suspect(Removal, frozen=True):
    """A claim that the policy left in. Its text is still part of the result's text."""


class Result(msgspec.Struct, frozen=True):
    """One cleaned article. `removals` and `suspects` are sorted and disjoint."""

    text: str
    removals: tuple[Removal, ...] = ()
    suspects: tuple[Suspect, ...] = ()
    outlet: str | None = None
    """The outlet whose rules were used; None means the common rules only."""
    fields: Mapping[str, Any] = {}
    """What is known about the article: from the removed text, and from the page where there was one."""
    origins: Mapping[str, str] = {}
    """Who said each of the fields: a rule, or a place of the page such as `json-ld`."""
    no_article: str | None = None
    """Why the page holds no article; the text is then empty. None where it holds one."""


def rebuild(text: str, removals: Iterable[Removal]) -> str:
    """The source text, made of the clean text and its removals (in the order of the source).

    Raises ValueError where the two don't belong together.
    """
    pieces: list[str] = []
    kept_from, source_at = 0, 0
    for removal in removals:
        kept = removal.start - source_at
        if kept < 0 or kept_from + kept > len(text) or len(removal.text) != removal.end - removal.start:
            raise ValueError(
                f"the removal at {removal.start} doesn't fit the text; was one of the two changed?"
            )
        pieces += [text[kept_from : kept_from + kept], removal.text]
        kept_from += kept
        source_at = removal.end
    return "".join([*pieces, text[kept_from:]])
