"""What comes in: one article's text, never changed, and what is known about it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import msgspec

from cleaner.hints import Label
from cleaner.shadow import fold_spaced, parted, spaced

_SIGN = re.compile(r"[]<>*_#\\]")


class Line(msgspec.Struct, frozen=True):
    """A half-open stretch `[start, end)` of a document's text, with its terminator, in code points."""

    start: int
    end: int
    hints: tuple[str, ...] = ()
    """What the page said of the line, such as `figcaption`; nothing where there was no page."""


class Fact(msgspec.Struct, frozen=True):
    """A value that is known about an article, and who said it, such as `json-ld` or a CSS selector."""

    value: Any
    origin: str


class Document(msgspec.Struct, frozen=True, dict=True):
    """One article as it was scraped. `text` is what offsets everywhere in this package point into."""

    text: str
    id: str | None = None
    url: str | None = None
    title: str | None = None
    labels: Mapping[int, Label] = {}
    """What a page says of the text's lines, by the offset where a line starts; empty for plain text."""
    facts: Mapping[str, Fact] = {}
    """What a page says of the article, by the name of the field; empty for plain text."""
    no_article: str | None = None
    """Why a page holds no article; its text is then empty."""

    @property
    def on_one_line(self) -> bool:
        """Whether no line feed parts the text."""
        return "\n" not in self.text

    @cached_property
    def spaced(self) -> str:
        """The text with plain spaces, of equal length, that rules are matched on which regard capitals.

        Where it is all on one line, there are line feeds for those that it lost, as far as can be seen.
        """
        return parted(spaced(self.text))

    @cached_property
    def shadow(self) -> str:
        """The folded copy of `text`, of equal length, that rules are matched on."""
        return fold_spaced(self.spaced)

    @cached_property
    def has_runs(self) -> bool:
        """Whether there are two spaces in a row, so that a rule is tried with single ones, too."""
        return "  " in self.shadow

    @cached_property
    def has_marks(self) -> bool:
        """Whether there may be marks of Markdown or HTML tags, so that a rule is tried without them, too."""
        # A single sign is found at ten times the speed of two, and most articles hold none of these.
        text = self.text
        return (
            ("*" in text and ("**" in text or "\n*" in text or text[0] == "*"))
            or ("]" in text and "](" in text)
            or ("<" in text and ("</" in text or "<br" in text))
            or ("#" in text and "# " in text)
            or ("_" in text and ("\n_" in text or text[0] == "_"))
            or ("\\" in text)
        )

    @cached_property
    def signs(self) -> list[int]:
        """Where the signs stand of which each mark of Markdown and each tag has one, and hardly a line of
        prose; none where there are no marks."""
        return [sign.start() for sign in _SIGN.finditer(self.shadow)] if self.has_marks else []

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines that partition the text; only a line feed ends one, so `\\r\\n` stays together."""
        lines, start = [], 0
        for piece in self.text.split("\n"):
            end = min(start + len(piece) + 1, len(self.text))
            if end > start:
                label = self.labels.get(start)
                lines.append(Line(start, end, label.hints if label else ()))
            start = end
        return tuple(lines)
