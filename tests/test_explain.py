"""The sheet, and how `clean explain` shows it."""

from __future__ import annotations

import gzip
import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran
from rich.console import Console

from cleaner import Certainty, Cleaner, Document, Kind, Outlet, Policy, Removal, Result, Suspect, clean
from cleaner.cli import explain
from cleaner.hints import Label
from cleaner.sheet.brackets import bracketed_pieces
from cleaner.sheet.columns import Widths
from cleaner.sheet.result_rows import sheet_rows
from cleaner.sheet.row import Verdict
from cleaner.sheet.writing import sheet_text

Run = Callable[..., Ran]
Patch = pytest.MonkeyPatch
Write = Callable[..., Path]

_PACK = """
format = 1
outlet = "contoh"
signatures = ["kabar contoh -"]

[[rule]]
id = "read-next"
kind = "related"
why = "Another story,\\nmarked."
starts = ["bacaan berikut:"]

[[rule]]
id = "inside"
kind = "prompt"
why = "Inside a line."
inline = { literal = ["klik di sini."] }
"""
_TEXT = "KABAR CONTOH - Satu.\n\nBacaan berikut: Dua\n\nTiga. Klik di sini.\n"


@pytest.fixture
def outlet(outlet_of: Callable[[str], Outlet]) -> Outlet:
    return outlet_of(_PACK)


def _rows(text: str, *marks: Removal) -> list[tuple[int, Verdict, str, str, str, str]]:
    removals = tuple(mark for mark in marks if not isinstance(mark, Suspect))
    suspects = tuple(mark for mark in marks if isinstance(mark, Suspect))
    rows = sheet_rows(Document(text), Result("", removals, suspects))
    return [(row.number, row.verdict, row.certainty, row.kind, row.rule, row.text) for row in rows]


def _cut(text: str, stretch: str, rule: str = "a/b", of: type[Removal] = Removal) -> Removal:
    start = text.index(stretch)
    end = start + len(stretch)
    return of(start, end, Kind.ad, rule, Certainty.marked, stretch)


# -------------------------------------------------------------------------------- rows


def test_every_line_that_is_not_blank_has_a_row_with_its_number_in_the_source() -> None:
    rows = _rows("Satu.\n\n  Dua.  \r\n\t\nTiga.")
    assert [(row[0], row[1], row[5]) for row in rows] == [
        (1, Verdict.keep, "Satu."),
        (3, Verdict.keep, "Dua."),
        (5, Verdict.keep, "Tiga."),
    ]


def test_a_line_is_cut_where_all_that_can_be_seen_of_it_is() -> None:
    text = "Satu.\n\n  Dua.  \n\nTiga."
    assert _rows(text, _cut(text, "Dua."))[1] == (3, Verdict.cut, "marked", "ad", "a/b", "Dua.")


def test_white_space_that_goes_with_a_cut_says_nothing_about_its_line() -> None:
    text = "Satu.  \n\nDua."
    assert [row[1] for row in _rows(text, _cut(text, "  \n\nDua."))] == [Verdict.keep, Verdict.cut]


def test_white_space_alone_is_no_part_of_a_line() -> None:
    text = "Satu.  Dua."
    assert _rows(text, _cut(text, "  "))[0][1] == Verdict.keep


def test_a_line_that_loses_a_part_says_so_and_shows_the_part() -> None:
    text = "Satu. Dua. Tiga."
    result = Result("", (_cut(text, "Dua. "),))
    (row,) = sheet_rows(Document(text), result)
    assert row.verdict is Verdict.part
    assert [(piece.text, piece.removed) for piece in row.pieces] == [
        ("Satu. ", False),
        ("Dua. ", True),
        ("Tiga.", False),
    ]


def test_a_cut_over_several_lines_is_told_on_each() -> None:
    text = "Satu.\nDua.\n\nTiga.\nEmpat."
    assert [row[1] for row in _rows(text, _cut(text, "Dua.\n\nTiga.\n"))] == [
        Verdict.keep,
        Verdict.cut,
        Verdict.cut,
        Verdict.keep,
    ]


