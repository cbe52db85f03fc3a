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
# A dump that was made so has a host for every article.
_MOST_HOSTS = 10_000

# Whose pages are whose stands in no host here: all outlets are on the same ones.
_SHARED = frozenset(
    (
        "archive.org",
        "dailymotion.com",
        "facebook.com",
        "fb.com",
        "fb.watch",
        "google.com",
        "instagram.com",
        "kompasiana.com",
        "line.me",
        "linkedin.com",
        "msn.com",
        "pinterest.com",
        "reddit.com",
        "spotify.com",
        "t.co",
        "t.me",
        "telegram.me",
        "threads.com",
        "threads.net",
        "tiktok.com",
        "twitter.com",
        "vimeo.com",
        "whatsapp.com",
        "x.com",
        "yahoo.com",
        "youtu.be",
        "youtube.com",
    )
)
# Here each has a sub-domain, which is its own.
_LENT = frozenset(
    (
        "blogspot.co.id",
        "blogspot.com",
        "github.io",
        "medium.com",
        "substack.com",
        "tumblr.com",
        "weebly.com",
        "wixsite.com",
        "wordpress.com",
    )
)


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
    """What of `host` is its owner's: `warta.co.id` of `jatim.warta.co.id`, all of `warta.blogspot.com`."""
    lender = next((each for each in _LENT if host.endswith(f".{each}")), "")
    if lender:
        return f"{host.removesuffix(f'.{lender}').rpartition('.')[2]}.{lender}"
    name = host_name(f"https://{host}/")
    labels = host.split(".")
    if name not in labels:
        return host
    return ".".join(labels[len(labels) - 1 - labels[::-1].index(name) :])


def is_shared(host: str) -> bool:
    """Whether many outlets are on `host`, so that it tells none of them."""
    domain = domain_of(host.removeprefix("www."))
    return domain in _SHARED or domain in _LENT


def why_none(shared: Iterable[str]) -> str:
    """Why `shared` hosts go into no pack, and what tells the outlet instead; at least one of them."""
    names = tuple(shared)
    are, tell = ("is", "it tells") if len(names) == 1 else ("are", "they tell")
    return (
        f"{' and '.join(names)} {are} shared by many outlets, so {tell} none; records need an outlet field, "
        "or --outlet"
    )


class SeenHosts:
    """On which hosts the articles of a dump are, for the error that none is on the one asked for."""

    def __init__(self) -> None:
        self._times: Counter[str] = Counter()
        self._without = 0

    def add(self, url: str | None) -> None:
        """Count one article, by its url."""
        host = host_of(url)
        if not host:
            self._without += 1
        elif host in self._times or len(self._times) < _MOST_HOSTS:
            self._times[host] += 1

    def __bool__(self) -> bool:
        return bool(self._times or self._without)

    def none_on(self, source: str, hosts: Iterable[str]) -> str:
        """That no article of `source` is on `hosts`, and on which ones they are."""
        # Only a slip needs it.
        from difflib import get_close_matches

        asked = tuple(hosts)
        found = domains(self._times.elements())
        names = [domain for domain, _ in found]
        near = next((match for host in asked for match in get_close_matches(host, names, 1)), "")
        told = f"no article of {source} is on {' or '.join(asked)}"
        told += f" (did you mean {near!r}?)" if near else ""
        if found:
            listed = ", ".join(f"{domain} ({times:,})" for domain, times in found[:_NAMED])
            told += f"; most are on {listed}{', …' if len(found) > _NAMED else ''}"
        if self._without:
            have = "article has" if self._without == 1 else "articles have"
            told += f"; {self._without:,} {have} no url (--url-field names the key it stands under)"
        return told


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
