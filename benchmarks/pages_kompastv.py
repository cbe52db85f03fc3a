"""The templates of Kompas TV's pages: AMP, desktop of three eras, video descriptions."""

from __future__ import annotations

import parts
from draft import Draft, Event, body, chosen, sentence, subheading


def kompastv_credit(draft: Draft) -> str:
    who = parts.name(draft.rng)
    return draft.rng.choice(
        (
            f"{who}, Pool Photo via AP",
            "AP Photo",
            "ANTARA",
            f"ANTARA FOTO/{who}/foc",
            "KOMPAS TV",
            "Kompas.tv/Ant",
            "Tribunnews.com",
            f"Instagram @{who.split()[0].lower()}",
            "BBC",
        )
    )


def kompastv_related(draft: Draft) -> None:
    draft.cut(
        "Baca Juga: " + draft.related() + draft.rng.choice(("", "", "", "!", "?")),
        "related",
        "marked",
        "Baca Juga headline",
    )


def kompastv_dateline(draft: Draft) -> str:
    town = parts.city(draft.rng).upper()
    return draft.rng.choice(
        (f"{town}, KOMPAS.TV - ", f"{town}, KOMPAS.TV – ", "KOMPAS.TV - ", f"{town}, KOMPASTV - ")
    )


KOMPASTV_OWN: tuple[tuple[float, Event], ...] = (
    (0.2, subheading),
    (
        0.07,
        sentence(
            "Pada video di atas, Sahabat Kompas TV dapat melihat suasana {city} saat hujan deras turun."
        ),
    ),
    (0.07, sentence("Simak dialognya bersama {name}, pengamat kebijakan publik, berikut ini.")),
    (0.07, sentence("Simak pembahasan selengkapnya bersama {name} dan pakar hukum tata negara.")),
    (0.07, sentence("Kita bahas bersama {name}, peneliti dari sebuah lembaga kajian di {city}.")),
    (0.07, sentence("Artikel yang dimuat pada Rabu itu menyebut {name} sebagai saksi utama.")),
    (0.07, sentence("Sumber mengatakan kepada kantor berita bahwa {name} sudah meninggalkan {city}.")),
)


def kompastv_tags(draft: Draft, joint: str = " ") -> None:
    tags = draft.rng.sample(sorted({parts.tag(draft.rng) for _ in range(6)}), 3)
    draft.cut(joint.join(f"#{tag}" for tag in tags), "meta", "marked", "hashtags")


SOURCES = ("Kompas TV", "The Independent", "Antara", "BBC", "Associated Press", "Kompas.com, Antara")
RUBRICS = (
    "Kompas dunia",
    "Vod",
    "Berita kompas tv",
    "Peristiwa",
    "Kompas petang",
    "Politik",
    "Regional",
    "Hukum",
)


def kompastv_amp(draft: Draft) -> None:
    draft.cut("> >", "meta", "marked", "breadcrumb")
    draft.own(draft.article.title)
    draft.cut(
        f"{draft.rng.choice(RUBRICS)} | {parts.date(draft.rng)}, {parts.clock(draft.rng)} WIB",
        "meta",
        "marked",
        "rubric and date",
    )
    draft.cut(
        f"{parts.caption(draft.rng)}. (Sumber: {kompastv_credit(draft)})", "caption", "marked", "caption", "|"
    )
    related = [kompastv_related] * draft.rng.randint(1, 3)
    body(draft, kompastv_dateline(draft), related + chosen(draft, *KOMPASTV_OWN))
    if draft.chance(0.5):
        kompastv_tags(draft)
    draft.cut(
        f"Penulis : {parts.name(draft.rng)} Editor : {parts.name(draft.rng).replace(' ', '-', 1)}",
        "byline",
        "marked",
        "Penulis Editor",
    )
    draft.cut(
        f"Sumber : {draft.rng.choice(SOURCES)}",
        "meta",
        "marked",
        "Sumber",
    )
    draft.cut("TERBARU", "chrome", "marked", "TERBARU", "\n\n\n" if draft.layout == "blocked" else "||")


