"""What isn't read with the words: a rule holds for a line, or a marker in one, however many spaces part its
words; and for a line with marks of Markdown or HTML tags as for one without."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Cleaner, Document
from cleaner.as_shown import Shown, as_shown, counts_spaces
from cleaner.shadow import fold, spaced

ARTICLE = "Harga cabai turun pekan ini.\n{}\nPedagang berharap panen berlanjut."
COMMON = Cleaner.for_outlet(None)


@given(st.text("aB  \t.", max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_what_has_single_spaces_is_the_same_but_for_runs(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    plain = spaced(text)
    single = Shown(plain, fold(text), start, end)
    assert single.text[: single.start].rstrip() == plain[:start].rstrip()
    assert single.text.split() == plain[:end].split()
    assert "  " not in single.text[single.start :]


@given(st.text("aB  ", min_size=1, max_size=40))
def test_every_word_of_it_stands_in_the_text_where_it_says(text: str) -> None:
    single = Shown(text, fold(text), 0, len(text))
    at = 0
    for word in single.text.split():
        at = single.text.index(word, at)
        start, end = single.span(at, at + len(word))
        assert text[start:end] == word
        at += len(word)


@pytest.mark.parametrize(
    "line",
    [
        "Baca Juga:  Harga Beras Naik, Pedagang Mengeluh",
        "Reporter:  Sari  Wulan",
        "Simak  Video  'Panen Raya di Brebes'",
        "SCROLL  TO  CONTINUE  WITH  CONTENT",
        "Berita\tTerkait",
        "Petani menjemur  cabai di Brebes (ANTARA FOTO/Sari  Wulan/bt)",
    ],
)
def test_a_line_goes_with_two_spaces_or_a_tab_inside_as_with_one(line: str) -> None:
    single = " ".join(line.split())
    (found,) = COMMON(Document(ARTICLE.format(line))).removals
    (usual,) = COMMON(Document(ARTICLE.format(single))).removals
    assert (found.rule, found.text.strip()) == (usual.rule, line)


def test_a_block_goes_with_two_spaces_inside_its_lines_as_with_one() -> None:
    lines = "Baca  juga:\nHarga  Beras Naik,  Pedagang Mengeluh"
    result = COMMON(Document(ARTICLE.format(lines)))
    assert "".join(removal.text for removal in result.removals).strip() == lines


def test_a_marker_inside_a_line_goes_with_two_spaces_as_with_one() -> None:
    text = "Pedagang berharap panen berlanjut. Pewarta:  Sari  Wulan  Editor:  Bayu Tirta"
    result = COMMON(Document(text))
    assert result.text == "Pedagang berharap panen berlanjut."
    assert result.fields == {"authors": ["Sari  Wulan"], "editors": ["Bayu Tirta"]}


def test_prose_stays_however_its_words_are_spaced() -> None:
    text = ARTICLE.format("Baca  juga  buku  panduan yang  dibagikan panitia sebelum  mendaftar.")
    assert COMMON(Document(text)).text == text


@pytest.mark.parametrize("line", ["Lihat Foto: Sari Wulan", "Laporan Wartawan Tanpa Batas"])
def test_what_an_exception_keeps_it_keeps_with_two_spaces_too(line: str) -> None:
    for kept in (line, line.replace(" ", "  ")):
        assert COMMON(Document(ARTICLE.format(kept))).text == ARTICLE.format(kept)


def test_the_columns_of_a_form_stay_as_they_were_filled_in() -> None:
    text = ARTICLE.format(
        "Judul     : Cabai\nPenulis   : Sari Wulan    Editor    : Bayu Tirta\nLabel     : Warta Tani"
    )
    assert COMMON(Document(text)).text == text


@pytest.mark.parametrize("pattern", ["Baca  juga", r"Baca {2,5}juga", r"Baca[ ]{2}juga", r"Baca\s{3}juga"])
def test_a_pattern_that_asks_for_two_spaces_means_the_text_as_it_stands(pattern: str) -> None:
    assert counts_spaces(pattern)
    assert not counts_spaces(r"Baca {0,3}juga ?: \s")


@pytest.mark.parametrize(
    "line",
    [
        "**Baca Juga:** [Harga Beras Naik, Pedagang Mengeluh](https://example.com/beras)",
        "[**Baca Juga: Harga Beras Naik, Pedagang Mengeluh**](https://example.com/beras?a=1#b)",
        "> Baca Juga: [Harga Beras Naik, Pedagang Mengeluh](/beras)",
        '- **Baca Juga: [Harga Beras Naik](https://example.com/beras "Beras"), Pedagang Mengeluh**',
        "### Baca Juga: Harga Beras Naik, Pedagang Mengeluh [(2)](/2)",
        "__Baca Juga: Harga Beras Naik__, _Pedagang Mengeluh_",
        "<p><strong>Baca Juga: <a href='/beras'>Harga Beras Naik, Pedagang Mengeluh</a></strong></p>",
        "Baca Juga: Harga Beras Naik, Pedagang Mengeluh<br />",
        "*Petani menjemur cabai di Brebes. (Foto: Sari Wulan/ANTARA)*",
        "**SCROLL TO CONTINUE WITH CONTENT**",
        "Ikuti berita kami di [Google News](https://news.google.com/x) dan [WhatsApp](https://whatsapp.com/x)",
    ],
)
def test_a_line_goes_with_marks_of_markdown_or_tags_as_without(line: str) -> None:
    text = ARTICLE.format(f"\n{line}\n").replace("pekan ini", "**pekan ini**</b>")
    assert [removal.text.strip() for removal in COMMON(Document(text)).removals] == [line]


def test_a_block_goes_with_marks_on_its_lines_as_without() -> None:
    lines = "**Baca juga:**\n\n- [Harga Beras Naik, Pedagang Mengeluh](/beras)"
    result = COMMON(Document(ARTICLE.format(f"\n{lines}\n")))
    assert "".join(removal.text for removal in result.removals).strip() == lines


def test_what_a_marked_line_tells_is_told_without_the_marks() -> None:
    result = COMMON(Document(f"{ARTICLE}\n\n**Editor:** [Sari Wulan](https://example.com/sari)"))
    assert result.fields == {"editors": ["Sari Wulan"]}


@pytest.mark.parametrize(
    "line",
    [
        "**Penyebab kenaikan**",
        "## Penyebab kenaikan",
        "Dalam [Harga Diri](https://example.com/buku) ia menulis: *baca juga* hatimu.",
        "- [Sari Wulan](https://example.com/sari), petani",
        "<b>Penyebab kenaikan</b>",
        "Harga a**** naik (**) dan 2 * 3 * 4 = 24",
        "snake_case dan _garis_ bawah __dua__",
    ],
)
def test_prose_stays_whatever_its_marks(line: str) -> None:
    text = ARTICLE.format(f"\n{line}\n").replace("pekan ini", "**pekan ini**")
    assert COMMON(Document(text)).text == text


@pytest.mark.parametrize("line", ["****", "_____", "(*)", "(**)", "> >", "* * *", "[](", "![]("])
def test_signs_that_mark_no_words_are_shown_as_they_stand(line: str) -> None:
    document = Document(f"**Harga** cabai\n{line}\n")
    assert as_shown(document, 16, 16 + len(line)) is None


SEVERAL = "<p>Harga turun.</p><p>Pedagang lega.</p><p>Petani menjemur cabai (Foto: Sari Wulan/Antara)</p>"


@pytest.mark.parametrize(
    "text",
    [
        SEVERAL,
        "Harga turun.<br>Pedagang lega.<br>(Foto: Sari Wulan)",
        "<li>Baca juga: Harga Beras</li><li>Pedagang lega</li>",
    ],
)
def test_tags_that_part_a_line_make_no_marker_of_all_of_it(text: str) -> None:
    assert COMMON(Document(ARTICLE.format(f"\n{text}\n"))).text == ARTICLE.format(f"\n{text}\n")


@pytest.mark.parametrize("below", ["## Penyebab Kenaikan Harga Cabai", "> Kami Tidak Akan Menaikkan Harga"])
def test_a_subheading_or_a_quote_below_an_empty_label_stays(below: str) -> None:
    result = COMMON(Document(ARTICLE.format(f"\n**Baca juga:**\n\n{below}\n")))
    assert result.text == ARTICLE.format(f"\n{below}\n")


@pytest.mark.parametrize(
    "line",
    [
        "> Klik [di sini](https://contoh.example) untuk bergabung",
        "> Ikuti saluran WhatsApp kami di [sini](https://contoh.example)",
        "Klik [di sini](https://daftar.dinas.go.id)",
        "[Selengkapnya](https://dinas.go.id)",
    ],
    ids=["a quoted call", "a quoted channel", "an office", "an office's page"],
)
def test_whose_words_or_whose_page_it_is_is_seen_through_no_mark(line: str) -> None:
    assert COMMON(Document(ARTICLE.format(f"\n{line}\n"))).text == ARTICLE.format(f"\n{line}\n")


def test_a_sentence_in_tags_below_a_label_is_no_foot() -> None:
    text = "<p>Film ini diputar.</p>\n<p>Editor: Sari Wulan</p>\n<p>Produser film itu puas.</p>"
    assert COMMON(Document(text)).text == text


@pytest.mark.parametrize(
    "pointer",
    [
        "**[Gambas:Video 20detik]**",
        "**Baca juga:** [Harga Beras Naik, Pedagang Pasar Legi Mengeluh](https://contoh.example/beras)",
        "[Baca juga: Harga Beras Naik, Pedagang Mengeluh](https://contoh.example/beras)",
    ],
)
def test_a_pointer_inside_a_line_goes_with_the_marks_around_it(pointer: str) -> None:
    before, behind = (
        "Harga turun pekan ini.",
        "Pedagang yang ditemui berharap panen berlanjut sampai akhir tahun.",
    )
    assert COMMON(Document(f"{before} {pointer} {behind}")).text == f"{before} {behind}"


@pytest.mark.parametrize("outlet", [None, "tribunnews"])
def test_the_stars_that_close_a_bold_paragraph_are_no_end_mark(outlet: str | None) -> None:
    text = "Harga turun.\n\n**Pedagang lega.**\n\n***Petani rugi.***"
    assert Cleaner.for_outlet(outlet)(Document(text)).text == text


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("Sumber: [Antara](https://a.example) dan [BPS](https://b.example)", {"source": "Antara dan BPS"}),
        ("Editor: **Bayu** Tirta", {"editors": ["Bayu Tirta"]}),
        ("Editor: [Sari](https://a.example) Wulan", {"editors": ["Sari Wulan"]}),
    ],
)
def test_no_mark_is_left_in_what_a_line_tells(line: str, fields: dict[str, object]) -> None:
    assert COMMON(Document(f"Harga **turun**.\n\n{line}")).fields == fields


@pytest.mark.parametrize("blank", ["<p>\u3000</p>", "[\u2003](https://contoh.example)", "<b>\u2003</b>"])
def test_marks_around_nothing_but_white_space_are_no_line_to_judge(blank: str) -> None:
    text = f"Harga turun.\n\nSource:\n{blank}\n"
    assert COMMON(Document(text)).text == text
