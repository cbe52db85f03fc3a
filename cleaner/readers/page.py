"""A page's HTML to a `Document`: whose page it is, where its article stands, what it says of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from cleaner.document import Document
from cleaner.outlet import Outlet
from cleaner.readers.charset import decoded
from cleaner.readers.lines import read_lines
from cleaner.registry import Recogniser
from cleaner.templates import Template

# A body with less is none: an element of that name is there, but the article isn't in it.
_LEAST = 80


class Page(NamedTuple):
    """What was read off a page."""

    document: Document
    outlet: str | None
    """The id of the outlet whose page it is; None where nothing tells."""


class PageReader:
    """Reads pages: by their outlet's templates, else as a page of an outlet that nobody knows."""

    def __init__(self, recognise: Recogniser, outlet_named: Callable[[str], Outlet]) -> None:
        self._recognise = recognise
        self._outlet_named = outlet_named

    def __call__(
        self,
        html: str | bytes,
        *,
        id: str | None = None,
        url: str | None = None,
        title: str | None = None,
        outlet: str | None = None,
        charset: str | None = None,
    ) -> Page:
        """Read one page. `charset` is that of the HTTP header, `outlet` the caller's word.

        Raises UnicodeDecodeError for bytes that aren't in their charset, OutletError for an unknown outlet.
        """
        tree = parsed(decoded(html, charset) if isinstance(html, bytes) else html)
        address = url or own_address(tree)
        outlet = outlet or (self._recognise.by_host(address) if address else None)
        templates = self._outlet_named(outlet).templates if outlet else ()
        document = read_article(tree, templates)
        document = msgspec.structs.replace(document, id=id, url=address, title=title)
        return Page(document, outlet or self._recognise.by_signature(document))


def parsed(html: str) -> LexborHTMLParser:
    """The page as a tree, `<noscript>` unread, as in a browser."""
    # A lone surrogate has no UTF-8. No page holds one, but a JSON string can.
    return LexborHTMLParser(html.encode("utf-8", "replace"), scripting=True)


def own_address(tree: LexborHTMLParser) -> str | None:
    """The address that a page gives as its own; None where it gives none."""
    link = tree.css_first("link[rel=canonical][href]")
    if link is not None:
        return link.attributes["href"]
    meta = tree.css_first('meta[property="og:url"][content]')
    return None if meta is None else meta.attributes["content"]


def read_article(tree: LexborHTMLParser, templates: Sequence[Template]) -> Document:
    """The article on a page, by the first of `templates` whose body holds one."""
    for template in templates:
        body = read_body(tree, template)
        if body is not None and len(body.text) >= _LEAST:
            return body
    return Document("", no_article="no element of the page holds paragraphs")


def read_body(tree: LexborHTMLParser, template: Template) -> Document | None:
    """The text of the body that `template` names, labelled; None where the page has no such element."""
    for selector in template.body:
        nodes = _apart(tree.css(selector))
        if nodes:
            text, labels = read_lines(_located(nodes, selector), _boxes(nodes, template))
            return Document(text, labels=labels)
    return None


def _located(nodes: Sequence[LexborNode], selector: str) -> list[tuple[LexborNode, str]]:
    if len(nodes) == 1:
        return [(nodes[0], selector)]
    return [(node, f"{selector}[{number}]") for number, node in enumerate(nodes, 1)]


def _apart(nodes: Sequence[LexborNode]) -> list[LexborNode]:
    """The nodes that lie in none of the others."""
    if len(nodes) < 2:
        return list(nodes)
    chosen = {node.mem_id for node in nodes}
    return [node for node in nodes if not _inside(node, chosen)]


def _inside(node: LexborNode, others: set[int]) -> bool:
    above = node.parent
    while above is not None:
        if above.mem_id in others:
            return True
        above = above.parent
    return False


def _boxes(roots: Sequence[LexborNode], template: Template) -> dict[int, str]:
    """The hint of every element that a selector of the template names, by `mem_id`."""
    return {
        node.mem_id: hint
        for hint, selectors in template.hints.items()
        for selector in selectors
        for root in roots
        for node in root.css(selector)
    }
