"""Pages as input: files, folders and records of HTML, what becomes of them, and what is no page."""

from __future__ import annotations

import gzip
import hashlib
import json
import subprocess
import sys
import unicodedata
import zlib
from base64 import b64decode, b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import POINTER, Ran
from json_lines import compact, lines, rows

from cleaner.dumps import pages

Run = Callable[..., Ran]

PACK = f"""
format = 1
outlet = "contoh"
name = "Kabar Contoh"
hosts = ["contoh.example"]

[[html]]
years = "2021-2024"
body = ["div.isi"]

[html.hints]
related_box = [".kartu"]
{POINTER}"""
FIRST = (
    "Harga cabai rawit di pasar induk turun pada pekan ini, kata para pedagang yang ditemui di lapak mereka."
)
LAST = "Pedagang berharap pasokan dari sentra panen tetap lancar sampai akhir bulan."
CLEAN = f"{FIRST}\n\n{LAST}"
READ = f"{FIRST}\n\nzzlihat: Kisah Lain\n\n{LAST}"
URL = "https://www.contoh.example/berita/1"


def page(*paragraphs: str, head: str = "", url: str | None = URL) -> str:
    """A page of the pack's outlet with these paragraphs."""
    canonical = f'<link rel="canonical" href="{url}">' if url else ""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f'<!doctype html><head>{head}{canonical}</head><body><div class="isi">{body}</div></body>'


DIRTY = page(FIRST, "zzlihat: Kisah Lain", LAST)
EMPTY = page("Pendek.")
"""A page without an article."""


@pytest.fixture
def pack(write_pack: Callable[..., Path]) -> Path:
    return write_pack(PACK)


class TestFiles:
    @pytest.mark.parametrize("name", ["satu.html", "satu.htm", "satu.HTML", "satu.html.gz", "satu.htm.gz"])
    def test_a_page_becomes_a_clean_text_called_by_its_name_without_the_ending(
        self, here, pack, run_clean, name
    ):
        data = DIRTY.encode()
        (here / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)
        ran = run_clean("run", name, "-o", "out", "--pack", pack)
        assert ran.code == 0
        assert (here / "out/satu.txt").read_text() == CLEAN
        assert [row["id"] for row in rows(here / "out/removed.jsonl")] == ["satu"]

    def test_a_folder_can_hold_pages_among_texts(self, here, pack, run_clean):
        (here / "in/a").mkdir(parents=True)
        (here / "in/satu.txt").write_text("Bersih.\n")
        (here / "in/a/dua.html").write_text(DIRTY)
        (here / "in/a/tiga.html.gz").write_bytes(gzip.compress(DIRTY.encode()))
        assert run_clean("in", "-o", "out", "--pack", pack).code == 0
        assert [row["id"] for row in rows(here / "out/removed.jsonl")] == ["a/dua", "a/tiga", "satu"]
        assert (here / "out/a/dua.txt").read_text() == (here / "out/a/tiga.txt").read_text() == CLEAN

    def test_a_row_says_where_on_the_page_each_cut_stood_and_proves_the_text_that_was_read(
        self, here, pack, run_clean
    ):
        (here / "satu.html").write_text(DIRTY)
        run_clean("satu.html", "-o", "out", "--pack", pack)
        [row] = rows(here / "out/removed.jsonl")
        assert row["from_page"] is True
        assert row["outlet"] == "contoh"
        assert row["sha256"] == hashlib.sha256(READ.encode()).hexdigest()
        [cut] = row["removed"]
        assert cut["text"] == READ[cut["start"] : cut["end"]]
        assert cut["path"] == "div.isi > p:nth-of-type(2)"

    def test_pages_can_become_records(self, here, pack, run_clean):
        (here / "satu.html").write_text(DIRTY)
        assert run_clean("satu.html", "-o", "out.jsonl", "--pack", pack).code == 0
        [record] = rows(here / "out.jsonl")
        assert (record["id"], record["text"], record["outlet"]) == ("satu", CLEAN, "contoh")
        assert set(record) == {"id", "text", "outlet", "fields"}

    def test_one_page_can_go_through_standard_streams(self, here, pack, run_clean):
        for data in (DIRTY.encode(), gzip.compress(DIRTY.encode())):
            ran = run_clean("-", "--stdin-format", "html", "--pack", pack, stdin=data)
            assert (ran.code, ran.out) == (0, CLEAN)

    def test_a_page_beside_its_own_text_is_refused_with_a_way_out(self, here, run_clean):
        (here / "in").mkdir()
        (here / "in/satu.html").write_text(DIRTY)
        (here / "in/satu.txt").write_text("Bersih.")
        ran = run_clean("in", "-o", "out")
        assert ran.code == 2
        assert "in/satu.html and in/satu.txt would both become out/satu.txt" in ran.err
        assert "give the files of one kind as PATHs, such as *.txt" in ran.err
        assert not (here / "out").exists()

    def test_a_name_that_is_nothing_but_an_ending_is_no_pages(self, here, run_clean):
        (here / "in").mkdir()
        for name in (".html", ".html.gz", "satu.gz", "html"):
            (here / "in" / name).write_text(DIRTY)
        ran = run_clean("in", "-o", "out")
        assert ran.code == 2
        assert "4 files with other endings (.gz 2, without one 2) were not read." in ran.err

    def test_out_that_looks_like_a_page_is_refused(self, here, run_clean):
        (here / "satu.html").write_text(DIRTY)
        ran = run_clean("satu.html", "-o", "bersih.html")
        assert ran.code == 2
        assert "texts are written into a folder" in ran.err


