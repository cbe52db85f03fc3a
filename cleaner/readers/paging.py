"""Which page of which article a url names. Several pages of one article differ in nothing else.

A page that can't be told for certain is the first page of an article of its own: two records too many do
less harm than two stories in one. So pages of lists (`/tag/…`, `/indeks`) are none, `?p=` is none, as it is
the number of a post in WordPress, and a bare number at the end of a path counts only behind an article's
slug. AMP and desktop pages are kept apart: outlets part their text differently, so page 2 of the one doesn't
begin where page 1 of the other ends.
"""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

ALL: Final = "all"
"""The page that holds the whole article."""


class PageNumber(NamedTuple):
    """One page of one article."""

    article: str
    """What the urls of all its pages have in common; equal for them, and for no other article."""
    page: int | Literal["all"]
    """From 1, or `ALL`."""
    bare: bool = False
    """It is told by nothing but a number at the end of the path. Some sites count paragraphs there, so it
    is to be believed only where the pages before it are there too."""


_PAGE_KEYS = frozenset(("page", "halaman", "showpage"))
_NUMBER = re.compile(r"[1-9]\d{0,2}", re.A)
_BARE_NUMBER = re.compile(r"[1-9]", re.A)
_PAGE_STEPS = frozenset(("page", "halaman"))

# Who shared the link, and where; never which article.
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|twclid|ttclid|yclid|igshid|igsh|mc_[ce]id|_ga|_gl",
    re.A,
)

_LISTS = frozenset(
    (
        *("arsip", "archive", "archives", "author", "authors", "cari", "categories", "category", "indeks"),
        *(
            "index",
            "kanal",
            "kategori",
            "label",
            "penulis",
            "search",
            "tag",
            "tags",
            "topic",
            "topics",
            "topik",
        ),
    )
)
"""Steps of a path that lead to lists of articles."""
_ENDINGS = (".html", ".htm", ".shtml", ".php")
_LONG_NUMBER = re.compile(r"\d{5}", re.A)
_DETIK = ("detik.com", "single", "1")


def page_of(url: str) -> PageNumber:
    """The article and the page that `url` names. What is no url of a page is page 1 of itself.

    The scheme, `www.`, the fragment, parameters that only track and a slash at the end don't count.
    """
    host, path, query = _parts(url)
    article, pages = _without_pages(host, query)
    steps = [step for step in path.split("/") if step]
    named = _of_steps(steps)
    if named is not None:
        steps = steps[: -named.steps]
        pages.append(named.page)
    if not pages:
        return PageNumber(_joined(host, steps, article), 1)
    if len(pages) > 1 or pages[0] is None or not _leads_to_article(steps):
        return PageNumber(_whole(host, path, query), 1)
    return PageNumber(_joined(host, steps, article), pages[0], named is not None and named.bare)


class _Named(NamedTuple):
    """The page that the last `steps` of a path name."""

    page: int | Literal["all"]
    steps: int
    bare: bool


def _parts(url: str) -> tuple[str, str, str]:
    """The host, path and query of `url`."""
    address = url.strip().partition("#")[0].replace("&amp;", "&")
    scheme, apart, rest = address.partition("://")
    if apart and scheme.lower() in ("http", "https"):
        address = rest
    address, _, query = address.partition("?")
    host, slash, path = address.removeprefix("//").partition("/")
    host = host.lower().removesuffix(":80").removesuffix(":443").removeprefix("www.")
    return host, slash + path, query


def _without_pages(host: str, query: str) -> tuple[list[str], list[int | Literal["all"] | None]]:
    """The parameters that tell the article, sorted, and the pages that others name; None for no number."""
    article: list[str] = []
    pages: list[int | Literal["all"] | None] = []
    for parameter in query.split("&"):
        name, _, value = parameter.partition("=")
        if not name or _TRACKING.fullmatch(name.lower()):
            continue
        if name.lower() in _PAGE_KEYS:
            pages.append(_page(value))
        elif _of_detik(host) and (name, value) == _DETIK[1:]:
            pages.append(ALL)
        else:
            article.append(parameter)
    return sorted(article), pages


def _of_detik(host: str) -> bool:
    return host == _DETIK[0] or host.endswith(f".{_DETIK[0]}")


def _page(value: str) -> int | Literal["all"] | None:
    if value.lower() == ALL:
        return ALL
    return int(value) if _NUMBER.fullmatch(value) else None


def _of_steps(steps: list[str]) -> _Named | None:
    """The page that a path's end names: `/page/2`, `/2`, `/all`."""
    if not steps:
        return None
    last = steps[-1].lower()
    if len(steps) > 1 and steps[-2].lower() in _PAGE_STEPS and _NUMBER.fullmatch(last):
        return _Named(int(last), 2, bare=False)
    if not _has_slug(steps[:-1]):
        return None
    if last == ALL:
        return _Named(ALL, 1, bare=False)
    return _Named(int(last), 1, bare=True) if _BARE_NUMBER.fullmatch(last) else None


def _leads_to_article(steps: list[str]) -> bool:
    """Whether a path is an article's: it holds its number or ends in its slug, and in no list's name."""
    if any(step.lower() in _LISTS for step in steps):
        return False
    return _has_slug(steps) or any(_LONG_NUMBER.search(step) for step in steps)


def _has_slug(steps: list[str]) -> bool:
    """Whether a path ends in an article's slug: three words or more, with hyphens or dots between them."""
    if not steps or any(step.lower() in _LISTS for step in steps):
        return False
    slug = steps[-1].lower()
    for ending in _ENDINGS:
        slug = slug.removesuffix(ending)
    return sum(1 for word in re.split(r"[-._]", slug) if any(map(str.isalpha, word))) >= 3


def _joined(host: str, steps: list[str], parameters: list[str]) -> str:
    path = "/".join((host, *steps))
    return f"{path}?{'&'.join(parameters)}" if parameters else path


def _whole(host: str, path: str, query: str) -> str:
    """A url whose page can't be told, as an article of its own."""
    return f"{host}{path}?{query}" if query else f"{host}{path}"
