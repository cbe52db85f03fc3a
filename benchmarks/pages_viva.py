"""The templates of VIVA's pages: all eras, desktop and AMP, regional sub-domains, containers."""

from __future__ import annotations

import parts
from draft import Draft, Event, body, chosen, numbered_heading, sentence, subheading


def viva_credit(draft: Draft) -> str:
    who = parts.name(draft.rng)
    handle = who.split()[0].lower()
    return draft.rng.choice(
        (
            f"VIVA/{who}",
            f"VIVA.co.id/ {who}",
            f"VIVA.co.id/{who}",
            f"VIVAnews/ {who}",
            f"ANTARA/{who}",
            "istimewa",
            "Istimewa",
            f"Repro YouTube {who}",
            f"Twitter/@{handle}",
            f"www.instagram.com/{handle}",
            f"instagram.com/{handle}/",
            "Dokumentasi Humas Polri.",
            f"{who}/Pool via AP",
        )
    )


def viva_caption(draft: Draft) -> str:
    text = parts.caption(draft.rng)
    # Long captions are cut off, in the middle of a word too.
    return text[: draft.rng.randint(20, len(text))].strip() if draft.chance(0.15) and len(text) > 30 else text


def viva_head_photo(draft: Draft) -> None:
    draft.cut(viva_caption(draft), "caption", "framed", "head caption")
    draft.cut("Sumber :", "caption", "marked", "head Sumber", "|")
    draft.item(viva_credit(draft), "caption", "framed", "head credit")


def viva_photo(draft: Draft) -> None:
    draft.cut(viva_caption(draft), "caption", "framed", "photo caption")
    draft.cut("Photo :", "caption", "marked", "Photo")
    draft.item(viva_credit(draft), "caption", "framed", "photo credit")
    if draft.layout == "blocked" and draft.chance(0.5):
        draft.cut(draft.related(), "related", "unmarked", "headline glued to photo", "|")
    elif draft.chance(0.3):
        draft.own(parts.summary(draft.rng), "|")


def viva_stray(draft: Draft) -> None:
    draft.cut(
        draft.rng.choice(("", "", "", "", "Terpopuler: ", "Top News: ")) + draft.related(),
        "related",
        "unmarked",
        "headline",
    )


def viva_strays(draft: Draft) -> list[Event]:
    # Only the desktop template with its blank lines has them.
    return [viva_stray] * draft.rng.randint(1, 4) if draft.layout == "blocked" else []


def viva_dateline(draft: Draft) -> str:
    town = parts.city(draft.rng)
    return draft.rng.choice(
        (
            "VIVA – ",
            "VIVA - ",
            f"{town}, VIVA - ",
            f"{town}, VIVA – ",
            f"{town} – ",
            f"{town}  – ",
            f"{town}\xa0 –\xa0 ",
        )
    )


def viva_teaser(draft: Draft) -> None:
    if draft.layout == "blocked" and draft.chance(0.15):
        draft.cut(draft.related(), "related", "unmarked", "headline on teaser")
        draft.cut(parts.caption(draft.rng), "related", "framed", "teaser caption", "|")
    else:
        draft.cut(parts.caption(draft.rng), "related", "framed", "teaser caption")
    draft.cut(draft.related(), "related", "framed", "teaser headline")
    draft.cut(parts.summary(draft.rng), "related", "framed", "teaser summary")
    draft.cut("img_title", "chrome", "marked", "img_title")
    draft.cut("VIVA.co.id", "related", "framed", "teaser brand", "|")
    draft.cut(parts.date(draft.rng), "related", "framed", "teaser date", "|")


VIVA_OWN = (
    (0.3, subheading),
    (0.15, numbered_heading),
    (
        0.08,
        sentence(
            "Kabar itu dibenarkan {name} kepada lampungviva.co.id pada Senin, "
            "saat ditemui di halaman Mapolres."
        ),
    ),
    (0.08, sentence("Kecelakaan terjadi di Kampung Sumber Baru ketika {name} pulang dari ladang.")),
)


def viva_marked(label: str) -> Event:
    return lambda draft: draft.cut(label + draft.related(), "related", "marked", f"{label.strip()} headline")


def viva_list(draft: Draft) -> None:
    draft.cut(
        draft.rng.choice(("Baca Juga :", "Baca Juga:", "Baca juga:")), "related", "marked", "list label"
    )
    for _ in range(draft.rng.randint(2, 3)):
        draft.cut(draft.related(), "related", "framed", "list headline", "|")


