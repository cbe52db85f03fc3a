"""A policy from the names that options and settings give."""

from __future__ import annotations

from collections.abc import Iterable

from cleaner.decide import Policy
from cleaner.kinds import Certainty, Kind


def policy_of(certainty: str, kinds: Iterable[str] | None = None) -> Policy:
    """The policy that cuts what is at least this certain and of one of these kinds; of any, without kinds.

    Raises ValueError where a name is none, or `kinds` is empty.
    """
    return Policy(certainty_named(certainty), kinds_named(kinds))


def certainty_given(certainty: int | str) -> Certainty:
    """The certainty of this name or number. Raises ValueError, naming all there are, where it is none."""
    if isinstance(certainty, int) and certainty in set(Certainty):
        return Certainty(certainty)
    return certainty_named(certainty)  # type: ignore[arg-type]


def certainty_named(name: str) -> Certainty:
    """The certainty of this name. Raises ValueError, naming all there are, where it is none."""
    try:
        return Certainty[name.strip().lower()]
    except (KeyError, AttributeError):
        known = ", ".join(certainty.name for certainty in reversed(Certainty))
        raise ValueError(f"{name!r} is no certainty; it is one of {known}") from None


def kinds_given(kinds: Iterable[str] | str) -> frozenset[Kind]:
    """The same as `kinds_named`, but there may be none of them: a policy of no kinds cuts nothing.

    Raises ValueError where one is none, or `kinds` is no collection at all.
    """
    if not isinstance(kinds, Iterable):
        raise ValueError(f"{kinds!r} is no set of kinds; the kinds are {', '.join(Kind)}")
    names = kinds if isinstance(kinds, str) else tuple(kinds)
    return kinds_named(names) if names or isinstance(names, str) else frozenset()


def kinds_named(names: Iterable[str] | None) -> frozenset[Kind]:
    """The kinds of these names, or with commas between; all for None. Raises ValueError where one is none."""
    if names is None:
        return frozenset(Kind)
    if isinstance(names, str):
        names = filter(str.strip, names.split(","))
    kinds = [str(name).strip().lower() for name in names]
    unknown = [kind for kind in kinds if kind not in set(Kind)]
    if unknown or not kinds:
        reason = f"{unknown[0]!r} is no kind" if unknown else "no kind is named"
        raise ValueError(f"{reason}; the kinds are {', '.join(Kind)}")
    return frozenset(map(Kind, kinds))