class TestRecords:
    def test_a_record_keeps_its_page_and_gets_its_text(self, here, pack, run_clean):
        record = {"id": "a", "html": DIRTY, "n": 1}
        (here / "in.jsonl").write_bytes(lines(record))
        assert run_clean("in.jsonl", "-o", "out.jsonl", "--pack", pack).code == 0
        [cleaned] = rows(here / "out.jsonl")
        assert {key: cleaned[key] for key in record} == record
        assert (cleaned["text"], cleaned["outlet"]) == (CLEAN, "contoh")
        [row] = rows(here / "out.removed.jsonl")
        assert row["added"] == ["text", "outlet", "fields"]
        assert row["sha256"] == hashlib.sha256(READ.encode()).hexdigest()

    def test_where_a_record_has_both_its_text_is_cleaned(self, here, pack, run_clean):
        (here / "in.jsonl").write_bytes(
            lines({"text": "Bersih.", "html": DIRTY}, {"text": "", "html": DIRTY})
        )
        run_clean("in.jsonl", "-o", "out.jsonl", "--pack", pack)
        assert [record["text"] for record in rows(here / "out.jsonl")] == ["Bersih.", ""]
        assert ["from_page" in row for row in rows(here / "out.removed.jsonl")] == [False, False]

    def test_where_the_text_is_null_the_page_is_read(self, here, pack, run_clean):
        dump = compact({"text": None, "html": DIRTY, "id": 1})
        (here / "in.jsonl").write_bytes(dump)
        run_clean("in.jsonl", "-o", "out.jsonl", "--pack", pack)
        assert rows(here / "out.jsonl")[0]["text"] == CLEAN
        assert run_clean("restore", "out.jsonl", "-o", "back.jsonl").code == 0
        assert (here / "back.jsonl").read_bytes() == dump

    def test_the_keys_can_be_given(self, here, pack, run_clean):
        (here / "in.jsonl").write_bytes(lines({"laman": page(FIRST, url=None), "tautan": URL, "html": 5}))
        names = ("--html-field", "laman", "--url-field", "tautan", "--text-field", "isi")
        assert run_clean("in.jsonl", "-o", "out.jsonl", "--pack", pack, *names).code == 0
        [record] = rows(here / "out.jsonl")
        assert (record["isi"], record["outlet"]) == (FIRST, "contoh")

    def test_a_page_in_base64_is_read_in_the_charset_that_its_record_tells(self, here, pack, run_clean):
        text = f"“Harga” naik – {FIRST}"
        data = b64encode(page(text).encode("cp1252")).decode()
        said = ["windows-1252", "text/html; charset=windows-1252", "latin-1"]
        (here / "in.jsonl").write_bytes(lines(*({"html": data, "charset": each} for each in said)))
        assert run_clean("in.jsonl", "-o", "out.jsonl", "--pack", pack).code == 0
        assert [record["text"] for record in rows(here / "out.jsonl")] == [text] * 3

    @pytest.mark.parametrize("said", ["punycode", "unicode_escape", "base64", "tak-ada", "", 5])
    def test_a_charset_that_no_page_has_counts_for_none(self, here, pack, run_clean, said):
        text = f"“Harga” naik – {FIRST}"
        data = b64encode(page(text).encode()).decode()
        (here / "in.jsonl").write_bytes(lines({"html": data, "charset": said}))
        assert run_clean("in.jsonl", "-o", "out.jsonl", "--pack", pack).code == 0
        assert rows(here / "out.jsonl")[0]["text"] == text

    def test_a_gzipped_page_in_base64_is_unpacked(self, here, pack, run_clean):
        (here / "in.jsonl").write_bytes(lines({"html": b64encode(gzip.compress(DIRTY.encode())).decode()}))
        assert run_clean("in.jsonl", "-o", "out.jsonl", "--pack", pack).code == 0
        assert rows(here / "out.jsonl")[0]["text"] == CLEAN

    def test_a_page_goes_into_no_folder_by_its_records_id(self, here, pack, run_clean):
        (here / "in.jsonl").write_bytes(lines({"id": "../../keluar", "html": DIRTY}))
        ran = run_clean("in.jsonl", "-o", "out", "--pack", pack)
        assert ran.code == 2
        assert "records become one file" in ran.err
        assert not list(here.parent.rglob("keluar*"))


