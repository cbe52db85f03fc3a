"""The shapes a line without any literal can have: what a block may ask of the lines around its anchor.

A shape is a claim about form only. It never makes a line removable by itself: a block does, by the
literal that it is anchored on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from cleaner.native_ad.end import native_ads_end

# One place for the bounds, in words and code points. They come from the outlets' pages: captions and
# headlines there have up to 22 words; a summary is one or two sentences.
_MAX_WORDS = 24
_MAX_SENTENCE = 600
_STATEMENT_ENDS = (".", "!", '"', "”", "'", "’")
_END_STOPS = (".", "!", "?", '."', '!"', '?"', ".”", "!”", "?”")

_MONTHS = (
    "jan(?:uari)?|feb(?:ruari)?|mar(?:et)?|apr(?:il)?|mei|juni?|juli?|agu(?:stus)?|ags|sep(?:tember)?|"
    "okt(?:ober)?|nov(?:ember)?|des(?:ember)?"
)
_DATE = re.compile(
    rf"(?:(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu)\s*,?\s*)?\d{{1,2}}\s+(?:{_MONTHS})\s+\d{{4}}",
    re.I,
)
_TIME = re.compile(r"\d{1,2}[:.]\d{2}(?:\s*wib)?", re.I)
_ANNOUNCES = re.compile(r"#|.*\b(?:tagar|hashtag)", re.I | re.S)
_CALLS = re.compile(
    r"(?:yuk|ikuti|follow|subscribe|saksikan|tonton|baca|simak|kunjungi|dapatkan|jangan|media sosial|info"
    r"|editor)\b",
    re.I,
)
_NAME_SIGNS = frozenset(".'’-")
_SMALL_NAMES = frozenset(("bin", "binti", "al", "el", "van", "de"))
_MOST_NAMES = 5


BULLETS = "•*"
"""The signs that a list item can begin with. What a rule says of a line holds behind one too."""


def has_bullet(line: str) -> bool:
    """Whether a line begins as a list item does, with words behind that. Two stars are a mark of Markdown."""
    return line[0] in BULLETS and len(line) > 1 and line[1] != line[0]


def bare(line: str) -> str:
    """A line's text without the bullet of a list item; a line that is nothing else is its own text."""
    return (line[1:].lstrip() or line) if has_bullet(line) else line


def _short(line: str) -> bool:
    return not line.endswith(_END_STOPS) and len(line.split(None, _MAX_WORDS)) <= _MAX_WORDS


def _headline(line: str) -> bool:
    if line.endswith((".", '."', ".”", ":", ",")) or not (
        line[0].isupper() or line[0].isdigit() or line[0] in "\"'“‘["
    ):
        return False
    return 3 <= len(line.split(None, _MAX_WORDS)) <= _MAX_WORDS


def _heading(line: str) -> bool:
    return _short(line.removesuffix("?")) and line[-1] not in ",;"


def _sentence(line: str) -> bool:
    return len(line) <= _MAX_SENTENCE and line.endswith(_END_STOPS) and " " in line


def _statement(line: str) -> bool:
    return line.endswith(_STATEMENT_ENDS) and " " in line


def _line(line: str) -> bool:
    return len(line) <= _MAX_SENTENCE


def _apart(line: str) -> bool:
    if _ANNOUNCES.match(line):
        return False
    return line[-1] != ":" or _CALLS.match(line) is not None


def _caps(line: str) -> bool:
    return len(line) <= _MAX_SENTENCE and line.isupper()


def _name(line: str) -> bool:
    first, *others = line.split(None, _MOST_NAMES)
    if len(line) > 60 or len(others) >= _MOST_NAMES or not _capitalised(first):
        return False
    return all(word in _SMALL_NAMES or _capitalised(word) for word in others)


def _capitalised(word: str) -> bool:
    return word[0].isupper() and all(sign.isalpha() or sign in _NAME_SIGNS for sign in word)


def _date(line: str) -> bool:
    return len(line) <= 60 and _DATE.fullmatch(line) is not None


def _time(line: str) -> bool:
    return len(line) <= 12 and _TIME.fullmatch(line) is not None


def _ad(line: str) -> bool:
    return len(line) <= _MAX_SENTENCE and native_ads_end(line, 0) == len(line)


SHAPES: Mapping[str, Callable[[str], bool]] = MappingProxyType(
    {
        "short": _short,
        "headline": _headline,
        "heading": _heading,
        "sentence": _sentence,
        "statement": _statement,
        "line": _line,
        "apart": _apart,
        "caps": _caps,
        "name": _name,
        "date": _date,
        "time": _time,
        "ad": _ad,
    }
)
"""Shape name to predicate. A predicate gets a line's text, stripped and not empty."""
