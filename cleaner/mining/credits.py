"""Captions: lines that end in a credit whose constant part recurs, such as '(credit: X)' or '(NAME/SITE)'."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

import regex

from cleaner.kinds import Kind
from cleaner.mining.cues import label_cue
from cleaner.mining.forms import holds_sentence_end
from cleaner.mining.naming import named
from cleaner.mining.view import Place, View, articles_of
from cleaner.rules import Inline, Rule

_CREDIT = re.compile(r"(?P<caption>[^\"“”].{2,320}?) ?\((?P<credit>[^()\n]{3,90})\)\.?")
_LABELLED = re.compile(r"(?P<label>[^\W\d_][\w ]{2,14}?) ?[:.] ?\S.*")
_SLASHED = re.compile(r"(?P<left>[^/]{2,60}?) ?/ ?(?P<right>[^/]{2,60})")
_PHOTO_LINE = re.compile(r"(?P<label>[^\W\d_][\w. ]{1,16}?) ?: ?(?P<rest>\S.*)")
_PHOTO_BRACKET = re.compile(r"\((?P<label>[^\W\d_][\w. ]{1,16}?) ?: ?(?P<rest>[^()\n]{2,160})\)")
_AT_END = re.compile(r" ?\([^()\n]{2,90}\)\.?$")
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


def photo_lines(view: View) -> Iterator[Rule]:
    """A rule for each label of photos that opens lines, and for each that opens brackets."""
    lines: dict[str, list[tuple[Place, str]]] = defaultdict(list)
    brackets: dict[str, list[tuple[Place, str]]] = defaultdict(list)
    for place, row in view.places():
        if row.gone:
            continue
        line = _PHOTO_LINE.fullmatch(row.shadow) if len(row.text) <= _LONGEST else None
        if line and label_cue(line["label"]) is Kind.caption:
            lines[line["label"]].append((place, line["rest"]))
        for credit in _PHOTO_BRACKET.finditer(row.shadow):
            if label_cue(credit["label"]) is Kind.caption:
                brackets[credit["label"]].append((place, credit["rest"]))
    for label, found in lines.items():
        if _changes(view, found) and sum(map(_is_one_sentence, found)) >= _NOT_LAST * len(found):
            yield _photo_line_rule(label)
    for label, found in brackets.items():
        if _changes(view, found):
            yield _photo_bracket_rule(label)


def _changes(view: View, found: Sequence[tuple[Place, str]]) -> bool:
    distinct = len({wording for _, wording in found})
    return articles_of(place for place, _ in found) >= view.least and distinct >= _DISTINCT


def _is_one_sentence(found: tuple[Place, str]) -> bool:
    return not holds_sentence_end(_AT_END.sub("", found[1]))


def _photo_line_rule(label: str) -> Rule:
    words = regex.escape(label, literal_spaces=True)
    return Rule(
        id=named("photo", label),
        kind=Kind.caption,
        why="A photo's caption or credit, behind its label.",
        cased=rf"(?i:{words}) ?: ?(?P<caption>(?:[^.!?()\n]|[.!?](?=\w)|\([^()\n]{{1,90}}\)){{2,320}}+)[.!?]?"
        r"(?: ?\([^()\n]{2,90}\)\.?)?",
        first=(label.split()[0].rstrip("."),),
        max=_LONGEST,
    )


def _photo_bracket_rule(label: str) -> Rule:
    words = regex.escape(label, literal_spaces=True)
    return Rule(
        id=named("photo-in-brackets", label),
        kind=Kind.caption,
        why="A photo's credit in brackets, behind its label.",
        inline=Inline(
            literal=(f"({label}",),
            cased=rf"\((?i:{words}) ?: ?[^()\n]{{2,160}}\)(?:\.(?=\s*+(?:\n|$)))?",
        ),
    )


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
