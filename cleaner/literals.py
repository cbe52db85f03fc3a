"""Finds every place of many literals in one text, at a cost that hardly grows with their number.

Most literals hold a mark that is rare in prose: a colon, a slash, a bracket. Those are looked for by that
mark, once for all of them, and told apart by the few characters next to it. Only literals of plain words
take a search each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

Payload = TypeVar("Payload")

# From rare to frequent in news text; a literal is looked for by the first of these that it holds.
_MARKS = "_|#>\uf00e/:(-"
# How many code points up to a mark, or from it on, tell the literals that hold it apart.
_NEAR = 4


class _Marked(Generic[Payload]):
    """The literals that hold one mark, by the code points around it."""

    def __init__(self, mark: str) -> None:
        self.mark = mark
        # Each by its length, since a literal can be shorter; then by the code points themselves.
        self._up_to: dict[int, dict[str, list[tuple[str, int, Payload]]]] = {}
        self._from: dict[int, dict[str, list[tuple[str, int, Payload]]]] = {}

    def add(self, literal: str, payload: Payload) -> None:
        offset = literal.index(self.mark)
        if offset:
            side, near = self._up_to, literal[max(0, offset + 1 - _NEAR) : offset + 1]
        else:
            side, near = self._from, literal[:_NEAR]
        side.setdefault(len(near), {}).setdefault(near, []).append((literal, offset, payload))

    def find(self, shadow: str) -> Iterator[tuple[int, Payload]]:
        at = shadow.find(self.mark)
        while at >= 0:
            for length, near in self._up_to.items():
                for literal, offset, payload in near.get(shadow[at + 1 - length : at + 1], ()):
                    if shadow.startswith(literal, at - offset):
                        yield at - offset, payload
            for length, near in self._from.items():
                for literal, _, payload in near.get(shadow[at : at + length], ()):
                    if shadow.startswith(literal, at):
                        yield at, payload
            at = shadow.find(self.mark, at + 1)


class Literals(Generic[Payload]):
    """An index of literals, each with a payload. It never changes."""

    def __init__(self, entries: Iterable[tuple[str, Payload]]) -> None:
        # Several rules can wait for the same words: they are looked for once.
        words: dict[str, list[Payload]] = {}
        marked: dict[str, _Marked[Payload]] = {}
        for literal, payload in entries:
            mark = next((sign for sign in _MARKS if sign in literal), None)
            if mark is None:
                words.setdefault(literal, []).append(payload)
            else:
                marked.setdefault(mark, _Marked(mark)).add(literal, payload)
        self._words = tuple((literal, tuple(payloads)) for literal, payloads in words.items())
        self._marked = tuple(marked.values())

    def find(self, shadow: str) -> list[tuple[int, Payload]]:
        """Where each literal stands in `shadow`, as (offset, payload), in no particular order."""
        found: list[tuple[int, Payload]] = []
        for literal, payloads in self._words:
            at = shadow.find(literal)
            while at >= 0:
                found += ((at, payload) for payload in payloads)
                at = shadow.find(literal, at + 1)
        for marked in self._marked:
            if marked.mark in shadow:
                found += marked.find(shadow)
        return found
