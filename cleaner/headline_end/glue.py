"""Words that the scrape left no space between."""

from __future__ import annotations

import re

_GLUE = re.compile(
    r"(?<=[a-z])(?=[A-Z“\"][A-Za-z])|(?<=[0-9?!)%+”])(?=[A-Z“\"][a-z])|(?<=[A-Z0-9?!)%+”])(?=“[A-Z])"
    r"|(?<=[A-Z][A-Z])(?=[A-Z][a-z][a-z])|(?<=[A-Za-z]\")(?=[A-Z][a-z])|(?<=[a-z][a-z])(?=\d{1,2}\.$)"
)
"""A border with no space: `…PasarWarga`, `…Pasar!Warga`, `…PLNWarga`, `…2017“Warga`, `…Pasar1.`."""


def glued_parts(raw: str) -> tuple[str, ...]:
    """The words that are glued together in one; none where it is a single word."""
    if raw[1:].islower() and not raw[-2].isdigit():
        return ()
    borders = [0]
    for match in _GLUE.finditer(raw, 2):
        at = match.start()
        if at - borders[-1] > 1 and (len(raw) - at > 2 or raw[at].isdigit()):
            borders.append(at)
    if len(borders) == 1:
        return ()
    return tuple(raw[left:right] for left, right in zip(borders, [*borders[1:], len(raw)], strict=True))
