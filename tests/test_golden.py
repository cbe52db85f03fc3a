"""How goldens are checked, compared and accepted.

This project's own samples in `seeds/` are tests of the pytest plug-in: see `tests/test_pytest_plugin.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, Ran

from cleaner import Certainty, Document, Kind, Removal, Result
from cleaner.golden.aspects import ASPECTS, aspects_of
from cleaner.golden.changed_words import changed_words
from cleaner.golden.changes import Sort, changes
from cleaner.golden.diff_lines import line_pairs
from cleaner.golden.diffs import text_diff
from cleaner.golden.errors import GapError, GoldenError
from cleaner.golden.reading import Reading
from cleaner.golden.suite import Suite
from cleaner.sheet.row import Verdict

Run = Callable[..., Ran]


def test_the_five_seeds_are_among_the_samples() -> None:
    assert {sample.outlet for sample in Suite(ROOT).samples} >= {
        "andalpost",
        "kompastv",
        "radarcirebon",
        "tangselife",
        "viva",
    }


# ------------------------------------------------------------- a small root of its own

_PACK = """
format = 1
outlet = "contoh"
signatures = ["kabar contoh -"]

[[rule]]
id = "read-next"
kind = "related"
why = "Satu."
pattern = 'bacaan berikut: (?P<source>[^.]*)'
first = ["bacaan"]
"""
_SOURCE = "KABAR CONTOH - Satu.\r\n\r\nBacaan berikut: Dua\r\n\r\nTiga.\r\n"
_CLEAN = "KABAR CONTOH - Satu.\r\n\r\nTiga.\r\n"


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


@pytest.fixture(autouse=True)
def _no_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A root folder with one outlet, one sample, and no golden yet."""
    write(tmp_path / "patterns/contoh.toml", _PACK)
    write(tmp_path / "seeds/contoh/1.txt", _SOURCE)
    return tmp_path


@pytest.fixture
def settled(house: Path, run_clean: Run) -> Path:
    """The same with its goldens in order."""
    write(house / "golden/contoh/1.txt", _CLEAN)
    assert run_clean("golden", "accept", "contoh/1", "--root", house).code == 0
    return house


def _problems(root: Path) -> dict[str, str]:
    suite = Suite(root)
    (reading,) = map(suite.read, suite.samples)
    found = {aspect: ASPECTS[aspect](reading) for aspect in aspects_of(reading.sample)}
    return {aspect: problem for aspect, problem in found.items() if problem}


def test_a_settled_sample_has_no_problems(settled: Path, run_clean: Run) -> None:
    assert _problems(settled) == {}
    ran = run_clean("golden", "check", "--root", settled)
    assert (ran.code, ran.out) == (0, "1 sample, 5 checks, 0 known gaps: all as they should be\n")


def test_line_ends_of_sample_and_golden_are_read_as_they_are(settled: Path) -> None:
    write(settled / "golden/contoh/1.txt", _CLEAN.replace("\r\n", "\n"))
    assert set(_problems(settled)) == {"text"}


def test_a_sample_without_goldens_fails(house: Path, run_clean: Run) -> None:
    assert set(_problems(house)) == {"text", "sheet"}
    assert run_clean("golden", "check", "--root", house).code == 1


def test_a_golden_text_that_differs_fails_and_names_the_sample(settled: Path, run_clean: Run) -> None:
    write(settled / "golden/contoh/1.txt", _CLEAN.replace("Tiga.", "Empat."))
    ran = run_clean("golden", "check", "--root", settled)
    assert ran.code == 1
    assert "contoh/1 [text]" in ran.out


def test_another_rule_for_the_same_cut_fails_the_sheet_alone(settled: Path) -> None:
    write(settled / "patterns/contoh.toml", _PACK.replace('"read-next"', '"read-on"'))
    assert set(_problems(settled)) == {"sheet"}