def kompastv_amp_glued(draft: Draft) -> None:
    draft.own(draft.article.title)
    draft.cut(
        f"{draft.rng.choice(RUBRICS)} | {parts.date(draft.rng)}, {parts.clock(draft.rng)} WIB",
        "meta",
        "marked",
        "rubric glued to lead",
        "|",
    )
    draft.own(
        draft.rng.choice(("KOMPAS.TV - ", f"{parts.city(draft.rng).upper()}, KOMPAS.TV - "))
        + draft.article.paragraphs[0],
        "",
    )
    for paragraph in draft.article.paragraphs[1:]:
        if draft.chance(0.2):
            kompastv_related(draft)
        draft.own(paragraph)
    if draft.chance(0.7):
        draft.cut(
            f"Penulis : {parts.name(draft.rng)} Editor : {parts.name(draft.rng)}",
            "byline",
            "marked",
            "Penulis Editor",
        )
        draft.cut("Sumber : Kompas TV", "meta", "marked", "Sumber")


def kompastv_2022(draft: Draft) -> None:
    draft.cut(
        draft.rng.choice(
            ("Kompas TV video vod", "Kompas TV nasional peristiwa", "Kompas TV internasional kompas dunia")
        ),
        "meta",
        "marked",
        "breadcrumb words",
    )
    draft.own(draft.article.title)
    draft.cut(
        f"{parts.day(draft.rng)}, {parts.date(draft.rng)} | {parts.clock(draft.rng)} WIB",
        "meta",
        "marked",
        "day and date",
    )
    body(
        draft,
        kompastv_dateline(draft),
        [kompastv_related] * draft.rng.randint(0, 2) + chosen(draft, *KOMPASTV_OWN),
    )
    draft.cut(f"Penulis : {parts.name(draft.rng)}", "byline", "marked", "Penulis")
    draft.cut("Sumber : Kompas TV", "meta", "marked", "Sumber")
    draft.cut("BERITA LAINNYA", "chrome", "marked", "BERITA LAINNYA")
    draft.cut("Close Ads x", "chrome", "marked", "Close Ads x", "||")
    draft.cut("NEWSTICKER", "chrome", "marked", "NEWSTICKER", "|")
    for _ in range(draft.rng.randint(1, 3)):
        draft.cut(parts.clock(draft.rng), "related", "framed", "ticker time", "|")
        draft.cut(draft.related().upper(), "related", "framed", "ticker line", "|")


def kompastv_2023(draft: Draft) -> None:
    if draft.chance(0.5):
        draft.own(draft.article.title)
    draft.cut(
        f"Kompas.tv - {parts.date(draft.rng)}, {parts.clock(draft.rng)} WIB",
        "meta",
        "marked",
        "brand and date",
    )
    draft.cut(
        parts.slug(draft.article.title).replace("-", draft.rng.choice((" ", "-"))),
        "caption",
        "framed",
        "slug as text",
        "|",
    )
    draft.cut(f"{parts.caption(draft.rng)}. (Sumber: Kompas.tv/Ant)", "caption", "marked", "caption", "|")
    draft.cut(
        f"Penulis : {parts.name(draft.rng)} | Editor : {parts.name(draft.rng)}",
        "byline",
        "marked",
        "Penulis | Editor at the head",
        "|",
    )
    body(
        draft,
        kompastv_dateline(draft),
        [kompastv_related] * draft.rng.randint(1, 2) + chosen(draft, *KOMPASTV_OWN),
    )


