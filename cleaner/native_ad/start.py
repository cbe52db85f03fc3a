"""Where a native advertisement seems to begin."""

from __future__ import annotations

import re

from cleaner.native_ad.sentences import sentences
from cleaner.native_ad.signs import AD_POINTS, is_report, signs

_REACH = 130
"""Characters in which an ad must show what it is."""
_ENOUGH = AD_POINTS - 0.5
"""Points that its first two sentences must have; the third may bring the rest."""

_TEASER_HINT = re.compile(
    r"Anda\b|!|Tanpa |tanpa |Dalam (?:\d|se[hmb])|dalam (?:\d|se[hmb])|Diskon|diskon"
    r"|Cara |Obat |Coba |Lakukan |Minum "
)
"""Without one of these no ad is looked for."""


def may_hold_ad(text: str, start: int, stop: int) -> bool:
    """Whether there is anything in `[start, stop)` that an ad could begin with."""
    return _TEASER_HINT.search(text, start, stop) is not None


def ad_starts(text: str, start: int, stop: int) -> tuple[str, int]:
    """`teaser` where a native ad seems to begin at `start` (its first sentences show enough), `teaser opens`
    where its first words are of the kind that teasers begin with, else an empty string; and where the first
    sentence ends."""
    points, opens, end = 0.0, False, start
    for n, (left, right) in enumerate(sentences(text, start, min(stop, start + _REACH))):
        if n > 1 or is_report(text, left, right):
            break
        told = signs(text, left, right)
        if not told:
            break
        if n == 0:
            opens, end = "do" in told or "how" in told, right
        points += sum(told.values())
        if points >= _ENOUGH:
            return "teaser opens" if opens else "teaser", end
    return "", end
