"""Stretches inside a line: where they begin, how they end, what belongs to them in front."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cleaner import clean

Cut = Callable[..., str]


def rule(inline: str, more: str = "") -> str:
    return f'[[rule]]\nid = "satu"\nkind = "related"\nwhy = "Satu."\n{more}\n[rule.inline]\n{inline}\n'


# --- where a stretch begins -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Harga turun zurna pekan ini.", "Harga turun ⟦zurna⟧ pekan ini."),
        ("Harga turunZurna pekan ini.", "Harga turun⟦Zurna⟧ pekan ini."),
        ("Harga 2024Zurna pekan ini.", "Harga 2024⟦Zurna⟧ pekan ini."),
        ("Harga turun.zurna pekan ini.", "Harga turun.⟦zurna⟧ pekan ini."),
        ("Harga turunzurna pekan ini.", "Harga turunzurna pekan ini."),
        ("HARGA TURUNZURNA PEKAN INI.", "HARGA TURUNZURNA PEKAN INI."),
    ],
)
def test_a_literal_counts_at_a_words_start_or_at_a_seam_of_the_scrape(
    text: str, cut: str, cut_by: Cut
) -> None:
    assert cut_by(rule('literal = ["zurna"]'), text) == cut


def test_each_literal_of_a_rule_and_each_place_of_it_counts(cut_by: Cut) -> None:
    shown = cut_by(rule('literal = ["zurna", "rebab"]'), "a zurna b rebab c zurna d")
    assert shown.count("⟦") == 3


def test_a_pattern_holds_the_literal_and_stays_on_its_line(cut_by: Cut) -> None:
    pattern = rule("literal = [\"zurna:\"]\npattern = 'zurna:[^.]{1,99}'")
    assert cut_by(pattern, "Satu. Zurna: dua tiga. Empat.\nZurna:\nlima") == (
        "Satu. ⟦Zurna: dua tiga⟧. Empat.\nZurna:\nlima"
    )


def test_a_group_named_cut_narrows_the_stretch_to_itself(cut_by: Cut) -> None:
    pattern = rule("literal = [\"zurna:\"]\npattern = 'zurna: (?P<cut>\\w+) lagi'")
    assert cut_by(pattern, "Satu zurna: dua lagi.") == "Satu zurna: ⟦dua⟧ lagi."


def test_a_cased_pattern_sees_the_text_as_it_is(cut_by: Cut) -> None:
    cased = rule("literal = [\"zurna\"]\ncased = 'ZURNA'")
    assert cut_by(cased, "Satu ZURNA dua zurna tiga.").count("⟦") == 1


def test_what_stands_on_a_line_that_goes_is_not_cut_twice(cut_by: Cut) -> None:
    rules = '[[rule]]\nid = "baris"\nkind = "ad"\nwhy = "Baris."\nstarts = ["rebab"]\n' + rule(
        'literal = ["zurna"]'
    )
    assert cut_by(rules, "Satu.\nRebab zurna\nDua.") == "Satu.\n⟦Rebab zurna⟧\nDua."


# --- how it ends ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("end", "cut"),
    [
        ("match", "Satu dua. ⟦Zurna:⟧ Tiga di 3.500 kg (lagi). Empat.\nLima."),
        ("sentence", "Satu dua. ⟦Zurna: Tiga di 3.500 kg (lagi).⟧ Empat.\nLima."),
        ("line", "Satu dua. ⟦Zurna: Tiga di 3.500 kg (lagi). Empat.⟧\nLima."),
    ],
)
def test_a_stretch_ends_with_its_match_its_sentence_or_its_line(end: str, cut: str, cut_by: Cut) -> None:
    text = "Satu dua. Zurna: Tiga di 3.500 kg (lagi). Empat.\nLima."
    assert cut_by(rule(f'literal = ["zurna:"]\nend = "{end}"'), text) == cut


@pytest.mark.parametrize("end", ["sentence", "line"])
def test_a_stretch_longer_than_the_rule_allows_is_left_alone(end: str, cut_by: Cut) -> None:
    limited = rule(f'literal = ["zurna:"]\nend = "{end}"', "max = 10")
    assert "⟦" in cut_by(limited, "Satu. Zurna: dua tiga")
    assert "⟦" not in cut_by(limited, "Satu. Zurna: dua tiga empat")


def test_a_headline_ends_where_the_next_sentence_of_the_article_begins(cut_by: Cut) -> None:
    pointer = rule('literal = ["zurna :"]\nend = "headline"')
    text = (
        "Harga cabai turun pekan ini. Zurna : Harga Beras Naik, Pedagang di Pasar Legi Mengeluh "
        "Pedagang yang ditemui di lokasi berharap panen berlanjut sampai akhir tahun."
    )
    shown = cut_by(pointer, text)
    assert shown.count("⟦") == 1
    gone = shown[shown.index("⟦") + 1 : shown.index("⟧")].strip()
    assert gone == "Zurna : Harga Beras Naik, Pedagang di Pasar Legi Mengeluh"


def test_a_headline_that_runs_into_a_tag_has_no_end_that_is_known(cut_by: Cut) -> None:
    pointer = rule('literal = ["zurna :"]\nend = "headline"')
    text = (
        "<p>Harga cabai turun pekan ini.</p><p>Zurna : Harga Beras Naik, Pedagang di Pasar Legi Mengeluh</p>"
        "<p>Pedagang yang ditemui di lokasi berharap panen berlanjut.</p>"
    )
    assert "⟦" not in cut_by(pointer, text)


def test_an_advertisement_goes_from_behind_the_headline_to_its_own_end(cut_by: Cut) -> None:
    ads = rule('literal = ["zurna :"]\nend = "ad"')
    text = (
        "Lampung – Harga cabai turun pekan ini. Zurna : Harga Beras Naik, Pedagang di Pasar Legi Mengeluh "
        "Lutut sakit? Lakukan ini, dan nyeri sendi Anda akan hilang dalam 7 hari! "
        "Pedagang yang ditemui di lokasi berharap panen berlanjut sampai akhir tahun."
    )
    shown = cut_by(ads, text)
    gone = shown[shown.index("⟦") + 1 : shown.index("⟧")].strip()
    assert gone == "Lutut sakit? Lakukan ini, dan nyeri sendi Anda akan hilang dalam 7 hari!"


# --- what belongs to it in front --------------------------------------------------------------------------


def test_before_must_stand_in_front_of_the_literal_and_goes_with_it(cut_by: Cut) -> None:
    before = rule("literal = [\"zurna\"]\nbefore = 'rebab [a-z]{1,9} '")
    assert cut_by(before, "Satu Rebab dua zurna tiga.") == "Satu ⟦Rebab dua zurna⟧ tiga."
    assert "⟦" not in cut_by(before, "Satu dua zurna tiga.")
    assert "⟦" not in cut_by(before, "Rebab\ndua zurna tiga.")


def test_words_are_those_since_the_last_sentence_ended(cut_by: Cut) -> None:
    back = rule('literal = ["zurna"]\nback = "words"')
    shown = cut_by(back, "Harga turun. Petani di 3.500 hektare zurna tiga.")
    assert shown == "Harga turun. ⟦Petani di 3.500 hektare zurna⟧ tiga."


def test_sentence_takes_the_full_stop_in_front_along(cut_by: Cut) -> None:
    back = rule('literal = ["zurna"]\nback = "sentence"')
    shown = cut_by(back, "Harga turun. Petani menjemur cabai. zurna tiga.")
    assert shown == "Harga turun. ⟦Petani menjemur cabai. zurna⟧ tiga."


def test_the_articles_own_title_is_not_one_of_the_words(cut_by: Cut) -> None:
    title, text = "Cabai Murah", "Cabai Murah Petani menjemur cabai zurna Brebes - Harga turun."
    back = rule('literal = ["zurna"]\nback = "words"')
    shown = cut_by(back, text, title=title)
    assert shown.startswith("Cabai Murah")
    assert "⟦" in shown
    assert "Cabai Murah" not in shown[shown.index("⟦") :]
    assert "Petani menjemur cabai zurna" in shown[shown.index("⟦") : shown.index("⟧")]


def test_a_title_that_is_not_sure_to_end_is_never_cut_into(cut_by: Cut) -> None:
    back = rule('literal = ["zurna"]\nback = "words"')
    shown = cut_by(back, "cabai murah petani menjemur zurna Brebes - Harga turun.")
    assert shown.index("⟦") >= len("cabai murah petani menjemur")


def test_a_caption_leaves_the_subheading_in_front_of_it(cut_by: Cut) -> None:
    back = rule('literal = ["zurna:"]\nback = "caption"')
    text = "Harga turun. Sejumlah petani menjemur cabai zurna: Pedagang lega."
    shown = cut_by(back, text)
    assert "Sejumlah petani menjemur cabai zurna:" in shown[shown.index("⟦") : shown.index("⟧")]


# --- where a rule holds at all ----------------------------------------------------------------------------


@pytest.mark.parametrize(("behind", "cut"), [(0, True), (150, True), (250, False)])
def test_a_tail_is_the_last_200_code_points(behind: int, cut: bool, cut_by: Cut) -> None:
    tail = rule('literal = ["zurna"]\ntail = true')
    assert ("⟦" in cut_by(tail, "Satu. zurna " + "👉" * behind)) is cut


def test_lines_that_go_do_not_count_as_the_texts_end(cut_by: Cut) -> None:
    tail = rule("literal = [\"zurna\"]\npattern = 'zurna$'\ntail = true")
    rules = '[[rule]]\nid = "baris"\nkind = "ad"\nwhy = "Baris."\nstarts = ["rebab"]\n' + tail
    text = "Satu. zurna\n" + "Rebab besar sekali.\n" * 30
    assert cut_by(rules, text).startswith("Satu. ⟦zurna\nRebab")


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        pytest.param("Satu. (zurna)", "Satu. ⟦(zurna)⟧", id="the text's last line"),
        pytest.param("Satu. (zurna).  \nDua.", "Satu. ⟦(zurna).⟧  \nDua.", id="spaces behind it"),
        pytest.param("Satu. (zurna) Dua.", "Satu. (zurna) Dua.", id="not its end"),
        pytest.param("Satu. (zurna) Dua.\n(rebab)", "Satu. (zurna) Dua.\n(rebab)", id="another line's end"),
    ],
)
def test_a_rule_can_ask_for_the_end_of_the_literals_line(text: str, cut: str, cut_by: Cut) -> None:
    # The pattern would match in all of them: what holds it back is `ends`.
    ends = 'literal = ["("]\nends = [")", ")."]\npattern = \'\\(zurna\\)\\.?\''
    assert cut_by(rule(ends), text) == cut


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        pytest.param("Satu zurna dua.", True, id="one line"),
        pytest.param("Satu zurna dua.\nTiga.", False, id="two lines"),
        pytest.param(
            "Satu zurna dua. " + "Tiga empat. " * 80 + "\nLima.",
            True,
            id="a line of more than 800 code points",
        ),
        pytest.param("Satu zurna dua.\n" + "Tiga empat. " * 80, False, id="a short line beside such a one"),
        pytest.param("Satu zurna dua.\n" + "Tiga empat.\n" * 80, False, id="as much on many lines"),
    ],
)
def test_a_rule_for_glued_texts_holds_in_no_other(text: str, cut: bool, cut_by: Cut) -> None:
    assert ("⟦" in cut_by(rule('literal = ["zurna"]\nglued = true'), text)) is cut


def test_when_a_cut_leaves_one_line_the_rules_for_glued_texts_hold(cut_by: Cut) -> None:
    rules = '[[rule]]\nid = "baris"\nkind = "ad"\nwhy = "Baris."\nstarts = ["rebab"]\n' + rule(
        'literal = ["zurna"]\nglued = true'
    )
    assert cut_by(rules, "Satu zurna dua.\nRebab tiga").count("⟦") == 2


def test_a_cut_that_brings_two_halves_of_a_marker_together_is_followed_by_another(cut_by: Cut) -> None:
    nested = rule('literal = ["(zurna)"]')
    assert cut_by(nested, "Satu (zur(zurna)na) dua.") == "Satu ⟦(zur(zurna)na)⟧ dua."


def test_a_text_that_could_be_cut_for_ever_is_left_as_it_is(
    cleaner_of: Callable[..., Callable[..., object]],
) -> None:
    from cleaner import Document

    text = "Satu." + " (zurna)" * 40
    result = cleaner_of(rule("literal = [\"(zurna)\"]\npattern = '\\(zurna\\)$'"))(Document(text))
    assert (result.text, result.removals) == (text, ())  # type: ignore[attr-defined]
    assert [suspect.text for suspect in result.suspects] == ["(zurna)"]  # type: ignore[attr-defined]


def test_a_match_that_ends_only_where_it_may_look_no_further_is_none(cut_by: Cut) -> None:
    dashes = rule("literal = [\"zz\"]\npattern = 'z{2,}+(?=$)'")
    assert cut_by(dashes, "Satu.\n" + "z" * 500 + "\nDua.").count("⟦") == 1
    assert cut_by(dashes, "Satu.\n" + "z" * 700 + "\nDua.").count("⟦") == 0


@pytest.mark.parametrize("end", ["\n", "\r\n", " \n", "\u00a0\n"])
def test_white_space_behind_a_line_hides_nothing_at_its_end(end: str) -> None:
    prompt = "Ikuti Whatsapp Channel Warta Tani"
    text = f"Judul berita{end}Pedagang berharap panen berlanjut.{prompt}{end}Sumber : Antara{end}"
    result = clean(text)
    assert prompt in [removal.text.strip() for removal in result.removals]
    assert clean(result.text).text == result.text
