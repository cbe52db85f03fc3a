"""Other stories' headlines under a label that recurs: behind it on its line, or on the lines below it.

The label alone proves nothing, as recipes, line-ups and films have labels too. It has to speak of reading on,
or what stands at it has to be the headlines of other articles of the dump; and that has to change, and be
written as headlines are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import regex

from cleaner.kinds import Kind
from cleaner.mining.cues import Strength, cue_of, is_role, label_cue, leads_on
from cleaner.mining.forms import REST_PATTERN, ends_sentence
from cleaner.mining.labelled import first_word, label_pattern, uses_by_label
from cleaner.mining.naming import named
from cleaner.mining.view import Place, View, articles_of
from cleaner.rules import Element, Rule
from cleaner.shadow import fold

_LONGEST_LABEL = 5
_LONGEST = 200
_MOST = 3
"""How many headlines a label has below it, at most, where nothing more is known of it."""
_MOST_LISTED = 10
"""The same of a label that says so."""
_NUMBER = regex.compile(r"\d+")
_NEARLY_ALL = 0.9
_MOSTLY = 0.5
_OFTEN = 0.3
_DISTINCT = 5
_KNOWN = 3
_IN_PROSE = 0.05

_CAPITAL = r"""["“‘'(\[]?[\p{Lu}\d]\S*+"""
_HEADLINE = (
    rf"(?!\d{{1,3}}[.)] ){_CAPITAL}(?: (?:{_CAPITAL}|\p{{Ll}}{{1,6}}+[,:]?+|[-–|&+])){{3,23}}+(?<![,:.])"
)
"""A line in the case of headlines, where no word but a short one is small, as a pattern for rules.

Numbers in front are a table's: results, rankings, prices."""
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
    for label, found in uses_by_label(view, _LONGEST_LABEL).items():
        uses = [_Use(place, (rest,)) for place, rest in found]
        first = first_word(label)
        if not first or label_cue(label) is not None or not _is_evident(view, label, uses, titles):
            continue
        if view.in_prose(f"{label}:") > _IN_PROSE * len(uses) or _opens_texts(uses):
            continue
        yield Rule(
            id=named("headline", label),
            kind=Kind.related,
            why="A label, and another story's headline behind it.",
            cased=rf"{label_pattern(label)}(?=[\p{{Lu}}\d\"“‘'(\[]){REST_PATTERN}{{8,{_LONGEST}}}+[!?]?",
            first=(first,),
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
            list_below = _list_below(label, headed)
            if list_below and _any_left(view, headed):
                yield Rule(
                    id=named("headlines", label),
                    kind=Kind.related,
                    why="A label on a line of its own, and the other stories' headlines below it.",
                    block=(Element(is_=(label,), anchor=True), *list_below),
                )


def _list_below(label: str, uses: Sequence[_Use]) -> tuple[Element, ...]:
    """The headlines below a label that go with it, as elements of a block; none where they are the article's.

    Where more than a few lines of that form often follow, the list can be the article's own. Then the label
    has to say that it isn't, and as many lines go as nearly always follow: where there are more, the others
    may be another matter, and where there are fewer, all stay.
    """
    longer = _have(uses, _MOST + 1)
    if longer <= (1 - _NEARLY_ALL) * len(uses):
        most = max(n for n in range(1, _MOST + 1) if _have(uses, n) >= _OFTEN * len(uses) or n == 1)
        return (Element(cased=_HEADLINE, repeat=most),)
    if not _says_so(label):
        return ()
    sure = max(n for n in range(1, _MOST_LISTED + 1) if _have(uses, n) >= _NEARLY_ALL * len(uses))
    return (Element(cased=_HEADLINE),) * sure if _all_differ(uses, sure) else ()


def _says_so(label: str) -> bool:
    """Whether a label says that other stories stand below it."""
    cue = cue_of(label)
    return cue is not None and cue.kind is Kind.related and cue.strength is Strength.strong


def _all_differ(uses: Sequence[_Use], number: int) -> bool:
    """Whether each of the first lines of the lists changes from article to article, but for its numbers."""
    lists = [use.headlines for use in uses if len(use.headlines) >= number]
    wordings = ({_NUMBER.sub("0", fold(each[at])) for each in lists} for at in range(number))
    return all(len(found) >= max(_DISTINCT, _MOSTLY * len(lists)) for found in wordings)


def _headlines_below(view: View, place: Place) -> Iterator[str]:
    for step in range(1, _MOST_LISTED + 1):
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
