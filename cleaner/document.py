"""What comes in: one article's text, never changed, and what is known about it."""

from __future__ import annotations

import msgspec

from cleaner.shadow import fold


class Line(msgspec.Struct, frozen=True):
    """A half-open stretch `[start, end)` of a document's text, with its terminator, in code points."""

    start: int
    end: int


class Document(msgspec.Struct, frozen=True, dict=True):
    """One article as it was scraped. `text` is what offsets everywhere in this package point into."""

    text: str
    id: str | None = None
    url: str | None = None
    title: str | None = None

    @property
    def shadow(self) -> str:
        """The folded copy of `text`, of equal length, that rules are matched on."""
        kept = self.__dict__
        if "shadow" not in kept:
            kept["shadow"] = fold(self.text)
        shadow: str = kept["shadow"]
        return shadow

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines that partition the text; only a line feed ends one, so `\\r\\n` stays together."""
        lines, start = [], 0
        for piece in self.text.split("\n"):
            end = min(start + len(piece) + 1, len(self.text))
            if end > start:
                lines.append(Line(start, end))
            start = end
        return tuple(lines)
