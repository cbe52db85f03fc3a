"""The pages of one article as one: each cleaned for itself, then put together, the repeated head once."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any, TypeVar

import msgspec

from cleaner.claims import Claim
from cleaner.cleaner import Cleaner
from cleaner.decide import decide
from cleaner.document import Document
from cleaner.fields import MOST_VALUES
from cleaner.hints import Label
from cleaner.kept import Kept, gaps_between
from cleaner.kinds import Certainty, Kind
from cleaner.repeated_head import repeated_head
from cleaner.result import Removal, Result, Suspect
from cleaner.seams import with_seams

REPEATED_HEAD = "pages/repeated-head"
"""The rule that cuts what a further page repeats of the first one's head."""

INCOMPLETE = "incomplete"
"""The field that says that an article goes on elsewhere."""

_Cut = TypeVar("_Cut", Removal, Suspect)
_by_start = attrgetter("start")


class JoinedPages(msgspec.Struct, frozen=True):
    """One article of several pages."""

    document: Document
    """Its text holds the texts of all pages, as they were read, one behind the other. The rest is the first
    page's."""
    result: Result
    """Its offsets are code points of the text of `document`."""
    spans: tuple[tuple[int, int], ...]
    """Where each page's text stands in that of `document`, as `[start, end)`. The line feeds that part two
    pages are no page's."""


def join_pages(pages: Sequence[Document], cleaner: Cleaner) -> JoinedPages:
    """Clean the pages of one article, given in their order, each for itself, and join what is left of them.

    Lines at a page's head that repeat the first page's head are claimed by the rule `pages/repeated-head`;
    the cleaner's policy says whether they go. Then all that is left is cleaned once more, as one text: what
    ended a page stands between two paragraphs now.

    Where pages differ in a field, the first one's value counts; lists are united. The article is `incomplete`
    where the last page is. Raises ValueError where there are no pages.
    """
    if not pages:
        raise ValueError("an article has at least one page; there is none to join")
    results = [cleaner(page) for page in pages]
    document, spans = _put_together(pages, results)
    source = document.text
    removals = _moved([result.removals for result in results], spans)
    doubts = _moved([result.suspects for result in results], spans)

    kept = _without(source, removals)
    repeated, left = decide(_repeated_heads(pages[0], results, kept), cleaner.policy)
    removals += _located(_in_source(_removals(kept.text, repeated), kept, source), document)
    doubts = [*_located(_in_source(_suspects(kept.text, left), kept, source), document), *doubts]

    kept = _without(source, removals)
    again = cleaner(_remaining(document, kept))
    removals += _in_source(again.removals, kept, source)
    doubts = [*_in_source(again.suspects, kept, source), *doubts]

    removals.sort(key=_by_start)
    fields, origins = _merged(results, again)
    result = Result(again.text, tuple(removals), _apart(doubts, removals), again.outlet, fields, origins)
    return JoinedPages(document, result, spans)


def _put_together(
    pages: Sequence[Document], results: Sequence[Result]
) -> tuple[Document, tuple[tuple[int, int], ...]]:
    """All pages as one document, and where each page's text stands in it.

    There is a blank line between what is kept of two pages, and none beside a page of which nothing is.
    """
    pieces: list[str] = []
    spans: list[tuple[int, int]] = []
    labels: dict[int, Label] = {}
    at, before = 0, ""
    for page, result in zip(pages, results, strict=True):
        if before.strip() and result.text.strip():
            pieces.append("\n" * (2 - _feeds_at_end(before) - _feeds_at_start(result.text)))
            at += len(pieces[-1])
        before = result.text if result.text.strip() else before + result.text
        labels.update((at + start, label) for start, label in page.labels.items())
        pieces.append(page.text)
        spans.append((at, at + len(page.text)))
        at = spans[-1][1]
    first = pages[0]
    document = Document("".join(pieces), first.id, first.url, first.title, labels, first.facts)
    return document, tuple(spans)


def _feeds_at_end(text: str) -> int:
    return text[len(text.rstrip()) :].count("\n")


