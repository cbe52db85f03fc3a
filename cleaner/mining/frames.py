"""Lines that nothing but their place gives away: beside a line that goes, article after article."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

import regex

from cleaner.kinds import Kind
from cleaner.mining.brackets import form_of, pattern_of
from cleaner.mining.cues import cue_of
from cleaner.mining.forms import has_letters
from cleaner.mining.naming import named
from cleaner.mining.view import Place, Row, View, articles_of
from cleaner.rules import Element, Rule
from cleaner.shapes import SHAPES

_LONGEST_RUN = 8
_BESIDE = 0.9
_MOSTLY = 0.6
_TAG = r"[^\p{Lu}.!?:\"“”\n]{2,80}"
_IS_TAG = regex.compile(_TAG, regex.V1)
_MOST_TAGS = 12
# A line of mere shape is taken only beside what very many articles have.
_MANY = 20
_NEARLY_ALL = 0.95
_DISTINCT = 3
_FOOT_LINE = r"[^.!?:\"“”()\n]{2,120}"
_IS_FOOT_LINE = regex.compile(_FOOT_LINE)
_DATELINE = regex.compile(r"([\w.]{3,30}).{0,60}?-")


def framed_lines(view: View) -> Iterator[Rule]:
    """Rules for lines that stand beside an anchor: runs, tags, captions."""
    anchors = _anchors(view)
    yield from _runs(view, anchors)
    yield from _tags(view)
    yield from _twins(view)
    yield from _lines_above_foot(view, anchors)
    yield from _captions_below_head(view, anchors)


def _anchors(view: View) -> Mapping[str, list[Place]]:
    """The lines that go already and recur word for word, with their places."""
    found: dict[str, list[Place]] = defaultdict(list)
    for place, row in view.places():
        if row.gone and has_letters(row.shadow) and len(row.text) <= 300:
            found[row.shadow].append(place)
    return {line: places for line, places in found.items() if articles_of(places) >= view.least}


def _runs(view: View, anchors: Mapping[str, list[Place]]) -> Iterator[Rule]:
    """Lines that stand beside an anchor word for word, whenever it stands there."""
    for line, places in anchors.items():
        above = _beside(view, places, -1)
        below = _beside(view, places, +1)
        if not above and not below:
            continue
        cue = cue_of(line)
        yield Rule(
            id=named("run", (above or below)[-1]),
            kind=cue.kind if cue else Kind.chrome,
            why="Lines that stand beside one that goes, word for word, wherever that stands.",
            block=(
                *(Element(is_=(each,)) for each in reversed(above)),
                Element(is_=(line,), anchor=True, keep=True),
                *(Element(is_=(each,)) for each in below),
            ),
        )


def _beside(view: View, places: Sequence[Place], step: int) -> list[str]:
    """The lines above (`step` -1) or below an anchor that are always the same, the nearest first."""
    run: list[str] = []
    for distance in range(1, _LONGEST_RUN + 1):
        rows = [row for place in places if (row := view.row(place, distance * step)) is not None]
        common = Counter(row.shadow for row in rows).most_common(1)
        if not common or common[0][1] < _BESIDE * len(places) or len(common[0][0]) > 300:
            break
        if not has_letters(common[0][0]):
            break
        if not all(row.gone for row in rows if row.shadow == common[0][0]):
            run.append(common[0][0])
        elif not run:
            break
    return run


def _tags(view: View) -> Iterator[Rule]:
    """The article's tags, in small letters, one a line, under the staff's initials and nothing below them."""
    below: dict[str, list[tuple[Place, Row]]] = defaultdict(list)
    for place, row in view.places():
        form = form_of(row.text) if len(row.text) <= 40 else ""
        if form and row.zone != "head":
            rest = view.articles[place.article][place.row + 1 :]
            below[form] += ((place, each) for each in rest[: _MOST_TAGS + 8] if not each.gone)
    for form, found in below.items():
        tags = [place for place, row in found if _IS_TAG.fullmatch(row.text)]
        if articles_of(tags) < view.least or len(tags) < _MOSTLY * len(found):
            continue
        yield Rule(
            id="tags",
            kind=Kind.meta,
            why="The article's tags, one a line in small letters, under the staff's initials at the foot.",
            foot=True,
            block=(
                _staff(form),
                Element(cased=_TAG, repeat=_MOST_TAGS, field="tag"),
            ),
        )


def _twins(view: View) -> Iterator[Rule]:
    """A card's title, that a page has as text and as the picture's name: twice, above initials."""
    found: dict[str, list[Place]] = defaultdict(list)
    for place, row in view.places():
        form = form_of(row.text) if len(row.text) <= 40 else ""
        one, two = view.row(place, -1), view.row(place, -2)
        if not form or one is None or two is None or one.gone or one.text != two.text:
            continue
        if SHAPES["short"](one.text):
            found[form].append(place)
    for form, places in found.items():
        titles = {title.shadow for place in places if (title := view.row(place, -1)) is not None}
        if articles_of(places) < view.least or len(titles) < _DISTINCT:
            continue
        yield Rule(
            id=named("card", form),
            kind=Kind.related,
            why="A card's title, twice: as text and as the picture's name, above the staff's initials.",
            block=(Element(shape="short", same=True), Element(shape="short"), _staff(form)),
        )


def _staff(form: str) -> Element:
    return Element(cased=pattern_of(form), first=("(", "\u200e"), anchor=True, keep=True)


def _lines_above_foot(view: View, anchors: Mapping[str, list[Place]]) -> Iterator[Rule]:
    """The short line above an anchor at the foot, where nearly every article has one of its own."""
    for line, places in anchors.items():
        count = articles_of(places)
        if count < _MANY or view.share_at(places, "foot") < _BESIDE:
            continue
        above = [row for place in places if (row := view.row(place, -1)) is not None and not row.gone]
        short = [row for row in above if row.zone == "foot" and _IS_FOOT_LINE.fullmatch(row.text)]
        wordings = {row.shadow for row in short}
        if len(short) < _MOSTLY * count or len(wordings) < _MOSTLY * len(short):
            continue
        yield Rule(
            id=named("above", line),
            kind=Kind.meta,
            why="The short line that stands above this one, at the foot of nearly every article that has it.",
            foot=True,
            block=(Element(cased=_FOOT_LINE), Element(is_=(line,), anchor=True, keep=True)),
        )


def _captions_below_head(view: View, anchors: Mapping[str, list[Place]]) -> Iterator[Rule]:
    """The one line between an anchor at the head and the story's dateline."""
    for line, places in anchors.items():
        if articles_of(places) < _MANY or view.share_at(places, "head") < _BESIDE:
            continue
        pairs = [(view.row(place, 1), view.row(place, 2)) for place in places]
        openings = Counter(opening for _, story in pairs if (opening := _opening(story)))
        if not openings:
            continue
        opening, count = openings.most_common(1)[0]
        # Where neither the line nor the one below it opens the story, what the line is can't be told.
        sure = sum(_opening(one) == opening or _opening(two) == opening for one, two in pairs)
        if count < max(view.least, _MOSTLY * len(places)) or sure < _NEARLY_ALL * len(places):
            continue
        yield Rule(
            id=named("caption", line),
            kind=Kind.caption,
            why="The line between the page's head and the story's dateline: the photo's caption.",
            block=(
                Element(is_=(line,), anchor=True, keep=True),
                Element(cased=rf"(?!(?i:{regex.escape(opening)}))[^\n]{{3,600}}", field="caption"),
            ),
        )


def _opening(row: Row | None) -> str:
    """The word a dateline begins with, up to its first mark: 'brand' of 'BRAND.COM, Jakarta -'."""
    match = None if row is None or row.gone else _DATELINE.match(row.shadow)
    return match[1] if match else ""
