"""What is known of an article besides its text: what removed text tells of it, and what its page says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cleaner.claims import Claim
from cleaner.dates import iso_date
from cleaner.document import Fact
from cleaner.kept import Kept

_LISTS: Mapping[str, str] = {"author": "authors", "editor": "editors", "caption": "captions", "tag": "tags"}
_TAG = re.compile(r"#\s*([^\s#]+)")
# Nothing that is told of an article may rule a terminal.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
# More of one thing no article has.
_MANY = 200


def told_fields(text: str, cut: Sequence[Claim], kept: Kept) -> dict[str, Fact]:
    """The fields that the `cut` claims tell, each with the ids of the rules that told it.

    Values are verbatim but for control characters, which go, and for dates, which are ISO 8601. An article is
    `incomplete` where a pointer to its next part stands behind all that is `kept`.
    """
    fields: dict[str, Fact] = {}
    for claim in cut:
        if claim.pointer and claim.start >= kept.last_visible:
            fields["incomplete"] = Fact(True, claim.rule)
        for finding in claim.findings:
            value = _CONTROL.sub("", text[finding.start : finding.end]).strip()
            if value:
                _tell(fields, finding.name, value, claim.rule)
    return fields


def known_fields(
    told: Mapping[str, Fact], facts: Mapping[str, Fact]
) -> tuple[dict[str, Any], dict[str, str]]:
    """What the removals tell and what a page says, as one, and the origin of each field.

    The page goes first: it names its values as what they are. A list holds the values of one of the two, but
    for the captions: they stand in an article's body and outside of it.
    """
    both = {**told, **facts}
    if "captions" in told and "captions" in facts:
        both["captions"] = _joined(facts["captions"], told["captions"])
    values = {name: fact.value for name, fact in both.items()}
    return values, {name: fact.origin for name, fact in both.items()}


def _tell(fields: dict[str, Fact], name: str, value: str, rule: str) -> None:
    if name in _LISTS:
        told = Fact(list(dict.fromkeys(_values(name, value))), rule)
        known = fields.get(_LISTS[name])
        fields[_LISTS[name]] = _joined(known, told) if known else told
        return
    said = iso_date(value) if name == "published" else value
    if said:
        fields.setdefault(name, Fact(said, rule))


def _joined(one: Fact, other: Fact) -> Fact:
    """Two lists as one, each value once; of both origins, where both gave a value."""
    # A page's values are on one line with single spaces, those of a text are as they stand there.
    known = {" ".join(value.split()) for value in one.value}
    new = [value for value in other.value if " ".join(value.split()) not in known]
    if not new or len(one.value) >= _MANY:
        return one
    origin = one.origin if other.origin in one.origin.split(", ") else f"{one.origin}, {other.origin}"
    return Fact([*one.value, *new], origin)


def _values(name: str, value: str) -> Iterable[str]:
    return _TAG.findall(value) or [value] if name == "tag" else [value]
