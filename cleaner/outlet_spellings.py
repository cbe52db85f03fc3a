"""What people and dumps write in place of an outlet's id: `Warta_Kota`, `WartaKota`, `wartakota.co.id`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

_PART = re.compile("[a-z0-9]+")

# No host and no name is longer; a record can hold anything.
_LONGEST = 253


def id_near(name: str) -> str:
    """The id that comes nearest to a name: `warta-kota` for `Warta_Kota`; empty where it has no letters."""
    return "-".join(_PART.findall(name.lower()))


def names_outlet(value: str | None, outlet: str) -> bool:
    """Whether a record's `value` means the outlet: its id, or a name with the same letters and digits."""
    return value is not None and OutletNames((outlet,))(value) is not None


class OutletNames:
    """Tells which of some outlets is meant by a name."""

    def __init__(self, ids: Iterable[str], by_host: Callable[[str], str | None] | None = None) -> None:
        """`ids` are those of the outlets; `by_host` tells which of them has a host."""
        self._ids = frozenset(ids)
        self._by_host = by_host
        self._by_letters: dict[str, str | None] = {}
        for id in self._ids:
            letters = _letters(id)
            # What two ids could be is none of them.
            self._by_letters[letters] = None if letters in self._by_letters else id

    def __call__(self, value: str) -> str | None:
        """The id of the outlet that `value` means: an id, a name with its letters and digits, or a host.

        None where it means no outlet, or could mean two.
        """
        if value in self._ids:
            return value
        if len(value) > _LONGEST:
            return None
        found = self._by_letters.get(_letters(value))
        if found is None and self._by_host is not None and "." in value:
            found = self._by_host(value.strip())
        return found


def _letters(name: str) -> str:
    return "".join(_PART.findall(name.lower()))
