"""Proofs: whether the rules of an outlet do what their packs say, no less and no more.

A rule's `removes` are texts in which `⟦…⟧` marks exactly what is cut; its `keeps` are texts that are left
alone. Both are held against the whole outlet, its own rules and the common ones, since that is what runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

import msgspec

from cleaner.adversary import BOUND, slow_text
from cleaner.brackets import BRACKETS, bracketed, joined, read_proof, shortened
from cleaner.cleaner import Cleaner
from cleaner.document import Document
from cleaner.matchers import LineTest
from cleaner.outlet import Outlet
from cleaner.page_proofs import proof_document, unbracketed, understood
from cleaner.registry import COMMON, common_rules, is_host
from cleaner.result import Removal
from cleaner.rules import LineForm, Rule
from cleaner.shadow import fold
from cleaner.templates import Template, selectors_of

# New lines and tabs belong to texts. Other controls do nothing there that a reader of the pack could see,
# and signs that turn the writing direction make a rule look like another one.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]|\r(?!\n)")

# What a pattern says in letters without meaning them: escapes, group names, flags.
_SYNTAX = re.compile(r"\\[pPN]\{[^}]*\}|\\.|\(\?P?<[^>]*>|\(\?P[>=][^)]*\)|\(\?[a-zA-Z0-9-]+[:)]")
_UPPER = re.compile(r"\\p\{(?:Lu|Uppercase(?:_Letter)?|Lt)\}")
_CASELESS = re.compile(r"\(\?[a-zA-HJ-Z0-9]*i")

# What the reader of pages sets before a list item.
_BULLET = re.compile(r"^(?:•|[0-9]+\.) ", re.M)


class Aspect(StrEnum):
    """What is asked of a pack or of one of its rules."""

    recognition = "recognition"
    """Hosts and signatures are well formed, and no other outlet's."""
    ids = "ids"
    """Rule ids are unique."""
    pages = "pages"
    """Every selector of its pages is CSS that the reader of pages understands."""
    characters = "characters"
    """No control characters."""
    why = "why"
    """The rule says why it is there."""
    removes = "removes"
    """Each proof of what is removed holds, and there is one."""
    keeps = "keeps"
    """Each proof of what is kept holds, and there is one, also for each of the rule's exceptions."""
    letters = "letters"
    """Every letter of a pattern can occur in what it is compared with."""
    time = "time"
    """No text makes the rule slow."""


PACK_ASPECTS = (Aspect.recognition, Aspect.ids, Aspect.pages)
"""What is asked of a pack as a whole; everything else is asked of each rule."""

RULE_ASPECTS = tuple(aspect for aspect in Aspect if aspect not in PACK_ASPECTS)


class Violation(msgspec.Struct, frozen=True, kw_only=True):
    """Something that a pack promises and doesn't keep."""

    aspect: Aspect
    rule: str = ""
    """The id of the rule, such as `viva/photo-credit`; empty where it is the pack's."""
    problem: str
    consequence: str
    remedy: str
    quote: str = ""
    """The text of the pack that it is about, as the pack's author wrote it."""
    expected: str = ""
    """What the proof says, as one line with visible white space."""
    got: str = ""
    """What the outlet does, written the same way."""


def violations(outlet: Outlet, others: Sequence[Outlet] = ()) -> list[Violation]:
    """Everything in which `outlet` breaks its promises, by rule in the pack's order; empty where it is sound.

    `others` are the outlets it lives beside: their hosts and signatures are theirs.
    """
    cleaner = cleaner_of(outlet)
    found = [*_recognition(outlet, others), *_ids(outlet.rules), *_pages(outlet.templates)]
    for rule in outlet.rules:
        found += (
            *_characters(rule),
            *_why(rule),
            *_removes(rule, cleaner),
            *_keeps(rule, cleaner),
            *_unneeded(rule),
            *_letters(rule),
            *_time(rule, cleaner),
        )
    return found


