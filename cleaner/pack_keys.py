"""What is wrong with a table of a pack, and what its author may have meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec

from cleaner.errors import PackError

_UNKNOWN = re.compile(r"Object contains unknown field `(?P<key>[^`]*)`(?: - at `\$(?P<place>[^`]*)`)?")
_MISSING = re.compile(r"Object missing required field `(?P<key>[^`]*)`(?: - at `\$(?P<place>[^`]*)`)?")
_OTHER_VALUE = re.compile(r"Invalid enum value (?P<value>.*?)(?: - at `\$(?P<place>[^`]*)`)?", re.S)
_OTHER_TYPE = re.compile(r"Expected `(?P<asked>[^`]*)`, got `(?P<got>[^`]*)`(?: - at `\$(?P<place>[^`]*)`)?")
_LONGEST_VALUE = 80
# The types of TOML, as people call them, each with how it is written.
_TYPES = {
    "array": ("a list", '["…"]'),
    "str": ("a text", '"…"'),
    "int": ("a whole number", "1"),
    "bool": ("true or false", "true"),
    "object": ("a table", "{ … }"),
    "float": ("a decimal number", "1.5"),
    "date": ("a date", "2026-01-12"),
}
_STEP = re.compile(r"\.?(?P<name>[^.\[\]]+)|\[[^\]]*\]")


def converted(entry: Any, form: type[msgspec.Struct]) -> Any:
    """`entry`, as TOML gives it, as a `form`.

    Raises PackError where it is none, with the place, the reason and what to write: of a key or a value that
    a `form` doesn't have, with those it has, and the one that comes nearest.
    """
    try:
        return msgspec.convert(entry, form)
    except msgspec.ValidationError as error:
        raise PackError(_reason(form, str(error))) from error


def _reason(form: type[msgspec.Struct], said: str) -> str:
    """What the converter `said`, in the words of packs; as it is, where it says what is in none of these."""
    unknown = _UNKNOWN.fullmatch(said)
    if unknown:
        return _told(form, unknown["key"], unknown["place"] or "")
    missing = _MISSING.fullmatch(said)
    if missing:
        return f"has no `{missing['key']}`{_inside(missing['place'] or '')}, which it needs"
    value = _OTHER_VALUE.fullmatch(said)
    if value:
        return _other_value(form, value["value"], value["place"] or "")
    type_ = _OTHER_TYPE.fullmatch(said)
    return _other_type(form, type_) if type_ else said


def _inside(place: str) -> str:
    return f" in {place.lstrip('.')}" if place else ""


def _other_value(form: type[msgspec.Struct], value: str, place: str) -> str:
    # Only a slip needs it.
    from difflib import get_close_matches

    known = _values_at(form, place)
    shown = value if len(value) <= _LONGEST_VALUE else f"{value[:_LONGEST_VALUE]}…"
    near = get_close_matches(value.strip("'").lower(), known, 1)
    meant = f" (did you mean {near[0]!r}?)" if near else ""
    return f"{place.lstrip('.')} {shown} is unknown{meant}; it may be one of {', '.join(filter(None, known))}"


def _other_type(form: type[msgspec.Struct], said: re.Match[str]) -> str:
    place = (said["place"] or "").lstrip(".")
    got = _TYPES.get(said["got"], (said["got"], ""))[0]
    asked, written = next(
        (_TYPES[each] for each in said["asked"].split(" | ") if each in _TYPES), (said["asked"], "")
    )
    if not place:
        return f"is {got}, and has to be {asked}"
    told = f"`{place}` is {got}; write {asked}"
    known = _values_at(form, place)
    if known and asked == _TYPES["str"][0]:
        return f"{told}, one of {', '.join(filter(None, known))}"
    if not written:
        return told
    return f"{told}, such as {written if '[' in place else f'{place} = {written}'}"


def _values_at(form: type[msgspec.Struct], place: str) -> list[str]:
    """The values that the key in this place may have, of those that have to be one of a few."""
    *way, key = [step["name"] for step in _STEP.finditer(place) if step["name"]]
    where = form
    for name in way:
        where = _tables(where).get(name, where)
    names = {field.encode_name: field.name for field in msgspec.structs.fields(where)}
    hint = get_type_hints(where).get(names.get(key, ""))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return [str(each.value) for each in hint]
    return [str(each) for each in get_args(hint)] if get_origin(hint) is Literal else []


def _told(form: type[msgspec.Struct], key: str, place: str) -> str:
    # Nothing is unknown in most runs, and what compares words takes a while to load.
    from difflib import get_close_matches

    where = form
    for step in _STEP.finditer(place):
        where = _tables(where).get(step["name"] or "", where)
    known = [field.encode_name for field in msgspec.structs.fields(where)]
    said = f"has an unknown key `{key}`{_inside(place)}"
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