def test_a_line_cut_by_two_rules_names_both_in_order() -> None:
    text = "Satu. Dua."
    assert _rows(text, _cut(text, "Satu. ", "a/satu"), _cut(text, "Dua.", "a/dua"))[0][4] == "a/satu+a/dua"


def test_parts_that_touch_share_their_brackets_and_each_fate_has_its_own() -> None:
    text = "Satu. Dua. Tiga. Empat. Lima."
    cuts = (_cut(text, "Dua. ", "a/satu"), _cut(text, "Tiga. ", "a/dua"))
    result = Result("", cuts, (_cut(text, "Lima.", "a/tiga", Suspect),))
    (row,) = sheet_rows(Document(text), result)
    shown = "".join(f"{before}{piece.text}{behind}" for piece, before, behind in bracketed_pieces(row))
    assert shown == "Satu. ⟦Dua. Tiga. ⟧Empat. ⟨Lima.⟩"


def test_a_claim_that_was_left_in_makes_a_suspect_line() -> None:
    text = "Satu.\nDua."
    assert _rows(text, _cut(text, "Dua.", of=Suspect))[1] == (
        2,
        Verdict.suspect,
        "marked",
        "ad",
        "a/b",
        "Dua.",
    )


def test_a_line_with_a_cut_and_a_suspect_speaks_of_the_cut() -> None:
    text = "Satu. Dua. Tiga."
    (row,) = _rows(text, _cut(text, "Satu. ", "a/cut"), _cut(text, "Tiga.", "a/left", Suspect))
    assert (row[1], row[4]) == (Verdict.part, "a/cut")


def test_the_rows_of_a_policy_that_cuts_nothing_are_all_kept_or_suspect(outlet: Outlet) -> None:
    document = Document(_TEXT)
    nothing = Cleaner(outlet, Policy(kinds=frozenset()))
    rows = sheet_rows(document, nothing(document))
    assert [row.verdict for row in rows] == [Verdict.keep, Verdict.suspect, Verdict.suspect]


# ------------------------------------------------------------------------ the sheet file


def test_the_written_sheet_says_outlet_fields_and_a_row_a_line(outlet: Outlet) -> None:
    document = Document(_TEXT)
    assert sheet_text(document, Cleaner(outlet)(document)) == (
        "outlet contoh\n"
        "\n"
        "   1 keep                                                  KABAR CONTOH - Satu.\n"
        "   3 cut     marked   related contoh/read-next             Bacaan berikut: Dua\n"
        "   5 part    marked   prompt  contoh/inside                Tiga.⟦ Klik di sini.⟧\n"
    )


def test_the_written_sheet_says_the_fields_of_a_seed(root: Path) -> None:
    text = (root / "seeds/kompastv/002_06a7bc9a979b20d2.txt").read_text(encoding="utf-8")
    assert 'field  authors = ["Haryo Jati"]\n' in sheet_text(Document(text), clean(text))


def test_a_changed_line_changes_one_row_of_the_written_sheet(outlet: Outlet) -> None:
    cleaner = Cleaner(outlet)
    long_rule = _TEXT.replace("KABAR CONTOH - Satu.", "KABAR CONTOH - " + "Satu " * 50)
    before, after = (sheet_text(Document(text), cleaner(Document(text))) for text in (_TEXT, long_rule))
    changed = [one != other for one, other in zip(before.splitlines(), after.splitlines(), strict=True)]
    assert changed == [False, False, True, False, False]


def test_control_characters_are_spelt_out_in_the_written_sheet(outlet: Outlet) -> None:
    document = Document("Satu\x1b[31m.\nDua\x00\u202e.")
    written = sheet_text(document, Cleaner(outlet)(document))
    assert "Satu\\x1b[31m." in written
    assert "Dua\\x00\\u202e." in written