class TestWhosePage:
    """A page is read, and cleaned, by the outlet that the caller, the record, its url or the page names."""

    def outlets(self, here: Path, run_clean: Run, pack: Path, record: object, *options: str) -> list[Any]:
        (here / "in.jsonl").write_bytes(lines(record))
        assert run_clean("in.jsonl", "-o", "out.jsonl", "--pack", pack, *options).code == 0
        return [(record["outlet"], record["text"]) for record in rows(here / "out.jsonl")]

    def test_the_records_url_tells_before_the_page(self, here, pack, run_clean):
        record = {"url": URL, "html": page(FIRST, url="https://lain.example/1")}
        assert self.outlets(here, run_clean, pack, record) == [("contoh", FIRST)]

    def test_the_pages_own_address_tells(self, here, pack, run_clean):
        assert self.outlets(here, run_clean, pack, {"html": DIRTY}) == [("contoh", CLEAN)]

    def test_the_caller_tells_for_all(self, here, pack, run_clean):
        record = {"html": page(FIRST, url="https://viva.co.id/1")}
        assert self.outlets(here, run_clean, pack, record, "--outlet", "contoh") == [("contoh", FIRST)]

    def test_the_record_tells(self, here, pack, run_clean):
        record = {"html": page(FIRST, url=None), "dari": "contoh"}
        assert self.outlets(here, run_clean, pack, record, "--outlet-field", "dari") == [("contoh", FIRST)]

    def test_an_outlet_that_isnt_installed_is_counted_and_the_page_itself_tells(self, here, pack, run_clean):
        (here / "in.jsonl").write_bytes(lines({"html": DIRTY, "dari": "takterpasang"}))
        ran = run_clean("in.jsonl", "-o", "out.jsonl", "--pack", pack, "--outlet-field", "dari")
        assert "1 record names an outlet that isn't installed" in ran.err
        assert rows(here / "out.jsonl")[0]["outlet"] == "contoh"


