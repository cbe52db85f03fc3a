"""The statistics beside a run: what was read and cut, by outlet, kind and rule."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import POINTER_PACK
from json_lines import lines

from cleaner.dumps.records import Unreadable
from cleaner.dumps.tally import OTHERS, RuleCount, Tally

PACK = f"""{POINTER_PACK}
[[rule]]
id = "ad"
kind = "ad"
why = "An ad."
starts = ["zziklan"]
removes = ["⟦zziklan⟧"]
keeps = ["x"]
"""
URL = "https://www.contoh.example/a"


@pytest.fixture
def stats(here, run_clean, write_pack) -> Any:
    """Runs a dump of these lines and gives back the statistics."""
    pack = write_pack(PACK)

    def run(*records: object, options: tuple[str, ...] = ()) -> Any:
        Path("in.jsonl").write_bytes(lines(*records))
        ran = run_clean("run", "in.jsonl", "-o", "out.jsonl", "--pack", pack, *options)
        assert ran.code in (0, 1), ran.err
        return json.loads(Path("out.stats.json").read_bytes())

    return run


def test_records_and_characters_are_counted_by_outlet(stats):
    found = stats({"text": "Satu.\n\nzzlihat: Dua", "url": URL}, {"text": "Tiga.", "url": URL}, {"text": "x"})
    contoh = found["outlets"]["contoh"]
    assert (contoh["records"], contoh["characters"], contoh["removed"]) == (2, 24, 14)
    assert (found["unknown"]["records"], found["unknown"]["characters"]) == (1, 1)
    assert (found["records"], found["characters"], found["removed"]) == (3, 25, 14)


def test_removals_are_counted_by_kind_and_by_rule(stats):
    text = "Satu.\n\nzzlihat: Dua\n\nTiga.\n\nzzlihat: Empat\n\nLima.\n\nzziklan"
    found = stats({"text": text, "url": URL}, {"text": "a\n\nzziklan", "url": URL})
    assert {kind: count["removals"] for kind, count in found["kinds"].items()} == {"related": 2, "ad": 2}
    rules = found["rules"]
    assert rules["contoh/pointer"]["removals"] == 2
    assert rules["contoh/pointer"]["records"] == 1
    assert rules["contoh/ad"] == {"removals": 2, "characters": 18, "records": 2}
    assert sum(rule["characters"] for rule in rules.values()) == found["removed"]
    assert found["outlets"]["contoh"]["rules"] == rules


def test_hosts_of_no_known_outlet_are_named_the_most_frequent_first(stats):
    urls = ["http://B.example/1", "https://www.a.example", "https://a.example:80/2", "kosong", "", URL]
    found = stats(*({"text": "x", "url": url} for url in urls))
    assert list(found["unknown_hosts"].items()) == [("a.example", 2), ("b.example", 1), ("kosong", 1)]


def test_errors_are_counted_by_their_reason_without_what_is_one_records_own(stats):
    found = stats({"text": "x"}, b'{"text": 1}', b'{"text": [1]}', b"{1", b'{"text": "a" x', b"\xff")
    assert found["errors"] == {
        "is no valid JSON …": 2,
        "isn't UTF-8 …": 1,
        "… is a list, not text": 1,
        "… is a number, not text": 1,
    }


def test_what_was_passed_over_is_counted(stats):
    found = stats({"text": "x", "id": True, "dari": "takada"}, b"", b"  ", options=("--outlet-field", "dari"))
    assert found["blank_lines"] == 2
    assert found["ignored"] == {"id": 1}
    assert found["not_installed"] == {"takada": 1}


def test_the_packs_and_the_ledger_are_told_by_their_digests(stats, run_clean):
    first = stats({"text": "x"})
    assert set(first["packs"]) >= {"common", "contoh", "viva"}
    assert all(len(digest) == 64 for digest in first["packs"].values())
    assert first["ledger"] is None
    run_clean("ledger", "build", "in.jsonl", "-o", "a.ledger")
    assert len(stats({"text": "x"}, options=("--ledger", "a.ledger"))["ledger"]) == 64


def test_the_same_run_gives_the_same_statistics_but_for_how_it_went(stats):
    records = [{"text": "Satu.\n\nzzlihat: Dua", "url": URL}, {"text": "x"}]
    first, second = stats(*records), stats(*records)
    assert set(first.pop("run")) == {"started", "seconds", "jobs", "resumed", "fingerprint"}
    second.pop("run")
    assert json.dumps(first) == json.dumps(second)


def test_a_folder_and_a_prefix_have_statistics_too(here, run_clean):
    Path("a.txt").write_text("x")
    run_clean("run", "a.txt", "-o", "out")
    run_clean("run", "a.txt", "-o", "-", "--audit", "bukti")
    for path in ("out/stats.json", "bukti.stats.json"):
        assert json.loads(Path(path).read_bytes())["records"] == 1


def test_two_tallies_added_are_that_of_both():
    one, other, both = Tally(), Tally(), Tally()
    for number in range(30):
        item = Unreadable("a", number, f"is {number} (x)")
        (one if number < 15 else other).refused(item)
        both.refused(item)
        (one if number < 15 else other).names_unknown(f"o{number % 4}")
        both.names_unknown(f"o{number % 4}")
    one.add(other)
    assert one == both
    assert one.reasons == {f"is {OTHERS} {OTHERS}": 30}


def test_a_tally_stays_small_whatever_a_dump_holds():
    tally = Tally()
    for number in range(3000):
        tally.names_unknown(f"{number}" + "x" * 10_000)
    assert len(tally.not_installed) == 1001
    assert tally.not_installed[OTHERS] == 2000
    assert max(map(len, tally.not_installed)) < 120


def test_counts_of_a_rule_add_up():
    count = RuleCount(1, 2, 3)
    count.add(RuleCount(10, 20, 30))
    assert count == RuleCount(11, 22, 33)
