"""Lines of a label and what stands behind it: 'Editor : NAME', 'Sumber: X', 'Laporan Wartawan …'.

Such a label can be the story's own, in the data of a film or a match. So most are taken at the text's foot
only, where nothing but the page's own follows; a newsroom's role, with names behind it, elsewhere as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import regex

from cleaner.kinds import Kind
from cleaner.mining.cues import is_role, label_cue, label_field
from cleaner.mining.forms import NAME_PATTERN, REST_PATTERN, ends_sentence, holds_sentence_end, is_name
from cleaner.mining.labelled import first_word, label_pattern, labelled, uses_by_label
from cleaner.mining.naming import named
from cleaner.mining.view import Place, View, articles_of
from cleaner.rules import Element, Rule

_LONGEST_LABEL = 4
_LONGEST_REST = 100
# The editor often stands glued to another label's value, with a bar or nothing between the two.
_EDITOR = r"[ |/,]{0,3}+(?i:editor) ?: ?"
# A value of one label: the colon of another one isn't in it, an address can be.
_VALUE = rf"(?:(?!{_EDITOR})(?:[^:.!?\n]|:(?=//)|[.!?](?=\w)))"
_ONE_TAG = r"(?:[^,;|.!?\n]|[.!?](?=\w)){2,60}+"
# The site may stand between a reporter's role and name.
_REPORTER = rf"(?:[\w-]{{3,24}}+\.(?i:com|co\.id|id|co|tv|net)[,:/]? ?)?(?P<author>{NAME_PATTERN})"
_SHORT = 0.9
_EDGE = 0.8
_NAMES = 0.8
_ALL = 0.95


def labelled_lines(view: View) -> Iterator[Rule]:
    """A rule for each label that recurs over changing words."""
    for label, found in uses_by_label(view, _LONGEST_LABEL).items():
        kind = label_cue(label)
        places = [place for place, _ in found]
        if kind in (Kind.byline, Kind.meta) and articles_of(places) >= view.least:
            rule = _label_rule(view, label, kind, places, [rest for _, rest in found])
            if rule is not None:
                yield rule


def _label_rule(
    view: View, label: str, kind: Kind, places: Sequence[Place], rests: Sequence[str]
) -> Rule | None:
    short = sum(len(rest) <= _LONGEST_REST and not ends_sentence(rest) for rest in rests)
    if short < _SHORT * len(rests):
        return None
    first = first_word(label)
    if not first:
        return None
    pattern = label_pattern(label) + _rest_pattern(label_field(label))
    if view.share_at(places, "foot") >= _EDGE:
        return Rule(
            id=named("label", label),
            kind=kind,
            why="A label at the text's foot, over words that change.",
            foot=True,
            block=(Element(cased=pattern, first=(first,), anchor=True),),
        )
    names = sum(map(is_name, rests))
    if kind is Kind.byline and names >= _NAMES * len(rests) and _beside_the_story(view, places):
        return Rule(
            id=named("label", label),
            kind=kind,
            why="A newsroom's role and names, apart from the story.",
            cased=pattern,
            first=(first,),
            max=160,
        )
    return None


def _rest_pattern(field: str) -> str:
    """What stands behind a label, as a pattern for rules that tells the field, where it is one."""
    if field == "tag":
        return rf"(?P<tag>{_ONE_TAG})(?:[,;|] ?(?P<tag>{_ONE_TAG})){{0,20}}+"
    rest = f"{REST_PATTERN}{{2,{_LONGEST_REST}}}+"
    if not field:
        return rest
    value = rf"(?P<{field}>{_VALUE}{{2,{_LONGEST_REST}}}+)"
    if field != "editor":
        value += rf"(?:{_EDITOR}(?P<editor>{_VALUE}{{2,60}}+))?"
    return rf"(?:{value}|{rest})"


def _beside_the_story(view: View, places: Sequence[Place]) -> bool:
    """Whether the lines stand between others that go, and not in a list of the story's own data."""
    apart = 0
    for place in places:
        around = [row for step in (-1, 1) if (row := view.row(place, step)) is not None]
        apart += not any(_is_data(row.text, row.gone) for row in around)
    return apart >= _ALL * len(places)


def _is_data(text: str, gone: bool) -> bool:
    parts = None if gone else labelled(text)
    return parts is not None and len(parts.rest) <= _LONGEST_REST and not is_role(parts.label.lower())


def bylines_without_colon(view: View) -> Iterator[Rule]:
    """A rule for each pair of words, one of them a newsroom's role, that opens a line above the story."""
    groups: dict[str, list[Place]] = defaultdict(list)
    for place, each in view.open_rows():
        words = each.shadow.split(None, 2)
        if len(words) == 3 and all(word.isalpha() for word in words[:2]) and is_role(words[1]):
            groups[f"{words[0]} {words[1]}"].append(place)
    for opening, places in groups.items():
        rows = [row for place in places if (row := view.row(place)) is not None]
        plain = sum(
            not ends_sentence(row.text)
            and not holds_sentence_end(row.text)
            and len(row.text) <= _LONGEST_REST
            for row in rows
        )
        if articles_of(places) < view.least or plain < _ALL * len(rows):
            continue
        if view.share_at(places, "head", "foot") < _ALL:
            continue
        first, second = opening.split()
        yield Rule(
            id=named("byline", opening),
            kind=Kind.byline,
            why="Names a reporter, apart from the story.",
            cased=rf"(?i:{regex.escape(first)}\s{regex.escape(second)})\s"
            rf"(?:{_REPORTER}|{REST_PATTERN}{{2,{_LONGEST_REST}}}+)",
            first=(first,),
            max=140,
        )
