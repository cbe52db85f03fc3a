"""The comparison with other tools: its table in the README, and what becomes of a tool that breaks."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from conftest import ROOT

sys.path.append(str(ROOT / "benchmarks"))

import peers
import peers_table
from corpus import Labelled
from html_tools import Article
from peers_process import Answer, Failure, ToolProcess
from peers_table import ARTICLES, BEGIN, END, PAGES, Circumstances, Part, Row

_NUMBER = re.compile(r"\d[\d.,]*")
_WHEN_AND_WHERE = re.compile(r" on \d+ [A-Z][a-z]+ \d{4}, with .*\.$", re.M)
_WITHOUT_ANSWER = re.compile(r"^Without an answer: .*\.\n\n", re.M)


def names_of_rows(block: str) -> list[list[str]]:
    """Of each table the first cells, below its head."""
    tables = [re.findall(r"^\| (.+?) \|", piece, re.M)[2:] for piece in block.split("\n\n")]
    return [names for names in tables if names]


def shape(block: str) -> str:
    """What the script wrote, without what changes from run to run."""
    return _NUMBER.sub("0", _WITHOUT_ANSWER.sub("", _WHEN_AND_WHERE.sub("", block)))


def written_for(rows: list[list[str]]) -> str:
    """What the script writes with rows of these names, in its own order."""
    parts = []
    for task, names in zip(peers.PEERS, rows, strict=True):
        there = {name: peer for name, peer in peers.PEERS[task].items() if name in names}
        figures = (0.5, 0.25, 0.125, 10.0, 2.0)
        told = [Row(name, "1.0" if peer.distribution else "–", *figures) for name, peer in there.items()]
        parts.append(Part(task, 45, 12, told))
    left_out = [name for name in {**peers.PEERS[PAGES], **peers.PEERS[ARTICLES]} if not any_has(rows, name)]
    return peers_table.in_markdown(
        parts, Circumstances(date(2024, 6, 17), "a machine", left_out, peers.settings(), peers.NOTES)
    )


def any_has(rows: list[list[str]], name: str) -> bool:
    return any(name in names for names in rows)


def test_the_readmes_table_is_as_the_script_writes_it(root: Path) -> None:
    block = peers_table.between_markers((root / "README.md").read_text(encoding="utf-8"))
    rows = names_of_rows(block)
    assert all(names[:2] == [peers.KNOWN, peers.STRANGER] for names in rows)
    assert shape(block) == shape(written_for(rows))


def test_the_readme_says_when_and_with_what_it_was_measured(root: Path) -> None:
    block = peers_table.between_markers((root / "README.md").read_text(encoding="utf-8"))
    assert _WHEN_AND_WHERE.search(block)


def test_a_tool_that_is_not_installed_is_named_and_its_settings_are_not() -> None:
    rows = [list(peers.PEERS[PAGES]), list(peers.PEERS[ARTICLES])]
    for names in rows:
        names.remove("goose3")
    told = written_for(rows)
    assert "Left out, not being installed: goose3." in told
    assert "goose3: " not in told


def test_what_has_no_answer_is_told_under_its_table() -> None:
    row = Row("a tool", "1.0", 0.0, 1.0, 0.0, 0.0, 0.0)
    part = Part(PAGES, 2, 1, [row], ["a tool takes over 30 s (2 of 2)"])
    told = peers_table.in_markdown([part], Circumstances(date(2024, 6, 17), "a machine", [], {}, []))
    assert "| a tool | 1.0 | 0.000 | 100.00% | 0.0% | – | – |\n\nWithout an answer: a tool takes over" in told


def test_only_what_stands_between_the_markers_is_written_anew() -> None:
    source = f"Before.\n\n{BEGIN}\n\nold\n\n{END}\n\nAfter.\n"
    again = peers_table.written(source, "new")
    assert again == f"Before.\n\n{BEGIN}\n\nnew\n\n{END}\n\nAfter.\n"
    assert peers_table.between_markers(again) == "new"


@pytest.mark.parametrize("source", ["", BEGIN, f"{END}\n{BEGIN}", f"{BEGIN}{END}{BEGIN}{END}"])
def test_a_file_without_its_markers_is_not_written(source: str) -> None:
    with pytest.raises(ValueError, match="these two lines"):
        peers_table.written(source, "new")


def test_extractors_get_each_line_of_a_text_as_a_paragraph() -> None:
    article = Labelled("1", "wartatani", "", "Cabai & Beras", "Harga <naik>.\n\nBaca Juga: Beras", ())
    assert "<title>Cabai &amp; Beras</title>" in peers.given(article).html
    assert re.findall("<p>(.*)</p>", peers.given(article).html) == ["Harga &lt;naik&gt;.", "Baca Juga: Beras"]


def test_the_regex_takes_the_lines_that_begin_so_and_no_other() -> None:
    text = "Petani baca juga buku.\nBaca Juga: Harga Beras\nPasar ramai."
    given = peers.given(Labelled("1", "wartatani", "", "", text, ()))
    assert peers.text_by_regex(given).text == "Petani baca juga buku.\n\nPasar ramai."


def test_as_if_nobody_knew_the_outlet_no_outlet_is_known() -> None:
    text = "VIVA – Harga cabai turun.\n\nPhoto :\n  • VIVA/Sari Wulan\n\nPedagang lega."
    given = peers.given(Labelled("1", "viva", "https://www.viva.co.id/berita/1", "", text, ()))
    assert "Sari Wulan" not in peers.known_text(given).text
    stranger = replace(given.article, url="")
    assert peers.stranger_text(given) == peers.stranger_text(peers.given(stranger))


def breakable(task: str) -> Article:
    """A tool that does as it is told."""
    if task == "sleep":
        time.sleep(60)
    if task == "die":
        os._exit(3)
    if task == "fail":
        raise ValueError("no\x1b[31mthing")
    print("what a tool says is nobody's business")
    return Article(task)


class TestAToolInAProcessOfItsOwn:
    @pytest.fixture
    def process(self) -> Iterator[ToolProcess[str]]:
        process = ToolProcess(breakable, ["an article", "fail", "die", "sleep"], limit=3)
        yield process
        process.end()

    def test_gives_its_answer_and_the_time_it_took(self, process: ToolProcess[str]) -> None:
        answer = process(0)
        assert isinstance(answer, Answer)
        assert answer.article == Article("an article")
        assert answer.seconds >= 0

    def test_is_timed_on_the_inputs_that_it_answers(self, process: ToolProcess[str]) -> None:
        times = process.times([0, 1, 0])
        assert isinstance(times, dict)
        assert list(times) == [0]
        assert process.times([0, 2]) == Failure("dies (exit code 3)")

    def test_is_said_to_fail_without_control_characters(self, process: ToolProcess[str]) -> None:
        failed = process(1)
        assert isinstance(failed, Failure)
        assert failed.reason.startswith("fails (ValueError: no")
        assert "\x1b" not in failed.reason

    def test_goes_on_after_an_input_that_kills_it(self, process: ToolProcess[str]) -> None:
        assert process(2) == Failure("dies (exit code 3)")
        assert isinstance(process(0), Answer)

    def test_goes_on_after_an_input_that_takes_too_long(self, process: ToolProcess[str]) -> None:
        assert process(3) == Failure("takes over 3 s")
        assert isinstance(process(0), Answer)
