"""What says a fact, by name: for values that no selector of a template found."""

from __future__ import annotations

JSON_LD = "json-ld"
OPEN_GRAPH = "open graph"
META = "meta"


def origin_of(meta: str) -> str:
    """The origin of what a `<meta>` element of this name says."""
    return OPEN_GRAPH if meta.startswith(("og:", "article:")) else META
