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
        # A group of claims with nothing but white space between them shares the gaps around it.
        gaps = [(_gap_start(text, claims[first].start), claims[first].start)]
        last = first
        while True:
            gap = claims[last].end, _gap_end(text, claims[last].end)
            gaps.append(gap)
            if last + 1 == len(claims) or claims[last + 1].start != gap[1]:
                break
            last += 1
        stretches += _group(text, claims[first : last + 1], gaps)
        first = last + 1
    return stretches


def _group(text: str, claims: Sequence[Claim], gaps: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches of one group. `gaps` are the white space before, between and behind its claims."""
    if gaps[0][0] == 0 and "\n" in text[slice(*gaps[-1])] and "\n" not in text[: gaps[0][1]]:
        # A text may open with an indented line: that is no frame.
        gaps = [(0, 0), *gaps[1:]]
    kept = _kept(text, gaps)
    return [
        (gaps[i][0], claim.end) if i < kept else (_turn(text, gaps[i]), _turn(text, gaps[i + 1]))
        for i, claim in enumerate(claims)
    ]


def _kept(text: str, gaps: Sequence[tuple[int, int]]) -> int:
    """Which gap survives. What opens and what ends the text is its own frame, and stays."""
    if gaps[0][0] == 0:
        return 0
    if gaps[-1][1] == len(text):
        return len(gaps) - 1
    widths = [(text.count("\n", start, end), end > start) for start, end in gaps]
    return widths.index(max(widths))


def _turn(text: str, gap: tuple[int, int]) -> int:
    """Where a gap ends and the indentation of the line behind it begins."""
    feed = text.rfind("\n", *gap)
    return gap[1] if feed < 0 else feed + 1


def _gap_start(text: str, end: int) -> int:
    start = end
    while start and text[start - 1].isspace():
        start -= 1
    return start


def _gap_end(text: str, start: int) -> int:
    end, length = start, len(text)
    while end < length and text[end].isspace():
        end += 1
    return end
