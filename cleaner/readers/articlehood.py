"""Whether a page holds an article at all. Only where it surely doesn't is it said to hold none."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from cleaner.document import Document
from cleaner.hints import HEADING, LINK_ONLY
from cleaner.readers.densest import is_prose
from cleaner.readers.lines import read_lines

NOTHING_FOUND = "no element of the page holds paragraphs"
"""What is said of a page that isn't known to be anything else."""

# What a body must hold to be one, in signs; a page with this much prose in a row is an article.
_LEAST = 80
_ENOUGH = 300

_FEEDS = frozenset(("rss", "feed", "rdf:rdf", "urlset", "sitemapindex", "opml"))
_ERROR = re.compile(
    r"^\W*(?:404|410|50[0-4])\W*$|"
    r"\b(?:error|galat|kesalahan)\W{0,3}(?:40[0-9]|410|50[0-9])\b|"
    r"\b(?:40[0-9]|410|50[0-9])\W{0,3}(?:error|not found|forbidden|gone|bad gateway|service|halaman|page)\b|"
    r"\b(?:page|url|file) (?:was )?not found\b|"
    r"\b(?:halaman|laman|artikel|berita)(?: yang)?(?: anda| kamu)?"
    r"(?: cari| dicari| tuju| dituju| minta| diminta)?(?: ini)?"
    r" (?:tidak (?:dapat )?|belum )(?:ditemukan|tersedia)\b|"
    r"\b(?:bad gateway|service (?:temporarily )?unavailable|internal server error)\b|"
    r"\b(?:access denied|akses ditolak)\b|"
    r"^(?:just a moment|attention required|are you (?:a robot|human)|verify you are human)\b",
    re.I,
)
_WALL = re.compile(
    r"\b(?:berlangganan|langganan|subscribe|subscription|premium|log ?in|masuk|sign in)\b", re.I
)
_WALLED = "[class*=paywall], [id*=paywall], [class*=pay-wall], [class*=premium-gate]"
_CLOSED = re.compile(r'"isAccessibleForFree"\s{0,9}:\s{0,9}"?false', re.I)
_LIST = re.compile(
    r"author|cari|category|indeks|index|kanal|kategori|label|page|penulis|rubrik|search|tags?|topics?|topik"
)
_QUERIES = re.compile(r"(?:^|&)(?:q|s|query|keyword|cari|search)=")
_REFRESH = re.compile(r"^\s*[0-9]{1,3}(?:\.[0-9]{1,3})?\s*[;,]\s*url\s*=", re.I)
_SENT_ON = re.compile(r"\blocation(?:\.href)?\s*=|\blocation\.(?:replace|assign)\s*\(")
_VIDEO = "video, iframe[src*='/embed'], meta[property='og:type'][content^='video']"
# A page with fewer has no list to speak of.
_FEWEST_LINKS = 10
_FEWEST_TEASERS = 4
# A notice at the page's end follows the last teaser.
_TEASERS_A_PAIR = 4


class _Lines(NamedTuple):
    """What the lines of a text are, counted."""

    letters: int
    linked: int
    """Signs in lines that are links."""
    links: int
    """Lines that are links."""
    headings: int
    """Headings that are links."""
    prose: int
    """Signs in lines of prose that are no links."""
    paragraphs: int
    """Lines of prose."""
    following: int
    """Lines of prose that follow another with no link between them."""
    walls: int
    """Signs in lines of prose that ask to pay, or to sign in, before reading on."""


def why_no_article(tree: LexborHTMLParser, document: Document, url: str | None) -> str | None:
    """Why the page holds no article, as a sentence that quotes none of it; None where it may hold one.

    `document` is what was read off the page as its article; its text is empty where nothing was found.
    """
    lines = _counted(document)
    if lines.following and lines.prose - lines.walls >= _ENOUGH:
        return _why_feed(tree)
    page = _counted(_whole(tree))
    return (
        _why_feed(tree)
        or _why_error(tree, lines)
        or _why_redirect(tree, page)
        or _why_wall(tree, page)
        or _why_index(tree, lines, page, url)
        or (_why_nothing(tree, page) if len(document.text) < _LEAST else None)
    )


def _whole(tree: LexborHTMLParser) -> Document:
    body = tree.body
    text, labels = read_lines([] if body is None else [(body, "body")], {})
    return Document(text, labels=labels)


def _why_feed(tree: LexborHTMLParser) -> str | None:
    body = tree.body
    first = body.first_child if body is not None else None
    while first is not None and not first.is_element_node:
        first = first.next
    if first is None or (first.tag or "") not in _FEEDS:
        return None
    return "a feed or a sitemap, not an article's page"


