"""A judgement: this stretch of the text is boilerplate, of this kind, by this rule, this surely."""

from __future__ import annotations

import msgspec

from cleaner.kinds import Certainty, Kind


class Finding(msgspec.Struct, frozen=True):
    """A value that a claim's text tells, such as an author: its name and `[start, end)` in the text."""

    name: str
    start: int
    end: int


class Claim(msgspec.Struct, frozen=True):
    """A judgement on `[start, end)`, in code points, within one line and without surrounding white space."""

    start: int
    end: int
    kind: Kind
    rule: str
    certainty: Certainty
    rank: int = 0
    """Where the rule stands among its outlet's rules: the last word between equal claims."""
    pointer: bool = False
    """The text says here that the article goes on elsewhere."""
    findings: tuple[Finding, ...] = ()
