"""What was done to an article as plain values: text, numbers, lists and dicts, the same for every library."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from cleaner.kinds import Certainty, Kind
from cleaner.result import Removal, Result

OUTLET = "outlet"
FIELDS = "fields"
REMOVED = "removed"
SUSPECTS = "suspects"
NO_ARTICLE = "no_article"

_encode = msgspec.json.Encoder(order="deterministic").encode


def audit(result: Result) -> dict[str, Any]:
    """The audit of a result: its `outlet`, `fields`, `removed` and `suspects`, in this order.

    Each cut is a dict with `start`, `end` (code points of the source text), `kind`, `rule`, `certainty` (its
    name) and `text`, and where it was read off a page the `path` of its element.
    """
    return {
        OUTLET: result.outlet,
        FIELDS: dict(result.fields),
        REMOVED: cuts(result.removals),
        SUSPECTS: cuts(result.suspects),
    }


def cuts(removals: Iterable[Removal]) -> list[dict[str, Any]]:
    """Removals or suspects as dicts."""
    return [_cut(removal) for removal in removals]


def as_json(values: object) -> str:
    """Plain values as JSON. The same values give the same text."""
    return _encode(values).decode()


def removals_of(rows: str | Iterable[Mapping[str, Any]]) -> list[Removal]:
    """The removals that `rows` tell of: the dicts of an audit, or their JSON. `rebuild` takes them.

    Raises ValueError or KeyError where they tell of something else.

    >>> from cleaner import clean, rebuild
    >>> from cleaner.integrations.audit import audit, removals_of
    >>> source = "Harga cabai turun.\\n\\nBaca Juga: Harga Beras Naik Lagi\\n\\nPedagang lega."
    >>> result = clean(source)
    >>> rebuild(result.text, removals_of(audit(result)["removed"])) == source
    True
    """
    told: Iterable[Mapping[str, Any]] = msgspec.json.decode(rows) if isinstance(rows, str) else rows
    return [
        Removal(
            row["start"],
            row["end"],
            Kind(row["kind"]),
            row["rule"],
            Certainty[row["certainty"]],
            row["text"],
            row.get("path"),
        )
        for row in told
    ]


def _cut(removal: Removal) -> dict[str, Any]:
    cut = {
        "start": removal.start,
        "end": removal.end,
        "kind": removal.kind.value,
        "rule": removal.rule,
        "certainty": removal.certainty.name,
        "text": removal.text,
    }
    if removal.path is not None:
        cut["path"] = removal.path
    return cut
