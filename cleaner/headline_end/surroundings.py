"""The article around a headline, and how it writes the headline's words."""

from __future__ import annotations

from cleaner.headline_end.stretch import Stretch
from cleaner.headline_end.usage import usage_of

_AROUND = 3000
"""Characters before and behind the headline in which its words are looked for."""


def surroundings(text: str, stretch: Stretch) -> tuple[str, list[str]]:
    """The article around the stretch, and how it writes each word of the stretch: one of `USAGES`."""
    first, behind = stretch.starts[0], stretch.ends[-1]
    around = text[max(0, first - _AROUND) : first] + "\n" + text[behind : behind + _AROUND]
    # The first word is in the headline whatever it is, so nothing depends on it.
    return around, ["", *[usage_of(word, around) if word.named else "" for word in stretch.words[1:]]]
