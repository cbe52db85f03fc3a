"""The cleaner of one outlet: judge in three passes, decide by the policy, cut."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence, Set
from operator import attrgetter
from typing import NamedTuple, TypeAlias, TypeVar

import msgspec

from cleaner.claims import Claim, Finding
from cleaner.context import stray_claims
from cleaner.decide import Policy, decide
from cleaner.document import Document, Fact
from cleaner.fields import known_fields, told_fields
from cleaner.frames import Block
from cleaner.fronts import BEHIND
from cleaner.hinted import HintRules, labels_left, weighed, weighed_strays
from cleaner.inlines import TAIL, Inlines
from cleaner.kept import Kept, gaps_between
from cleaner.kinds import Certainty, Kind
from cleaner.known_headlines import Known
from cleaner.ledger import Ledger
from cleaner.matchers import Dispatch, Hit, LineTest
from cleaner.outlet import Outlet, View
from cleaner.registry import common_rules, outlet_named
from cleaner.result import Removal, Result, Suspect
from cleaner.rows import Rows
from cleaner.rules import MAX_LINE, Rule
from cleaner.seams import with_seams
from cleaner.shadow import fold

# A cut inside a line can bring the two halves of another marker together, so it is looked at again.
# Text made to exploit that could go on for ever; no article needs more than two passes.
_MAX_PASSES = 8

_Ranked: TypeAlias = tuple[int, Rule]


class _Judged(NamedTuple):
    """One pass's answer: what to cut, what the policy leaves in, and what could make a second pass differ."""

    cut: list[Claim]
    left: list[Claim]
    inside: frozenset[int]
    """Where the claims start that cut a part of a line."""
    whole: bool
    """No judgement hangs on what was cut: no anchor stays that lacks its block or could take more, no literal
    that a headline follows, and no detector had a say."""


_by_start = attrgetter("start")
_NOTHING = _Judged([], [], frozenset(), whole=True)


