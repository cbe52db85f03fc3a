"""Other stories' headlines under a label that recurs: behind it on its line, or on the lines below it.

The label alone proves nothing, as recipes, line-ups and films have labels too. It has to speak of reading on,
or what stands at it has to be the headlines of other articles of the dump; and that has to change, and be
written as headlines are.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import regex

from cleaner.kinds import Kind
from cleaner.mining.cues import is_role, label_cue, leads_on
from cleaner.mining.forms import REST_PATTERN, ends_sentence
from cleaner.mining.naming import named
from cleaner.mining.view import Place, View, articles_of
from cleaner.rules import Element, Rule
from cleaner.shadow import fold

_LABEL = re.compile(r"(?P<label>[^\W\d_][^:.!?\n]{1,36}?) ?: ?(?P<rest>\S.*)")
_FIRST = re.compile(r"[^\W_]\w*")
_LONGEST_LABEL = 5
_LONGEST = 200
_MOST = 3
"""How many headlines a label has below it, at most."""
_NEARLY_ALL = 0.9
_MOSTLY = 0.5
_OFTEN = 0.3
_DISTINCT = 5
_KNOWN = 3
_IN_PROSE = 0.05

_CAPITAL = r"""["“‘'(\[]?[\p{Lu}\d]\S*+"""
_HEADLINE = rf"{_CAPITAL}(?: (?:{_CAPITAL}|\p{{Ll}}{{1,6}}+[,:]?+|[-–|&+])){{3,23}}+(?<![,:.])"
"""A line in the case of headlines, where no word but a short one is small, as a pattern for rules."""
_IS_HEADLINE = regex.compile(_HEADLINE, regex.V1)


class _Use(NamedTuple):
    """One place of a label, and the headlines at it."""

    place: Place
    headlines: tuple[str, ...]


def labelled_headlines(view: View) -> Iterator[Rule]:
    """A rule for each label that other stories' headlines stand behind or below."""
    titles = _titles(view)
    yield from _behind(view, titles)
    yield from _below(view, titles)


def _titles(view: View) -> Mapping[str, int]:
    """The articles' headlines, folded, each with the number of an article that has it."""
    found = ((fold(document.title or "").strip(), at) for at, document in enumerate(view.documents))
    return {title: at for title, at in found if len(title.split()) > _MOST}


def _behind(view: View, titles: Mapping[str, int]) -> Iterator[Rule]:
    groups: dict[str, list[_Use]] = defaultdict(list)
    for place, row in view.open_rows():
        match = _LABEL.fullmatch(row.text)
        if match and len(match["label"].split()) <= _LONGEST_LABEL:
            groups[row.shadow[: match.end("label")].strip()].append(_Use(place, (match["rest"],)))
    for label, uses in groups.items():
        first = _FIRST.match(label)
        if first is None or label_cue(label) is not None or not _is_evident(view, label, uses, titles):
            continue
        if view.in_prose(f"{label}:") > _IN_PROSE * len(uses) or _opens_texts(uses):
            continue
        yield Rule(
            id=named("headline", label),
            kind=Kind.related,
            why="A label, and another story's headline behind it.",
            cased=rf"(?i:{_escaped(label)}) ?: ?(?=[\p{{Lu}}\d\"“‘'(\[]){REST_PATTERN}{{8,{_LONGEST}}}+[!?]?",
            first=(first[0],),
            max=_LONGEST + 60,
        )


def _opens_texts(uses: Sequence[_Use]) -> bool:
    """Whether a label opens texts: then it is a section's, before the article's own title."""
    return sum(use.place.row == 0 for use in uses) > (1 - _NEARLY_ALL) * len(uses)


def _below(view: View, titles: Mapping[str, int]) -> Iterator[Rule]:
    groups: dict[str, list[_Use]] = defaultdict(list)
    for place, row in view.places():
        words = row.text.split()
        if len(words) <= _LONGEST_LABEL and len(row.text) <= 60 and not row.text.endswith((".", "!", "?")):
            groups[row.shadow].append(_Use(place, tuple(_headlines_below(view, place))))
    for label, uses in groups.items():
        if label.endswith(":") or leads_on(label):
            headed = [use for use in uses if use.headlines]
            if len(headed) < _NEARLY_ALL * len(uses) or not _is_evident(view, label, headed, titles):
                continue
            if not _any_left(view, headed) or _opens_lists(view, headed):
                continue
            most = max(n for n in range(1, _MOST + 1) if _have(headed, n) >= _OFTEN * len(headed) or n == 1)
            yield Rule(
                id=named("headlines", label),
                kind=Kind.related,
                why="A label on a line of its own, and the other stories' headlines below it.",
                block=(
                    Element(is_=(label,), anchor=True),
                    Element(cased=_HEADLINE, repeat=most),
                ),
            )


def _opens_lists(view: View, uses: Sequence[_Use]) -> bool:
    """Whether more lines of that form often follow than headlines do: then it is the article's own list."""
    rows = (view.row(use.place, _MOST + 1) for use in uses if len(use.headlines) == _MOST)
    longer = sum(row is not None and _IS_HEADLINE.fullmatch(row.text) is not None for row in rows)
    return longer > (1 - _NEARLY_ALL) * len(uses)


def _headlines_below(view: View, place: Place) -> Iterator[str]:
    for step in range(1, _MOST + 1):
        row = view.row(place, step)
        if row is None or not _IS_HEADLINE.fullmatch(row.text):
            return
        yield row.text


def _have(uses: Sequence[_Use], number: int) -> int:
    return sum(len(use.headlines) >= number for use in uses)


def _any_left(view: View, uses: Sequence[_Use]) -> bool:
    """Whether what is there already leaves something of it, in enough articles."""
    left = (
        use.place
        for use in uses
        if any(
            (row := view.row(use.place, step)) is not None and not row.gone
            for step in range(len(use.headlines) + 1)
        )
    )
    return articles_of(left) >= view.least


def _is_evident(view: View, label: str, uses: Sequence[_Use], titles: Mapping[str, int]) -> bool:
    """Whether what stands at a label is the headlines of other stories."""
    if is_role(label) or articles_of(use.place for use in uses) < view.least:
        return False
    wordings = {fold(headline) for use in uses for headline in use.headlines[:1]}
    known = sum(_is_anothers(use, titles) for use in uses)
    written = sum(_IS_HEADLINE.fullmatch(use.headlines[0].rstrip("!?")) is not None for use in uses)
    if any(ends_sentence(use.headlines[0].rstrip("!?")) for use in uses):
        return False
    if known >= max(_KNOWN, _MOSTLY * len(uses)):
        return True
    return leads_on(label) and len(wordings) >= _DISTINCT and written >= _NEARLY_ALL * len(uses)


def _is_anothers(use: _Use, titles: Mapping[str, int]) -> bool:
    return titles.get(fold(use.headlines[0]).strip(), use.place.article) != use.place.article


def _escaped(label: str) -> str:
    return regex.escape(label, literal_spaces=True)
