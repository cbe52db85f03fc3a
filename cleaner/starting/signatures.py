"""Wording by which an outlet's texts can be told: its brand in the dateline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from cleaner.document import Document

# As far as a recogniser looks for it.
_HEAD = 500
_LONGEST_NAME = 40
_WORDS = re.compile(r"[^\W_]+")
_LEAST = 4
# A brand in half of the texts is a habit; in fewer it is an edition's, or a mention.
_HABIT = 0.5


def signature_of(documents: Sequence[Document], names: Iterable[str]) -> str:
    """The brand with the dash behind it that opens most of the texts, as it is written; empty without one.

    `names` are what the outlet calls itself: `Warta Kota`, `wartakota`.
    """
    pattern = _pattern(names)
    if pattern is None:
        return ""
    found: Counter[str] = Counter()
    written: dict[str, str] = {}
    for document in documents:
        match = pattern.search(document.shadow, 0, _HEAD)
        if match:
            found[match[1]] += 1
            written.setdefault(match[1], document.text[match.start(1) : match.end(1)])
    if not found:
        return ""
    sign, times = max(found.items(), key=lambda pair: (pair[1], pair[0]))
    return written[sign] if times >= _HABIT * len(documents) else ""


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    words = [_WORDS.findall(name.lower()[:_LONGEST_NAME]) for name in names]
    brands = [r"[ .]?".join(map(re.escape, each)) for each in words if len("".join(each)) >= _LEAST]
    if not brands:
        return None
    # Longer ones first, as one name can begin with another.
    either = "|".join(sorted(dict.fromkeys(brands), key=lambda brand: (-len(brand), brand)))
    return re.compile(rf"(?<!\w)((?:{either})(?:\.[a-z]{{2,4}}){{0,2}} ?-)")
