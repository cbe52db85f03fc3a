"""What a ledger proves: a line that is another article's title in the same dump is no part of this one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from itertools import accumulate, islice
from typing import NamedTuple

from cleaner.claims import Claim
from cleaner.document import Document
from cleaner.headline_end import HeadlineEnd
from cleaner.kinds import Certainty, Kind
from cleaner.ledger import FEWEST_WORDS, LONGEST, Ledger, key_of, low_key_of_more, plain_words
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
_STOPS, _CLOSERS = (".", "!", "?"), "\"')"
_NO_TITLE_ENDS = ".,:;"
_OWN_LIST = "-"
# A title has at most so many words.
_MOST_WORDS = 30

_WORD_END = re.compile(r"(?<=\S)(?=\s|$)|(?<=[a-z0-9?!)\"”])(?=[A-Z“\"])")


class Known(NamedTuple):
    """What one outlet's part of a ledger says."""

    ledger: Ledger
    outlet: str | None
    low: int
    """The lower half of the key of the outlet's empty line, which its other lines go on from."""

    def is_title(self, words: str) -> bool:
        """Whether an article has this line as its title; `words` is what `plain_words` gives."""
        return self._may_hold(words) and self.ledger.count("titles", key_of(self.outlet, words)) > 0

    def recurs(self, words: str) -> bool:
        """Whether so many articles have this line that it is their template's."""
        if not self._may_hold(words):
            return False
        count = self.ledger.count("lines", key_of(self.outlet, words))
        return count >= max(_MANY, _SHARE * self.ledger.articles(self.outlet))

    def _may_hold(self, words: str) -> bool:
        return self.ledger.may_hold(low_key_of_more(self.low, words))

    def _is_title_behind_rubric(self, content: str) -> bool:
        """Whether the line is a title with a rubric before it, such as `Terpopuler: …`."""
        rubric, colon, title = content.partition(": ")
        if not colon or " " in rubric.strip() or title.count(" ") < FEWEST_WORDS - 1:
            return False
        return self.is_title(plain_words(title))

    def line_claims(
        self, document: Document, lines: Sequence[str], claimed: Set[int], rank: int
    ) -> Iterator[Claim]:
        """Claims on the lines behind the first paragraph that the ledger knows.

        `lines` are the pieces of the document's shadow between line feeds; `claimed` the offsets where
        lines start, visibly, that other claims are on. The article's own title is no evidence, and titles
        in a row are a list that the article itself gives.
        """
        titles: list[tuple[int, str]] = []
        starts: list[int] = []
        for number, content in _candidates(lines, claimed):
            words = plain_words(content)
            if not self._may_hold(words) and ": " not in content:
                continue
            is_title = self.is_title(words) or self._is_title_behind_rubric(content)
            if not is_title and not self.recurs(words):
                continue
            # Few lines come this far, so only now is it counted where they stand, line feeds too.
            starts = starts or list(accumulate(map(len, lines), initial=0))
            at = starts[number] + number + lines[number].index(content[0])
            if at in claimed:
                continue
            if not is_title:
                yield _claim(at, content, Kind.chrome, RECURRING, Certainty.doubtful, rank)
            elif not _is_own(words, document, lines, claimed):
                titles.append((at, content))
        for run in _runs(titles, document.shadow):
            certainty = Certainty.marked if len(run) <= _LONGEST_RUN else Certainty.doubtful
            for at, content in run:
                yield _claim(at, content, Kind.related, HEADLINE, certainty, rank)

    def headline_end(self, document: Document, at: int, limit: int) -> HeadlineEnd | None:
        """Where the title ends that stands at `at`, for certain; None where none is known there."""
        text, shadow = document.text, document.shadow
        found, words, start = None, "", at
        low = self.low
        for border in islice(_WORD_END.finditer(text, at, min(limit, at + LONGEST)), _MOST_WORDS):
            more = plain_words(shadow[start : border.start()])
            if more:
                # A border inside a word is a seam of the scrape, or a brand's way to write itself.
                more = f" {more}" if words and not text[start].isalnum() else more
                words += more
                low = low_key_of_more(low, more)
            start = border.start()
            if words.count(" ") + 1 >= FEWEST_WORDS and self.ledger.may_hold(low) and self.is_title(words):
                found = HeadlineEnd(start, 1.0)
        return found


def _candidates(lines: Sequence[str], claimed: Set[int]) -> Iterator[tuple[int, str]]:
    """The numbers of the lines behind the first paragraph that are written like a title, with their words."""
    likely = [
        number
        for number, line in enumerate(lines)
        if _SHORTEST <= len(line) <= LONGEST and (line[-1] not in _NO_TITLE_ENDS or line[-2:] == "..")
    ]
    if not likely:
        return
    open_lines = _unclaimed(lines, claimed)
    begun = next((number for number, content in open_lines if _is_paragraph(content)), len(lines))
    for number in likely:
        content = lines[number].strip()
        if number < begun or content.count(" ") < FEWEST_WORDS - 1 or content[0] in _OWN_LIST:
            continue
        # White space behind the line's last sign has hidden it.
        if content[-1] not in _NO_TITLE_ENDS or content[-2:] == "..":
            yield number, content


def _unclaimed(lines: Sequence[str], claimed: Set[int]) -> Iterator[tuple[int, str]]:
    """The lines that no claim begins with, by number, without the white space around them."""
    at = 0
    for number, line in enumerate(lines):
        content = line.strip()
        if content and at + len(line) - len(line.lstrip()) not in claimed:
            yield number, content
        at += len(line) + 1


def _is_paragraph(content: str) -> bool:
    return len(content) >= _PARAGRAPH and content.rstrip(_CLOSERS)[-1:] in _STOPS


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


def _is_own(words: str, document: Document, lines: Sequence[str], claimed: Set[int]) -> bool:
    """Whether this is the article's own headline, as the record names it or the text's first line has it."""
    first = next((content for _, content in _unclaimed(lines, claimed)), "")
    known = (fold(document.title or ""), first if len(first) <= LONGEST else "")
    return any(words in title or title in words for title in map(plain_words, known) if title)


def _claim(at: int, content: str, kind: Kind, rule: str, certainty: Certainty, rank: int) -> Claim:
    return Claim(at, at + len(content), kind, rule, certainty, rank)
