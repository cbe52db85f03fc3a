"""What turns a page into an article: the package, and the tools that people use instead.

Each takes the decoded page and its address and gives the text it holds for the article, with the title
where it names one in a field of its own. Each is set as its documentation advises for articles and for
Indonesian, and where that leaves a choice, as did best on the labelled pages; `settings` says how. A rival
that isn't installed is left out and named.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import Any

from html_text import container_lines

from cleaner import Policy, clean
from cleaner.api import cleaner_for
from cleaner.readers.page import PageReader
from cleaner.registry import Recogniser, outlet_named

OURS = "cleaner"
UNKNOWN = "cleaner, outlets unknown"


@dataclass(frozen=True)
class Article:
    """A tool's answer; `title` is empty where it has no such field."""

    text: str
    title: str = ""


Tool = Callable[[str, str | None], Article]


def cleaned(html: str, url: str | None) -> Article:
    result = clean(html=html, url=url)
    return Article(result.text, str(result.fields.get("title") or ""))


def cleaned_as_unknown(html: str, url: str | None) -> Article:
    """The same, as if no outlet had a pack."""
    page = PageReader(Recogniser(()), outlet_named)(html, url=url)
    result = cleaner_for(None, Policy())(page.document)
    return Article(result.text, str(result.fields.get("title") or ""))


def trafilatura(**options: Any) -> Tool:
    def extracted(html: str, url: str | None) -> Article:
        from trafilatura import bare_extraction

        found = bare_extraction(html, url=url, with_metadata=True, **options)
        if found is None or isinstance(found, dict):
            return Article("")
        return Article(found.text or "", found.title or "")

    return extracted


def resiliparse(html: str, url: str | None) -> Article:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    tree = HTMLTree.parse(html)
    text = extract_plain_text(tree, main_content=True, comments=False, alt_texts=False, post_meta=False)
    return Article(text, tree.title or "")


def newspaper4k(html: str, url: str | None) -> Article:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # It asks for a language model that this doesn't use.
        from newspaper import Article as Page

        # Left to itself it fetches every picture of the page.
        page = Page(url or "https://example.org/", language="id", fetch_images=False)
        page.download(input_html=html)
        page.parse()
    return Article(page.text, page.title or "")


def readability(html: str, url: str | None) -> Article:
    from readability import Document

    page = Document(html)
    return Article("\n".join(container_lines(page.summary(), ["body"])), page.short_title() or "")


def justext(html: str, url: str | None) -> Article:
    from justext import get_stoplist

    return _justext(html, get_stoplist("Indonesian"))


def justext_of_any_language(html: str, url: str | None) -> Article:
    return _justext(html, frozenset(), stopwords_low=0, stopwords_high=0)


def _justext(html: str, stoplist: frozenset[str], **options: float) -> Article:
    from justext import justext as paragraphs

    kept = (p.text for p in paragraphs(html, stoplist, **options) if not p.is_boilerplate)
    return Article("\n".join(kept))


def goose3(html: str, url: str | None) -> Article:
    found = _goose().extract(raw_html=html)
    return Article(found.cleaned_text, found.title or "")


@cache
def _goose() -> Any:
    from goose3 import Goose

    # It warns of each Indonesian date, with text of the page.
    logging.getLogger("goose3").setLevel(logging.ERROR)
    return Goose({"target_language": "id", "use_meta_language": False})


@dataclass(frozen=True)
class Rival:
    """A tool that people use instead: what it is installed as and imported as, and how it is set."""

    distribution: str
    module: str
    settings: str
    tool: Tool


RIVALS: Mapping[str, Rival] = {
    "trafilatura": Rival("trafilatura", "trafilatura", "as it comes", trafilatura()),
    "trafilatura, fast": Rival("trafilatura", "trafilatura", "`fast`", trafilatura(fast=True)),
    "trafilatura, favor_precision": Rival(
        "trafilatura",
        "trafilatura",
        "`favor_precision`, no comments",
        trafilatura(favor_precision=True, include_comments=False),
    ),
    "trafilatura, fast and favor_precision": Rival(
        "trafilatura",
        "trafilatura",
        "`fast`, `favor_precision`, no comments",
        trafilatura(fast=True, favor_precision=True, include_comments=False),
    ),
    "resiliparse": Rival(
        "resiliparse", "resiliparse", "`main_content` without comments, alt texts and post meta", resiliparse
    ),
    "newspaper4k": Rival("newspaper4k", "newspaper", '`language="id"`, pictures not fetched', newspaper4k),
    "readability-lxml": Rival("readability-lxml", "readability", "as it comes", readability),
    "jusText": Rival("justext", "justext", "its Indonesian stoplist", justext),
    "jusText, any language": Rival(
        "justext", "justext", "no stoplist, stopword densities 0", justext_of_any_language
    ),
    "goose3": Rival("goose3", "goose3", '`target_language="id"`', goose3),
}


def tools() -> dict[str, Tool]:
    """The package and the rivals that are installed."""
    there = {name: rival.tool for name, rival in RIVALS.items() if find_spec(rival.module)}
    return {OURS: cleaned, UNKNOWN: cleaned_as_unknown} | there


def missing() -> list[str]:
    """The rivals that aren't installed."""
    return [name for name, rival in RIVALS.items() if not find_spec(rival.module)]