def _feeds_at_start(text: str) -> int:
    return text[: len(text) - len(text.lstrip())].count("\n")


def _moved(cuts: Iterable[Iterable[_Cut]], spans: Iterable[tuple[int, int]]) -> list[_Cut]:
    """The cuts of all pages with offsets of the whole."""
    return [
        msgspec.structs.replace(cut, start=cut.start + start, end=cut.end + start)
        for of_page, (start, _) in zip(cuts, spans, strict=True)
        for cut in of_page
    ]


def _without(source: str, removals: list[Removal]) -> Kept:
    stretches = ((cut.start, cut.end) for cut in sorted(removals, key=_by_start))
    return Kept(source, gaps_between(stretches, len(source)))


def _remaining(document: Document, kept: Kept) -> Document:
    """The document as it would be, had it never held more than is kept."""
    labels = {at: label for start, label in document.labels.items() if (at := kept.place(start)) is not None}
    return Document(kept.text, document.id, document.url, document.title, labels)


def _repeated_heads(first: Document, results: Sequence[Result], kept: Kept) -> Iterator[Claim]:
    """The claims on heads that repeat the first page's, in offsets of what is kept of all pages."""
    at = len(results[0].text)
    for result in results[1:]:
        # What parts two pages is kept, and white space.
        at = kept.text.index(result.text, at)
        for start, end in repeated_head(first.text, results[0].text, result.text, first.title):
            yield Claim(at + start, at + end, Kind.chrome, REPEATED_HEAD, Certainty.framed)
        at += len(result.text)


def _removals(text: str, claims: Sequence[Claim]) -> Iterator[Removal]:
    for claim, (start, end) in zip(claims, with_seams(text, claims), strict=True):
        yield Removal(start, end, claim.kind, claim.rule, claim.certainty, text[start:end])


def _suspects(text: str, claims: Iterable[Claim]) -> Iterator[Suspect]:
    for claim in claims:
        start, end = claim.start, claim.end
        yield Suspect(start, end, claim.kind, claim.rule, claim.certainty, text[start:end])


def _in_source(cuts: Iterable[_Cut], kept: Kept, source: str) -> list[_Cut]:
    """Cuts of the text that is kept with offsets of the source; one for each piece that is whole there."""
    return [
        msgspec.structs.replace(cut, start=start, end=end, text=source[start:end])
        for cut in cuts
        for start, end in kept.origin(cut.start, cut.end)
    ]


def _located(cuts: Iterable[_Cut], document: Document) -> Iterator[_Cut]:
    """The same, each with the path of the element on whose line it begins, where that is known."""
    for cut in cuts:
        visible = cut.end - len(cut.text.lstrip())
        label = document.labels.get(document.text.rfind("\n", 0, visible) + 1)
        yield msgspec.structs.replace(cut, path=label.path) if label else cut


def _apart(suspects: Iterable[Suspect], removals: Sequence[Removal]) -> tuple[Suspect, ...]:
    """The suspects that lie apart from all removals and from those before them, in order of the text."""
    starts = [cut.start for cut in removals]
    ends = [cut.end for cut in removals]
    chosen: list[Suspect] = []
    for suspect in suspects:
        at = bisect_left(starts, suspect.end)
        if at and ends[at - 1] > suspect.start:
            continue
        starts.insert(at, suspect.start)
        ends.insert(at, suspect.end)
        chosen.append(suspect)
    return tuple(sorted(chosen, key=_by_start))


def _merged(results: Sequence[Result], again: Result) -> tuple[Mapping[str, Any], Mapping[str, str]]:
    """The fields of all pages as one article's, and their origins."""
    fields: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for result in (*results, again):
        for name, value in result.fields.items():
            known = fields.get(name)
            if name not in fields:
                fields[name] = value
                if name in result.origins:
                    origins[name] = result.origins[name]
            elif isinstance(known, list) and isinstance(value, list):
                fields[name] = list(dict.fromkeys((*known, *value)))[:MOST_VALUES]
    fields.pop(INCOMPLETE, None)
    if results[-1].fields.get(INCOMPLETE):
        fields[INCOMPLETE] = True
    return fields, origins