def test_a_sample_must_be_recognised_as_the_outlet_of_its_folder(settled: Path) -> None:
    write(settled / "patterns/contoh.toml", _PACK.replace("kabar contoh -", "kabar lain -"))
    assert "recognised as 'common' by text alone" in _problems(settled)["outlet"]
    write(settled / "seeds/contoh/1.toml", 'url = "https://viva.co.id/1"\n')
    problem = _problems(settled)["outlet"]
    assert "recognised as 'viva' by url or text" in problem
    assert "mend the sample's url in 1.toml" in problem


def test_a_sample_of_no_outlet_lies_in_the_folder_common(tmp_path: Path) -> None:
    write(tmp_path / "seeds/common/1.txt", "Satu.")
    assert "outlet" not in _problems(tmp_path)


def test_the_url_beside_a_sample_tells_its_outlet(settled: Path) -> None:
    pack = _PACK.replace('signatures = ["kabar contoh -"]', 'hosts = ["contoh.co.id"]')
    write(settled / "patterns/contoh.toml", pack)
    write(settled / "seeds/contoh/1.toml", 'url = "https://contoh.co.id/1"\norigin = "own wording"\n')
    assert _problems(settled) == {}


def test_pinned_fields_are_compared_and_others_are_free(settled: Path) -> None:
    write(settled / "seeds/contoh/1.toml", '[fields]\nsource = "Dua"\n')
    assert _problems(settled) == {}
    write(settled / "seeds/contoh/1.toml", '[fields]\nsource = "Lima"\nauthors = ["Sari"]\n')
    problem = _problems(settled)["fields"]
    assert "source should be 'Lima', but is 'Dua'" in problem
    assert "authors should be ['Sari'], but is None" in problem


def test_facts_that_say_something_unknown_are_refused(settled: Path, run_clean: Run) -> None:
    write(settled / "seeds/contoh/1.toml", 'urls = "https://contoh.co.id/1"\n')
    with pytest.raises(GoldenError, match=r"1\.toml"):
        Suite(settled)
    assert run_clean("golden", "check", "--root", settled).code == 2


def test_a_sample_that_is_not_utf8_is_refused_by_name(settled: Path, run_clean: Run) -> None:
    (settled / "seeds/contoh/1.txt").write_bytes(b"Satu \xff")
    ran = run_clean("golden", "check", "--root", settled)
    assert ran.code == 2
    assert "1.txt" in ran.err


@pytest.mark.parametrize("folder", ["", "seeds"])
def test_a_root_without_samples_is_a_usage_error(folder: str, tmp_path: Path, run_clean: Run) -> None:
    (tmp_path / folder).mkdir(exist_ok=True)
    ran = run_clean("golden", "check", "--root", tmp_path)
    assert ran.code == 2
    assert "seeds" in ran.err


def test_a_pack_of_the_root_with_another_name_than_its_outlets_is_refused(settled: Path) -> None:
    write(settled / "patterns/lain.toml", _PACK)
    with pytest.raises(GoldenError, match=r"name the file contoh\.toml"):
        Suite(settled)


def test_a_pack_of_the_root_that_an_installed_outlet_stands_in_for_is_told(
    settled: Path, run_clean: Run
) -> None:
    write(settled / "patterns/viva.toml", 'format = 1\noutlet = "viva"\n')
    said = run_clean("golden", "check", "--root", settled).err
    assert "is installed with other rules" in said
    assert "give the outlet another id" in said


def test_a_clean_text_that_loses_more_when_cleaned_again_fails(settled: Path) -> None:
    def greedy(document: Document) -> Result:
        first, _, rest = document.text.partition("\n")
        cut = Removal(0, len(first) + 1, Kind.ad, "contoh/first", Certainty.marked, f"{first}\n")
        return Result(rest, (cut,))

    document = Document("Satu.\nDua.\nTiga.")
    reading = Reading(Suite(settled).samples[0], document, greedy)  # type: ignore[arg-type]
    assert "(by contoh/first)" in (ASPECTS["idempotence"](reading) or "")


