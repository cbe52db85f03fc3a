"""`clean report`: a page that shows what a run did, holds all it needs and takes no text for markup."""

from __future__ import annotations

import json
import re
import zlib
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from hashlib import sha256
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from typing import Any

import chromium
import pytest
from json_lines import lines

from cleaner.kinds import Kind
from cleaner.report.blocks import ListBlocks, block
from cleaner.report.figures import Names

PACK = 'format = 1\noutlet = "contoh"\n' + "".join(
    f"""
[[rule]]
id = "{kind}-line"
kind = "{kind}"
why = "A line that says what it is."
starts = ["zz{kind}:"]
removes = ["⟦zz{kind}: x⟧"]
keeps = ["x"]
"""
    for kind in Kind
)
EVIL = """</script><script>document.title='diserang'</script><!--<img src=x onerror="document.title='ya'">"""
GIF = "R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="
OVERRIDES = "Kiri \u202eexe.nanak\u202c kanan \x1b[2J bel \x07 dan \u2066pulau\u2069."


def text_of(*kinds: str) -> str:
    cuts = "".join(f"zz{kind}: potongan {kind}\n\n" for kind in kinds)
    return f"Paragraf pertama tentang pasar.\n\n{cuts}Paragraf terakhir tentang sungai."


@pytest.fixture
def ran(here, write_pack, run_clean) -> Callable[..., None]:
    """Runs `clean` over records, or over the lines of a dump, into out.jsonl."""

    def run_over(*records: dict[str, Any] | bytes, options: tuple[str, ...] = ()) -> None:
        (here / "in.jsonl").write_bytes(lines(*records))
        pack = ("--pack", write_pack(PACK), "--outlet", "contoh")
        assert run_clean("in.jsonl", "-o", "out.jsonl", *pack, *options).code in (0, 1)

    return run_over


@pytest.fixture
def reported(here, ran, run_clean) -> Callable[..., Path]:
    """The page of a run over some records."""

    def report_of(*records: dict[str, Any] | bytes, options: tuple[str, ...] = ()) -> Path:
        ran(*records, options=options)
        assert run_clean("report", "out.jsonl").code == 0
        return here / "report.html"

    return report_of


def data_of(page: Path) -> dict[str, Any]:
    """What the page's blocks hold: the overview, and the lists by their name."""
    held: dict[str, Any] = {"index": [], "texts": []}
    for id, data in re.findall(r'<script type="application/octet-stream" id="([^"]+)">([^<]*)<', read(page)):
        value = json.loads(zlib.decompress(b64decode(data, validate=True), -zlib.MAX_WBITS))
        if id == "overview-data":
            held["overview"] = value
        else:
            held[id.rpartition("-")[0]] += value
    return held


def read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def source_of(shown: dict[str, Any]) -> str:
    return "".join(piece if isinstance(piece, str) else piece["text"] for piece in shown["pieces"])


