"""Proofs for mined rules: short pieces of real articles, cut by the real cleaner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec
import regex

from cleaner.brackets import BRACKETS, joined
from cleaner.document import Document
from cleaner.errors import PackError
from cleaner.mining.near_misses import UNFIT, NearMisses
from cleaner.mining.trial import Example, Trial
from cleaner.mining.writing import pack_text
from cleaner.outlet import Outlet
from cleaner.pack import parse_pack
from cleaner.proofs import violations
from cleaner.result import Removal
from cleaner.rules import Rule

_REMOVES = 2
_LONGEST_CONTEXT = 140
_CONTEXT_LINES = 2


def proved(outlet: str, rules: Sequence[Rule], trial: Trial) -> list[Rule]:
    """The rules that can be proved, each with its proofs, and that keep all a pack promises.

    `trial` is the run of all of the rules on the documents that the proofs are taken from.
    """
    near = NearMisses(trial.results)
    shown = [shown for rule in rules if (shown := _with_proofs(rule, outlet, trial, near)) is not None]
    if len(shown) < len(rules):
        # Without those that can't be proved, the others cut differently.
        return shown
    whole = tuple(msgspec.structs.replace(rule, id=f"{outlet}/{rule.id}") for rule in shown)
    broken = {violation.rule for violation in violations(Outlet(outlet, outlet, rules=whole))}
    return [rule for rule in shown if f"{outlet}/{rule.id}" not in broken]


def is_readable(outlet: str, rule: Rule) -> bool:
    """Whether a pack with this rule can be read: no control characters in its literals, no slow pattern."""
    try:
        parse_pack(pack_text(outlet, [rule]), outlet)
    except PackError:
        return False
    return True


def _with_proofs(rule: Rule, outlet: str, trial: Trial, near: NearMisses) -> Rule | None:
    removes: list[str] = []
    cut: set[str] = set()
    for example in trial.support[rule.id].examples:
        said = " ".join(example.removal.text.split())
        if said in cut:
            continue
        proof = next(filter(None, _proofs(f"{outlet}/{rule.id}", trial, example)), "")
        if proof and proof not in removes:
            removes.append(proof)
            cut.add(said)
        if len(removes) == _REMOVES:
            break
    if not removes:
        return None
    keeps = _keeps(rule, trial, near)
    if not keeps:
        return None
    return msgspec.structs.replace(rule, removes=tuple(removes), keeps=(keeps,))


def _proofs(name: str, trial: Trial, example: Example) -> Iterator[str]:
    """Texts around one cut, the shortest first, each with brackets around what goes; empty where it fails."""
    text = trial.documents[example.article].text
    start, end = _together(trial.results[example.article].removals, example.removal, text)
    for context in _contexts(text, start, end):
        piece = context.replace("\r\n", "\n").replace("\r", "\n")
        if UNFIT.search(piece) or BRACKETS.search(piece):
            yield ""
            continue
        result = trial.cleaner(Document(piece))
        fired = any(removal.rule == name for removal in result.removals)
        if fired and _visible(example.removal.text) in _visible("".join(r.text for r in result.removals)):
            yield _with_brackets(piece, joined((cut.start, cut.end) for cut in result.removals))
        yield ""


def _together(removals: Sequence[Removal], cut: Removal, text: str) -> tuple[int, int]:
    """Where a cut begins and ends together with those of the same rule that stand directly beside it."""
    start, end = cut.start, cut.end
    at = next(number for number, each in enumerate(removals) if each.start == start)
    for each in removals[at + 1 :]:
        if each.rule != cut.rule or text[end : each.start].strip():
            break
        end = each.end
    for each in reversed(removals[:at]):
        if each.rule != cut.rule or text[each.end : start].strip():
            break
        start = each.start
    return start, end


def _with_brackets(text: str, spans: Iterable[tuple[int, int]]) -> str:
    pieces, at = [], 0
    for start, end in spans:
        pieces += [text[at:start], "⟦", text[start:end], "⟧"]
        at = end
    return "".join([*pieces, text[at:]])


def _contexts(text: str, start: int, end: int) -> Iterator[str]:
    """Pieces of the text around `[start, end)`: more and more lines, long ones shortened at a sentence."""
    before, behind = text[:start], text[end:]
    middle = text[start:end]
    for lines in range(1, _CONTEXT_LINES + 8):
        yield _last_lines(before, lines) + middle + _first_lines(behind, lines)
    yield _last_lines(before, _CONTEXT_LINES) + middle
    yield middle


def _last_lines(text: str, number: int) -> str:
    at = len(text)
    seen = 0
    while at > 0 and seen < number:
        cut = text.rfind("\n", 0, at)
        seen += bool(text[cut + 1 : at].strip())
        if seen == number or cut < 0:
            at = cut + 1
            break
        at = cut
    piece = text[at:]
    first, feed, rest = piece.partition("\n")
    if len(first) > _LONGEST_CONTEXT:
        first = _end_of(first)
    return first + feed + rest


def _end_of(line: str) -> str:
    """The end of a line, from where a sentence or a word begins."""
    tail = line[-_LONGEST_CONTEXT:]
    stop = regex.search(r"[.!?][\"”']* +(?=\S.{20})", tail)
    return tail[stop.end() :] if stop else tail.partition(" ")[2] or tail


def _first_lines(text: str, number: int) -> str:
    at, seen = 0, 0
    while at < len(text) and seen < number:
        cut = text.find("\n", at)
        cut = len(text) if cut < 0 else cut
        seen += bool(text[at:cut].strip())
        at = cut + 1
    piece = text[: max(0, at - 1)] if seen else ""
    head, feed, last = piece.rpartition("\n")
    if len(last) > _LONGEST_CONTEXT:
        stop = regex.search(r"(?<=\w.{20}[.!?])(?= )", last[:_LONGEST_CONTEXT])
        last = last[: stop.end()] if stop else last[:_LONGEST_CONTEXT].rpartition(" ")[0]
    return head + feed + last


def _visible(text: str) -> str:
    return "".join(text.split())


def _keeps(rule: Rule, trial: Trial, near: NearMisses) -> str:
    """The sentence that comes as close to the rule as any and stays; empty without one."""
    cut = trial.support[rule.id].examples[0].removal.text
    sentences = near.of(rule, cut.strip())
    return next((sentence for sentence in sentences if not trial.cleaner(Document(sentence)).removals), "")