def _why_error(tree: LexborHTMLParser, lines: _Lines) -> str | None:
    if lines.prose >= _ENOUGH and (lines.following or _says_article(tree)):
        return None
    for selector in ("title", "h1", "h2"):
        node = tree.css_first(selector)
        if node is not None and _ERROR.search(node.text()[:200].strip()):
            return "an error page: its headline says that the page isn't there or can't be shown"
    return None


def _why_redirect(tree: LexborHTMLParser, page: _Lines) -> str | None:
    # Front pages send the reader to themselves every few minutes; those are full of text.
    if page.letters >= _ENOUGH:
        return None
    for meta in tree.css("meta[http-equiv][content]"):
        given = meta.attributes
        if (given["http-equiv"] or "").lower() == "refresh" and _REFRESH.match(given["content"] or ""):
            return "a page that only sends the reader on to another address"
    if not page.letters and any(_SENT_ON.search(script.text()) for script in tree.css("script")):
        return "a page that only sends the reader on to another address"
    return None


def _why_wall(tree: LexborHTMLParser, lines: _Lines) -> str | None:
    if lines.walls and lines.prose - lines.walls < _LEAST and _is_closed(tree):
        return "a paywall: the page asks to subscribe or sign in, and holds no paragraph of the article"
    return None


def _is_closed(tree: LexborHTMLParser) -> bool:
    """Whether the page's own markup says that its article isn't for all to read."""
    return tree.css_first(_WALLED) is not None or any(
        _CLOSED.search(script.text()) for script in tree.css("script[type='application/ld+json']")
    )


def _why_index(tree: LexborHTMLParser, lines: _Lines, page: _Lines, url: str | None) -> str | None:
    """An index's paragraphs are teasers: a link goes before each, and none is much longer than the others."""
    if page.paragraphs < max(_FEWEST_TEASERS, _TEASERS_A_PAIR * page.following):
        return None
    if page.links < page.paragraphs:
        return None
    if lines.prose * page.paragraphs >= 2 * page.prose or _says_article(tree):
        return None
    if page.headings >= _FEWEST_TEASERS or _names_a_list(url):
        return f"an index page: {_percent(page)} of its text is links, and a link goes before each paragraph"
    return None


def _why_nothing(tree: LexborHTMLParser, page: _Lines) -> str:
    """Why a page without a body is without one."""
    if not page.letters:
        filled = tree.css_first("script") is not None
        return f"an empty page: its body has no text{', a script would put it in' if filled else ''}"
    if tree.css_first(_VIDEO) is not None and page.prose < _LEAST:
        return "a video's page: no paragraph stands beside the player"
    if page.links >= _FEWEST_LINKS and 2 * page.linked > page.letters:
        return f"an index page: {_percent(page)} of its text is links, and no element of it holds paragraphs"
    return NOTHING_FOUND


def _percent(lines: _Lines) -> str:
    return f"{100 * lines.linked // max(1, lines.letters)} %"


def _says_article(tree: LexborHTMLParser) -> bool:
    """Whether the page itself says, to search engines or social networks, that it is an article."""
    kind = tree.css_first("meta[property='og:type'][content]")
    if kind is not None and (kind.attributes["content"] or "").lower() == "article":
        return True
    if tree.css_first("meta[property='article:published_time']") is not None:
        return True
    return any('Article"' in script.text() for script in tree.css("script[type='application/ld+json']"))


def _names_a_list(url: str | None) -> bool:
    """Whether an address is that of a front page, a rubric's list, a tag or a search."""
    if not url:
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    steps = [step for step in parts.path.lower().split("/") if step]
    return not steps or any(map(_LIST.fullmatch, steps)) or bool(_QUERIES.search(parts.query.lower()))


def _counted(document: Document) -> _Lines:
    letters = linked = links = headings = prose = paragraphs = following = walls = 0
    after_prose = False
    text = document.text
    for start, label in document.labels.items():
        feed = text.find("\n", start)
        end = len(text) if feed < 0 else feed
        letters += end - start
        if LINK_ONLY in label.hints:
            linked += end - start
            links += 1
            headings += HEADING in label.hints
            after_prose = False
        elif is_prose(end - start, text[max(start, end - 40) : end]):
            prose += end - start
            paragraphs += 1
            following += after_prose
            after_prose = True
            if end - start < _ENOUGH and _WALL.search(text, start, end):
                walls += end - start
    return _Lines(letters, linked, links, headings, prose, paragraphs, following, walls)
