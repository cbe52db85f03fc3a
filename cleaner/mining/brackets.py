"""Initials and names of the staff in brackets, on a line of their own or behind the last sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import regex

from cleaner.kinds import Kind
from cleaner.mining.forms import NAME_PATTERN, is_prose
from cleaner.mining.view import Place, View, articles_of
from cleaner.rules import Element, Inline, Rule

_INITIALS = r"[a-zA-Z\d]{2,5}"
_SITE = r"[\w-]{3,24}+\.(?i:com|co\.id|id|co|tv|net)"
# Whoever quotes a hadith or the Koran names the place in brackets, as a reporter is named.
_NO_QUOTATION = r"(?!(?:H\. ?R|HR|Q\. ?S|QS)\b)"
# By the form of what the brackets hold; the first one that fits counts.
_FORMS: Mapping[str, str] = {
    "initials": rf"\((?:\*|{_INITIALS})(?:/{_INITIALS}){{1,3}}\)\.?",
    "short-initials": r"\((?:[a-z]{2,4}|[A-Z]{2,4})\)\.?",
    "site-and-names": rf"[\u200e]?\( ?{_SITE} ?(?:[/,] ?(?P<author>[^()/\n]{{2,80}}))?\)\.?",
    "names": rf"\( ?{_NO_QUOTATION}(?!{_SITE}\b)(?P<author>{NAME_PATTERN}) ?\)\.?",
}
_COMPILED = {name: regex.compile(pattern, regex.V1) for name, pattern in _FORMS.items()}
_WHY: Mapping[str, str] = {
    "initials": "Initials of the staff in brackets",
    "short-initials": "A reporter's initials in brackets",
    "site-and-names": "The site, and the reporter where one is named, in brackets",
    "names": "Names of the staff in brackets",
}
_SAME = ("initials", "short-initials")
"""Forms that no story has on a line of its own, so that one reporter's, again and again, are evidence."""
# Behind a quote's end that is no sentence's, the brackets can hold what is short for the quote.
_BEHIND = r"""(?:(?<=[.!?] {0,2})|(?<=["”’')] {0,2})(?<=[.!?]["”’')] {0,2}))"""
_AT_END = regex.compile(rf"{_BEHIND}\([^()\n]{{2,90}}\)\.?$", regex.V1)
_EDGE = 0.8
# So many different names, in so many articles, are no one story's.
_DISTINCT = 3


class _Use(NamedTuple):
    """One place of staff in brackets, and what the brackets hold there."""

    place: Place
    wording: str


def bracketed_staff(view: View) -> Iterator[Rule]:
    """A rule for each form of staff in brackets that recurs at the texts' foot."""
    alone: dict[str, list[_Use]] = defaultdict(list)
    behind: dict[str, list[_Use]] = defaultdict(list)
    for place, row in view.places():
        if row.gone:
            continue
        form = form_of(row.text) if len(row.text) <= 120 else ""
        if form:
            alone[form].append(_Use(place, row.shadow))
        elif is_prose(row.text) and view.ends_text(place):
            end = _AT_END.search(row.text)
            if end and form_of(end[0]):
                behind[form_of(end[0])].append(_Use(place, end[0]))
    for form in _FORMS:
        yield from _rules(view, form, alone.get(form, []), behind.get(form, []))


def _rules(view: View, form: str, lines: Sequence[_Use], ends: Sequence[_Use]) -> Iterator[Rule]:
    """The rules for a form that stands on `lines` of its own, and at the `ends` of others."""
    on_lines = (_recurs(view, lines) or _is_the_same(view, form, lines)) and _stand_at_edges(view, lines)
    if on_lines:
        yield _line_rule(form)
    if _recurs(view, ends):
        yield _end_rule(form, _BEHIND)
        return
    last = [use for use in lines if view.ends_text(use.place)]
    if ends and not on_lines and _recurs(view, [*ends, *last]):
        # Behind the last sentence of some texts, and below that of others: neither alone is often enough.
        yield _end_rule(form, rf"(?:{_BEHIND}|(?<![^\n]))")


def _line_rule(form: str) -> Rule:
    return Rule(
        id=form,
        kind=Kind.byline,
        why=f"{_WHY[form]}, on a line of their own at the text's foot.",
        foot=True,
        block=(Element(cased=_FORMS[form], first=("(", "\u200e"), anchor=True),),
    )


def _end_rule(form: str, front: str) -> Rule:
    return Rule(
        id=f"{form}-at-end",
        kind=Kind.byline,
        why=f"{_WHY[form]}, behind the last sentence.",
        inline=Inline(literal=("(",), ends=(")", ")."), cased=rf"{front}{_FORMS[form]}\s*+$", tail=True),
    )


def form_of(text: str) -> str:
    """Which form of staff in brackets a text is; empty where it is none."""
    return next((name for name, pattern in _COMPILED.items() if pattern.fullmatch(text)), "")


def pattern_of(form: str) -> str:
    """The pattern of a form that `form_of` names."""
    return _FORMS[form]


def _recurs(view: View, uses: Sequence[_Use]) -> bool:
    wordings = {use.wording for use in uses}
    return articles_of(use.place for use in uses) >= view.least and len(wordings) >= _DISTINCT


def _is_the_same(view: View, form: str, uses: Sequence[_Use]) -> bool:
    """Whether the same initials recur by themselves."""
    if form not in _SAME:
        return False
    places: dict[str, list[Place]] = defaultdict(list)
    for use in uses:
        places[use.wording].append(use.place)
    return any(articles_of(found) >= view.least for found in places.values())


def _stand_at_edges(view: View, uses: Sequence[_Use]) -> bool:
    return view.share_at([use.place for use in uses], "head", "foot") >= _EDGE
