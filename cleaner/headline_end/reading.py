"""Reads the words behind a headline's start, up to where no headline goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from cleaner.headline_end.glue import apart
from cleaner.headline_end.style import MOST_WORDS, Style
from cleaner.headline_end.words import Word

_EARLY = 5  # words at the start of which one that only sentence case writes small shows sentence case
_CONTENT = 3  # lower-case words other than function words: behind so many no title-case headline goes on
_CONTENT_IN_SENTENCE = 19  # the same for sentence case
_GOES_ON = ".,:;-–—"
"""Behind one of these a number belongs to the words in front: `Eps. 5.`"""


class WordsRead(NamedTuple):
    """The words that can be a headline's, and what they tell of it as a whole."""

    words: list[Word]
    glued: frozenset[int]
    """Indices of the words that are glued to the one before."""
    in_sentence_case: bool
    whole: bool
    """Whether the headline may end with them: nothing else follows, or the article's own list goes on."""


def read_words(raws: list[str], style: Style, closed: bool, article: Callable[[], str]) -> WordsRead:
    """The words of `raws` that can be a headline's. `closed` says that nothing else follows them; `article`
    gives what stands around them, which is asked for where words may be glued."""
    words: list[Word] = []
    glued: list[int] = []
    of_spelling = style.word
    content = 0
    early = False
    for raw in raws:
        if len(words) >= MOST_WORDS:
            return WordsRead(words, frozenset(glued), early, False)
        word = of_spelling(raw)
        if word.parts:
            before = words[-1].raw if words else ""
            _add_parts(apart(word.parts, before, article()), words, glued, style)
            word = words[-1]
        else:
            words.append(word)
        if word.item and len(words) > 1 and words[-2].raw[-1] not in _GOES_ON:
            return _before_item(words, glued, early)
        if word.kind == "l":
            content += 1
            early = early or len(words) <= _EARLY
            if content >= (_CONTENT_IN_SENTENCE if early else _CONTENT):
                return WordsRead(words, frozenset(glued), early, False)
    return WordsRead(words, frozenset(glued), early, closed)


def _add_parts(parts: tuple[str, ...], words: list[Word], glued: list[int], style: Style) -> None:
    """Add the parts of a glued word, the last ones as one where there is no room for more borders."""
    room = MOST_WORDS - len(words)
    if len(parts) > room + 1:
        parts = (*parts[:room], "".join(parts[room:]))
    glued.extend(range(len(words) + 1, len(words) + len(parts)))
    words.extend(map(style.word, parts))


def _before_item(words: list[Word], glued: list[int], early: bool) -> WordsRead:
    """The words in front of the last one, the number of a list's item."""
    own = _before_list(words[:-1]) if words[-1].item == 1 else len(words) - 1
    ends = own == len(words) - 1 and not early
    return WordsRead(words[:own], frozenset(at for at in glued if at < own), early, ends)


def _before_list(words: list[Word]) -> int:
    """How many of the words in front of a list's first item can be a headline's: a list's own heading counts
    the items, as in `10 Cara …`."""
    numbers = [at for at, word in enumerate(words) if at and word.kind == "N"]
    return numbers[-1] if numbers else len(words)
