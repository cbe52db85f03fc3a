"""The affixes of a word."""

from __future__ import annotations

import re

_PREFIX = re.compile(r"(?:me[mn]?|ber|ter|per|pe[mn]?|di|ke|se)(?=...)")


def affixes(word: str) -> str:
    """The affixes that tell a verb or a derived noun from a name; `-` for neither."""
    match = _PREFIX.match(word)
    prefix = match.group() if match else ""
    return prefix + (word[-3:] if word.endswith(("nya", "kan")) else "-an" if word.endswith("an") else "-")
