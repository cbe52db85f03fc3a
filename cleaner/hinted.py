"""What a page's hints decide: rules that ask for one, and the claims they lift or veto."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from cleaner.claims import Claim, Finding
from cleaner.document import Document
from cleaner.hints import HEADING, LINK_ONLY, Label
from cleaner.kept import Kept
from cleaner.kinds import Certainty
from cleaner.rules import Rule
from cleaner.shapes import SHAPES, bare

# What a template's stray headlines are not.
_OF_AN_ARTICLE = frozenset((HEADING, "list_item", "quote", "table_row"))


class HintRules:
    """The rules of an outlet that ask for a hint."""

    def __init__(self, ranked: Iterable[tuple[int, Rule]]) -> None:
        self._by_hint: dict[str, list[tuple[int, Rule]]] = {}
        for rank, rule in ranked:
            for hint in rule.hint.any if rule.hint else ():
                self._by_hint.setdefault(hint, []).append((rank, rule))

    def claims(self, document: Document) -> Iterator[Claim]:
        """A claim for every line and every rule that its hints, and its shape, agree with.

        The page's author gave the line its place, so that is as sure as a literal.
        """
        text = document.text
        for start, label in document.labels.items():
            asked = [pair for hint in label.hints for pair in self._by_hint.get(hint, ())]
            if not asked:
                continue
            feed = text.find("\n", start)
            whole = text[start:] if feed < 0 else text[start:feed]
            line = whole.strip()
            at = start + len(whole) - len(whole.lstrip())
            end = at + len(line)
            for rank, rule in asked:
                if line and _agrees(rule, label, line):
                    told = (Finding(rule.field, at, end),) if rule.field else ()
                    yield Claim(at, end, rule.kind, rule.id, Certainty.marked, rank, rule.pointer, told)


def _agrees(rule: Rule, label: Label, line: str) -> bool:
    assert rule.hint is not None
    if any(hint in label.hints for hint in rule.hint.none):
        return False
    if not all(hint in label.hints for hint in rule.hint.all):
        return False
    return not rule.hint.shape or SHAPES[rule.hint.shape](bare(line))


def labels_left(labels: Mapping[int, Label], kept: Kept) -> dict[int, Label]:
    """The labels by where their lines begin in what is kept; those of lines that lost their start go."""
    return {at: label for start, label in labels.items() if (at := kept.place(start)) is not None}


def weighed(claims: Sequence[Claim], labels: Mapping[int, Label]) -> list[Claim]:
    """Claims on unmarked lines, in the light of the page: a heading stays, a mere link is surely one."""
    return [claim for each in claims for claim in _weighed(each, labels.get(each.start))]


def _weighed(claim: Claim, label: Label | None) -> tuple[Claim, ...]:
    if label is None:
        return (claim,)
    if HEADING in label.hints:
        return ()
    if LINK_ONLY in label.hints:
        return (msgspec.structs.replace(claim, certainty=Certainty.marked),)
    return (claim,)


def weighed_strays(strays: Sequence[Claim], labels: Mapping[int, Label]) -> list[Claim]:
    """What reads as another story's headline, in the light of the page.

    Where the page shows a heading, an item, a row or a quote, it is none. A pointer to another story is a
    link: what is one from end to end is surely another story's, what isn't is doubtful.
    """
    weighed_claims: list[Claim] = []
    for claim in strays:
        label = labels.get(claim.start)
        if label is None:
            weighed_claims.append(claim)
        elif not _OF_AN_ARTICLE.intersection(label.hints):
            certainty = Certainty.marked if LINK_ONLY in label.hints else Certainty.doubtful
            weighed_claims.append(msgspec.structs.replace(claim, certainty=certainty))
    return weighed_claims
