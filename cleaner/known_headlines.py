"""What a ledger proves: a line that is another article's title in the same dump is no part of this one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from itertools import accumulate
from typing import NamedTuple

from cleaner.claims import Claim
from cleaner.document import Document
from cleaner.headline_end import HeadlineEnd
from cleaner.kinds import Certainty, Kind
from cleaner.ledger import FEWEST_WORDS, LONGEST, Ledger, key_of, plain_words
from cleaner.shadow import fold

HEADLINE = "ledger/headline"
"""The rule id of claims on lines that are another article's title."""

RECURRING = "ledger/recurring-line"
"""The rule id of claims on lines that many articles of the outlet have."""

# A line with fewer code points has too few words.
_SHORTEST = 16
# A finished sentence of this size is a paragraph: the article has begun.
_PARAGRAPH = 60
# A line is its template's where so many articles have it, and so large a share of them.
_MANY, _SHARE = 100, 0.01
# A page sets two or three headlines of other stories side by side; more are a list in the article.
_LONGEST_RUN = 3
# What a sentence ends in, what a headline doesn't, and what an article's own list begins with.
_ENDS = (".", "!", "?", '"', "'", ")")
_NO_TITLE_ENDS = ".,:;"
_OWN_LIST = "-"
# A title has at most so many words.
_MOST_WORDS = 30

_WORD_END = re.compile(r"(?<=\S)(?=\s|$)|(?<=[a-z0-9?!)\"”])(?=[A-Z“\"])")


class Known(NamedTuple):
    """What one outlet's part of a ledger says."""

    ledger: Ledger
    outlet: str | None

    def key(self, words: str) -> int:
        """The key of a line in this part of the ledger; `words` is what `plain_words` gives."""
        return key_of(self.outlet, words)

    def is_title(self, key: int) -> bool:
        """Whether an article has the line with this key as its title."""
        return self.ledger.may_hold(key) and self.ledger.count("titles", key) > 0

    def recurs(self, key: int) -> bool:
        """Whether so many articles have the line with this key that it is their template's."""
        if not self.ledger.may_hold(key):
            return False
        count = self.ledger.count("lines", key)
        return count >= max(_MANY, _SHARE * self.ledger.articles(self.outlet))

    def _is_title_behind_rubric(self, content: str) -> bool:
        """Whether the line is a title with a rubric before it, such as `Terpopuler: …`."""
        rubric, colon, title = content.partition(": ")
        if not colon or " " in rubric.strip() or title.count(" ") < FEWEST_WORDS - 1:
            return False
        return self.is_title(self.key(plain_words(title)))

    def is_known(self, line: str) -> bool:
        """Whether the ledger knows this line, as it stands in a text."""
        key = self.key(plain_words(fold(line))) if len(line) <= LONGEST else None
        return key is not None and (self.is_title(key) or self.recurs(key))

    def line_claims(
        self, document: Document, lines: Sequence[str], claimed: Set[int], rank: int
    ) -> Iterator[Claim]:
        """Claims on the lines behind the first paragraph that the ledger knows.

        `lines` are the pieces of the document's shadow between line feeds; `claimed` the offsets where
        lines start, visibly, that other claims take whole. The article's own title is no evidence, and
        titles in a row are a list that the article itself gives.
        """
        titles: list[tuple[int, str]] = []
        for at, content in _candidates(lines):
            if at in claimed:
                continue
            words = plain_words(content)
            key = self.key(words)
            if self.is_title(key) or self._is_title_behind_rubric(content):
                if not _is_own(words, document, lines):
                    titles.append((at, content))
            elif self.recurs(key):
                yield _claim(at, content, Kind.chrome, RECURRING, Certainty.doubtful, rank)
        for run in _runs(titles, document.shadow):
            certainty = Certainty.marked if len(run) <= _LONGEST_RUN else Certainty.doubtful
            for at, content in run:
                yield _claim(at, content, Kind.related, HEADLINE, certainty, rank)

    def headline_end(self, document: Document, at: int, limit: int) -> HeadlineEnd | None:
        """Where the title ends that stands at `at`, for certain; None where none is known there."""
        text, shadow = document.text, document.shadow
        stop = min(limit, at + LONGEST)
        found = None
        for border in list(_WORD_END.finditer(text, at, stop))[:_MOST_WORDS]:
            words = plain_words(shadow[at : border.start()])
            if words.count(" ") + 1 >= FEWEST_WORDS and self.is_title(self.key(words)):
                found = HeadlineEnd(border.start(), 1.0)
        return found


def _candidates(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The lines behind the first paragraph that are written like a title, with their offsets."""
    likely = [
        number
        for number, line in enumerate(lines)
        if _SHORTEST <= len(line) <= LONGEST and (line[-1] not in _NO_TITLE_ENDS or line.endswith(".."))
    ]
    if not likely:
        return
    begun = next((number for number, line in enumerate(lines) if _is_paragraph(line)), len(lines))
    starts: list[int] = []
    for number in likely:
        content = lines[number].strip()
        if number < begun or content.count(" ") < FEWEST_WORDS - 1 or content[0] in _OWN_LIST:
            continue
        # Each line counts with the line feed that ends it.
        starts = starts or list(accumulate(map(len, lines), initial=0))
        yield starts[number] + number + lines[number].index(content[0]), content


def _is_paragraph(line: str) -> bool:
    return len(line) >= _PARAGRAPH and line.rstrip()[-1:] in _ENDS


def _runs(titles: Sequence[tuple[int, str]], shadow: str) -> Iterator[list[tuple[int, str]]]:
    """The titles, those in one list that have nothing but white space between them."""
    run: list[tuple[int, str]] = []
    for at, content in titles:
        if run and shadow[run[-1][0] + len(run[-1][1]) : at].strip():
            yield run
            run = []
        run.append((at, content))
    if run:
        yield run


def _is_own(words: str, document: Document, lines: Sequence[str]) -> bool:
    """Whether this is the article's own headline, as the record names it or the text's first line has it."""
    first = next((line.strip() for line in lines if line.strip()), "")
    known = (fold(document.title or ""), first if len(first) <= LONGEST else "")
    return any(words in title or title in words for title in map(plain_words, known) if title)


def _claim(at: int, content: str, kind: Kind, rule: str, certainty: Certainty, rank: int) -> Claim:
    return Claim(at, at + len(content), kind, rule, certainty, rank)
