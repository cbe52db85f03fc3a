"""Hosts that are another outlet's already: what to do instead of giving them to a new one."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.outlet import Outlet
from cleaner.proofs import Violation
from cleaner.registry import outlet_ids

IS_INSTALLED = "it is installed, so what is on that host needs no pack of yours"
"""Why no pack is begun for the host of an installed outlet."""


def remedy_of(violation: Violation, others: Sequence[Outlet]) -> str:
    """What to do about a violation in what a new outlet is told by; `others` are those beside it."""
    theirs = next((each.id for each in others if violation.quote in each.hosts), None)
    if theirs is None:
        return violation.remedy
    if theirs in outlet_ids():
        return f"{IS_INSTALLED}; give another host"
    return f"to add a sample for that pack: clean new {theirs} --from PATH"
