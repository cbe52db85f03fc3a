"""What rules do on the sample: how many articles each is needed in, how much it cuts, and where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

import msgspec

from cleaner.cleaner import Cleaner
from cleaner.document import Document
from cleaner.outlet import Outlet
from cleaner.result import Removal, Result
from cleaner.rules import Rule

_EXAMPLES = 40


class Example(msgspec.Struct, frozen=True):
    """One cut, by the article's number in the sample."""

    article: int
    removal: Removal


class Support(msgspec.Struct):
    """What speaks for a rule: what it cuts, of what the common rules alone leave in."""

    articles: int = 0
    characters: int = 0
    """Visible ones."""
    examples: list[Example] = []


class Trial:
    """One run of an outlet's rules, and the common ones, over the sample."""

    def __init__(
        self, outlet: str, rules: Sequence[Rule], documents: Sequence[Document], before: Trial | None = None
    ) -> None:
        """`rules` have ids without the outlet's name, as `support` has. `before` is the trial of no rules."""
        self.cleaner = cleaner_of(outlet, rules)
        self.documents = documents
        self.results = [self.cleaner(document) for document in documents]
        self.support: dict[str, Support] = defaultdict(Support)
        for number, result in enumerate(self.results):
            self._count(outlet, number, result, before.results[number] if before else None)

    def _count(self, outlet: str, number: int, result: Result, before: Result | None) -> None:
        gone = _mask(before) if before else b""
        seen: set[str] = set()
        for removal in result.removals:
            name = _short(removal.rule, outlet)
            characters = _visible_new(removal, gone) if name else 0
            if not characters:
                continue
            support = self.support[name]
            support.characters += characters
            if name not in seen:
                seen.add(name)
                support.articles += 1
                if len(support.examples) < _EXAMPLES:
                    support.examples.append(Example(number, removal))


def _mask(result: Result) -> bytes:
    """A byte for each code point up to the last one that is cut: whether it is."""
    mask = bytearray(max((removal.end for removal in result.removals), default=0))
    for removal in result.removals:
        mask[removal.start : removal.end] = b"\1" * (removal.end - removal.start)
    return bytes(mask)


def _visible_new(removal: Removal, gone: bytes) -> int:
    """How many visible code points of a removal aren't `gone` anyway."""
    return sum(
        not sign.isspace() and not (at < len(gone) and gone[at])
        for at, sign in enumerate(removal.text, removal.start)
    )


def cleaner_of(outlet: str, rules: Sequence[Rule]) -> Cleaner:
    """The cleaner that these rules make, beside the common ones."""
    whole = tuple(msgspec.structs.replace(rule, id=f"{outlet}/{rule.id}") for rule in rules)
    return Cleaner(Outlet(outlet, outlet, rules=whole))


def _short(rule: str, outlet: str) -> str:
    owner, _, name = rule.partition("/")
    return name if owner == outlet else ""


def remembered(documents: Sequence[Document], results: Sequence[Result]) -> Callable[[Document], Result]:
    """A cleaner that gives the results it has, for these documents."""
    known = {id(document): result for document, result in zip(documents, results, strict=True)}

    def given(document: Document) -> Result:
        return known[id(document)]

    return given