class Markup(HTMLParser):
    """The elements of a page with their attributes, and what stands in style and script."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.contents: dict[str, list[str]] = {"style": [], "script": []}
        self._inside: list[str] | None = None
        self.feed(read(page))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag in self.contents and "type" not in dict(attrs):
            self.contents[tag].append("")
            self._inside = self.contents[tag]

    def handle_data(self, data: str) -> None:
        if self._inside is not None:
            self._inside[-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._inside = None


# What is written


def test_every_text_is_in_the_page_whole_with_its_cuts_marked(reported):
    texts = [
        text_of("related", "ad"),
        text_of(),
        OVERRIDES,
        EVIL,
        "zzmeta: hanya ini",
        "👉 zz İ\r\n\r\nzzad: 👉",
    ]
    shown = data_of(reported(*({"text": text} for text in texts)))["texts"]
    assert [source_of(each) for each in shown] == texts
    cuts = [piece for piece in shown[0]["pieces"] if not isinstance(piece, str)]
    assert [(cut["kind"], cut["rule"]) for cut in cuts] == [
        ("related", "contoh/related-line"),
        ("ad", "contoh/ad-line"),
    ]
    assert all(texts[0][cut["start"] : cut["end"]] == cut["text"] for cut in cuts)


def test_the_figures_are_those_of_the_run(reported):
    records = [{"text": text_of("related", "related")}, {"text": text_of("ad")}, {"text": text_of()}, b"{"]
    overview = data_of(reported(*records))["overview"]
    figures = overview["figures"]
    assert figures["states"] == {"article": 3, "unread": 1}
    assert figures["cuts"] == 3
    assert figures["characters"] == sum(len(record["text"]) for record in records[:3])
    assert figures["kinds"]["related"]["stretches"] == 2
    assert figures["kinds"]["related"]["articles"] == 1
    assert figures["shares"][0] == 1
    rules = {overview["rules"][rule["rule"]]: rule for rule in figures["rules"]}
    assert rules["contoh/related-line"]["stretches"] == 2
    assert rules["contoh/ad-line"]["examples"] == [{"text": "zzad: potongan ad", "entry": 1}]


def test_what_the_policy_left_in_is_told_apart(reported):
    data = data_of(reported({"text": text_of("ad", "related")}, options=("--kinds", "ad")))
    marks = [piece for piece in data["texts"][0]["pieces"] if not isinstance(piece, str)]
    assert [(mark["kind"], mark.get("suspect", False)) for mark in marks] == [
        ("ad", False),
        ("related", True),
    ]
    assert data["overview"]["figures"]["suspects"] == 1


def test_what_was_not_read_stands_in_its_place_with_its_reason(reported):
    shown = data_of(reported({"id": "a", "text": "x"}, b'{"id":\xff', {"id": "b", "text": "y"}))["texts"]
    assert [each["id"] for each in shown] == ["a", "in.jsonl#1", "b"]
    assert shown[1]["reason"].startswith("isn't UTF-8")
    assert shown[1]["pieces"] == ['{"id":\\xff']


def test_a_page_without_an_article_is_listed_with_its_reason(here, run_clean):
    row = {"id": "x", "outlet": None, "sha256": sha256(b"").hexdigest(), "removed": [], "suspects": []}
    (here / "out.jsonl").write_text('{"id":"x","text":""}\n')
    (here / "out.removed.jsonl").write_text(json.dumps(row | {"no_article": "is a list of links"}) + "\n")
    ran = run_clean("report", "out.jsonl")
    assert ran.code == 0
    assert "Listed apart: 1 page without an article." in ran.err
    data = data_of(here / "report.html")
    assert data["texts"][0]["reason"] == "is a list of links"
    assert data["overview"]["figures"]["reasons"][0]["state"] == "empty"


def test_a_folder_of_texts_is_reported_as_a_dump_is(here, write_pack, run_clean):
    (here / "in/a").mkdir(parents=True)
    (here / "in/a/satu.txt").write_text(text_of("ad"))
    (here / "in/dua.txt").write_bytes(b"\xff")
    run_clean("in", "-o", "out", "--pack", write_pack(PACK), "--outlet", "contoh")
    assert run_clean("report", "out", "-o", "out/laporan.html").code == 0
    shown = data_of(here / "out/laporan.html")["texts"]
    assert {each["id"] for each in shown} == {"a/satu", "in/dua.txt"}
    assert text_of("ad") in map(source_of, shown)


@pytest.mark.parametrize("out", ["out.csv", "out.tsv.gz", "out.jsonl.gz", "out.parquet"])
def test_every_format_that_a_run_writes_is_read(here, write_pack, run_clean, out):
    if out.endswith(".parquet"):
        pytest.importorskip("pyarrow")
    text = text_of("ad", "byline") + '\n"kutip", koma'
    (here / "in.jsonl").write_text(json.dumps({"id": "a", "title": "Judul", "text": text}) + "\n")
    ran = run_clean("in.jsonl", "-o", out, "--pack", write_pack(PACK), "--outlet", "contoh")
    assert ran.code == 0, ran.err
    assert run_clean("report", out).code == 0
    shown = data_of(here / "report.html")["texts"][0]
    assert (source_of(shown), shown["title"]) == (text, "Judul")


@pytest.mark.parametrize(
    ("told", "given", "title", "url"),
    [
        (("--title-field", "judul", "--url-field", "tautan"), (), "Harga naik", "https://contoh.example/1"),
        (("--title-field", "judul"), ("--title-field", "sub"), "Di pasar induk", ""),
        ((), ("--url-field", "tautan"), "Judul lain", "https://contoh.example/1"),
    ],
)
def test_the_keys_that_the_run_was_told_are_known_unless_others_are_given(
    here, ran, run_clean, told, given, title, url
):
    record = {
        "nomor": "n-1",
        "judul": "Harga naik",
        "sub": "Di pasar induk",
        "title": "Judul lain",
        "tautan": "https://contoh.example/1",
        "isi": text_of("ad"),
    }
    ran(record, options=(*told, "--text-field", "isi", "--id-field", "nomor"))
    assert run_clean("report", "out.jsonl", *given).code == 0
    held = data_of(here / "report.html")
    (shown,) = held["texts"]
    assert (shown["title"], shown["url"], shown["id"]) == (title, url, "n-1")
    assert source_of(shown) == text_of("ad")
    assert held["index"][0][1] == title


def test_the_parts_of_a_run_know_the_keys_that_all_of_it_was_told(here, ran, run_clean):
    ran({"judul": "Harga naik", "text": "x"}, options=("--title-field", "judul"))
    for ending in (".jsonl", ".removed.jsonl", ".errors.jsonl"):
        (here / f"out{ending}").rename(here / f"part-00000{ending}")
    (here / "out.stats.json").rename(here / "stats.json")
    assert run_clean("report", "part-00000.jsonl").code == 0
    assert data_of(here / "report.html")["texts"][0]["title"] == "Harga naik"


def test_statistics_that_can_not_be_read_are_said_and_the_usual_keys_are_used(here, ran, run_clean):
    ran({"judul": "Harga naik", "title": "Judul lain", "text": "x"}, options=("--title-field", "judul"))
    (here / "out.stats.json").write_text("[")
    said = run_clean("report", "out.jsonl")
    assert said.code == 0
    assert "out.stats.json can't be read" in said.err
    assert "name their key with --title-field" in said.err
    assert data_of(here / "report.html")["texts"][0]["title"] == "Judul lain"
    (here / "out.stats.json").unlink()
    assert run_clean("report", "out.jsonl", "--quiet").err == ""


def test_a_page_is_listed_by_the_title_that_was_read_off_it(here, run_clean):
    body = "".join(f"<p>Harga cabai di pasar induk turun lagi, kata pedagang {at}.</p>" for at in range(6))
    (here / "pages").mkdir()
    (here / "pages" / "satu.html").write_text(
        f"<title>Harga Cabai Turun</title><article><h1>Harga Cabai Turun</h1>{body}</article>"
    )
    assert run_clean("run", "pages", "-o", "keluar").code == 0
    assert run_clean("report", "keluar").code == 0
    assert data_of(here / "report.html")["index"][0][1] == "Harga Cabai Turun"


def test_the_same_run_gives_the_same_page(here, reported, run_clean):
    first = reported({"text": text_of("ad", "meta")}, {"text": EVIL}).read_bytes()
    assert run_clean("report", "out.jsonl", "-o", "-", "-q").out.encode() == first


def test_the_texts_of_the_first_records_only_can_be_taken_along(here, ran, run_clean):
    ran(*({"text": f"{number}"} for number in range(5)))
    said = run_clean("report", "out.jsonl", "--records", "2").err
    assert "--records 5 takes the other 3 along" in said
    data = data_of(here / "report.html")
    assert [source_of(each) for each in data["texts"]] == ["0", "1"]
    assert data["overview"]["figures"]["entries"] == 5


def test_a_report_of_nothing_is_a_page_too(reported):
    assert data_of(reported())["overview"]["figures"]["entries"] == 0


# What can't be shown


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda out: out.replace(b"sungai", b"laut"), "was changed after the run"),
        (lambda out: out.replace(b'"text"', b'"isi"'), "has no 'text' any more"),
        (lambda out: out[:-3] + b"\n", "can't be read any more"),
        (lambda out: out + b'{"text":"baru"}\n', "no row is left for it"),
    ],
)
def test_a_record_that_does_not_match_its_row_is_named_and_listed(here, ran, run_clean, change, reason):
    ran({"id": "satu", "text": text_of("ad")})
    (here / "out.jsonl").write_bytes(change((here / "out.jsonl").read_bytes()))
    said = run_clean("report", "out.jsonl")
    assert said.code == 1
    assert reason in said.err
    data = data_of(here / "report.html")
    assert data["overview"]["figures"]["states"]["unmatched"] == 1
    assert reason in " ".join(each["reason"] for each in data["texts"])


@pytest.mark.parametrize("key", ["id", "bukan_id"])
def test_a_file_that_lost_records_after_the_run_is_shown_as_it_is(here, ran, run_clean, key):
    ran(*({key: f"r{i}", "text": f"Nomor {i}. {text_of('ad')}"} for i in range(4)))
    lines = (here / "out.jsonl").read_bytes().splitlines(keepends=True)
    (here / "out.jsonl").write_bytes(lines[1] + lines[3])
    said = run_clean("report", "out.jsonl")
    assert said.code == 1
    assert "2 rows of the run have no record in out.jsonl any more.\n" in said.err
    data = data_of(here / "report.html")
    assert data["overview"]["figures"]["states"] == {"article": 2}
    assert [source_of(each)[:7] for each in data["texts"]] == ["Nomor 1", "Nomor 3"]


def test_records_of_which_nothing_tells_the_rows_are_told_of_once(here, ran, run_clean):
    ran(*({"text": f"Nomor {i}. {text_of('ad')}"} for i in range(4)))
    lines = (here / "out.jsonl").read_bytes().splitlines(keepends=True)
    (here / "out.jsonl").write_bytes(b"".join(lines[place] for place in (3, 2, 1, 0)))
    said = run_clean("report", "out.jsonl")
    assert said.err.startswith("out.jsonl has 4 records, and the run wrote 4 rows. They belong together")
    assert "… and 1 more whose cuts can't be shown.\n" in said.err


def test_a_suspect_that_does_not_stand_where_its_row_says_is_not_shown(here, ran, run_clean):
    ran({"text": text_of("related")}, options=("--kinds", "ad"))
    rows = here / "out.removed.jsonl"
    rows.write_text(
        rows.read_text().replace('"potongan related', '"potongan lain').replace("zzrelated", "zzlain")
    )
    assert run_clean("report", "out.jsonl").code == 1


@pytest.mark.parametrize("row", ["[]", "{}", "\\xff", '{"id":1,"outlet":2}'])
def test_a_row_that_no_run_has_written_is_named(here, run_clean, row):
    (here / "out.jsonl").write_text('{"text":"x"}\n')
    (here / "out.removed.jsonl").write_text(row + "\n")
    said = run_clean("report", "out.jsonl")
    assert (said.code, "its row is no row of a run" in said.err) == (1, True)


def test_what_it_says_to_a_terminal_has_no_escapes_in_it(here, ran, run_clean):
    ran({"id": "\x1b[2J\u202e", "text": "x"})
    (here / "out.jsonl").write_text('{"text":"y"}\n')
    said = run_clean("report", "out.jsonl").err
    assert "\x1b" not in said
    assert "\\x1b[2J\\u202e" in said


def test_a_folder_never_shows_what_lies_outside_it(here, run_clean):
    (here / "rahasia.txt").write_text("rahasia")
    (here / "out").mkdir()
    row = {"id": "../rahasia", "outlet": None, "sha256": sha256(b"rahasia").hexdigest()}
    (here / "out/removed.jsonl").write_text(json.dumps(row | {"removed": [], "suspects": []}) + "\n")
    assert run_clean("report", "out").code == 1
    assert "rahasia" not in map(source_of, data_of(here / "report.html")["texts"])


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("tiada.jsonl",), "tiada.jsonl doesn't exist"),
        (("in.txt",), "neither a folder nor a .jsonl, .csv"),
        (("in.jsonl",), "in.removed.jsonl isn't there"),
        (("out.jsonl", "--audit", "lain"), "lain.removed.jsonl isn't there"),
        (("out.jsonl", "-o", "out.jsonl"), "out.jsonl is read"),
        (("out.jsonl", "-o", "./out.removed.jsonl"), "out.removed.jsonl is read"),
        (("out.jsonl", "-o", "tiada/report.html"), "can't be written"),
    ],
)
def test_what_can_not_be_done_is_said_and_nothing_is_written(here, ran, run_clean, arguments, reason):
    ran({"text": text_of("ad")})
    (here / "in.txt").write_text("x")
    before = {path: path.read_bytes() for path in here.iterdir()}
    said = run_clean("report", *arguments)
    assert (said.code, reason in said.err) == (2, True)
    assert "nothing was written" in said.err or "no file was changed" in said.err.lower()
    assert {path: path.read_bytes() for path in here.iterdir()} == before


def test_a_folder_that_no_run_has_written_is_refused_with_what_to_give_instead(here, run_clean):
    (here / "kosong").mkdir()
    said = run_clean("report", "kosong")
    assert (said.code, said.out) == (2, "")
    assert said.err == (
        "clean: kosong/removed.jsonl isn't there, so nothing is known of any cuts in kosong; nothing was "
        "written. Give the OUT of a run; if its rows are elsewhere, name their place with --audit PREFIX\n"
    )


def test_what_is_listed_apart_is_counted_in_words(here, ran, run_clean):
    ran({"text": "satu"}, {"text": "dua"}, b"[]", b"[]")
    out = here / "out.jsonl"
    out.write_bytes(out.read_bytes().replace(b"satu", b"tiga").replace(b"dua", b"lima"))
    said = run_clean("report", "out.jsonl").err
    assert "Listed apart: 2 records not read.\n" in said
    assert "Listed apart: 2 records not matching their rows.\n" in said


# What the page is made of


def test_the_policy_allows_the_one_style_and_the_one_script_and_nothing_else(reported):
    markup = Markup(reported({"text": EVIL, "title": EVIL, "id": EVIL}))
    policies = [
        e["content"] for tag, e in markup.elements if e.get("http-equiv") == "Content-Security-Policy"
    ]
    assert len(policies) == len(markup.contents["style"]) == len(markup.contents["script"]) == 1
    hashes = {
        name: b64encode(sha256(contents[0].encode()).digest()).decode()
        for name, contents in markup.contents.items()
    }
    assert policies[0] == (
        f"default-src 'none'; script-src 'sha256-{hashes['script']}'; style-src 'sha256-{hashes['style']}'; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def test_the_page_names_nothing_to_load_and_no_handler(reported):
    markup = Markup(reported({"text": EVIL, "url": "https://contoh.example/"}))
    assert {tag for tag, _ in markup.elements}.isdisjoint(
        {"img", "link", "iframe", "object", "base", "video"}
    )
    for _, attributes in markup.elements:
        assert not any(name.startswith("on") or name in ("src", "style", "action") for name in attributes)
        assert attributes.get("href", "#").startswith("#")
    assert "@import" not in markup.contents["style"][0]
    assert "url(" not in markup.contents["style"][0]


@pytest.mark.parametrize(
    "way", ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(", "fetch("]
)
def test_the_script_has_no_way_from_a_string_to_markup_or_to_code_or_to_a_network(way):
    scripts = [
        each for each in files("cleaner.report").joinpath("assets").iterdir() if each.name.endswith(".js")
    ]
    assert scripts
    assert not [script.name for script in scripts if way in script.read_text(encoding="utf-8")]


@pytest.mark.parametrize("text", [EVIL, "]]>", "\u2028", "&lt;/script&gt;", "\0"])
def test_nothing_in_a_block_can_end_it(text):
    written = block("contoh", text)
    assert re.fullmatch(
        rb'<script type="application/octet-stream" id="contoh">[A-Za-z0-9+/=]+</script>\n', written
    )


def test_a_name_of_out_is_no_markup_either(here, ran, run_clean):
    ran({"text": "x"})
    name = "<script>alert(1)<!--.jsonl"
    (here / "out.jsonl").rename(here / name)
    (here / "out.removed.jsonl").rename(here / name.replace(".jsonl", ".removed.jsonl"))
    assert run_clean("report", name).code == 0
    assert "<script>alert" not in read(here / "report.html")


def test_a_long_list_is_written_block_by_block():
    written: list[bytes] = []
    blocks = ListBlocks("texts", written.append)
    for number in range(1000):
        blocks.add(str(number) * 1000)
        assert len(written) >= number // 400
    blocks.end()
    assert blocks.starts[0] == 0
    assert len(blocks.starts) == len(written) > 2


def test_names_are_numbered_up_to_a_bound():
    names = Names()
    numbers = {names.number(f"nama-{number}") for number in range(10_000)}
    assert max(numbers) < 2_001
    assert names.number("n" * 10_000) == names.number("…")
    assert len(names.all()) == 2_001


# In a browser


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[chromium.Browser]:
    """A browser for all tests of this file."""
    if chromium.executable() is None:
        pytest.skip(
            f"no browser here: none of {', '.join(chromium.NAMES)} is on the PATH, nor named by CHROMIUM"
        )
    running = chromium.Browser(tmp_path_factory.mktemp("profile"))
    yield running
    running.close()


SEVERAL = [
    {"id": "satu", "title": "Harga beras naik", "text": text_of("related", "ad")},
    {"id": "dua", "title": "Jembatan baru", "text": text_of("byline") + " Kata langka."},
    {"id": "tiga", "title": "Tanpa potongan", "text": text_of()},
    b"{rusak",
    {"id": "semua", "title": "Segala jenis", "text": text_of(*Kind)},
]


def listed(page: chromium.Page) -> list[str]:
    """The headings in the list, once it is there."""
    page.until("'listed' in document.documentElement.dataset")
    return list(page.do("[...document.querySelectorAll('.row .heading')].map(each => each.textContent)"))


def show(page: chromium.Page, place: str) -> None:
    """Go to a place of the page as a link does."""
    page.do(f"delete document.documentElement.dataset.listed; location.hash = {json.dumps(place)}")


def test_it_opens_without_a_complaint_and_asks_no_network(browser, reported):
    path = reported(*SEVERAL)
    with chromium.opened(browser) as page:
        page.open(path)
        show(page, "#view=records&open=0")
        page.until("document.querySelector('#article del')")
        assert page.complaints() == []
        assert page.requests() == [path.as_uri()]


def test_the_overview_shows_the_figures_and_links_to_what_they_count(browser, reported):
    with chromium.opened(browser) as page:
        page.open(reported(*SEVERAL))
        text = page.do("document.getElementById('overview').innerText")
        for words in (
            "5\nrecords",
            "10\ncuts",
            "1\nnot read",
            "contoh/ad-line",
            "zzad: potongan ad",
            "byline",
        ):
            assert words in text
        page.do(
            "[...document.querySelectorAll('#overview a')]"
            ".find(link => link.textContent == 'contoh/byline-line').click()"
        )
        assert listed(page) == ["Jembatan baru", "Segala jenis"]


@pytest.mark.parametrize(
    ("place", "headings"),
    [
        ("", ["Harga beras naik", "Jembatan baru", "Tanpa potongan", "is no valid JSON", "Segala jenis"]),
        ("&outlet=contoh", ["Harga beras naik", "Jembatan baru", "Tanpa potongan", "Segala jenis"]),
        ("&outlet=tiada", []),
        ("&kinds=ad", ["Harga beras naik", "Segala jenis"]),
        ("&kinds=ad,byline", ["Harga beras naik", "Jembatan baru", "Segala jenis"]),
        ("&rule=contoh/byline-line", ["Jembatan baru", "Segala jenis"]),
        ("&state=uncut", ["Tanpa potongan"]),
        ("&state=unread", ["is no valid JSON"]),
        ("&query=kata%20%20LANGKA", ["Jembatan baru"]),
        ("&query=potongan", ["Harga beras naik", "Jembatan baru", "Tanpa potongan", "Segala jenis"]),
        ("&query=potongan&where=cut", ["Harga beras naik", "Jembatan baru", "Segala jenis"]),
        ("&query=potongan&where=kept", []),
        ("&query=sungai&where=kept&kinds=ad", ["Harga beras naik", "Segala jenis"]),
        ("&query=(.*%5B", []),
        ("&order=cuts-down&state=cut", ["Segala jenis", "Harga beras naik", "Jembatan baru"]),
    ],
)
def test_the_list_holds_what_is_asked_for(browser, reported, place, headings):
    with chromium.opened(browser) as page:
        page.open(reported(*SEVERAL), f"#view=records{place}")
        found = listed(page)
        assert [heading[: len(wanted)] for heading, wanted in zip(found, headings, strict=True)] == headings
        assert page.do("document.getElementById('found').textContent") == f"{len(headings)} of 5 records"


def test_a_search_that_goes_on_typing_finds_what_a_new_one_finds(browser, reported):
    with chromium.opened(browser) as page:
        page.open(reported(*SEVERAL), "#view=records")
        for query, headings in (("kata", 1), ("kata langkah", 0), ("kata langka", 1), ("p", 4)):
            show(page, f"#view=records&query={query}")
            assert len(listed(page)) == headings


def test_an_article_shows_its_cuts_by_kind_in_words_too(browser, reported):
    with chromium.opened(browser) as page:
        page.open(reported(*SEVERAL), "#view=records&open=4")
        page.until("document.querySelector('#article del')")
        tags = page.do("[...document.querySelectorAll('#article del .tag')].map(each => each.textContent)")
        assert tags == list(Kind)
        page.do("document.querySelector('#article del').focus()")
        assert "related cut by contoh/related-line" in page.do("document.querySelector('.note').textContent")
        line = "getComputedStyle(document.querySelector('#article del .inner')).textDecorationLine"
        assert page.do(line) == "line-through"


def test_hostile_text_is_text(browser, reported):
    record = {
        "id": EVIL,
        "title": EVIL,
        "text": f"{EVIL}\n\nzzad: {EVIL}\n\n{OVERRIDES}",
        "url": "javascript:1",
    }
    with chromium.opened(browser) as page:
        page.open(reported(record, EVIL.encode()), "#view=records&open=0&query=script")
        page.until("document.querySelector('#article del')")
        shown = page.do("document.querySelector('#article .text').textContent")
        assert shown.count(EVIL) == 2
        assert "\\u202eexe.nanak\\u202c" in shown
        assert "\\x1b[2J" in shown
        assert not re.search("[\x1b\x07\u202e\u2066]", page.do("document.body.innerText"))
        assert page.do("document.title") == "What was cut · out.jsonl"
        assert page.do("document.images.length + document.querySelectorAll('script:not([type])').length") == 1
        assert page.do("[...document.links].every(link => link.getAttribute('href').startsWith('#'))")
        assert page.complaints() == []


@pytest.mark.parametrize(
    "attempt",
    [
        "document.body.innerHTML = '<b>x</b>'",
        "document.body.append(Object.assign(document.createElement('script'), { text: '1' }))",
        "fetch('data:,x')",
        "new Promise((done, fail) => Object.assign(new Image(), { onload: done, onerror: fail, src: GIF }))",
    ],
)
def test_the_browser_refuses_what_the_policy_forbids(browser, reported, attempt):
    with chromium.opened(browser) as page:
        page.open(reported({"text": "x"}))
        attempt = attempt.replace("GIF", f"'data:image/gif;base64,{GIF}'")
        tried = f"(async () => {{ try {{ await ({attempt}) }} catch {{ return 'refused' }} }})()"
        assert page.do(tried) == "refused"


def test_a_long_line_and_many_cuts_are_shown_a_part_at_a_time(browser, reported):
    long = "a" * 1_000_000 + " ujung"
    many = "zzad: x\n" * 4_000
    with chromium.opened(browser) as page:
        page.open(reported({"text": long}, {"text": many}), "#view=records&open=0")
        page.until("document.querySelector('#article .more')")
        assert page.do("document.querySelector('#article .text').textContent.length") < 20_000
        assert page.do("document.querySelector('#article .text').textContent.endsWith(' ujung')")
        while page.do("!!document.querySelector('#article .more')"):
            page.do("document.querySelector('#article .more').click()")
        assert page.do("document.querySelector('#article .text').textContent") == long
        show(page, "#view=records&open=1")
        page.until("document.querySelectorAll('#article del').length > 400")
        assert page.do("document.querySelectorAll('#article del').length") < 4_000
        page.do("document.querySelector('#article .more').click()")
        assert page.do("document.querySelectorAll('#article del').length") > 800


def test_long_runs_of_blank_lines_take_one_line_that_counts_them_and_stay_as_they_are(browser, reported):
    spread = "\n\n\n\nSatu.\n\nDua.\n\n\nTiga.\n \n\t\n\u00a0\r\n\nzzad: x" + "\n" * 200 + "Empat."
    with chromium.opened(browser) as page:
        page.open(reported({"text": spread}, {"text": text_of("ad")}), "#view=records&open=0")
        page.until("document.querySelector('#article del')")
        gaps = "[...document.querySelectorAll('#article .gap')].map(each => {})"
        assert page.do(gaps.format("each.dataset.blank")) == [
            "4 blank lines",
            "4 blank lines",
            "199 blank lines",
        ]
        assert page.do(gaps.format("getComputedStyle(each, '::before').content")) == [
            '"· 4 blank lines ·"',
            '"· 4 blank lines ·"',
            '"· 199 blank lines ·"',
        ]
        line = "parseFloat(getComputedStyle(document.querySelector('#article .text')).lineHeight)"
        assert page.do("document.querySelector('#article .text').offsetHeight") < 20 * page.do(line)
        # What is copied is the text, blank lines and all.
        page.do("getSelection().selectAllChildren(document.querySelector('#article .text'))")
        assert "\n" * 200 + "Empat." in page.do("getSelection().toString()")
        said = "document.querySelectorAll('#article .text :is(.unseen, .tag)')"
        page.do(f"[...{said}].forEach(each => each.remove())")
        assert page.do("document.querySelector('#article .text').textContent") == spread.replace("\r\n", "\n")
        show(page, "#view=records&open=1")
        page.until("document.querySelector('#article .text').textContent.includes('sungai')")
        assert page.do("document.querySelector('#article .gap')") is None
        assert page.complaints() == []


def test_of_a_long_list_only_what_is_in_sight_exists(browser, reported):
    records = [{"id": f"nomor-{number}", "text": text_of("ad")} for number in range(3_000)]
    with chromium.opened(browser) as page:
        page.open(reported(*records), "#view=records")
        assert len(listed(page)) < 60
        page.do("document.getElementById('list').scrollTop = 1e9")
        page.until(
            "document.querySelector('.row:last-of-type') && document.body.innerText.includes('nomor-2999')"
        )
        assert page.do("document.querySelectorAll('.row').length") < 60


def test_the_keyboard_is_enough(browser, reported):
    focus = "document.activeElement.id || document.activeElement.className"
    with chromium.opened(browser) as page:
        page.open(reported(*SEVERAL))
        page.press("Tab")
        assert page.do(focus) == "skip"
        assert page.do("document.activeElement.getBoundingClientRect().left") >= 0
        assert page.do("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        page.press("Enter")
        assert page.do(focus) == "main"
        page.press("/")
        assert page.do(focus) == "query"
        page.type("potongan")
        page.until("document.getElementById('found').textContent.startsWith('4 of')")
        page.press("ArrowDown")
        assert page.do(focus) == "list"
        page.press("ArrowDown", "ArrowDown")
        page.until("document.querySelector('#article h2')?.textContent == 'Jembatan baru'")
        page.press("Home", "Enter")
        page.until("document.querySelector('#article h2').textContent == 'Harga beras naik'")
        assert page.do(focus) == "article"
        page.press("n", "n")
        assert "zzad: potongan ad" in page.do("document.activeElement.innerText")
        page.press("n")
        assert "zzrelated: potongan" in page.do("document.activeElement.innerText")
        assert (
            page.do("getComputedStyle(document.activeElement.querySelector('.inner')).outlineStyle")
            == "solid"
        )
        assert page.do("document.querySelectorAll('#article del[tabindex=\"0\"]').length") == 1


def test_what_is_being_typed_stays_when_the_address_changes(browser, reported):
    with chromium.opened(browser) as page:
        page.open(reported(*SEVERAL))
        page.press("/")
        page.type("potongan")
        page.do("dispatchEvent(new HashChangeEvent('hashchange'))")
        assert page.do("document.getElementById('query').value") == "potongan"
        page.until("document.getElementById('found').textContent.startsWith('4 of')")


def test_assistive_technology_is_told_what_is_seen(browser, reported):
    with chromium.opened(browser) as page:
        page.open(reported(*SEVERAL))
        roles = tree(page)
        assert ("table", "What was cut, by outlet and kind") in roles
        assert any(role == "image" and name.startswith("related ") for role, name in roles)
        show(page, "#view=records&open=0&query=potongan")
        page.until("document.querySelector('#article del')")
        listed(page)
        roles = tree(page)
        assert any(role == "status" for role, _ in roles)
        assert ("listbox", "Records found") in roles
        assert sum(role == "option" and "cut" in name for role, name in roles) >= 4
        assert sum(role == "deletion" for role, _ in roles) == 2
        assert ("heading", "Harga beras naik") in roles
        active = (
            "document.getElementById(document.getElementById('list').getAttribute('aria-activedescendant'))"
        )
        assert page.do(f"{active}.getAttribute('aria-posinset')") == "1"
        assert page.do(f"{active}.getAttribute('aria-selected')") == "true"
        assert page.do("document.getElementById('found').getAttribute('aria-live')") == "polite"


def tree(page: chromium.Page) -> list[tuple[str, str]]:
    """The roles and names that the page has for assistive technology."""
    nodes = page.call("Accessibility.getFullAXTree")["nodes"]
    return [
        (node["role"]["value"], node.get("name", {}).get("value", ""))
        for node in nodes
        if not node["ignored"]
    ]


CONTRAST = """
(() => {
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map(Number).slice(0, 3).map((v) => v / 255)
      .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (node) => {
    for (let each = node; each; each = each.parentElement) {
      const colour = getComputedStyle(each).backgroundColor;
      if (!/, 0\\)$/.test(colour)) return colour;
    }
    return getComputedStyle(document.documentElement).backgroundColor;
  };
  const speaks = (node) => [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
  const measured = (node) => {
    const lights = [light(getComputedStyle(node).color), light(ground(node))].sort((a, b) => b - a);
    const what = `${node.tagName}.${node.className} ${node.textContent.slice(0, 30)}`;
    return [what, (lights[0] + 0.05) / (lights[1] + 0.05)];
  };
  const all = [...document.querySelectorAll("body *")];
  return Object.fromEntries(all.filter((node) => speaks(node) && node.checkVisibility()).map(measured));
})()
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_stands_out_from_its_ground(browser, reported, scheme):
    path = reported(*SEVERAL, {"text": text_of("ad")})
    with chromium.opened(browser, scheme=scheme) as page:
        page.open(path)
        measured = page.do(CONTRAST)
        show(page, "#view=records&open=4&query=potongan&kinds=ad")
        page.until("document.querySelector('#article del mark')")
        listed(page)
        measured |= page.do(CONTRAST)
        assert len(measured) > 60
        assert {what: contrast for what, contrast in measured.items() if contrast < 4.5} == {}