def test_long_kept_text_is_shortened_and_what_was_cut_is_not(outlet: Outlet) -> None:
    document = Document("Awal. " * 60 + "Klik di sini. " + "Akhir. " * 60)
    (row,) = sheet_text(document, Cleaner(outlet)(document)).splitlines()[2:]
    assert "⟦Klik di sini.⟧" in row.replace("⟦ ", "⟦").replace(" ⟧", "⟧")
    assert row.count("…") == 2
    assert len(row) < 300


def test_a_line_of_a_page_says_where_it_stood(outlet: Outlet) -> None:
    body = (None, "div.isi")
    link = Label(("list_item", "link_only"), ((body, "ul:nth-of-type(1)"), "li:nth-of-type(2)"), "div.isi")
    document = Document("Satu.\nDua.\n\nTiga.", labels={0: link, 6: Label((), body, "div.isi")})
    rows = sheet_rows(document, Cleaner(outlet)(document))
    assert [row.place for row in rows] == ["li[2] list_item link_only", "div.isi", ""]
    assert sheet_text(document, Cleaner(outlet)(document)).splitlines()[2:] == [
        "   1 keep                                                  li[2] list_item link_only    Satu.",
        "   2 keep                                                  div.isi                      Dua.",
        "   4 keep                                                  Tiga.",
    ]


def test_the_written_sheet_says_that_a_page_holds_no_article(outlet: Outlet) -> None:
    document = Document("", no_article="sebab\x1b")
    assert "no article: sebab\\x1b\n" in sheet_text(document, Cleaner(outlet)(document))


# ------------------------------------------------------------------------- the command


@pytest.fixture
def pack(write_pack: Callable[..., Path]) -> Path:
    return write_pack(_PACK)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "satu.txt"
    path.write_text(_TEXT, encoding="utf-8", newline="")
    return path


def test_each_line_of_the_article_is_one_line_away_from_a_terminal(
    pack: Path, article: Path, run_clean: Run
) -> None:
    ran = run_clean("explain", article, "--pack", pack)
    assert ran.code == 0
    lines = ran.out.splitlines()
    rows = [" ".join(line.split()) for line in lines if line.lstrip()[:1].isdigit()]
    assert rows[:3] == [
        "1 keep KABAR CONTOH - Satu.",
        "3 cut marked related contoh/read-next Bacaan berikut: Dua",
        "5 part marked prompt contoh/inside Tiga.⟦ Klik di sini.⟧",
    ]
    assert "3 lines: 1 keep, 1 cut, 1 part" in ran.out


def test_a_long_line_is_not_broken_away_from_a_terminal(pack: Path, article: Path, run_clean: Run) -> None:
    long = "Kata " * 200 + "akhir."
    article.write_text(long, encoding="utf-8")
    assert long in run_clean("explain", article, "--pack", pack).out


@pytest.mark.parametrize(
    ("options", "head", "used"),
    [
        (["--url", "https://www.viva.co.id/berita/1"], "outlet     VIVA by the host of", False),
        (["--url", "https://contoh.example/1"], "outlet     contoh by its signature", True),
        (
            ["--url", "https://www.viva.co.id/berita/1", "--outlet", "contoh"],
            "outlet     contoh by --outlet",
            True,
        ),
    ],
)
def test_a_pack_is_used_as_a_run_with_it_uses_it(
    options: list[str], head: str, used: bool, pack: Path, article: Path, run_clean: Run
) -> None:
    ran = run_clean("explain", article, "--pack", pack, *options)
    assert ran.out.splitlines()[1].startswith(head)
    assert ("contoh/read-next" in ran.out) is used
    assert ("The pack contoh was not used" in ran.err) is not used


def test_a_pack_with_the_host_of_another_outlet_is_told(
    article: Path, run_clean: Run, write_pack: Callable[..., Path]
) -> None:
    pack = write_pack(_PACK.replace("signatures", 'hosts = ["viva.co.id"]\nsignatures', 1))
    assert (
        "Warning: host 'viva.co.id' of the pack 'contoh' belongs"
        in run_clean("explain", article, "--pack", pack).err
    )


