"""Lines that recur word for word.

What tells a template's line from one that articles share (a dateline, a recipe's subheading, a bulletin's
disclaimer): it speaks of the page or to its reader, or so many articles have it, always at the same edge of
the text, that no story can be the reason; and the same words are nowhere in prose.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import nlargest

from cleaner.kinds import Kind
from cleaner.mining.cues import Cue, Strength, cue_of
from cleaner.mining.forms import ends_sentence, has_letters, is_prose
from cleaner.mining.naming import named
from cleaner.mining.view import Place, View, articles_of
from cleaner.rules import MAX_LINE, Element, Rule

# Words that speak of nothing need this share of the articles, and this many, to be the page's own.
_SHARE = 0.05
# A sentence that speaks of nothing is a template's only where no topic could fill so much of a dump.
_SHARE_OF_PROSE = 0.3
_MANY = 10
_EDGE = 0.9
_WEAK_EDGE = 0.75
_IN_PROSE = 0.2
_TWICE = 0.8
# A dump that was made so can have any number of them.
_MOST = 500


def recurring_lines(view: View) -> Iterator[Rule]:
    """A rule for each line that recurs and is the page's, not a story's."""
    recurring = [
        (shadow, places)
        for shadow, places in view.by_line.items()
        if len(places) >= view.least and articles_of(places) >= view.least
    ]
    for shadow, places in nlargest(_MOST, recurring, key=_size):
        kind = _kind(view, shadow, places)
        if kind is not None:
            yield _rule(view, shadow, places, kind)


def _size(line: tuple[str, Sequence[Place]]) -> tuple[int, str]:
    """How much of the texts a line makes up; the line itself settles what is equal."""
    shadow, places = line
    return len(shadow) * len(places), shadow


def _kind(view: View, shadow: str, places: Sequence[Place]) -> Kind | None:
    if _stands_twice(view, shadow, places):
        return None
    cue = cue_of(shadow)
    count = articles_of(places)
    if not has_letters(shadow):
        return cue.kind if cue and view.share_at(places, "foot") >= _EDGE else None
    if _is_template(view, shadow, places, count, cue):
        return cue.kind if cue else Kind.chrome
    return None


def _stands_twice(view: View, shadow: str, places: Sequence[Place]) -> bool:
    """Whether a line is mostly directly above or below itself: then it is a card's title, one of many."""
    beside = (view.row(place, step) for place in places for step in (-1, 1))
    return sum(row is not None and row.shadow == shadow for row in beside) >= _TWICE * len(places)


def _is_template(view: View, shadow: str, places: Sequence[Place], count: int, cue: Cue | None) -> bool:
    share = count / len(view)
    if is_prose(shadow):
        strong = cue is not None and cue.strength is Strength.strong
        return strong or (share >= _SHARE_OF_PROSE and count >= _MANY)
    edge = max(view.share_at(places, "head"), view.share_at(places, "foot"))
    if cue is None or cue.strength is Strength.weak:
        if share >= _SHARE and count >= _MANY and edge >= _EDGE:
            if cue is None:
                return _is_furniture(view, shadow, places)
            return " " not in shadow or _outside_prose(view, shadow, count)
        return cue is not None and edge >= _WEAK_EDGE and _outside_prose(view, shadow, count)
    # In a text whose links stand on lines of their own, a lone word can be a sentence's.
    return " " not in shadow or _outside_prose(view, shadow, count)


def _outside_prose(view: View, shadow: str, count: int) -> bool:
    return view.in_prose(shadow) <= _IN_PROSE * count


def _is_furniture(view: View, shadow: str, places: Sequence[Place]) -> bool:
    """Whether a line that many articles have at the same edge, and no prose has, is no part of the story."""
    if shadow.endswith((":", "-", ",", ".")) or view.in_prose(shadow):
        return False
    # A dateline stands alone where the link behind it was cut out: what follows goes on in the sentence.
    below = [view.row(place, 1) for place in places]
    going_on = sum(row is not None and not row.text[0].isupper() and not row.gone for row in below)
    return going_on < (1 - _EDGE) * len(places)


def _rule(view: View, shadow: str, places: Sequence[Place], kind: Kind) -> Rule:
    why = "A whole line that recurs word for word."
    longest = max(MAX_LINE, len(shadow))
    if view.share_at(places, "foot") == 1.0 and not ends_sentence(shadow) and not has_letters(shadow):
        why = "A line that recurs word for word, at the text's foot."
        return Rule(
            id=named("mark", shadow),
            kind=kind,
            why=why,
            foot=True,
            block=(Element(is_=(shadow,), anchor=True),),
        )
    return Rule(id=named("line", shadow), kind=kind, why=why, is_=(shadow,), max=longest)
