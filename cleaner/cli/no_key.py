"""What is said of a run that could read nothing, as no record has the key that an option names."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from cleaner.cli.counted import agreeing
from cleaner.cli.summary import unread
from cleaner.dumps.records import FieldNames
from cleaner.dumps.tally import OTHERS, Tally

_MOST_NAMED = 8

_NEAR = 0.6
"""How alike two keys are, from 0 to 1, where one can be a slip for the other."""


def no_key(tally: Tally, names: FieldNames) -> str:
    """Why nothing of a whole run could be cleaned, and what to do; empty where anything was, or has a key
    that is asked for."""
    if tally.records or tally.keyed or not tally.keyless:
        return ""
    wanted = {"--text-field": names.text, "--html-field": names.html}
    keys = sorted(
        (key for key in tally.keys if key != OTHERS),
        key=lambda key: (-_nearest(key, wanted)[0], -tally.keys[key]),
    )
    return (
        f"no record has a key {names.text!r} (--text-field) or {names.html!r} (--html-field), so nothing was "
        f"cleaned, and nothing written. {_what_there_is(tally, keys)}. {_what_to_do(keys, wanted)}"
    )


def _what_there_is(tally: Tally, keys: Sequence[str]) -> str:
    others = tally.errors - tally.keyless
    those = f"{tally.keyless:,} of {unread(tally)}" if others else unread(tally)
    named = ", ".join(map(repr, keys[:_MOST_NAMED])) or "no key at all"
    left = len(keys) - _MOST_NAMED
    more = f" and {left:,} more" if left > 0 else ""
    besides = f"; the {agreeing(others, 'other', 'others')} can't be read at all" if others else ""
    return f"{those} {agreeing(tally.keyless, 'has', 'have')} {named}{more}{besides}"


def _what_to_do(keys: Sequence[str], wanted: Mapping[str, str]) -> str:
    if len(keys) == 1 and ";" in keys[0]:
        return "Semicolons are told from commas only in a .csv file given as PATH"
    likeness, option = _nearest(keys[0], wanted) if keys else (0.0, "")
    if likeness:
        return f"Did you mean {option} {shlex.quote(keys[0])}?"
    return "Name the key with the text by --text-field, or the one with the page's HTML by --html-field"


def _nearest(key: str, wanted: Mapping[str, str]) -> tuple[float, str]:
    """How like one of the `wanted` keys a key is, from 0 to 1, and the option that names that one; 0 where it
    is no slip for either."""
    told = [(_likeness(key, name), option) for option, name in wanted.items()]
    best = max(told, key=lambda pair: pair[0])
    return best if best[0] >= _NEAR else (0.0, "")


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.lower(), other.lower()).ratio()
