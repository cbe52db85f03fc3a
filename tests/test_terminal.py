"""What is said on standard error: wrapped between words for a person, a line a sentence for a program."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable

import pytest

from cleaner.cli.terminal import say

LONG = "clean: the outlet 'x' is not installed; known outlets: " + ", ".join(f"outlet{n}" for n in range(21))


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, io.StringIO], str]:
    """What a message becomes on a stream of 40 columns."""
    monkeypatch.setenv("COLUMNS", "40")

    def on(message: str, stream: io.StringIO) -> str:
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stderr", stream)
            say(message)
        return stream.getvalue()

    return on


def test_a_long_line_is_wrapped_between_words_on_a_terminal(said: Callable[..., str]) -> None:
    first, *others = said(LONG, Terminal()).splitlines()
    assert all(len(line) <= 40 for line in (first, *others))
    assert len(others) > 3
    assert " ".join([first, *others]) == LONG


def test_the_other_lines_of_a_lists_item_stand_in_further_than_the_first(said: Callable[..., str]) -> None:
    error = "  in.jsonl#3 (line 4) has the key 'text' twice, so it can't be told which one counts"
    first, *others = said(error, Terminal()).splitlines()
    assert first.startswith("  in.jsonl#3 (line 4)")
    assert others
    assert all(line.startswith("    ") for line in others)


def test_a_path_stays_whole_however_long_it_is(said: Callable[..., str]) -> None:
    path = "/data/" + "kabar-harian/" * 5 + "dump.jsonl"
    assert path in said(f"clean: {path} doesn't exist; nothing was read", Terminal())


def test_a_short_line_is_left_as_it_is(said: Callable[..., str]) -> None:
    row = "  outlet    records   removed"
    assert said(row, Terminal()) == f"{row}\n"


def test_what_is_no_terminal_gets_one_line(said: Callable[..., str]) -> None:
    assert said(LONG, io.StringIO()) == f"{LONG}\n"


def test_a_terminal_that_tells_no_width_is_taken_for_a_usual_one(
    said: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COLUMNS")
    assert 40 < max(map(len, said(LONG, Terminal()).splitlines())) <= 80
