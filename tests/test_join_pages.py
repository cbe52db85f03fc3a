"""`clean run --join-pages`: which records become one, in what order, and the way back to each of them."""

from __future__ import annotations

import json
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from json_lines import compact, rows

from cleaner import Claim, CleanerError, Document, Outlet, Policy, Removal, rebuild
from cleaner.dumps.cleaners import Cleaners
from cleaner.dumps.join import FoundPages, JoinedArticle, Joiner
from cleaner.dumps.records import FieldNames, RecordReader
from cleaner.dumps.tally import Tally
from cleaner.dumps.twice import copied
from cleaner.joining import REPEATED_HEAD

VIVA = "https://www.viva.co.id/berita/nasional/1700001-warga-pesisir-tanam-bakau"
TITLE = "Warga Pesisir Tanam Seribu Bakau di Teluk"
VIVA_1 = f"""{TITLE}

Warga memanggul bibit bakau

Sumber :
  • VIVA/Sari Lestari

VIVA – Warga pesisir menanam seribu bibit bakau di teluk itu pada Minggu pagi. Mereka datang sejak subuh.

Kepala desa menyebut penanaman itu akan diulang tiap tahun sampai garis pantai pulih kembali.

Halaman Selanjutnya"""
VIVA_2 = f"""{TITLE}

Bibitnya didatangkan dari dua desa di seberang sungai, diangkut dengan perahu nelayan.

Baca juga: Harga Cabai Naik Lagi di Pasar Induk

Tahun lalu sebagian besar bibit mati karena terseret ombak pada musim barat.

Halaman Selanjutnya"""
VIVA_3 = """Pemerintah daerah berjanji membangun pemecah ombak sebelum musim itu tiba.

Laporan: Bayu Saputra"""
VIVA_ALL = f"""{TITLE}

VIVA – Warga pesisir menanam seribu bibit bakau di teluk itu pada Minggu pagi. Mereka datang sejak subuh.

Kepala desa menyebut penanaman itu akan diulang tiap tahun sampai garis pantai pulih kembali.

Bibitnya didatangkan dari dua desa di seberang sungai, diangkut dengan perahu nelayan.

Tahun lalu sebagian besar bibit mati karena terseret ombak pada musim barat.

Pemerintah daerah berjanji membangun pemecah ombak sebelum musim itu tiba.

Laporan: Bayu Saputra"""

KOMPASTV = "https://www.kompas.tv/nasional/515001/warga-teluk-tanam-ribuan-bakau"
KOMPASTV_1 = """Warga Teluk Tanam Ribuan Bakau

Kompas nasional | 17 Juni 2024, 20:49 WIB
Warga menanam bakau di tepi teluk. (Sumber: Kompas.tv/Ant)

TELUK, KOMPAS.TV - Ribuan bibit bakau ditanam warga di tepi teluk pada Senin sore.

Baca Juga: Nelayan Teluk Kembali Melaut"""
KOMPASTV_2 = """Warga Teluk Tanam Ribuan Bakau

Kompas nasional | 17 Juni 2024, 20:49 WIB
Warga menanam bakau di tepi teluk. (Sumber: Kompas.tv/Ant)

Penanaman berlangsung sampai malam karena air laut baru surut menjelang petang.

#bakau #teluk

Penulis : Rini Editor : Bayu-A

Sumber : Kompas TV"""

DETIK = "https://news.detik.com/berita/d-7000001/warga-teluk-tanam-ribuan-bakau"
DETIK_1 = "Warga Teluk Tanam Bakau\n\nTeluk\n-\nRibuan bibit bakau ditanam warga pada Senin sore."
DETIK_2 = "Warga Teluk Tanam Bakau\n\nTeluk\n-\nPenanaman berlangsung sampai malam.\n\n(abc/def)"


def page(url: str, text: str, **more: Any) -> dict[str, Any]:
    return {"url": url, "text": text, **more}