def test_light_and_dark_are_the_readers_choice(browser, reported):
    path = reported({"text": "x"})
    grounds = []
    for scheme in ("light", "dark"):
        with chromium.opened(browser, scheme=scheme) as page:
            page.open(path)
            grounds.append(page.do("getComputedStyle(document.documentElement).backgroundColor"))
    assert grounds[0] != grounds[1]


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("place", ["#view=overview", "#view=records", "#view=records&open=0"])
def test_it_fits_the_width(browser, reported, width, place):
    wide = {
        "id": "i" * 400,
        "title": "t" * 400,
        "text": "x" * 4000 + "\nzzad: " + "y" * 4000,
        "url": "u" * 400,
    }
    path = reported(wide, *SEVERAL)
    with chromium.opened(browser, width=width, height=740) as page:
        page.open(path, place)
        if "records" in place:
            listed(page)
        assert page.do("document.documentElement.scrollWidth") <= width


def test_on_a_phone_an_article_takes_the_place_of_the_list_and_back_brings_it_again(browser, reported):
    with chromium.opened(browser, width=360, height=740) as page:
        page.open(reported(*SEVERAL), "#view=records")
        listed(page)
        page.do("document.querySelector('.row').click()")
        page.until("document.querySelector('#article del')?.checkVisibility()")
        assert not page.do("document.getElementById('list').checkVisibility()")
        page.do("history.back()")
        page.until("document.getElementById('list').checkVisibility()")