class TestNoArticle:
    def test_a_page_without_an_article_is_kept_with_the_reason(self, here, pack, run_clean):
        (here / "in.jsonl").write_bytes(lines({"id": 1, "html": EMPTY}, {"id": 2, "html": DIRTY}))
        ran = run_clean("in.jsonl", "-o", "out.jsonl", "--pack", pack)
        assert ran.code == 0
        none, one = rows(here / "out.jsonl")
        assert none["text"] == ""
        assert none["no_article"]
        assert "no_article" not in one
        assert rows(here / "out.removed.jsonl")[0]["no_article"] == none["no_article"]
        assert "1 page without an article, kept with an empty text:" in ran.err
        assert f"  1 · {none['no_article']}" in ran.err

    def test_the_same_holds_for_files(self, here, pack, run_clean):
        (here / "satu.html").write_text(EMPTY)
        assert run_clean("satu.html", "-o", "out", "--pack", pack).code == 0
        assert (here / "out/satu.txt").read_bytes() == b""
        assert rows(here / "out/removed.jsonl")[0]["no_article"]

    def test_a_key_of_that_name_is_the_records_own(self, here, pack, run_clean):
        (here / "in.jsonl").write_bytes(lines({"html": EMPTY, "no_article": 7}))
        run_clean("in.jsonl", "-o", "out.jsonl", "--pack", pack)
        assert rows(here / "out.jsonl")[0]["no_article"] == 7
        assert rows(here / "out.removed.jsonl")[0]["no_article"]


class TestRestoring:
    def test_a_record_comes_back_as_it_was_with_its_page_and_without_the_text(self, here, pack, run_clean):
        dump = compact({"id": "a", "html": DIRTY, "n": 1.5}) + compact({"html": EMPTY, "fields": 1})
        dump += compact({"text": "Bersih.", "html": DIRTY})
        (here / "in.jsonl").write_bytes(dump)
        run_clean("in.jsonl", "-o", "out.jsonl", "--pack", pack)
        ran = run_clean("restore", "out.jsonl", "-o", "back.jsonl")
        assert ran.code == 0
        assert (here / "back.jsonl").read_bytes() == dump
        assert "markup" not in ran.err

    def test_a_text_that_was_edited_is_found_though_it_isnt_given_back(self, here, pack, run_clean):
        (here / "in.jsonl").write_bytes(lines({"html": DIRTY}))
        run_clean("in.jsonl", "-o", "out.jsonl", "--pack", pack)
        out = here / "out.jsonl"
        record = rows(out)[0]
        out.write_bytes(lines({**record, "text": record["text"].replace("cabai", "beras")}))
        ran = run_clean("restore", "out.jsonl", "-o", "back.jsonl")
        assert ran.code == 1
        assert "was changed after the run" in ran.err

    @pytest.mark.parametrize(("out", "back"), [("out", "back/satu.txt"), ("out.jsonl", "back.jsonl")])
    def test_a_files_text_comes_back_as_it_was_read_and_it_is_said_that_this_is_not_the_page(
        self, here, pack, run_clean, out, back
    ):
        (here / "satu.html").write_text(DIRTY)
        run_clean("satu.html", "-o", out, "--pack", pack)
        ran = run_clean("restore", out, "-o", back.split("/")[0])
        assert ran.code == 0
        given = (here / back).read_text()
        assert (json.loads(given)["text"] if out.endswith("jsonl") else given) == READ
        assert "Of 1 page it is the text that was read off it; the markup isn't in it." in ran.err

    def test_what_could_not_be_read_is_put_back_under_its_own_name(self, here, run_clean):
        source = {"a/satu.html": b"<p>\xff", "dua.html.gz": b"\x1f\x8brusak", "tiga.txt": b"\xff"}
        source["baik.txt"] = b"Bersih."
        for name, data in source.items():
            (here / "in" / name).parent.mkdir(parents=True, exist_ok=True)
            (here / "in" / name).write_bytes(data)
        assert run_clean("in", "-o", "out").code == 1
        assert run_clean("restore", "out", "-o", "back").code == 0
        back = here / "back"
        found = {p.relative_to(back).as_posix(): p.read_bytes() for p in back.rglob("*") if p.is_file()}
        assert found == source

    def test_no_ending_in_a_row_of_errors_leads_outside(self, here, run_clean):
        (here / "a.html").write_bytes(b"<p>\xff")
        (here / "b.txt").write_text("Bersih.")
        run_clean("a.html", "b.txt", "-o", "out")
        errors = here / "out/errors.jsonl"
        errors.write_bytes(errors.read_bytes().replace(b'".html"', b'"/../../keluar"'))
        assert run_clean("restore", "out", "-o", "back").code == 2
        assert not (here / "keluar").exists()


