"""Ids of outlets, and what dumps write in their place."""

from __future__ import annotations

import re

from cleaner.errors import CleanerError

_ID = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")
_PART = re.compile("[a-z0-9]+")


def id_near(name: str) -> str:
    """The id that comes nearest to a name: `warta-kota` for `Warta_Kota`; empty where it has no letters."""
    return "-".join(_PART.findall(name.lower()))


def names_outlet(value: str | None, outlet: str) -> bool:
    """Whether a record's `value` means the outlet: its id, or a name that comes nearest to it."""
    return bool(value) and (value == outlet or id_near(value or "") == outlet)


def refuse_no_id(outlet: str, outlet_field: str | None = None) -> None:
    """Raise CleanerError, with an id that can be, where `outlet` can't be one.

    With an `outlet_field`, the key of a dump's own names, the error says that they needn't be ids.
    """
    if _ID.fullmatch(outlet):
        return
    near = id_near(outlet)
    such_as = f", such as {near!r}" if near else ""
    finds = f" (which finds the records with {outlet!r} under {outlet_field!r}, too)" if outlet_field else ""
    raise CleanerError(
        f"{outlet!r} can't be an outlet's id; use small letters, digits and single hyphens{such_as}"
        f"{finds if near else ''}. Nothing was written"
    )
