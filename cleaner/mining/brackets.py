"""Initials and names of the staff in brackets, on a line of their own or behind the last sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import regex

from cleaner.kinds import Kind
from cleaner.mining.forms import NAME_PATTERN, is_prose
from cleaner.mining.view import Place, View, articles_of
from cleaner.rules import Element, Inline, Rule

_INITIALS = r"[a-zA-Z\d]{2,5}"
_SITE = r"[\w-]{3,24}+\.(?i:com|co\.id|id|co|tv|net)"
# By the form of what the brackets hold; the first one that fits counts.
_FORMS: Mapping[str, str] = {
    "initials": rf"\((?:\*|{_INITIALS})(?:/{_INITIALS}){{1,3}}\)\.?",
    "short-initials": r"\([a-z]{2,4}\)\.?",
    "site-and-names": rf"[\u200e]?\( ?{_SITE} ?[/,] ?[^()/\n]{{2,80}}\)\.?",
    "names": rf"\( ?{NAME_PATTERN} ?\)\.?",
}
_COMPILED = {name: regex.compile(pattern, regex.V1) for name, pattern in _FORMS.items()}
_WHY: Mapping[str, str] = {
    "initials": "Initials of the staff in brackets",
    "short-initials": "A reporter's initials in brackets",
    "site-and-names": "The site and the reporter in brackets",
    "names": "Names of the staff in brackets",
}
_AT_END = regex.compile(r"(?<=[.!?\"”’')] {0,2})\([^()\n]{2,90}\)\.?$", regex.V1)
_EDGE = 0.8
# So many different names, in so many articles, are no one story's.
_DISTINCT = 3


def bracketed_staff(view: View) -> Iterator[Rule]:
    """A rule for each form of staff in brackets that recurs at the texts' foot."""
    alone: dict[str, list[Place]] = defaultdict(list)
    behind: dict[str, list[Place]] = defaultdict(list)
    for place, row in view.places():
        if row.gone:
            continue
        form = form_of(row.text) if len(row.text) <= 120 else ""
        if form:
            alone[form].append(place)
        elif view.row(place, 1) is None and is_prose(row.text):
            end = _AT_END.search(row.text)
            if end and form_of(end[0]):
                behind[form_of(end[0])].append(place)
    for form in _FORMS:
        places = alone.get(form, [])
        if _recurs(view, places) and view.share_at(places, "head", "foot") >= _EDGE:
            yield Rule(
                id=form,
                kind=Kind.byline,
                why=f"{_WHY[form]}, on a line of their own at the text's foot.",
                foot=True,
                block=(Element(cased=_FORMS[form], first=("(", "\u200e"), anchor=True),),
            )
        if _recurs(view, behind.get(form, [])):
            yield Rule(
                id=f"{form}-at-end",
                kind=Kind.byline,
                why=f"{_WHY[form]}, behind the last sentence.",
                inline=Inline(
                    literal=("(",),
                    cased=rf"""(?<=[.!?"”’')] {{0,2}}){_FORMS[form]}\s*+$""",
                    tail=True,
                ),
            )


def form_of(text: str) -> str:
    """Which form of staff in brackets a text is; empty where it is none."""
    return next((name for name, pattern in _COMPILED.items() if pattern.fullmatch(text)), "")


def pattern_of(form: str) -> str:
    """The pattern of a form that `form_of` names."""
    return _FORMS[form]


def _recurs(view: View, places: Sequence[Place]) -> bool:
    wordings = {row.shadow[-40:] for place in places if (row := view.row(place)) is not None}
    return articles_of(places) >= view.least and len(wordings) >= _DISTINCT
