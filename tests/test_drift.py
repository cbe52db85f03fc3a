"""Drift: what changed on the outlets' pages, told by two runs' statistics or by two dumps."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from math import comb, inf
from pathlib import Path
from typing import Any

import msgspec
import pytest
from conftest import Ran
from hypothesis import given
from hypothesis import strategies as st

from cleaner.cli import drift
from cleaner.document import Document
from cleaner.drift.changes import About, Change, Comparison, Limits, Turn, compare
from cleaner.drift.rates import Rate, chance, factor
from cleaner.dumps.records import Record
from cleaner.dumps.recurring import LineCount, Recurring, every, recurrable
from cleaner.dumps.stats import FORMAT, OutletStats, RuleStats, RunStats, Stats, encoded
from cleaner.dumps.tally import Tally
from cleaner.result import Result

LEAD = (
    "Harga cabai rawit di Pasar Legi turun pekan ini, kata para pedagang yang ditemui di sana pagi tadi "
    "oleh tim dari kecamatan."
)


def outlet_stats(
    records: int = 1000,
    rules: Mapping[str, int] | None = None,
    lines: Mapping[str, int] | None = None,
    unlisted: int = 0,
    shortfall: int = 0,
) -> OutletStats:
    """An outlet's statistics: `rules` and `lines` with the number of records that each is in."""
    counted = {rule: RuleStats(number, 10 * number, number) for rule, number in (rules or {}).items()}
    return OutletStats(
        records, 1000 * records, 0, counted, Recurring(records, lines or {}, shortfall, unlisted)
    )


def stats(unknown: OutletStats | None = None, pages: int = 0, **outlets: OutletStats) -> Stats:
    """A run's statistics."""
    records = sum(each.records for each in (*outlets.values(), unknown) if each)
    return Stats(
        format=FORMAT,
        version="0",
        packs={},
        ledger=None,
        records=records,
        characters=1000 * records,
        removed=0,
        suspects=0,
        pages=pages,
        outlets=outlets,
        unknown=unknown,
        kinds={},
        rules={},
        unknown_hosts={},
        not_installed={},
        no_article={},
        errors={},
        blank_lines=0,
        ignored={},
        run=RunStats("", 0.0, 1, 0),
    )


def told(found: Comparison) -> list[tuple[str, str, str]]:
    """The changes: what each is about, which way it went, and its name."""
    return [(each.about.value, each.turn.value, each.what) for each in found.changes]


def of_warta(old: OutletStats, new: OutletStats, limits: Limits | None = None) -> list[tuple[str, str, str]]:
    return told(compare(stats(warta=old), stats(warta=new), limits))


# --- whether two rates differ -----------------------------------------------------------------------------


@given(st.integers(1, 40), st.integers(1, 40), st.data())
def test_the_chance_is_that_of_fishers_exact_test(old_of: int, new_of: int, data: st.DataObject) -> None:
    old, new = data.draw(st.integers(0, old_of)), data.draw(st.integers(0, new_of))
    both, articles = old + new, old_of + new_of
    up = new * articles >= both * new_of
    beyond = range(new, min(both, new_of) + 1) if up else range(max(0, both - old_of), new + 1)
    tail = sum(comb(new_of, k) * comb(old_of, both - k) for k in beyond) / comb(articles, both)
    assert chance(Rate(old, old_of), Rate(new, new_of)) == pytest.approx(min(1.0, 2 * tail))


def test_a_rule_that_was_rare_and_is_silent_in_a_few_articles_is_no_news() -> None:
    assert chance(Rate(3, 60), Rate(0, 40)) > 0.1


def test_a_rule_that_fell_silent_in_many_articles_is_no_chance() -> None:
    assert chance(Rate(300, 600), Rate(0, 400)) < 1e-60


def test_the_test_holds_for_a_hundred_million_articles() -> None:
    half, more = Rate(50_000_000, 100_000_000), Rate(50_100_000, 100_000_000)
    assert chance(half, half) == 1
    assert chance(half, more) == pytest.approx(2 * 1.04e-45, rel=0.1)


