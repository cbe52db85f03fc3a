"""What removed text tells about an article: its staff, date, source, captions and tags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cleaner.claims import Claim
from cleaner.dates import iso_date
from cleaner.kept import Kept

_LISTS: Mapping[str, str] = {"author": "authors", "editor": "editors", "caption": "captions", "tag": "tags"}
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
