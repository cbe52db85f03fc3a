"""What a line is by its form alone: prose, a name, a headline; and its ends."""

from __future__ import annotations

import re

import regex

from cleaner.fronts import SENTENCE_END

STOPS = (".", "!", "?", '."', '!"', '?"', ".”", "!”", "?”", ".’", ".'", ".)", '",', "”,")
NAME_PATTERN = r"\p{Lu}[\p{L}.'’-]*+(?: (?:\p{Lu}[\p{L}.'’-]*+|bin|binti|al|el|van|de|dan)){0,7}+"
"""A name, or names, as a pattern for rules."""

REST_PATTERN = r"(?:[^.!?\n]|[.!?](?=\w))"
"""One sign of what stands behind a label: anything that ends no sentence."""

_NAME = regex.compile(rf"{NAME_PATTERN}(?: ?[/,&|] ?{NAME_PATTERN}){{0,3}}", regex.V1)
_SMALL_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_A-Z]{2,}")
_WORDS = 8
_LONG = 200


def is_prose(line: str) -> bool:
    """Whether a line reads like a sentence of an article, or several: it is long, or ends in a stop."""
    if len(line) > _LONG:
        return True
    words = line.split()
    if len(words) < _WORDS or len(_SMALL_WORD.findall(line)) <= len(words) // 3:
        return False
    return ends_sentence(line) or holds_sentence_end(line)


def ends_sentence(line: str) -> bool:
    """Whether a line ends where a sentence can end."""
    return line.endswith(STOPS)


def holds_sentence_end(line: str) -> bool:
    """Whether a sentence ends inside the line, before its last words."""
    stop = SENTENCE_END.search(line)
    return stop is not None and stop.end() < len(line.rstrip())


def is_name(line: str) -> bool:
    """Whether a line is nothing but names."""
    return len(line) <= 120 and _NAME.fullmatch(line) is not None


def has_letters(line: str) -> bool:
    return any(sign.isalpha() for sign in line)