def test_each_rule_that_fired_says_why_it_is_there(pack: Path, article: Path, run_clean: Run) -> None:
    out = run_clean("explain", article, "--pack", pack).out
    assert "contoh/read-next related Another story, marked.\n" in out
    assert "contoh/inside    prompt  Inside a line.\n" in out


def test_the_share_that_was_removed_is_told(pack: Path, article: Path, run_clean: Run) -> None:
    removed = len(_TEXT) - len("KABAR CONTOH - Satu.\n\nTiga.\n")
    share = f"{removed} of {len(_TEXT)} characters removed ({removed / len(_TEXT):.1%})"
    assert share in run_clean("explain", article, "--pack", pack).out


@pytest.mark.parametrize(
    ("options", "how"),
    [
        (["--outlet", "viva"], "by --outlet"),
        (["--url", "https://www.viva.co.id/berita/1"], "by the host of https://www.viva.co.id/berita/1"),
        ([], "not recognised"),
    ],
)
def test_the_head_says_how_the_outlet_was_found(
    options: list[str], how: str, article: Path, run_clean: Run
) -> None:
    assert how in run_clean("explain", article, *options).out.splitlines()[1]


def test_a_seed_is_recognised_by_its_signature_and_tells_its_fields(root: Path, run_clean: Run) -> None:
    out = run_clean("explain", root / "seeds/kompastv/002_06a7bc9a979b20d2.txt").out
    assert "by its signature" in out.splitlines()[1]
    assert "authors    Haryo Jati ← kompastv/" in out
    assert "published  2024-06-17T20:49:00+07:00 ← kompastv/" in out


def test_a_text_can_come_through_standard_input(pack: Path, run_clean: Run) -> None:
    ran = run_clean("explain", "-", "--pack", pack, stdin=_TEXT.encode())
    assert ran.code == 0
    assert "contoh/read-next" in ran.out


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "dump.jsonl"
    records = [
        {"id": "a", "text": "Satu.", "isi": "Lain."},
        {"id": "b", "text": _TEXT, "isi": "Lain lagi."},
        {"text": "Tanpa id."},
    ]
    path.write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")
    return path


@pytest.mark.parametrize("by", ["#", "--id"])
def test_one_record_of_a_dump_is_named_by_its_id(by: str, dump: Path, pack: Path, run_clean: Run) -> None:
    named = [f"{dump}#b"] if by == "#" else [dump, "--id", "b"]
    ran = run_clean("explain", *named, "--pack", pack)
    assert "contoh/read-next" in ran.out
    assert " Satu.\n" in ran.out


def test_a_record_without_an_id_is_named_by_its_place(dump: Path, run_clean: Run) -> None:
    assert "Tanpa id." in run_clean("explain", f"{dump}#2").out


def test_any_record_is_named_by_its_place_too_but_an_id_comes_first(dump: Path, run_clean: Run) -> None:
    assert "record     1, counted from 0, id b\n" in run_clean("explain", dump, "--id", "1").out
    with dump.open("a") as file:
        file.write('{"id": 1, "text": "Id satu."}\n')
    assert "Id satu." in run_clean("explain", dump, "--id", "1").out


def test_a_record_that_cannot_be_read_is_a_failure_with_its_reason_said_once(
    dump: Path, run_clean: Run
) -> None:
    with dump.open("a") as file:
        file.write("[]\n")
    ran = run_clean("explain", f"{dump}#3")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == f"clean: {dump}#3 is a list, not a JSON object\n"


def test_where_nothing_else_tells_the_outlet_the_pack_does(
    article: Path, run_clean: Run, write_pack: Write
) -> None:
    unsigned = write_pack(_PACK.replace('signatures = ["kabar contoh -"]\n', ""))
    ran = run_clean("explain", article, "--pack", unsigned)
    assert ran.out.splitlines()[1] == "outlet     contoh by --pack, as nothing else tells it"
    assert "contoh/read-next" in ran.out


