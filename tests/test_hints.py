"""What a page says of a line, and what that decides: rules that ask for a hint, lift and veto."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import assert_sound

from cleaner import Certainty, Cleaner, Document, PackError, Policy, Result, clean, rebuild
from cleaner.hinted import labels_left
from cleaner.hints import HINTS, Label
from cleaner.kept import Kept, gaps_between
from cleaner.readers.page import parsed, read_body
from cleaner.templates import Template

CleanerOf = Callable[..., Cleaner]

STRAY = '[[rule]]\nid = "judul"\nkind = "related"\nwhy = "Judul."\nstray = { judge = "headline" }\n'
HEADLINE = "Polisi Tangkap Pelaku Pencurian Motor di Bekasi, Korban Merugi Rp20 Juta"
PARAGRAPHS = [
    "Harga cabai di sejumlah pasar tradisional turun pekan ini karena panen raya di sentra produksi.",
    "Pedagang yang ditemui di lokasi berharap panen berlanjut sampai akhir tahun, agar harga tetap murah.",
    "Dinas Perdagangan mencatat pasokan masuk setiap hari mencapai dua puluh ton, naik dari pekan lalu.",
]


def rule(hint: str, more: str = "", id: str = "petunjuk", kind: str = "ad") -> str:
    return f'[[rule]]\nid = "{id}"\nkind = "{kind}"\nwhy = "Satu."\nhint = {hint}\n{more}\n'


def page(html: str) -> Document:
    """A page's document. A class with a hint's name gives that hint."""
    template = Template(body=("body",), hints={hint: (f".{hint}",) for hint in HINTS})
    document = read_body(parsed(html), template)
    assert document is not None
    return document


def article(*between: str) -> Document:
    """A page of three paragraphs, with `between` behind the first."""
    first, *others = (f"<p>{text}</p>" for text in PARAGRAPHS)
    return page("".join((first, *between, *others)))


def gone(result: Result) -> list[str]:
    return [removal.text.strip() for removal in result.removals]


# ---------------------------------------------------------------- rules that ask for a hint


def test_a_rule_cuts_the_lines_with_its_hint_and_no_others(cleaner_of: CleanerOf) -> None:
    document = page(
        "<p>Satu.</p><p class=left_out>Dua.</p><p>Tiga.</p><div class=left_out><p>Empat.</p></div>"
    )
    result = cleaner_of(rule('{ any = ["left_out"] }'))(document)
    assert_sound(document.text, result)
    assert (result.text, gone(result)) == ("Satu.\n\nTiga.", ["Dua.", "Empat."])


def test_what_a_page_says_is_as_sure_as_a_literal(cleaner_of: CleanerOf) -> None:
    strict = cleaner_of(rule('{ any = ["left_out"] }'), Policy(Certainty.marked))
    (removal,) = strict(page("<p>Satu.</p><p class=left_out>Dua.</p>")).removals
    assert (removal.certainty, removal.rule, removal.kind) == (Certainty.marked, "contoh/petunjuk", "ad")


def test_one_of_several_hints_will_do(cleaner_of: CleanerOf) -> None:
    document = page("<p>Satu.</p><blockquote>Dua.</blockquote><p class=left_out>Tiga.</p>")
    result = cleaner_of(rule('{ any = ["quote", "left_out"] }'))(document)
    assert gone(result) == ["Dua.", "Tiga."]


def test_a_hint_that_the_line_may_not_have_keeps_it(cleaner_of: CleanerOf) -> None:
    document = page("<p class=left_out>Satu.</p><blockquote class=left_out>Dua.</blockquote>")
    result = cleaner_of(rule('{ any = ["left_out"], none = ["quote"] }'))(document)
    assert gone(result) == ["Satu."]


def test_a_shape_can_be_asked_for_too(cleaner_of: CleanerOf) -> None:
    document = page("<p class=left_out>Satu dua tiga.</p><p class=left_out>Satu Dua Tiga</p>")
    result = cleaner_of(rule('{ any = ["left_out"], shape = "headline" }'))(document)
    assert gone(result) == ["Satu Dua Tiga"]


def test_the_bullet_of_an_item_is_no_part_of_its_shape_and_goes_with_it(cleaner_of: CleanerOf) -> None:
    document = page("<p>Satu.</p><ul class=left_out><li>Harga Beras Naik</li><li>Turun.</li></ul>")
    result = cleaner_of(rule('{ any = ["left_out"], shape = "headline" }'))(document)
    assert gone(result) == ["• Harga Beras Naik"]


def test_a_field_takes_the_line(cleaner_of: CleanerOf) -> None:
    document = page("<p>Satu.</p><p class=left_out>Sari Wulan</p>")
    result = cleaner_of(rule('{ any = ["left_out"] }', 'field = "author"'))(document)
    assert result.fields["authors"] == ["Sari Wulan"]


def test_plain_text_has_no_hints(cleaner_of: CleanerOf) -> None:
    cleaner = cleaner_of(rule('{ any = ["left_out", "heading", "link_only"] }'))
    assert cleaner(Document("Satu.\n\nDua.")).removals == ()


@pytest.mark.parametrize("hint", ["{ any = [] }", '{ any = ["judul"] }', '{ any = ["quote"], none = ["x"] }'])
def test_a_hint_that_nobody_gives_is_refused(hint: str, cleaner_of: CleanerOf) -> None:
    with pytest.raises(PackError, match="hint"):
        cleaner_of(rule(hint))


def test_every_removal_of_a_page_knows_where_it_stood(cleaner_of: CleanerOf) -> None:
    document = page("<p>Satu.</p><div><p>Dua.</p><p class=left_out>Tiga.</p></div><p>Empat. (*)</p>")
    result = cleaner_of(rule('{ any = ["left_out"] }'))(document)
    assert [(removal.text.strip(), removal.path) for removal in result.removals] == [
        ("Tiga.", "body > div:nth-of-type(1) > p:nth-of-type(2)"),
        ("(*)", "body > p:nth-of-type(2)"),
    ]


def test_a_removal_of_plain_text_stood_nowhere_on_a_page(cleaner_of: CleanerOf) -> None:
    (removal,) = cleaner_of("")(Document("Satu. (*)")).removals
    assert removal.path is None


# ------------------------------------------------------- the common rules, on anybody's pages


@pytest.mark.parametrize(
    ("html", "rule_id"),
    [
        ("<figure><img><figcaption>Pasar Legi pada Senin pagi.</figcaption></figure>", "common/caption-box"),
        ("<form><p>Tulis komentar Anda.</p></form>", "common/chrome-box"),
        ("<button>Kirim</button>", "common/chrome-box"),
        (f"<p><a href=/2>{HEADLINE}</a></p>", "common/bare-link"),
        ("<blockquote class=instagram-media><a href=/p>Kiriman Pasar Legi</a></blockquote>", "common/embed"),
    ],
)
def test_what_the_elements_themselves_tell_goes(html: str, rule_id: str, cleaner_of: CleanerOf) -> None:
    (removal,) = cleaner_of("")(article(html)).removals
    assert removal.rule == rule_id


@pytest.mark.parametrize(
    "html",
    [
        f"<h2><a href=/2>{HEADLINE}</a></h2>",
        f"<h3>{HEADLINE}</h3>",
        f"<ul><li><a href=/2>{HEADLINE}</a></li></ul>",
        f"<blockquote><a href=/2>{HEADLINE}</a></blockquote>",
        f"<table><tr><td><a href=/2>{HEADLINE}</a></table>",
        f"<p>{HEADLINE}</p>",
        f"<p>Menurut <a href=/2>{HEADLINE}</a></p>",
        "<p><a href=/2>Pasar Legi</a></p>",
        "<p><a href=/2>Laporan itu memuat harga cabai di dua belas kota.</a></p>",
        "<blockquote class=twitter-tweet><p>Cabai murah lagi</p>&mdash; Sari (@sari)</blockquote>",
        "<blockquote class=instagram-media><a href=/p>Cabai kami panen lagi, terima kasih.</a></blockquote>",
    ],
)
def test_what_may_be_the_articles_own_stays(html: str, cleaner_of: CleanerOf) -> None:
    document = article(html)
    assert cleaner_of("")(document).text == document.text


# ------------------------------------------------------------- unmarked headlines: lift and veto


def test_an_unmarked_headline_that_is_a_link_is_surely_another_storys(cleaner_of: CleanerOf) -> None:
    document = article(f"<p><a href=/2>{HEADLINE}</a></p>")
    assert gone(cleaner_of(STRAY, Policy(Certainty.marked))(document)) == [HEADLINE]


@pytest.mark.parametrize(
    "html",
    [
        f"<h2>{HEADLINE}</h2>",
        f"<h4><a href=/2>{HEADLINE}</a></h4>",
        f"<ul><li>{HEADLINE}</li></ul>",
        f"<table><tr><td>{HEADLINE}</table>",
        f"<blockquote><p>{HEADLINE}</p></blockquote>",
    ],
)
def test_what_the_page_shows_as_a_part_of_the_article_is_not_even_suspected(
    html: str, cleaner_of: CleanerOf
) -> None:
    result = cleaner_of(STRAY)(article(html))
    assert (result.removals, result.suspects) == ((), ())


def test_an_unmarked_headline_that_links_nowhere_is_doubtful_and_stays(cleaner_of: CleanerOf) -> None:
    document = article(f"<p><strong>{HEADLINE}</strong></p>")
    result = cleaner_of(STRAY)(document)
    assert result.text == document.text
    assert [(each.text, each.certainty) for each in result.suspects] == [(HEADLINE, Certainty.doubtful)]


def test_without_a_page_the_same_line_is_judged_by_its_wording(cleaner_of: CleanerOf) -> None:
    text = "\n\n".join((PARAGRAPHS[0], HEADLINE, *PARAGRAPHS[1:]))
    assert gone(cleaner_of(STRAY)(Document(text))) == [HEADLINE]


# ------------------------------------------------------------------------- blocks and boxes

_CREDIT = """
[[rule]]
id = "kredit"
kind = "caption"
why = "Keterangan foto di atas kreditnya."
block = [{ shape = "short", optional = true }, { is = ["foto :"], anchor = true }, { starts = ["•"] }]
"""


def test_a_caption_in_its_box_is_the_caption_of_the_credit_below_it(cleaner_of: CleanerOf) -> None:
    html = (
        "<table><tr><td>Cabai rawit<td>Rp40.000</table>"
        "<figcaption>Pasar Legi pada Senin</figcaption><p>Foto :</p><ul><li>Sari Wulan</li></ul>"
    )
    result = cleaner_of(_CREDIT)(article(html))
    assert gone(result) == ["Pasar Legi pada Senin", "Foto :", "• Sari Wulan"]
    assert "Cabai rawit Rp40.000" in result.text


def test_a_box_of_another_kind_stands_in_no_blocks_way(cleaner_of: CleanerOf) -> None:
    html = "<p>Pasar Legi</p><p class=ad_box>Gulir terus</p><p>Foto :</p><ul><li>Sari Wulan</li></ul>"
    result = cleaner_of(_CREDIT)(article(html))
    assert gone(result) == ["Pasar Legi", "Gulir terus", "Foto :", "• Sari Wulan"]


def test_each_of_two_credits_has_its_own_caption(cleaner_of: CleanerOf) -> None:
    photo = "<figcaption>Pasar Legi</figcaption><p>Foto :</p><ul><li>Sari Wulan</li></ul>"
    bare = "<p>Foto :</p><ul><li>Bayu Tirta</li></ul>"
    result = cleaner_of(_CREDIT)(article(photo + bare))
    assert len(result.removals) == 5
    assert result.text == "\n\n".join(PARAGRAPHS)


# --------------------------------------------------------------------- where lines move to


def test_labels_move_with_their_lines_and_go_with_their_lines_starts() -> None:
    text = "satu\n\ndua tiga\n\nempat"
    labels = {0: Label(("quote",)), 6: Label(("heading",)), 16: Label(("list_item",))}
    whole = Kept(text, gaps_between([(0, 6)], len(text)))
    assert labels_left(labels, whole) == {0: labels[6], 10: labels[16]}
    start = Kept(text, gaps_between([(6, 10)], len(text)))
    assert labels_left(labels, start) == {0: labels[0], 12: labels[16]}
    end = Kept(text, gaps_between([(10, 14)], len(text)))
    assert labels_left(labels, end) == {0: labels[0], 6: labels[6], 12: labels[16]}


def test_a_heading_is_one_in_a_second_pass_too(cleaner_of: CleanerOf) -> None:
    # The cut inside the first paragraph makes the cleaner look at all of it again.
    inline = '[[rule]]\nid = "sela"\nkind = "ad"\nwhy = "Sela."\ninline = { literal = ["[iklan]"] }\n'
    first, *others = PARAGRAPHS
    html = f"<p>{first} [ik[iklan]lan] Lagi.</p><h2>{HEADLINE}</h2>" + "".join(
        f"<p>{text}</p>" for text in others
    )
    result = cleaner_of(STRAY + inline)(page(html))
    assert result.text == "\n\n".join((f"{first} Lagi.", HEADLINE, *others))


def test_what_is_left_of_a_line_still_has_its_hints(cleaner_of: CleanerOf) -> None:
    inline = '[[rule]]\nid = "sela"\nkind = "ad"\nwhy = "Sela."\ninline = { literal = [" (video)."] }\n'
    document = article("<p><a href=/2>Harga Beras Naik, Pedagang Mengeluh (video).</a></p>")
    result = cleaner_of(inline)(document)
    assert result.text == "\n\n".join(PARAGRAPHS)


# ------------------------------------------------------------------------- the one call


def test_a_page_goes_through_the_same_call() -> None:
    paragraphs = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    html = f"<main><div class=main-content-detail>{paragraphs}<p>Baca Juga: {HEADLINE}</p></div></main>"
    result = clean(html=html, url="https://www.viva.co.id/1")
    assert (result.outlet, result.text) == ("viva", "\n\n".join(PARAGRAPHS))
    assert clean(html=html.encode(), url="https://www.viva.co.id/1") == result


def test_white_space_that_a_page_shows_is_no_part_of_a_claim() -> None:
    caption = "<figcaption>Petani memanen cabai.<br>&nbsp;Sawah di Brebes pagi hari</figcaption>"
    first, *others = (f"<p>{text}</p>" for text in PARAGRAPHS)
    html = f"<article>{first}{''.join(others)}<figure>{caption}</figure>{first}</article>"
    result = clean(html=html)
    assert [removal.text.strip() for removal in result.removals] == [
        "Petani memanen cabai.",
        "Sawah di Brebes pagi hari",
    ]
    assert "Petani memanen" in rebuild(result.text, result.removals)