@pytest.mark.parametrize(
    ("old", "new", "expected"), [((1, 10), (4, 20), 2), ((4, 20), (1, 10), 2), ((0, 9), (1, 9), inf)]
)
def test_the_factor_is_the_higher_rate_by_the_lower(
    old: tuple[int, int], new: tuple[int, int], expected: float
) -> None:
    assert factor(Rate(*old), Rate(*new)) == pytest.approx(expected)
    assert factor(Rate(*old), Rate(*old)) == 1


# --- what recurs ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{LEAD}\n\nIkuti kami", {"Ikuti kami"}),
        ("2 dari 14 halaman\n1 dari 3 halaman", {"# dari # halaman"}),
        (f"Baca Pula: {LEAD}", {"Baca Pula: …"}),
        (f"{LEAD} Baca Pula : {LEAD}", {"Baca Pula : …"}),
        (f"{LEAD} Pukul 19:30 lalu https://contoh.example/ dibuka.", set()),
        (f"Kata lurah yang baru saja pulang dari pasar: {LEAD}", set()),
        ("  \n\t", set()),
    ],
    ids=["short line", "numbers", "label", "label in a glued text", "time and url", "prose", "blank"],
)
def test_short_lines_and_labels_are_counted(text: str, expected: set[str]) -> None:
    assert recurrable(text) == expected


def test_a_line_counts_once_for_a_record() -> None:
    count = LineCount()
    for _ in range(3):
        count.count("Ikuti kami\nIkuti kami")
    assert count.recurring() == Recurring(3, {"Ikuti kami": 3}, 0, 0)


def test_memory_is_bounded_and_the_error_is_told() -> None:
    count = LineCount()
    for number in range(5000):
        word = re.sub(r"\d", lambda digit: "abcdefghij"[int(digit[0])], str(number))
        count.count(f"Judul {word}" + ("\nIkuti kami" if number % 10 == 0 else ""))
        assert len(count.counts) <= 2001
    found = count.recurring()
    assert list(found.lines) == ["Ikuti kami"]
    assert 0 < found.shortfall <= 5500 / 1000
    assert found.lines["Ikuti kami"] <= 500 <= found.lines["Ikuti kami"] + found.shortfall
    assert found.unlisted >= 1


def test_what_is_forgotten_hangs_on_no_order_of_the_lines() -> None:
    lines = [f"Judul {chr(0x4E00 + number)}" for number in range(2100)] + ["Ikuti kami"] * 9
    counts = [LineCount(), LineCount()]
    for count, order in zip(counts, (lines, lines[::-1]), strict=True):
        for line in order:
            count.counts[line] = count.counts.get(line, 0) + 1
        count.add(LineCount())
    assert counts[0].recurring() == counts[1].recurring()
    assert counts[0].counts == {"Ikuti kami": 8}


def test_parts_of_a_dump_add_up() -> None:
    first, second, whole = LineCount(), LineCount(), LineCount()
    for count, text in ((first, "Ikuti kami"), (second, "Ikuti kami\nBagikan")):
        for _ in range(4):
            count.count(text)
            whole.count(text)
    first.add(second)
    assert first.recurring() == whole.recurring() == Recurring(8, {"Ikuti kami": 8, "Bagikan": 4}, 0, 0)


def test_all_records_of_a_small_dump_are_looked_at_and_a_sample_of_a_large_one() -> None:
    assert [every(part) for part in (0, 7, 8, 1000)] == [1, 1, 8, 8]


def test_a_sample_holds_something_of_every_outlet() -> None:
    tally = Tally(lines_of_every=8)
    for number in range(9):
        record = Record("a.jsonl", number, msgspec.Raw(b"1"), Document("Ikuti kami"), {}, b"")
        tally.cleaned(record, Result("Ikuti kami", outlet="warta"))
    assert tally.outlets["warta"].lines.recurring().records == 2


# --- what a change is -------------------------------------------------------------------------------------


def test_a_rule_that_fell_silent_has_stopped() -> None:
    assert of_warta(outlet_stats(rules={"warta/a": 400}), outlet_stats()) == [("rule", "stopped", "warta/a")]


