"""A page's source within the bounds of what the parser reads in linear time.

By the rules of HTML a parser looks at every open element, at every attribute of a tag so far, and at every
`<b>` or `<font>` that was left open, again and again. So half a megabyte of nested elements takes it twenty
seconds, and 60 kB of unclosed `<font>` two gigabytes. No article looks like that. A page that could is
written anew: the same text in the same order, its elements closed in the order in which they opened, without
the tags of those that are nested too deep, as browsers do it.
"""

from __future__ import annotations

import re
from collections import Counter

from cleaner.readers.lines import BLOCKS

# What is read as it is: up to so many tags, since nesting costs by their square, and this long a tag. Real
# articles have up to 5,000 tags, of 1,000 bytes.
_MANY_TAGS = 10_000
_LONG_TAG = 32_768
_LARGE = 300_000
# Formatting left open in one paragraph is opened again in every later one: all that is different, and three
# of each that is the same, each time with all its attributes. So many elements and bytes may come of it; from
# few tags there can't come more elements.
_MANY_ELEMENTS = 500_000
_MANY_BYTES = 256_000_000
_FEW_TAGS = 1_200
# A link is opened again like that, too, but only one at a time. Where a `>` hides how long its tag is, that
# can come to so many bytes, if the page's tags by its length are more.
_MANY_BYTES_OF_A_LINK = 1_000_000_000
_ALIKE = 3

# What a page that is written anew holds. Browsers nest 512 deep.
_MAX_DEPTH = 256
_MAX_ATTRIBUTES = 100
_MAX_FORMATTING = 8

_FORMATTING = frozenset(
    (b"b", b"big", b"code", b"em", b"font", b"i", b"nobr", b"s", b"small", b"strike", b"strong", b"tt", b"u")
)
_GIVEN = rb"(?:[^>\"'=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')|[=\"'])*+"
_FORMATTED = re.compile(
    rb"<[bcefinstuBCEFINSTU](?:(?<=[bisuBISU])|(?i:ig|ode|m|ont|obr|mall|trike|trong|t))[\s/]" + _GIVEN
)
_LINK = re.compile(rb"<[aA][\s/]" + _GIVEN)
_OPENS = rb"(?P<open>[a-zA-Z][^\s/>]*+)(?P<given>" + _GIVEN + rb")(?:>|\Z)"
_OPEN_TAG = re.compile(rb"<" + _OPENS)
_TOKEN = re.compile(
    rb"<(?:"
    rb"!--(?:-?>|.*?(?:--!?>|\Z))"
    rb"|[!?][^>]*+(?:>|\Z)"
    rb"|/(?P<close>[a-zA-Z][^\s/>]*+)[^>]*+(?:>|\Z)"
    rb"|/[^>]*+(?:>|\Z)"
    rb"|" + _OPENS + rb")",
    re.S,
)
_ATTRIBUTE = re.compile(rb"([^\s\"'<>/=]++)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'<>]++)))?")
_NAME = re.compile(rb"[a-zA-Z_:@][a-zA-Z0-9_:@.-]{0,99}")
_VOID = frozenset(b"area base br col embed hr img input link meta param source track wbr".split())
# Elements whose content isn't read as elements, or not as those of a page. No line of theirs is ever read.
_RAW = frozenset(
    b"iframe math noembed noframes noscript plaintext script style svg textarea title xmp".split()
)
_FOREIGN = frozenset((b"math", b"svg"))
# The parser puts them in by itself, and merges the attributes of all that there are.
_IMPLIED = frozenset((b"html", b"head", b"body", b"frameset", b"frame"))
_KEPT_ONCE = frozenset((b"html", b"body"))
_BLOCKS = frozenset(name.encode() for name in BLOCKS) | {b"td", b"th"}
_WALLS = frozenset((b"caption", b"object", b"table", b"td", b"template", b"th"))
# Elements that end where another of their kind begins, and the element that such a search stays within.
_ENDED_BY = {
    b"li": ((b"li",), (b"ul", b"ol", b"menu")),
    b"dd": ((b"dd", b"dt"), (b"dl",)),
    b"dt": ((b"dd", b"dt"), (b"dl",)),
    b"td": ((b"td", b"th"), (b"tr", b"table")),
    b"th": ((b"td", b"th"), (b"tr", b"table")),
    b"tr": ((b"tr",), (b"table",)),
    b"option": ((b"option",), (b"select",)),
    b"a": ((b"a",), ()),
}


def within_bounds(source: bytes) -> bytes:
    """The page's source, in UTF-8, as it is; written anew where the parser could take long over it."""
    tags = source.count(b"<")
    if tags > _MANY_TAGS or _has_long_tag(source) or _opens_much_again(source, tags):
        return _written_anew(source)
    return source


def _opens_much_again(source: bytes, tags: int) -> bool:
    """Whether much could come of a page's formatting and links, if none of them were ever closed."""
    at_most = tags * len(source)
    if tags <= _FEW_TAGS and at_most <= _MANY_BYTES:
        return False
    if at_most > _MANY_BYTES_OF_A_LINK and any(len(tag) > _LONG_TAG for tag in _LINK.findall(source)):
        return True
    given = Counter(_FORMATTED.findall(source))
    left_open = {tag: min(count, _ALIKE) for tag, count in given.items()}
    elements = _ALIKE * len(_FORMATTING) + sum(left_open.values())
    size = sum(len(tag) * count for tag, count in left_open.items())
    return tags * elements > _MANY_ELEMENTS or tags * size > _MANY_BYTES