def bomb(size: int) -> bytes:
    """Gzip data of `size` zeros, made without holding them."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join([*(packer.compress(bytes(1_000_000)) for _ in range(size // 1_000_000)), packer.flush()])


NO_PAGES = {
    "empty": (b"", "is empty"),
    "white space": (b" \r\n\t", "is empty"),
    "an empty gzip": (gzip.compress(b""), "is empty"),
    "plain text": (b"Harga cabai turun.", "isn't HTML: there is no tag in it"),
    "JSON": (b'{"a": [1 < 2]}', "isn't HTML: there is no tag in it"),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3", "is a PDF"),
    "a picture": (b"\x89PNG\r\n\x1a\n", "is a picture (PNG)"),
    "an archive": (b"PK\x03\x04\x14", "is a ZIP archive"),
    "packed twice": (gzip.compress(gzip.compress(DIRTY.encode())), "is packed with gzip twice"),
    "a torn gzip": (gzip.compress(DIRTY.encode())[:-9], "can't be unpacked (Compressed file ended"),
    "a gzip with a wrong sum": (
        gzip.compress(DIRTY.encode())[:-8] + b"\0" * 8,
        "can't be unpacked (CRC check failed",
    ),
    "gzip with something behind it": (
        gzip.compress(DIRTY.encode()) + b"x",
        "can't be unpacked (Not a gzipped",
    ),
    "broken deflate": (b"\x1f\x8b\x08\0\0\0\0\0\0\xff\xff\xff\xff\xff", "can't be unpacked (Error -3"),
    "bytes in no charset": (
        b"<p>caf\xe9</p>",
        "isn't UTF-8 (byte 0xe9 at byte 6), nor does it name a charset",
    ),
    "bytes not in their charset": (b"<meta charset=gb2312><p>\xff", "isn't UTF-8 (byte 0xff at byte 24)"),
    "half a UTF-16 page": (b"\xff\xfe<\0p\0>", "isn't UTF-16-LE (byte 0x3e at byte 4)"),
}


class TestNoPages:
    @pytest.mark.parametrize("case", NO_PAGES)
    def test_what_is_no_page_is_an_error_record_with_a_reason_and_the_others_are_read(
        self, here, pack, run_clean, case
    ):
        data, reason = NO_PAGES[case]
        (here / "in").mkdir()
        (here / "in/buruk.html").write_bytes(data)
        (here / "in/satu.html").write_text(DIRTY)
        ran = run_clean("in", "-o", "out", "--pack", pack)
        assert ran.code == 1
        [error] = rows(here / "out/errors.jsonl")
        assert error["reason"].startswith(reason)
        assert (error["file"], error["file_id"], error["ending"]) == ("in/buruk.html", "buruk", ".html")
        raw = error["raw"].encode() if "raw" in error else b64decode(error["raw_base64"])
        assert raw == data
        assert f"in/buruk.html {reason}" in ran.err
        assert (here / "out/satu.txt").read_text() == CLEAN
        assert not (here / "out/buruk.txt").exists()

    @pytest.mark.parametrize(
        ("record", "reason"),
        [
            ({"html": ""}, "'html' is empty"),
            ({"html": "\n "}, "'html' is empty"),
            ({"html": "halo"}, "'html' isn't HTML: there is no tag in it"),
            ({"html": None}, "'html' is null, not a page"),
            ({"html": 5}, "'html' is a number, not a page"),
            ({"html": ["<p>"]}, "'html' is a list, not a page"),
            ({"text": None, "html": None}, "'html' is null, not a page"),
            ({"text": 5, "html": DIRTY}, "'text' is a number, not text"),
            ({"html": b64encode(b"<p>caf\xe9").decode()}, "'html' isn't UTF-8 (byte 0xe9 at byte 6)"),
            ({"html": b64encode(b"\x1f\x8bx").decode()}, "'html' can't be unpacked"),
            ({"laman": DIRTY}, "has neither 'text' nor 'html'; it has 'laman'"),
        ],
    )
    def test_the_same_holds_for_records(self, here, pack, run_clean, record, reason):
        (here / "in.jsonl").write_bytes(lines(record, {"html": DIRTY}))
        ran = run_clean("in.jsonl", "-o", "out.jsonl", "--pack", pack)
        assert ran.code == 1
        [error] = rows(here / "out.errors.jsonl")
        assert error["reason"].startswith(reason)
        assert json.loads(error["raw"]) == record
        assert len(rows(here / "out.jsonl")) == 1

    def test_a_page_that_unpacks_to_more_than_any_page_has_is_not_unpacked_to_its_end(
        self, here, pack, run_clean
    ):
        (here / "bom.html.gz").write_bytes(bomb(pages.MAX_PAGE + 50_000_000))
        ran = run_clean("bom.html.gz", "-o", "out", "--pack", pack)
        assert ran.code == 1
        assert "bom.html.gz unpacks to more than 100 MB" in ran.err
        assert run_clean("explain", "bom.html.gz").code == 1

    def test_a_page_that_is_larger_than_any_page_is_not_read_to_its_end(self, here, run_clean):
        with (here / "besar.html").open("wb") as file:
            file.truncate(pages.MAX_PAGE + 1)
        (here / "baik.txt").write_text("Bersih.")
        ran = run_clean("besar.html", "baik.txt", "-o", "out")
        assert ran.code == 1
        assert "besar.html has more than 100 MB" in ran.err
        assert "raw" not in rows(here / "out/errors.jsonl")[0]

    def test_a_reader_that_fails_on_a_page_costs_that_page_only(self, here, pack, run_clean, monkeypatch):
        from cleaner.readers.page import PageReader

        read = PageReader.__call__

        def failing(self, html, **known):
            if "pecah" in html:
                raise RuntimeError("tak bisa \ud800")
            return read(self, html, **known)

        monkeypatch.setattr(PageReader, "__call__", failing)
        (here / "in.jsonl").write_bytes(lines({"html": "<p>pecah"}, {"html": DIRTY}))
        assert run_clean("in.jsonl", "-o", "out.jsonl", "--pack", pack).code == 1
        [error] = rows(here / "out.errors.jsonl")
        assert error["reason"] == "'html' could not be read (RuntimeError: tak bisa \\ud800)"
        assert len(rows(here / "out.jsonl")) == 1


def test_the_summary_says_that_reading_a_page_loses_its_markup(here, pack, run_clean):
    (here / "satu.html").write_text(DIRTY)
    (here / "dua.txt").write_text("Bersih.")
    err = run_clean("satu.html", "dua.txt", "-o", "out", "--pack", pack).err
    assert "Read the text off 1 page. HTML to text loses the markup" in err
    assert "markup" not in run_clean("dua.txt", "-o", "lain").err


def test_the_parser_of_pages_is_loaded_with_the_first_page_only(here):
    (here / "satu.txt").write_text("Bersih.")
    (here / "dua.html").write_text(DIRTY)
    code = """
