"""What a mined pack is recognised by: the domain its articles are on, and the brand in their datelines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cleaner.document import Document
from cleaner.outlet import Outlet
from cleaner.proofs import violations
from cleaner.starting.hosts import domain_of, domains, host_of, shared_host
from cleaner.starting.signatures import signatures_of


class Marks(NamedTuple):
    """Hosts and signatures for a pack, and what is missing of them, for people."""

    hosts: tuple[str, ...]
    signatures: tuple[str, ...]
    missing: str = ""


def marks_of(
    documents: Sequence[Document], outlet: str, given: Sequence[str], others: Sequence[Outlet]
) -> Marks:
    """The marks of an outlet, guessed from its articles where they aren't `given`.

    What another outlet has already, of those installed beside it, is none: a page is one outlet's.
    """
    found = [host for document in documents if (host := host_of(document.url))]
    several = domains(found)
    guessed = (shared_host(found),) if len(several) == 1 else ()
    hosts = tuple(given) or guessed
    # What a text opens with is asked of a name, and an id is one where no domain is known.
    names = [
        outlet,
        *(part for host in hosts for part in (domain_of(host), domain_of(host).partition(".")[0])),
    ]
    signatures = tuple(
        sign for sign in signatures_of(documents, names) if not _rival(outlet, (), (sign,), others)
    )
    rival = "" if given else _rival(outlet, hosts, (), others)
    if rival:
        return Marks((), signatures, f"no host was written: {rival}")
    if hosts or signatures:
        return Marks(hosts, signatures)
    why = (
        f"they are on {len(several):,} domains"
        if several
        else "they have no url and no brand that opens them"
    )
    return Marks((), (), f"nothing in the articles tells whose they are: {why}")


def _rival(outlet: str, hosts: tuple[str, ...], signatures: tuple[str, ...], others: Sequence[Outlet]) -> str:
    """What speaks against hosts or signatures, in a sentence; empty where nothing does."""
    found = violations(Outlet(outlet, outlet, hosts=hosts, signatures=signatures), others)
    return found[0].problem if found else ""