def test_a_report_of_nothing_says_so(browser, reported):
    with chromium.opened(browser) as page:
        page.open(reported())
        assert page.do("document.querySelectorAll('#overview a').length") == 0
        assert "What was cut, by kind\n\nNone." in page.do("document.getElementById('overview').innerText")
        show(page, "#view=records")
        page.until("document.getElementById('nothing').innerText == 'The run has no records.'")
        assert page.complaints() == []


def test_only_what_is_there_has_a_link_to_it(browser, reported):
    links = """Object.fromEntries([...document.querySelectorAll(".tiles li")].map(
        (tile) => [tile.innerText.replace("\\n", " "), !!tile.querySelector("a")]))"""
    with chromium.opened(browser) as page:
        page.open(reported(*SEVERAL))
        told = page.do(links)
        assert (told["1 not read"], told["0 not matching their row"]) == (True, False)
        assert (told["0 pages without an article"], told["5 records"]) == (False, True)


def test_a_search_without_an_answer_says_so_where_the_answer_would_be(browser, reported):
    with chromium.opened(browser) as page:
        page.open(reported(*SEVERAL), "#view=records&query=tiada")
        assert listed(page) == []
        assert "No record fits." in page.do("document.querySelector('.panes').innerText")
        show(page, "#view=records&query=potongan")
        assert len(listed(page)) == 4
        assert "No record fits." not in page.do("document.querySelector('.panes').innerText")


