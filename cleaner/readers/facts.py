"""What a page says of its article: headline, dates, people, subjects, address. Right, or not said at all.

Sources are asked in the order in which they are right: what a reader of the page sees at the places that the
outlet's template names, then what the page says to machines. What contradicts the page's own headline or
address is of another story.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from cleaner.document import Fact
from cleaner.readers.about import articles_about, headline_of, same_title, types_of
from cleaner.readers.article_dates import article_dates
from cleaner.readers.head import Head, read_head
from cleaner.readers.jsonld import Thing, things
from cleaner.readers.near import Near
from cleaner.readers.origins import JSON_LD, META, OPEN_GRAPH, origin_of
from cleaner.readers.outlet_names import OutletNames, folded
from cleaner.readers.page_address import host_name, place, places
from cleaner.readers.people import authors, editors, others
from cleaner.readers.values import address, once_each, plain, unescaped
from cleaner.templates import Template

_LONGEST_TITLE = 500
_LONGEST_NAME = 100
_LONGEST_CAPTION = 1000
_NO_TEMPLATE = Template(body=())
# A page has one headline, or one and a logo.
_MAX_HEADINGS = 60
_MAX_PEOPLE = 20
# So far above the headline the article's date, people and tags are in, and half the page isn't.
_PART_ABOVE = 3


class _Page(NamedTuple):
    """A page and what it says of itself, as far as it is of this article."""

    tree: LexborHTMLParser
    template: Template
    url: str | None
    head: Head
    told: Sequence[Thing]
    """All that its JSON-LD tells of."""
    articles: Sequence[Thing]
    """The things of it that are this article, the surest first."""
    headline: tuple[LexborNode, str] | None
    """The element of the article's headline, and the selector that found it."""
    part: LexborNode | None
    """The part of the page around the headline."""
    near: Near | None
    """What stands at the headline."""
    outlet: OutletNames


def read_facts(tree: LexborHTMLParser, template: Template | None, url: str | None) -> dict[str, Fact]:
    """The facts that a page tells of its article, by the name of the field; only those that are sure.

    `template` is that of the outlet's pages, where it is known, and `url` the address that the page was read
    from. Values are strings and lists of strings, without control characters, and bounded. `published` and
    `modified` are ISO 8601: with the zone where it is known, without where only the clock is, and a day alone
    where even the clock is in doubt. A page in English can't be told from one whose software was never
    translated, so `language` is never `en`.
    """
    page = _read(tree, template or _NO_TEMPLATE, url)
    facts = {
        "title": _title(page),
        **article_dates(partial(_first, page), page.template, page.head, page.articles, page.near),
        **_people(page),
        "source": _source(page),
        "section": _section(page),
        "tags": _tags(page),
        "captions": _captions(page),
        "canonical": _canonical(page),
        "language": _language(page),
    }
    return {name: fact for name, fact in facts.items() if fact is not None and fact.value}


def _read(tree: LexborHTMLParser, template: Template, url: str | None) -> _Page:
    head = read_head(tree)
    told = things(head.scripts)
    titles = [plain(title, _LONGEST_TITLE) for title in (head.first("og:title", "twitter:title"), head.title)]
    titles = [title for title in titles if title]
    headline = _headline(tree, template, titles)
    if headline is not None:
        titles.insert(0, plain(headline[0].text(), _LONGEST_TITLE))
    addresses = [address(each) for each in (url, head.canonical, head.first("og:url"))]
    articles = articles_about(told, places(addresses), titles)
    known = {thing["@id"]: thing for thing in told if isinstance(thing.get("@id"), str)}
    articles = [{**thing, **_people_of(thing, known)} for thing in articles]
    names = [head.first("og:site_name")] + [unescaped(each["publisher"], _LONGEST_NAME) for each in articles]
    outlet = OutletNames(map(host_name, addresses), filter(None, names))
    near = Near(headline[0]) if headline else None
    part = _part(headline[0]) if headline else None
    return _Page(tree, template, url, head, told, articles, headline, part, near, outlet)


