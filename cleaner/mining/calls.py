"""Calls to the reader that recur with changing words: a verb that asks, and the channel it asks to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

import regex

from cleaner.kinds import Kind
from cleaner.mining.cues import Strength, cue_of
from cleaner.mining.naming import named
from cleaner.mining.view import Place, View, articles_of
from cleaner.rules import Rule

# What a call names; the longest counts where one stands in another.
_CHANNELS = (
    "google news",
    "whatsapp channel",
    "wa channel",
    "channel whatsapp",
    "saluran whatsapp",
    "di whatsapp",
    "telegram",
    "kolom komentar",
    "komentar di bawah",
    "subscribe",
    "lonceng",
    "klik disini",
    "klik di sini",
    "media sosial",
    "live streaming",
)
_FIRST = re.compile(r"([^\W_]\w*)|\S")
_LONGEST = 400
_AROUND = 240
_ALL = 0.9


def reader_calls(view: View) -> Iterator[Rule]:
    """A rule for each first word and channel that recur together in lines which speak to the reader."""
    groups: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for place, row in view.open_rows():
        channel = next((each for each in _CHANNELS if each in row.shadow), "")
        first = _FIRST.match(row.shadow)
        if channel and first and len(row.text) <= _LONGEST:
            groups[first[0], channel].append(place)
    for (opening, channel), places in groups.items():
        if articles_of(places) >= view.least and _all_call(view, places):
            yield _rule(opening, channel)


def _all_call(view: View, places: Sequence[Place]) -> bool:
    """Whether what begins and goes on so speaks to the reader, nearly always."""
    calls = 0
    for place in places:
        row = view.row(place)
        cue = cue_of(row.shadow) if row else None
        told = cue is not None and cue.kind in (Kind.prompt, Kind.related)
        calls += (
            told
            and cue is not None
            and (cue.strength is Strength.strong or (row is not None and row.zone != "body"))
        )
    return calls >= _ALL * len(places)


def _rule(first: str, channel: str) -> Rule:
    opening = regex.escape(first) + (r"\b" if first[-1].isalnum() else "")
    named_channel = regex.escape(channel, literal_spaces=True)
    # The channel stands in the line's first sentence: in a later one, the line began with something else.
    same_sentence = rf"(?!.{{0,{_AROUND}}}?[.!?]\s.{{0,{_AROUND}}}?{named_channel})"
    return Rule(
        id=named("call", f"{first} {channel}"),
        kind=Kind.prompt,
        why="Asks the reader to do something, on a line whose wording changes.",
        first=(first,),
        pattern=rf"{opening}{same_sentence}.{{0,{_AROUND}}}?{named_channel}.{{0,{_AROUND}}}",
        max=_LONGEST + 60,
    )