def cleaner_of(outlet: Outlet) -> Cleaner:
    """The cleaner that proves `outlet`: its rules and the common ones, or the common ones alone."""
    if outlet.id == COMMON and outlet.rules == common_rules():
        return Cleaner()
    return Cleaner(outlet)


def _recognition(outlet: Outlet, others: Sequence[Outlet]) -> Iterator[Violation]:
    if outlet.id == COMMON and (outlet.hosts or outlet.signatures):
        yield _unrecognised(
            "the common pack names hosts or signatures, but its rules hold for every page",
            "they are never looked at",
            "take them out, or give the pack an outlet's id",
        )
    for host in outlet.hosts:
        if not is_host(host):
            yield _unrecognised(
                f"host {host!r} is no host name in small letters",
                "no url will ever be on it",
                "write the bare domain, such as contoh.co.id, without https://, path or port",
                host,
            )
    for sign in outlet.signatures:
        if not sign.strip():
            yield _unrecognised(
                f"signature {sign!r} is blank",
                "every text has it",
                "name wording that only this outlet has",
                sign,
            )
        elif _CONTROL.search(sign):
            yield _unrecognised(
                f"signature {sign!r} holds a control character",
                "no text has it",
                "write it as it stands in texts",
                sign,
            )
    for other in others:
        if other.id != outlet.id:
            yield from _rivalry(outlet, other)


def _rivalry(outlet: Outlet, other: Outlet) -> Iterator[Violation]:
    for host in sorted({*outlet.hosts} & {*other.hosts}):
        yield _unrecognised(
            f"host {host!r} belongs to outlet {other.id!r}",
            f"pages of {host} are cleaned by one of the two, whichever is read last",
            "take it out of one of the packs",
            host,
        )
    for sign in filter(str.strip, outlet.signatures):
        for theirs in filter(str.strip, other.signatures):
            # A text with the longer one has both, and two outlets' signatures in one text tell nothing.
            if fold(sign) in fold(theirs) or fold(theirs) in fold(sign):
                yield _unrecognised(
                    f"signature {sign!r} and {theirs!r} of outlet {other.id!r} stand in the same texts",
                    "texts with both are taken for no outlet's, so only the common rules clean them",
                    "choose wording that only one of the two has",
                    sign,
                )


def _unrecognised(problem: str, consequence: str, remedy: str, quote: str = "") -> Violation:
    return Violation(
        aspect=Aspect.recognition, problem=problem, consequence=consequence, remedy=remedy, quote=quote
    )


def _ids(rules: Sequence[Rule]) -> Iterator[Violation]:
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            yield Violation(
                aspect=Aspect.ids,
                rule=rule.id,
                problem="the id is taken by a rule before it",
                consequence="removals can't be told apart",
                remedy="give one of the two another id",
            )
        seen.add(rule.id)


def _pages(templates: Sequence[Template]) -> Iterator[Violation]:
    selectors = dict.fromkeys(selector for template in templates for selector in selectors_of(template))
    for selector in selectors:
        if not understood(selector):
            yield Violation(
                aspect=Aspect.pages,
                problem=f"selector {selector!r} is no CSS that the reader of pages understands",
                consequence="none of the outlet's pages can be read",
                remedy='write one element\'s selector, such as div.article-body or a[href*="/tag/"]',
                quote=selector,
            )


def _characters(rule: Rule) -> Iterator[Violation]:
    for name, texts in (("why", (rule.why,)), ("removes", rule.removes), ("keeps", rule.keeps)):
        for text in texts:
            control = _CONTROL.search(text)
            if control:
                yield Violation(
                    aspect=Aspect.characters,
                    rule=rule.id,
                    problem=f"{name} holds the control character {_code(control[0])}, "
                    f"after {text[: control.start()][-20:]!r}",
                    consequence="a reader of the pack can't see what it says",
                    remedy="take it out; write texts in '''…''', where a backslash is a backslash",
                    quote=text,
                )


def _why(rule: Rule) -> Iterator[Violation]:
    if not rule.why.strip():
        yield Violation(
            aspect=Aspect.why,
            rule=rule.id,
            problem="why is empty",
            consequence="nobody who reads an explanation learns what is cut here",
            remedy="say in a sentence what this is on the page",
        )


