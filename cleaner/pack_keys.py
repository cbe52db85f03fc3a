"""What a pack's author may have meant by a key that packs don't have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, get_args, get_type_hints

import msgspec

from cleaner.errors import PackError

_UNKNOWN = re.compile(r"Object contains unknown field `(?P<key>[^`]*)`(?: - at `\$(?P<place>[^`]*)`)?")
_STEP = re.compile(r"\.?(?P<name>[^.\[\]]+)|\[[^\]]*\]")


def converted(entry: Any, form: type[msgspec.Struct]) -> Any:
    """`entry`, as TOML gives it, as a `form`.

    Raises PackError with the reason where it is none: of a key that a `form` doesn't have, with the key that
    comes nearest to it, or the place where such a key goes.
    """
    try:
        return msgspec.convert(entry, form)
    except msgspec.ValidationError as error:
        unknown = _UNKNOWN.fullmatch(str(error))
        told = _told(form, unknown["key"], unknown["place"] or "") if unknown else str(error)
        raise PackError(told) from error


def _told(form: type[msgspec.Struct], key: str, place: str) -> str:
    # Nothing is unknown in most runs, and what compares words takes a while to load.
    from difflib import get_close_matches

    where = form
    for step in _STEP.finditer(place):
        where = _tables(where).get(step["name"] or "", where)
    known = [field.encode_name for field in msgspec.structs.fields(where)]
    inside = f" in {place.lstrip('.')}" if place else ""
    said = f"has an unknown key `{key}`{inside}"
    near = get_close_matches(key.lower(), known, n=1)
    if near:
        return f"{said}; did you mean `{near[0]}`?"
    elsewhere = next((name for name, table in _below(where) if key in table.__struct_encode_fields__), "")
    if elsewhere:
        return f"{said}; it goes into `{elsewhere}`"
    return f"{said}; its keys are {', '.join(known)}"


def _tables(form: type[msgspec.Struct]) -> Mapping[str, type[msgspec.Struct]]:
    """The keys of a form that hold tables, or lists of them, each with what such a table may say."""
    hints = get_type_hints(form)
    found = ((field.encode_name, _table_in(hints[field.name])) for field in msgspec.structs.fields(form))
    return {name: table for name, table in found if table is not None}


def _table_in(hint: Any) -> type[msgspec.Struct] | None:
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return hint
    return next((found for each in get_args(hint) if (found := _table_in(each)) is not None), None)


def _below(form: type[msgspec.Struct]) -> Iterator[tuple[str, type[msgspec.Struct]]]:
    """The tables inside a form, those inside them too, each by the key it stands under."""
    for name, table in _tables(form).items():
        yield name, table
        yield from _below(table)
