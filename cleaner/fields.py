"""What removed text tells about an article: its staff, date, source, captions and tags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cleaner.claims import Claim
from cleaner.dates import iso_date
from cleaner.document import Fact
from cleaner.kept import Kept

_LISTS: Mapping[str, str] = {"author": "authors", "editor": "editors", "caption": "captions", "tag": "tags"}
REMOVED = "removed"
"""The origin of a field that the removed text tells."""

_TAG = re.compile(r"#\s*([^\s#]+)")


def told_fields(text: str, cut: Sequence[Claim], kept: Kept) -> dict[str, Any]:
    """The fields that the `cut` claims tell; values are verbatim but for dates, which are ISO 8601.

    An article is `incomplete` where a pointer to its next part stands behind all that is `kept`.
    """
    fields: dict[str, Any] = {}
    for claim in cut:
        if claim.pointer and claim.start >= kept.last_visible:
            fields["incomplete"] = True
        for finding in claim.findings:
            _tell(fields, finding.name, text[finding.start : finding.end].strip())
    return fields


def known_fields(told: Mapping[str, Any], facts: Mapping[str, Fact]) -> tuple[dict[str, Any], dict[str, str]]:
    """What the removals tell and what a page says, as one, and the origin of each field.

    The page goes first: it names its values as what they are. A list holds the values of one of the two.
    """
    fields = {name: fact.value for name, fact in facts.items()}
    origins = {name: fact.origin for name, fact in facts.items()}
    for name, value in told.items():
        if name not in fields:
            fields[name] = value
            origins[name] = REMOVED
    return fields, origins


def _tell(fields: dict[str, Any], name: str, value: str) -> None:
    if name == "published":
        date = iso_date(value)
        if date:
            fields.setdefault("published", date)
        return
    if name == "source":
        fields.setdefault("source", value)
        return
    known = fields.setdefault(_LISTS[name], [])
    known += [item for item in dict.fromkeys(_values(name, value)) if item not in known]


def _values(name: str, value: str) -> Iterable[str]:
    return _TAG.findall(value) or [value] if name == "tag" else [value]
