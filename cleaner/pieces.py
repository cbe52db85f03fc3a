"""Named pieces of patterns: `(?&saying)` in a pattern stands for what the pack's `[define]` says it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from cleaner.errors import PackError

SHARED: Mapping[str, str] = {
    "name": r"\p{Lu}[\p{L}.'’-]*+",
    "person": r"(?:\p{Lu}[\p{L}.'’-]*+)(?: (?:\p{Lu}[\p{L}.'’-]*+)){0,4}",
    "weekday": r"senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad",
}
"""The pieces that every pack can refer to, and may say otherwise: a word of a person's name and up to five of
them, for `cased` patterns, and the days of the week in small letters."""

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_REFERENCE = re.compile(r"\(\?&([^()]*)\)")
# The keys of a rule, or of what is inside it, that hold patterns.
_PATTERNS = ("pattern", "cased", "before", "unless")
# Each piece may hold the ones above it: a hostile pack could double its length with every line.
_LONGEST = 10_000


def defined(table: Mapping[str, str]) -> dict[str, str]:
    """The shared pieces and those of a `[define]` table, by their names, with those inside them spelled out.

    A piece can refer to those above it. Raises PackError for any other reference, and for what is no name.
    """
    pieces = dict(SHARED)
    for name, piece in table.items():
        if not _NAME.fullmatch(name):
            raise PackError(f"define.{name}: a name has small letters, digits and _ only, a letter first")
        try:
            pieces[name] = _spelled_out(piece, pieces)
        except PackError as error:
            raise PackError(f"define.{name} {error}") from error
    return pieces


def spelled_out(entry: Any, pieces: Mapping[str, str]) -> Any:
    """A rule as TOML gives it, with `pieces` in place of the names that its patterns refer to.

    Raises PackError where one of them refers to a name that isn't there.
    """
    if isinstance(entry, list):
        return [spelled_out(each, pieces) for each in entry]
    if not isinstance(entry, dict):
        return entry
    return {
        key: _each(value, pieces) if key in _PATTERNS else spelled_out(value, pieces)
        for key, value in entry.items()
    }


def _each(value: Any, pieces: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [_each(each, pieces) for each in value]
    return _spelled_out(value, pieces) if isinstance(value, str) else value


def _spelled_out(pattern: str, pieces: Mapping[str, str]) -> str:
    if "(?&" not in pattern:
        return pattern

    def piece(reference: re.Match[str]) -> str:
        name = reference[1]
        if name not in pieces:
            known = ", ".join(pieces)
            raise PackError(f"refers to {reference[0]}; the pieces above it are {known}")
        return f"(?:{pieces[name]})"

    whole = _REFERENCE.sub(piece, pattern)
    if len(whole) > _LONGEST:
        raise PackError(
            f"has {len(whole):,} characters with its pieces spelled out; {_LONGEST:,} are allowed"
        )
    return whole
