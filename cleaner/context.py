"""The last pass: lines that nobody claimed, judged by their shape and surroundings alone."""

from __future__ import annotations

from collections.abc import Sequence, Set

from cleaner.claims import Claim
from cleaner.headline import CUT, stray_headlines
from cleaner.kinds import Certainty
from cleaner.rows import Rows
from cleaner.rules import Rule


def stray_claims(
    rules: Sequence[tuple[int, Rule]], rows: Rows, claimed: Set[int], title: str | None
) -> list[Claim]:
    """Claims on unmarked headlines of other stories among the rows that aren't `claimed`.

    The judge sees one frozen list of lines: what it claims here can't change what it says of the others.
    """
    open_rows = [row for row in range(len(rows)) if row not in claimed]
    found = stray_headlines([rows[row] for row in open_rows], title)
    claims: list[Claim] = []
    for rank, rule in rules:
        for index, score in found:
            row = open_rows[index]
            certainty = Certainty.inferred if score >= CUT else Certainty.doubtful
            claims.append(
                Claim(rows.starts[row], rows.ends[row], rule.kind, rule.id, certainty, rank, rule.pointer)
            )
    return claims
