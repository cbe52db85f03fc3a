"""Captions: lines that end in a credit whose constant part recurs, such as '(credit: X)' or '(NAME/SITE)'."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

import regex

from cleaner.kinds import Kind
from cleaner.mining.cues import label_cue
from cleaner.mining.naming import named
from cleaner.mining.view import Place, View, articles_of
from cleaner.rules import Rule

_CREDIT = re.compile(r"(?P<caption>[^\"“”].{2,320}?) ?\((?P<credit>[^()\n]{3,90})\)\.?")
_LABELLED = re.compile(r"(?P<label>[^\W\d_][\w ]{2,14}?) ?[:.] ?\S.*")
_SLASHED = re.compile(r"(?P<left>[^/]{2,60}?) ?/ ?(?P<right>[^/]{2,60})")
_LONGEST = 420
_DISTINCT = 3
_NOT_LAST = 0.9


def credited_captions(view: View) -> Iterator[Rule]:
    """A rule for each label or name in brackets that ends captions."""
    labels: dict[str, list[tuple[Place, str]]] = defaultdict(list)
    sides: dict[tuple[str, str], list[tuple[Place, str]]] = defaultdict(list)
    for place, row in view.open_rows():
        match = _CREDIT.fullmatch(row.shadow) if row.shadow.rstrip(".").endswith(")") else None
        if match is None or len(row.text) > _LONGEST:
            continue
        credit = match["credit"]
        labelled, slashed = _LABELLED.fullmatch(credit), _SLASHED.fullmatch(credit)
        if labelled and _is_photo(labelled["label"]):
            labels[labelled["label"]].append((place, credit))
        elif slashed:
            sides["left", slashed["left"]].append((place, slashed["right"]))
            sides["right", slashed["right"]].append((place, slashed["left"]))
    for label, found in labels.items():
        if _recurs(view, found):
            yield _labelled_rule(label)
    for (side, name), found in sides.items():
        if _recurs(view, found) and any(sign.isalpha() for sign in name):
            yield _slashed_rule(side, name)


def _is_photo(label: str) -> bool:
    return label_cue(label) is Kind.caption or label == "sumber"


def _recurs(view: View, found: Sequence[tuple[Place, str]]) -> bool:
    """Whether a credit recurs over changing names, within the text: at its end it is the reporter's."""
    places = [place for place, _ in found]
    distinct = len({wording for _, wording in found})
    within = sum(view.row(place, 1) is not None for place in places)
    return articles_of(places) >= view.least and distinct >= _DISTINCT and within >= _NOT_LAST * len(places)


_CAPTION = r"""(?P<caption>[^"“”].{2,320}?) ?"""


def _labelled_rule(label: str) -> Rule:
    return Rule(
        id=named("credit", label),
        kind=Kind.caption,
        why="A caption that ends in its credit in brackets, behind a label.",
        holds=(f"({label}",),
        cased=rf"{_CAPTION}\((?i:{regex.escape(label, literal_spaces=True)}) ?[:.] ?[^()\n]{{2,90}}\)\.?",
        max=_LONGEST,
    )


def _slashed_rule(side: str, name: str) -> Rule:
    escaped = f"(?i:{regex.escape(name, literal_spaces=True)})"
    inside = rf"{escaped} ?/ ?[^()/\n]{{2,60}}" if side == "left" else rf"[^()/\n]{{2,60}}/ ?{escaped}"
    return Rule(
        id=named("credit", name),
        kind=Kind.caption,
        why="A caption that ends in its credit in brackets: a name and where it is from.",
        holds=((f"({name}",) if side == "left" else (f"/{name})", f"/ {name})")),
        cased=rf"{_CAPTION}\({inside}\)\.?",
        max=_LONGEST,
    )