@pytest.mark.parametrize(
    ("entry", "leads"),
    [
        (0, {"Previous record": False, "Next record": True, "Previous cut": True, "Next cut": True}),
        (2, {"Previous record": True, "Next record": True, "Previous cut": False, "Next cut": False}),
        (4, {"Previous record": True, "Next record": False, "Previous cut": True, "Next cut": True}),
    ],
)
def test_a_step_that_leads_nowhere_is_told_from_one_that_does(browser, reported, entry, leads):
    steps = """Object.fromEntries([...document.querySelectorAll(".steps button:not(:first-child)")].map(
        (step) => [step.innerText, step.getAttribute("aria-disabled") !== "true"]))"""
    with chromium.opened(browser) as page:
        page.open(reported(*SEVERAL), f"#view=records&open={entry}")
        page.until(f"JSON.stringify({steps}) == JSON.stringify({json.dumps(leads)})")


def test_a_record_whose_cuts_can_not_be_shown_is_not_said_to_have_none(browser, here, ran, run_clean):
    ran({"text": text_of("ad")})
    (here / "out.jsonl").write_text('{"text":"lain"}\n')
    assert run_clean("report", "out.jsonl").code == 1
    with chromium.opened(browser) as page:
        page.open(here / "report.html", "#view=records&open=0")
        page.until("document.querySelector('.note')")
        assert "Nothing was cut" not in page.do("document.getElementById('article').innerText")


