"""Words that the scrape left no space between."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.headline_end.standing import standing
from cleaner.punctuation import MARKS

_GLUE = re.compile(
    r"(?<=[a-z])(?=[A-Z“\"][A-Za-z])|(?<=[0-9?!)%+”])(?=[A-Z“\"][a-z])|(?<=[A-Z0-9?!)%+”])(?=“[A-Z])"
    r"|(?<=[A-Z][A-Z])(?=[A-Z][a-z][a-z])|(?<=[A-Za-z]\")(?=[A-Z][a-z])|(?<=[a-z][a-z])(?=\d{1,2}\.$)"
)
"""A border with no space: `…PasarWarga`, `…Pasar!Warga`, `…PLNWarga`, `…2017“Warga`, `…Pasar1.`."""
_LONGEST = 40
"""How far the word in front of another is looked for."""


def glued_parts(raw: str) -> tuple[str, ...]:
    """The words that are glued together in one; none where it is a single word."""
    if raw[1:].islower() and not raw[-2].isdigit():
        return ()
    borders = [0]
    # One sign is no word, but for a number: `… iPhone 8` is glued to what follows as `8Selain`.
    for match in _GLUE.finditer(raw, 1 if raw[0].isdigit() else 2):
        at = match.start()
        if (at - borders[-1] > 1 or raw[borders[-1]].isdigit()) and (len(raw) - at > 2 or raw[at].isdigit()):
            borders.append(at)
    if len(borders) == 1:
        return ()
    return tuple(raw[left:right] for left, right in zip(borders, [*borders[1:], len(raw)], strict=True))


def apart(parts: tuple[str, ...], before: str, article: str) -> tuple[str, ...]:
    """`parts` without the borders inside names such as `WhatsApp`: those that the article writes as one word
    elsewhere. Behind the same word, `before`, it is the same stretch, which the scrape has twice."""
    words = [parts[0]]
    for part in parts[1:]:
        joined = words[-1] + part
        if any(here != before or len(words) > 1 for here in _words_before(joined.strip(MARKS), article)):
            words[-1] = joined
        else:
            words.append(part)
    return tuple(words)


def _words_before(word: str, article: str) -> Iterator[str]:
    """What stands in front of each place where the article has the word alone; empty at a line's start."""
    for at in standing(word, article):
        front, behind = article[max(0, at - _LONGEST) : at], article[at + len(word) : at + len(word) + 1]
        # Behind a digit, or in front of one, it is a part of another name.
        if not (front[-1:].isalnum() or behind.isalnum()):
            yield "".join(front.split()[-1:])
