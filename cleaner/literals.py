"""Finds every place of many literals in one text, at a cost that hardly grows with their number.

Most literals hold a mark that is rare in prose: a colon, a slash, a bracket. Those are looked for by that
mark, once for all of them, and told apart by the character next to it. Only literals of plain words take a
search each.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

Payload = TypeVar("Payload")

# From rare to frequent in news text; a literal is looked for by the first of these that it holds.
_MARKS = "_|#>\uf00e/:("


class _Marked(Generic[Payload]):
    """The literals that hold one mark, each with the offset of the mark in it."""

    def __init__(self, mark: str) -> None:
        self.mark = mark
        self.by_last_two: dict[str, list[tuple[str, int, Payload]]] = {}
        self.by_next_two: dict[str, list[tuple[str, int, Payload]]] = {}

    def add(self, literal: str, payload: Payload) -> None:
        offset = literal.index(self.mark)
        if offset:
            self.by_last_two.setdefault(literal[offset - 1 : offset + 1], []).append(
                (literal, offset, payload)
            )
        else:
            self.by_next_two.setdefault(literal[:2], []).append((literal, offset, payload))

    def find(self, shadow: str, found: list[tuple[int, Payload]]) -> None:
        at = shadow.find(self.mark)
        while at >= 0:
            if self.by_last_two and at:
                for literal, offset, payload in self.by_last_two.get(shadow[at - 1 : at + 1], ()):
                    if shadow.startswith(literal, at - offset):
                        found.append((at - offset, payload))
            if self.by_next_two:
                for key in {self.mark, shadow[at : at + 2]}:
                    for literal, offset, payload in self.by_next_two.get(key, ()):
                        if shadow.startswith(literal, at - offset):
                            found.append((at - offset, payload))
            at = shadow.find(self.mark, at + 1)


class Literals(Generic[Payload]):
    """An index of literals, each with a payload. It never changes."""

    def __init__(self, entries: Iterable[tuple[str, Payload]]) -> None:
        self._words: list[tuple[str, Payload]] = []
        marked: dict[str, _Marked[Payload]] = {}
        for literal, payload in entries:
            mark = next((sign for sign in _MARKS if sign in literal), None)
            if mark is None:
                self._words.append((literal, payload))
            else:
                marked.setdefault(mark, _Marked(mark)).add(literal, payload)
        self._marked = tuple(marked.values())

    def find(self, shadow: str) -> list[tuple[int, Payload]]:
        """Where each literal stands in `shadow`, as (offset, payload), in no particular order."""
        found: list[tuple[int, Payload]] = []
        for literal, payload in self._words:
            at = shadow.find(literal)
            while at >= 0:
                found.append((at, payload))
                at = shadow.find(literal, at + 1)
        for marked in self._marked:
            if marked.mark in shadow:
                marked.find(shadow, found)
        return found
