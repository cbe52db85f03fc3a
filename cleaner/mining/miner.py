"""Mining: find rules, try them, and find again in what they leave, until nothing more is found."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from itertools import chain, islice
from typing import TypeAlias

import msgspec

from cleaner.document import Document
from cleaner.mining.brackets import bracketed_staff
from cleaner.mining.calls import reader_calls
from cleaner.mining.credits import credited_captions, photo_lines
from cleaner.mining.dates import masked_lines
from cleaner.mining.frames import framed_lines
from cleaner.mining.glued import glued_stretches
from cleaner.mining.headlines import labelled_headlines
from cleaner.mining.labels import bylines_without_colon, labelled_lines
from cleaner.mining.links import linked_lines
from cleaner.mining.naming import with_distinct_ids
from cleaner.mining.proving import is_readable, proved
from cleaner.mining.stretches import recurring_stretches
from cleaner.mining.trial import Trial, remembered
from cleaner.mining.view import View
from cleaner.mining.whole_lines import recurring_lines
from cleaner.rules import Rule

Finder: TypeAlias = Callable[[View], Iterator[Rule]]

# In the order of their rank: what is more general comes first, so that it has the say over more.
_FINDERS: tuple[Finder, ...] = (
    labelled_lines,
    bylines_without_colon,
    bracketed_staff,
    masked_lines,
    linked_lines,
    reader_calls,
    credited_captions,
    photo_lines,
    labelled_headlines,
    recurring_lines,
    glued_stretches,
    recurring_stretches,
)
_ROUNDS = 4
# Ordering rules by what they cut can change that a little; then the order is as good as it gets.
_ORDERINGS = 3
# A dump that was made so gives any number of candidates; a pack that a person can read has few rules.
_MOST_CANDIDATES = 800


class MinedRule(msgspec.Struct, frozen=True):
    """A rule with its proofs, and what speaks for it in the sample."""

    rule: Rule
    """Its id is without the outlet's name."""
    articles: int
    """In how many articles it cuts what the common rules leave in."""
    characters: int
    """How much of that, in visible code points."""


class Mined(msgspec.Struct, frozen=True):
    """What came of mining: rules that keep their promises, those that cut most first."""

    outlet: str
    articles: int
    """How many articles they were mined from."""
    rules: tuple[MinedRule, ...]
    dropped: tuple[str, ...] = ()
    """Ids of rules that were found and dropped, as no short text of the dump proves them."""


def mine(
    documents: Sequence[Document],
    outlet: str,
    least: int = 3,
    said: Callable[[str], None] = lambda _: None,
) -> Mined:
    """Mine rules for `outlet` from a sample of its articles.

    A rule has to cut, in `least` articles, something that the common rules leave in. `said` is told what
    goes on. The same documents in the same order give the same rules.
    """
    rules: list[Rule] = []
    before = trial = Trial(outlet, rules, documents)
    for number in range(_ROUNDS):
        said(f"round {number + 1} of {_ROUNDS}, {len(rules)} rules so far")
        view = View(documents, remembered(documents, trial.results), least)
        finders = _FINDERS if number == 0 else (*_FINDERS, framed_lines)
        found = islice(chain.from_iterable(finder(view) for finder in finders), _MOST_CANDIDATES)
        tried = with_distinct_ids([*rules, *(rule for rule in found if is_readable(outlet, rule))])
        trial = Trial(outlet, tried, documents, before)
        kept = [rule for rule in tried if trial.support[rule.id].articles >= least]
        grown = {rule.id for rule in kept} - {rule.id for rule in rules}
        rules = kept
        if len(kept) < len(tried):
            trial = Trial(outlet, rules, documents, before)
        if number and not grown:
            break
    return _sound(outlet, rules, documents, before, least, said)


def mined_of(mined: Mined, chosen: Container[str], documents: Sequence[Document]) -> Mined:
    """The same with only those rules whose ids are `chosen`, proved anew: their neighbours are gone."""
    rules = [each.rule for each in mined.rules if each.rule.id in chosen]
    before = Trial(mined.outlet, (), documents)
    return _sound(mined.outlet, rules, documents, before, 1, lambda _: None)


def _sound(
    outlet: str,
    rules: Sequence[Rule],
    documents: Sequence[Document],
    before: Trial,
    least: int,
    said: Callable[[str], None],
) -> Mined:
    """The rules that keep their promises. Dropping one changes what others cut, so they are tried again."""
    rules = list(rules)
    dropped: list[str] = []
    while True:
        said(f"proving {len(rules)} rules")
        rules, trial = _in_order(outlet, rules, documents, before)
        needed = [rule for rule in rules if trial.support[rule.id].articles >= least]
        if len(needed) < len(rules):
            # Others cut what these were found for.
            rules = needed
            continue
        sound = proved(outlet, rules, trial)
        if len(sound) == len(rules):
            break
        ids = {rule.id for rule in sound}
        dropped += (rule.id for rule in rules if rule.id not in ids)
        rules = sound
    mined = tuple(
        MinedRule(rule, trial.support[rule.id].articles, trial.support[rule.id].characters) for rule in sound
    )
    return Mined(outlet, len(documents), mined, tuple(dropped))


def _in_order(
    outlet: str, rules: list[Rule], documents: Sequence[Document], before: Trial
) -> tuple[list[Rule], Trial]:
    """The rules by how much they cut, and their trial in that order: which of two rules cuts hangs on it."""
    trial = Trial(outlet, rules, documents, before)
    for _ in range(_ORDERINGS):
        ranked = sorted(rules, key=lambda rule: (-trial.support[rule.id].characters, rule.id))
        if [rule.id for rule in ranked] == [rule.id for rule in rules]:
            break
        rules = ranked
        trial = Trial(outlet, rules, documents, before)
    return rules, trial
