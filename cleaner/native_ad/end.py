"""Where a native advertisement ends."""

from __future__ import annotations

import re

from cleaner.native_ad.sentences import sentences
from cleaner.native_ad.signs import AD_POINTS, is_report, last_sign, signs
from cleaner.next_marker import until_marker

AD_REACH = 360
"""Characters looked at for a native ad: two teasers have at most ~250."""
_SENTENCE = 14
"""Words of the longest sentence of a teaser."""
_RUN = re.compile(r"[A-Z][a-z]+ (?!Anda)[A-Z][a-z]")
"""Capitalised words in a row."""


def native_ads_end(text: str, start: int, limit: int | None = None) -> int | None:
    """The end of the native ad that begins at `start` (an offset behind the headline, white space allowed);
    None if there is none.

    An ad is one or two teasers, each a few short sentences, often without an end stop. A run of sentences is
    an ad when features of at least two sorts (`signs`) come together; it ends behind the last sentence that
    shows some, so the paragraph behind it stays whole. Nothing at or behind `limit` is looked at.
    """
    stop = min(len(text) if limit is None else limit, len(text), start + AD_REACH)
    stop = until_marker(text, start, stop)
    end: int | None = None
    points, waiting = 0.0, 0
    sorts: set[str] = set()
    for n, (left, right) in enumerate(sentences(text, start, stop)):
        if text.count(" ", left, right) >= _SENTENCE or is_report(text, left, right):
            break
        told = signs(text, left, right)
        worth = sum(told.values())
        ended = text[right - 1] in ".!?"
        points += worth
        sorts.update(told)
        goes_on = n in (1, 2) and end and worth > 1 and ended  # a second line may say less
        if (worth >= 2 and len(told) > 1) or "without" in told or goes_on:
            waiting, end = 0, right
            if not ended and _RUN.search(text, left, right):
                # In title case nothing tells the ad's last words from the paragraph's first.
                end = last_sign(text, left, right)
                break
            continue
        waiting += 1
        # One sentence may wait for the next to be told, if it shows something itself.
        if waiting > 1 or not worth:
            break
    return end if points >= AD_POINTS and len(sorts) >= 2 else None
