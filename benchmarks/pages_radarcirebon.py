"""The templates of Radar Cirebon's pages: .tv, .id, disway, migrated articles, RSS."""

from __future__ import annotations

import parts
from draft import Draft, Event, body, chosen, own_list, sentence, subheading
from parts import Article

RADAR_OWN: tuple[tuple[float, Event], ...] = (
    (0.2, subheading),
    (0.1, sentence("Hal itu disampaikan {name} saat ditemui di kantornya, Sumber, Kamis (13/6) siang.")),
    (0.1, sentence("Peristiwa itu terjadi di Jl. Sumber, tidak jauh dari alun-alun kota.")),
    (0.1, sentence("Pantauan Radar Cirebon, antrean kendaraan mengular hingga ke pintu tol.")),
    (0.1, sentence("Kepada radarcirebon.com, {name} mengaku sudah melapor ke polisi.")),
    (0.1, own_list("1. Foto Kopi KTP", "2. Pas foto terbaru")),
    (0.1, own_list("- KTP asli", "- Surat keterangan sehat")),
)


def radar_pair(draft: Draft) -> None:
    draft.cut("Baca Juga:" + draft.related() + draft.related(), "related", "marked", "glued pair")


def radar_single(draft: Draft) -> None:
    draft.cut(
        draft.rng.choice(("Baca Juga: ", "BACA JUGA: ", "Baca Juga: ")) + draft.related(),
        "related",
        "marked",
        "single headline",
    )


def radar_single_and_pair(draft: Draft) -> None:
    radar_single(draft)
    draft.cut(
        "Baca Juga:" + draft.related() + draft.related(), "related", "marked", "glued pair behind single", "|"
    )


def escape_quotes(draft: Draft) -> None:
    """Now and then the apostrophes of the page, its headline's too, are escaped: some scrapes do so."""
    if draft.chance(0.3):
        paragraphs = tuple(paragraph.replace("'", "\\'") for paragraph in draft.article.paragraphs)
        draft.article = Article(draft.article.title.replace("'", "\\'"), paragraphs)


def radar_tv(draft: Draft) -> None:
    escape_quotes(draft)
    draft.own(draft.article.title)
    line = (
        parts.caption(draft.rng).replace("'", "\\'")
        + "/"
        + draft.rng.choice(("CNN Indonesia", "CNN Indonesia", "Radar Cirebon", "ANTARA"))
    )
    draft.cut(line, "caption", "marked", "caption/agency")
    draft.cut(line, "caption", "marked", "caption/agency again", "|")
    draft.cut("0 Komentar", "chrome", "marked", "0 Komentar at the head", "|")
    pairs = [radar_pair] * draft.rng.randint(1, 2)
    body(
        draft,
        "RADARCIREBON.TV –  ",
        pairs + chosen(draft, (0.3, radar_single), (0.2, radar_single_and_pair), *RADAR_OWN),
    )
    draft.cut("0 Komentar", "chrome", "marked", "0 Komentar at the tail")


def radar_id(draft: Draft) -> None:
    escape_quotes(draft)
    draft.own(draft.article.title)
    if draft.chance(0.5):
        draft.cut(parts.caption(draft.rng).lower(), "caption", "unmarked", "alt text")
    if draft.chance(0.7):
        kicker = draft.rng.choice(("MERIAH", "SIAGA", "PANEN RAYA", "Antre"))
        draft.cut(
            f"{kicker}: {parts.caption(draft.rng)}. FOTO : {parts.name(draft.rng).upper()}/RADAR CIREBON",
            "caption",
            "marked",
            "kicker caption FOTO",
            "|",
        )
    draft.cut("0 Komentar", "chrome", "marked", "0 Komentar at the head", "|")
    pairs = [radar_pair] * draft.rng.randint(1, 2)
    body(
        draft,
        "RADARCIREBON.ID -",
        pairs + chosen(draft, (0.3, radar_single), (0.2, radar_single_and_pair), *RADAR_OWN),
    )
    draft.cut("0 Komentar", "chrome", "marked", "0 Komentar at the tail")


def radar_disway(draft: Draft) -> None:
    draft.cut("Ok", "chrome", "framed", "Ok")
    draft.cut("Daya Motor", "ad", "marked", "Daya Motor", "|")
    draft.own(draft.article.title)
    draft.own(draft.article.title)
    text = parts.caption(draft.rng)
    shape = draft.rng.randint(1, 3)
    if shape == 1:
        draft.cut(f"{text}.-Dok-radarcirebon.com", "caption", "marked", "caption Dok")
    elif shape == 2:
        draft.cut(f"{text}.-{parts.name(draft.rng)}-RADARCIREBON.COM", "caption", "marked", "caption name")
    else:
        draft.cut(
            f"ILUSTRASI. {text}.-{draft.rng.choice(('ist', 'Pixabay', 'istimewa'))}-",
            "caption",
            "marked",
            "caption ILUSTRASI",
        )
    town = parts.city(draft.rng).upper()

    def entries(draft: Draft) -> None:
        draft.cut("BACA JUGA:" + draft.related(), "related", "marked", "BACA JUGA headline")
        draft.cut("BACA JUGA:" + draft.related(), "related", "marked", "BACA JUGA headline, second", "||")

    body(
        draft,
        draft.rng.choice(
            (f"{town}, RADARCIREBON.COM – ", f"{town}, RADARCIREBON.COM - ", "RADARCIREBON.COM – ")
        ),
        [entries] * draft.rng.randint(1, 2) + chosen(draft, *RADAR_OWN),
        draft.rng.choice(("", "(cep)", "(*)")),
    )
    draft.cut("Cek Berita dan Artikel yang lain di Google News", "prompt", "marked", "Cek Berita")
    draft.cut("Sumber:", "meta", "marked", "empty Sumber", "|")


def radar_migrated(draft: Draft) -> None:
    draft.article = Article(
        draft.article.title,
        tuple(
            p.replace('"', '\\"').replace("“", '\\"').replace("”", '\\"') for p in draft.article.paragraphs
        ),
    )
    body(
        draft,
        draft.rng.choice(("CIREBON - ", "RADARCIREBON.COM – ", "KUNINGAN- ")),
        chosen(draft, *RADAR_OWN[1:5]),
        draft.rng.choice(("(cep)", "(azs)", "(*)")),
    )


def radar_rss(draft: Draft) -> None:
    draft.own(draft.article.title)
    body(draft, "RADARCIREBON.ID –", chosen(draft, *RADAR_OWN))
    draft.cut(
        f"The post {draft.article.title} appeared first on Radar Cirebon.",
        "meta",
        "marked",
        "The post … appeared",
    )
