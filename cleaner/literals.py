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
_MARKS = "_|#>\uf00e/(:-"


class Literals(Generic[Payload]):
    """An index of literals, each with a payload. It never changes."""

    def __init__(self, entries: Iterable[tuple[str, Payload]]) -> None:
        self._words: list[tuple[str, Payload]] = []
        self._marked: dict[str, dict[str, list[tuple[str, int, Payload]]]] = {}
        for literal, payload in entries:
            mark = next((sign for sign in _MARKS if sign in literal), None)
            if mark is None:
                self._words.append((literal, payload))
                continue
            offset = literal.index(mark)
            # The mark and its neighbour inside the literal: the one before it if there is one.
            near = literal[offset - 1 : offset + 1] if offset else literal[:2]
            self._marked.setdefault(mark, {}).setdefault(near, []).append((literal, offset, payload))

    def find(self, shadow: str) -> list[tuple[int, Payload]]:
        """Where each literal stands in `shadow`, as (offset, payload), in no particular order."""
        found: list[tuple[int, Payload]] = []
        for literal, payload in self._words:
            at = shadow.find(literal)
            while at >= 0:
                found.append((at, payload))
                at = shadow.find(literal, at + 1)
        for mark, near in self._marked.items():
            at = shadow.find(mark)
            while at >= 0:
                for key in (shadow[at - 1 : at + 1], shadow[at : at + 2], mark):
                    for literal, offset, payload in near.get(key, ()):
                        if shadow.startswith(literal, at - offset):
                            found.append((at - offset, payload))
                at = shadow.find(mark, at + 1)
        return found