def test_a_rule_that_never_fired_before_is_new() -> None:
    assert of_warta(outlet_stats(), outlet_stats(rules={"warta/a": 400})) == [("rule", "new", "warta/a")]


@pytest.mark.parametrize(("before", "after", "turn"), [(400, 100, "rarer"), (100, 400, "more")])
def test_a_rate_that_changed_a_lot_is_told(before: int, after: int, turn: str) -> None:
    old, new = (outlet_stats(rules={"warta/a": number}) for number in (before, after))
    assert of_warta(old, new) == [("rule", turn, "warta/a")]


def test_rates_are_compared_and_not_counts() -> None:
    old, new = outlet_stats(4000, {"warta/a": 1600}), outlet_stats(400, {"warta/a": 160})
    assert of_warta(old, new) == []


def test_a_small_change_is_none_however_sure_it_is() -> None:
    old, new = (outlet_stats(1_000_000, {"warta/a": number}) for number in (500_000, 400_000))
    assert of_warta(old, new) == []
    assert of_warta(old, new, Limits(threshold=1.2)) == [("rule", "rarer", "warta/a")]


def test_a_large_change_of_few_articles_is_none() -> None:
    assert of_warta(outlet_stats(rules={"warta/a": 9}), outlet_stats()) == []


def test_the_more_is_compared_the_surer_a_change_has_to_be() -> None:
    quiet = {f"warta/{number}": 50 for number in range(1000)}
    old, new = outlet_stats(rules={"warta/a": 20}), outlet_stats(rules={"warta/a": 2})
    assert of_warta(old, new) == [("rule", "rarer", "warta/a")]
    old, new = (outlet_stats(rules={**quiet, "warta/a": number}) for number in (20, 2))
    assert of_warta(old, new) == []


def test_an_outlet_with_few_records_is_named_and_not_compared() -> None:
    found = compare(stats(warta=outlet_stats(99, {"warta/a": 99})), stats(warta=outlet_stats()))
    assert found.changes == ()
    assert [(each.outlet, each.old, each.new) for each in found.not_compared] == [("warta", 99, 1000)]


def test_an_outlet_without_records_any_more_is_gone() -> None:
    old = stats(warta=outlet_stats(500), kabar=outlet_stats())
    found = compare(old, stats(kabar=outlet_stats()))
    assert [(each.about, each.turn, each.outlet) for each in found.changes] == [
        (About.outlet, Turn.stopped, "warta")
    ]
    assert found.not_compared == ()


def test_an_outlet_that_a_small_dump_need_not_have_is_not_gone() -> None:
    old = stats(warta=outlet_stats(500), kabar=outlet_stats(9500))
    assert compare(old, stats(kabar=outlet_stats(200))).changes == ()


def test_records_of_no_known_outlet_are_compared_too() -> None:
    found = compare(stats(outlet_stats(rules={"common/a": 300})), stats(outlet_stats()))
    assert [(each.outlet, each.what) for each in found.changes] == [("", "common/a")]


def test_a_line_that_newly_recurs_is_told() -> None:
    assert of_warta(outlet_stats(), outlet_stats(lines={"Telusuri Pula: …": 300})) == [
        ("line", "new", "Telusuri Pula: …")
    ]


def test_a_line_that_recurs_more_often_is_told_and_one_that_is_rarer_is_not() -> None:
    old, new = outlet_stats(lines={"Ikuti kami": 50}), outlet_stats(lines={"Ikuti kami": 300})
    assert of_warta(old, new) == [("line", "more", "Ikuti kami")]
    assert of_warta(new, old) == []


def test_a_line_in_few_of_an_outlets_articles_is_the_news_own() -> None:
    assert of_warta(outlet_stats(10_000), outlet_stats(10_000, lines={"Pilkada Brebes": 99})) == []


@pytest.mark.parametrize("unknown", [{"unlisted": 200}, {"lines": {"Ikuti kami": 0}, "shortfall": 200}])
def test_what_the_old_side_cannot_rule_out_is_no_change(unknown: dict[str, Any]) -> None:
    assert of_warta(outlet_stats(**unknown), outlet_stats(lines={"Ikuti kami": 210})) == []


