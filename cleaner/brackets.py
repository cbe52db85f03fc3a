"""Brackets: how a proof marks what is cut, and how a report shows what was."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

OPEN, CLOSE = "⟦", "⟧"
"""What stands around a stretch that is cut."""

BRACKETS = re.compile(f"[{OPEN}{CLOSE}]")

_EDGE = 30
"""How much of a kept stretch is shown next to a bracket, in code points."""

_EDGE_SPACES = re.compile(r"^ +| +$| +(?=\n)|(?<=\n) +")


class Proof(msgspec.Struct, frozen=True):
    """A `removes` text without its brackets, and the stretches they mark, in order, in code points."""

    text: str
    marked: tuple[tuple[int, int], ...]


def read_proof(written: str) -> Proof:
    """Take the brackets out of a `removes` text.

    Raises ValueError, saying what is wrong, where they don't pair up, hold nothing visible, or are missing.
    """
    marked: list[tuple[int, int]] = []
    text, at, opened = "", 0, -1
    for bracket in BRACKETS.finditer(written):
        text += written[at : bracket.start()]
        at = bracket.end()
        if (bracket[0] == OPEN) == (opened >= 0):
            raise ValueError(f"{bracket[0]} number {len(marked) + 1} has no partner; ⟦ and ⟧ take turns")
        if bracket[0] == OPEN:
            opened = len(text)
            continue
        if not text[opened:].strip():
            raise ValueError("⟦…⟧ holds nothing that can be seen")
        marked.append((opened, len(text)))
        opened = -1
    if opened >= 0:
        raise ValueError("the last ⟦ is never closed")
    if not marked:
        raise ValueError("no ⟦…⟧ marks what is removed")
    return Proof(text + written[at:], tuple(joined(marked)))


def bracketed(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """`text` with `⟦…⟧` around `spans`, as one line: `↵` a line's end, `→` a tab, `·` a space at an edge.

    Long stretches without brackets are shortened in the middle. `spans` are disjoint, in order.
    """
    shown, at = "", 0
    for start, end in spans:
        shown += f"{shortened(_visible_space(text[at:start]))}{OPEN}{_visible_space(text[start:end])}{CLOSE}"
        at = end
    return shown + shortened(_visible_space(text[at:]))


def _visible_space(text: str) -> str:
    dotted = _EDGE_SPACES.sub(lambda run: "·" * len(run[0]), text)
    return dotted.replace("\r", "␍").replace("\n", "↵").replace("\t", "→").replace("\u00a0", "⍽")


def shortened(kept: str) -> str:
    """The text, if it is long without its middle."""
    return kept if len(kept) <= 2 * _EDGE + 3 else f"{kept[:_EDGE]}…{kept[-_EDGE:]}"


def joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, those that touch made one."""
    done: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if done and start <= done[-1][1]:
            done[-1] = (done[-1][0], max(end, done[-1][1]))
        else:
            done.append((start, end))
    return done
