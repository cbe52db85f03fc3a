"""How often something is in articles, and whether two such rates can be the same.

The unit is the article. A rule can cut five lines of one page, and those are no five proofs: they stand or
fall together with its template. So a rate is the number of articles with at least one, out of all of them.

Whether two rates differ is asked of Fisher's exact test. It needs no large numbers to be right, as a z-test
does, so a rule that fires on 3 of 60 articles and then on none of 40 is no news. The test takes articles for
independent of each other, which those of one day aren't quite. So a change has to pass a second bar: it is
large. The first bar alone would call any flicker of a million articles a change, the second alone would cry
wolf over a handful.
"""

from __future__ import annotations

from math import exp, inf, lgamma

import msgspec

_ENOUGH = 1e-17


class Rate(msgspec.Struct, frozen=True):
    """In how many articles something is, of so many."""

    articles: int
    of: int
    at_most: bool = False
    """Whether it isn't known better than that it is in no more than `articles`."""

    @property
    def share(self) -> float:
        """The share of the articles, from 0 to 1."""
        return self.articles / self.of

    @property
    def per_1000(self) -> float:
        """How many of 1,000 articles."""
        return 1000 * self.share


def factor(old: Rate, new: Rate) -> float:
    """How many times as large as the lower rate the higher one is: 1 for equal ones, infinite by 0."""
    low, high = sorted((old.share, new.share))
    if high == low:
        return 1.0
    return high / low if low else inf


def chance(old: Rate, new: Rate) -> float:
    """How likely it is that two rates lie as far apart as these, or farther, where there is no difference.

    Fisher's exact test, two-sided: twice the tail on the side of what was found, 1 at most.
    """
    both, articles = old.articles + new.articles, old.of + new.of
    here = new.articles
    at_here = _log_choices(new.of, here) + _log_choices(old.of, both - here) - _log_choices(articles, both)
    upwards = here * articles >= both * new.of
    tail = term = 1.0
    while term > _ENOUGH * tail:
        if upwards:
            fits = (new.of - here) * (both - here)
            term *= fits / ((here + 1) * (old.of - both + here + 1)) if fits else 0.0
            here += 1
        else:
            fits = here * (old.of - both + here)
            term *= fits / ((new.of - here + 1) * (both - here + 1)) if fits else 0.0
            here -= 1
        tail += term
    return min(1.0, 2 * exp(min(at_here, 0.0)) * tail)


def _log_choices(among: int, chosen: int) -> float:
    return lgamma(among + 1) - lgamma(chosen + 1) - lgamma(among - chosen + 1)
