"""What the run of words behind a border weighs, up to the first lower-case one."""

from __future__ import annotations

from cleaner.headline_end.affixes import affixes
from cleaner.headline_end.stretch import Stretch
from cleaner.headline_end.weights import Table
from cleaner.headline_end.words import Word


def add_runs(stretch: Stretch, low: int, found: list[int], weighed: list[float], waiting: int) -> None:
    """Add to the last `waiting` borders the weight of the run of words from there to the lower-case word
    `low`, the first behind them, and of that word."""
    style, words = stretch.style, stretch.words
    run, second = style.weights.run, style.weights.second
    word = words[low]
    of_length = style.run_length[word.kind]
    verb = _verb(words, low, style.weights.verb)
    far = verb + run.get("… " + words[low - 1].shape + word.kind, 0.0) + second.get("… " + word.lower, 0.0)
    for place in range(len(found) - waiting, len(found)):
        k = found[place]
        here = of_length[low - k]
        here += run.get(words[k - 1].kind + words[k].kind + words[k + 1].kind, 0.0)
        if low - k == 1:
            here += verb + second.get(word.lower, 0.0)
        else:
            here += far
            for held in words[k + 1 : low]:
                if held.kind in "FQN":
                    here += run.get("holds " + held.kind, 0.0)
        weighed[place] += here


def add_endless(stretch: Stretch, weighed: list[float], waiting: int) -> None:
    """Add to the last `waiting` borders the weight of having no lower-case word behind them."""
    none = stretch.style.weights.run.get("none", 0.0)
    for place in range(len(weighed) - waiting, len(weighed)):
        weighed[place] += none


def _verb(words: list[Word], low: int, table: Table) -> float:
    """The weight of the content word that follows, if only function words stand before it."""
    while low + 1 < len(words) and words[low].kind == "f":
        low += 1
    return table.get(affixes(words[low].lower), 0.0) if words[low].kind == "l" else 0.0