class Cleaner:
    """One outlet's rules and one policy, compiled: `cleaner(document) -> Result`.

    A cleaner never changes and holds nothing of the documents it has seen; it can be pickled and shared.
    """

    def __init__(
        self, outlet: Outlet | None = None, policy: Policy | None = None, ledger: Ledger | None = None
    ) -> None:
        """Compile the rules of `outlet` and the common ones; without an outlet, the common ones only.

        With a `ledger`, lines that it proves to be other articles' titles go too. Raises TypeError where one
        of them is of another type.
        """
        _refuse_other_types(outlet, policy, ledger)
        self.outlet = outlet
        self.policy = policy or Policy()
        ranked = list(enumerate((*(outlet.rules if outlet else ()), *common_rules())))
        self._dispatch = Dispatch(_line_entries(ranked))
        self.ledger = ledger
        self._last_rank = len(ranked)
        self._known = Known.of(ledger, outlet.id if outlet else None) if ledger else None
        self._inlines = Inlines(ranked, self._known)
        self._hints = HintRules(ranked)
        self._strays = tuple((rank, rule) for rank, rule in ranked if rule.stray)
        self._detectors = outlet.detectors if outlet else ()
        self._outlet_id = outlet.id if outlet else None

    @classmethod
    def for_outlet(
        cls, outlet: str | None, policy: Policy | None = None, ledger: Ledger | None = None
    ) -> Cleaner:
        """The cleaner of the outlet with this id; None for the common rules only.

        Raises OutletError where no installed outlet has the id, and TypeError for what can be none's.
        """
        if isinstance(outlet, Outlet):
            raise TypeError("outlet is an Outlet, not the id of one; Cleaner(outlet) is its cleaner")
        return cls(outlet_named(outlet) if outlet else None, policy, ledger)

    def __reduce__(self) -> tuple[type[Cleaner], tuple[Outlet | None, Policy, Ledger | None]]:
        return type(self), (self.outlet, self.policy, self.ledger)

    def __call__(self, document: Document) -> Result:
        """Clean one document. Offsets in the result are code points of `document.text`.

        Raises TypeError for what is no `Document`.
        """
        # Called for every document: what is none fails anyway, and only then is it looked at.
        try:
            source = document.text
        except AttributeError:
            raise _no_document(document) from None
        judged = self._judge(document)
        if not judged.cut:
            return self._result(document, source, (), _suspects(source, judged.left), {})
        stretches = with_seams(source, judged.cut)
        kept = Kept(source, gaps_between(stretches, len(source)))
        # What a page says of a line holds for what is left of it too, and is looked at again with it.
        partly = document.labels and judged.inside
        if partly or not self._settled(document, judged, stretches, kept.text):
            return self._cut_until_settled(document, judged)
        removals = tuple(
            Removal(start, end, claim.kind, claim.rule, claim.certainty, source[start:end])
            for claim, (start, end) in zip(judged.cut, stretches, strict=True)
        )
        told = told_fields(source, judged.cut, kept)
        return self._result(document, kept.text, removals, _suspects(source, judged.left), told)

    def _result(
        self,
        document: Document,
        text: str,
        removals: tuple[Removal, ...],
        suspects: tuple[Suspect, ...],
        told: dict[str, Fact],
    ) -> Result:
        fields, origins = known_fields(told, document.facts)
        if not (document.labels or document.no_article):
            return Result(text, removals, suspects, self._outlet_id, fields, origins)
        located = tuple(_located(removal, document) for removal in removals)
        doubts = tuple(_located(suspect, document) for suspect in suspects)
        return Result(text, located, doubts, self._outlet_id, fields, origins, document.no_article)

    def _settled(
        self, document: Document, judged: _Judged, stretches: Sequence[tuple[int, int]], text: str
    ) -> bool:
        """Whether `text`, what the cuts left of `document`, holds no more.

        Cuts can have made it one line, moved its tail, or brought two halves together on the lines they cut.
        """
        source = document.text
        if not judged.whole or ("\n" in source and "\n" not in text):
            return False
        if document.has_marks or (document.on_one_line and "\n" in document.shadow):
            # Whether marks count hangs on all of a text, and so does where spaces part it.
            return False
        if len(source) - stretches[-1][1] < TAIL + BEHIND and self._inlines.in_tail(text):
            return False
        if not judged.inside:
            return True
        lines = _lines_cut_into(text, judged, stretches)
        # What a line's words were cut of can be a stray, and without those words a doubt can be none.
        if self._strays and (judged.left or any(len(line) <= MAX_LINE for line in lines)):
            return False
        if self._known and self._knows_more(text, document.title):
            return False
        if sum(map(len, lines)) > len(text) // 2:
            # Judging all of it again costs no more, and tells more.
            return False
        # Between line feeds, as they stand in the text: a pattern may look at what is around a line.
        again = Document("\n".join(["", *lines, ""]))
        shadows = again.shadow.split("\n")
        if self._dispatch.hits(again, shadows):
            return False
        return not self._inlines.claims(again, shadows, ()).claims

    def _knows_more(self, text: str, title: str | None) -> bool:
        """Whether the ledger has a word on `text`: a line that lost a part can be a title now, or the first
        paragraph."""
        rest = Document(text, title=title)
        assert self._known is not None
        return any(True for _ in self._known.line_claims(rest, rest.shadow.split("\n"), set(), 0))

    def _cut_until_settled(self, document: Document, judged: _Judged) -> Result:
        """Cut and judge again what is left, until there is nothing more to cut."""
        source = document.text
        kept = Kept(source)
        at_first = sorted((*judged.cut, *judged.left), key=_by_start)
        cut: list[Claim] = []
        removals: list[Removal] = []
        for _ in range(_MAX_PASSES):
            stretches = with_seams(kept.text, judged.cut)
            for claim, stretch in zip(judged.cut, stretches, strict=True):
                removals += (
                    Removal(start, end, claim.kind, claim.rule, claim.certainty, source[start:end])
                    for start, end in kept.origin(*stretch)
                )
                cut.append(_in_source(claim, kept))
            kept = kept.without(stretches)
            labels = labels_left(document.labels, kept)
            judged = self._judge(Document(kept.text, document.id, document.url, document.title, labels))
            if not judged.cut:
                break
        else:
            # Whatever is cut of such a text, cleaning it again would cut more: it is left as it is.
            return self._result(document, source, (), _suspects(source, at_first), {})
        removals.sort(key=_by_start)
        cut.sort(key=_by_start)
        # What was cut out of the middle of a suspect is none of it.
        suspects = tuple(
            Suspect(start, end, claim.kind, claim.rule, claim.certainty, source[start:end])
            for claim in judged.left
            for start, end in kept.origin(claim.start, claim.end)
        )
        told = told_fields(source, cut, kept)
        return self._result(document, kept.text, tuple(removals), suspects, told)

    def _judge(self, document: Document) -> _Judged:
        """Marks, then frames, then context, each on what the passes before it left over."""
        lines = document.shadow.split("\n")
        claims: list[Claim] = []
        anchors: list[Hit[_Ranked | Block]] = []
        for hit in self._dispatch.hits(document, lines):
            if isinstance(hit.payload, Block):
                anchors.append(hit)
            else:
                claims.append(_line_claim(hit, *hit.payload))
        hinted = list(self._hints.claims(document)) if document.labels else []
        claims += hinted
        whole = True
        # Where spaces alone part a text, a sentence can stand by itself as a headline does.
        strays = () if document.on_one_line else self._strays
        if anchors or strays or self._detectors:
            rows = Rows(document.spaced)
            framed, whole = self._framed(document, rows, anchors, claims, hinted)
            claims += framed
        gone = sorted([(claim.start, claim.end) for claim in claims if self.policy.cuts(claim)])
        inside = self._inlines.claims(document, lines, gone)
        claims += inside.claims
        if self._known:
            claimed = {claim.start for claim in claims}
            known = list(self._known.line_claims(document, lines, claimed, self._last_rank))
            claims += weighed(known, document.labels) if document.labels else known
        if strays:
            found = stray_claims(strays, rows, rows.covered(claims), document.title)
            claims += weighed_strays(found, document.labels) if document.labels else found
        for detector in self._detectors:
            claims += detector(document, View(rows, rows.covered(claims)))
        if claims and document.title:
            claims = _sparing_headline(claims, document, document.title)
        if not claims:
            return _NOTHING
        cut, left = decide(claims, self.policy)
        whole = whole and not self._detectors and _all_in(inside.by_headline, cut)
        return _Judged(cut, left, frozenset(claim.start for claim in inside.claims), whole)

    def _framed(
        self,
        document: Document,
        rows: Rows,
        anchors: Sequence[Hit[_Ranked | Block]],
        claims: Sequence[Claim],
        hinted: Sequence[Claim],
    ) -> tuple[list[Claim], bool]:
        """The claims of the blocks around `anchors`, and whether no anchor stays.

        `hinted` are those of `claims` that the page's hints made. A caption in its box is still the caption
        of the credit below it: for blocks of its own kind, a line of `hinted` is there.
        """
        framed: list[Claim] = []
        lacking: list[int] = []
        gone = rows.covered(claim for claim in claims if self.policy.cuts(claim))
        gone_to = {
            kind: gone - rows.covered(claim for claim in hinted if claim.kind is kind)
            for kind in {claim.kind for claim in hinted}
        }
        taken_from: dict[tuple[int, Kind], Set[int]] = {}
        for hit in anchors:
            assert isinstance(hit.payload, Block)
            row = rows.at(hit.start)
            kind = hit.payload.rule.kind
            unseen = gone_to.get(kind, gone)
            # A label has one headline: a second such block must not step over it into the article. Taken out
            # and put back: a copy for each label would take a long text's time squared.
            headline = taken_from.get((row, kind), frozenset())
            unseen -= headline
            block = hit.payload.claims(document, rows, row, unseen)
            unseen |= headline
            if block is None or hit.payload.anchor_stays:
                lacking.append(row)
            if block is None:
                continue
            framed += block
            taken = rows.covered(claim for claim in block if self.policy.cuts(claim))
            taken_from[row, kind] = headline | (taken - gone)
            for each in (gone, *gone_to.values()):
                each |= taken
        return framed, gone.issuperset(lacking)


