"""A ledger: what a dump says of its lines, and what that proves about one article."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cleaner import Certainty, Cleaner, Document, Policy, rebuild
from cleaner.cli import app
from cleaner.drift import sides
from cleaner.dumps.records import FieldNames
from cleaner.dumps.sources import find_sources
from cleaner.dumps.work import Part, Settings
from cleaner.errors import LedgerError
from cleaner.ledger import MAGIC, Ledger, key_of, plain_words
from cleaner.ledger_builder import LedgerBuilder
from cleaner.outlet import Outlet

LEAD = "Harga cabai rawit di Pasar Legi turun pekan ini, kata para pedagang di sana."
LAST = "Pedagang berharap panen di Brebes berlanjut sampai akhir tahun ini."
OTHER = "Harga Beras Naik, Pembeli di Pasar Legi Mengeluh"
OWN = "Harga Cabai Rawit Turun di Pasar Legi"
WARTA = Outlet("warta", "Warta")


def article(title: str, text: str = LEAD) -> Document:
    return Document(text, title=title)


def built(path: Path, articles: Iterable[Document], outlet: str | None = "warta", full: int = 1000) -> Ledger:
    with LedgerBuilder(full) as builder:
        for each in articles:
            builder.add(each, outlet)
        builder.write(path)
    return Ledger(path)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return built(tmp_path / "ledger", [article(OTHER), article(OWN)])


def removed(document: Document, ledger: Ledger | None, outlet: Outlet | None = WARTA) -> list[str]:
    result = Cleaner(outlet, None, ledger)(document)
    assert rebuild(result.text, result.removals) == document.text
    again = Cleaner(outlet, None, ledger)(Document(result.text, title=document.title))
    assert again.text == result.text
    return [removal.text.strip() for removal in result.removals]


# --- what it proves ---------------------------------------------------------------------------------------


def test_what_is_read_or_is_no_ledger_is_not_replaced_by_one(tmp_path: Path) -> None:
    dump, notes = tmp_path / "dump.jsonl", tmp_path / "notes.txt"
    dump.write_text('{"text": "Harga cabai turun.", "title": "Harga Cabai di Pasar Induk Turun"}\n')
    notes.write_text("Catatan.")
    for out, said in ((dump, "is read"), (notes, "is no ledger")):
        before = out.read_bytes()
        made = CliRunner().invoke(app, ["ledger", "build", str(dump), "-o", str(out)])
        assert made.exit_code == 2
        assert said in " ".join(made.output.split())
        assert out.read_bytes() == before


def test_a_line_that_is_another_articles_title_goes_for_certain(ledger: Ledger) -> None:
    page = Document(f"{LEAD}\n\n{OTHER}\n\n{LAST}", title=OWN)
    (removal,) = Cleaner(WARTA, None, ledger)(page).removals
    assert (removal.rule, removal.certainty) == ("ledger/headline", Certainty.marked)
    assert removed(page, ledger) == [OTHER]


def test_without_a_ledger_nothing_changes(ledger: Ledger) -> None:
    assert removed(Document(f"{LEAD}\n\n{OTHER}\n\n{LAST}", title=OWN), None) == []


@pytest.mark.parametrize(
    "written", [OTHER.upper(), OTHER.replace(",", " -"), f"• {OTHER}", f"“{OTHER}”"], ids=str.split
)
def test_signs_and_capitals_make_no_other_title(ledger: Ledger, written: str) -> None:
    assert removed(Document(f"{LEAD}\n\n{written}\n\n{LAST}", title=OWN), ledger) == [written]


def test_an_unmarked_headline_that_was_inferred_is_marked_with_a_ledger(tmp_path: Path) -> None:
    page = Document(f"VIVA – {LEAD}\n\n{OTHER}\n\n{LAST}", title=OWN)
    viva = Cleaner.for_outlet("viva").outlet
    (inferred,) = Cleaner(viva)(page).removals
    (marked,) = Cleaner(viva, None, built(tmp_path / "l", [article(OTHER)], "viva"))(page).removals
    assert (inferred.certainty, marked.certainty) == (Certainty.inferred, Certainty.marked)
    assert inferred.text == marked.text


def test_it_gives_the_end_of_a_headline_inside_a_line(tmp_path: Path) -> None:
    headline = "Sari Dewi Buka Warung"
    known = built(tmp_path / "l", [article(headline)])
    text = f"{LEAD} Baca Juga : {headline} Bayu Tirta Menolak Usul Warga Desa, kata lurah di Brebes. {LAST}"
    assert removed(Document(text), known) == [f"Baca Juga : {headline}"]


# --- what it doesn't prove --------------------------------------------------------------------------------


def test_the_articles_own_title_is_no_evidence(ledger: Ledger) -> None:
    assert removed(Document(f"{LEAD}\n\n{OWN}\n\n{LAST}", title=OWN), ledger) == []


def test_nor_is_it_where_no_record_names_it_but_the_text_opens_with_it(ledger: Ledger) -> None:
    assert removed(Document(f"{OWN}\n\n{LEAD}\n\n{OWN}\n\n{LAST}"), ledger) == []


def test_what_stands_above_the_first_paragraph_stays(ledger: Ledger) -> None:
    assert removed(Document(f"{OTHER}\n\n{LEAD}\n\n{LAST}", title=OWN), ledger) == []


def test_another_outlets_titles_are_no_evidence(ledger: Ledger) -> None:
    page = Document(f"{LEAD}\n\n{OTHER}\n\n{LAST}", title=OWN)
    assert removed(page, ledger, Outlet("lain", "Lain")) == []


def test_a_title_of_three_words_is_anybodys_subheading(tmp_path: Path) -> None:
    known = built(tmp_path / "l", [article("Harga Cabai Turun")])
    assert removed(Document(f"{LEAD}\n\nHarga Cabai Turun\n\n{LAST}", title=OWN), known) == []


@pytest.mark.parametrize("sign", ["- ", "1. "])
def test_an_items_sign_makes_it_a_part_of_the_articles_own_list(ledger: Ledger, sign: str) -> None:
    assert removed(Document(f"{LEAD}\n\n{sign}{OTHER}\n\n{LAST}", title=OWN), ledger) == []


def test_many_titles_in_a_row_are_a_list_and_only_suspects(tmp_path: Path) -> None:
    titles = [f"{OTHER} {word}" for word in ("Lagi", "Sekali", "Terus", "Juga")]
    known = built(tmp_path / "l", map(article, titles))
    page = Document("\n\n".join([LEAD, *titles, LAST]), title=OWN)
    assert removed(page, known) == []
    suspects = Cleaner(WARTA, None, known)(page).suspects
    assert [suspect.text for suspect in suspects] == titles
    assert removed(Document("\n\n".join([LEAD, *titles[:3], LAST]), title=OWN), known) == titles[:3]


def test_a_line_that_many_articles_have_is_a_suspect(tmp_path: Path) -> None:
    line = "Temukan Kabar Lain dari Pasar Kami"
    known = built(tmp_path / "l", [article(f"Kabar Pasar Nomor {n}", f"{LEAD}\n{line}") for n in range(120)])
    result = Cleaner(WARTA, None, known)(Document(f"{LEAD}\n\n{LAST}\n\n{line}", title=OWN))
    assert [(suspect.text, suspect.rule) for suspect in result.suspects] == [(line, "ledger/recurring-line")]
    assert not result.removals


def test_a_caption_in_brackets_is_no_first_paragraph_and_the_headline_under_it_stays(tmp_path: Path) -> None:
    known = built(tmp_path / "l", [article(OTHER)])
    caption = "Petani memanen cabai rawit di Desa Larangan, Brebes, Jawa Tengah (Foto: Antara)"
    assert removed(Document(f"{caption}\n\n{OTHER}\n\n{LEAD}"), known) == [caption]


@pytest.mark.parametrize("end", [" ", "\r", "\t"])
def test_a_sentence_stays_whatever_white_space_ends_its_line(tmp_path: Path, end: str) -> None:
    sentence = "Harga beras naik tajam di pasar legi"
    known = built(tmp_path / "l", [article(sentence)])
    assert removed(Document(f"{LEAD}\n{sentence}.{end}\n{LAST}"), known) == []


@pytest.mark.parametrize(
    "text",
    [
        "Baca Juga: {title}\n\n{lead}\n\n{title}\n\n{last}",
        "{lead} Baca juga : Warga Desa Larangan Mulai Panen Cabai\n{title}\n\n{last}",
        "{lead}\n\nTerpopuler: {title}? (ant)",
    ],
)
def test_cleaning_twice_changes_nothing_where_a_cut_moves_the_first_lines(ledger: Ledger, text: str) -> None:
    removed(Document(text.format(title=OTHER, lead=LEAD, last=LAST)), ledger)


@pytest.mark.parametrize(
    "headline", ["Polisi Tangkap Pelaku - Ini Kronologi Kejadian", "Gubernur & Bupati Tinjau Pasar Legi"]
)
def test_signs_between_words_hide_no_title_inside_a_line(tmp_path: Path, headline: str) -> None:
    known = built(tmp_path / "l", [article(headline)])
    text = f"{LEAD} Baca Juga : {headline} Bayu Tirta menolak usul warga, kata lurah di Brebes. {LAST}"
    assert removed(Document(text), known) == [f"Baca Juga : {headline}"]


def test_a_title_that_the_line_goes_on_from_in_a_small_letter_isnt_its_whole_headline(tmp_path: Path) -> None:
    known = built(tmp_path / "l", [article("Sari Dewi Buka Warung")])
    text = (
        f"{LEAD} Baca Juga : Sari Dewi Buka Warung di Brebes Warga desa menolak usul itu, kata lurah. {LAST}"
    )
    assert removed(Document(text), known) == ["Baca Juga : Sari Dewi Buka Warung di Brebes"]


def test_a_quote_that_opens_the_next_sentence_is_none_of_the_headlines(tmp_path: Path) -> None:
    known = built(tmp_path / "l", [article("Sari Dewi Buka Warung di 2025")])
    text = f'{LEAD} Baca Juga : Sari Dewi Buka Warung di 2025"Kami senang," kata lurah di Brebes. {LAST}'
    assert removed(Document(text), known) == ["Baca Juga : Sari Dewi Buka Warung di 2025"]


def test_a_quote_that_the_headline_opened_is_its_own(tmp_path: Path) -> None:
    known = built(
        tmp_path / "l", [article("Sari Dewi Buka 'Warung Sehat'"), article("Bayu Buka Warung Sehat")]
    )
    text = f'{LEAD} Baca Juga : Bayu Buka "Warung Sehat" Lurah di Brebes senang dengan warung itu. {LAST}'
    assert removed(Document(text), known) == ['Baca Juga : Bayu Buka "Warung Sehat"']


def test_a_document_that_was_cleaned_with_a_ledger_keeps_nothing_of_it(tmp_path: Path) -> None:
    headline = "Sari Dewi Buka Warung"
    known = built(tmp_path / "l", [article(headline)])
    text = f"{LEAD} Baca Juga : {headline} Bayu Tirta Menolak Usul Warga Desa, kata lurah di Brebes. {LAST}"
    page = Document(text)
    assert removed(page, known) == [f"Baca Juga : {headline}"]
    assert removed(page, None) == removed(Document(text), None) != [f"Baca Juga : {headline}"]


# --- the file ---------------------------------------------------------------------------------------------

SOME = [article(f"Kabar Pasar Nomor {n % 40}", f"{LEAD}\nBaris {n % 7}\n{n}") for n in range(90)]


def test_the_same_dump_makes_the_same_bytes_in_any_order_and_with_any_memory(tmp_path: Path) -> None:
    one = built(tmp_path / "one", SOME).path.read_bytes()
    # So little memory makes more runs than are merged in one go.
    two = built(tmp_path / "two", reversed(SOME), full=1).path.read_bytes()
    assert one == two


def test_it_counts_articles(tmp_path: Path) -> None:
    ledger = built(tmp_path / "l", SOME)
    assert ledger.articles("warta") == 90
    assert ledger.articles("lain") == 0
    assert ledger.count("titles", key_of("warta", b"kabar pasar nomor 3")) == 3
    assert ledger.count("lines", key_of("warta", b"baris 6")) == 12
    assert ledger.count("lines", key_of("warta", b"89")) == 0, "a line that one article has isn't kept"


def test_it_holds_no_wording(tmp_path: Path) -> None:
    written = built(tmp_path / "l", SOME).path.read_bytes().lower()
    assert not any(word in written for word in (b"kabar", b"pasar", b"cabai", b"baris"))


def test_a_cleaner_with_a_ledger_can_be_pickled(ledger: Ledger) -> None:
    page = Document(f"{LEAD}\n\n{OTHER}\n\n{LAST}", title=OWN)
    cleaner = Cleaner(WARTA, None, ledger)
    assert pickle.loads(pickle.dumps(cleaner))(page) == cleaner(page)


def test_an_empty_dump_makes_a_ledger_that_knows_nothing(tmp_path: Path) -> None:
    ledger = built(tmp_path / "l", [])
    assert removed(Document(f"{LEAD}\n\n{OTHER}\n\n{LAST}"), ledger) == []


def test_words_are_compared_without_signs() -> None:
    assert plain_words('  "harga beras naik, -pembeli_ mengeluh!"') == b"harga beras naik pembeli mengeluh"
    assert plain_words("harga «beras» naik… café") == "harga beras naik café".encode()


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda data: b"", "is no ledger"),
        (lambda data: b"x" + data, "is no ledger"),
        (lambda data: MAGIC + b"{}\n", "header can't be read"),
        (lambda data: data[: -len(data) // 3], "ends too early"),
        (lambda data: data[:-1], "has another size than it says"),
        (lambda data: data + b"\0", "has another size than it says"),
    ],
)
def test_a_damaged_ledger_is_named_and_not_used(
    ledger: Ledger, tmp_path: Path, damage: object, reason: str
) -> None:
    assert callable(damage)
    broken = tmp_path / "broken"
    broken.write_bytes(damage(ledger.path.read_bytes()))
    with pytest.raises(LedgerError, match=reason) as error:
        Ledger(broken)
    assert str(broken) in str(error.value)


# --- the command line -------------------------------------------------------------------------------------


def test_a_dump_makes_a_ledger_and_a_run_uses_it(tmp_path: Path) -> None:
    dump = tmp_path / "dump.jsonl"
    dump.write_text(
        f'{{"title": "{OWN}", "text": "VIVA – {LEAD}\\n\\n{OTHER}\\n\\n{LAST}"}}\n'
        f'{{"title": "{OTHER}", "text": "VIVA – {LAST}"}}\n'
    )
    out, ledger = tmp_path / "clean.jsonl", tmp_path / "dump.ledger"
    run = CliRunner()
    made = run.invoke(app, ["ledger", "build", str(dump), "-o", str(ledger)])
    assert made.exit_code == 0, made.output
    assert "2 articles, 2 titles" in made.output
    assert run.invoke(app, ["run", str(dump), "-o", str(out), "--ledger", str(ledger)]).exit_code == 0
    assert '"rule":"ledger/headline"' in out.with_suffix(".removed.jsonl").read_text()


def test_what_can_not_be_read_is_said_and_the_rest_is_counted(tmp_path: Path) -> None:
    dump = tmp_path / "dump.jsonl"
    dump.write_text(f'{{"title": "{OWN}", "text": "{LEAD}"}}\nnix\n')
    made = CliRunner().invoke(app, ["ledger", "build", str(dump), "-o", str(tmp_path / "l")])
    assert made.exit_code == 1
    assert "1 record could not be read, so the ledger knows nothing of it:" in made.output
    assert "dump.jsonl#1 (line 2) is" in made.output
    assert Ledger(tmp_path / "l").articles(None) == 1


@pytest.mark.parametrize(
    ("name", "held", "said"),
    [
        ("foto.jpg", b"", "there is no .txt or .html file"),
        ("dump.jsonl", b"{}\n", "records; give the file itself as PATH"),
    ],
)
def test_of_a_folder_without_articles_no_ledger_is_made(
    tmp_path: Path, name: str, held: bytes, said: str
) -> None:
    folder, known = tmp_path / "in", tmp_path / "l"
    folder.mkdir()
    (folder / name).write_bytes(held)
    known.write_bytes(MAGIC)
    made = CliRunner().invoke(app, ["ledger", "build", str(folder), "-o", str(known)])
    assert made.exit_code == 2
    assert said in made.output
    assert f"there is nothing to build a ledger from; {known} was not written" in made.output
    assert "--title-field" not in made.output
    assert known.read_bytes() == MAGIC


def test_nor_where_nothing_can_be_read(tmp_path: Path) -> None:
    dump = tmp_path / "dump.jsonl"
    dump.write_text("nix\n")
    made = CliRunner().invoke(app, ["ledger", "build", str(dump), "-o", str(tmp_path / "l")])
    assert made.exit_code == 2
    assert "dump.jsonl#0 (line 1) is no valid JSON" in made.output
    assert "to build a ledger from but 1 record that could not be read" in made.output
    assert not (tmp_path / "l").exists()


def test_a_copy_in_another_process_refuses_another_ledger_in_its_place(ledger: Ledger) -> None:
    packed = pickle.dumps(ledger)
    assert pickle.loads(packed).header == ledger.header
    built(ledger.path, [article("Harga Bawang Merah Naik Lagi")])
    with pytest.raises(LedgerError, match="was replaced by another ledger"):
        pickle.loads(packed)


def test_so_do_all_further_workers_of_a_run(ledger: Ledger) -> None:
    first = Settings(FieldNames(), Policy(), ledger=ledger.path).worker()
    assert first.settings.worker().cleaners.ledger is not None
    built(ledger.path, [article("Harga Bawang Merah Naik Lagi")])
    with pytest.raises(LedgerError, match="was replaced by another ledger"):
        first.settings.worker()


def test_so_do_those_that_clean_a_dump_to_compare_it(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "dump.jsonl").write_text(f'{{"text": "{LEAD}"}}\n')

    def started_late(shards: object, worker: object, work: Settings, jobs: int) -> Iterator[Part]:
        built(ledger.path, [article("Harga Bawang Merah Naik Lagi")])
        yield from map(work.worker(), [])

    monkeypatch.setattr(sides, "parts", started_late)
    found = find_sources([str(tmp_path / "dump.jsonl")])
    settings = Settings(FieldNames(), Policy(), ledger=ledger.path)
    with pytest.raises(LedgerError, match="was replaced by another ledger"):
        sides.measured(found, settings, 2, lambda read, tally: None)


def test_its_content_is_that_of_the_file_that_was_opened(ledger: Ledger) -> None:
    before = ledger.path.read_bytes()
    built(ledger.path, [article("Harga Bawang Merah Naik Lagi")])
    assert ledger.content == before != ledger.path.read_bytes()


def test_a_ledger_that_is_not_there_stops_the_run(tmp_path: Path) -> None:
    dump = tmp_path / "dump.jsonl"
    dump.write_text(f'{{"text": "{LEAD}"}}\n')
    ran = CliRunner().invoke(app, ["run", str(dump), "--ledger", str(tmp_path / "nix")])
    assert ran.exit_code == 2
    assert "nix" in ran.output


def test_the_ledger_hangs_on_neither_the_jobs_nor_the_files(tmp_path: Path) -> None:
    lines = [
        f'{{"title": "Kabar Pasar Nomor {n % 900}", "text": "{LEAD}\\nBaris {n % 70}"}}\n'
        for n in range(60_000)
    ]
    whole, halves = tmp_path / "whole.jsonl", [tmp_path / "1.jsonl", tmp_path / "2.jsonl"]
    whole.write_text("".join(lines))
    halves[0].write_text("".join(lines[:20_000]))
    halves[1].write_text("".join(lines[20_000:]))
    run = CliRunner()
    for name, dumps, jobs in (("one", [whole], "1"), ("two", [whole], "2"), ("files", halves, "1")):
        args = ["ledger", "build", *map(str, dumps), "-o", str(tmp_path / name), "--jobs", jobs]
        assert run.invoke(app, args).exit_code == 0
    built_by_one = (tmp_path / "one").read_bytes()
    assert (tmp_path / "two").read_bytes() == (tmp_path / "files").read_bytes() == built_by_one


def test_a_ledger_is_built_with_the_packs_that_the_run_will_have(tmp_path: Path) -> None:
    pack = tmp_path / "warta.toml"
    pack.write_text('format = 1\noutlet = "warta"\nhosts = ["warta.example"]\n')
    dump = tmp_path / "dump.jsonl"
    dump.write_text(f'{{"title": "{OTHER}", "url": "https://warta.example/1", "text": "{LEAD}"}}\n')
    args = ["ledger", "build", str(dump), "-o", str(tmp_path / "l"), "--pack", str(pack)]
    assert CliRunner().invoke(app, args).exit_code == 0
    assert Ledger(tmp_path / "l").articles("warta") == 1


def test_a_dump_without_titles_makes_a_ledger_that_says_so(tmp_path: Path) -> None:
    dump = tmp_path / "dump.jsonl"
    dump.write_text(f'{{"judul": "{OTHER}", "text": "{LEAD}"}}\n')
    made = CliRunner().invoke(app, ["ledger", "build", str(dump), "-o", str(tmp_path / "l")])
    assert "holds no titles" in made.output
    assert "--title-field" in made.output
