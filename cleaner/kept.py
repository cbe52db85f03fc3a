"""Which stretches of a source text are still there after some cuts, and where they came from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate


def gaps_between(stretches: Iterable[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    """What lies between disjoint stretches, in order, of a text of `length` code points."""
    gaps: list[tuple[int, int]] = []
    at = 0
    for start, end in stretches:
        if at < start:
            gaps.append((at, start))
        at = end
    if at < length:
        gaps.append((at, length))
    return gaps


class Kept:
    """A text that had stretches cut out of it, with the way back. Never changes; offsets in code points."""

    def __init__(self, source: str, segments: Sequence[tuple[int, int]] | None = None) -> None:
        """`segments` are the kept stretches of `source`, in order and not touching; all of it by default."""
        self._source = source
        self._segments = ((0, len(source)),) if segments is None else tuple(segments)
        self.text = "".join([source[start:end] for start, end in self._segments])
        """What is left."""
        self._offsets = list(accumulate((end - start for start, end in self._segments), initial=0))

    @property
    def last_visible(self) -> int:
        """The offset in the source behind the last kept character that isn't white space; 0 without one."""
        for start, end in reversed(self._segments):
            visible = len(self._source[start:end].rstrip())
            if visible:
                return start + visible
        return 0

    def place(self, offset: int) -> int | None:
        """Where in `text` the source's `offset` is now; None where it was cut."""
        segment = bisect_right(self._segments, (offset, len(self._source))) - 1
        if segment < 0 or offset >= self._segments[segment][1]:
            return None
        return self._offsets[segment] + offset - self._segments[segment][0]

    def without(self, stretches: Iterable[tuple[int, int]]) -> Kept:
        """The same without `stretches` of `text`, which are disjoint and in order."""
        gaps = gaps_between(stretches, len(self.text))
        return Kept(self._source, [piece for gap in gaps for piece in self.origin(*gap)])

    def origin(self, start: int, end: int) -> list[tuple[int, int]]:
        """The stretches of the source that `[start, end)` of `text` came from, in order."""
        offsets, segments = self._offsets, self._segments
        pieces: list[tuple[int, int]] = []
        segment = bisect_right(offsets, start) - 1
        while start < end:
            stop = min(end, offsets[segment + 1])
            shift = segments[segment][0] - offsets[segment]
            pieces.append((start + shift, stop + shift))
            start = stop
            segment += 1
        return pieces