def _refuse_other_types(outlet: object, policy: object, ledger: object) -> None:
    """Raise TypeError, which names the argument, where one of them is of a type that it can't be."""
    if isinstance(outlet, str):
        raise TypeError(
            f"outlet is str, not an Outlet; Cleaner.for_outlet({outlet!r}) is the cleaner of an installed one"
        )
    for name, value, known, wanted in (
        ("outlet", outlet, Outlet, "an Outlet"),
        ("policy", policy, Policy, "a Policy"),
        ("ledger", ledger, Ledger, "a Ledger"),
    ):
        if value is not None and not isinstance(value, known):
            raise TypeError(f"{name} is {type(value).__name__}, not {wanted}")


def _no_document(given: object) -> TypeError:
    how = "; wrap it, as in Document(text, url=url), or call clean(text)" if isinstance(given, str) else ""
    return TypeError(f"document is {type(given).__name__}, not a Document{how}")


def _all_in(offsets: Iterable[int], claims: Sequence[Claim]) -> bool:
    """Whether each offset is in one of `claims`, which are disjoint and in order."""
    starts = [claim.start for claim in claims]
    places = ((at, bisect_right(starts, at) - 1) for at in offsets)
    return all(place >= 0 and at < claims[place].end for at, place in places)


def _lines_cut_into(text: str, judged: _Judged, stretches: Sequence[tuple[int, int]]) -> list[str]:
    """The lines of `text`, what the cuts left, that lost a part of themselves."""
    lines: list[str] = []
    removed, done = 0, -1
    for claim, (start, end) in zip(judged.cut, stretches, strict=True):
        at = start - removed
        removed += end - start
        if at <= done or claim.start not in judged.inside:
            continue
        feed = text.find("\n", at)
        done = len(text) if feed < 0 else feed
        lines.append(text[text.rfind("\n", 0, at) + 1 : done])
    return lines


