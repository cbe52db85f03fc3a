"""What is known of an article besides its text: what removed text tells of it, and what its page says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from cleaner.as_shown import without_marks
from cleaner.claims import Claim
from cleaner.dates import iso_date
from cleaner.document import Fact
from cleaner.kept import Kept

_LISTS: Mapping[str, str] = {"author": "authors", "editor": "editors", "caption": "captions", "tag": "tags"}
_TAG = re.compile(r"#\s*([^\s#]+)")
# Nothing that is told of an article may rule a terminal.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
MOST_VALUES = 200
"""More of one thing no article has."""


def told_fields(text: str, cut: Sequence[Claim], kept: Kept) -> dict[str, Fact]:
    """The fields that the `cut` claims tell, each with the ids of the rules that told it.

    Values are verbatim but for control characters and marks of Markdown, which go, and for dates, which are
    ISO 8601. An article is `incomplete` where a pointer to its next part stands behind all that is `kept`.
    """
    lists: dict[str, _List] = {}
    fields: dict[str, Fact | _List] = {}
    for name, value, rule in _told(text, cut, kept.last_visible):
        if name not in _LISTS:
            fields.setdefault(name, Fact(value, rule))
            continue
        told = lists.setdefault(_LISTS[name], _List())
        told.add(_values(name, value), rule)
        fields[_LISTS[name]] = told
    return {name: told.fact if isinstance(told, _List) else told for name, told in fields.items()}


def known_fields(
    told: Mapping[str, Fact], facts: Mapping[str, Fact]
) -> tuple[dict[str, Any], dict[str, str]]:
    """What the removals tell and what a page says, as one, and the origin of each field.

    The page goes first: it names its values as what they are. A list holds the values of one of the two, but
    for the captions: they stand in an article's body and outside of it.
    """
    both = {**told, **facts}
    if "captions" in told and "captions" in facts:
        both["captions"] = _List(facts["captions"], told["captions"]).fact
    values = {name: fact.value for name, fact in both.items()}
    return values, {name: fact.origin for name, fact in both.items()}


def _told(text: str, cut: Iterable[Claim], end: int) -> Iterator[tuple[str, Any, str]]:
    """Each thing that the `cut` claims tell: its name, its value and the rule that told it. At `end` the kept
    text ends."""
    for claim in cut:
        if claim.pointer and claim.start >= end:
            yield "incomplete", True, claim.rule
        for finding in claim.findings:
            value = without_marks(_CONTROL.sub("", text[finding.start : finding.end]).strip())
            said = iso_date(value) if finding.name == "published" else value
            if said:
                yield finding.name, said, claim.rule


class _List:
    """The values of one field so far, each once, and who told of them."""

    def __init__(self, *facts: Fact) -> None:
        self._values: dict[str, str] = {}
        self._origins: dict[str, None] = {}
        for fact in facts:
            self.add(fact.value, fact.origin)

    def add(self, values: Iterable[str], origin: str) -> None:
        """Add those of `values`, of one `origin`, that aren't known yet."""
        known = len(self._values)
        if known >= MOST_VALUES:
            return
        for value in values:
            # A page's values are on one line with single spaces, those of a text are as they stand there.
            self._values.setdefault(" ".join(value.split()), value)
        if len(self._values) > known:
            self._origins[origin] = None

    @property
    def fact(self) -> Fact:
        return Fact(list(self._values.values()), ", ".join(self._origins))


def _values(name: str, value: str) -> Iterable[str]:
    return _TAG.findall(value) or [value] if name == "tag" else [value]
