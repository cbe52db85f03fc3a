"""The likely borders, looked at closely: in the article around them, and for a native ad behind them."""

from __future__ import annotations

from cleaner.headline_end.recurrence import recurrence
from cleaner.headline_end.stretch import Stretch
from cleaner.native_ad.start import ad_starts, may_hold_ad

_BEHIND = 60
"""Characters behind the stretch in which an ad may go on."""


def close_look(
    text: str, stretch: Stretch, near: list[tuple[int, float]], usages: list[str], around: str
) -> list[tuple[int, float]]:
    """The candidate borders with their weights, to which is added what the article around them and a native
    ad behind them tell."""
    starts, size, border = stretch.starts, len(stretch.words), stretch.style.weights.border
    stop = stretch.ends[-1] + _BEHIND
    teaser = may_hold_ad(text, starts[0], stop)
    told = len(text)  # where the first sentence of a teaser ends
    looked = []
    for k, weight in near:
        if 0 < k < size:
            weight += recurrence(text, stretch, k, usages, around)
            if teaser:
                sort, end = ad_starts(text, starts[k], stop)
                if starts[k] >= told:
                    weight += border.get("behind a teaser", 0.0)
                if sort:
                    weight += border.get(sort, 0.0)
                    told = min(told, end)
        looked.append((k, weight))
    return looked
