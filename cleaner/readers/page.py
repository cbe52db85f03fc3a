"""A page's HTML to a `Document`: whose page it is, where its article stands, what it says of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence, Set
from typing import NamedTuple

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from cleaner.document import Document, Fact
from cleaner.errors import PackError
from cleaner.hints import LINK_ONLY
from cleaner.outlet import Outlet
from cleaner.readers.articlehood import NOTHING_FOUND, why_no_article
from cleaner.readers.bounds import within_bounds
from cleaner.readers.charset import decoded
from cleaner.readers.densest import densest_body
from cleaner.readers.facts import read_facts
from cleaner.readers.fragment import is_fragment
from cleaner.readers.lines import css_name, read_lines
from cleaner.readers.unknown import judged, read_by_trafilatura
from cleaner.registry import Recogniser
from cleaner.templates import Template

# A body with less is none: an element of that name is there, but the article isn't in it.
_LEAST = 80
# Of a path down to an element, the steps next to it tell most.
_MAX_STEPS = 10


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

        Raises UnicodeDecodeError for bytes that aren't in their charset, OutletError for an unknown outlet,
        PackError where one of the outlet's selectors is no CSS.
        """
        tree = parsed(decoded(html, charset) if isinstance(html, bytes) else html)
        address = url or own_address(tree)
        outlet = outlet or self._outlet_of(tree, address)
        templates = self._outlet_named(outlet).templates if outlet else ()
        try:
            document = _with_facts(tree, templates, address)
        except SelectolaxError as error:
            raise PackError(
                f"outlet {outlet!r} has a selector that is no CSS, so none of its pages can be read; "
                "`clean check` names it"
            ) from error
        facts = document.facts
        headline = title or (facts["title"].value if "title" in facts else None)
        document = msgspec.structs.replace(document, id=id, url=address, title=headline)
        return Page(document, outlet or self._recognise.by_signature(document))

    def _outlet_of(self, tree: LexborHTMLParser, address: str | None) -> str | None:
        """Whose page it is, by its address or, where it gives none, by that of the feed that it offers."""
        place = address or own_feed(tree)
        return self._recognise.by_host(place) if place else None


def _with_facts(tree: LexborHTMLParser, templates: Sequence[Template], url: str | None) -> Document:
    known = read_known(tree, templates)
    document, template = known or (read_unknown(tree, templates, url), _remaining(templates))
    if document.no_article:
        return document
    facts = {**document.facts, **read_facts(tree, template, url)}
    return msgspec.structs.replace(document, facts=facts)


def parsed(html: str) -> LexborHTMLParser:
    """The page as a tree, `<noscript>` unread, as in a browser."""
    # A lone surrogate has no UTF-8. No page holds one, but a JSON string can.
    return LexborHTMLParser(within_bounds(html.encode("utf-8", "replace")), scripting=True)


def own_address(tree: LexborHTMLParser) -> str | None:
    """The address that a page gives as its own; None where it gives none."""
    link = tree.css_first("link[rel=canonical][href]")
    if link is not None:
        return link.attributes["href"]
    meta = tree.css_first('meta[property="og:url"][content]')
    return None if meta is None else meta.attributes["content"]


def own_feed(tree: LexborHTMLParser) -> str | None:
    """The address of the feed that a page offers; None where it offers none."""
    link = tree.css_first('link[rel=alternate][type="application/rss+xml"][href]')
    return None if link is None else link.attributes["href"]


def read_article(tree: LexborHTMLParser, templates: Sequence[Template], url: str | None = None) -> Document:
    """The article on a page: by the first of `templates` whose body holds one, else by `read_unknown`."""
    known = read_known(tree, templates)
    return known[0] if known else read_unknown(tree, templates, url)


def read_known(tree: LexborHTMLParser, templates: Sequence[Template]) -> tuple[Document, Template] | None:
    """The article on a page and the first of `templates` whose body holds it; None where none does."""
    for template in templates:
        body = read_body(tree, template)
        if body is not None and len(body.text) >= _LEAST:
            return body, template
    return None