@pytest.mark.parametrize("end", [4, 5])
def test_removals_that_do_not_make_the_source_again_fail(end: int, settled: Path) -> None:
    def forgetful(document: Document) -> Result:
        return Result("Dua.", (Removal(0, end, Kind.ad, "contoh/first", Certainty.marked, "Lima "),))

    reading = Reading(Suite(settled).samples[0], Document("Satu Dua."), forgetful)  # type: ignore[arg-type]
    assert ASPECTS["rebuild"](reading)


# ------------------------------------------------------------------------------ pages

_PAGE = """<!doctype html><meta charset=utf-8><link rel=canonical href="https://contoh.co.id/1">
<nav>Beranda</nav>
<div class=isi>
<p>KABAR CONTOH - Satu, dengan beberapa kata lagi di dalamnya.</p>
<p>Bacaan berikut: Dua</p>
<h2>Dampak bagi Petani</h2>
<p>Tiga, dengan beberapa kata lagi di dalamnya.</p>
</div>"""
_PAGE_CLEAN = """KABAR CONTOH - Satu, dengan beberapa kata lagi di dalamnya.

Dampak bagi Petani

Tiga, dengan beberapa kata lagi di dalamnya."""
_PAGE_PACK = _PACK.replace(
    'signatures = ["kabar contoh -"]', 'hosts = ["contoh.co.id"]\n[[html]]\nbody = ["div.isi"]'
)


@pytest.fixture
def page_house(tmp_path: Path, run_clean: Run) -> Path:
    """A root folder with one page for a sample, its goldens in order."""
    write(tmp_path / "patterns/contoh.toml", _PAGE_PACK)
    write(tmp_path / "seeds/contoh/1.html", _PAGE)
    write(tmp_path / "golden/contoh/1.txt", _PAGE_CLEAN)
    assert run_clean("golden", "accept", "contoh/1", "--root", tmp_path).code == 0
    return tmp_path


def test_a_page_is_a_sample_like_a_text(page_house: Path, run_clean: Run) -> None:
    assert _problems(page_house) == {}
    ran = run_clean("golden", "check", "--root", page_house)
    assert (ran.code, ran.out) == (0, "1 sample, 5 checks, 0 known gaps: all as they should be\n")


def test_the_sheet_of_a_page_shows_what_the_page_says_of_a_line(page_house: Path) -> None:
    sheet = (page_house / "golden/contoh/1.sheet").read_text(encoding="utf-8")
    assert "heading" in sheet
    assert "contoh/read-next" in sheet


def test_a_page_that_is_read_otherwise_fails_its_goldens(page_house: Path, run_clean: Run) -> None:
    write(page_house / "seeds/contoh/1.html", _PAGE.replace("<h2>Dampak bagi Petani</h2>", ""))
    assert set(_problems(page_house)) == {"text", "sheet"}
    assert "Dampak bagi Petani" in run_clean("golden", "diff", "--root", page_house).out


def test_a_heading_that_stays_by_the_pages_word_stays_when_cleaned_again(page_house: Path) -> None:
    # Read as a mere text, it would be an unmarked headline.
    stray = '[[rule]]\nid = "judul"\nkind = "related"\nwhy = "Judul."\nstray = { judge = "headline" }\n'
    headline = "Polisi Tangkap Pelaku Pencurian Motor di Bekasi, Korban Merugi Rp20 Juta"
    write(page_house / "patterns/contoh.toml", _PAGE_PACK + stray)
    write(page_house / "seeds/contoh/1.html", _PAGE.replace("Dampak bagi Petani", headline))
    write(page_house / "golden/contoh/1.txt", _PAGE_CLEAN.replace("Dampak bagi Petani", headline))
    assert set(_problems(page_house)) == {"sheet"}


def test_a_text_and_a_page_of_one_name_are_refused(page_house: Path, run_clean: Run) -> None:
    write(page_house / "seeds/contoh/1.txt", _SOURCE)
    ran = run_clean("golden", "check", "--root", page_house)
    assert ran.code == 2
    assert "1.html" in ran.err
    assert "1.txt" in ran.err