def test_the_ledgers_rules_are_compared_only_where_both_sides_had_one() -> None:
    old = stats(warta=outlet_stats(rules={"ledger/headline": 500}))
    new = stats(warta=outlet_stats())
    with_ledger = [msgspec.structs.replace(side, ledger="aa") for side in (old, new)]
    assert told(compare(old, new)) == []
    assert told(compare(*with_ledger)) == [("rule", "stopped", "ledger/headline")]


def test_pages_without_an_article_and_errors_are_told_by_their_reason() -> None:
    old = stats(warta=outlet_stats(), pages=1000)
    new = msgspec.structs.replace(old, no_article={"no body": 300}, errors={"isn't UTF-8": 200})
    assert told(compare(old, new)) == [("no_article", "new", "no body"), ("error", "new", "isn't UTF-8")]
    assert told(compare(new, old)) == []


def test_it_is_said_where_the_two_runs_had_other_packs() -> None:
    old = stats(warta=outlet_stats())
    new = msgspec.structs.replace(old, packs={"warta": "aa"})
    assert compare(old, new).other_rules == ("the pack of warta is used as well",)


def test_the_largest_outlets_come_first_and_in_each_the_largest_changes() -> None:
    old = stats(
        kabar=outlet_stats(500, {"kabar/a": 400}),
        warta=outlet_stats(rules={"warta/a": 100, "warta/b": 500}),
    )
    new = stats(kabar=outlet_stats(500), warta=outlet_stats(lines={"Ikuti kami": 900}))
    whats = [each.what for each in compare(old, new).changes]
    assert whats == ["warta/b", "warta/a", "Ikuti kami", "kabar/a"]


def test_a_change_tells_its_counts_and_its_chance() -> None:
    old, new = stats(warta=outlet_stats(rules={"warta/a": 400})), stats(warta=outlet_stats(500))
    (change,) = compare(old, new).changes
    assert change == Change(
        About.rule, Turn.stopped, "warta", "warta/a", Rate(400, 1000), Rate(0, 500), change.chance
    )
    assert 0 < change.chance < 1e-30
    assert change.old.per_1000 == 400


# --- the command ------------------------------------------------------------------------------------------

Clean = Callable[..., Ran]
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def dump(tmp_path: Path) -> Callable[..., Path]:
    """Writes a dump of texts of nobody's outlet."""

    def write(name: str, texts: Iterable[str]) -> Path:
        path = tmp_path / name
        path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")
        return path

    return write


def pages(marker: str, number: int = 120) -> list[str]:
    """Texts with another story's headline behind a marker."""
    return [f"{LEAD}\n\n{marker}: Panen Raya di Desa Ke-{each}\n\n{LEAD}" for each in range(number)]


def test_two_dumps_of_one_template_do_not_drift(run_clean: Clean, dump: Callable[..., Path]) -> None:
    ran = run_clean("drift", dump("a.jsonl", pages("Baca Juga")), dump("b.jsonl", pages("Baca Juga", 200)))
    assert ran.code == 0
    assert "No drift" in ran.out


def test_a_reworded_marker_is_a_rule_that_stopped_and_a_line_that_is_new(
    run_clean: Clean, dump: Callable[..., Path]
) -> None:
    old, new = dump("a.jsonl", pages("Baca Juga")), dump("b.jsonl", pages("Telusuri Pula"))
    ran = run_clean("drift", old, new)
    assert ran.code == 1
    assert re.search(r"stopped +common/read-also +1000\.0 +0\.0 +120 → 0\n", ran.out)
    assert re.search(r"new line +Telusuri Pula: … +0\.0 +1000\.0 +0 → 120\n", ran.out)
    assert max(map(len, ran.out.splitlines()[2:])) <= 80


def test_a_run_and_a_dump_of_the_same_pages_do_not_drift(
    run_clean: Clean, dump: Callable[..., Path], tmp_path: Path
) -> None:
    raw = dump("a.jsonl", pages("Baca Juga"))
    assert run_clean("run", raw, "-o", tmp_path / "out.jsonl").code == 0
    for old, new in (("out.stats.json", "a.jsonl"), ("out.stats.json", "out.stats.json")):
        assert run_clean("drift", tmp_path / old, tmp_path / new).code == 0


