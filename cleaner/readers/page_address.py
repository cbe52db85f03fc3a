"""Addresses of pages: whether two are of the same article, and whose they are."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import parse_qsl, urlsplit

# Endings of hosts under which outlets register a name of their own.
_SHARED = frozenset(["ac", "biz", "co", "com", "desa", "go", "my", "net", "or", "org", "sch", "web"])
# What tells a part or a dress of an article from its address, and no other article.
_OF_ONE_ARTICLE = frozenset(["amp", "page", "ref", "source", "single", "all", "showpage", "i"])

Place = tuple[str, tuple[tuple[str, str], ...]]


def place(address: str) -> Place | None:
    """What tells an article's page from others of its outlet; None for a front page and for no address."""
    try:
        parts = urlsplit(address.strip())
        query = parse_qsl(parts.query, max_num_fields=30) if parts.query else []
    except ValueError:
        return None
    steps = [step for step in parts.path.split("/") if step and step not in ("amp", "index.html")]
    asked = [
        (name, value)
        for name, value in query
        if value and name.lower() not in _OF_ONE_ARTICLE and not name.lower().startswith(("utm_", "fb"))
    ]
    if not steps and not asked:
        return None
    path = "/".join(steps)
    # A long last step names the article; what is asked for besides is for those who count readers.
    return (path, ()) if "-" in path or sum(map(str.isdigit, path)) > 3 else (path, tuple(sorted(asked)))


def places(addresses: Iterable[str]) -> set[Place]:
    """The places that some addresses tell."""
    return {found for address in addresses if address and (found := place(address))}


def host_name(address: str) -> str:
    """The name that an address's owner registered: `viva` of `jatim.viva.co.id`; empty without one."""
    try:
        labels = (urlsplit(address).hostname or "").split(".")
    except ValueError:
        return ""
    labels.pop()
    if len(labels) > 1 and labels[-1] in _SHARED:
        labels.pop()
    return labels[-1] if labels else ""
