"""What a page's JSON-LD says, broken JSON too: its things, however they are nested."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

import msgspec

Thing: TypeAlias = Mapping[str, Any]

# A page has a handful of scripts and things. More are made to keep a reader busy.
_MAX_SCRIPTS = 30
_MAX_SIGNS = 400_000
_MAX_THINGS = 300
_MAX_DEPTH = 8

# A string, closed or not; a comma that nothing follows; a comment.
_PIECE = re.compile(
    r'"(?:[^"\\]++|\\.)*+"?|,(?=\s*+[}\]])|/\*[^*]{0,200}\*/|<!--[^>]{0,200}-->|//[^\n]{0,300}', re.DOTALL
)
_OPENING = re.compile(r"[\[{]")
_ESCAPE = re.compile(r'\\(?:(["\\/bfnrt]|u[0-9a-fA-F]{4})|(.?))', re.DOTALL)
_LENIENT = json.JSONDecoder(strict=False, parse_int=float, parse_constant=lambda _: None)


def things(scripts: Iterable[str]) -> list[Thing]:
    """The things at the top of the scripts and in their `@graph`s, in order.

    Not those that a list of other articles holds, nor the parts of a thing. What can't be read even with the
    usual slips mended (commas too many, raw line feeds, comments, several texts in one script) says nothing.
    """
    found: list[Thing] = []
    for number, script in enumerate(scripts):
        if number == _MAX_SCRIPTS:
            break
        for value in _values(script):
            found += _at_top(value, _MAX_THINGS - len(found), 0)
    return found


def _at_top(value: Any, most: int, depth: int) -> Iterator[Thing]:
    if depth > _MAX_DEPTH or most <= 0:
        return
    if isinstance(value, list):
        for each in value[:most]:
            for thing in _at_top(each, most, depth + 1):
                yield thing
                most -= 1
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
            most -= 1
        for key in ("@graph", "mainEntity"):
            if key in value:
                yield from _at_top(value[key], most, depth + 1)


def _values(script: str) -> list[Any]:
    """The JSON values that a script's text holds, mended where it is broken."""
    if len(script) > _MAX_SIGNS:
        return []
    try:
        return [msgspec.json.decode(script)]
    except (msgspec.MsgspecError, RecursionError, UnicodeError):
        return _mended(script)


def _mended(script: str) -> list[Any]:
    # Some hide the whole text from browsers of old.
    text = (
        script.strip().removeprefix("\ufeff").removeprefix("<!--").replace("<![CDATA[", "").replace("]]>", "")
    )
    text = _PIECE.sub(_mended_piece, text)
    values: list[Any] = []
    at = 0
    while len(values) < _MAX_THINGS:
        begin = _OPENING.search(text, at)
        if begin is None:
            break
        try:
            value, at = _LENIENT.raw_decode(text, begin.start())
        except (ValueError, RecursionError):
            # What stands behind a broken text can't be told from its parts.
            break
        values.append(value)
    return values


def _mended_piece(match: re.Match[str]) -> str:
    piece = match.group()
    if piece[0] != '"':
        return ""
    return _ESCAPE.sub(_known_escape, piece) if "\\" in piece else piece


def _known_escape(match: re.Match[str]) -> str:
    return match.group() if match[1] else match[2]
