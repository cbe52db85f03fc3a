"""Which words of a page's container a tool left, told from its text alone.

So any tool can be scored, whatever it makes of white space, bullets and blocks. Blocks of equal words are
looked for in order, the longest first (`difflib`, without its heuristic for frequent words). Where the edges
of a gap could lie a few words earlier or later for the same text, the tool gets the benefit.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from unicodedata import normalize

from html_gold import Word

Gap = tuple[int, int, int, int]


def left_words(gold: Sequence[Word], output: Sequence[str]) -> tuple[list[bool], int]:
    """For each word of the container whether the output has it, and how many letters the output has besides.

    What it has besides is from elsewhere on the page, or was put in by the tool.
    """
    source = [normalize("NFC", word.text) for word in gold]
    target = [normalize("NFC", word) for word in output]
    left = [True] * len(source)
    besides = 0
    gaps = _gaps(source, target)
    floor = 0
    for number, (start, end, other, other_end) in enumerate(gaps):
        inserted = "".join(target[other:other_end])
        if inserted and inserted == "".join(source[start:end]):
            continue  # The same letters, parted elsewhere.
        if not inserted:
            ceiling = gaps[number + 1][0] if number + 1 < len(gaps) else len(source)
            start, end = _kindest(gold, start, end, floor, ceiling)
        left[start:end] = [False] * (end - start)
        besides += len(inserted)
        floor = end
    return left, besides


def _gaps(source: list[str], target: list[str]) -> list[Gap]:
    codes = SequenceMatcher(None, source, target, autojunk=False).get_opcodes()
    return [(start, end, other, to) for tag, start, end, other, to in codes if tag != "equal"]


def _kindest(gold: Sequence[Word], start: int, end: int, floor: int, ceiling: int) -> tuple[int, int]:
    """Of the gaps that leave the same text, between the gaps beside it, the one with fewest own words."""
    first, last = start, end
    while first > floor and gold[first - 1].text == gold[last - 1].text:
        first, last = first - 1, last - 1
    best, fewest = (start, end), _own(gold, start, end)
    while True:
        if (own := _own(gold, first, last)) < fewest:
            best, fewest = (first, last), own
        if last == ceiling or gold[first].text != gold[last].text:
            return best
        first, last = first + 1, last + 1


def _own(gold: Sequence[Word], start: int, end: int) -> int:
    return sum(word.kind is None for word in gold[start:end])