def paragraphs(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


@pytest.fixture
def join(here, run_clean):
    """Runs `clean run --join-pages` on a dump and gives back its records, its rows and what was said."""

    def run(*records: Any, options: tuple[str, ...] = ()):
        (here / "in.jsonl").write_bytes(compact(*records))
        ran = run_clean("in.jsonl", "-o", "out.jsonl", "--join-pages", *options)
        assert ran.code == 0, ran.err
        return rows(here / "out.jsonl"), rows(here / "out.removed.jsonl"), ran.err

    return run


@pytest.fixture
def comes_back(here, run_clean):
    """Whether `clean restore` gives back the dump byte by byte."""

    def restore() -> bool:
        assert run_clean("restore", "out.jsonl", "-o", "back.jsonl").code == 0
        return (here / "back.jsonl").read_bytes() == (here / "in.jsonl").read_bytes()

    return restore


WHOLE = [
    TITLE,
    "VIVA – Warga pesisir menanam seribu bibit bakau di teluk itu pada Minggu pagi. Mereka datang sejak "
    "subuh.",
    "Kepala desa menyebut penanaman itu akan diulang tiap tahun sampai garis pantai pulih kembali.",
    "Bibitnya didatangkan dari dua desa di seberang sungai, diangkut dengan perahu nelayan.",
    "Tahun lalu sebagian besar bibit mati karena terseret ombak pada musim barat.",
    "Pemerintah daerah berjanji membangun pemecah ombak sebelum musim itu tiba.",
]


class TestWhatBecomesOne:
    def test_three_pages_of_viva(self, join, comes_back):
        pages = [page(VIVA, VIVA_1), page(f"{VIVA}?page=2", VIVA_2), page(f"{VIVA}?page=3", VIVA_3)]
        [record], _, said = join(*pages)
        assert paragraphs(record["text"]) == WHOLE
        assert "incomplete" not in record["fields"]
        assert record["fields"]["authors"] == ["Bayu Saputra"]
        assert "Joined 3 pages into 1 article." in said
        assert comes_back()

    def test_two_pages_of_kompas_tv(self, join, comes_back):
        [record], [row], _ = join(page(KOMPASTV, KOMPASTV_1), page(f"{KOMPASTV}?page=2", KOMPASTV_2))
        assert paragraphs(record["text"]) == [
            "Warga Teluk Tanam Ribuan Bakau",
            "TELUK, KOMPAS.TV - Ribuan bibit bakau ditanam warga di tepi teluk pada Senin sore.",
            "Penanaman berlangsung sampai malam karena air laut baru surut menjelang petang.",
        ]
        assert record["outlet"] == row["outlet"] == "kompastv"
        assert record["fields"]["published"].startswith("2024-06-17T20:49")
        assert comes_back()

    def test_two_pages_of_detik_by_a_bare_number(self, join, comes_back):
        [record], _, _ = join(page(DETIK, DETIK_1), page(f"{DETIK}/2", DETIK_2))
        assert record["text"].count("Teluk\n-\n") == 1
        assert "Penanaman berlangsung sampai malam." in record["text"]
        assert comes_back()

    def test_addresses_of_one_page_may_differ_in_what_doesnt_count(self, join):
        other = "http://viva.co.id/berita/nasional/1700001-warga-pesisir-tanam-bakau?utm_source=x&page=2#isi"
        assert len(join(page(VIVA, VIVA_1), page(other, VIVA_3))[0]) == 1

    def test_without_the_option_pages_stay_records(self, here, run_clean):
        (here / "in.jsonl").write_bytes(compact(page(VIVA, VIVA_1), page(f"{VIVA}?page=2", VIVA_2)))
        run_clean("in.jsonl", "-o", "out.jsonl")
        assert len(rows(here / "out.jsonl")) == 2

    def test_records_without_a_url_are_left_alone(self, join):
        records = [{"text": VIVA_1}, {"text": VIVA_2, "url": None}, {"text": VIVA_3, "url": 7}]
        assert len(join(*records)[0]) == 3

    def test_amp_pages_are_not_mixed_with_others(self, join):
        amp = VIVA.replace("/berita/", "/amp/berita/")
        assert len(join(page(VIVA, VIVA_1), page(f"{amp}?page=2", VIVA_2))[0]) == 2


class TestOrder:
    @pytest.mark.parametrize("order", [(1, 2, 3), (3, 2, 1), (2, 3, 1), (2, 1, 3)])
    def test_pages_are_in_order_whatever_order_they_come_in(self, join, comes_back, order):
        texts = {1: VIVA_1, 2: VIVA_2, 3: VIVA_3}
        other = page("https://contoh.example/kabar-lain-hari-ini", "Kabar lain.", id=9)
        records: list[Any] = []
        for number in order:
            records += [page(f"{VIVA}?page={number}", texts[number], id=number), other]
        out, _, _ = join(other, *records)
        assert [record["id"] for record in out] == [9, 1, 9, 9, 9]
        assert paragraphs(out[1]["text"]) == WHOLE
        assert comes_back()

    def test_pages_may_be_in_different_files(self, here, run_clean):
        (here / "a.jsonl").write_bytes(compact(page(f"{VIVA}?page=2", VIVA_3), page("", "Kabar lain.")))
        (here / "b.jsonl").write_bytes(compact(page(VIVA, VIVA_1)))
        assert run_clean("a.jsonl", "b.jsonl", "-o", "out.jsonl", "--join-pages").code == 0
        whole, other = rows(here / "out.jsonl")
        assert whole["text"].startswith(TITLE)
        assert other["text"] == "Kabar lain."
        [first, _] = rows(here / "out.removed.jsonl")
        assert [(each["file"], each["index"]) for each in first["pages"]] == [("b.jsonl", 0), ("a.jsonl", 0)]
        assert run_clean("restore", "out.jsonl", "-o", "back.jsonl").code == 0
        assert (here / "back.jsonl").read_bytes() == b"".join(
            (here / name).read_bytes() for name in ("a.jsonl", "b.jsonl")
        )

    def test_the_first_pages_values_are_the_articles(self, join, comes_back):
        pages = [page(f"{VIVA}?page=2", VIVA_2, id="dua", x=2), page(VIVA, VIVA_1, id="satu", x=1, y=None)]
        [record], [row], _ = join(*pages)
        assert (record["id"], record["x"], record["y"], record["url"]) == ("satu", 1, None, VIVA)
        assert row["id"] == "satu"
        assert comes_back()


class TestTheAudit:
    @pytest.fixture
    def audited(self, join):
        pages = [page(f"{VIVA}?page={n}", text, id=n) for n, text in enumerate((VIVA_1, VIVA_2, VIVA_3), 1)]
        [record], [row], _ = join(*pages)
        return pages, record, row

    def test_the_source_is_rebuilt_from_the_text_and_the_removals(self, audited):
        _, record, row = audited
        source = rebuild(record["text"], [Removal(**cut) for cut in row["removed"]])
        assert sha256(source.encode()).hexdigest() == row["sha256"]

    def test_every_removal_points_at_the_record_that_held_it(self, audited):
        pages, _, row = audited
        assert row["removed"]
        for cut in row["removed"]:
            [home] = [
                each for each in row["pages"] if each["start"] <= cut["start"] < cut["end"] <= each["end"]
            ]
            text = pages[home["index"]]["text"]
            assert text[cut["start"] - home["start"] : cut["end"] - home["start"]] == cut["text"]

    def test_every_page_has_its_place_its_url_and_its_hash(self, audited):
        pages, _, row = audited
        for number, (each, source) in enumerate(zip(row["pages"], pages, strict=True), 1):
            assert (each["id"], each["page"], each["file"], each["index"]) == (
                number,
                number,
                "in.jsonl",
                number - 1,
            )
            assert each["url"] == source["url"]
            assert each["sha256"] == sha256(source["text"].encode()).hexdigest()
            assert each["end"] - each["start"] == len(source["text"])

    def test_the_repeated_head_is_a_removal_like_any_other(self, audited):
        _, _, row = audited
        [head] = [cut for cut in row["removed"] if cut["rule"] == REPEATED_HEAD]
        assert (head["kind"], head["certainty"], head["text"].strip()) == ("chrome", "framed", TITLE)

    def test_a_record_of_its_own_has_a_row_as_ever(self, join):
        _, [row], _ = join(page(VIVA, VIVA_1))
        assert "pages" not in row
        assert "covered" not in row


class TestWhatIsMissing:
    def test_a_page_in_the_middle_is_named(self, join, comes_back):
        [record], _, said = join(page(VIVA, VIVA_1), page(f"{VIVA}?page=4", VIVA_3))
        assert record["fields"]["incomplete"] is True
        assert record["fields"]["missing_pages"] == [2, 3]
        assert "A page is missing in 1 article; 'missing_pages' says which." in said
        assert comes_back()

    def test_a_page_behind_the_last_is_not_known_but_pointed_to(self, join):
        [record], _, _ = join(page(VIVA, VIVA_1), page(f"{VIVA}?page=2", VIVA_2))
        assert record["fields"]["incomplete"] is True
        assert "missing_pages" not in record["fields"]

    def test_without_its_first_page_nothing_is_joined(self, join, comes_back):
        records, _, said = join(page(f"{VIVA}?page=2", VIVA_2), page(f"{VIVA}?page=3", VIVA_3))
        assert len(records) == 2
        assert "Not joined, 2 pages: the first page of the article isn't there." in said
        assert comes_back()

    def test_a_bare_number_behind_a_gap_is_not_believed(self, join, comes_back):
        records, _, said = join(
            page(f"{DETIK}/5", DETIK_2), page(DETIK, DETIK_1), page(f"{DETIK}/2", DETIK_2)
        )
        assert [record["url"] for record in records] == [f"{DETIK}/5", DETIK]
        assert "Not joined, 1 page: only a number" in said
        assert comes_back()

    def test_the_same_page_once_more_stays_a_record(self, join, comes_back):
        records, _, said = join(
            page(VIVA, VIVA_1, id=1), page(f"{VIVA}?page=2", VIVA_2), page(VIVA, VIVA_1, id=2)
        )
        assert [record.get("id") for record in records] == [1, 2]
        assert "Not joined, 1 page: the same page is there already." in said
        assert comes_back()


class TestThePageWithTheWholeArticle:
    def test_it_is_the_article_and_covers_the_others(self, join, comes_back):
        pages = [page(f"{VIVA}?page={n}", text) for n, text in ((2, VIVA_2), ("all", VIVA_ALL), (1, VIVA_1))]
        [record], [row], said = join(*pages)
        assert paragraphs(record["text"]) == WHOLE
        assert record["url"] == f"{VIVA}?page=all"
        assert [each["page"] for each in row["pages"]] == ["all"]
        assert [each["page"] for each in row["covered"]] == [1, 2]
        assert "Of them, 2 pages held no more than the page with the whole article." in said
        assert comes_back()

    def test_a_page_that_holds_more_stays_a_record(self, join, comes_back):
        more = f"{VIVA_2}\n\nParagraf ini hanya ada di halaman kedua dan tidak di halaman lengkap."
        records, [row, _], said = join(
            page(f"{VIVA}?page=all", VIVA_ALL), page(VIVA, VIVA_1), page(f"{VIVA}?page=2", more)
        )
        assert [record["url"] for record in records] == [f"{VIVA}?page=all", f"{VIVA}?page=2"]
        assert [each["page"] for each in row["covered"]] == [1]
        assert "Not joined, 1 page: the page with the whole article lacks" in said
        assert comes_back()

    def test_alone_it_is_a_record_like_any_other(self, join):
        _, [row], said = join(page(f"{VIVA}?page=all", VIVA_ALL))
        assert "pages" not in row
        assert "Joined 0 pages into 0 articles." in said


HTML = "<html><head><title>x</title></head><body><div class=main-content-detail>{}</div></body></html>"


def as_html(text: str) -> str:
    return HTML.format("".join(f"<p>{line}</p>" for line in paragraphs(text)))


class TestPagesOfHtml:
    def test_records_that_hold_pages_are_joined_and_come_back_whole(self, join, comes_back):
        records = [
            {"html": as_html(text), "url": f"{VIVA}?page={number}", "n": number}
            for number, text in ((2, VIVA_2), (1, VIVA_1), (3, VIVA_3))
        ]
        [record], [row], _ = join(*records)
        assert paragraphs(record["text"])[-3:] == WHOLE[-3:]
        assert (record["n"], len(row["pages"])) == (1, 3)
        assert row["removed"]
        assert all(cut["path"] for cut in row["removed"])
        assert comes_back()

    def test_a_folder_of_pages_is_joined_by_their_own_addresses(self, here, run_clean):
        (here / "in").mkdir()
        for number, text in ((2, VIVA_2), (1, VIVA_1)):
            link = f'<link rel=canonical href="{VIVA}?page={number}"></head>'
            html = as_html(text).replace("</head>", link)
            (here / f"in/{'ba'[number - 1]}.html").write_text(html, encoding="utf-8")
        assert run_clean("in", "-o", "out", "--join-pages").code == 0
        assert [path.name for path in (here / "out").glob("*.txt")] == ["b.txt"]
        assert run_clean("in", "-o", "alone").code == 0
        run_clean("restore", "alone", "-o", "texts")
        assert run_clean("restore", "out", "-o", "back").code == 0
        for name in ("a.txt", "b.txt"):
            assert (here / "back" / name).read_bytes() == (here / "texts" / name).read_bytes()

    def test_what_an_earlier_run_wrote_for_a_page_is_said_to_be_left(self, here, run_clean):
        self.test_a_folder_of_pages_is_joined_by_their_own_addresses(here, run_clean)
        ran = run_clean("in", "-o", "alone", "--join-pages")
        assert "Left from an earlier run in alone, without a row: a.txt." in ran.err


class TestTwoReadings:
    def test_a_stream_is_joined_too(self, here, run_clean):
        dump = compact(page(VIVA, VIVA_1), page("", "Kabar lain."), page(f"{VIVA}?page=2", VIVA_3))
        ran = run_clean("-", "--join-pages", "-o", "-", "--audit", "bukti", stdin=dump)
        texts = [json.loads(line)["text"] for line in ran.out.splitlines()]
        assert ran.code == 0
        assert texts[1:] == ["Kabar lain."]
        assert texts[0].startswith(TITLE)

    def test_without_rows_it_is_said_that_records_go(self, run_clean):
        ran = run_clean("-", "--join-pages", stdin=compact(page(VIVA, VIVA_1)))
        assert "Nor are the records whose text becomes a part of another one's." in ran.err

    def test_a_stream_that_is_too_large_is_refused(self):
        with pytest.raises(CleanerError, match="write it to a file"), copied(BytesIO(b"x" * 11), most=10):
            pass

    def test_a_stream_that_fits_is_copied(self):
        with copied(BytesIO(b"x" * 10), most=10) as stream:
            assert stream.read() == b"x" * 10

    @pytest.mark.parametrize(
        "later",
        [
            [page(VIVA, VIVA_1)],
            [page(VIVA, VIVA_1), page(f"{VIVA}?page=2", "Lain.")],
            [page(VIVA, VIVA_1), page("", "Sisipan."), page(f"{VIVA}?page=2", VIVA_2)],
            [page(VIVA, VIVA_1), []],
        ],
    )
    def test_a_dump_that_changes_in_between_is_refused(self, later):
        cleaners = Cleaners(Policy())

        def read(records: list[Any]):
            return RecordReader(FieldNames(), cleaners.pages()).lines(
                "x", compact(*records).splitlines(keepends=True)
            )

        with FoundPages() as found:
            found.find(read([page(VIVA, VIVA_1), page(f"{VIVA}?page=2", VIVA_2)]))
            joiner = Joiner(found, cleaners, Tally(), "text")
            with pytest.raises(CleanerError, match="was changed between the two readings"):
                list(joiner.joined(read(later)))

    def test_records_and_errors_come_back_in_their_order(self, here, run_clean):
        good = compact(page(f"{VIVA}?page=2", VIVA_2)), compact(page(VIVA, VIVA_1))
        third = compact(page(f"{VIVA}?page=3", VIVA_3))
        dump = (
            b"[1]\n" + good[0] + b"{\n" + compact(page("", "Lain.")) + b"[2]\n" + good[1] + b"[3]\n" + third
        )
        (here / "in.jsonl").write_bytes(dump + b"[4]\n")
        assert run_clean("in.jsonl", "-o", "out.jsonl", "--join-pages").code == 1
        assert len(rows(here / "out.jsonl")) == 2
        assert run_clean("restore", "out.jsonl", "-o", "back.jsonl").code == 0
        assert (here / "back.jsonl").read_bytes() == dump + b"[4]\n"


class TestWhatFails:
    def test_a_page_that_no_cleaner_can_clean_is_refused_alone(self):
        def stumble(document: Document, view: object) -> list[Claim]:
            raise ValueError(document.text)

        outlet = Outlet("contoh", "Contoh", detectors=(stumble,))
        cleaners = Cleaners(Policy(), "contoh", [outlet])
        lines = compact(page(VIVA, VIVA_1), page(f"{VIVA}?page=2", VIVA_2)).splitlines(keepends=True)
        with FoundPages() as found:
            found.find(RecordReader(FieldNames(), cleaners.pages()).lines("x", lines))
            joiner = Joiner(found, cleaners, Tally(), "text")
            items = list(joiner.joined(RecordReader(FieldNames(), cleaners.pages()).lines("x", lines)))
        assert len(items) == 2
        assert not any(isinstance(item, JoinedArticle) for item in items)

    @pytest.mark.parametrize("place", [b"Bibitnya didatangkan", b'"end":', b'"source":"{'])
    def test_an_article_that_cant_be_proved_is_named_and_the_rest_comes_back(
        self, here, join, run_clean, place
    ):
        join(page(VIVA, VIVA_1), page("", "Lain."), page(f"{VIVA}?page=2", VIVA_2))
        path = here / "out.removed.jsonl"
        path.write_bytes(path.read_bytes().replace(place, place + b"1"))
        ran = run_clean("restore", "out.jsonl", "-o", "back.jsonl")
        assert ran.code == 1
        assert "record 0" in ran.err
        assert compact(page("", "Lain.")) in (here / "back.jsonl").read_bytes()


NUMBERS = st.sampled_from([None, "", "?page=1", "?page=2", "?page=3", "?page=all", "/2", "/3"])
ADDRESSES = st.sampled_from([VIVA, DETIK, "https://contoh.example/indeks"])
TEXTS = st.sampled_from([VIVA_1, VIVA_2, VIVA_3, VIVA_ALL, DETIK_1, "", "Halaman Selanjutnya", "\n x \r\n"])


@given(st.lists(st.tuples(ADDRESSES, NUMBERS, TEXTS), max_size=9))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_whatever_is_joined_every_record_comes_back(here, run_clean, drawn):
    records: list[Any] = [
        [0] if number is None else page(address + number, text, id=place)
        for place, (address, number, text) in enumerate(drawn)
    ]
    # An earlier example's output would stay where nothing can be cleaned.
    records.append({"id": "akhir", "text": "Bersih."})
    (here / "in.jsonl").write_bytes(compact(*records))
    assert run_clean("in.jsonl", "-o", "out.jsonl", "--join-pages", "-q").code in (0, 1)
    for record, row in zip(rows(here / "out.jsonl"), rows(here / "out.removed.jsonl"), strict=True):
        source = rebuild(record["text"], [Removal(**cut) for cut in row["removed"]])
        assert sha256(source.encode()).hexdigest() == row["sha256"]
    (here / "back.jsonl").unlink(missing_ok=True)
    assert run_clean("restore", "out.jsonl", "-o", "back.jsonl").code == 0
    assert (here / "back.jsonl").read_bytes() == compact(*records)


def test_no_other_record_is_cleaned_another_way(here, run_clean):
    (here / "in.jsonl").write_bytes(compact(page(VIVA, VIVA_1), page(DETIK, DETIK_2), {"text": VIVA_3}))
    run_clean("in.jsonl", "-o", "alone.jsonl")
    run_clean("in.jsonl", "-o", "joined.jsonl", "--join-pages")
    for name in ("{}.jsonl", "{}.removed.jsonl"):
        assert (here / name.format("alone")).read_bytes() == (here / name.format("joined")).read_bytes()
