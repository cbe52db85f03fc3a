"""Lines that recur but for their numbers: dates with a time, ages, counters."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

import regex

from cleaner.kinds import Kind
from cleaner.mining.cues import cue_of
from cleaner.mining.naming import named
from cleaner.mining.view import Place, View, articles_of
from cleaner.rules import Rule

_DAYS = r"(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad)"
_MONTHS = (
    r"(?:jan(?:uari)?|feb(?:ruari)?|mar(?:et)?|apr(?:il)?|mei|juni?|juli?|agu(?:stus)?|ags|sep(?:tember)?|"
    r"okt(?:ober)?|nov(?:ember)?|des(?:ember)?)"
)
_PARTS = re.compile(rf"\b{_DAYS}\b|\b{_MONTHS}\b|\d+", re.I)
_DAY = re.compile(_DAYS)
_FIRST_DAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "jum", "sabtu", "minggu", "ahad")
_FIRST_DIGITS = tuple(str(number) for number in range(32)) + tuple(f"0{number}" for number in range(1, 10))
_LONGEST = 80
_EDGE = 0.9
_FIRST_WORD = re.compile(r"([^\W_]\w*)|\S")
_MASKS = re.compile("[DM0]")
_CLOCK = re.compile(r"0[:.]0")
# What of a masked line is the moment: the day of the month, the month, the year, the clock and its zone.
_MOMENT = re.compile(r"0 M 0\b[^D\dM]{1,12}?0[:.]0(?: (?:wib|wita|wit)\b)?")
# When a page was changed is not when it was published.
_CHANGED = re.compile(r"\b(?:di)?perba(?:ha)?rui\b|\bup-?dated?\b|\bdiubah\b|\bmodified\b|\bedited\b")


def masked_lines(view: View) -> Iterator[Rule]:
    """A rule for each line that recurs at the texts' edges once its numbers, days and months are masked."""
    groups: dict[str, list[Place]] = defaultdict(list)
    for place, row in view.open_rows():
        if len(row.text) <= _LONGEST and any(sign.isdigit() for sign in row.shadow):
            groups[_mask(row.shadow)].append(place)
    for mask, places in groups.items():
        if articles_of(places) < view.least or not _is_page_data(mask):
            continue
        if view.share_at(places, "head", "foot") < _EDGE:
            continue
        first = _first(mask)
        if first:
            yield Rule(
                id=named("date" if "M" in mask else "number", _MASKS.sub(" ", mask)),
                kind=Kind.meta,
                why="A line that recurs but for its numbers: data about the page.",
                pattern=_pattern(mask),
                first=first,
                max=_LONGEST + 20,
            )


def _mask(shadow: str) -> str:
    return _PARTS.sub(_masked, shadow)


def _masked(match: re.Match[str]) -> str:
    part = match[0]
    return "0" if part[0].isdigit() else "D" if _DAY.fullmatch(part) else "M"


def _is_page_data(mask: str) -> bool:
    """Whether a masked line dates the page: a day and a clock's time, or an age; and little else."""
    if "M" in mask and _CLOCK.search(mask):
        return True
    cue = cue_of(mask)
    return cue is not None and cue.kind in (Kind.meta, Kind.chrome)


def _pattern(mask: str) -> str:
    moment = None if _CHANGED.search(mask) else _MOMENT.search(mask)
    if moment is None:
        return _unmasked(mask)
    before, behind = mask[: moment.start()], mask[moment.end() :]
    return f"{_unmasked(before)}(?P<published>{_unmasked(moment[0])}){_unmasked(behind)}"


def _unmasked(mask: str) -> str:
    """A mask, or a part of it, as a pattern for what it stands for."""
    kinds = {"0": r"\d{1,4}", "D": _DAYS, "M": _MONTHS}
    return "".join(kinds.get(sign) or regex.escape(sign, literal_spaces=True) for sign in mask)


def _first(mask: str) -> tuple[str, ...]:
    """The first words that lines of this mask begin with; none where that can be anything."""
    if mask[0] == "D":
        return _FIRST_DAYS
    if mask[0] == "0":
        return _FIRST_DIGITS
    word = _FIRST_WORD.match(mask)
    return (word[0],) if word and "M" not in word[0] and "0" not in word[0] else ()
