"""What a mined pack is recognised by: the domain its articles are on, and the brand in their datelines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cleaner.document import Document
from cleaner.outlet import Outlet
from cleaner.proofs import violations
from cleaner.registry import Recogniser
from cleaner.starting.hosts import domain_of, domains, host_of, is_shared, shared_host, why_none
from cleaner.starting.rivals import IS_INSTALLED
from cleaner.starting.signatures import signatures_of


class Marks(NamedTuple):
    """Hosts and signatures for a pack, and for people why some or all of them are missing."""

    hosts: tuple[str, ...]
    signatures: tuple[str, ...]
    refused: str = ""
    """Why a host that the articles are on is none of the pack's."""
    missing: str = ""
    """Why there is neither a host nor a signature, where no host was refused."""


def marks_of(
    documents: Sequence[Document], outlet: str, given: Sequence[str], others: Sequence[Outlet]
) -> Marks:
    """The marks of an outlet, guessed from its articles where they aren't `given`.

    What another outlet has already, of those installed beside it, is none: a page is one outlet's. A host
    that many outlets share is none either, given or not: a pack that has it would take over all of them.
    """
    found = [host for document in documents if (host := host_of(document.url))]
    several = domains(found)
    guessed = (shared_host(found),) if len(several) == 1 else ()
    on = tuple(given) or guessed
    refused = _refused(on, () if given else others)
    hosts = () if refused and not given else tuple(host for host in on if not is_shared(host))
    # What a text opens with is asked of a name, and an id is one where no domain is known.
    names = [
        outlet,
        *(
            part
            for host in on
            if not is_shared(host)
            for part in (domain_of(host), domain_of(host).partition(".")[0])
        ),
    ]
    found_signs = signatures_of(documents, names)
    signatures = tuple(sign for sign in found_signs if not _is_rivalled(outlet, sign, others))
    if hosts or signatures or refused:
        return Marks(hosts, signatures, refused)
    why = (
        f"they are on {len(several):,} domains"
        if several
        else "they have no url and no brand that opens them"
    )
    return Marks((), (), missing=f"nothing in the articles tells whose they are: {why}")


def _refused(hosts: Sequence[str], others: Sequence[Outlet]) -> str:
    """Why some of the hosts go into no pack beside those of `others`; empty where all of them can."""
    shared = [host for host in hosts if is_shared(host)]
    if shared:
        return why_none(shared)
    installed = Recogniser(others)
    theirs = [(host, outlet) for host in hosts if (outlet := installed.by_host(host))]
    return "; ".join(f"host {host!r} belongs to outlet {outlet!r}; {IS_INSTALLED}" for host, outlet in theirs)


def _is_rivalled(outlet: str, sign: str, others: Sequence[Outlet]) -> bool:
    """Whether a signature can't be told from another outlet's."""
    return bool(violations(Outlet(outlet, outlet, signatures=(sign,)), others))