def test_a_page_that_isnt_in_its_charset_is_refused_by_name(page_house: Path, run_clean: Run) -> None:
    (page_house / "seeds/contoh/1.html").write_bytes(_PAGE.encode() + b"\xff")
    ran = run_clean("golden", "check", "--root", page_house)
    assert ran.code == 2
    assert "1.html" in ran.err


# ------------------------------------------------------------------------------- gaps


def _gap(root: Path, **entry: str) -> None:
    entry = {"outlet": "contoh", "id": "1", "why": "Satu.", **entry}
    lines = "".join(f"{name} = '''{value}'''\n" for name, value in entry.items())
    write(root / "golden/gaps.toml", f"[[gap]]\n{lines}")


def test_a_known_miss_lets_the_golden_say_what_a_reader_wants(settled: Path) -> None:
    write(settled / "golden/contoh/1.txt", "KABAR CONTOH - Satu.\r\n")
    assert "text" in _problems(settled)
    _gap(settled, stays="Tiga.")
    assert _problems(settled) == {}


def test_a_known_loss_lets_the_golden_say_what_a_reader_wants(settled: Path) -> None:
    write(settled / "golden/contoh/1.txt", _SOURCE)
    assert "text" in _problems(settled)
    _gap(settled, goes="Bacaan berikut: Dua")
    assert _problems(settled) == {}


def test_a_loss_can_be_a_part_of_what_goes(settled: Path) -> None:
    write(settled / "golden/contoh/1.txt", _CLEAN.replace("Tiga", "Dua\r\n\r\nTiga"))
    _gap(settled, goes="Dua")
    assert _problems(settled) == {}


def test_a_gap_doesnt_excuse_anything_else(settled: Path) -> None:
    write(settled / "golden/contoh/1.txt", "KABAR CONTOH - Empat.\r\n")
    _gap(settled, stays="Tiga.")
    assert set(_problems(settled)) == {"text"}


@pytest.mark.parametrize("entry", [{"stays": "Bacaan berikut: Dua"}, {"goes": "Tiga."}])
def test_a_gap_that_has_healed_fails_until_it_is_taken_out(
    entry: dict[str, str], settled: Path, run_clean: Run
) -> None:
    _gap(settled, **entry)
    assert _problems(settled)["gaps"].startswith("healed")
    assert run_clean("golden", "check", "--root", settled).code == 1


@pytest.mark.parametrize("text", ["Tidak ada", "a"])
def test_a_gap_must_name_exactly_one_place(text: str, settled: Path) -> None:
    _gap(settled, stays=text)
    assert "not once" in _problems(settled)["gaps"]


def test_a_gap_that_is_half_cut_must_be_narrowed(settled: Path) -> None:
    _gap(settled, stays="Bacaan berikut: Dua\r\n\r\nTiga.")
    assert "only a part" in _problems(settled)["gaps"]


def test_a_gap_of_no_sample_fails(settled: Path, run_clean: Run) -> None:
    _gap(settled, id="2", stays="Tiga.")
    ran = run_clean("golden", "check", "--root", settled)
    assert ran.code == 1
    assert "contoh/2 [stale]" in ran.out


def test_goldens_of_no_sample_are_told_with_the_command_that_deletes_them_by_name(
    settled: Path, run_clean: Run
) -> None:
    write(settled / "golden/contoh/sudah tiada.txt", "Satu.\n")
    ran = run_clean("golden", "check", "--root", settled)
    assert ran.code == 1
    assert (
        "golden/contoh/sudah tiada.txt [stale] belongs to no sample; "
        f"`clean golden accept 'contoh/sudah tiada' --root {settled}` deletes it"
    ) in ran.out
    assert "--all" not in ran.out
    assert "golden diff" not in ran.out
    assert run_clean("golden", "accept", "contoh/sudah tiada", "--root", settled).code == 0
    assert run_clean("golden", "check", "--root", settled).code == 0


