"""Where the next `Baca Juga`, or a script, stands: what began in front of it ends there at the latest."""

from __future__ import annotations

import re

# Alternatives that begin with a plain letter let a search skip all other letters, which is much faster.
_MARKER = re.compile(
    r"(?:B(?<!\w.)(?:aca|ACA)|b(?<!\w.)aca|S(?<!\w.)(?:imak|IMAK)|s(?<!\w.)imak"
    r"|L(?<!\w.)(?:ihat|IHAT)|l(?<!\w.)ihat)(?: ?(?:[Jj]uga|JUGA))? {0,2}[:\-–] ?"
)
_HINTS = ("baca", "Baca", "BACA", "simak", "Simak", "SIMAK", "lihat", "Lihat", "LIHAT")
"""Without one of these no marker is looked for."""
_SCRIPTS = ("googletag.", "(adsbygoogle")
"""How the scripts of advertisements begin that stand in scraped texts."""


def until_marker(text: str, start: int, stop: int) -> int:
    """Where the line ends, or another marker or a script stands; `stop` if none does before."""
    for end in ("\n", *_SCRIPTS):
        at = text.find(end, start, stop)
        if at >= 0:
            stop = at
    window = text[start:stop]
    for hint in _HINTS:
        if hint in window:
            marker = _MARKER.search(text, start, stop)
            return marker.start() if marker else stop
    return stop
