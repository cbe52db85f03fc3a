"""Reasons that many records share: what is one record's own is left out."""

from __future__ import annotations

import msgspec
import pytest

from cleaner.dumps import reasons
from cleaner.dumps.reasons import general, json_fault
from cleaner.dumps.records import Unreadable
from cleaner.dumps.tally import Tally


@pytest.mark.parametrize(
    ("reason", "shared"),
    [
        ("'isi' is a list, not text", "… is a list, not text"),
        ("is no valid JSON (invalid character at byte 12)", "is no valid JSON …"),
        ("has more than 1,000.5 MB", "has more than … MB"),
        ("isn't UTF-8 (byte 0xff at byte 3)", "isn't UTF-8 …"),
        ('has the key "a  b"  twice', "has the key … twice"),
        ("unit-7 is gone", "unit-7 is gone"),
    ],
)
def test_numbers_quotes_and_brackets_are_left_out_and_names_stay(reason: str, shared: str) -> None:
    assert general(reason) == shared


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (b'{"a": ', "it ends too early"),
        (b'{"a": x}', "invalid character at byte 6"),
        (b"{1: 2}", "object keys must be strings at byte 1"),
    ],
)
def test_what_the_decoder_says_is_set_in_words(written: bytes, said: str) -> None:
    with pytest.raises(msgspec.DecodeError) as error:
        msgspec.json.decode(written)
    assert json_fault(error.value) == said


def test_a_long_reason_is_told_by_its_beginning() -> None:
    assert general("x" * 10_000) == "x" * 300


def test_of_a_thing_that_cant_be_read_only_its_own_reason_is_worked_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found: list[str] = []

    class Counting:
        def sub(self, by: str, reason: str) -> str:
            found.append(reason)
            return particulars.sub(by, reason)

    particulars = reasons._PARTICULARS
    monkeypatch.setattr(reasons, "_PARTICULARS", Counting())
    tally, said = Tally(), [f"has {number} fields, but its header has 3" for number in range(100, 200)]
    for number, reason in enumerate(said):
        tally.refused(Unreadable("in.csv", number, reason))
    assert found == said
    assert len(tally.first_errors) == 3