@pytest.mark.parametrize(
    "entry", [{}, {"stays": "Tiga.", "goes": "Tiga."}, {"stays": "Tiga.", "why": " "}, {"stay": "Tiga."}]
)
def test_a_gap_that_says_too_little_or_too_much_is_refused(entry: dict[str, str], settled: Path) -> None:
    _gap(settled, **entry)
    with pytest.raises(GapError, match=r"gaps\.toml"):
        Suite(settled)


# ---------------------------------------------------------------------- diff and accept


def _sorts(root: Path) -> dict[str, Sort]:
    return {change.name: change.sort for change in changes(Suite(root))}


def test_changes_are_sorted_into_new_text_attribution_and_stale(settled: Path) -> None:
    assert _sorts(settled) == {}
    write(settled / "seeds/contoh/2.txt", _SOURCE)
    write(settled / "seeds/contoh/3.txt", _SOURCE)
    write(settled / "golden/contoh/3.txt", _SOURCE.replace("Tiga.", ""))
    write(settled / "seeds/contoh/4.txt", _SOURCE)
    write(settled / "golden/contoh/4.txt", _CLEAN)
    write(settled / "golden/contoh/5.txt", _CLEAN)
    assert _sorts(settled) == {
        "contoh/2": Sort.new,
        "contoh/3": Sort.text,
        "contoh/4": Sort.attribution,
        "contoh/5": Sort.stale,
    }


def test_a_golden_that_is_all_of_the_text_is_new_until_it_is_accepted(settled: Path, run_clean: Run) -> None:
    write(settled / "seeds/contoh/2.txt", "Satu.\n\nTiga.\n")
    write(settled / "golden/contoh/2.txt", "Satu.\n\nTiga.\n")
    assert _sorts(settled) == {"contoh/2": Sort.new}
    run_clean("golden", "accept", "--all", "--root", settled)
    assert _sorts(settled) == {"contoh/2": Sort.new}
    run_clean("golden", "accept", "contoh/2", "--root", settled)
    assert _sorts(settled) == {}


def test_all_accepts_only_what_leaves_clean_texts_as_they_are(settled: Path, run_clean: Run) -> None:
    test_changes_are_sorted_into_new_text_attribution_and_stale(settled)
    ran = run_clean("golden", "accept", "--all", "--root", settled)
    assert ran.code == 1
    assert ran.err == "2 changes were not accepted: what a clean text is, a reader decides.\n"
    assert _sorts(settled) == {"contoh/2": Sort.new, "contoh/3": Sort.text}
    assert not (settled / "golden/contoh/5.txt").exists()
    assert (settled / "golden/contoh/4.sheet").exists()
    assert "contoh/2" in ran.out
    assert "contoh/3" in ran.out


def test_without_an_id_accept_lists_the_changes_and_writes_nothing(settled: Path, run_clean: Run) -> None:
    test_changes_are_sorted_into_new_text_attribution_and_stale(settled)
    before = _contents(settled)
    ran = run_clean("golden", "accept", "--root", settled)
    assert ran.code == 0
    for sort in Sort:
        assert f"{sort} (" in ran.out
    assert _contents(settled) == before


def test_a_named_sample_alone_is_accepted(settled: Path, run_clean: Run) -> None:
    test_changes_are_sorted_into_new_text_attribution_and_stale(settled)
    assert run_clean("golden", "accept", "contoh/3", "--root", settled).code == 0
    assert (settled / "golden/contoh/3.txt").read_bytes() == _CLEAN.encode()
    assert set(_sorts(settled)) == {"contoh/2", "contoh/4", "contoh/5"}


def test_accepting_a_text_with_a_gap_writes_what_a_reader_wants(settled: Path, run_clean: Run) -> None:
    _gap(settled, stays="Tiga.")
    assert _sorts(settled) == {"contoh/1": Sort.text}
    assert run_clean("golden", "accept", "1", "--root", settled).code == 0
    assert (settled / "golden/contoh/1.txt").read_bytes() == b"KABAR CONTOH - Satu.\r\n"