def read_unknown(tree: LexborHTMLParser, templates: Sequence[Template], url: str | None = None) -> Document:
    """The article on a page that none of `templates` fits: its densest block.

    Without templates nobody knows the outlet, and trafilatura is asked too. A page without an article gives
    an empty text, and `no_article` says why. A piece of a page is all article: whoever cut it out chose it.
    """
    fragment = _fragment(tree, templates) if is_fragment(tree.raw_html) else None
    if fragment is not None:
        return fragment
    block = _densest_block(tree)
    reason = why_no_article(tree, block, url)
    if reason == NOTHING_FOUND:
        block = read_by_trafilatura(tree)
        reason = None if len(block.text) >= _LEAST else reason
    elif reason is None and not templates:
        block = judged(block, tree)
    return Document("", no_article=reason) if reason else block


def _densest_block(tree: LexborHTMLParser) -> Document:
    places: dict[int, int] = {}
    roots = [(node, _path(node, places)) for node in densest_body(tree)]
    text, labels = read_lines(roots, {})
    return Document(text, labels=labels, facts={"reader": Fact("densest block", "page")})


def _fragment(tree: LexborHTMLParser, templates: Sequence[Template]) -> Document | None:
    """All text of a piece of a page; None where it is nothing but links."""
    body = tree.body
    if body is None:
        return None
    boxes = {key: hint for template in templates for key, hint in _boxes([body], template).items()}
    text, labels = read_lines([(body, "body")], boxes)
    if all(LINK_ONLY in label.hints for label in labels.values()):
        return None
    return Document(text, labels=labels, facts={"reader": Fact("all of the fragment", "page")})


def _remaining(templates: Sequence[Template]) -> Template | None:
    """What holds for an outlet's pages of every generation: the zone of their times."""
    return Template(body=(), zone=templates[0].zone) if templates else None


def read_body(tree: LexborHTMLParser, template: Template) -> Document | None:
    """The text of the body that `template` names, labelled; None where the page has no such element."""
    for selector in template.body:
        pieces = _located(tree.css(selector), selector)
        if pieces:
            boxes = _boxes([node for node, _ in pieces], template)
            text, labels = read_lines(pieces, boxes, selector)
            return Document(text, labels=labels)
    return None


def _located(found: Sequence[LexborNode], selector: str) -> list[tuple[LexborNode, str]]:
    """Those of what `selector` found that lie in no other, each with a CSS path that finds it alone."""
    if len(found) == 1:
        return [(found[0], selector)]
    places: dict[int, int] = {}
    return [(node, _path(node, places)) for node in _apart(found)]


def _path(node: LexborNode, places: dict[int, int]) -> str:
    """The way down to `node`, or the end of it. `places` remembers where elements stand among their like."""
    steps: list[str] = []
    at: LexborNode | None = node
    while at is not None and at.is_element_node:
        if len(steps) == _MAX_STEPS:
            # A space is CSS for "somewhere inside".
            return f"html {' > '.join(reversed(steps))}"
        if at.mem_id not in places:
            _place(at.parent, places)
        steps.append(f"{css_name(at.tag or '')}:nth-of-type({places.get(at.mem_id, 1)})")
        at = at.parent
    return " > ".join(reversed(steps))


def _place(parent: LexborNode | None, places: dict[int, int]) -> None:
    seen: Counter[str] = Counter()
    child = parent.first_child if parent is not None else None
    while child is not None:
        tag = child.tag or ""
        seen[tag] += 1
        places[child.mem_id] = seen[tag]
        child = child.next


def _apart(nodes: Sequence[LexborNode]) -> list[LexborNode]:
    """The nodes that lie in none of the others."""
    # What was found out about an element holds for all below it, so no way up is climbed twice.
    inside: dict[int, bool] = {}
    chosen = {node.mem_id for node in nodes}
    return [node for node in nodes if not _is_inside(node, chosen, inside)]


def _is_inside(node: LexborNode, chosen: Set[int], inside: dict[int, bool]) -> bool:
    climbed: list[int] = []
    above = node.parent
    while above is not None and above.mem_id not in inside and above.mem_id not in chosen:
        climbed.append(above.mem_id)
        above = above.parent
    answer = above is not None and inside.get(above.mem_id, True)
    inside.update(dict.fromkeys(climbed, answer))
    return answer


def _boxes(roots: Sequence[LexborNode], template: Template) -> dict[int, str]:
    """The hint of every element that a selector of the template names, by `mem_id`."""
    # A page can have a body in thousands of pieces; then one look at all of it is quicker than one at each.
    searched = roots[0] if len(roots) == 1 else roots[0].parser
    return {
        node.mem_id: hint
        for hint, selectors in template.hints.items()
        if selectors
        for node in searched.css(", ".join(selectors))
    }
