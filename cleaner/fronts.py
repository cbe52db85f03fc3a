"""What belongs to an inline claim in front of its literal, such as the caption before its credit."""

from __future__ import annotations

import re

from cleaner.document import Document
from cleaner.headline_end.search import headline_end
from cleaner.shadow import spaced

# How far words may stand in front of a literal, in code points.
BEHIND = 500

# An article's title stands in its first lines, before any sentence.
_TITLE_WITHIN = 400
# From this score on, words that open a text are its headline: a title is never cut by a guess.
_TITLE = 0.95
# A sentence shows in its first words: two of them are small, and not because headlines write them so too.
_OPENING = 4
_SMALL_WORDS = frozenset(
    (
        "atau",
        "bagi",
        "dalam",
        "dan",
        "dari",
        "dengan",
        "di",
        "ini",
        "itu",
        "ke",
        "oleh",
        "pada",
        "untuk",
        "yang",
    )
)

# Full stops inside numbers, hosts and initials have no white space behind them.
SENTENCE_END = re.compile(r"[.!?][\"')]*(?=\s|$)")


def front_start(back: str, document: Document, at: int) -> int:
    """Where the words in front of the claim at `at` begin that belong to it; `at` where there are none.

    `back` is what an inline rule says of them (see `rules.Inline`).
    """
    text, shadow = document.spaced, document.shadow
    title = spaced(document.title) if document.title else None
    match back:
        case "words":
            return _words_start(text, shadow, at, at, title)
        case "sentence":
            before = shadow[max(0, at - BEHIND) : at]
            return _words_start(text, shadow, at, at - len(before) + len(before.rstrip()) - 1, title)
        case "caption":
            return _caption_start(text, shadow, at, title)
        case _:
            return at


def _words_start(text: str, shadow: str, at: int, until: int, title: str | None) -> int:
    """Where the words in front of `at` begin that no sentence has ended up to `until`.

    The article's own title opens the text without a full stop; it is not one of those words.
    """
    head = shadow.rfind("\n", max(0, at - BEHIND), at) + 1
    floor = max(head, at - BEHIND)
    start = floor
    for stop in SENTENCE_END.finditer(shadow, floor, until):
        start = stop.end()
    if start != floor:
        return start
    if floor != head:
        # Nothing ends a sentence within reach: where the words begin is a guess.
        return at
    if head > _TITLE_WITHIN or SENTENCE_END.search(shadow, 0, head):
        return head
    named = text.rfind(title, head, at) if title else -1
    if title and named >= 0:
        return named + len(title)
    return _behind_headline(text, head, at)


def _caption_start(text: str, shadow: str, at: int, title: str | None) -> int:
    """The same for a caption that a genuine subheading may stand in front of: that stays."""
    start = _words_start(text, shadow, at, at, title)
    words = text[start:at].split(None, _OPENING)[:_OPENING]
    if sum(word[0].islower() and word not in _SMALL_WORDS for word in words) > 1:
        return start
    return _behind_headline(text, start + len(text[start:at]) - len(text[start:at].lstrip()), at)


def _behind_headline(text: str, start: int, at: int) -> int:
    """Where the headline ends that opens the text at `start`; `at` where that isn't sure."""
    found = headline_end(text, start, at)
    return found.end if found and found.score >= _TITLE and found.end < at else at