def test_a_dump_can_come_by_standard_input(run_clean: Clean, dump: Callable[..., Path]) -> None:
    old = dump("a.jsonl", pages("Baca Juga"))
    assert run_clean("drift", old, "-", stdin=old.read_bytes()).code == 0
    assert run_clean("drift", "-", old, stdin=old.read_bytes()).code == 0
    assert run_clean("drift", "-", "-", stdin=old.read_bytes()).code == 2


def test_quiet_it_writes_nothing_until_something_changed(run_clean: Clean, dump: Callable[..., Path]) -> None:
    old, new = dump("a.jsonl", pages("Baca Juga")), dump("b.jsonl", pages("Telusuri Pula"))
    same = dump("c.jsonl", pages("Baca Juga"))
    assert run_clean("drift", "-q", old, same) == Ran(0, "", "")
    assert "stopped" in run_clean("drift", "-q", old, new).out


def test_it_answers_in_json(run_clean: Clean, dump: Callable[..., Path]) -> None:
    old, new = dump("a.jsonl", pages("Baca Juga")), dump("b.jsonl", pages("Telusuri Pula"))
    answer = json.loads(run_clean("drift", "--json", old, new).out)
    assert answer["drift"] is True
    assert answer["old"] == {"name": str(old), "records": 120}
    assert answer["compared"] == {"": [120, 120]}
    rule = answer["changes"][0]
    assert {key: rule[key] for key in ("about", "turn", "outlet", "what")} == {
        "about": "rule",
        "turn": "stopped",
        "outlet": "",
        "what": "common/read-also",
    }
    assert rule["old"] == {"articles": 120, "of": 120, "at_most": False, "per_1000": 1000.0}
    assert json.loads(run_clean("drift", "-q", "--json", old, old).out)["drift"] is False


def test_where_nothing_can_be_compared_that_is_no_all_clear(
    run_clean: Clean, dump: Callable[..., Path]
) -> None:
    few = dump("a.jsonl", pages("Baca Juga", 20))
    ran = run_clean("drift", few, few)
    assert ran.code == 2
    why = "with fewer than 100 records in OLD or in NEW: not recognised (20 and 20)"
    assert ran.err.startswith(f"clean: nothing was compared; {why}. Give larger dumps")
    assert "a lower --min-records" in ran.err
    assert run_clean("drift", few, few, "--min-records", "20").code == 0


def test_where_old_and_new_hold_other_outlets_fewer_records_would_not_help(
    run_clean: Clean, dump: Callable[..., Path]
) -> None:
    some, none = dump("a.jsonl", pages("Baca Juga", 20)), dump("b.jsonl", [])
    for sides, said in (((some, none), "only in OLD"), ((none, some), "only in NEW")):
        ran = run_clean("drift", *sides)
        assert ran.code == 2
        assert f"clean: nothing was compared; {said}: not recognised (20 records). Give" in ran.err
        assert "--min-records" not in ran.err
    assert "neither OLD nor NEW holds a record" in run_clean("drift", none, none).err


def test_where_no_record_has_the_keys_it_says_so_and_how_to_name_them(
    run_clean: Clean, tmp_path: Path
) -> None:
    dump = tmp_path / "a.jsonl"
    dump.write_text('{"isi": "Satu."}\n', encoding="utf-8")
    ran = run_clean("drift", dump, dump)
    assert ran.code == 2
    assert "1 record could not be cleaned, so it is not compared:" in ran.err
    assert "no record of OLD or NEW could be cleaned" in ran.err
    assert "--text-field" in ran.err


def test_a_verdict_says_how_many_of_the_rates_changed(capsys: Capture) -> None:
    same = stats(warta=outlet_stats(10_000, {"warta/satu": 9000}))
    gone = stats(warta=outlet_stats(10_000, {"warta/dua": 9000}))
    for new, said in ((same, "No drift: none of 1 rate of 1 outlet changed."), (gone, "2 of 2 rates of")):
        drift._show(compare(same, new), ("a", "b"), (same, new), 100)
        assert said in capsys.readouterr().out


