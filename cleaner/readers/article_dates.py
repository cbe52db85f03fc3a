"""When a page says that its article was published, and changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any, TypeAlias

from selectolax.lexbor import LexborNode

from cleaner.dates import ZONES, Moment, moment
from cleaner.document import Fact
from cleaner.readers.head import Head
from cleaner.readers.jsonld import Thing
from cleaner.readers.near import Near
from cleaner.readers.origins import JSON_LD, origin_of
from cleaner.readers.settled import Said, corrected, settled
from cleaner.templates import Template

_PUBLISHED = (
    *("article:published_time", "og:published_time", "content_publisheddate", "datepublished", "pubdate"),
    *("publishdate", "publish_date", "publish-date", "parsely-pub-date", "dc.date.issued", "sailthru.date"),
)
_MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "lastmod", "content_modifieddate")
_DAY = timedelta(days=1)

First: TypeAlias = Callable[[str], LexborNode | None]
# Shown and said can be the times of two steps of one publication.
_NEARLY = timedelta(minutes=10)
# No page is older. Clocks that were never set show 1970.
_FIRST_YEAR = 1991


def article_dates(
    first: First,
    template: Template,
    head: Head,
    articles: Sequence[Thing],
    near: Near | None,
) -> dict[str, Fact]:
    """`published` and `modified`, as far as the page says them; see `settled` for what is right.

    `first` finds the first element that a selector names. `articles` are the page's things that are this
    article, `near` what stands at its headline.
    """
    zone = ZONES.get(template.zone.lower())
    seen, said = _shown(first, template.published)
    said += _of_things(articles, "datePublished") + _of_metas(head, _PUBLISHED)
    seen_change, said_change = _shown(first, template.modified)
    said_change += _of_things(articles, "dateModified") + _of_metas(head, _MODIFIED)
    if not seen and near is not None:
        seen = _likely(near, said)
        seen_change = seen_change or near.below.changed
    published = settled(seen, said, zone)
    modified = settled(seen_change, corrected(said_change, published, said), zone)
    found = {"published": published, "modified": None if _before(modified, published) else modified}
    return {name: Fact(each.moment.iso, each.origin) for name, each in found.items() if each is not None}


def _shown(first: First, selectors: Iterable[str]) -> tuple[list[Said], list[Said]]:
    """What the elements that `selectors` name show of a date, and what they say of it to machines."""
    seen: list[Said] = []
    said: list[Said] = []
    for selector in selectors:
        node = first(selector)
        if node is None:
            continue
        attributes = node.attributes
        for text, found in (
            (node.text(separator=" "), seen),
            (attributes.get("datetime") or attributes.get("content"), said),
        ):
            found += _said(text, selector)
        if seen or said:
            break
    return seen, said


def _of_things(articles: Iterable[Thing], key: str) -> list[Said]:
    return [
        each._replace(sure=_reckons_in_utc(thing))
        for thing in articles
        for each in _said(thing.get(key), JSON_LD)
    ]


def _of_metas(head: Head, names: Iterable[str]) -> list[Said]:
    return [
        each
        for name in names
        for content in head.metas.get(name, ())[:5]
        for each in _said(content, origin_of(name))
    ]


def _said(value: Any, origin: str) -> Iterator[Said]:
    found = moment(value) if isinstance(value, str) else None
    if found is not None and found.written.year >= _FIRST_YEAR:
        yield Said(found, origin)


def _reckons_in_utc(thing: Thing) -> bool:
    """Whether the most used plug-in for this wrote a thing: it writes every time in UTC, and means it."""
    whole = thing.get("isPartOf")
    identities = [
        part.get("@id") for part in (whole if isinstance(whole, list) else [whole]) if isinstance(part, dict)
    ]
    return any(isinstance(each, str) and each.endswith(("#website", "#webpage")) for each in identities) or (
        isinstance(thing.get("@id"), str) and thing["@id"].endswith("#article")
    )


def _likely(near: Near, said: Sequence[Said]) -> list[Said]:
    """The dates at the headline that can be the article's: those that machines are told, too.

    Where they are told none, one above the headline must show a clock and its zone: others are often today's.
    """
    if said:
        shown = (*near.below.published, *near.above.published)
        return [each for each in shown if any(_agree(each.moment, other.moment) for other in said)]
    return near.below.published[:1] or [each for each in near.above.published if each.moment.zone][:1]


def _agree(shown: Moment, said: Moment) -> bool:
    """Whether a shown date is the one said: by its clock, in whatever zone that is meant, or by its day."""
    if not (shown.clock and said.clock):
        return abs(shown.written.date() - said.written.date()) <= _DAY
    meant = [said.written, *(said.read_in(zone) for zone in ZONES.values())]
    return any(abs(shown.written - each) <= _NEARLY for each in meant)


def _before(one: Said | None, other: Said | None) -> bool:
    """Whether `one` is surely earlier than `other`: nobody can have seen that change."""
    if one is None or other is None:
        return False
    first, second = one.moment, other.moment
    if first.clock and second.clock and (first.zone is None) == (second.zone is None):
        utc = timedelta(0)
        return first.read_in(utc) < second.read_in(utc)
    return first.written.date() < second.written.date()
