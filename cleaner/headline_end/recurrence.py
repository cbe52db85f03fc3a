"""Whether the words at a border stand together elsewhere in the article."""

from __future__ import annotations

from cleaner.headline_end.stretch import Stretch

_SEEN_CAPITAL = frozenset(("C both", "C capital", "U both", "U capital"))
"""Usages of words that the rest of the article writes with a capital."""


def recurrence(text: str, stretch: Stretch, k: int, usages: list[str], around: str) -> float:
    """What the rest of the article tells of the words at border `k`."""
    style, _, starts, ends, glued, _ = stretch
    last, first = usages[k - 1], usages[k]
    weight = style.meeting[last, first]
    may_recur = first != "C absent"
    if may_recur and last != "C absent" and k not in glued and text[starts[k - 1] : ends[k]] in around:
        weight += style.pair
    if not first:
        return weight
    if first in _SEEN_CAPITAL and ". " + text[starts[k] : ends[k]] in around:
        weight += style.opens_another
    second = usages[k + 1] if k + 1 < len(usages) else ""
    if second:
        name = may_recur and second != "C absent" and text[starts[k] : ends[k + 1]] in around
        weight += style.second[second] + (style.name if name else style.no_name)
    return weight
