"""Where a page's article stands, told from the page alone: its densest block of paragraphs.

Every line of a page speaks for the elements it stands in, or against them: a paragraph for them, by its
length, a link or a menu's entry against them. The element with most in its favour holds the article. As a
headline, a date or a caption beside the body speaks for the element around both, it is then narrowed down:
to the smallest element that holds all its solid lines, which are those that can't be furniture.
"""

from __future__ import annotations

import re
from typing import NamedTuple

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
_ASIDE_TAGS = frozenset(("aside", "footer", "nav", "button", "select", "label", "figure"))
_ASIDE_NAME = re.compile(
    r"(?!has|no|with)(?:[a-z0-9]+[-_])?"
    r"(?:comments?|komentar|disqus|footer|cookies?|disclaimer|related|terkait|popular|terpopuler)"
    r"(?:[-_]?(?:list|area|box|section|thread|wrap|wrapper|container|form|posts?|news|berita|artikel))?"
)
# Less in its favour than this, and nothing on the page is a body: a footer's line, a date.
_LEAST_FAVOUR = 40
# A body is narrowed down to an element of these, if that has most of what was in its favour.
_HOLDERS = frozenset(("article", "center", "div", "form", "main", "section", "table", "tbody", "td", "tr"))
_MOST = 0.6
# Short lines of these are an article's own, unless they stand before it: ingredients, scores, a verse.
_ITEMS = frozenset(("blockquote", "dd", "dt", "li", "pre", "td", "th", "tr"))
# A standfirst is one of these, above the body and below the headline.
_LEADS = frozenset(("h2", "h3", "p"))
_HEADLINES = frozenset(("h1", "header"))
# Lines of a table stand side by side on the page, and in one line where it is read: a row's.
_CELLS = frozenset(("td", "th"))
# A dateline can stand on a line of its own.
_GOES_ON = re.compile(r"[-–—,]$")
_NOTICE = re.compile(r"\W{0,3}(?:©|\(c\)|copyright\b|hak cipta\b)", re.I)
# A teaser is a link and a sentence or two, in an element of its own; three make a list of them.
_FEWEST_TEASERS = 3
_LINES_OF_A_TEASER = 4


def is_prose(length: int, tail: str) -> bool:
    """Whether a line of `length` signs that ends with `tail` can be a sentence of a paragraph."""
    return length >= _PROSE or (
        length >= _SHORT_PROSE and _SENTENCE_END.search(tail[-_TAIL:].rstrip()) is not None
    )


class _Said(NamedTuple):
    """What a line says of the element it stands in."""

    favour: int
    link: bool
    """The line is a link for the most part."""
    solid: bool
    """The line can't be furniture: the article is where such lines are."""


_NOTHING = _Said(0, False, False)


class _Open:
    """An element that the walk is in, with what its lines say so far."""

    __slots__ = (
        "aside",
        "favour",
        "heir",
        "heir_favour",
        "heir_solid",
        "item",
        "lines",
        "links",
        "next",
        "node",
        "solid",
        "tag",
        "teasers",
    )

    def __init__(self, node: LexborNode, tag: str, aside: bool, item: bool) -> None:
        self.node = node
        self.tag = tag
        self.next = node.next
        self.aside = aside
        self.item = item
        """Whether it is an item of a list, a cell or a quote, or stands in one."""
        self.favour = self.lines = self.links = self.solid = 0
        self.teasers = 0
        """How many of its children are teasers."""
        self.heir: LexborNode | None = None
        """What its child with most solid lines was narrowed down to."""
        self.heir_favour = self.heir_solid = 0

    def hear(self, said: _Said) -> None:
        self.favour += said.favour
        self.lines += said is not _NOTHING
        self.links += said.link
        self.solid += said.solid

    def close(self) -> None:
        """All of its lines are heard. A list of teasers has no solid lines."""
        if self.teasers >= _FEWEST_TEASERS and self.teasers == self.solid:
            self.solid = self.teasers = 0

    def narrowed(self) -> LexborNode:
        """The smallest element in it that holds all its solid lines, and most of what is in its favour."""
        alone = self.solid and self.solid == self.heir_solid and self.heir_favour >= _MOST * self.favour
        return self.heir if alone and self.heir is not None else self.node

    def inherit(self, child: _Open) -> None:
        """Add what the lines of `child` say, which is closed."""
        self.favour += child.favour
        self.lines += child.lines
        self.links += child.links
        self.solid += child.solid
        self.teasers += child.solid == 1 and child.links >= 1 and child.lines <= _LINES_OF_A_TEASER
        if child.solid > self.heir_solid and child.tag in _HOLDERS:
            self.heir, self.heir_solid, self.heir_favour = child.narrowed(), child.solid, child.favour


