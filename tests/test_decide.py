"""The decision between claims: a total order, and a bar that the caller sets."""

from __future__ import annotations

import pickle
from itertools import pairwise, permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Certainty, Claim, Kind, Policy
from cleaner.decide import decide


def claim(
    start: int,
    end: int,
    certainty: Certainty = Certainty.marked,
    rank: int = 0,
    kind: Kind = Kind.related,
) -> Claim:
    return Claim(start, end, kind, f"contoh/aturan-{rank}", certainty, rank)


@st.composite
def claims_of_distinct_rules(draw: st.DrawFn) -> list[Claim]:
    spans = draw(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12)), max_size=10))
    return [
        claim(start, start + length, draw(st.sampled_from(Certainty)), rank, draw(st.sampled_from(Kind)))
        for rank, (start, length) in enumerate(spans)
    ]


POLICIES = st.builds(Policy, st.sampled_from(Certainty), st.frozensets(st.sampled_from(Kind)))


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        pytest.param(
            claim(5, 9, Certainty.marked, 1), claim(0, 20, Certainty.framed, 0), id="the more certain"
        ),
        pytest.param(claim(0, 6, rank=1), claim(1, 20, rank=0), id="then the earlier"),
        pytest.param(claim(0, 9, rank=1), claim(0, 6, rank=0), id="then the longer"),
        pytest.param(claim(0, 9, rank=0), claim(0, 9, rank=1), id="then the one whose rule comes first"),
    ],
)
def test_of_two_claims_that_overlap_one_stands(better: Claim, worse: Claim) -> None:
    for order in permutations((better, worse)):
        assert decide(order, Policy()) == ([better], [])


def test_claims_that_only_touch_both_stand() -> None:
    one, other = claim(0, 5), claim(5, 9)
    assert decide([other, one], Policy()) == ([one, other], [])


def test_a_claim_stands_where_only_one_that_lost_overlaps_it() -> None:
    best, middle, last = claim(0, 5, rank=1), claim(4, 9, rank=2), claim(8, 12, rank=3)
    assert decide([middle, last, best], Policy()) == ([best, last], [])


def test_what_the_policy_leaves_in_never_stands_against_what_it_cuts() -> None:
    strong_but_kept = claim(0, 20, Certainty.marked, kind=Kind.byline)
    weak_but_cut = claim(5, 9, Certainty.inferred)
    policy = Policy(kinds=frozenset({Kind.related}))
    assert decide([strong_but_kept, weak_but_cut], policy) == ([weak_but_cut], [])


@pytest.mark.parametrize("bar", Certainty)
def test_a_policy_cuts_what_is_at_least_as_certain_as_its_bar(bar: Certainty) -> None:
    claims = [claim(10 * each, 10 * each + 5, each) for each in Certainty]
    cut, left = decide(claims, Policy(bar))
    assert [each.certainty for each in cut] == [each for each in Certainty if each >= bar]
    assert [each.certainty for each in left] == [each for each in Certainty if each < bar]


def test_unless_told_otherwise_all_but_the_doubtful_is_cut_of_every_kind() -> None:
    assert Policy() == Policy(Certainty.inferred, frozenset(Kind))


@pytest.mark.parametrize("kind", Kind)
def test_a_policy_cuts_its_kinds_only(kind: Kind) -> None:
    claims = [claim(10 * at, 10 * at + 5, kind=each) for at, each in enumerate(Kind)]
    cut, left = decide(claims, Policy(kinds=frozenset({kind})))
    assert [each.kind for each in cut] == [kind]
    assert [each.kind for each in left] == [each for each in Kind if each is not kind]


@given(claims_of_distinct_rules(), POLICIES, st.randoms())
def test_the_order_of_the_claims_never_matters(claims: list[Claim], policy: Policy, random: object) -> None:
    shuffled = claims[:]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert decide(shuffled, policy) == decide(claims, policy)


@given(claims_of_distinct_rules(), POLICIES)
def test_what_stands_is_disjoint_in_order_and_on_the_right_side(claims: list[Claim], policy: Policy) -> None:
    cut, left = decide(claims, policy)
    assert all(policy.cuts(each) for each in cut)
    assert not any(policy.cuts(each) for each in left)
    for stands in (cut, left, sorted((*cut, *left), key=lambda each: each.start)):
        assert all(one.end <= other.start for one, other in pairwise(stands))


@given(claims_of_distinct_rules(), POLICIES)
def test_what_does_not_stand_overlaps_something_that_does(claims: list[Claim], policy: Policy) -> None:
    stands = [each for side in decide(claims, policy) for each in side]
    for lost in claims:
        assert lost in stands or any(lost.start < each.end and each.start < lost.end for each in stands)


@given(claims_of_distinct_rules(), st.sampled_from(Certainty), st.sampled_from(Certainty))
def test_a_higher_bar_cuts_a_part_of_what_a_lower_one_cuts(
    claims: list[Claim], one: Certainty, other: Certainty
) -> None:
    strict, loose = (decide(claims, Policy(bar))[0] for bar in (max(one, other), min(one, other)))
    assert [each for each in strict if each not in loose] == []


def test_fewer_kinds_can_cut_what_a_better_claim_of_another_kind_hid() -> None:
    hidden, better = claim(5, 12), claim(0, 6, kind=Kind.caption)
    assert decide([hidden, better], Policy())[0] == [better]
    assert decide([hidden, better], Policy(kinds=frozenset({Kind.related})))[0] == [hidden]


def test_a_policy_that_cuts_nothing_leaves_every_claim_in() -> None:
    claims = [claim(0, 5), claim(7, 9)]
    assert decide(claims, Policy(kinds=frozenset())) == ([], claims)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ({"certainty": "framed"}, Policy(Certainty.framed)),
        ({"certainty": 2}, Policy(Certainty.framed)),
        ({"kinds": ["related", "ad"]}, Policy(kinds=frozenset({Kind.related, Kind.ad}))),
        ({"kinds": {Kind.related, "ad"}}, Policy(kinds=frozenset({Kind.related, Kind.ad}))),
        ({"kinds": "ad"}, Policy(kinds=frozenset({Kind.ad}))),
        ({"kinds": []}, Policy(kinds=frozenset())),
    ],
)
def test_a_policy_takes_names_for_what_they_name(said: dict[str, Any], meant: Policy) -> None:
    policy = Policy(**said)
    assert policy == meant
    assert hash(policy) == hash(meant)
    assert pickle.loads(pickle.dumps(policy)) == meant
    assert type(policy.certainty) is Certainty
    assert all(type(kind) is Kind for kind in policy.kinds)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"certainty": "framd"}, "'framd' is no certainty; it is one of marked, framed, inferred, doubtful"),
        ({"certainty": 9}, "9 is no certainty; it is one of marked"),
        ({"certainty": None}, "None is no certainty; it is one of marked"),
        ({"kinds": ["relatd"]}, "'relatd' is no kind; the kinds are related, caption"),
        ({"kinds": frozenset({"relatd"})}, "'relatd' is no kind; the kinds are related, caption"),
        ({"kinds": ""}, "no kind is named; the kinds are related, caption"),
        ({"kinds": None}, "None is no set of kinds; the kinds are related, caption"),
    ],
)
def test_a_policy_of_what_is_no_name_is_refused_at_once_with_the_names_there_are(
    said: dict[str, Any], told: str
) -> None:
    with pytest.raises(ValueError, match=told):
        Policy(**said)
