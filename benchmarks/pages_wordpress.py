"""The templates of the two outlets that run on WordPress: Tangselife and Andalpost."""

from __future__ import annotations

import parts
from draft import Draft, body, chosen, subheading


def tangselife(draft: Draft, *, titled: bool) -> None:
    if titled:
        draft.own(draft.article.title)
    body(
        draft,
        draft.rng.choice(("TANGSELIFE.COM – ", "TANGSELIFE.COM- ")),
        [subheading] * draft.rng.randint(1, 2),
    )
    draft.cut(
        "Dapatkan Berita Terbaru lainya dengan Mengikuti Google News Tangselife",
        "prompt",
        "marked",
        "Google News",
    )
    draft.cut("sosmed-whatsapp-green Follow WhatsApp Channel Tangselife", "prompt", "marked", "WhatsApp", "|")
    draft.cut("Follow", "chrome", "marked", "Follow", "|")
    draft.cut(parts.name(draft.rng), "byline", "framed", "editor's name", "|")
    draft.cut("Editor", "byline", "marked", "Editor", "|")
    draft.cut(parts.name(draft.rng), "byline", "framed", "reporter's name", "|")
    draft.cut("Reporter", "byline", "marked", "Reporter", "|")


def andalpost(draft: Draft, *, last: bool) -> None:
    def photo(draft: Draft) -> None:
        source = draft.rng.choice(
            (
                "Rappler",
                "CBC",
                "Getty Images",
                "Instagram/@" + parts.name(draft.rng).split()[0].lower(),
                "Pexels.com",
                f"ANTARA/{parts.name(draft.rng)}",
                "Twitter @fajarnews",
            )
        )
        draft.cut(f"{parts.caption(draft.rng)} Sumber: {source}", "caption", "marked", "caption Sumber")

    def headed_photo(draft: Draft) -> None:
        draft.own(parts.subheading(draft.rng))
        photo(draft)

    draft.cut("Terima Notifikasi Berita Terkini. 👉 Join Telegram Channel.", "prompt", "marked", "Telegram")
    draft.own(draft.article.title)
    photo(draft)
    body(
        draft,
        draft.rng.choice(("ANDALPOST.COM — ", "ANDALPOST.COM – ")),
        chosen(draft, (0.8, headed_photo), (0.5, subheading)),
    )
    if last:
        draft.cut("Simak selengkapnya di halaman berikutnya.", "prompt", "marked", "next page")
