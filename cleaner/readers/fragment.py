"""Whether HTML is a piece of a page, as scrapers cut it out and as WordPress's interface gives it."""

from __future__ import annotations

import re

# What stands around an article, on a whole page and on larger pieces of one.
_AROUND = re.compile(
    rb"<(?:!doctype|\?xml"
    rb"|(?:html|head|body|title|meta|link|script|style|nav|header|footer|main|aside|form|h1|rss|feed)[\s/>])",
    re.I,
)


def is_fragment(source: bytes) -> bool:
    """Whether `source`, HTML in UTF-8, has nothing that only stands around an article."""
    return _AROUND.search(source) is None
