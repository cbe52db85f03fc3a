"""What a pattern may not be, and what it may."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from cleaner.lint import complaint


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("baca\b", "control character"),
        ("baca\n", "control character"),
        ("baca\x7f", "control character"),
        ("(baca", "can't be compiled"),
        ("baca)", "can't be compiled"),
        ("[a-", "can't be compiled"),
        ("*", "can't be compiled"),
        (r"\p{TidakAda}", "can't be compiled"),
        ("a*", "matches the empty line"),
        ("(?:baca)?", "matches the empty line"),
        ("baca|", "matches the empty line"),
        ("$", "matches the empty line"),
        (r"(a)\1", "refers back"),
        (r"(?P<x>a)(?P=x)", "refers back"),
        (r"a(?R)?", "refers back"),
        (r"(?P<x>a(?&x)?b)", "refers back"),
        (r"(?P<x>a(?P>x)?b)", "refers back"),
        (r"(a(?1)?b)", "refers back"),
    ],
)
def test_a_pattern_that_is_broken_empty_or_refers_back_is_refused(pattern: str, reason: str) -> None:
    told = complaint(pattern)
    assert told is not None
    assert reason in told


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+b",
        "(a*)*b",
        "(?:a+)*b",
        "(a+){2,}b",
        "(?:a{1,600})+b",
        "((a+)b?)+c",
        "(?:x(?:a+))+b",
        "([a-z]+ ?)+:",
        ".*a.*b.*c.*d",
        "(?:.*,){11}x",
        "a*a*a*a*a*a*b",
    ],
)
def test_a_repeat_of_repeats_is_refused(pattern: str) -> None:
    assert complaint(pattern) is not None


@pytest.mark.parametrize(
    "pattern",
    [
        "baca juga",
        "baca juga ?: ?.{3,200}",
        "baca (?:juga|pula) ?:.+",
        "(?:a++)++b",
        "(?:a++)+b",
        "(?:a+)++b",
        "[^.]++(?:\\.[^.]++)*+",
        r"\((?:\*{1,3}|[a-z]{2,5}(?:/[a-z]{2,6}){1,3})\)",
        "x{1,9}+y",
        r"\+\+ a",
        "[*+]{1,3}a",
        "(?:satu|dua|tiga)++",
        "(?:satu|dua|tiga){1,9}",
        r"\d{4}-\d{2}",
        r"(?<=\. )\d{1,2}",
        "(?i:BACA)",
        "(?P<author>[^:]{2,60}?) editor",
        "a.{0,100}b.{0,100}c",
    ],
)
def test_what_is_bounded_or_gives_nothing_back_is_allowed(pattern: str) -> None:
    assert complaint(pattern) is None


@pytest.mark.parametrize("pattern", ["(?:a|a)*b", "(?:a|ab?|b)*c", r"(?:\w|\d)+x", "(?:a|a){1,40}b"])
def test_a_long_repeat_of_alternatives_is_refused_since_they_may_overlap(pattern: str) -> None:
    assert complaint(pattern) is not None


@given(st.text(st.sampled_from("ab+*?{}()[]|\\1,.^$:<>=!P&R "), max_size=20))
def test_any_text_gets_an_answer_and_what_passes_compiles(pattern: str) -> None:
    if complaint(pattern) is None:
        compiled = regex.compile(f"(?:{pattern})", regex.V1)
        assert compiled.fullmatch("") is None
