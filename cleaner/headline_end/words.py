"""A word, its class, and what it weighs in each place."""

from __future__ import annotations

import re

from cleaner.headline_end.affixes import affixes
from cleaner.headline_end.glue import glued_parts
from cleaner.headline_end.weights import Weights
from cleaner.punctuation import MARKS, QUOTES

_CLOSING = dict.fromkeys("\"”’'", '"')
"""Closing quotation marks count as one."""
_ITEM = re.compile(r"\d{1,2}\.")
"""The number of a list's item; its heading follows."""


class Word:
    """A word with its marks, and what it weighs in each place, in one way of writing headlines.

    Classes (`kind`): `C` capitalised, `F` capitalised function word, `U` all capitals, `N` begins with a
    digit, `Q` begins with a quotation mark, `f` function word, `l` any other lower-case word, `p` marks only.
    `shape` is the class and the mark behind it, `core` the word without marks, `lower` the same in small
    letters, `item` the number of a list's item where it is one, else 0.
    """

    __slots__ = (
        "closes",
        "core",
        "first",
        "inside",
        "item",
        "kind",
        "last",
        "lower",
        "named",
        "parts",
        "raw",
        "shape",
        "small",
        "tail",
    )

    def __init__(self, raw: str, function_words: frozenset[str], weights: Weights) -> None:
        self.raw = raw
        self.core = core = raw.strip(MARKS) or raw
        self.lower = lower = core.lower()
        self.kind = kind = _kind(raw, core, lower, function_words)
        mark = raw[-1]
        self.shape = shape = kind if kind == "p" or mark.isalnum() else kind + _CLOSING.get(mark, mark)
        self.parts = glued_parts(raw)
        self.item = int(core) if kind == "N" and _ITEM.fullmatch(raw) else 0
        self.small = kind in "fl"
        self.named = kind in "CU"
        """Whether it tells something how the rest of the article writes it."""
        self.closes = kind not in "fp" and mark not in ",:"
        """Whether a border with a space can stand behind it."""
        self.tail = core[1:] if kind == "C" and core[1:] == lower[1:] else ""
        """What is the same where it is written with a capital and where without."""
        self.inside = weights.inside.get(shape, 0.0) + weights.within.get(lower, 0.0)
        self.last = weights.prev.get(shape, 0.0) + weights.last.get(lower, 0.0)
        self.first = 0.0
        if not self.small:
            self.first = weights.open.get(lower, 0.0) + weights.border.get(shape, 0.0)
        if kind == "C":
            form = affixes(lower)
            self.inside += weights.shape.get(form, 0.0)
            self.first += weights.form.get(form, 0.0)


def _kind(raw: str, core: str, lower: str, function_words: frozenset[str]) -> str:
    """The class of a word, see `Word`."""
    first = core[0]
    if first in MARKS:
        return "p"
    if raw[0] in QUOTES:
        return "Q"
    if first.isdigit():
        return "N"
    if lower in function_words:
        return "f" if first.islower() else "F"
    if first.islower():
        return "l"
    return "U" if len(core) > 1 and core.isupper() else "C"