def test_of_the_one_record_that_is_named_no_others_errors_are_told(tmp_path: Path, run_clean: Run) -> None:
    dump = tmp_path / "dump.jsonl"
    dump.write_text('[]\n{"id": "a", "text": "Satu."}\n', encoding="utf-8")
    ran = run_clean("explain", f"{dump}#a")
    assert (ran.code, ran.err) == (0, "")


def test_records_that_cannot_be_read_are_named_and_those_alike_counted(
    tmp_path: Path, run_clean: Run
) -> None:
    dump = tmp_path / "dump.jsonl"
    dump.write_text("[]\n" * 9 + '{"id": "a", "text": "Satu."}\n', encoding="utf-8")
    ran = run_clean("explain", dump)
    assert ran.code == 0
    assert ran.err.startswith("9 records could not be read:\n")
    assert "  … and 6 more like this\n" in ran.err


@pytest.mark.parametrize(
    ("options", "row"),
    [
        ((), "3 cut marked related contoh/read-next"),
        (("--certainty", "marked"), "3 cut marked related contoh/read-next"),
        (("--kinds", "ad, prompt"), "3 suspect marked related contoh/read-next"),
    ],
)
def test_it_shows_what_a_policy_cuts(
    options: tuple[str, ...], row: str, pack: Path, article: Path, run_clean: Run
) -> None:
    out = run_clean("explain", article, "--pack", pack, *options).out
    assert row in " ".join(out.split())


@pytest.mark.parametrize(
    ("option", "said"), [("--certainty", "marked, framed"), ("--kinds", "related, caption")]
)
def test_a_wrong_policy_is_refused_as_a_run_does(
    option: str, said: str, article: Path, run_clean: Run
) -> None:
    ran = run_clean("explain", article, option, "spam")
    assert ran.code == 2
    assert option in ran.err
    assert said in " ".join(ran.err.replace("│", " ").split())


def test_it_shows_what_a_ledger_proves_and_where_it_proves_nothing(tmp_path: Path, run_clean: Run) -> None:
    title = "Harga Beras Naik Lagi Pekan Ini"
    body = "Harga cabai rawit di pasar induk turun pada pekan ini, kata para pedagang di lapak mereka."
    known = tmp_path / "known.jsonl"
    known.write_text(
        json.dumps({"title": title, "text": body, "url": "https://detik.com/1"}), encoding="utf-8"
    )
    ledger = tmp_path / "l.ledger"
    assert run_clean("ledger", "build", known, "-o", ledger).code == 0
    article = tmp_path / "satu.txt"
    article.write_text(f"{body}\n\n{title}\n\n{body}\n", encoding="utf-8")
    here = run_clean("explain", article, "--ledger", ledger, "--url", "https://detik.com/2")
    assert "marked   related ledger/headline" in " ".join(here.out.split("\n"))
    assert "The ledger has this line as another article's title." in here.out
    assert not here.err
    elsewhere = run_clean("explain", article, "--ledger", ledger, "--url", "https://viva.co.id/2")
    assert "ledger/headline" not in elsewhere.out
    assert "holds no article of viva (1 record): there it proves nothing" in elsewhere.err


def test_the_outlet_that_a_pages_feed_tells_is_the_one_that_a_run_finds(
    tmp_path: Path, run_clean: Run
) -> None:
    page = tmp_path / "satu.html"
    body = "<p>Harga cabai rawit di pasar induk turun pada pekan ini, kata para pedagang di lapak mereka.</p>"
    feed = '<link rel="alternate" type="application/rss+xml" href="https://www.detik.com/feed">'
    page.write_text(f"<head>{feed}</head><body>{body * 3}</body>", encoding="utf-8")
    assert "outlet     detik by the feed that its page names\n" in run_clean("explain", page).out


