"""Texts made to hurt a rule: they lead into its patterns and then go on and on.

What gets a text into a pattern are the rule's own literals and the lines its proofs remove; what keeps it
there are the pattern's own letters, character classes and words. Each text ends in a near miss.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice, product
from time import process_time
from typing import Literal, NamedTuple

import regex

from cleaner.cleaner import Cleaner
from cleaner.document import Document
from cleaner.fronts import BEHIND
from cleaner.inlines import AHEAD
from cleaner.rules import Rule
from cleaner.shadow import fold

BOUND = 0.5
"""The processor time, in seconds, that no text may take. What is sound takes less than a thousandth of it."""

_PATIENCE = 10
"""How many times its bound a match may run by the clock before it is stopped: machines can be busy."""

_TRIES = 3
"""How often a page must take too long: once can be the garbage collector, in a process that holds much."""

_BLOCK_LINE = 600
"""The longest line of a block, in code points."""

_PAGE = 6_000
"""The size of the pages that the whole cleaner is tried on, in code points."""

_ATOM = re.compile(r"\\[pP]\{[^}]*\}|\\.|\[(?:\\.|[^\]\\])*\]|[^\\\[\](){}|?*+^$]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_PROBE = "az0 .-,:;'\"()/|#@&!?_•éΩ字A\t"
_PUMPS = ("a", " ", "a ", "aa bb ", "0", "1. ", "#a ", "a.", "a, ", "- ", "(a) ", "https://a.b/", "Aa Bb ")
_NEAR_MISS = "\x00"
_BEFORE_AND_BEHIND = re.compile(r"^[^⟦]*(?=⟦)|⟧.*", re.S)

# Enough of each that every part of a pattern is met, few enough that a pack is checked in seconds.
_MOST_LEADS = 14
_MOST_PUMPS = 26


class _Target(NamedTuple):
    """One pattern of a rule, with what the engine does with it."""

    pattern: str
    use: Literal["fullmatch", "match", "search"]
    longest: int
    """The longest stretch it is tried on, in code points."""
    cased: bool = False
    """It is compared with the text as it is."""


def slow_text(rule: Rule, cleaner: Cleaner, bound: float = BOUND) -> str:
    """A text on which `rule`, or all of its `cleaner`, takes over `bound` seconds; empty without one."""
    for target in _targets(rule):
        for text in hostile_texts(target.pattern, _leads(rule, target.cased), target.longest):
            if _takes_too_long(target, text, bound):
                return text
    # Only now: what is slow on one line would be slower here, and the whole cleaner can't be stopped.
    for page in hostile_pages(rule):
        if all(_seconds(cleaner, page) > bound for _ in range(_TRIES)):
            return page
    return ""


def _seconds(cleaner: Cleaner, page: str) -> float:
    began = process_time()
    cleaner(Document(page))
    return process_time() - began


def _targets(rule: Rule) -> Iterator[_Target]:
    for form, longest in ((rule, rule.max), *((element, _BLOCK_LINE) for element in rule.block)):
        if form.pattern:
            yield _Target(form.pattern, "fullmatch", longest)
        if form.cased:
            yield _Target(form.cased, "fullmatch", longest, cased=True)
        for exception in form.unless:
            yield _Target(exception, "search", longest, cased=bool(form.cased))
    if rule.inline and rule.inline.pattern:
        yield _Target(rule.inline.pattern, "match", AHEAD)
    if rule.inline and rule.inline.cased:
        yield _Target(rule.inline.cased, "match", AHEAD, cased=True)
    if rule.inline and rule.inline.before:
        yield _Target(f"(?:{rule.inline.before})$", "search", BEHIND)


def _takes_too_long(target: _Target, text: str, bound: float) -> bool:
    compiled = regex.compile(f"(?:{target.pattern})", regex.V1)
    began = process_time()
    try:
        getattr(compiled, target.use)(text, timeout=bound * _PATIENCE)
    except TimeoutError:
        return True
    return process_time() - began > bound


def hostile_texts(pattern: str, leads: Iterable[str], longest: int) -> Iterator[str]:
    """Lines of up to `longest` code points that are nearly what `pattern` matches, at every length."""
    pumps = _distinct(chain(_samples(pattern), _PUMPS), _MOST_PUMPS)
    for lead, pump in product(("", *leads), pumps):
        room = longest - len(lead) - 1
        if room > 0:
            yield lead + (pump * room)[:room] + _NEAR_MISS


def hostile_pages(rule: Rule) -> Iterator[str]:
    """Pages that are nothing but the rule's literals: on one line, and line by line."""
    for literal, between in product(_distinct(rule.literals, 3), (" ", "\n", "\n\n")):
        piece = f"{literal.capitalize()} Aa Bb{between}"
        yield piece * (_PAGE // len(piece))


def _leads(rule: Rule, cased: bool) -> list[str]:
    """What gets a text into the rule's patterns: its literals, and the lines of its proofs, cut anywhere."""
    lines = [
        line.strip(" ⟦⟧\t") if cased else fold(line.strip(" ⟦⟧\t"))
        for written in rule.removes
        for line in _BEFORE_AND_BEHIND.sub("", written).split("\n")
    ]
    cut = (line[: stop.start()] for line in lines for stop in re.finditer(r"\b|$", line))
    return _distinct(chain(lines, rule.literals, cut), _MOST_LEADS)


def _samples(pattern: str) -> Iterator[str]:
    """What the parts of a pattern match: a letter for each class, the words, and pairs of the letters."""
    letters = [letter for atom in dict.fromkeys(_ATOM.findall(pattern)) for letter in _letters_of(atom)]
    letters = list(dict.fromkeys(letters))
    yield from (f"{word} " for word in dict.fromkeys(_WORD.findall(pattern)))
    yield from letters
    yield from (one + other for one, other in product(letters[:4], repeat=2) if one != other)


def _letters_of(atom: str) -> Iterator[str]:
    """One or two letters that the atom matches; none for what matches no letter, such as `\\b`."""
    if len(atom) == 1:
        yield atom
        return
    try:
        compiled = regex.compile(atom, regex.V1)
    except regex.error:
        return
    yield from [sign for sign in _PROBE if compiled.fullmatch(sign)][:2]


def _distinct(texts: Iterable[str], most: int) -> list[str]:
    """The first `most` of the texts, each once, without the empty one."""
    return list(islice(filter(None, dict.fromkeys(texts)), most))
