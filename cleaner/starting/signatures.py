"""Wording by which an outlet's texts can be told: its brand in the dateline, with what frames it there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from cleaner.document import Document
from cleaner.identity import Identity
from cleaner.registry import Recogniser

# As far as a recogniser looks for it.
_HEAD = 500
_LONGEST_NAME = 40
_WORDS = re.compile(r"[^\W_]+")
_LEAST = 4
# A long name of one word is often two in print: `wartakota.example` is `WARTA KOTA`.
_LONG = 8
# A brand in half of the texts is a habit; in fewer it is an edition's, or a mention.
_HABIT = 0.5
# Dashes, brackets and line breaks are set in a few ways; what fewer texts have is a slip.
_WAY = 0.05
_MOST_WAYS = 6
# A name without its domain can be a town's or a word. So many texts would show it.
_TELLING = 10
_GAP = r"[ \t\r\n]"
_DOMAIN = r"(?:\.[a-z]{2,4}){1,2}"
_IS_DOMAIN = re.compile(r"(?=.{5})[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}")
_PLACE = r"(?:di|ke|asal|warga|kota|kabupaten|provinsi|bupati|gubernur|pemkot|pemkab|polres|polda) "


def signatures_of(
    documents: Sequence[Document], names: Iterable[str], elsewhere: Iterable[Document] = ()
) -> tuple[str, ...]:
    """The ways in which most of the texts are opened by their outlet's brand; none without such a habit.

    A way is the brand, as it is written, with what no mere mention has: the dash behind it, brackets and a
    dash, or a comma where it begins a line. The most frequent one comes first. `names` are what the outlet
    calls itself: `Warta Kota`, `wartakota.example`. What stands in a text from `elsewhere`, too, is left out,
    and so is a name without its domain that may be a place's or a word.
    """
    told = [name.strip().lower()[:_LONGEST_NAME] for name in names]
    domains = [re.escape(name) for name in told if _IS_DOMAIN.fullmatch(name)]
    brands = [brand for name in told if not _IS_DOMAIN.fullmatch(name) and (brand := _brand(name))]
    if not documents or not (domains or brands):
        return ()
    sure = _either([*domains, *(f"{brand}{_DOMAIN}" for brand in brands)])
    bare = [] if _may_be_no_name(documents, brands) else brands
    framed = _framed(_either([sure, *bare]), sure)
    found: Counter[str] = Counter()
    written: dict[str, str] = {}
    for document in documents:
        match = framed.search(document.shadow, 0, _HEAD)
        if match:
            # To a recogniser a text begins with a new line.
            first = "\n" if match.start() == 0 and match[0][0].isalnum() else ""
            way = first + match[0]
            found[way] += 1
            written.setdefault(way, first + document.text[match.start() : match.end()])
    ways = _usual(found, len(documents))
    if sum(found[way] for way in ways) < _HABIT * len(documents):
        return ()
    others = tuple(elsewhere)
    return tuple(written[way] for way in ways if not _stands_in(others, way))


def _either(patterns: Iterable[str]) -> str:
    """One pattern for all of them; longer ones come first, as one name can begin with another."""
    return f"(?:{'|'.join(sorted(dict.fromkeys(patterns), key=lambda each: (-len(each), each)))})"


def _brand(name: str) -> str:
    """The pattern of a name, as texts may write it; empty for one that is too short to tell anything."""
    words = _WORDS.findall(name)
    if len("".join(words)) < _LEAST:
        return ""
    if len(words) == 1 and len(words[0]) >= _LONG:
        return " ?".join(map(re.escape, words[0]))
    return r"[ .]?".join(map(re.escape, words))


def _framed(brand: str, domain: str) -> re.Pattern[str]:
    """A brand as it opens a text; of a `domain`, which no place and no word is called, less is asked."""
    # A mere name in brackets is an agency's, whose texts others print.
    bracketed = rf"\({_GAP}{{0,3}}{domain}{_GAP}{{0,3}}\){_GAP}{{0,4}}-"
    # What stands in front belongs to it: `kota.example -` stands in `wartakota.example -`.
    dashed = rf"(?:\A|[ ,\t\n]){brand}(?:{_GAP}{{1,2}}-|-{_GAP})"
    return re.compile(rf"{bracketed}|{dashed}|(?:\A|\n){domain},")


def _may_be_no_name(documents: Sequence[Document], brands: Sequence[str]) -> bool:
    """Whether the names, without a domain, may be a town's or a word; of few texts the answer is yes."""
    if len(documents) < _TELLING or not brands:
        return True
    place = re.compile(rf"(?<!\w){_PLACE}{_either(brands)}(?!\w|\.\w)")
    word = re.compile(rf"(?<![\w@./-]){_either(brands)}(?!\w|[.@/-]\w)")
    return any(place.search(each.shadow) or word.search(each.text) for each in documents)


def _usual(found: Counter[str], texts: int) -> list[str]:
    """The ways that are no slips, the most frequent first; none that stands in another."""
    ranked = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    usual = [way for way, times in ranked if times >= _WAY * texts][:_MOST_WAYS]
    return [way for way in usual if not any(other != way and other in way for other in usual)]


def _stands_in(others: Sequence[Document], way: str) -> bool:
    recogniser = Recogniser((Identity("new", signatures=(way,)),))
    return any(map(recogniser.by_signature, others))
