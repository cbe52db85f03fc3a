"""Where a page holds what: selectors for the template of its outlet, guessed from one page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from cleaner.document import Document, Fact
from cleaner.readers.densest import densest_body
from cleaner.readers.element_names import BOXES, said_by_name
from cleaner.readers.facts import read_facts
from cleaner.readers.head import Head
from cleaner.readers.jsonld import things
from cleaner.readers.lines import read_lines
from cleaner.readers.origins import JSON_LD, META, OPEN_GRAPH
from cleaner.readers.page import read_body, read_unknown
from cleaner.templates import Template

# Names with more digits in a row are one article's.
_NAME = re.compile(r"(?!.*[0-9]{3})[A-Za-z][A-Za-z0-9_-]{1,40}", re.ASCII)
# Names that speak of what an element holds; others are of its looks.
_SPEAKS = re.compile(
    r"article|artikel|body|content|konten|isi|detail|read|post|entry|text|paragraph|title|judul|headline|date|"
    r"tanggal|time|publish|author|penulis",
    re.I,
)
# Names of looks, which many elements have: `col-8`, `text-lg`, `clearfix`.
_LOOKS = re.compile(
    r"clearfix|container|wrapper|row|col|flex|grid|hidden|relative|"
    r"(?:bg|border|col|flex|font|gap|grid|h|leading|[mp][btlrxy]?|max|min|rounded|row|space|text|w)"
    r"(?:-(?:[0-9]+|xs|sm|md|lg|xl|[2-9]xl|auto|full|none|bold|left|right|center|black|white|gr[ae]y|[wxy]))+",
    re.I,
)
# Names that a build makes, anew each time.
_MADE = re.compile(r"(?:css|emotion|jss|jsx|sc|svelte|tss)-?[A-Za-z0-9]*(?:[-_].*)?|_.*", re.I)
_STEP = re.compile(r"[A-Za-z0-9]+")
_MADE_STEP = re.compile(r"(?=.*[0-9])(?=.*[A-Za-z])(?!v?[0-9]+[A-Za-z]+$)(?![A-Za-z]+[0-9]{1,2}$).{4,}")
# `Article_body__3xK2a`: what stands before the part that was made was written by a person.
_MADE_END = re.compile(r"([A-Za-z][A-Za-z0-9_-]{2,38}_{1,2})(?=[A-Za-z0-9-]*[A-Z0-9])[A-Za-z0-9-]{5,8}")
_MAX_CLASSES = 12
_MAX_CLIMB = 4
# An element around a body that holds hardly more is the body, too, and may have a better name.
_HARDLY_MORE = 1.05
_FEW_SIGNS = 200
# Where a page shows what it also says to machines.
_PLACES = {
    "published": "time, [class*=date], [class*=time], [class*=tanggal], [class*=tgl], [class*=publish]",
    "authors": "[class*=author], [class*=penulis], [class*=reporter], [class*=byline], [rel=author]",
}
_MOST_PLACES = 40
_PERSON = re.compile(r"[A-Z][\w.'’-]{0,30}(?: [A-Z][\w.'’-]{0,30}){1,4}")
# To the minute: few pages show seconds.
_MINUTE = len("2025-03-12T08:15")
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
    found = [body, _title(tree, facts), *(_shown(tree, facts, key, url) for key in ("published", "authors"))]
    return [guess for guess in (*found, *_boxes(tree, body.selector, url)) if guess]


def _body(tree: LexborHTMLParser, head: Head) -> Guess | None:
    densest = densest_body(tree)
    if not densest:
        return None
    # A standfirst can stand beside it.
    body = max(densest, key=lambda node: len(node.text()))
    block, _ = read_lines([(body, "")], {})
    for node in _around(body):
        for selector in (*_selectors(tree, node), *_own_names(node)):
            document = read_body(tree, Template(body=(selector,)))
            if document is not None and block in document.text and _hardly_more(document.text, block):
                return Guess("body", selector, _because(document.text, head))
    return None


def _hardly_more(text: str, block: str) -> bool:
    return len(text) <= _HARDLY_MORE * len(block) + _FEW_SIGNS


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


def _boxes(tree: LexborHTMLParser, body: str, url: str | None) -> Iterator[Guess]:
    """Elements of the body whose names say that they hold captions, dates or other stories.

    They are what a page of an unknown outlet is read by, which a template takes the place of.
    """
    page = read_unknown(tree, (), url)
    boxed = {start: set(label.hints) & BOXES for start, label in page.labels.items()}
    left_out = {hint: {_line(page, at) for at, hints in boxed.items() if hint in hints} for hint in BOXES}
    found: dict[tuple[str, str], bool] = {}
    for start, hints in boxed.items():
        for hint in sorted(hints):
            for selector in _names_that_say(tree, page.labels[start].path, hint):
                if (hint, selector) not in found:
                    document = read_body(tree, Template(body=(body,), hints={hint: (selector,)}))
                    held = _lines_with(document, hint) if document else set()
                    found[hint, selector] = bool(held) and held <= left_out[hint]
                if found[hint, selector]:
                    break
    for (hint, selector), holds in found.items():
        if holds:
            yield Guess(f"hints.{hint}", selector, "by the element's name")


def _names_that_say(tree: LexborHTMLParser, path: str, hint: str) -> list[str]:
    """Selectors for the element of this name that the line at `path` stands in."""
    at = tree.css_first(path)
    for _ in range(_MAX_CLIMB):
        if at is None or said_by_name(at) == hint:
            break
        at = at.parent
    return list(_own_names(at)) if at is not None and said_by_name(at) == hint else []


def _lines_with(document: Document, hint: str) -> set[str]:
    return {_line(document, at) for at, label in document.labels.items() if hint in label.hints}


def _line(document: Document, at: int) -> str:
    return document.text[at:].partition("\n")[0]


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _around(node: LexborNode) -> Iterator[LexborNode]:
    """`node` and the elements above it that may hold hardly more."""
    at: LexborNode | None = node
    for _ in range(_MAX_CLIMB):
        if at is None or at.tag in ("body", "html"):
            return
        yield at
        at = at.parent


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


def _shown(tree: LexborHTMLParser, facts: Mapping[str, Fact], key: str, url: str | None) -> Guess | None:
    """Where the page shows what is known of it: at its headline, or where it agrees with its markup."""
    fact = facts.get(key)
    if fact is None:
        return _author_by_name(tree, url) if key == "authors" else None
    to_machines = fact.origin in (JSON_LD, META, OPEN_GRAPH)
    nodes = tree.css(_PLACES[key] if to_machines else fact.origin)[:_MOST_PLACES]
    for selector in _once_each(selector for node in nodes for selector in _selectors(tree, node)):
        if _reads(tree, key, selector, fact, url):
            because = (
                "agrees with what the page says to machines" if to_machines else "stands at the headline"
            )
            return Guess(key, selector, because)
    # One of several such elements can be the only one at the headline.
    if not to_machines and "." in fact.origin and _reads(tree, key, fact.origin, fact, url):
        return Guess(key, fact.origin, "stands at the headline")
    return None


def _author_by_name(tree: LexborHTMLParser, url: str | None) -> Guess | None:
    """The one element on the page that is called an author's and holds one person's name."""
    nodes = tree.css(_PLACES["authors"])[:_MOST_PLACES]
    for selector in _once_each(selector for node in nodes for selector in _selectors(tree, node)):
        found = read_facts(tree, Template(body=("body",), authors=(selector,)), url).get("authors")
        if found is not None and found.origin == selector and _is_one_name(found.value):
            return Guess("authors", selector, "by the element's name")
    return None


def _is_one_name(value: object) -> bool:
    return isinstance(value, list) and len(value) == 1 and _PERSON.fullmatch(value[0]) is not None


def _reads(tree: LexborHTMLParser, key: str, selector: str, fact: Fact, url: str | None) -> bool:
    """Whether a template that names `selector` gives the same."""
    template = msgspec.structs.replace(Template(body=("body",)), **{key: (selector,)})
    found = read_facts(tree, template, url).get(key)
    if found is None or found.origin != selector:
        return False
    if isinstance(found.value, str) and isinstance(fact.value, str):
        return found.value[:_MINUTE] == fact.value[:_MINUTE]
    return bool(found.value == fact.value)


def _once_each(selectors: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(selectors))[:_MOST_PLACES]


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
    names = (given.get("class") or "").split()[:_MAX_CLASSES]
    classes = [name for name in names if _NAME.fullmatch(name) and _is_lasting(name)]
    named = [f".{name}" for name in classes]
    named += [f"#{identity}"] if _NAME.fullmatch(identity) and _is_lasting(identity) else []
    for name in sorted(named, key=_rank):
        yield f"{tag}{name}"
    for name in names:
        begun = _MADE_END.fullmatch(name)
        if begun:
            yield f"{tag}[class*={begun[1]}]"
    if len(classes) > 1:
        yield f"{tag}.{'.'.join(classes)}"
    # Some elements are the only ones of their kind on every page.
    if tag in ("article", "h1", "main"):
        yield tag


def _rank(name: str) -> int:
    """Names of what an element holds come first, those of its looks last."""
    if _LOOKS.fullmatch(name[1:]):
        return 2
    return 0 if _SPEAKS.search(name) else 1


def _is_lasting(name: str) -> bool:
    """Whether a person gave the name, and not a build."""
    return not (
        _MADE.fullmatch(name)
        or _MADE_END.fullmatch(name)
        or any(map(_MADE_STEP.fullmatch, _STEP.findall(name)))
    )
