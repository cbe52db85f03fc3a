"""Unmarked headlines of other stories: the last pass, on lines that nobody claimed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cleaner import Certainty, Cleaner, Document, Policy

Cut = Callable[..., str]

STRAY = '[[rule]]\nid = "judul"\nkind = "related"\nwhy = "Judul."\nstray = { judge = "headline" }\n'
LABEL = '[[rule]]\nid = "label"\nkind = "ad"\nwhy = "Iklan."\nstarts = ["polisi"]\n'
HEADLINE = "Polisi Tangkap Pelaku Pencurian Motor di Bekasi, Korban Merugi Rp20 Juta"
PARAGRAPHS = [
    "Harga cabai di sejumlah pasar tradisional turun pekan ini karena panen raya di sentra produksi.",
    "Pedagang yang ditemui di lokasi berharap panen berlanjut sampai akhir tahun, agar harga tetap murah.",
    "Dinas Perdagangan mencatat pasokan masuk setiap hari mencapai dua puluh ton, naik dari pekan lalu.",
]


def article(*between: str) -> str:
    """Three paragraphs, with `between` behind the first."""
    return "\n\n".join((PARAGRAPHS[0], *between, *PARAGRAPHS[1:]))


def test_a_bare_headline_of_another_story_goes_as_inferred(cleaner_of: Callable[..., Cleaner]) -> None:
    (removal,) = cleaner_of(STRAY)(Document(article(HEADLINE))).removals
    assert (removal.text.strip(), removal.certainty, removal.rule) == (
        HEADLINE,
        Certainty.inferred,
        "contoh/judul",
    )


def test_an_outlet_without_that_habit_keeps_it(cut_by: Cut) -> None:
    assert "⟦" not in cut_by("", article(HEADLINE))


@pytest.mark.parametrize(
    "line", ["Dampak bagi Petani", "1. Simpan Cabai di Tempat Kering", "Cara Menyimpan Cabai"]
)
def test_subheadings_and_numbered_headings_stay(line: str, cut_by: Cut) -> None:
    assert "⟦" not in cut_by(STRAY, article(line))


def test_the_articles_own_title_stays_wherever_it_stands(cut_by: Cut) -> None:
    assert "⟦" not in cut_by(STRAY, article(HEADLINE), title=HEADLINE)
    assert "⟦" not in cut_by(STRAY, f"{HEADLINE}\n\n{article(HEADLINE)}")


def test_a_policy_of_higher_certainty_reports_it_instead(cleaner_of: Callable[..., Cleaner]) -> None:
    result = cleaner_of(STRAY, Policy(Certainty.framed))(Document(article(HEADLINE)))
    assert result.text == article(HEADLINE)
    assert [suspect.text for suspect in result.suspects] == [HEADLINE]


def test_a_line_that_a_literal_proves_is_not_judged_by_its_shape(cleaner_of: Callable[..., Cleaner]) -> None:
    (removal,) = cleaner_of(STRAY + LABEL)(Document(article(HEADLINE))).removals
    assert (removal.rule, removal.certainty) == ("contoh/label", Certainty.marked)


ELSEWHERE = STRAY.replace('"headline"', '"headline", topic = "other"')
HEADING = "Dinas Perdagangan Catat Pasokan Cabai Dua Puluh Ton, Harga Turun Jauh"


def test_where_links_lead_elsewhere_a_line_on_the_articles_topic_stays_as_a_suspect(
    cleaner_of: Callable[..., Cleaner],
) -> None:
    assert [removal.text.strip() for removal in cleaner_of(STRAY)(Document(article(HEADING))).removals] == [
        HEADING
    ]
    result = cleaner_of(ELSEWHERE)(Document(article(HEADING)))
    assert result.text == article(HEADING)
    assert [suspect.text for suspect in result.suspects] == [HEADING]


def test_where_links_lead_elsewhere_a_line_on_another_topic_goes(cut_by: Cut) -> None:
    assert cut_by(ELSEWHERE, article(HEADLINE)) == cut_by(STRAY, article(HEADLINE))


def test_where_links_lead_elsewhere_the_records_title_tells_the_topic_too(cut_by: Cut) -> None:
    title = "Kronologi Polisi Tangkap Tiga Pelaku Pencurian Motor"
    assert "⟦" in cut_by(STRAY, article(HEADLINE), title=title)
    assert "⟦" not in cut_by(ELSEWHERE, article(HEADLINE), title=title)


def test_two_strays_on_one_topic_do_not_speak_for_each_other(cut_by: Cut) -> None:
    other = "Polisi Gagalkan Pencurian Motor di Bekasi, Pelaku Kabur Lewat Atap"
    assert cut_by(ELSEWHERE, article(HEADLINE, other)).count("⟦") == cut_by(
        STRAY, article(HEADLINE, other)
    ).count("⟦")


def test_words_that_were_cut_out_of_a_line_do_not_tell_the_topic(cleaner_of: Callable[..., Cleaner]) -> None:
    pointer = (
        '[[rule]]\nid = "lihat"\nkind = "related"\nwhy = "Lihat."\n'
        "[rule.inline]\nliteral = ['lihat: ']\npattern = 'lihat: .+$'\n"
    )
    text = f"{article(HEADLINE)} Lihat: Polisi Tangkap Pelaku Pencurian Motor, Korban Merugi " + "Lagi " * 70
    cleaner = cleaner_of(ELSEWHERE + pointer)
    once = cleaner(Document(text)).text
    assert HEADLINE not in once
    assert cleaner(Document(once)).text == once


def test_a_one_line_text_holds_no_stray_line(cut_by: Cut) -> None:
    assert "⟦" not in cut_by(STRAY, article(HEADLINE).replace("\n\n", " "))
