"""One way of writing headlines, title or sentence case: its weights, added up as far as they go together."""

from __future__ import annotations

from functools import lru_cache

from cleaner.headline_end.usage import USAGES, as_listed
from cleaner.headline_end.weights import Table, Weights
from cleaner.headline_end.words import Word

MOST_WORDS = 40
"""Words looked at behind the start."""
_LONGEST = 20  # words of a headline; longer ones weigh the same
_LONGEST_RUN = 7  # words from a border to the first lower-case one; longer runs weigh the same
_REMEMBERED = 1 << 15  # words whose class and weights are kept at hand


class Style:
    """The weights for one way of writing headlines, added up as far as they always occur together."""

    def __init__(self, function_words: frozenset[str], weights: Weights) -> None:
        self.weights = weights
        self.word = lru_cache(_REMEMBERED)(lambda raw: Word(raw, function_words, weights))
        """The word of that spelling. What is kept depends on nothing else, so it can't change an answer."""
        around = {key: as_listed(key) for key in USAGES}
        self.inside = {
            key: weights.inside.get(told[2:], 0.0) if key[:1] == "C" else 0.0 for key, told in around.items()
        }
        self.second = {key: weights.around.get("second " + told, 0.0) for key, told in around.items() if key}
        self.meeting = {
            (last, first): _meeting(around[last], around[first], weights.around)
            for last in USAGES
            for first in USAGES
        }
        self.pair = weights.around.get("pair", 0.0)
        self.opens_another = weights.around.get("first opens another sentence", 0.0)
        self.name = weights.around.get("name", 0.0)
        self.no_name = weights.around.get("no name", 0.0)
        self.run_length = {
            kind: [
                weights.run.get(f"{min(words, _LONGEST_RUN)}{kind}", 0.0) for words in range(MOST_WORDS + 2)
            ]
            for kind in "fl"
        }
        self.length = [weights.length.get(str(min(words, _LONGEST)), 0.0) for words in range(MOST_WORDS + 2)]


def _meeting(last: str, first: str, table: Table) -> float:
    """What it weighs how the words before and behind a border are written elsewhere."""
    weight = 0.0
    if last:
        weight += table.get("last " + last, 0.0)
    if first:
        weight += table.get("first " + first, 0.0)
    if last and first:
        weight += table.get(last[2:] + ", " + first[2:], 0.0)
    return weight
