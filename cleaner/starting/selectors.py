"""Where a page holds what: selectors for the template of its outlet, guessed from one page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from cleaner.document import Fact
from cleaner.readers.densest import densest_body
from cleaner.readers.facts import read_facts
from cleaner.readers.head import Head
from cleaner.readers.jsonld import things
from cleaner.readers.origins import JSON_LD, META, OPEN_GRAPH
from cleaner.readers.page import read_body
from cleaner.templates import Template

# Names with more digits in a row are one article's.
_NAME = re.compile(r"(?!.*[0-9]{3})[A-Za-z][A-Za-z0-9_-]{1,40}", re.ASCII)
# Names that speak of what an element holds; others are of its looks.
_SPEAKS = re.compile(
    r"article|artikel|body|content|konten|isi|detail|read|post|entry|text|paragraph|title|judul|headline|date|"
    r"tanggal|time|publish|author|penulis",
    re.I,
)
_MAX_CLASSES = 12
_MAX_CLIMB = 4
# An element around a body that holds hardly more is the body, too, and may have a better name.
_HARDLY_MORE = 1.05
_WORD = re.compile(r"\w+")
_MAX_SIGNS = 400_000


class Guess(NamedTuple):
    """A key of a template, the selector guessed for it, and what it rests on."""

    key: str
    selector: str
    because: str


def guesses(tree: LexborHTMLParser, head: Head, url: str | None) -> list[Guess]:
    """The guesses for a page, `body` first; empty where no selector finds its densest block alone."""
    body = _body(tree, head)
    if body is None:
        return []
    facts = read_facts(tree, None, url)
    found = [body, _title(tree, facts), *(_shown(tree, facts, key) for key in ("published", "authors"))]
    return [guess for guess in found if guess]


def _body(tree: LexborHTMLParser, head: Head) -> Guess | None:
    densest = densest_body(tree)
    if not densest:
        return None
    for node in _around(densest[0]):
        for selector in _selectors(tree, node):
            document = read_body(tree, Template(body=(selector,)))
            if document is not None and document.text:
                return Guess("body", selector, _because(document.text, head))
    return None


def _because(text: str, head: Head) -> str:
    told = next(
        (each["articleBody"] for each in things(head.scripts) if _is_text(each.get("articleBody"))), ""
    )
    words = _WORD.findall(told[:_MAX_SIGNS].lower())
    if not words:
        return "the densest block of paragraphs"
    known = set(_WORD.findall(text.lower()))
    share = sum(word in known for word in words) / len(words)
    return f"the densest block; it has {share:.0%} of the JSON-LD's words"


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _around(node: LexborNode) -> Iterator[LexborNode]:
    """`node` and the elements above it that hold hardly more."""
    yield node
    most = _HARDLY_MORE * len(node.text())
    above = node.parent
    while above is not None and above.tag not in ("body", "html") and len(above.text()) <= most:
        yield above
        above = above.parent


def _title(tree: LexborHTMLParser, facts: Mapping[str, Fact]) -> Guess | None:
    title = facts.get("title")
    if title is None or title.origin not in ("h1", "h2"):
        return None
    said = _words(str(title.value))
    for node in tree.css(title.origin):
        if _words(node.text(separator=" ")) == said:
            selector = next(_selectors(tree, node), "")
            return Guess("title", selector, "the page's headline") if selector else None
    return None


def _shown(tree: LexborHTMLParser, facts: Mapping[str, Fact], key: str) -> Guess | None:
    """What the page shows at its headline, where what it says to machines agrees."""
    fact = facts.get(key)
    if fact is None or fact.origin in (JSON_LD, META, OPEN_GRAPH):
        return None
    found = tree.css(fact.origin)
    selector = next(_selectors(tree, found[0]), "") if found else ""
    return Guess(key, selector, "stands at the headline") if selector else None


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _selectors(tree: LexborHTMLParser, node: LexborNode) -> Iterator[str]:
    """Selectors that find `node` and no other, those whose names speak of content first."""
    at: LexborNode | None = node
    below = ""
    for _ in range(_MAX_CLIMB):
        if at is None or at.tag in (None, "html"):
            return
        for name in _own_names(at):
            selector = f"{name}{below}"
            found = tree.css(selector)
            if len(found) == 1 and found[0].mem_id == node.mem_id:
                yield selector
        below = f" > {at.tag}{below}"
        at = at.parent


def _own_names(node: LexborNode) -> Iterator[str]:
    tag = node.tag or ""
    if not _NAME.fullmatch(tag) and tag not in ("p", "b", "i", "a"):
        return
    given = node.attributes
    identity = given.get("id") or ""
    classes = [each for each in (given.get("class") or "").split()[:_MAX_CLASSES] if _NAME.fullmatch(each)]
    named = [f".{each}" for each in classes] + ([f"#{identity}"] if _NAME.fullmatch(identity) else [])
    for name in sorted(named, key=lambda each: _SPEAKS.search(each) is None):
        yield f"{tag}{name}"
    if len(classes) > 1:
        yield f"{tag}.{'.'.join(classes)}"
    # Some elements are the only ones of their kind on every page.
    if tag in ("article", "h1", "main"):
        yield tag
