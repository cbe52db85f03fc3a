"""Which of a page's JSON-LD things is the article that the page is of; the others are other stories."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cleaner.readers.jsonld import Thing
from cleaner.readers.page_address import Place, places
from cleaner.readers.values import unescaped

_LONGEST_TITLE = 500
_MOST_TYPES = 20
_WORD = re.compile(r"[^\W_]+")
_OTHER_ARTICLES = ("BlogPosting", "Report")
# Search engines ask for headlines of at most 110 signs, so some are cut; of a shorter one nothing can be.
_LEAST = 20
# How much of the shorter of two headlines stands in the other, where they are one.
_SHARED = 0.8


def same_title(one: str, other: str) -> bool:
    """Whether two headlines are one, written differently: cut, or with a site's name around it."""
    first, second = _WORD.findall(one.lower()), _WORD.findall(other.lower())
    if not first or not second:
        return False
    if first == second:
        return True
    whole, part = sorted(("".join(first), "".join(second)), key=len, reverse=True)
    if len(part) >= _LEAST and part in whole:
        return True
    shared = len(set(first) & set(second))
    return min(len(first), len(second)) > 4 and shared >= _SHARED * max(len(set(first)), len(set(second)))


def articles_about(things: Sequence[Thing], pages: set[Place], titles: Sequence[str]) -> list[Thing]:
    """The things that say something of the page's own article, the surest first.

    `pages` are the places of the page's own addresses, `titles` what it calls itself elsewhere. A thing that
    names another address and another headline is another article. One that names neither counts alone.
    """
    told = [thing for thing in things if _is_article(thing)]
    own = [thing for thing in told if _is_own(thing, pages, titles, alone=len(told) == 1)]
    return own + [
        thing
        for thing in things
        if "WebPage" in types_of(thing) and _is_own(thing, pages, titles, alone=False)
    ]


def headline_of(thing: Thing) -> str:
    """The headline of a thing; empty where it has none."""
    return unescaped(thing.get("headline"), _LONGEST_TITLE) or unescaped(thing.get("name"), _LONGEST_TITLE)


def types_of(thing: Mapping[str, Any]) -> list[str]:
    """The names of a thing's types, without the vocabulary's address."""
    types = thing.get("@type")
    named = types[:_MOST_TYPES] if isinstance(types, list) else [types]
    return [each.rsplit("/", 1)[-1] for each in named if isinstance(each, str)]


def _is_article(thing: Thing) -> bool:
    return any(each.endswith("Article") or each in _OTHER_ARTICLES for each in types_of(thing))


def _is_own(thing: Thing, pages: set[Place], titles: Sequence[str], *, alone: bool) -> bool:
    named = places(_addresses(thing))
    if named & pages:
        return True
    headline = headline_of(thing)
    if headline and titles:
        return any(same_title(headline, title) for title in titles)
    # Nothing to compare with: what stands alone on a page is about it.
    return alone and not (named and pages)


def _addresses(thing: Thing) -> Iterable[str]:
    for key in ("mainEntityOfPage", "url", "@id"):
        value: Any = thing.get(key)
        each: Any
        for each in (value.get("@id"), value.get("url")) if isinstance(value, Mapping) else (value,):
            if isinstance(each, str):
                yield each.split("#", 1)[0]