def test_under_ci_nothing_is_accepted(settled: Path, run_clean: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write(settled / "golden/contoh/1.txt", _SOURCE)
    before = _contents(settled)
    monkeypatch.setenv("CI", "true")
    for arguments in (["contoh/1"], ["--all"], []):
        ran = run_clean("golden", "accept", *arguments, "--root", settled)
        assert ran.code == 2
        assert "CI" in ran.err
    assert _contents(settled) == before


@pytest.mark.parametrize("arguments", [["2"], ["contoh/1", "--all"], ["../1"]])
def test_an_id_that_names_no_sample_or_too_much_is_a_usage_error(
    arguments: list[str], settled: Path, run_clean: Run
) -> None:
    before = _contents(settled)
    assert run_clean("golden", "accept", *arguments, "--root", settled).code == 2
    assert _contents(settled) == before


def test_an_id_that_two_folders_have_needs_its_folder(settled: Path, run_clean: Run) -> None:
    write(settled / "seeds/common/1.txt", "Satu.")
    ran = run_clean("golden", "accept", "1", "--root", settled)
    assert ran.code == 2
    assert "common/1 or contoh/1" in ran.err


def test_checking_and_comparing_never_write(settled: Path, run_clean: Run) -> None:
    write(settled / "golden/contoh/1.txt", _SOURCE)
    before = _contents(settled)
    run_clean("golden", "check", "--root", settled)
    run_clean("golden", "diff", "--root", settled)
    assert _contents(settled) == before


def test_a_diff_tells_of_each_line_what_became_of_it(settled: Path) -> None:
    write(settled / "golden/contoh/1.txt", "KABAR CONTOH - Satu.\r\n\r\nBacaan berikut: Dua\r\n")
    suite = Suite(settled)
    lines = [line for line in text_diff(suite.read(suite.samples[0])) if line.sign != " "]
    told = [(line.sign, line.text, line.row and (line.row.number, line.row.verdict)) for line in lines]
    assert told == [
        ("-", "Bacaan berikut: Dua\r", (3, Verdict.cut)),
        ("+", "Tiga.\r", (5, Verdict.keep)),
    ]


def test_a_line_that_recurs_is_told_by_its_own_place(settled: Path) -> None:
    write(settled / "seeds/contoh/1.txt", _SOURCE + "\r\nBacaan berikut: Dua\r\n\r\nTiga.\r\n")
    write(settled / "golden/contoh/1.txt", _SOURCE + "\r\nBacaan berikut: Dua\r\n\r\nTiga.\r\n")
    suite = Suite(settled)
    lines = [line for line in text_diff(suite.read(suite.samples[0])) if line.row is not None]
    assert [(line.sign, line.row and line.row.number) for line in lines] == [
        (" ", 1),
        ("-", 3),
        (" ", 5),
        ("-", 7),
        (" ", 9),
    ]


@pytest.mark.parametrize(
    ("source", "golden", "said"),
    [
        (_SOURCE, _SOURCE, "- is the golden text as it was begun, all of the sample; + is today's"),
        (_CLEAN, _CLEAN, "nothing is cut, and the golden text is all of the sample; the sheet would be"),
        (_SOURCE, _CLEAN, "the golden text is today's; the sheet would be"),
        (_SOURCE, "Tiga.", "- is the golden text as it was written, + is today's"),
    ],
)
def test_of_a_golden_text_that_nobody_accepted_the_diff_says_so(
    source: str, golden: str, said: str, settled: Path, run_clean: Run
) -> None:
    write(settled / "seeds/contoh/2.txt", source)
    write(settled / "golden/contoh/2.txt", golden)
    ran = run_clean("golden", "diff", "--root", settled)
    assert ran.code == 1
    assert ran.out.startswith(f"contoh/2: never accepted: {said}\n")
    assert "was accepted" not in ran.out
    assert ran.out.endswith(f"accept it:\n  clean golden accept contoh/2 --root {settled}\n")
    checked = run_clean("golden", "check", "--root", settled).out
    assert "contoh/2 [sheet] was never accepted, so it has no sheet" in checked
    assert ("contoh/2 [text] was never accepted" in checked) == (source == golden == _SOURCE)


def test_check_and_accept_say_what_to_do_next_in_the_same_folder(settled: Path, run_clean: Run) -> None:
    write(settled / "golden/contoh/1.txt", _SOURCE)
    for command in ("check", "accept"):
        out = run_clean("golden", command, "--root", settled).out
        assert f"  clean golden diff --root {settled}\n  clean golden accept ID… --root {settled}\n" in out


def test_one_line_that_differs_is_one_line(settled: Path) -> None:
    write(settled / "golden/contoh/1.txt", _CLEAN.replace("Satu", "Satu,"))
    assert _problems(settled)["text"] == "the clean text differs from the golden in 1 line"
    write(settled / "golden/contoh/1.txt", f"{_CLEAN}\n")
    assert _problems(settled)["text"] == "the clean text differs from the golden in 1 line"


def test_the_diff_command_shows_line_verdict_and_rule(settled: Path, run_clean: Run) -> None:
    write(settled / "golden/contoh/1.txt", _SOURCE)
    ran = run_clean("golden", "diff", "--root", settled)
    assert ran.code == 1
    assert "- 3 cut marked related contoh/read-next | Bacaan berikut: Dua" in ran.out


def test_the_diff_command_shows_which_words_of_a_line_changed(settled: Path, run_clean: Run) -> None:
    write(settled / "golden/contoh/1.txt", _CLEAN.replace("Satu", "Satu,"))
    assert re.search(r"^~ .*Satu\[-,-\]", run_clean("golden", "diff", "--root", settled).out, re.M)


_LONG = "Harga cabai rawit merah di pasar induk naik dua kali lipat sejak awal bulan ini"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            f"{_LONG}, kata dia. {_LONG}.",
            f"{_LONG} kata dia. {_LONG}.",
            "…ali lipat sejak awal bulan ini[-,-] kata dia. Harga cabai rawit m…",
        ),
        ("Satu dua tiga.", "Satu dua  tiga.", "Satu dua[- -]{+  +}tiga."),
        ("Satu dua tiga empat.", "Satu tiga empat lima.", "Satu [-dua -]tiga empat{+ lima+}."),
        ("Satu dua tiga.", "Alinea lain sama sekali.", ""),
        ("", "Satu.", ""),
    ],
)
def test_the_words_of_a_line_that_changed_stand_between_a_few_that_did_not(
    old: str, new: str, words: str
) -> None:
    assert changed_words(old, new) == words