def test_a_table_shows_what_it_is_sorted_by_and_turns_round_at_a_second_click(browser, reported):
    records = [{"text": text_of("ad"), "url": f"https://{host}/1"} for host in ("a.example", "viva.co.id")]
    head = "[...document.querySelectorAll('th button')].find(each => each.innerText == 'cuts')"
    names = "[...document.querySelectorAll('table')].at(-1).innerText.match(/contoh\\/\\w+/g).join(' ')"
    with chromium.opened(browser) as page:
        page.open(reported(*records, {"text": text_of("byline")}))
        sorts = "[...document.querySelectorAll('[aria-sort]')].map(each => each.innerText + each.ariaSort)"
        assert page.do(sorts) == ["articlesdescending", "charactersdescending"]
        page.do(f"{head}.click()")
        assert page.do(names) == "contoh/ad contoh/byline"
        page.do(f"{head}.click()")
        assert page.do(names) == "contoh/byline contoh/ad"
        assert "cutsascending" in page.do(sorts)


def test_a_bar_is_as_long_as_the_share_that_its_heading_names(browser, reported):
    path = reported({"text": text_of("ad")}, {"text": text_of("ad", "byline")}, {"text": "Tanpa potongan."})
    bars = """[...document.querySelectorAll('table')]
        .filter(table => /share of (what was cut|the articles)/.test(table.tHead.innerText))
        .flatMap(table => [...table.querySelectorAll('.plot')])
        .map(plot => [plot.querySelector('rect')?.getAttribute('width') ?? '0%', plot.ariaLabel])"""
    with chromium.opened(browser) as page:
        page.open(path)
        drawn = page.do(bars)
        assert drawn
        for width, said in drawn:
            share = float(re.search(r"([\d.]+) %$", said)[1])
            assert float(width.removesuffix("%")) == pytest.approx(share, abs=0.06)
        assert "a full bar is" in page.do("document.getElementById('overview').innerText")


