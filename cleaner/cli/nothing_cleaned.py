"""What is said of a run that could clean nothing: it takes no earlier one's place; often a key is wrong."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from cleaner.cli.counted import agreeing
from cleaner.cli.keys import likely_keys
from cleaner.cli.summary import first_errors, unread
from cleaner.cli.terminal import say
from cleaner.dumps.formats.delimited import parted_otherwise
from cleaner.dumps.likely import HTML, TEXT, TITLE, URL
from cleaner.dumps.records import FieldNames
from cleaner.dumps.tally import OTHERS, Tally
from cleaner.errors import CleanerError

_MOST_NAMED = 8

_NAME_THE_KEY = "Name the key with the text by --text-field, or the one with the page's HTML by --html-field"

_NEAR = 0.6
"""How alike two keys are, from 0 to 1, where one can be a slip for the other."""


def is_nothing_cleaned(tally: Tally) -> bool:
    """Whether there was something to clean, and none of it could be."""
    return bool(tally.errors) and not tally.records


def nothing_cleaned(tally: Tally, names: FieldNames) -> CleanerError:
    """The error for a whole run that could clean nothing, where it would replace what is there. What can't
    stand in one line is said before it."""
    reason = no_key(tally, names, ", and what an earlier run wrote stays as it is")
    if reason:
        return CleanerError(reason)
    for line in first_errors(tally):
        say(line)
    are = agreeing(tally.errors, "is no other", "are no others")
    return CleanerError(
        f"{unread(tally)} could not be cleaned, and there {are}, so what an earlier run wrote stays as it is"
    )


def meant_keys(tally: Tally, names: FieldNames) -> list[str]:
    """Which keys may have been meant, where no record has one that is asked for; nothing where none may, as
    the errors themselves say that a key is to be named."""
    reason = no_key(tally, names)
    return [] if not reason or reason.endswith(_NAME_THE_KEY) else [_as_sentence(reason)]


def no_key(tally: Tally, names: FieldNames, outcome: str = "") -> str:
    """Why nothing could be read, the `outcome`, and what to do, where no record has a key that is asked for;
    empty where one has."""
    if tally.records or tally.keyed or not tally.keyless:
        return ""
    wanted = {TEXT: names.text, HTML: names.html}
    keys = sorted(
        (key for key in tally.keys if key != OTHERS),
        key=lambda key: (-_nearest(key, wanted)[0], -tally.keys[key]),
    )
    return (
        f"no record has a key {names.text!r} (--text-field) or {names.html!r} (--html-field), so nothing "
        f"could be read{outcome}. {_what_there_is(tally, keys)}. "
        f"{_what_to_do(tally, keys, wanted)}"
    )


def _what_there_is(tally: Tally, keys: Sequence[str]) -> str:
    others = tally.errors - tally.keyless
    those = f"{tally.keyless:,} of {unread(tally)}" if others else unread(tally)
    named = ", ".join(map(repr, keys[:_MOST_NAMED])) or "no key at all"
    left = len(keys) - _MOST_NAMED
    more = f" and {left:,} more" if left > 0 else ""
    besides = f"; the {agreeing(others, 'other', 'others')} can't be read at all" if others else ""
    return f"{those} {agreeing(tally.keyless, 'has', 'have')} {named}{more}{besides}"


def _what_to_do(tally: Tally, keys: Sequence[str], wanted: Mapping[str, str]) -> str:
    otherwise = parted_otherwise(keys)
    if otherwise:
        return _as_sentence(otherwise)
    likeness, option = _nearest(keys[0], wanted) if keys else (0.0, "")
    text = [f"{option} {shlex.quote(keys[0])}"] if likeness else _only_likely(tally, TEXT, HTML)[:1]
    others = _only_likely(tally, *(each for each in (URL, TITLE) if not _is_there(tally, each)))
    if text:
        return f"Did you mean {' '.join((*text, *others))}?"
    return f"{_NAME_THE_KEY}, and add {' '.join(others)}" if others else _NAME_THE_KEY


def _as_sentence(said: str) -> str:
    return said[0].upper() + said[1:]


def _only_likely(tally: Tally, *options: str) -> list[str]:
    """Those of the options of which one key alone may be meant, each with that."""
    found = {option: likely_keys(tally, option) for option in options}
    return [f"{option} {shlex.quote(keys[0])}" for option, keys in found.items() if len(keys) == 1]


def _is_there(tally: Tally, option: str) -> bool:
    """Whether any record has the key that the option names."""
    counts = (*tally.chosen.items(), *tally.usual.items())
    return any(number and said.startswith(f"{option} ") for said, number in counts)


def _nearest(key: str, wanted: Mapping[str, str]) -> tuple[float, str]:
    """How like one of the `wanted` keys a key is, from 0 to 1, and the option that names that one; 0 where it
    is no slip for either."""
    told = [(_likeness(key, name), option) for option, name in wanted.items()]
    best = max(told, key=lambda pair: pair[0])
    return best if best[0] >= _NEAR else (0.0, "")


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.lower(), other.lower()).ratio()
