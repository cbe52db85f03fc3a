"""A sample's clean text without its gaps: as it would be if the cleaner did right by them."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.claims import Claim
from cleaner.golden.gaps import Gap
from cleaner.kept import Kept
from cleaner.kinds import Certainty, Kind
from cleaner.result import Removal
from cleaner.seams import with_seams


def without_gaps(text: str, removals: Sequence[Removal], gaps: Sequence[Gap]) -> str:
    """The clean text of source `text` as it would be if the cleaner did right by all `gaps`.

    `gaps` are such as `complaint` has nothing to say against.
    """
    spans = [_trimmed(text, removal.start, removal.end) for removal in removals]
    for gap in gaps:
        (place,) = gap.places(text)
        if gap.stays:
            spans.append(place)
        else:
            spans = [part for span in spans for part in _outside(text, span, place)]
    claims = [_claim(*span) for span in sorted(spans) if span[0] < span[1]]
    return Kept(text).without(with_seams(text, claims)).text


def _outside(text: str, span: tuple[int, int], place: tuple[int, int]) -> list[tuple[int, int]]:
    """What is left of `span` without `place`."""
    before = _trimmed(text, span[0], min(span[1], place[0]))
    after = _trimmed(text, max(span[0], place[1]), span[1])
    return [before, after]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    content = text[start:end]
    lead = len(content) - len(content.lstrip())
    return start + lead, start + lead + len(content.strip())


def _claim(start: int, end: int) -> Claim:
    return Claim(start, end, Kind.related, "", Certainty.marked)
