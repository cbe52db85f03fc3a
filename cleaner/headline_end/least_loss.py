"""Which border is answered: the one with the least expected loss."""

from __future__ import annotations

from math import exp, inf

from cleaner.headline_end.answer import HeadlineEnd

_OWN_WORD = 4.0
"""Loss of one word of the article, in words of the headline left in."""
_OWN_START = 4.0
"""Loss of touching the article at all, in the same unit."""
_LEFT_START = 1.0
"""Loss of leaving anything of the headline, in the same unit."""
_IMPOSSIBLE = 1e-4
"""Up to this probability a border counts for nothing."""


def least_loss(ends: list[int], near: list[tuple[int, float]]) -> HeadlineEnd | None:
    """The border with the least expected loss, and the chance that a cut there takes nothing of the article;
    None where no cut loses least. `near` holds borders with their weights, `ends` the ends of words."""
    likely = _likely(near)
    best, least = 0, inf
    for k, _ in likely:
        loss = _loss(k, likely)
        if loss < least:
            best, least = k, loss
    if best == 0:
        return None
    return HeadlineEnd(ends[best - 1], sum([p for k, p in likely if k >= best]))


def _likely(near: list[tuple[int, float]]) -> list[tuple[int, float]]:
    """The borders with their probabilities in place of their weights, but for those that are next to
    impossible."""
    top = max([weight for _, weight in near])
    odds = [(k, exp(weight - top)) for k, weight in near]
    whole = sum([o for _, o in odds])
    return [(k, o / whole) for k, o in odds if o > _IMPOSSIBLE * whole]


def _loss(k: int, likely: list[tuple[int, float]]) -> float:
    """The expected loss of a cut at border `k`."""
    loss = 0.0
    for j, p in likely:
        if j < k:
            loss += p * (_OWN_START + _OWN_WORD * (k - j))
        elif j > k:
            loss += p * (_LEFT_START + j - k)
    return loss
