"""What a cut takes with it of the white space around it, so that what stays reads as it was set.

A removal takes the blank lines of one side only, and the widest gap survives: two kept paragraphs are
never glued. A line's indentation goes and stays with its line. A cut inside a line leaves the space of
one side between what it parted.
"""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.claims import Claim


def with_seams(text: str, claims: Sequence[Claim]) -> list[tuple[int, int]]:
    """The stretch each claim removes, its share of the surrounding white space included.

    `claims` are disjoint, in order, and begin and end in a visible character. So are the stretches
    disjoint and in order, one a claim.
    """
    stretches: list[tuple[int, int]] = []
    first = 0
    while first < len(claims):
        last = first
        while last + 1 < len(claims) and _blank(text, claims[last].end, claims[last + 1].start):
            last += 1
        stretches += _group(text, claims[first : last + 1])
        first = last + 1
    return stretches


class _Gap:
    """White space `[start, end)`; behind `turn` it is the indentation of what follows."""

    def __init__(self, text: str, start: int, end: int) -> None:
        feed = text.rfind("\n", start, end)
        self.start = start
        self.end = end
        self.turn = end if feed < 0 else feed + 1
        self.width = (text.count("\n", start, end), int(end > start))


def _group(text: str, claims: Sequence[Claim]) -> list[tuple[int, int]]:
    """The stretches of claims with nothing but white space between them."""
    left, right = _gap_before(text, claims[0].start), _gap_after(text, claims[-1].end)
    edges = [left, *(edge for claim in claims for edge in (claim.start, claim.end)), right]
    gaps = [_Gap(text, edges[i], edges[i + 1]) for i in range(0, len(edges), 2)]
    kept = _kept(gaps, at_head=left == 0, at_tail=right == len(text))
    stretches = []
    for i, claim in enumerate(claims):
        if i < kept:
            stretches.append((gaps[i].start, claim.end))
        else:
            stretches.append((gaps[i].turn, gaps[i + 1].turn))
    return stretches


def _kept(gaps: Sequence[_Gap], at_head: bool, at_tail: bool) -> int:
    """Which gap survives. What opens and what ends the text is its own frame, and stays."""
    if at_head:
        return 0
    if at_tail:
        return len(gaps) - 1
    return max(range(len(gaps)), key=lambda i: gaps[i].width)


def _blank(text: str, start: int, end: int) -> bool:
    return start >= end or text[start:end].isspace()


def _gap_before(text: str, end: int) -> int:
    start = end
    while start and text[start - 1].isspace():
        start -= 1
    return start


def _gap_after(text: str, start: int) -> int:
    end = start
    while end < len(text) and text[end].isspace():
        end += 1
    return end