def _part(headline: LexborNode) -> LexborNode:
    part = headline
    for _ in range(_PART_ABOVE):
        above = part.parent
        if above is None or not above.is_element_node:
            break
        part = above
    return part


def _first(page: _Page, selector: str) -> LexborNode | None:
    """The first element that `selector` names: around the headline, else anywhere."""
    node = page.part.css_first(selector) if page.part is not None else None
    return node if node is not None else page.tree.css_first(selector)


def _all(page: _Page, selector: str) -> list[LexborNode]:
    """The elements that `selector` names: those around the headline, else those anywhere."""
    nodes = page.part.css(selector) if page.part is not None else []
    return nodes or page.tree.css(selector)


def _shown(page: _Page, selectors: Iterable[str]) -> Iterator[tuple[str, LexborNode]]:
    """The first element for each of `selectors` that the page has one for, with the selector."""
    for selector in selectors:
        node = _first(page, selector)
        if node is not None:
            yield selector, node


def _headline(
    tree: LexborHTMLParser, template: Template, titles: Sequence[str]
) -> tuple[LexborNode, str] | None:
    for selector in template.title:
        node = tree.css_first(selector)
        if node is not None and plain(node.text(), _LONGEST_TITLE):
            return node, selector
    for tag in ("h1", "h2"):
        headings = tree.css(tag)[:_MAX_HEADINGS]
        if tag == "h1" and len(headings) == 1 and not titles:
            return headings[0], tag
        own = [
            node
            for node in headings
            if (text := plain(node.text(), _LONGEST_TITLE)) and any(same_title(text, each) for each in titles)
        ]
        if own:
            # A logo can have the title in it; the headline has nothing else.
            return min(own, key=_length), tag
    return None


def _length(node: LexborNode) -> int:
    return len(node.text())


def _title(page: _Page) -> Fact | None:
    if page.headline is not None:
        node, selector = page.headline
        # What a broken line parts are two words.
        text = node.text(separator=" ") if node.css_first("br") is not None else node.text()
        return Fact(plain(text, _LONGEST_TITLE), selector)
    for thing in page.articles:
        if headline := headline_of(thing):
            return Fact(page.outlet.without(headline), JSON_LD)
    for name in ("og:title", "twitter:title"):
        if title := plain(page.head.first(name), _LONGEST_TITLE):
            return Fact(page.outlet.without(title), OPEN_GRAPH if name[0] == "o" else META)
    title = plain(page.head.title, _LONGEST_TITLE)
    return Fact(page.outlet.without(title), "title") if title else None


def _people(page: _Page) -> dict[str, Fact | None]:
    edited = _editors(page)
    return {"authors": _authors(page, edited.value if edited else []), "editors": edited}


def _editors(page: _Page) -> Fact | None:
    for selector, texts in _texts(page, page.template.editors):
        if found := editors(texts, page.outlet):
            return Fact(found, selector)
    for name in ("content_editor", "editor"):
        if found := editors(page.head.all(name), page.outlet):
            return Fact(found, META)
    for thing in page.articles:
        labelled = [each for each in _keywords(thing) if each.lower().startswith("editor:")]
        if found := editors([*thing["editor"], *labelled], page.outlet):
            return Fact(found, JSON_LD)
    return _near_people(page, "editors")


def _authors(page: _Page, edited: Sequence[str]) -> Fact | None:
    for selector, texts in _texts(page, page.template.authors):
        if found := authors(texts, page.outlet):
            return Fact(found, selector)
    if found := authors(page.head.all("content_author"), page.outlet):
        return Fact(found, META)
    if found_near := _near_people(page, "authors"):
        return found_near
    # What names one person only often names the editor, who put the article in.
    for thing in page.articles:
        if found := others(authors(thing["author"], page.outlet), edited):
            return Fact(found, JSON_LD)
    for name in ("article:author", "author", "parsely-author", "dc.creator"):
        if found := others(authors(page.head.all(name), page.outlet), edited):
            return Fact(found, origin_of(name))
    return None