def test_the_diff_command_shows_a_sheet_that_alone_differs(settled: Path, run_clean: Run) -> None:
    write(settled / "patterns/contoh.toml", _PACK.replace('"read-next"', '"read-on"'))
    ran = run_clean("golden", "diff", "1", "--root", settled)
    assert ran.code == 1
    assert "contoh/read-next" in ran.out
    assert "contoh/read-on" in ran.out


def test_all_of_a_text_is_new_where_there_is_no_golden_yet() -> None:
    assert list(line_pairs("", "Satu.\n\nDua.")) == [("+", "Satu."), ("+", ""), ("+", "Dua.")]


def test_the_diff_command_has_nothing_to_say_where_nothing_differs(settled: Path, run_clean: Run) -> None:
    ran = run_clean("golden", "diff", "--root", settled)
    assert (ran.code, ran.out) == (0, "1 sample: no difference\n")


def test_a_diff_shows_control_characters_without_sending_them(settled: Path, run_clean: Run) -> None:
    write(settled / "seeds/contoh/1.txt", _SOURCE.replace("Tiga.", "Tiga\x1b[31m [bold]."))
    out = run_clean("golden", "diff", "--root", settled).out
    assert "Tiga\\x1b[31m [bold]." in out
    assert "\x1b" not in out


def _contents(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
