"""Tests on one line, compiled from a rule's form, and the table that finds the few worth trying.

Most lines of an article match no rule. Looking a line's first word up in a dict rejects them at a cost
that doesn't grow with the number of rules.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeAlias, TypeVar

from cleaner.as_shown import Shown, as_shown, counts_spaces, is_marked, single_spaced
from cleaner.claims import Finding
from cleaner.document import Document
from cleaner.errors import PackError
from cleaner.kinds import Kind
from cleaner.literals import Literals
from cleaner.rules import LineForm, Rule
from cleaner.shadow import fold
from cleaner.shapes import BULLETS, has_bullet

if TYPE_CHECKING:
    import regex

_FIRST = re.compile(r"\s*([^\W_]\w*|\S)")
# How much of a line is looked at before its first word is read.
_OPENING = 3
# And before its end is: prose ends in a full stop, but hardly ever in one behind a bracket.
_LAST = 2
_NONE: frozenset[int] = frozenset()
# The standard library takes these for signs, with a warning, and `regex` for sets made of sets.
_READ_IN_TWO_WAYS = re.compile(r"(?<!\\)(?:\[\^?\[|--|&&|~~|\|\|)")
_BEHIND_SPACES = re.compile(r"\(\?<=(\[(?:\\.|[^\]\\])*\]) (\?|\{0,(\d)\})\)")
Payload = TypeVar("Payload")
Pattern: TypeAlias = "re.Pattern[str] | regex.Pattern[str]"
Match: TypeAlias = "re.Match[str] | regex.Match[str]"


class LineTest:
    """Whether a line is what a form says, and what its named groups tell."""

    def __init__(self, form: LineForm, longest: int) -> None:
        self.longest = longest
        self.kind = form.kind if isinstance(form, Rule) else None
        self.alone = self.kind is not None
        """It is all of a rule, not a part of a block."""
        self.whole = frozenset(map(fold, form.is_))
        self._starts = tuple(map(fold, form.starts))
        self._pattern = Lazy(form.cased or form.pattern) if form.cased or form.pattern else None
        self._cased = bool(form.cased)
        self._counts_spaces = counts_spaces(form.cased or form.pattern)
        self._unless = tuple(map(Lazy, form.unless))
        literals = (*self.whole, *self._starts)
        self.keys = frozenset(_key(word) for word in (*literals, *map(fold, form.first)))
        self.holds = tuple(map(fold, form.holds))
        self.ends = tuple(map(fold, form.ends))

    def may_hold(self, content: str) -> bool:
        """Whether a folded line holds one of the literals that the form asks for, where it asks for some."""
        return not self.holds or any(literal in content for literal in self.holds)

    def find(
        self, document: Document, start: int, end: int, shown: Shown | None
    ) -> tuple[Finding, ...] | None:
        """Test the line's content `[start, end)`; None where it doesn't match, else what it tells.

        `shown` is the same as it is shown, where that differs: it is what is tested then, but for patterns
        that tell two spaces from one. With marks, the line may match as it stands, too. What is marked as a
        quote is no word of the page's own, but can point to another story.
        """
        if shown is None or self._counts_spaces:
            return self._find(document.spaced, document.shadow, start, end)
        if shown.marked:
            told = self._find(document.spaced, document.shadow, start, end) if shown.line else None
            if told is not None or not shown.line or (shown.quoted and self.kind is not Kind.related):
                return told
        told = self._find(shown.text, shown.shadow, shown.start, shown.end)
        if told is None or self._is_excepted(
            (document.spaced if self._cased else document.shadow)[start:end]
        ):
            return None
        return shown.findings(told)

    def _find(self, text: str, shadow: str, start: int, end: int) -> tuple[Finding, ...] | None:
        if end - start > self.longest:
            return None
        compared = text if self._cased else shadow
        if self._pattern is not None:
            match = self._pattern.compiled.fullmatch(compared, start, end)
            return None if match is None or self._is_excepted(compared[start:end]) else findings(match)
        if self._starts:
            if not shadow.startswith(self._starts, start) or self._is_excepted(compared[start:end]):
                return None
            return () if any(_opens(shadow, start, literal) for literal in self._starts) else None
        return () if shadow[start:end] in self.whole else None

    def _is_excepted(self, content: str) -> bool:
        return any(pattern.compiled.search(content) for pattern in self._unless)


class Lazy:
    """A pattern that is compiled when it is first asked for. A short text meets few of a pack's patterns, and
    to compile all of them takes longer than all else before the first text is clean."""

    def __init__(self, pattern: str) -> None:
        self._source = pattern

    @cached_property
    def compiled(self) -> Pattern:
        return compiled(self._source)


def compiled(pattern: str) -> Pattern:
    """The pattern in a group of its own, so that an alternation in it can't bind past the line's ends.

    What the standard library understands, it runs, at three times the speed. `regex` takes the rest:
    classes such as `\\p{Lu}`, names that two branches share, most look-behinds without a fixed length.

    Raises PackError for what is no pattern. Packs that are read from files are held against that before.
    """
    pattern = _BEHIND_SPACES.sub(_fixed_behinds, pattern)
    if not _READ_IN_TWO_WAYS.search(pattern):
        with suppress(re.error):
            return re.compile(f"(?:{pattern})")
    # It takes as long to load as half of this package, and short texts hardly need it.
    import regex

    try:
        return regex.compile(f"(?:{pattern})", regex.V1)
    except regex.error as error:
        raise PackError(
            f"pattern {pattern!r} can't be compiled ({error}), so its rule can't be used"
        ) from error


def _fixed_behinds(behind: re.Match[str]) -> str:
    """A look-behind for a sign and some spaces, as one for each number of spaces."""
    most = 1 if behind[2] == "?" else int(behind[3])
    signs = (f"{behind[1]}{' ' * spaces}" for spaces in range(most + 1))
    return f"(?:{'|'.join(f'(?<={each})' for each in signs)})"


def findings(match: Match) -> tuple[Finding, ...]:
    """The named groups of a match, each with its offsets; groups that took no part are left out."""
    names = match.re.groupindex
    if not names:
        return ()
    return tuple(
        Finding(name, start, end)
        for name in names
        if name != "cut"
        for start, end in ([match.span(name)] if isinstance(match, re.Match) else match.spans(name))
        if start < end
    )


def _key(literal: str) -> str:
    first = _FIRST.match(literal)
    return first[1] if first else ""


def _opens(shadow: str, start: int, literal: str) -> bool:
    if not shadow.startswith(literal, start):
        return False
    # 'follow' must not open 'followers'.
    after = shadow[start + len(literal) : start + len(literal) + 1]
    return not (after.isalnum() and literal[-1].isalnum())


class Hit(NamedTuple, Generic[Payload]):
    """A line, by its content `[start, end)`, that passed the test of an entry."""

    start: int
    end: int
    payload: Payload
    findings: tuple[Finding, ...]


class Dispatch(Generic[Payload]):
    """All line tests of an outlet, by the first word of the lines they can match."""

    def __init__(self, entries: Iterable[tuple[LineTest, Payload]]) -> None:
        # Whole lines are looked up, other tests are tried in turn.
        whole: dict[str, list[Payload]] = {}
        table: dict[str, list[tuple[LineTest, Payload]]] = {}
        held: list[tuple[str, tuple[LineTest, Payload]]] = []
        ended: list[tuple[LineTest, Payload]] = []
        for test, payload in entries:
            for line in sorted(test.whole):
                whole.setdefault(line, []).append(payload)
            for key in sorted(test.keys):
                table.setdefault(key, [])
                if not test.whole:
                    table[key].append((test, payload))
            if test.ends:
                ended.append((test, payload))
            else:
                held += ((literal, (test, payload)) for literal in test.holds)
        self._whole = {line: tuple(payloads) for line, payloads in whole.items()}
        self._table = {key: tuple(tests) for key, tests in table.items()}
        self._openings = frozenset(key[:_OPENING] for key in self._table)
        self._signs = frozenset((*(key[:1] for key in self._table if len(key) < _OPENING), *BULLETS))
        self._held = Literals(held)
        self._ended = tuple(ended)
        self._lasts = frozenset(end[-_LAST:] for test, _ in ended for end in test.ends)
        self._last_signs = frozenset(end for end in self._lasts if len(end) < _LAST)

    def hits(self, document: Document, lines: Sequence[str]) -> list[Hit[Payload]]:
        """Every (line, entry) that matches: first those by first words, then by last signs, then by literals
        inside.

        `lines` are the pieces of the document's shadow between line feeds.
        """
        found: list[Hit[Payload]] = []
        openings, signs = self._openings, self._signs
        marked = _marked(document, lines) if document.has_marks else _NONE
        likely = [
            number
            for number, line in enumerate(map(str.lstrip, lines))
            if line[:_OPENING] in openings or line[:1] in signs
        ]
        for start, content in _contents(lines, likely, marked):
            end = start + len(content)
            found += self._line_hits(document, start, start, end)
            if has_bullet(content):
                inner = end - len(content[1:].lstrip())
                found += self._line_hits(document, start, inner, end)
        if self._ended:
            found += self._ended_hits(document, lines, marked)
        for at, (test, payload) in self._held.find(document.shadow):
            around = _line_around(document.shadow, at, test.longest)
            if around is None:
                continue
            told = test.find(document, *around, as_shown(document, *around))
            if told is not None:
                found.append(Hit(*around, payload, told))
        return found

    def _ended_hits(
        self, document: Document, lines: Sequence[str], marked: frozenset[int]
    ) -> Iterator[Hit[Payload]]:
        """The hits of the lines that end as a test asks; of those `marked`, where the words do."""
        lasts, signs = self._lasts, self._last_signs
        likely = [
            number
            for number, line in enumerate(map(str.rstrip, lines))
            if line[-_LAST:] in lasts or line[-1:] in signs
        ]
        for start, content in _contents(lines, likely, marked):
            end = start + len(content)
            words = start
            if has_bullet(content):
                words = end - len(content[1:].lstrip())
            shown = as_shown(document, words, end)
            if shown is not None:
                content = shown.folded
            for test, payload in self._ended:
                if content.endswith(test.ends) and test.may_hold(content):
                    told = test.find(document, words, end, shown)
                    if told is not None:
                        yield Hit(start, end, payload, told)

    def _line_hits(self, document: Document, start: int, at: int, end: int) -> Iterator[Hit[Payload]]:
        """The hits of the line `[start, end)` whose words begin at `at`, behind its bullet if it has one."""
        content = document.shadow[at:end]
        shown = as_shown(document, at, end) if document.has_marks else None
        tests = self._table.get(_key(content))
        if shown is not None and _key(shown.folded) != _key(content):
            tests = (*(tests or ()), *self._table.get(_key(shown.folded), ()))
        if tests is None:
            return
        shown = shown or single_spaced(document, at, end)
        if shown is not None:
            content = shown.folded
        for payload in self._whole.get(content, ()):
            yield Hit(start, end, payload, ())
        taken: set[Kind | None] = set()
        for test, payload in tests:
            # Of a kind's rules for whole lines the first has the last word; blocks take more than the line.
            if test.alone and test.kind in taken:
                continue
            told = test.find(document, at, end, shown)
            if told is not None:
                if test.alone:
                    taken.add(test.kind)
                yield Hit(start, end, payload, told)


def _marked(document: Document, lines: Sequence[str]) -> frozenset[int]:
    """The numbers of the lines that have marks of Markdown, or tags."""
    # Each line counts with the line feed that ends it.
    starts = [length + number for number, length in enumerate(accumulate(map(len, lines), initial=0))]
    likely = {bisect_right(starts, sign) - 1 for sign in document.signs}
    return frozenset(
        number for number in likely if is_marked(document, starts[number], starts[number + 1] - 1)
    )


def _contents(
    lines: Sequence[str], likely: Sequence[int], marked: frozenset[int]
) -> Iterator[tuple[int, str]]:
    """Where the content begins of the lines with these numbers, in order, and what it is."""
    if not (likely or marked):
        return
    # Each line counts with the line feed that ends it.
    starts = list(accumulate(map(len, lines), initial=0))
    for number in sorted(marked.union(likely)) if marked else likely:
        line = lines[number]
        yield starts[number] + number + len(line) - len(line.lstrip()), line.strip()


def _line_around(text: str, at: int, longest: int) -> tuple[int, int] | None:
    """The content `[start, end)` of the line that holds offset `at`; None if it is longer than `longest`."""
    floor = max(0, at - longest - 1)
    ceiling = at + longest + 1
    start = text.rfind("\n", floor, at) + 1
    stop = text.find("\n", at, ceiling)
    if (not start and floor) or (stop < 0 and ceiling < len(text)):
        return None
    line = text[start:] if stop < 0 else text[start:stop]
    start += len(line) - len(line.lstrip())
    return start, start + len(line.strip())
