"""What holds for every text, however strange: proved on generated texts and on splices of real parts."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

import pytest
from conftest import assert_sound, proof_texts, read_packs, read_seeds
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cleaner import Certainty, Cleaner, Document, Kind, Policy, Result, clean
from cleaner.api import cleaner_for
from cleaner.claims import Claim
from cleaner.decide import decide
from cleaner.registry import common_rules, outlet_ids, outlet_named
from cleaner.shadow import fold

OUTLETS = (*outlet_ids(), None)
NAMES = [outlet or "common" for outlet in OUTLETS]

# --- texts ------------------------------------------------------------------------------------------------

_RULES = [rule for pack in read_packs().values() for rule in pack.rules]
_SEEDS = list(read_seeds().values())
_PROOFS = [text for rule in _RULES for text in proof_texts(rule)]
_LINES = sorted({line for text in (*_SEEDS, *_PROOFS) for line in text.split("\n") if line.strip()})
_LITERALS = sorted(
    {
        literal
        for rule in _RULES
        for form in (rule, *rule.block)
        for literal in (*form.is_, *form.starts, *form.first, *form.holds)
    }
    | {literal for rule in _RULES if rule.inline for literal in rule.inline.literal}
    | {sign for pack in read_packs().values() for sign in pack.signatures}
)
_ODD = "\u00a0\u0130\u0131ß\U0001f449\t\r\n\x00\x07\x0b\x0c\x1c\x1f\x7f\x85\u2028\u200b\ufeff\u202e\u0301 .!?:|#(_•-–\"”'"

_cases = st.sampled_from((str, str.upper, str.capitalize, str.title))
_words = st.text(st.one_of(st.sampled_from(_ODD), st.characters(exclude_categories=["Cs"])), max_size=20)
_runs = st.builds(lambda sign, times: sign * times, st.sampled_from(_ODD + "aA1"), st.integers(1, 900))
_literals = st.builds(lambda case, literal: case(literal), _cases, st.sampled_from(_LITERALS))
_pieces = st.one_of(
    st.sampled_from(_LINES), st.sampled_from(_LINES), st.sampled_from(_PROOFS), _literals, _words, _runs
)
_joints = st.sampled_from(("\n", "\n\n", " ", "\n", "\n\n", " ", "", "\r\n", "\n \n", "\n  "))


@st.composite
def _glued(draw: st.DrawFn) -> str:
    """Pieces, each with a joint of its own behind it."""
    return "".join(piece + draw(_joints) for piece in draw(st.lists(_pieces, max_size=14)))


@st.composite
def _laid(draw: st.DrawFn) -> str:
    """Lines of real texts in one layout: blocked, flat lines or one line."""
    return draw(st.sampled_from(("\n\n", "\n", " "))).join(draw(st.lists(st.sampled_from(_LINES), max_size=20)))


TEXTS = st.one_of(_glued(), _laid())


def _cleaned(outlet: str | None, text: str, policy: Policy | None = None) -> Result:
    return cleaner_for(outlet, policy or Policy())(Document(text))


# --- every answer -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("outlet", OUTLETS, ids=NAMES)
@given(text=TEXTS)
@settings(max_examples=60)
def test_kept_text_and_removals_make_the_source(outlet: str | None, text: str) -> None:
    assert_sound(text, _cleaned(outlet, text))


@pytest.mark.parametrize("outlet", OUTLETS, ids=NAMES)
@given(text=TEXTS)
@settings(max_examples=60)
def test_cleaning_twice_is_cleaning_once(outlet: str | None, text: str) -> None:
    once = _cleaned(outlet, text)
    twice = _cleaned(outlet, once.text)
    assert twice.text == once.text
    assert twice.removals == ()