def _near_people(page: _Page, role: str) -> Fact | None:
    """Whom the page shows at its headline, where its template doesn't tell where to look."""
    if page.near is None or page.template.authors or page.template.editors:
        return None
    shown = page.near.people[role]
    found = authors((name for name, _ in shown), page.outlet)
    return Fact(found, shown[0][1]) if found else None


def _texts(page: _Page, selectors: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    for selector in selectors:
        nodes = _all(page, selector)
        if nodes:
            yield selector, [node.text(separator=" ") for node in nodes[:_MAX_HEADINGS]]


_PEOPLE = {"author": ("author", "creator"), "editor": ("editor",), "publisher": ("publisher",)}


def _people_of(thing: Thing, known: Mapping[str, Thing]) -> dict[str, Any]:
    """The names of an article's people and of its publisher, wherever its graph has them."""
    found: dict[str, Any] = {}
    for role, keys in _PEOPLE.items():
        value = next((thing[key] for key in keys if thing.get(key)), None)
        listed = value if isinstance(value, list) else [value]
        names = [name for each in listed[:_MAX_PEOPLE] for name in _names(each, known, role != "publisher")]
        found[role] = names if role != "publisher" else "".join(names[:1])
    return found


def _names(value: Any, known: Mapping[str, Thing], of_people: bool) -> list[str]:
    if isinstance(value, Mapping):
        identity = value.get("@id")
        if not value.get("name") and isinstance(identity, str):
            value = known.get(identity, value)
        if of_people and any("Organization" in each for each in types_of(value)):
            return []
        value = value.get("name")
    listed = value[:_MAX_PEOPLE] if isinstance(value, list) else [value]
    return [unescaped(each, 3 * _LONGEST_NAME) for each in listed]


def _source(page: _Page) -> Fact | None:
    for selector, node in _shown(page, page.template.source):
        if text := _SOURCE.sub("", plain(node.text(), 2 * _LONGEST_NAME)):
            return Fact(text, selector)
    source = plain(page.head.first("content_source"), _LONGEST_NAME)
    return Fact(source, META) if source else None


_SOURCE = re.compile(r"^(?:sumber|source) ?:? ?", re.I)
# What says nothing of an article's subject.
_NO_SECTION = frozenset(["article", "artikel", "berita", "beranda", "home", "index", "news", "uncategorized"])


def _section(page: _Page) -> Fact | None:
    for origin, value in _sections(page):
        if value and folded(value) not in _NO_SECTION and not page.outlet.has(value):
            return Fact(value, origin)
    return None


def _sections(page: _Page) -> Iterator[tuple[str, str]]:
    for selector, node in _shown(page, page.template.section):
        yield selector, plain(node.text(), _LONGEST_NAME)
    for thing in page.articles:
        section = thing.get("articleSection")
        yield (
            JSON_LD,
            unescaped(section[0] if isinstance(section, list) and section else section, _LONGEST_NAME),
        )
    for name in ("content_category", "article:section", "article:section2", "section"):
        yield origin_of(name), plain(page.head.first(name), _LONGEST_NAME)
    for thing in page.told:
        if thing.get("@type") == "BreadcrumbList":
            for crumb in _crumbs(thing.get("itemListElement")):
                yield JSON_LD, crumb


def _crumbs(items: Any) -> Iterator[str]:
    """The names between the front page and the article."""
    listed = (
        [item for item in items[:_MAX_HEADINGS] if isinstance(item, Mapping)]
        if isinstance(items, list)
        else []
    )
    for item in listed[:2]:
        inner = item.get("item")
        name = item.get("name") or (inner.get("name") if isinstance(inner, Mapping) else None)
        if item is not listed[-1] or "/read/" not in str(inner):
            yield unescaped(name, _LONGEST_NAME)


_ROLE_TAG = re.compile(r"(?:editor|reporter|penulis|author) ?:", re.I)
# A list of keywords that holds these is a sentence cut at its words.
_SMALL = frozenset(["adalah", "dan", "dari", "dengan", "di", "ini", "itu", "ke", "pada", "untuk", "yang"])
# What an outlet sets behind the keywords of every article.
_EVERYWHERE = re.compile(r"(?:berita|portal|kabar|news)(?: |$)", re.I)


def _tags(page: _Page) -> Fact | None:
    for thing in page.articles:
        if found := _own_tags(page, _keywords(thing), thing):
            return Fact(found, JSON_LD)
    for name in ("article:tag", "content_tags", "news_keywords"):
        if found := _own_tags(page, _parted(page.head.all(name))):
            return Fact(found, origin_of(name))
    for selector, texts in _texts(page, page.template.tags):
        if found := _own_tags(page, texts):
            return Fact(found, selector)
    words = [word.strip() for word in _parted(page.head.all("keywords")[:1])]
    if _SMALL.intersection([word.lower().rstrip(".") for word in words]):
        return None
    found = _own_tags(page, (word for word in words if not _EVERYWHERE.match(word)))
    return Fact(found, META) if found else None


def _own_tags(page: _Page, tags: Iterable[str], thing: Thing | None = None) -> list[str]:
    section = unescaped(thing.get("articleSection"), _LONGEST_NAME) if thing else ""
    return once_each(
        tag
        for each in tags
        if (tag := plain(each, _LONGEST_NAME).lstrip("# "))
        and not _ROLE_TAG.match(tag)
        and not (section and tag.startswith(f"{section}:"))
        and not page.outlet.called(tag)
    )


def _keywords(thing: Thing) -> list[str]:
    value = thing.get("keywords")
    if isinstance(value, str):
        return [unescaped(each, _LONGEST_NAME) for each in _parted([value])]
    return [unescaped(each, _LONGEST_NAME) for each in value] if isinstance(value, list) else []


def _parted(values: Iterable[str]) -> list[str]:
    return [piece for value in values for piece in value[:5000].split(",")]


def _captions(page: _Page) -> Fact | None:
    for selector, texts in _texts(page, page.template.captions):
        if found := once_each(plain(text, _LONGEST_CAPTION) for text in texts):
            return Fact(found, selector)
    return None


def _canonical(page: _Page) -> Fact | None:
    head = page.head
    for origin, said in (("link[rel=canonical]", head.canonical), (OPEN_GRAPH, head.first("og:url"))):
        try:
            found = address(said) or address(urljoin(page.url or "", said.strip())) if said else ""
        except ValueError:
            continue
        # Some pages name the outlet's front page here.
        if found and (place(found) or not (page.url and place(page.url))):
            return Fact(found.split("#", 1)[0], origin)
    return None


_LANGUAGE = re.compile(r"([a-z]{2,3})(?=[-_,; ]|$)|(?:bahasa )?(indonesian?)\b")
_META_LANGUAGES = ("language", "content-language", "dc.language", "og:locale")


def _language(page: _Page) -> Fact | None:
    other = None
    for origin, value in _languages(page):
        code = _code(value) if value else ""
        if code == "id":
            return Fact(code, origin)
        if code and code != "en" and other is None:
            other = Fact(code, origin)
    return other


def _languages(page: _Page) -> Iterator[tuple[str, Any]]:
    for name in _META_LANGUAGES:
        yield origin_of(name), page.head.first(name)
    for thing in page.articles:
        yield JSON_LD, thing.get("inLanguage")
    yield "html", page.head.language


def _code(value: Any) -> str:
    found = _LANGUAGE.match(plain(value, _LONGEST_NAME).lower())
    if found is None:
        return ""
    # Until 1989 the code of Indonesian was another.
    return "id" if found[2] or found[1] == "in" else found[1]
