"""Complaints: what is wrong with a known gap.

A gap is strict. It names one place of one sample; as soon as the cleaner does right by that place, the
entry is wrong and has to go.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleaner.golden.gaps import Gap
from cleaner.golden.quoted import quoted
from cleaner.result import Removal


def complaint(gap: Gap, text: str, removals: Iterable[Removal]) -> str | None:
    """Why `gap` is none, `text` being its sample's source; None where the cleaner still misses as it says."""
    places = gap.places(text)
    words = quoted(gap.text)
    if len(places) != 1:
        return f"{words} stands {len(places)} times in the sample, not once; quote exactly what is missed"
    cut, whole = _cut(text, places[0], removals), _marks(gap.text)
    if gap.stays and cut == whole:
        return f"healed: {words} goes now, as it should; take the entry out"
    if gap.goes and not cut:
        return f"healed: {words} stays now, as it should; take the entry out"
    if cut not in (0, whole):
        return f"only a part of {words} {'stays' if gap.stays else 'goes'}; quote exactly that part"
    return None


def _cut(text: str, place: tuple[int, int], removals: Iterable[Removal]) -> int:
    """How much of the place was cut, in code points that are no white space."""
    start, end = place
    return sum(
        _marks(text[max(start, removal.start) : min(end, removal.end)])
        for removal in removals
        if removal.start < end and start < removal.end
    )


def _marks(text: str) -> int:
    """How many code points of `text` are no white space."""
    return len("".join(text.split()))