class _Line:
    """The line that the walk is in: its signs in links and outside of them."""

    __slots__ = ("begun", "head", "linked", "tail", "unlinked")

    def __init__(self) -> None:
        self.linked = self.unlinked = 0
        self.head = self.tail = ""
        self.begun = False
        """Whether a paragraph went before."""

    def say(self, text: str, linked: bool) -> None:
        visible = len(text.strip())
        if not visible:
            return
        if linked:
            self.linked += visible
        else:
            self.unlinked += visible
        self.head = self.head or text
        self.tail = text

    def end(self, at: _Open, broken: bool = False) -> _Said:
        """What the line says for the element it stood in; a new line begins.

        `broken` is a line that `<br>` ends.
        """
        linked, unlinked, head, tail = self.linked, self.unlinked, self.head, self.tail
        if not linked and not unlinked:
            return _NOTHING
        self.linked = self.unlinked = 0
        self.head = self.tail = ""
        if linked > unlinked:
            return _Said(_LINK, True, False)
        prose = is_prose(unlinked, tail)
        # A short line can be a date or a label, but also a verse, an ingredient or a score.
        favour = unlinked if prose else unlinked // 2
        if at.aside:
            return _Said(favour // _ASIDE_SHARE, False, False)
        if _NOTICE.match(head[:_TAIL].lstrip()):
            return _Said(favour, False, False)
        self.begun = self.begun or prose
        own = (
            prose or self._may_be_own(at, tail[-_TAIL:].rstrip()) or (broken and self.begun and at.tag == "p")
        )
        return _Said(favour, False, own)

    def _may_be_own(self, at: _Open, tail: str) -> bool:
        """Whether a short line can be the article's: an item behind paragraphs, a sentence, a dateline."""
        if at.item:
            return self.begun
        return _GOES_ON.search(tail) is not None or (self.begun and _SENTENCE_END.search(tail) is not None)


def densest_body(tree: LexborHTMLParser) -> list[LexborNode]:
    """The element that holds most paragraphs and fewest links, with the paragraphs beside it.

    Empty where the page has none. They are the roots to read, in the order of the page.
    """
    body = tree.body
    if body is None:
        return []
    best, most = None, _LEAST_FAVOUR
    line = _Line()
    links = 0
    at = _Open(body, "body", False, False)
    above: list[_Open] = []
    node = body.first_child
    while True:
        if node is None:
            if at.tag in BLOCKS or at.tag in _CELLS:
                at.hear(line.end(at))
            at.close()
            if at.favour > most:
                best, most = at.narrowed(), at.favour
            if not above:
                return [] if best is None else _with_its_like(best)
            links -= at.tag == "a"
            closed, node = at, at.next
            at = above.pop()
            at.inherit(closed)
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
            at.hear(line.end(at, broken=True))
            node = node.next
            continue
        if tag in BLOCKS or tag in _CELLS:
            at.hear(line.end(at))
        links += tag == "a"
        above.append(at)
        at = _Open(node, tag, at.aside or _is_aside(node, tag), at.item or tag in _ITEMS)
        node = node.first_child


def _with_its_like(body: LexborNode) -> list[LexborNode]:
    """`body` with the paragraphs right beside it, which links between them can have parted from it.

    Where it is but a paragraph, or where others of its name hold paragraphs too, it is the element around it.
    """
    around = body.parent
    if around is None or body.tag == "body":
        return [body]
    name = body.attributes.get("class")
    # Each article of a page that goes on for ever has the same name.
    named = bool(name) and body.tag != "article"
    before: list[LexborNode] = []
    behind: list[LexborNode] = []
    beside = before
    child = around.first_child
    while child is not None:
        if child.mem_id == body.mem_id:
            beside = behind
        elif child.tag in _LEADS and (child.tag == "p" or beside is before) and _is_paragraph(child):
            beside.append(child)
        elif (
            named and child.tag == body.tag and child.attributes.get("class") == name and _is_paragraph(child)
        ):
            return [around]
        elif child.tag in _HEADLINES:
            # What stands above a headline introduces the site, not the article.
            before.clear()
        child = child.next
    if body.tag == "p":
        return [around] if before or behind else [body]
    return [*before, body, *behind]


def _is_paragraph(node: LexborNode) -> bool:
    """Whether what an element says is prose, and neither links nor a notice."""
    if _is_aside(node, node.tag or ""):
        return False
    text = node.text().strip()
    linked = sum(len(link.text().strip()) for link in node.css("a"))
    return is_prose(len(text) - linked, text) and 2 * linked < len(text) and _NOTICE.match(text) is None


def _is_aside(node: LexborNode, tag: str) -> bool:
    if tag in _ASIDE_TAGS:
        return True
    if tag not in BLOCKS:
        return False
    given = node.attributes
    names = f"{given.get('class') or ''} {given.get('id') or ''}".lower()
    return any(map(_ASIDE_NAME.fullmatch, names.split()))
