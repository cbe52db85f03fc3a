"""Ids of mined rules: what was found, and the words it was found by."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

import msgspec

from cleaner.rules import Rule

_WORD = re.compile(r"[a-z0-9]+")
_MOST_WORDS = 4
_LONGEST = 40


def named(form: str, wording: str) -> str:
    """The id of a rule of a form, such as `line`, that was found by `wording`."""
    plain = unicodedata.normalize("NFKD", wording.lower())
    words = _WORD.findall(plain)[:_MOST_WORDS]
    return "-".join([form, *words])[:_LONGEST].rstrip("-")


def with_distinct_ids(rules: Iterable[Rule]) -> list[Rule]:
    """The rules, each with an id that none before it has."""
    taken: set[str] = set()
    distinct: list[Rule] = []
    for rule in rules:
        name, number = rule.id, 1
        while name in taken:
            number += 1
            name = f"{rule.id}-{number}"
        taken.add(name)
        distinct.append(msgspec.structs.replace(rule, id=name))
    return distinct
