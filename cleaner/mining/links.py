"""Lines that begin alike and end in an address: pointers to other pages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

import regex

from cleaner.kinds import Kind
from cleaner.mining.cues import cue_of
from cleaner.mining.naming import named
from cleaner.mining.view import Place, View, articles_of
from cleaner.rules import Rule

_ADDRESS = re.compile(r"https?://\S+")
_LONGEST = 500
_WORDS = 2


def linked_lines(view: View) -> Iterator[Rule]:
    """A rule for each pair of words that opens lines which end in an address."""
    groups: dict[str, list[tuple[Place, str]]] = defaultdict(list)
    for place, row in view.open_rows():
        at = row.shadow.rfind("http")
        said = row.shadow[:at].rstrip() if at > 0 and len(row.text) <= _LONGEST else ""
        if said and _ADDRESS.fullmatch(row.shadow, at):
            groups[" ".join(said.split()[:_WORDS])].append((place, said))
    for opening, found in groups.items():
        if articles_of(place for place, _ in found) < view.least:
            continue
        head = re.match(r"[^\W_]\w*", opening)
        if head is None:
            continue
        cue = cue_of(f"{found[0][1]} https://")
        literal = r"\s".join(map(regex.escape, opening.split()))
        yield Rule(
            id=named("link", opening),
            kind=cue.kind if cue else Kind.related,
            why="A line that begins so and ends in an address: it leads to another page.",
            first=(head[0],),
            pattern=rf"{literal}(?!\w)[^\n]{{0,{_LONGEST - 150}}}?https?://\S++",
            max=_LONGEST,
        )
