"""What a ledger proves: a line that is another article's title in the same dump is no part of this one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from itertools import accumulate, islice
from typing import NamedTuple
from zlib import crc32

from cleaner.claims import Claim
from cleaner.document import Document
from cleaner.headline_end.answer import HeadlineEnd
from cleaner.kinds import Certainty, Kind
from cleaner.ledger import (
    FEWEST_WORDS,
    LONGEST,
    Ledger,
    key_of,
    outlet_line,
    plain_words,
    without_signs,
)
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

# Up to where a word ends, at white space or at a seam of the scrape, as in `PasarWarga`.
_WORD = re.compile(r'\s*\S[^\sA-Z“"]*(?:(?<![a-z0-9?!)"”])[A-Z“"][^\sA-Z“"]*)*')


class Known(NamedTuple):
    """What one outlet's part of a ledger says."""

    ledger: Ledger
    outlet: str | None
    low: int
    """The lower half of the key of the outlet's empty line, which its other lines go on from."""
    many: float
    """A line that so many articles have is their template's."""

    @classmethod
    def of(cls, ledger: Ledger, outlet: str | None) -> Known:
        """What `ledger` says of the outlet with this id; None for the unknown ones."""
        many = max(_MANY, _SHARE * ledger.articles(outlet))
        return cls(ledger, outlet, crc32(outlet_line(outlet)), many)

    def _may_hold(self, words: bytes) -> bool:
        """Whether it is worth the while to look for a line. `words` is what `plain_words` gives."""
        return self.ledger.may_hold(crc32(words, self.low))

    def _is_title(self, words: bytes) -> bool:
        """Whether an article has this line as its title."""
        return self.ledger.count("titles", key_of(self.outlet, words)) > 0

    def _recurs(self, words: bytes) -> bool:
        return self.ledger.count("lines", key_of(self.outlet, words)) >= self.many

    def _is_title_behind_rubric(self, content: str) -> bool:
        """Whether the line is a title with a rubric before it, such as `Terpopuler: …`."""
        rubric, colon, title = content.partition(": ")
        if not colon or " " in rubric.strip() or title.count(" ") < FEWEST_WORDS - 1:
            return False
        return self._is_title(plain_words(title))

    def line_claims(
        self, document: Document, lines: Sequence[str], claimed: Set[int], rank: int
    ) -> Iterator[Claim]:
        """Claims on the lines behind the first paragraph that the ledger knows.

        `lines` are the pieces of the document's shadow between line feeds; `claimed` the offsets where
        lines start, visibly, that other claims are on. The article's own title is no evidence, and titles
        in a row are a list that the article itself gives.
        """
        titles: list[tuple[int, str]] = []
        own: list[bytes] | None = None
        begun = 0
        for number, at, content in _title_like(lines, claimed):
            words = plain_words(content)
            if not self._may_hold(words) and ": " not in content:
                continue
            is_title = self._is_title(words) or self._is_title_behind_rubric(content)
            if not is_title and not self._recurs(words):
                continue
            begun = begun or _first_paragraph(lines, claimed)
            if number < begun:
                continue
            if not is_title:
                yield _claim(at, content, Kind.chrome, RECURRING, Certainty.doubtful, rank)
                continue
            if own is None:
                own = _own_headlines(document, lines, claimed)
            if not any(words in title or title in words for title in own):
                titles.append((at, content))
        for run in _runs(titles, document.shadow):
            certainty = Certainty.marked if len(run) <= _LONGEST_RUN else Certainty.doubtful
            for at, content in run:
                yield _claim(at, content, Kind.related, HEADLINE, certainty, rank)

    def headline_end(self, document: Document, at: int, limit: int) -> HeadlineEnd | None:
        """Where the title ends that stands at `at`, for certain; None where none is known there."""
        text, reach = document.text, min(limit, at + LONGEST)
        signless = without_signs(document.shadow[at:reach])
        found, title = None, b""
        for word in islice(_WORD.finditer(text, at, reach), _MOST_WORDS):
            end = word.end()
            if text[end : min(end + 2, reach)].strip().islower():
                # The sentence goes on.
                continue
            words = " ".join(signless[: end - at].split()).encode()
            if not self._may_hold(words) or words.count(b" ") < FEWEST_WORDS - 1:
                continue
            if words == title and not _closes_a_quote(text[at:end]):
                # What follows the title's last word is the next sentence's opening quote.
                continue
            if self._is_title(words):
                found, title = HeadlineEnd(end, 1.0), words
        return found


def _closes_a_quote(text: str) -> bool:
    """Whether the sign that ends `text` closes a quote that was opened in it."""
    return text.count('"') % 2 == 0 and text.count("“") == text.count("”")


def _title_like(lines: Sequence[str], claimed: Set[int]) -> Iterator[tuple[int, int, str]]:
    """The lines written like a title that no claim begins with: number, offset and words of each."""
    sizes = list(map(len, lines))
    likely = [
        number
        for number, size in enumerate(sizes)
        if _SHORTEST <= size <= LONGEST
        and (lines[number][-1] not in _NO_TITLE_ENDS or lines[number][-2:] == "..")
    ]
    if not likely:
        return
    starts = list(accumulate(sizes, initial=0))
    for number in likely:
        line = lines[number]
        content = line.strip()
        if content.count(" ") < FEWEST_WORDS - 1 or content[0] in _OWN_LIST:
            continue
        # The line feeds in front of it count too.
        at = starts[number] + number + line.index(content[0])
        # White space behind the line's last sign has hidden it.
        if at not in claimed and (content[-1] not in _NO_TITLE_ENDS or content[-2:] == ".."):
            yield number, at, content


def _first_paragraph(lines: Sequence[str], claimed: Set[int]) -> int:
    """The number of the line with which the article begins."""
    open_lines = _unclaimed(lines, claimed)
    return next((number for number, content in open_lines if _is_paragraph(content)), len(lines))


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


def _own_headlines(document: Document, lines: Sequence[str], claimed: Set[int]) -> list[bytes]:
    """The article's own headline, as the record names it and as the text's first line has it."""
    first = next((content for _, content in _unclaimed(lines, claimed)), "")
    known = (fold(document.title or ""), first if len(first) <= LONGEST else "")
    return [plain_words(title) for title in known if title]


def _claim(at: int, content: str, kind: Kind, rule: str, certainty: Certainty, rank: int) -> Claim:
    return Claim(at, at + len(content), kind, rule, certainty, rank)