def test_an_outlet_of_one_side_is_told_apart_from_those_with_few_records(capsys: Capture) -> None:
    found = compare(
        stats(warta=outlet_stats(), lama=outlet_stats(3)), stats(warta=outlet_stats(), baru=outlet_stats(7))
    )
    drift._show(found, ("a", "b"), (stats(), stats()), 100)
    said = " ".join(capsys.readouterr().out.split())
    assert "Not compared, only in OLD: lama (3 records). Not compared, only in NEW: baru (7 records)." in said


@pytest.mark.parametrize("width", [50, 80, 120])
def test_a_rules_id_stays_whole_whatever_the_width(
    width: int, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    rule = "radarcirebon/photo-alt-text-above-lead"
    found = compare(
        stats(warta=outlet_stats(10_000, {rule: 9000})),
        stats(
            warta=outlet_stats(
                10_000, {}, {"Sebuah baris yang baru dan panjang sekali, berulang-ulang": 5000}
            )
        ),
    )
    assert len(found.changes) == 2
    monkeypatch.setenv("COLUMNS", str(width))
    drift._show(found, ("a", "b"), (stats(), stats()), 100)
    out = capsys.readouterr().out
    assert max(map(len, out.splitlines())) <= width
    assert rule in out
    assert "9,000 → 0" in out


def test_what_a_page_says_is_not_obeyed_by_the_terminal(run_clean: Clean, dump: Callable[..., Path]) -> None:
    hostile = "\x1b[31m[bold]Ikuti\u202e kami"
    old, new = dump("a.jsonl", [LEAD] * 120), dump("b.jsonl", [f"{LEAD}\n{hostile}\n{LEAD}"] * 120)
    ran = run_clean("drift", old, new)
    assert ran.code == 1
    assert "\x1b" not in ran.out
    assert "\u202e" not in ran.out
    assert "[bold]Ikuti\\u202e kami" in ran.out


def test_records_that_cannot_be_read_are_named(run_clean: Clean, dump: Callable[..., Path]) -> None:
    old = dump("a.jsonl", pages("Baca Juga"))
    broken = old.with_name("b.jsonl")
    broken.write_bytes(old.read_bytes() + b"{\n")
    ran = run_clean("drift", old, broken)
    assert ran.code == 0
    assert f"{broken}#120" in ran.err
    assert "1 record could not be cleaned" in ran.err


def test_a_cleaned_dump_beside_its_statistics_is_pointed_out(
    run_clean: Clean, dump: Callable[..., Path], tmp_path: Path
) -> None:
    raw = dump("a.jsonl", pages("Baca Juga"))
    run_clean("run", raw, "-o", tmp_path / "out.jsonl")
    assert "out.stats.json beside it" in run_clean("drift", raw, tmp_path / "out.jsonl").err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{}", "holds no statistics of a run"),
        (b"\xff", "holds no statistics of a run"),
        (b'{"format": 99}', "statistics of another version of clean (format 99, not"),
        (None, "can't be read (No such file or directory)"),
    ],
    ids=["no statistics", "not UTF-8", "another format", "not there"],
)
def test_statistics_that_cannot_be_used_are_refused(
    run_clean: Clean, tmp_path: Path, content: bytes | None, said: str
) -> None:
    path = tmp_path / "a.stats.json"
    if content is not None:
        path.write_bytes(content)
    ran = run_clean("drift", path, path)
    assert ran.code == 2
    assert said in ran.err
    assert "othing was compared" in ran.err


def test_it_says_where_other_packs_were_used(run_clean: Clean, tmp_path: Path) -> None:
    old, new = tmp_path / "a.stats.json", tmp_path / "b.stats.json"
    side = stats(warta=outlet_stats())
    old.write_bytes(encoded(side))
    new.write_bytes(encoded(msgspec.structs.replace(side, packs={"warta": "aa"})))
    assert "the pack of warta is used as well" in " ".join(run_clean("drift", old, new).out.split())