def viva_pointer(draft: Draft) -> None:
    line = draft.rng.choice(
        ("Baca selengkapnya di sini", "Baca selengkapnya di sini.", "Baca berita lengkapnya di sini.")
    )
    if draft.chance(0.5):
        draft.cut(line, "related", "marked", "pointer line")
    else:
        draft.cut(
            draft.rng.choice(("Klik di sini.", "Baca selengkapnya di sini.")),
            "related",
            "marked",
            "pointer in paragraph",
            " ",
        )


def viva_desktop(draft: Draft) -> None:
    draft.own(draft.article.title)
    viva_head_photo(draft)
    body(draft, viva_dateline(draft), viva_strays(draft) + chosen(draft, (0.6, viva_photo), *VIVA_OWN))
    if draft.chance(0.2):
        draft.cut(f"Laporan: {parts.name(draft.rng)}", "byline", "marked", "Laporan")
    if draft.chance(0.1):
        draft.cut(
            "Artikel ini telah ditayangkan di VIVA.co.id dengan judul " + draft.related(),
            "related",
            "marked",
            "ditayangkan",
        )
    if draft.chance(0.85):
        viva_teaser(draft)


def viva_last_page(draft: Draft) -> None:
    draft.own(draft.article.title)
    viva_head_photo(draft)
    body(draft, "", viva_strays(draft) + chosen(draft, (0.6, viva_photo), (0.3, subheading)))


def viva_amp(draft: Draft) -> None:
    draft.own(draft.article.title)
    viva_head_photo(draft)
    label = viva_marked(draft.rng.choice(("Baca juga: ", "Baca Juga: ", "Baca Juga : ")))
    body(draft, viva_dateline(draft), chosen(draft, (1, label), (0.6, label), (0.5, viva_photo), *VIVA_OWN))
    if draft.chance(0.2):
        draft.cut(f"Laporan: {parts.name(draft.rng)}", "byline", "marked", "Laporan")


def viva_flat(draft: Draft) -> None:
    draft.own(draft.article.title)
    handle = draft.rng.choice(("- Ist", "- tvOne", f"- VIVA/{parts.name(draft.rng)}", "@"))
    if handle == "@":
        draft.cut(
            f"{parts.caption(draft.rng)} - Instagram/@{parts.name(draft.rng).split()[0].lower()}",
            "caption",
            "marked",
            "caption - Instagram",
            "|",
        )
    else:
        draft.cut(handle, "caption", "marked", f"head credit {handle[:6]}", "|")
    body(draft, viva_dateline(draft), chosen(draft, (0.5, viva_marked("Baca juga: ")), *VIVA_OWN))


def viva_round_up(draft: Draft) -> None:
    draft.own(draft.article.title)
    viva_head_photo(draft)
    draft.own("VIVA Round Up – " + draft.article.paragraphs[0])
    draft.own("Simak selengkapnya 5 berita terpopuler berikut:")
    paragraphs = draft.article.paragraphs[1:]
    down = draft.chance(0.5)
    for number, paragraph in enumerate(paragraphs):
        draft.own(f"{len(paragraphs) - number if down else number + 1}. {draft.related()}")
        draft.own(paragraph)
        if draft.chance(0.25):
            draft.own("Terpopuler kedua datang dari dunia hiburan dan masih ramai dibicarakan warganet.")
        if draft.layout == "blocked" and draft.chance(0.2):
            viva_stray(draft)
            draft.cut("Baca selengkapnya di sini.", "related", "marked", "pointer line behind headline")
        else:
            viva_pointer(draft)


def viva_baca(draft: Draft) -> None:
    draft.own(draft.article.title)
    label = viva_marked("Baca: ")
    last = draft.rng.choice(("(one)", "(ren)", "(*)", ""))
    body(
        draft,
        "VIVA.co.id –\xa0",
        chosen(draft, (1, label), (0.5, label), (0.3, viva_photo), (0.2, subheading)),
        last,
    )


def viva_vivanews(draft: Draft) -> None:
    draft.own(draft.article.title)
    if draft.chance(0.5):
        viva_head_photo(draft)
    body(
        draft,
        "VIVAnews - ",
        chosen(draft, (0.2, subheading), (0.5, viva_photo)),
        draft.rng.choice(("(umi)", "", "(*)")),
    )