@pytest.mark.parametrize("width", [60, 80, 140])
def test_the_ids_of_rules_are_never_broken(
    width: int, write_pack: Write, tmp_path: Path, monkeypatch: Patch
) -> None:
    id = "a-rule-with-a-long-name-that-is-one-word"
    pack = write_pack(_PACK.replace("read-next", id))
    article = tmp_path / "satu.txt"
    article.write_text(_TEXT, encoding="utf-8")
    out = _on_a_terminal(article, width, monkeypatch, color=False, pack=pack)
    out = re.sub(r"\x1b\[[\d;]*m", "", out)
    assert out.count(f"contoh/{id}") == 2
    assert max(map(len, out.splitlines())) <= width


def test_the_keys_of_a_dump_can_be_given(dump: Path, run_clean: Run) -> None:
    assert "Lain lagi." in run_clean("explain", f"{dump}#b", "--text-field", "isi").out


def test_a_dump_without_an_id_lists_a_few(dump: Path, run_clean: Run) -> None:
    ran = run_clean("explain", dump)
    assert (ran.code, ran.out) == (2, "")
    assert "a, b" in ran.err
    assert "--id" in ran.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["tidak-ada.txt"],
        ["DUMP#tidak-ada"],
        ["TEXT", "--id", "a"],
        ["TEXT", "--outlet", "tidak-ada"],
        ["TEXT", "--pack", "tidak-ada.toml"],
        ["FOLDER"],
    ],
)
def test_what_cannot_be_explained_is_a_usage_error_with_a_reason(
    arguments: list[str], article: Path, dump: Path, pack: Path, run_clean: Run
) -> None:
    names = {"TEXT": article, "DUMP": dump, "PACK": pack, "FOLDER": article.parent}
    for name, path in names.items():
        arguments = [argument.replace(name, str(path)) for argument in arguments]
    ran = run_clean("explain", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("clean: ")


def test_bytes_that_are_no_utf8_are_a_failed_record(article: Path, run_clean: Run) -> None:
    article.write_bytes(b"Satu \xff")
    ran = run_clean("explain", article)
    assert (ran.code, ran.out) == (1, "")
    assert "UTF-8" in ran.err


@pytest.mark.parametrize("width", [40, 80, 140])
def test_a_terminal_gets_every_word_within_its_width(width: int, root: Path, monkeypatch: Patch) -> None:
    source = root / "seeds/viva/000_7b9cc04bb1876990.txt"
    out = re.sub(r"\x1b\[[\d;]*m", "", _on_a_terminal(source, width, monkeypatch, color=False))
    assert max(map(len, out.splitlines())) <= width
    shown = "".join(out.split())
    for word in source.read_text(encoding="utf-8").split():
        assert word in shown


def test_a_terminal_gets_colours_unless_they_are_unwanted(root: Path, monkeypatch: Patch) -> None:
    source = root / "seeds/viva/000_7b9cc04bb1876990.txt"
    assert "\x1b[9;36m" in _on_a_terminal(source, 80, monkeypatch, color=True)
    assert "36m" not in _on_a_terminal(source, 80, monkeypatch, color=False)


def test_what_an_article_says_can_not_steer_the_terminal(tmp_path: Path, monkeypatch: Patch) -> None:
    source = tmp_path / "satu.txt"
    source.write_text("Satu\x1b]0;judul\x07 [red]dua[/red] \u202etiga\x9b2J.\n", encoding="utf-8")
    out = _on_a_terminal(source, 140, monkeypatch, color=True)
    assert "Satu\\x1b]0;judul\\x07 [red]dua[/red] \\u202etiga\\x9b2J." in out
    assert "\x1b]" not in out
    assert "\x07" not in out
    assert "\x9b" not in out


def _on_a_terminal(
    source: Path, width: int, monkeypatch: Patch, color: bool, pack: Path | None = None
) -> str:
    """What the command writes to a terminal of this width."""
    monkeypatch.delenv("TERM", raising=False)
    if color:
        monkeypatch.delenv("NO_COLOR", raising=False)
    else:
        monkeypatch.setenv("NO_COLOR", "1")
    console = Console(
        force_terminal=True,
        width=width,
        markup=False,
        emoji=False,
        highlight=False,
        color_system="standard",
        # Else the one that was there when rich was loaded, which a library can have replaced since.
        _environ=os.environ,
    )
    monkeypatch.setattr(explain, "stdout_console", lambda: console)
    with console.capture() as captured:
        explain.explain(str(source), pack=pack)
    return captured.get()


@pytest.mark.parametrize(("records", "named"), [(2, "(0, 1);"), (7, "(0, 1, 2, 3, 4, …);")])
def test_of_several_records_the_first_few_are_named(
    records: int, named: str, tmp_path: Path, run_clean: Run
) -> None:
    dump = tmp_path / "dump.jsonl"
    dump.write_text("".join(f'{{"id":{id},"text":"Bersih."}}\n' for id in range(records)), encoding="utf-8")
    ran = run_clean("explain", dump)
    assert ran.code == 2
    assert named in ran.err


# --------------------------------------------------------------------------------- pages

_PAGE_PACK = """
format = 1
outlet = "contoh"
name = "Kabar Contoh"
hosts = ["contoh.example"]

[[html]]
years = "2021-2024"
body = ["div.isi"]

[[rule]]
id = "read-next"
kind = "related"
why = "Another story."
starts = ["bacaan berikut:"]
"""
_LEAD = "Harga cabai rawit di pasar induk turun pada pekan ini, kata para pedagang di lapak mereka."
_PAGE = f"""<!doctype html><head><link rel=canonical href="https://contoh.example/1"></head><body>
<div class=isi><h2>Harga turun</h2><p>{_LEAD}</p><p><a href="/2">Bacaan berikut: Dua</a></p></div>"""


@pytest.fixture
def page_pack(write_pack: Callable[..., Path]) -> Path:
    return write_pack(_PAGE_PACK)


@pytest.mark.parametrize("ending", [".html", ".html.gz"])
def test_a_page_is_shown_as_the_text_that_was_read_off_it(
    ending: str, page_pack: Path, tmp_path: Path, run_clean: Run
) -> None:
    source = tmp_path / f"satu{ending}"
    source.write_bytes(gzip.compress(_PAGE.encode()) if ending.endswith("gz") else _PAGE.encode())
    ran = run_clean("explain", source, "--pack", page_pack)
    assert ran.code == 0
    assert "text       read off div.isi of the page, by its outlet's template of 2021-2024\n" in ran.out
    rows = [" ".join(line.split()) for line in ran.out.splitlines() if line.lstrip()[:1].isdigit()]
    assert rows[:3] == [
        "1 keep h2[1] heading Harga turun",
        f"3 keep p[1] {_LEAD}",
        "5 cut marked related contoh/read-next p[2] link_only Bacaan berikut: Dua",
    ]


def test_a_page_can_come_through_standard_input(page_pack: Path, run_clean: Run) -> None:
    ran = run_clean("explain", "-", "--stdin-format", "html", "--pack", page_pack, stdin=_PAGE.encode())
    assert ran.code == 0
    assert "contoh/read-next" in ran.out
    assert run_clean("explain", "-", "--stdin-format", "jsonl").code == 2


def test_a_record_with_a_page_is_shown_as_a_page(page_pack: Path, tmp_path: Path, run_clean: Run) -> None:
    dump = tmp_path / "dump.jsonl"
    dump.write_text(json.dumps({"id": "a", "laman": _PAGE}), encoding="utf-8")
    ran = run_clean("explain", f"{dump}#a", "--html-field", "laman", "--pack", page_pack)
    assert ran.code == 0
    assert "contoh/read-next" in ran.out


@pytest.mark.parametrize(
    ("options", "how"),
    [
        ([], "not recognised"),
        (["--url", "https://www.viva.co.id/1"], "VIVA by the host of https://www.viva.co.id/1"),
        (["--outlet", "viva"], "VIVA by --outlet"),
    ],
)
def test_the_outlet_of_a_page_can_be_told(
    options: list[str], how: str, tmp_path: Path, run_clean: Run
) -> None:
    source = tmp_path / "satu.html"
    source.write_text(_PAGE, encoding="utf-8")
    assert how in run_clean("explain", source, *options).out.splitlines()[1]


def test_a_page_without_an_article_is_said_to_have_none(tmp_path: Path, run_clean: Run) -> None:
    source = tmp_path / "satu.html"
    source.write_text("<!doctype html><html><body><p>Pendek.</body></html>", encoding="utf-8")
    ran = run_clean("explain", source)
    assert ran.code == 0
    assert "text       none: " in ran.out


@pytest.mark.parametrize("width", [40, 80, 120])
def test_a_terminal_gets_every_word_of_a_page_within_its_width(
    width: int, root: Path, monkeypatch: Patch
) -> None:
    source = next(iter(sorted(root.glob("seeds/viva/*.html"))))
    out = re.sub(r"\x1b\[[\d;]*m", "", _on_a_terminal(source, width, monkeypatch, color=False))
    assert max(map(len, out.splitlines())) <= width
    shown = "".join(out.split())
    for word in clean(html=source.read_bytes()).text.split():
        assert word in shown


_LONG_URL = "https://contoh.example/" + "-".join(["judul"] * 30)
_DEEP_PAGE = f"""<!doctype html><head><link rel=canonical href="{_LONG_URL}"></head><body>
<div class=isi><h2>Harga turun</h2><p>{_LEAD}</p><p>{_LEAD}</p>
<blockquote><ul><li><a href="/2">Bacaan berikut: Dua</a></ul></blockquote></div>"""


@pytest.fixture
def deep_page(tmp_path: Path) -> Path:
    source = tmp_path / "dalam.html"
    source.write_text(_DEEP_PAGE, encoding="utf-8")
    return source


def test_elsewhere_than_on_a_terminal_the_texts_of_a_page_begin_in_one_column(
    deep_page: Path, page_pack: Path, run_clean: Run
) -> None:
    out = run_clean("explain", deep_page, "--pack", page_pack).out
    (cut,) = (line for line in out.splitlines() if line.endswith("• Bacaan berikut: Dua"))
    assert len(cut.split("contoh/read-next")[1].split("•")[0].strip()) > 28
    starts = {line.index(_LEAD[:12]) for line in out.splitlines() if _LEAD in line}
    assert starts == {cut.index("•")}


def test_a_cell_of_many_rules_moves_the_text_of_its_own_row_alone() -> None:
    text = "Satu. Dua.\nTiga."
    rules = [f"contoh/{name * 30}" for name in "ab"]
    cuts = (_cut(text, "Satu. ", rules[0]), _cut(text, "Dua.", rules[1]))
    rows = sheet_rows(Document(text), Result("", cuts))
    assert Widths.of(rows) == Widths()
    assert Widths.of(sheet_rows(Document(text), Result("", cuts[:1]))).rule == len(rules[0])


@pytest.mark.parametrize("width", [40, 80, 100, 160])
def test_on_a_terminal_what_is_long_goes_on_under_its_own_beginning(
    width: int, deep_page: Path, page_pack: Path, monkeypatch: Patch
) -> None:
    out = _on_a_terminal(deep_page, width, monkeypatch, color=False, pack=page_pack)
    out = re.sub(r"\x1b\[[\d;]*m", "", out)
    head = out[out.index("outlet  ") :].partition("\n\n")[0].splitlines()
    assert {line[:10].strip() for line in head} == {"", "outlet", "text", "canonical"}
    assert any(line.startswith(" " * 11) and "judul" in line for line in head)
    assert max(map(len, out.splitlines())) <= width


def test_where_there_is_room_a_place_takes_one_line(
    deep_page: Path, page_pack: Path, monkeypatch: Patch
) -> None:
    out = _on_a_terminal(deep_page, 200, monkeypatch, color=False, pack=page_pack)
    assert "li[1] quote list_item link_only" in re.sub(r"\x1b\[[\d;]*m", "", out)