def _line_entries(ranked: Sequence[_Ranked]) -> list[tuple[LineTest, _Ranked | Block]]:
    entries: list[tuple[LineTest, _Ranked | Block]] = []
    for rank, rule in ranked:
        if rule.block:
            block = Block(rule, rank)
            entries.append((block.anchor, block))
        elif not (rule.inline or rule.stray or rule.hint):
            entries.append((LineTest(rule, rule.max), (rank, rule)))
    return entries


def _sparing_headline(claims: list[Claim], document: Document, title: str) -> list[Claim]:
    """Those of `claims` that leave the article's own headline, where it stands once, on a line of its own."""
    shadow, headline = document.shadow, fold(title).strip()
    start = shadow.find(headline) if headline else -1
    end = start + len(headline)
    if start < 0 or shadow.find(headline, start + 1) >= 0:
        return claims
    before, behind = shadow.rfind("\n", 0, start) + 1, shadow.find("\n", end)
    if shadow[before:start].strip() or shadow[end : behind if behind >= 0 else None].strip():
        return claims
    return [claim for claim in claims if claim.end <= start or end <= claim.start]


def _line_claim(hit: Hit[_Ranked | Block], rank: int, rule: Rule) -> Claim:
    told = (*hit.findings, Finding(rule.field, hit.start, hit.end)) if rule.field else hit.findings
    return Claim(hit.start, hit.end, rule.kind, rule.id, Certainty.marked, rank, rule.pointer, told)


def _suspects(source: str, claims: Sequence[Claim]) -> tuple[Suspect, ...]:
    return tuple(
        Suspect(
            claim.start, claim.end, claim.kind, claim.rule, claim.certainty, source[claim.start : claim.end]
        )
        for claim in claims
    )


_Located = TypeVar("_Located", Removal, Suspect)


def _located(cut: _Located, document: Document) -> _Located:
    """The same, with the path of the element on whose line it begins."""
    visible = cut.start + len(cut.text) - len(cut.text.lstrip())
    label = document.labels.get(document.text.rfind("\n", 0, visible) + 1)
    return msgspec.structs.replace(cut, path=label.path) if label else cut


def _in_source(claim: Claim, kept: Kept) -> Claim:
    """The claim with offsets of the source instead of the kept text."""
    findings = tuple(
        Finding(finding.name, *_span(kept, finding.start, finding.end)) for finding in claim.findings
    )
    start, end = _span(kept, claim.start, claim.end)
    return Claim(start, end, claim.kind, claim.rule, claim.certainty, claim.rank, claim.pointer, findings)


def _span(kept: Kept, start: int, end: int) -> tuple[int, int]:
    pieces = kept.origin(start, end)
    return pieces[0][0], pieces[-1][1]
