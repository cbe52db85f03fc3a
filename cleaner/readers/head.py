"""A page's head: what its `<meta>` elements say, its JSON-LD, its title."""

from __future__ import annotations

from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

# A head has some dozens of elements. More are made to keep a reader busy.
_MAX_ELEMENTS = 600


class Head(NamedTuple):
    """What a page's head says. Values are as they stand there."""

    metas: dict[str, list[str]]
    """The contents of the `<meta>` elements by their name, in small letters."""
    scripts: list[str]
    """The texts of the JSON-LD scripts."""
    title: str
    canonical: str
    language: str
    """What the page's root element says."""

    def first(self, *names: str) -> str:
        """The first content of the first of `names` that has one."""
        return next((content for name in names for content in self.metas.get(name, ())), "")

    def all(self, *names: str) -> list[str]:
        """The contents of all `names`, in the order of the names."""
        return [content for name in names for content in self.metas.get(name, ())]


def read_head(tree: LexborHTMLParser) -> Head:
    """The head of a page; where a stray element ended it early, what stands in the body instead."""
    root, head = tree.root, tree.head
    metas: dict[str, list[str]] = {}
    scripts: list[str] = []
    title = canonical = ""
    if head is not None:
        # One query each is slower than one for both, but the many other scripts aren't looked at.
        scripts = _scripts(head)
        _read(head.css("meta[content]"), metas)
        title = _text(head.css_first("title"))
        canonical = _reference(head.css_first("link[rel=canonical]"))
    body = tree.body
    if body is not None and not scripts:
        scripts = _scripts(body)
    if body is not None and not any(name.startswith(("og:", "article:")) for name in metas):
        # An `itemprop` there is a part of some thing on the page, such as a card.
        _read(body.css("meta[content]:not([itemprop])"), metas)
        canonical = canonical or _reference(body.css_first("link[rel=canonical]"))
    language = (root.attributes.get("lang") or "") if root is not None else ""
    return Head(metas, scripts, title, canonical, language)


def _scripts(within: LexborNode) -> list[str]:
    return [node.text() for node in within.css('script[type^="application/ld+json" i]')[:_MAX_ELEMENTS]]


def _read(nodes: list[LexborNode], metas: dict[str, list[str]]) -> None:
    """Put what `nodes` say into `metas`."""
    for node in nodes[:_MAX_ELEMENTS]:
        said = node.attributes.get
        content = said("content")
        name = said("property") or said("name") or said("itemprop") or said("http-equiv")
        if content and name:
            metas.setdefault(name.strip().lower(), []).append(content)


def _text(node: LexborNode | None) -> str:
    return node.text() if node is not None else ""


def _reference(node: LexborNode | None) -> str:
    return (node.attributes.get("href") or "") if node is not None else ""