def _has_long_tag(source: bytes) -> bool:
    """Whether so long a stretch lies within a tag.

    Of a page that isn't large, a `>` in an attribute is taken for the tag's end: to see that it isn't takes
    as long as to parse the page.
    """
    if len(source) > _LARGE:
        return any(tag.end() - tag.start() > _LONG_TAG for tag in _OPEN_TAG.finditer(source))
    inside = False
    for at in range(0, len(source), _LONG_TAG):
        opens = source.rfind(b"<", at, at + _LONG_TAG)
        closes = source.rfind(b">", at, at + _LONG_TAG)
        if inside and closes < 0:
            return True
        inside = opens > closes or (inside and closes < 0)
    return False


def _written_anew(source: bytes) -> bytes:
    page = _Page()
    ends = _RawEnds(source)
    at = 0
    while True:
        token = _TOKEN.search(source, at)
        page.say(source[at : token.start() if token else len(source)])
        if token is None:
            return b"".join(page.pieces)
        at = token.end()
        if token["close"]:
            page.close(token["close"].lower())
        elif token["open"]:
            name, given = token["open"].lower(), token["given"]
            if name not in _RAW:
                page.open(name, given)
                continue
            end = ends.after(name, given, at)
            page.raw(name, given, source[at:end])
            at = end


class _RawEnds:
    """Where elements end whose content isn't read as elements."""

    def __init__(self, source: bytes) -> None:
        self._source = source
        # What has no end tag once has none further on either.
        self._endless: set[bytes] = set()

    def after(self, name: bytes, given: bytes, at: int) -> int:
        """Where the content ends that begins at `at`; the source's end where nothing ends it."""
        if name in _FOREIGN and given.endswith(b"/"):
            return at
        if name not in self._endless:
            end = re.compile(rb"</" + name + rb"(?=[\s/>])", re.I).search(self._source, at)
            if end:
                return end.start()
            self._endless.add(name)
        # An unclosed drawing ends at the next paragraph.
        return at if name in _FOREIGN else len(self._source)


class _Page:
    """The page so far, and the elements that are open in it."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []
        self._open: list[bytes] = []
        self._counts: Counter[bytes] = Counter()
        self._formatting = 0
        self._too_deep: Counter[bytes] = Counter()
        self._once: set[bytes] = set()

    def say(self, text: bytes) -> None:
        if text:
            self.pieces.append(text.replace(b"<", b"&lt;"))

    def raw(self, name: bytes, given: bytes, content: bytes) -> None:
        """Of elements that hold no line, those that tell of the article."""
        if name == b"title":
            self.pieces.append(b"<title>" + content.replace(b"<", b"&lt;") + b"</title>")
        elif name == b"script" and b"ld+json" in given and b"<!--" not in content:
            self.pieces.append(b'<script type="application/ld+json">' + content + b"</script>")

    def open(self, name: bytes, given: bytes) -> None:
        if name in _IMPLIED or _NAME.fullmatch(name) is None:
            if name in _KEPT_ONCE and name not in self._once:
                self._once.add(name)
                self.pieces.append(_tag(name, given))
            return
        if name in _VOID:
            self.pieces.append(_tag(name, given))
            return
        if name in _BLOCKS:
            self._end((b"p",), _WALLS)
        if name in _ENDED_BY:
            self._end(*_ENDED_BY[name])
        formatting = name in _FORMATTING
        if len(self._open) >= _MAX_DEPTH or (formatting and self._formatting >= _MAX_FORMATTING):
            self._too_deep[name] += 1
            self._part(name)
            return
        self._open.append(name)
        self._counts[name] += 1
        self._formatting += formatting
        self.pieces.append(_tag(name, given))

    def close(self, name: bytes) -> None:
        if self._too_deep[name]:
            self._too_deep[name] -= 1
            self._part(name)
        else:
            # An element of a line never ends a block that was opened inside it.
            self._end((name,), (_WALLS if name in _BLOCKS else _BLOCKS) - {name})

    def _part(self, name: bytes) -> None:
        """Keep lines apart where the element that parted them is left out."""
        if name in _BLOCKS:
            self.pieces.append(b"<br>")

    def _end(self, names: tuple[bytes, ...], within: frozenset[bytes] | tuple[bytes, ...]) -> None:
        """End the innermost element of `names`, and all in it; none where one of `within` stands between."""
        if not any(self._counts[name] for name in names):
            return
        depth = len(self._open)
        while self._open[depth - 1] not in names:
            if self._open[depth - 1] in within:
                return
            depth -= 1
        while len(self._open) >= depth:
            name = self._open.pop()
            self._counts[name] -= 1
            self._formatting -= name in _FORMATTING
            self.pieces.append(b"</" + name + b">")


def _tag(name: bytes, given: bytes) -> bytes:
    if not given.strip(b" \t\n\f\r/"):
        return b"<" + name + b">"
    pieces = [b"<", name]
    for number, found in enumerate(_ATTRIBUTE.finditer(given)):
        if number == _MAX_ATTRIBUTES:
            break
        key = found[1]
        if _NAME.fullmatch(key):
            value = next((each for each in found.groups()[1:] if each is not None), b"")
            pieces += (b" ", key, b'="', value.replace(b'"', b"&quot;"), b'"')
    pieces.append(b">")
    return b"".join(pieces)
