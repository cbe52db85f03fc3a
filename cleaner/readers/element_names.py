"""What the name of an element says of what it holds: a caption, a date, other stories.

Names are for scripts and style sheets, and any site can use any word in any sense. So they say little alone:
whoever asks has another reason to take an element for furniture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from selectolax.lexbor import LexborNode

# Steps of a name: `photoDesc`, `photo-desc` and `photo__desc` have the same two.
_STEP = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_LONGEST_NAME = 80
_MOST_NAMES = 12

# The first that fits decides: a caption's zoom button is a button.
_SAID = (
    (
        "chrome_box",
        r"btn|button|tombol|zoom|pagination|toolbar|comments?|komentar|disqus|footer|breadcrumbs?",
    ),
    ("ad_box", r"ads?|adsense|iklan|advert(?:s|isement|orial)?|sponsor(?:s|ed)?"),
    (
        "related_box",
        r"related|terkait|bacajuga|lainnya|recommend(?:ed|ation|ations)?|rekomendasi|popul[ae]r|terpopuler|"
        r"trending|terbaru|latest|readmore|alsoread|readalso|otherstories|teasers?",
    ),
    ("prompt_box", r"share|shares|sharing|sosmed|newsletter|subscribe|loadmore|follow"),
    (
        "caption_box",
        r"captions?|(?:photos?|foto|images?|img|gambar|pictures?|figure)"
        r"(?:info|desc|description|deskripsi|credits?|source|title)",
    ),
    (
        "byline_box",
        r"authors?|penulis|bylines?|reporters?|editors?|redaktur|wartawan|jurnalis|pewarta|writers?",
    ),
    ("meta_box", r"dates?|tanggal|tgl|timestamp|tags?|rubrik|kanal"),
)
# Alone, and not as what stands beside a text, such as `text-image`.
_PICTURE = re.compile(r"photos?|foto|images?|img|gambar|pictures?|figure")
BOXES = frozenset(hint for hint, _ in _SAID)
"""The hints that names give."""
_PATTERNS = tuple((hint, re.compile(pattern)) for hint, pattern in _SAID)


def said_by_name(node: LexborNode) -> str | None:
    """The hint of the box that an element is, by its classes and its id; None where they say nothing."""
    given = node.attributes
    names = f"{given.get('class') or ''} {given.get('id') or ''}".split()
    return next(filter(None, map(_said, names[:_MOST_NAMES])), None)


def _said(name: str) -> str | None:
    return _said_by(name) if len(name) <= _LONGEST_NAME else None


@lru_cache(maxsize=4096)
def _said_by(name: str) -> str | None:
    steps = tuple(_steps(name))
    said = next((hint for hint, pattern in _PATTERNS if any(map(pattern.fullmatch, steps))), None)
    return "caption_box" if said is None and steps and _PICTURE.fullmatch(steps[0]) else said


def _steps(name: str) -> Iterator[str]:
    """The steps of a name, and each two that follow each other as one: `baca-juga`, `load-more`."""
    before = ""
    for step in _STEP.findall(name):
        yield step.lower()
        if before:
            yield before + step.lower()
        before = step.lower()
