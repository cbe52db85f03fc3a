"""Where a page's article stands, told from the page alone: its densest block of paragraphs.

Every line of a page speaks for the elements it stands in, or against them: a paragraph for them, by its
length, a link or a menu's entry against them. The element with most in its favour holds the article.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from cleaner.readers.lines import BLOCKS, UNSEEN

# A line of prose is as long as a sentence, or it ends like one.
_PROSE = 80
_SHORT_PROSE = 25
_SENTENCE_END = re.compile(r"""[.!?…:;]["'”’»)\]]{0,3}$""")
_TAIL = 20
# What a line takes away that is a link for the most part: a menu has many, a body has few.
_LINK = -40
# What stands in these is seldom the article, however much it says: a legal notice, readers' remarks. It isn't
# nothing: some pages have all they hold in an element of such a name.
_ASIDE_SHARE = 8
_ASIDE_TAGS = frozenset(("aside", "footer", "nav", "button", "select", "label"))
_ASIDE_NAME = re.compile(
    r"(?!has|no|with)(?:[a-z0-9]+[-_])?"
    r"(?:comments?|komentar|disqus|footer|cookies?|disclaimer|related|terkait|popular|terpopuler)"
    r"(?:[-_](?:list|area|box|section|thread|wrap|wrapper|container|form|posts?|news|berita|artikel))?"
)
# Less in its favour than this, and nothing on the page is a body: a footer's line, a date.
_LEAST_FAVOUR = 40


def is_prose(length: int, tail: str) -> bool:
    """Whether a line of `length` signs that ends with `tail` can be a sentence of a paragraph."""
    return length >= _PROSE or (
        length >= _SHORT_PROSE and _SENTENCE_END.search(tail[-_TAIL:].rstrip()) is not None
    )


class _Open:
    """An element that the walk is in, with what its lines say so far."""

    __slots__ = ("aside", "favour", "next", "node", "tag")

    def __init__(self, node: LexborNode, tag: str, aside: bool) -> None:
        self.node = node
        self.tag = tag
        self.next = node.next
        self.aside = aside
        self.favour = 0


class _Line:
    """The line that the walk is in: its signs in links and outside of them."""

    __slots__ = ("linked", "tail", "unlinked")

    def __init__(self) -> None:
        self.linked = self.unlinked = 0
        self.tail = ""

    def say(self, text: str, linked: bool) -> None:
        visible = len(text.strip())
        if not visible:
            return
        if linked:
            self.linked += visible
        else:
            self.unlinked += visible
        self.tail = text

    def end(self, at: _Open) -> int:
        """What the line says for the element it stood in; a new line begins."""
        linked, unlinked, tail = self.linked, self.unlinked, self.tail
        self.linked = self.unlinked = 0
        if linked > unlinked:
            return _LINK
        # A short line can be a date or a label, but also a verse, an ingredient or a score.
        favour = unlinked if is_prose(unlinked, tail) else unlinked // 2
        return favour // _ASIDE_SHARE if at.aside else favour


def densest_body(tree: LexborHTMLParser) -> list[LexborNode]:
    """The element that holds most paragraphs and fewest links, as the one root to read; none without any."""
    body = tree.body
    if body is None:
        return []
    best, most = None, _LEAST_FAVOUR
    line = _Line()
    links = 0
    at = _Open(body, "body", False)
    above: list[_Open] = []
    node = body.first_child
    while True:
        if node is None:
            if at.tag in BLOCKS:
                at.favour += line.end(at)
            if at.favour > most:
                best, most = at.node, at.favour
            if not above:
                return [] if best is None else [best]
            links -= at.tag == "a"
            favour, node = at.favour, at.next
            at = above.pop()
            at.favour += favour
            continue
        tag = node.tag
        if tag == "-text":
            line.say(node.text_content or "", links > 0)
            node = node.next
            continue
        if tag is None or tag in UNSEEN or tag[0] in "-!":
            node = node.next
            continue
        if tag == "br":
            at.favour += line.end(at)
            node = node.next
            continue
        if tag in BLOCKS:
            at.favour += line.end(at)
        links += tag == "a"
        above.append(at)
        at = _Open(node, tag, at.aside or _is_aside(node, tag))
        node = node.first_child


def _is_aside(node: LexborNode, tag: str) -> bool:
    if tag in _ASIDE_TAGS:
        return True
    if tag not in BLOCKS:
        return False
    given = node.attributes
    names = f"{given.get('class') or ''} {given.get('id') or ''}".lower()
    return any(map(_ASIDE_NAME.fullmatch, names.split()))