def _removes(rule: Rule, cleaner: Cleaner) -> Iterator[Violation]:
    if not rule.removes:
        yield Violation(
            aspect=Aspect.removes,
            rule=rule.id,
            problem="has no removes",
            consequence="nothing proves that the rule works",
            remedy="add a text from a page with ⟦…⟧ around exactly what goes",
        )
    for written in rule.removes:
        yield from _removal(rule, written, cleaner)


def _removal(rule: Rule, written: str, cleaner: Cleaner) -> Iterator[Violation]:
    try:
        bracketed_page = proof_document(written, rule)
        proof = read_proof(bracketed_page.text)
    except ValueError as error:
        yield Violation(
            aspect=Aspect.removes,
            rule=rule.id,
            problem=f"a proof can't be read: {error}",
            consequence="it proves nothing",
            remedy="put ⟦ and ⟧ around exactly what goes",
            quote=written,
        )
        return
    removals = cleaner(unbracketed(bracketed_page, proof.text)).removals
    cut = joined((removal.start, removal.end) for removal in removals)
    marked = list(proof.marked)
    if rule.hint and _visible_offsets(proof.text, cut) == _visible_offsets(proof.text, marked):
        # Markup has no place for brackets around a bullet, or the white space between blocks.
        cut = marked
    if cut != marked:
        problem, remedy = _difference(proof.text, marked, cut)
        yield Violation(
            aspect=Aspect.removes,
            rule=rule.id,
            problem=f"{problem} (cut by {_rules(removals)})" if removals else problem,
            consequence="the proof doesn't show what the outlet does",
            remedy=remedy,
            quote=written,
            expected=bracketed(proof.text, marked),
            got=bracketed(proof.text, cut),
        )
    elif all(removal.rule != rule.id for removal in removals):
        yield Violation(
            aspect=Aspect.removes,
            rule=rule.id,
            problem=f"the proof's text is cut by {_rules(removals)}, without this rule",
            consequence="nothing proves that the rule works",
            remedy="give it a text that only this rule removes, or drop the rule",
            quote=written,
            got=bracketed(proof.text, cut),
        )


def _difference(
    text: str, marked: Sequence[tuple[int, int]], cut: Sequence[tuple[int, int]]
) -> tuple[str, str]:
    """In what the cut differs from the marked stretches, and what to do."""
    if not cut:
        return "nothing is cut", "mend the rule, or give it a text that it is meant for"
    wanted, gone = _offsets(marked), _offsets(cut)
    stays = _visible_part(text, wanted - gone)
    goes = _visible_part(text, gone - wanted)
    if stays and goes:
        return f"{stays!r} stays and {goes!r} goes", "mend the rule, or move the brackets"
    if stays:
        return f"{stays!r} is marked but stays", "mend the rule, or move the brackets"
    if goes:
        return f"{goes!r} isn't marked but goes", "mend the rule, or move the brackets"
    return (
        "the right words are cut, but other white space goes with them than is marked",
        "set the brackets as under 'got': a cut takes the blank lines of one side along, so that what stays "
        "is parted as before",
    )


def _offsets(spans: Iterable[tuple[int, int]]) -> set[int]:
    return {offset for start, end in spans for offset in range(start, end)}


def _visible_offsets(text: str, spans: Iterable[tuple[int, int]]) -> set[int]:
    bullets = _offsets(bullet.span() for bullet in _BULLET.finditer(text))
    return {offset for offset in _offsets(spans) - bullets if not text[offset].isspace()}


def _visible_part(text: str, offsets: set[int]) -> str:
    """The first run of `offsets` with something visible in it; empty where all is white space."""
    runs = joined((offset, offset + 1) for offset in offsets)
    parts = (" ".join(text[start:end].split()) for start, end in runs)
    return shortened(next((part for part in parts if part), ""))


