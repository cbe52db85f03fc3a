"""What turns a page into an article: the package, and the tools that people use instead.

Each takes the decoded page and its address and gives the text it holds for the article, with the title
where it names one in a field of its own. All run as they come, but for the language where a tool asks for
one. A rival that isn't installed is left out and named.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from html_text import container_lines

from cleaner import clean

OURS = "cleaner"


@dataclass(frozen=True)
class Article:
    """A tool's answer; `title` is empty where it has no such field."""

    text: str
    title: str = ""


Tool = Callable[[str, str | None], Article]


def cleaned(html: str, url: str | None) -> Article:
    result = clean(html=html, url=url)
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
    return Article(extract_plain_text(tree, main_content=True), tree.title or "")


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
    from justext import justext as paragraphs

    kept = (p.text for p in paragraphs(html, get_stoplist("Indonesian")) if not p.is_boilerplate)
    return Article("\n".join(kept))


_RIVALS: dict[str, tuple[str, Tool]] = {
    "trafilatura": ("trafilatura", trafilatura()),
    "trafilatura, fast": ("trafilatura", trafilatura(fast=True)),
    "trafilatura, favor_precision": ("trafilatura", trafilatura(favor_precision=True)),
    "resiliparse": ("resiliparse", resiliparse),
    "newspaper4k": ("newspaper", newspaper4k),
    "readability-lxml": ("readability", readability),
    "jusText": ("justext", justext),
}


def tools() -> dict[str, Tool]:
    """The package and the rivals that are installed."""
    there = {name: tool for name, (module, tool) in _RIVALS.items() if find_spec(module)}
    return {OURS: cleaned} | there


def missing() -> list[str]:
    """The rivals that aren't installed."""
    return [name for name, (module, _) in _RIVALS.items() if not find_spec(module)]
