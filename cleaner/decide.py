"""The decision: which claims are cut. It is apart from the judging, so that a caller can set the bar."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import attrgetter

import msgspec
from msgspec.structs import force_setattr

from cleaner.claims import Claim
from cleaner.kinds import Certainty, Kind

_by_start = attrgetter("start")


class Policy(msgspec.Struct, frozen=True):
    """What to cut: claims at least this certain, of these kinds.

    Names do as well, `Policy("framed", ["related", "ad"])`. Raises ValueError, naming all there are, where
    one is none.
    """

    certainty: Certainty = Certainty.inferred
    kinds: frozenset[Kind] = frozenset(Kind)

    def __post_init__(self) -> None:
        if type(self.certainty) is not Certainty:
            from cleaner.policies import certainty_given

            force_setattr(self, "certainty", certainty_given(self.certainty))
        if not _are_kinds(self.kinds):
            from cleaner.policies import kinds_given

            force_setattr(self, "kinds", kinds_given(self.kinds))

    def cuts(self, claim: Claim) -> bool:
        """Whether this policy would have the claim cut."""
        return claim.certainty >= self.certainty and claim.kind in self.kinds


def _are_kinds(kinds: object) -> bool:
    return type(kinds) is frozenset and all(type(kind) is Kind for kind in kinds)


def decide(claims: Iterable[Claim], policy: Policy) -> tuple[list[Claim], list[Claim]]:
    """Split claims into those to cut and those to leave in, each disjoint and in the order of the text.

    Where claims overlap, the more certain one stands; then the one that starts earlier, the longer one,
    the one whose rule comes first. The order is total, so every run gives the same answer.
    """
    cut: list[Claim] = []
    left: list[Claim] = []
    for claim in sorted(claims, key=_by_start):
        (cut if policy.cuts(claim) else left).append(claim)
    chosen = _disjoint(cut, ())
    return chosen, _disjoint(left, chosen) if left else left


def _disjoint(claims: list[Claim], taken: Sequence[Claim]) -> list[Claim]:
    """The claims that overlap neither `taken` nor a better one; all are in the order of the text."""
    if not taken and all(one.end <= other.start for one, other in pairwise(claims)):
        return claims
    starts = [claim.start for claim in taken]
    ends = [claim.end for claim in taken]
    chosen: list[Claim] = []
    for claim in sorted(claims, key=_by_worth):
        at = bisect_right(starts, claim.start)
        if (at and ends[at - 1] > claim.start) or (at < len(starts) and starts[at] < claim.end):
            continue
        starts.insert(at, claim.start)
        ends.insert(at, claim.end)
        chosen.append(claim)
    return sorted(chosen, key=_by_start)


def _by_worth(claim: Claim) -> tuple[int, int, int, int]:
    return -claim.certainty, claim.start, claim.start - claim.end, claim.rank
