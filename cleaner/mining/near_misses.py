"""Sentences that come close to a rule and stay: the articles' own, or made up where they have none."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from heapq import nlargest
from itertools import islice

import regex

from cleaner.brackets import BRACKETS
from cleaner.fronts import SENTENCE_END
from cleaner.mining.cues import Strength, cue_of
from cleaner.mining.forms import ends_sentence, has_letters, is_prose
from cleaner.result import Result
from cleaner.rules import Rule
from cleaner.shadow import fold

# What a pack may not hold (see `clean check`), and what can't be told apart in one.
UNFIT = regex.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]|'''")
_WORD = regex.compile(r"\w+")
_SHORTEST, _LONGEST = 30, 220
# A word of fewer letters is in every other sentence.
_TELLING = 4
# So many points a first word has, and so many of the other words together.
_NEAR = 2
# How many sentences are held for a word, and how many are tried.
_HELD, _TRIED = 40, 25
_MOST_WORDS = 4
_LONGEST_QUOTE = 80
_CALL = re.compile(
    r"^(?:yuk|ayo|sahabat)\b|\bhanya di \w+\.\w|\b(?:media sosial|sosial media)\b|"
    r"\b(?:berita|artikel|info)\b.*\blainnya\b|"
    r"\bselengkapnya\b|\bklik\b|\bdi ?sini\W*$|\bkolom komentar\b|\bedisi kali ini\b|https?:|\bwww\."
)
_ASKS = re.compile(
    r"(?:baca|simak|lihat|ikuti|cek|dapatkan|temukan|kunjungi|saksikan|tonton|nantikan|pantau|jangan|akses)\b"
)
_SITE = re.compile(r"\w\.(?:com|co|id|net|tv)\b|\bprogram")
# What a scrape glued to a sentence may be anything.
_GLUED = re.compile(r"[a-z][.!?][A-Z]")
# Sentences of so many articles are near enough to anything.
_MOST_ARTICLES = 600
_MADE_UP = 'Warga membaca tulisan "{}" di papan pasar itu, lalu pulang bersama tetangganya.'
_MADE_UP_BRACKETS = "Harga cabai di pasar itu (per kilogram) naik sejak pekan lalu, kata seorang pedagang."


class NearMisses:
    """The articles' own sentences, by the words that they begin with and hold."""

    def __init__(self, results: Sequence[Result]) -> None:
        """`results` are what the rules leave of the articles."""
        self._by_word: dict[str, list[str]] = defaultdict(list)
        self._by_first: dict[str, list[str]] = defaultdict(list)
        self._any: list[str] = []
        for sentence in _own_sentences(results):
            self._hold(sentence)

    def _hold(self, sentence: str) -> None:
        words = _words(sentence)
        _add(self._any, sentence)
        _add(self._by_first[words[0]], sentence)
        for word in set(words[:24]):
            if len(word) >= _TELLING:
                _add(self._by_word[word], sentence)
        if "(" in sentence:
            _add(self._by_word["("], sentence)

    def of(self, rule: Rule, cut: str) -> Iterator[str]:
        """Sentences that come close to the rule, the nearest first: those that begin alike, made-up ones that
        quote what is `cut` by it, and those that share others of its words."""
        literals = list(_literals(rule))
        words = {word for literal in literals for word in _words(literal) if len(word) >= _TELLING}
        if any(literal.startswith("(") for literal in literals):
            words.add("(")
        firsts = {spoken[0] for literal in literals if (spoken := _words(literal))}
        found = [sentence for first in sorted(firsts) for sentence in self._by_first.get(first, ())]
        found += (sentence for word in sorted(words) for sentence in self._by_word.get(word, ()))
        near = {sentence: _nearness(sentence, firsts, words) for sentence in found}
        nearest = nlargest(_TRIED, near, key=lambda sentence: (near[sentence], -len(sentence), sentence))
        yield from (sentence for sentence in nearest if near[sentence] >= _NEAR)
        yield from _made_up(cut)
        yield from (sentence for sentence in nearest if near[sentence] < _NEAR)
        yield from self._any


def _nearness(sentence: str, firsts: Collection[str], words: Collection[str]) -> int:
    """How near a sentence comes to what begins with one of `firsts` and holds `words`."""
    spoken = _words(sentence)
    shared = len({*words} & {*spoken}) + ("(" in words and "(" in sentence)
    return shared + _NEAR * (spoken[0] in firsts)


def _own_sentences(results: Iterable[Result]) -> Iterator[str]:
    """Sentences that one article alone has and that speak of no page."""
    counts: Counter[str] = Counter()
    for result in islice(results, _MOST_ARTICLES):
        counts.update({sentence for line in result.text.split("\n") for sentence in _sentences(line)})
    for sentence, count in counts.items():
        if count == 1 and is_prose(sentence) and ends_sentence(sentence) and _is_of_the_story(sentence):
            yield sentence


def _is_of_the_story(sentence: str) -> bool:
    """Whether nothing in a sentence hints at a call to the reader, and its quotes are whole."""
    if _GLUED.search(sentence) or sentence.count("“") != sentence.count("”") or sentence.count('"') % 2:
        return False
    shadow = fold(sentence)
    if _CALL.search(shadow) or (_ASKS.match(shadow) and _SITE.search(shadow)):
        return False
    cue = cue_of(shadow)
    return cue is None or cue.strength is Strength.weak


def _sentences(line: str) -> Iterator[str]:
    start = 0
    for stop in [*(each.end() for each in SENTENCE_END.finditer(line)), len(line)]:
        sentence = line[start:stop].strip()
        start = stop
        if (
            _SHORTEST <= len(sentence) <= _LONGEST
            and sentence[0].isupper()
            and not UNFIT.search(sentence)
            and not BRACKETS.search(sentence)
        ):
            yield sentence


def _made_up(cut: str) -> Iterator[str]:
    """Sentences that quote what a rule cuts: all of it where that is short, else its first words."""
    words = cut.split("\n")[0].split()
    label = " ".join(words).partition(":")[0]
    for said in (" ".join(words), label, " ".join(words[:_MOST_WORDS])):
        said = said.strip(" :.!?\"'“”")
        if said.startswith("("):
            yield _MADE_UP_BRACKETS
        elif (
            has_letters(said)
            and len(said) <= _LONGEST_QUOTE
            and not UNFIT.search(said)
            and not BRACKETS.search(said)
        ):
            yield _MADE_UP.format(said)


def _literals(rule: Rule) -> Iterator[str]:
    for form in (rule, *rule.block):
        yield from (*form.is_, *form.starts, *form.first, *form.holds)
    if rule.inline:
        yield from rule.inline.literal


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text)) or [""]


def _add(sentences: list[str], sentence: str) -> None:
    if len(sentences) < _HELD:
        sentences.append(sentence)
