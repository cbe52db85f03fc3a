"""The candidate borders at first sight: by the stretch, and how the article writes its words."""

from __future__ import annotations

from cleaner.headline_end.runs import add_endless, add_runs
from cleaner.headline_end.stretch import Stretch
from cleaner.headline_end.weights import Weights
from cleaner.headline_end.words import Word

_UNFINISHED = 3.0
"""Against there being no headline (natural logarithm of odds), where all that is there ends without a stop:
prose does end in one."""
_STOPS = ".!?\"”’')…"
"""What finished sentences end in."""


def first_sight(stretch: Stretch, usages: list[str]) -> tuple[list[int], list[float]]:
    """The candidate borders, and the weight of each from the stretch alone and from how the article writes
    its words.

    A border is the index of the word behind it: 0 says that there is no headline at all, the number of words
    that it is as long as the stretch.
    """
    style, words, _, _, glued, whole = stretch
    weights, word_inside = style.weights, style.inside
    found = [0]
    weighed = [weights.border.get("no headline", 0.0) + weights.open.get(words[0].lower, 0.0)]
    waiting = 0  # candidates of which the next lower-case word isn't known yet
    inside = 0.0
    since = 0  # words since the last glued border: the length of the last headline
    before = words[0]
    for k, word in enumerate(words):
        if word.small:
            if waiting:
                add_runs(stretch, k, found, weighed, waiting)
                waiting = 0
        elif k > 1 and (before.closes or k in glued):
            found.append(k)
            here = inside + style.length[since] + before.last + word.first
            weighed.append(here + _glued(before, weights) if k in glued else here)
            waiting += 1
        if k in glued:
            since = 0
            inside += weights.inside.get("glued", 0.0)
        since += 1
        if k:
            inside += word.inside + word_inside[usages[k]]
        before = word
    if waiting:
        add_endless(stretch, weighed, waiting)
    if whole:
        found.append(len(words))
        here = inside + style.length[since] + before.last
        weighed.append(here + weights.border.get("stretch ends", 0.0))
        if before.raw[-1] not in _STOPS:
            weighed[0] -= _UNFINISHED
    return found, weighed


def _glued(before: Word, weights: Weights) -> float:
    """The weight of having no space at the border behind a word."""
    return weights.border.get("glued", 0.0) + weights.border.get("glued after " + before.shape, 0.0)
