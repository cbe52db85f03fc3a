"""Reasons that many records share: what is one record's own is left out."""

from __future__ import annotations

import pytest

from cleaner.dumps.reasons import general


@pytest.mark.parametrize(
    ("reason", "shared"),
    [
        ("'isi' is a list, not text", "… is a list, not text"),
        ("is no valid JSON (unexpected character (byte 12))", "is no valid JSON …"),
        ("has more than 1,000.5 MB", "has more than … MB"),
        ("isn't UTF-8 (byte 0xff at byte 3)", "isn't UTF-8 …"),
        ('has the key "a  b"  twice', "has the key … twice"),
        ("unit-7 is gone", "unit-7 is gone"),
    ],
)
def test_numbers_quotes_and_brackets_are_left_out_and_names_stay(reason: str, shared: str) -> None:
    assert general(reason) == shared


def test_a_long_reason_is_told_by_its_beginning() -> None:
    assert general("x" * 10_000) == "x" * 300