def kompastv_2025(draft: Draft) -> None:
    draft.own(draft.article.title)
    if draft.chance(0.6):
        draft.cut(
            f"{parts.caption(draft.rng)}. (Sumber: {kompastv_credit(draft)})", "caption", "marked", "caption"
        )
    body(
        draft,
        kompastv_dateline(draft),
        [kompastv_related] * draft.rng.randint(1, 2) + chosen(draft, *KOMPASTV_OWN),
    )
    kompastv_tags(draft)
    draft.cut("Kami memberikan ruang untuk Anda menulis", "prompt", "marked", "Kami memberikan ruang")
    draft.cut(
        "Kirim tulisan, foto, atau video terbaik Anda dan raih pembaca di seluruh Indonesia.",
        "prompt",
        "framed",
        "promo paragraph",
    )
    draft.cut("Daftar di sini", "prompt", "marked", "Daftar di sini")
    draft.cut("Sumber : Kompas TV", "meta", "marked", "Sumber")
    for label in ("KOMPASTV SHORTS", "Lihat Semua", "BERITA LAINNYA", "FOLLOW US"):
        draft.cut(label, "chrome", "marked", label)
    draft.cut(
        "Gabung ke Channel WhatsApp KompasTV untuk mendapat kabar terbaru langsung di gawai Anda",
        "prompt",
        "marked",
        "Gabung ke Channel",
    )
    for label in ("VIDEO TERPOPULER", "Close Ads x"):
        draft.cut(label, "chrome", "marked", label)


def kompastv_video(draft: Draft) -> None:
    dateline = draft.rng.choice(
        ("{town}, KOMPAS.TV - ", "KOMPAS.TV – ", "{town}, KOMPAS.TV  ", "{town}, KOMPASTV - ")
    ).format(town=parts.city(draft.rng).upper())
    body(draft, dateline, chosen(draft, *KOMPASTV_OWN))
    at = f"https://www.kompas.tv/nasional/{draft.rng.randint(100000, 699999)}/"
    if draft.chance(0.5):
        draft.cut(
            "Sahabat KompasTV, bagaimana pendapat kalian "
            + draft.rng.choice(("terkait berita ini", "soal hal ini", "mengenai kabar ini"))
            + "? Tulis di kolom komentar ya!",
            "prompt",
            "marked",
            "bagaimana pendapat kalian",
        )
    staff = draft.rng.sample(
        ("Produser", "Thumbnail Editor", "Video Editor", "Penulis", "Reporter", "Content Creator"),
        draft.rng.randint(1, 3),
    )
    for number, role in enumerate(staff):
        draft.cut(
            f"{role}: {parts.name(draft.rng)}", "byline", "marked", f"role {role}", "|" if number else "||"
        )
    kompastv_tags(draft)
    if draft.chance(0.6):
        title = draft.related()
        draft.cut(
            f"Baca Juga {title} di {at}{parts.slug(title)}", "related", "marked", "Baca Juga … di address"
        )
    if draft.chance(0.6):
        draft.cut(
            f"Artikel ini bisa dilihat di : {at}{parts.slug(draft.article.title)}",
            "related",
            "marked",
            "Artikel ini bisa dilihat",
        )
    if draft.chance(0.5):
        draft.cut("_____", "chrome", "marked", "rule line")
    if draft.chance(0.6):
        draft.cut(
            "Sahabat KompasTV, jangan lupa like, comment, dan subscribe channel YouTube KompasTV, "
            "juga aktifkan lonceng notifikasi ya!",
            "prompt",
            "marked",
            "subscribe and bell",
        )
        draft.cut(
            "Jangan lewatkan live streaming KompasTV 24 jam non stop di https://www.kompas.tv/live. "
            "Yuk subscribe channel youtube KompasTV. Aktifkan lonceng supaya kamu dapat kabar video terbaru.",
            "prompt",
            "marked",
            "live streaming",
        )
        draft.cut(
            "Sahabat KompasTV juga bisa memperoleh informasi terkini melalui website: www.kompas.tv",
            "prompt",
            "marked",
            "website",
        )
        draft.cut("Media sosial KompasTV:", "prompt", "marked", "accounts label")
        for site, address in (
            ("Facebook", "www.facebook.com/KompasTV"),
            ("Instagram", "www.instagram.com/kompastv"),
            ("Twitter", "twitter.com/KompasTV"),
            ("TikTok", "www.tiktok.com/@kompastvnews"),
        ):
            draft.cut(f"{site}: https://{address}", "prompt", "marked", "account", "|")
