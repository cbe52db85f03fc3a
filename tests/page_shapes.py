"""Made-up article pages in the shapes that news sites have, each with the element that holds its body.

All tell the same story, so what a reader makes of a page is told by what else it reads.
"""

from __future__ import annotations

from typing import NamedTuple

TITLE = "Petani Garam Lembung Panen Lebih Awal"
DATE = "Rabu, 12 Maret 2025 08:15 WIB"
AUTHOR = "Ratna Wulandari"
CAPTION = "Petani memanen garam di tambak Lembung pada awal kemarau. (Dok. Koperasi Lembung)"

PARAGRAPHS = (
    "LEMBUNG - Petani garam di pesisir Lembung memanen tiga pekan lebih awal karena kemarau datang cepat.",
    "Air laut dialirkan ke petak penjemuran sejak awal Februari, kata ketua koperasi, Wahyu Santoso.",
    "“Tahun lalu kami baru panen pada bulan April,” ujarnya.",
    "Hasil panen ditampung di gudang koperasi, lalu dikirim ke pabrik pengolahan ikan di Probolinggo.",
    "Harga di tingkat petani bertahan pada seribu dua ratus rupiah sekilogram hingga akhir pekan ini.",
    "Koperasi berencana menambah dua gudang baru sebelum musim hujan tiba pada bulan November.",
)
TEXT = "\n".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)

_RUBRICS = ("Daerah", "Ekonomi", "Olahraga", "Budaya", "Kuliner", "Wisata", "Opini", "Foto", "Video", "Cuaca")
_STORIES = (
    "Nelayan Paiton Perbaiki Dermaga Kayu Bersama Warga",
    "Jembatan Gantung Krejengan Dibuka Kembali untuk Umum",
    "Pasar Burung Kraksaan Pindah ke Lapangan Selatan",
    "Festival Layang-Layang Ditunda karena Angin Kencang",
    "Sekolah Tani Buka Kelas Malam bagi Pemuda Desa",
)
_REMARKS = (
    "Saya pernah ke sana waktu kecil dan ikut membantu kakek mengangkat garam dari petak ke gudang lama.",
    "Semoga harganya tetap bagus sampai akhir musim, karena ongkos angkut sudah naik dua kali lipat.",
    "Di kampung saya malah belum panen sama sekali, mungkin karena airnya tercampur hujan bulan lalu.",
    "Koperasinya patut dicontoh desa lain, gudangnya rapi dan timbangannya selalu diperiksa setiap bulan.",
)
REMARKS = "".join(f"<li><b>warga{n}</b><p>{remark}</p></li>" for n, remark in enumerate(_REMARKS * 4))
MENU = "<ul>" + "".join(f"<li><a href=/{rubric}>{rubric}</a></li>" for rubric in _RUBRICS) + "</ul>"
STORIES = (
    "<ul>" + "".join(f"<li><a href=/b/{n}>{story}</a></li>" for n, story in enumerate(_STORIES)) + "</ul>"
)
CARDS = "".join(f"<div class=card><a href=/c/{n}><img><h3>{s}</h3></a></div>" for n, s in enumerate(_STORIES))
SHARE = "<div class=share-bar><span>Bagikan</span> <a href=/f>Facebook</a> <a href=/t>Telegram</a></div>"
TAGS = "<div class=tags>Tag: <a href=/tag/garam>garam</a> <a href=/tag/lembung>lembung</a></div>"
FOOT = (
    "<footer><p>Redaksi Kabar Pesisir, Jalan Melati 5, Paiton. Isi situs ini dilindungi hak cipta.</p>"
    f"{MENU}</footer>"
)
FIGURE = f"<figure><img src=garam.jpg><figcaption>{CAPTION}</figcaption></figure>"
HEAD = (
    f"<head><title>{TITLE} - Kabar Pesisir</title><meta property=og:site_name content='Kabar Pesisir'>"
    "<link rel=canonical href='https://www.kabarpesisir.example/daerah/panen-garam'></head>"
)


