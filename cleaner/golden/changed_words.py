"""Which words of a line changed: in a long line a comma more or less is seen by nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_BESIDE = 30
"""How much of the unchanged text beside a change is shown, in code points."""
_MOST = 2_000
"""Between lines of more words and marks than this, only the first and the last change are told apart: to
compare all of them takes time squared."""


def changed_words(old: str, new: str) -> str:
    """The changes from `old` to `new`, as `… kota itu[-,-] dan {+juga +}desa …`.

    Empty where the two have less than half of their text in common: then they are two lines, not one that
    changed.
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    stretches = list(_stretches(before, after))
    same = sum(len(was) for was, now in stretches if was == now)
    if 2 * same < max(len(old), len(new)):
        return ""
    last = len(stretches) - 1
    return "".join(
        _shortened(was, place > 0, place < last) if was == now else _marked(was, now)
        for place, (was, now) in enumerate(stretches)
    )


def _stretches(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The stretches of both lines in order, side by side; those that didn't change are equal."""
    start = _shared(before, after)
    end = _shared(before[start:][::-1], after[start:][::-1])
    yield _joined(before[:start]), _joined(after[:start])
    was, now = before[start : len(before) - end], after[start : len(after) - end]
    if max(len(was), len(now)) > _MOST:
        yield _joined(was), _joined(now)
    else:
        for _, i1, i2, j1, j2 in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
            yield _joined(was[i1:i2]), _joined(now[j1:j2])
    yield _joined(before[len(before) - end :]), _joined(after[len(after) - end :])


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many tokens both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _joined(tokens: Sequence[str]) -> str:
    return "".join(tokens)


def _marked(was: str, now: str) -> str:
    return (f"[-{was}-]" if was else "") + (f"{{+{now}+}}" if now else "")


def _shortened(text: str, behind_change: bool, before_change: bool) -> str:
    """Unchanged text, of which only what stands next to a change is shown."""
    most = _BESIDE * (behind_change + before_change)
    if len(text) <= most + 1:
        return text
    begun = text[:_BESIDE] if behind_change else ""
    ended = text[-_BESIDE:] if before_change else ""
    return f"{begun}…{ended}"