def viva_related_list(draft: Draft) -> None:
    draft.own(draft.article.title)
    viva_head_photo(draft)
    body(
        draft,
        viva_dateline(draft),
        chosen(draft, (1, viva_list), (0.3, viva_list), (0.3, viva_photo), *VIVA_OWN[1:]),
    )


def viva_container(draft: Draft) -> None:
    def script(draft: Draft) -> None:
        slot = f"div-gpt-ad-{draft.rng.randint(10**12, 2 * 10**12)}-0"
        draft.cut(
            f"googletag.cmd.push(function() {{ googletag.display('{slot}'); }});",
            "chrome",
            "marked",
            "ad script",
            "\n\n\n\r\n" if draft.layout == "blocked" else "||",
        )
        draft.own(parts.summary(draft.rng), "\r\n\n\n" if draft.layout == "blocked" else "||")

    paragraphs = draft.article.paragraphs
    draft.own("VIVA.co.id –\xa0 " + paragraphs[0])
    for paragraph in paragraphs[1:3]:
        draft.own(paragraph, "")
    script(draft)
    for paragraph in paragraphs[3:]:
        draft.own(paragraph, "")
    if draft.chance(0.6):
        draft.cut(draft.rng.choice(("(one)", "(ase)", "(*)")), "byline", "marked", "initials", " ")


def viva_native_ad(draft: Draft) -> None:
    draft.cut("Baca Juga : " + draft.related(), "related", "marked", "Baca Juga : headline")
    ad = draft.rng.choice(
        (
            "ROLEX - diskon gila 90%. Hanya hari ini!",
            "Lakukan ini, dan pendengaran Anda akan membaik dalam 5 hari",
            "Nyeri lutut hilang dalam 3 hari! Coba ramuan ini",
        )
    )
    draft.cut(ad, "ad", "unmarked", "native ad")


def viva_regional_photo(draft: Draft) -> None:
    draft.cut("\uf00e " * draft.chance(0.7) + viva_caption(draft), "caption", "framed", "regional caption")
    draft.cut("Photo :", "caption", "marked", "regional Photo", " ")
    draft.cut(viva_credit(draft), "caption", "framed", "regional credit", " ")


def viva_headed_marker(draft: Draft) -> None:
    if draft.chance(0.5):
        draft.own(parts.subheading(draft.rng))
        draft.cut("Baca Juga : " + draft.related(), "related", "marked", "Baca Juga : headline")
    else:
        draft.cut("Baca Juga : " + draft.related(), "related", "marked", "Baca Juga : headline")
        draft.own(parts.subheading(draft.rng))


def viva_next_page(draft: Draft) -> None:
    draft.cut("Halaman Selanjutnya", "prompt", "marked", "Halaman Selanjutnya amid")


def viva_broken_sentence(draft: Draft) -> None:
    words = parts.summary(draft.rng).split()
    half = len(words) // 2
    draft.own(" ".join(words[:half]))
    draft.cut("Halaman Selanjutnya", "prompt", "marked", "Halaman Selanjutnya in sentence")
    draft.own(" ".join(words[half:]))


def viva_regional(draft: Draft) -> None:
    if draft.chance(0.3):
        draft.own(draft.article.title)
    dateline = draft.rng.choice(
        ("Lampung – ", "Bandar Lampung , Lampung – ", "Malang, VIVA – ", "Lampung Selatan, Lampung – ")
    )
    label = viva_marked("Baca Juga : ")
    body(
        draft,
        dateline,
        chosen(
            draft,
            (1, viva_native_ad),
            (0.9, label),
            (0.7, label),
            (0.4, viva_regional_photo),
            (0.3, viva_headed_marker),
            (0.3, viva_next_page),
            (0.15, viva_broken_sentence),
            *VIVA_OWN[2:],
        ),
        draft.rng.choice(("", "", "(*)")),
    )
    if draft.chance(0.6):
        draft.cut("Halaman Selanjutnya", "prompt", "marked", "Halaman Selanjutnya")


def viva_siap(draft: Draft) -> None:
    draft.own(draft.article.title)
    viva_head_photo(draft)
    label = viva_marked("Baca Juga : ")
    body(draft, "Siap", chosen(draft, (0.7, label), (0.4, label), (0.3, viva_photo), (0.3, subheading)))
    if draft.chance(0.4):
        draft.cut("Halaman Selanjutnya", "prompt", "marked", "Halaman Selanjutnya")
