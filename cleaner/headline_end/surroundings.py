"""The article around a headline, and how it writes the headline's words."""

from __future__ import annotations

from cleaner.headline_end.around import around
from cleaner.headline_end.stretch import Stretch
from cleaner.headline_end.usage import usage_of


def surroundings(text: str, stretch: Stretch) -> tuple[str, list[str]]:
    """The article around the stretch, and how it writes each word of the stretch: one of `USAGES`."""
    article = around(text, stretch.starts[0], stretch.ends[-1])
    # The first word is in the headline whatever it is, so nothing depends on it.
    return article, ["", *[usage_of(word, article) if word.named else "" for word in stretch.words[1:]]]
