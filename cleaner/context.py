"""The last pass: lines that nobody claimed, judged by their shape and surroundings alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set

from cleaner.claims import Claim
from cleaner.headline import CUT, stray_headlines
from cleaner.kinds import Certainty
from cleaner.rows import Rows
from cleaner.rules import Rule

# A line that shares more of its telling words than this with the article is on the article's topic.
_ON_TOPIC = 1 / 3
# Words of four letters and more, and abbreviations; the first letters stand for a word and its endings.
_TELLING = re.compile(r"\w{4,}|\b[A-Z]{2,3}\b")
_STEM = 5


def stray_claims(
    rules: Sequence[tuple[int, Rule]], rows: Rows, claimed: Set[int], title: str | None
) -> list[Claim]:
    """Claims on unmarked headlines of other stories among the rows that aren't `claimed`.

    The judge sees one frozen list of lines: what it claims here can't change what it says of the others.
    """
    open_rows = [row for row in range(len(rows)) if row not in claimed]
    found = stray_headlines([rows[row] for row in open_rows], title)
    asked = any(_asks_topic(rule) for _, rule in rules) and any(score >= CUT for _, score in found)
    on_topic = _on_topic(open_rows, [index for index, _ in found], rows, title) if asked else set()
    claims: list[Claim] = []
    for rank, rule in rules:
        for index, score in found:
            row = open_rows[index]
            own = row in on_topic and _asks_topic(rule)
            certainty = Certainty.inferred if score >= CUT and not own else Certainty.doubtful
            claims.append(
                Claim(rows.starts[row], rows.ends[row], rule.kind, rule.id, certainty, rank, rule.pointer)
            )
    return claims


def _asks_topic(rule: Rule) -> bool:
    return rule.stray is not None and rule.stray.topic == "other"


def _on_topic(open_rows: Sequence[int], found: Sequence[int], rows: Rows, title: str | None) -> set[int]:
    """The rows among those `found` whose telling words the title or the other open rows share.

    The rows found don't speak for each other: so cutting one can't change what is said of the next.
    """
    judged = {open_rows[index] for index in found}
    article = _stems([title or "", *(rows[row] for row in open_rows if row not in judged)])
    return {row for row in judged if _share(_stems([rows[row]]), article) > _ON_TOPIC}


def _stems(lines: Iterable[str]) -> set[str]:
    return {word[:_STEM].lower() for line in lines for word in _TELLING.findall(line)}


def _share(words: Set[str], article: Set[str]) -> float:
    return len(words & article) / len(words) if words else 0.0
