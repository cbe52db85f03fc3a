"""Ids that an outlet can have."""

from __future__ import annotations

import re

from cleaner.errors import CleanerError
from cleaner.outlet_spellings import id_near

_ID = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")


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