def _rules(removals: Iterable[Removal]) -> str:
    return ", ".join(dict.fromkeys(removal.rule for removal in removals))


def _keeps(rule: Rule, cleaner: Cleaner) -> Iterator[Violation]:
    if not rule.keeps:
        yield Violation(
            aspect=Aspect.keeps,
            rule=rule.id,
            problem="has no keeps",
            consequence="nothing proves that the rule leaves genuine sentences alone",
            remedy="add a genuine sentence that comes close to what the rule looks for",
        )
    for text in rule.keeps:
        if BRACKETS.search(text):
            yield Violation(
                aspect=Aspect.keeps,
                rule=rule.id,
                problem="a text to keep has ⟦ or ⟧ in it, which only removes may have",
                consequence="it proves nothing",
                remedy="move it to removes, or take the brackets out",
                quote=text,
            )
            continue
        page = proof_document(text, rule)
        removals = cleaner(page).removals
        if removals:
            yield Violation(
                aspect=Aspect.keeps,
                rule=rule.id,
                problem=f"a text to keep is cut by {_rules(removals)}",
                consequence="articles lose genuine text",
                remedy="make the rule that cuts it narrower",
                quote=text,
                expected=bracketed(page.text, ()),
                got=bracketed(page.text, joined((removal.start, removal.end) for removal in removals)),
            )


def _unneeded(rule: Rule) -> Iterator[Violation]:
    """The exceptions without which each text to keep would be kept just as well."""
    lines = [line.strip() for text in rule.keeps for line in text.split("\n")]
    for form in (rule, *rule.block):
        test = LineTest(form, rule.max)
        for exception in form.unless:
            others = tuple(each for each in form.unless if each != exception)
            without = LineTest(msgspec.structs.replace(form, unless=others), rule.max)
            if not any(_takes(without, line) and not _takes(test, line) for line in lines):
                yield Violation(
                    aspect=Aspect.keeps,
                    rule=rule.id,
                    problem=f"unless {exception!r} keeps none of the texts to keep",
                    consequence="nothing proves that it is needed, and it can hide boilerplate",
                    remedy="add the genuine line that it is there for, or take it out",
                    quote=exception,
                )


def _takes(test: LineTest, line: str) -> bool:
    return test.find(Document(line), 0, len(line), None) is not None


def _letters(rule: Rule) -> Iterator[Violation]:
    forms: list[LineForm] = [rule, *rule.block]
    patterns = [form.pattern for form in forms]
    if rule.inline:
        patterns += (rule.inline.pattern, rule.inline.before)
    patterns += [exception for form in forms if not form.cased for exception in form.unless]
    for pattern in filter(None, patterns):
        never = _never_matched(pattern)
        if never:
            yield Violation(
                aspect=Aspect.letters,
                rule=rule.id,
                problem=f"pattern {pattern!r} asks for {never!r}, which the folded text never has",
                consequence="that part of the pattern never matches",
                remedy=f"write {fold(never)!r}, or use cased, which is compared with the text's own letters",
                quote=pattern,
            )


def _never_matched(pattern: str) -> str:
    """The first letter of an uncased pattern that folding takes out of every text; empty without one."""
    upper = _UPPER.search(pattern)
    if upper:
        return upper[0]
    caseless = _CASELESS.search(pattern) is not None
    for sign in _SYNTAX.sub("", pattern):
        folded = fold(sign)
        if folded != sign and not (caseless and folded == sign.lower()):
            return sign
    return ""


def _time(rule: Rule, cleaner: Cleaner) -> Iterator[Violation]:
    slow = slow_text(rule, cleaner)
    if slow:
        yield Violation(
            aspect=Aspect.time,
            rule=rule.id,
            problem=f"takes over {BOUND:g} s on {len(slow):,} characters: {slow[:60]!r}…",
            consequence="one hostile page holds up a whole run",
            remedy="bound the pattern's repeats ({0,40}) or make them possessive (++)",
            quote=rule.pattern or rule.cased,
        )


def _code(sign: str) -> str:
    return f"U+{ord(sign):04X}"
