"""The two scales every judgement is given on: what a stretch of text is, and how surely it is that."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Kind(StrEnum):
    """What a stretch of boilerplate is. The set is closed: a rule has exactly one of these."""

    related = "related"
    """Pointers to other stories: 'Baca Juga: …', a bare headline, a teaser card."""
    caption = "caption"
    """Captions and credits of photos and videos."""
    prompt = "prompt"
    """Calls to the reader: follow, share, comment, next page."""
    byline = "byline"
    """Names, roles and initials of the staff."""
    meta = "meta"
    """Data about the page: rubric and date line, source line, tags, copyright."""
    chrome = "chrome"
    """Page furniture and machine residue."""
    ad = "ad"
    """Advertising and its labels."""


class Certainty(IntEnum):
    """How a claim is known, from weakest to strongest; a `Policy` sets the lowest that is cut."""

    doubtful = 0
    """A guess worth showing to a person. The default policy leaves it in."""
    inferred = 1
    """Known by its shape and surroundings alone, such as an unmarked headline."""
    framed = 2
    """Part of a block that holds a literal, such as the caption above 'Photo :'."""
    marked = 3
    """Carries the literal itself, such as 'Baca Juga: …'."""

    def __str__(self) -> str:
        return self.name