import sys
from cleaner.cli import main
sys.argv = ["clean", "run", {name!r}, "-o", "out", "-q"]
try:
    main()
except SystemExit:
    pass
print("selectolax" in sys.modules)
"""
    for name, loaded in (("satu.txt", "False"), ("dua.html", "True")):
        ran = subprocess.run(
            [sys.executable, "-c", code.format(name=name)], capture_output=True, text=True, check=True
        )
        assert ran.stdout.strip() == loaded


CONTROLS = "\x1b]0;judul\x07\x1b[31m \x9b2J\x85\x7f\x08"
WRITTEN_OUT = "&#27;]0;judul&#7;&#27;[31m &#129;&#127;&#8;"


def controls(text: str) -> list[str]:
    """The control characters in `text` but for line feeds."""
    return [sign for sign in text if sign != "\n" and unicodedata.category(sign) == "Cc"]


class TestHostilePages:
    """Nothing that a page says reaches a terminal or a file as a control sequence."""

    def hostile(self) -> str:
        tag = "x\x1b[2Jy"
        paragraphs = [
            f"{FIRST} {CONTROLS}{WRITTEN_OUT} [red]merah[/red] :smile: \u202e",
            f"<{tag}>zzlihat: {CONTROLS}{WRITTEN_OUT} [bold]x[/bold]</{tag}>",
            f'</div><div class="isi">{LAST}',
        ]
        head = f"<title>{CONTROLS}{WRITTEN_OUT}</title>"
        head += f'<meta property="og:title" content="{CONTROLS}{WRITTEN_OUT}">'
        head += f'<meta name="author" content="{CONTROLS}{WRITTEN_OUT}">'
        return page(*paragraphs, head=head, url=f"{URL}/{CONTROLS.replace(' ', '')}{WRITTEN_OUT}")

    @pytest.mark.parametrize("out", ["out", "out.jsonl"])
    def test_no_file_gets_one(self, here, pack, run_clean, out):
        (here / "satu.html").write_bytes(self.hostile().encode())
        ran = run_clean("satu.html", "-o", out, "--pack", pack, "--audit", "bukti")
        assert ran.code == 0
        [row] = rows(here / "bukti.removed.jsonl")
        assert len(row["removed"]) == 1
        written = [(here / "out/satu.txt").read_text()] if out == "out" else []
        values = [row] if out == "out" else [row, rows(here / "out.jsonl")[0]]
        written += [json.dumps(value, ensure_ascii=False) for value in values]
        for text in written:
            assert not controls(text)
            # JSON spells out those below a space.
            assert "\\u00" not in text
        assert "[red]merah[/red] :smile:" in written[-1 if out == "out.jsonl" else 0]

    def test_no_terminal_gets_one(self, here, pack, run_clean):
        (here / "satu.html").write_bytes(self.hostile().encode())
        ran = run_clean("explain", "satu.html", "--pack", pack)
        assert ran.code == 0
        assert "[red]merah[/red] :smile: \\u202e" in ran.out
        streamed = run_clean("satu.html", "-o", "-", "--pack", pack)
        for said in (ran.out, ran.err, streamed.out, streamed.err):
            assert not controls(said)

    def test_a_name_with_control_characters_is_shown_and_never_obeyed(self, here, pack, run_clean):
        name = "a\x1b]0;judul\x07b"
        (here / "in").mkdir()
        (here / "in" / f"{name}.html").write_text("")
        (here / "in" / f"{name}2.html").write_text(EMPTY)
        shown = run_clean("in", "-o", "out", "--pack", pack), run_clean("explain", f"in/{name}2.html")
        assert shown[0].code == 1
        for ran in shown:
            assert not {"\x1b", "\x07"} & set(ran.out + ran.err)
            assert "a\\x1b]0;judul\\x07b" in ran.out + ran.err
        assert (here / "out" / f"{name}2.txt").read_bytes() == b""

    @pytest.mark.parametrize("name", ["...html", "..html", "a\\..\\b.html", "-.html", "~.html"])
    def test_a_name_that_means_something_elsewhere_stays_a_name(self, here, pack, run_clean, name):
        (here / "in").mkdir()
        (here / "in" / name).write_text(DIRTY)
        assert run_clean("in", "-o", "out", "--pack", pack).code == 0
        texts = [path for path in here.rglob("*.txt") if path.is_file()]
        assert texts == [here / "out" / f"{name.removesuffix('.html')}.txt"]

    def test_a_path_beside_a_cut_is_short_however_long_the_page_makes_its_names(self, here, pack, run_clean):
        tag = "x" + "y" * 500_000
        (here / "satu.html").write_text(page(FIRST, f"<{tag}><div>zzlihat: x</div></{tag}>", LAST))
        assert run_clean("satu.html", "-o", "out", "--pack", pack).code == 0
        [cut] = rows(here / "out/removed.jsonl")[0]["removed"]
        assert len(cut["path"]) < 200