class Shape(NamedTuple):
    """One made-up page."""

    html: str
    body: str
    """A selector of the element that holds the article's body, and no more than that."""


def _page(body: str) -> str:
    return f"<!doctype html><html lang=id>{HEAD}<body>{body}</body></html>"


SHAPES = {
    "a figure between the headline and the body": Shape(
        _page(
            f"<header><nav>{MENU}</nav></header><h1>{TITLE}</h1><div class=meta>"
            f"<span class=author>{AUTHOR}</span> <span class=date>{DATE}</span></div>{FIGURE}"
            f"<div class=isi-berita>{TEXT}</div>{FOOT}"
        ),
        "div.isi-berita",
    ),
    "a figure, a byline and a date around the body, all in one element": Shape(
        _page(
            f"<div class=wrap><nav>{MENU}</nav><main><h1>{TITLE}</h1><p class=byline>Oleh {AUTHOR}</p>"
            f"<time>{DATE}</time>{FIGURE}{SHARE}<div class=konten>{TEXT}</div>{TAGS}{SHARE}"
            f"<section class=terkait><h2>Berita Terkait</h2>{STORIES}</section></main>{FOOT}</div>"
        ),
        "div.konten",
    ),
    "a WordPress theme of old": Shape(
        _page(
            f"<div id=page><div id=header><h2>Kabar Pesisir</h2>{MENU}</div><div id=content>"
            f"<div class='post-2315 post type-post hentry' id=post-2315>"
            f"<h1 class=entry-title>{TITLE}</h1><div class=entry-meta>"
            f"<span class=entry-date>{DATE}</span> oleh <span class='author vcard'>{AUTHOR}</span></div>"
            f"<div class=entry-content><div id=attachment_7 class=wp-caption><img><p class=wp-caption-text>"
            f"{CAPTION}</p></div>{TEXT}</div><div class=entry-utility>Di <a href=/k>Daerah</a></div></div>"
            f"<div id=comments><h3>16 tanggapan</h3><ol class=commentlist>{REMARKS}</ol></div></div>"
            f"<div id=sidebar>{STORIES}</div><div id=footer>Kabar Pesisir memakai WordPress</div></div>"
        ),
        "div.entry-content",
    ),
    "an AMP page": Shape(
        _page(
            f"<header><a href=/>Kabar Pesisir</a></header><amp-sidebar>{MENU}</amp-sidebar>"
            f"<article class=amp-wp-article><header><h1 class=title>{TITLE}</h1><div class=amp-wp-meta>"
            f"{AUTHOR}</div><div class=amp-wp-meta><time>{DATE}</time></div></header>"
            f"{FIGURE}<div class=amp-wp-article-content>{TEXT}</div>"
            f"<footer><div class=amp-wp-meta>Kategori: <a href=/k>Daerah</a></div></footer></article>{FOOT}"
        ),
        "div.amp-wp-article-content",
    ),
    "a page of tables": Shape(
        _page(
            f"<table width=760><tr><td colspan=3>Kabar Pesisir</td></tr><tr><td class=kiri>{MENU}</td>"
            f"<td class=tengah><font size=5><b>{TITLE}</b></font><br><font size=1>{DATE}</font><br>"
            f"<table><tr><td><img></td></tr></table><div id=berita>{'<br><br>'.join(PARAGRAPHS)}</div>"
            f"<a href=javascript:print()>Cetak</a></td><td class=kanan>{STORIES}</td></tr>"
            "<tr><td colspan=3>Hak cipta Kabar Pesisir</td></tr></table>"
        ),
        "div#berita",
    ),
    "a page of tables whose cell is the body": Shape(
        _page(
            f"<table width=760><tr><td class=kiri>{MENU}</td><td class=tengah>{TEXT}</td>"
            f"<td class=kanan>{STORIES}</td></tr></table>"
        ),
        "td.tengah",
    ),
    "a paragraph to each of many nested divs": Shape(
        _page(
            f"<div id=app><div class=nav>{MENU}</div><div><div><h1>{TITLE}</h1><div>{DATE}</div></div>"
            "<div class=story-body>"
            + "".join(f"<div class=row><div class=col><p>{p}</p></div></div>" for p in PARAGRAPHS)
            + f"</div><div class=side>{CARDS}</div></div>{FOOT}</div>"
        ),
        "div.story-body",
    ),
    "line breaks for paragraphs": Shape(
        _page(
            f"<div id=main>{MENU}<div class=read><h1>{TITLE}</h1><div class=tgl>{DATE}</div>{FIGURE}"
            f"<div class=isi>{'<br><br>'.join(PARAGRAPHS)}</div>{SHARE}{TAGS}</div>{CARDS}</div>{FOOT}"
        ),
        "div.isi",
    ),
    "share bars and tags on both sides": Shape(
        _page(
            f"{MENU}<div class=single><h1>{TITLE}</h1>{SHARE}{TAGS}<div class=detail-text>{TEXT}</div>{TAGS}"
            f"{SHARE}<div class=subscribe><p>Dapatkan kabar pilihan kami.</p><form><button>Kirim</button>"
            f"</form></div></div>{FOOT}"
        ),
        "div.detail-text",
    ),
    "remarks longer than the article": Shape(
        _page(
            f"{MENU}<div class=kolom><h1>{TITLE}</h1><div class=isi>{TEXT}</div><section id=komentar>"
            f"<h3>Tanggapan pembaca</h3><ul>{REMARKS}</ul></section></div>{FOOT}"
        ),
        "div.isi",
    ),
    "two columns of other stories": Shape(
        _page(
            f"<div class=row><div class=col-2>{STORIES}</div><div class=col-7><h1>{TITLE}</h1>"
            f"<div class=artikel-isi>{TEXT}</div></div><div class=col-3>{CARDS}</div></div>{FOOT}"
        ),
        "div.artikel-isi",
    ),
    "an article element with the list of other stories": Shape(
        _page(
            f"<main><article><header><h1>{TITLE}</h1><p>{DATE}</p></header>{FIGURE}"
            f"<div class=prose>{TEXT}</div><aside><h4>Baca Juga</h4>{STORIES}</aside></article></main>{FOOT}"
        ),
        "div.prose",
    ),
    "an article element and nothing around its paragraphs": Shape(
        _page(f"<nav>{MENU}</nav><article>{TEXT}</article><aside>{STORIES}</aside>{FOOT}"),
        "article",
    ),
    "other stories with their summaries": Shape(
        _page(
            f"<div class=content><h1>{TITLE}</h1><div class=post-body>{TEXT}</div><div class=latest>"
            + "".join(
                f"<div><h3><a href=/l/{n}>{s}</a></h3><p>Kabar {s.lower()} dibaca banyak orang.</p></div>"
                for n, s in enumerate(_STORIES)
            )
            + f"</div></div>{FOOT}"
        ),
        "div.post-body",
    ),
    "names that a build made": Shape(
        _page(
            f"<div class=css-1x7gk9><div class=css-8hq2zz><h1 class=css-4mm1>{TITLE}</h1>{FIGURE}"
            f"<div class='css-a93kd1 article-body'>{TEXT}</div></div></div>{FOOT}"
        ),
        "div.article-body",
    ),
    "a notice of copyright in a nameless element": Shape(
        _page(
            f"{MENU}<h1>{TITLE}</h1><p>{DATE}</p>{FIGURE}<div class=isi>{TEXT}</div>"
            "<div><p>© 2025 Kabar Pesisir. Seluruh isi situs ini dilindungi hak cipta.</p></div>"
        ),
        "div.isi",
    ),
}
