"""Whose pages some addresses are: the host for a pack, and which outlets a dump holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from urllib.parse import urlsplit

from cleaner.errors import CleanerError
from cleaner.readers.page_address import host_name

_HOST = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*\.[a-z]{2,}")
_LONGEST = 253
# The same outlet in another dress.
_DRESSES = ("www.", "m.", "amp.", "mobile.")
# An error names a few domains, not a whole dump's.
_NAMED = 6


def host_of(url: str | None) -> str:
    """The host that serves `url`, without `www.` and its like; empty where it is no url of the web."""
    try:
        host = (urlsplit(url or "").hostname or "").lower()
    except ValueError:
        return ""
    dress = next((each for each in _DRESSES if host.startswith(each) and host.count(".") > 1), "")
    host = host.removeprefix(dress)
    return host if len(host) <= _LONGEST and _HOST.fullmatch(host) else ""


def domain_of(host: str) -> str:
    """What of `host` its owner registered: `warta.co.id` of `jatim.warta.co.id`."""
    name = host_name(f"https://{host}/")
    labels = host.split(".")
    if name not in labels:
        return host
    return ".".join(labels[len(labels) - 1 - labels[::-1].index(name) :])


def shared_host(hosts: Iterable[str]) -> str:
    """The narrowest host that serves all of `hosts`, which are of one domain."""
    labels = [host.split(".")[::-1] for host in set(hosts)]
    shared = []
    for step in zip(*labels, strict=False):
        if len(set(step)) > 1:
            break
        shared.append(step[0])
    return ".".join(reversed(shared))


def domains(hosts: Iterable[str]) -> list[tuple[str, int]]:
    """The domains of `hosts`, each with how often it occurs, the most frequent first."""
    counted = Counter(map(domain_of, filter(None, hosts)))
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))


def require_one_domain(source: str, hosts: Iterable[str]) -> None:
    """Raise CleanerError, naming the `source`, where articles on these hosts are of several outlets."""
    found = domains(hosts)
    if len(found) < 2:
        return
    named = ", ".join(f"{domain} ({times:,})" for domain, times in found[:_NAMED])
    more = ", …" if len(found) > _NAMED else ""
    raise CleanerError(
        f"{source} holds articles of several outlets: {named}{more}; say which one it is with --host. "
        "Nothing was written"
    )