def test_the_smallest_bar_is_seen(browser, reported):
    records = [{"text": text_of("ad")} for _ in range(400)] + [{"text": "Tanpa potongan."}]
    widths = "[...document.querySelectorAll('.fill-plain')].map(bar => bar.getBoundingClientRect().width)"
    with chromium.opened(browser, width=400) as page:
        page.open(reported(*records))
        drawn = [width for width in page.do(widths) if width]
        assert (len(drawn), min(drawn) >= 2) == (2, True)


def test_the_ring_around_an_open_article_is_whole(browser, reported):
    """The note at its foot stays in sight, and would cover the ring's lower side."""
    with chromium.opened(browser) as page:
        page.open(reported(*SEVERAL), "#view=records&open=0")
        page.until("document.querySelector('.note')")
        shadow = "getComputedStyle(document.querySelector('.note')).boxShadow"
        assert page.do(shadow) == "none"
        page.do("document.getElementById('list').focus()")
        page.press("Home", "Enter")
        page.until("document.activeElement.id == 'article'")
        assert "inset" in page.do(shadow)


def test_a_page_that_was_cut_off_says_so(browser, reported):
    path = reported(*({"text": f"{number} " + text_of("ad")} for number in range(20)))
    whole = read(path)
    path.write_text(whole[: whole.index('id="texts-0"') + 60])
    with chromium.opened(browser) as page:
        page.open(path, "#view=records&open=3")
        page.until("!document.getElementById('trouble').hidden")
        assert "Write it again" in page.do("document.getElementById('trouble').textContent")
