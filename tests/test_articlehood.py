"""A page without an article is said to hold none, with the reason; a doubt counts as an article."""

from __future__ import annotations

import pytest

from cleaner import clean
from cleaner.document import Document
from cleaner.readers.page import parsed, read_article

MENU = "<nav><ul>" + "".join(f"<li><a href=/{n}>Rubrik {n}</a></li>" for n in range(15)) + "</ul></nav>"
FOOT = "<footer><p>Jalan Melati 5, Sukamaju. Semua isi dilindungi undang-undang yang berlaku.</p></footer>"
LEAD = "<p>Warga Desa Sukamaju memperbaiki jembatan bambu yang hanyut terbawa banjir pekan lalu.</p>"
MORE = "<p>Kepala desa mengatakan pekerjaan itu selesai dalam tiga hari berkat gotong royong.</p>"


def read(body: str, head: str = "", url: str | None = None) -> Document:
    return read_article(parsed(f"<!doctype html><head>{head}</head><body>{body}"), (), url)


def card(number: int) -> str:
    return (
        f"<article><h3><a href=/{number}>Judul berita nomor {number} hari ini</a></h3>"
        f"<span>12 menit lalu</span><p>Ringkasan berita nomor {number}, satu kalimat yang menceritakan "
        "isinya secara singkat saja.</p></article>"
    )


CARDS = "".join(map(card, range(12)))
LINKS = (
    "<ul>"
    + "".join(f"<li><a href=/{n}>Judul berita nomor {n} hari ini</a></li>" for n in range(40))
    + "</ul>"
)

NONE = {
    "a list of links": (MENU + LINKS + FOOT, "", None, "an index page"),
    "cards with summaries": (MENU + CARDS + FOOT, "<title>Berita Terbaru</title>", None, "an index page"),
    "a rubric's few cards": (MENU + CARDS, "", "https://contoh.id/indeks?page=2", "an index page"),
    "a search": (MENU + CARDS, "", "https://contoh.id/?s=jembatan", "an index page"),
    "a page not found": (MENU + "<h1>404</h1><p>Maaf, coba cari lagi.</p>" + FOOT, "", None, "an error page"),
    "a page not found, in words": (
        MENU + "<h1>Halaman yang Anda cari tidak ditemukan</h1><p>Silakan kembali ke beranda.</p>" + FOOT,
        "",
        None,
        "an error page",
    ),
    "a server's error": ("<center><h1>502 Bad Gateway</h1></center><hr>nginx", "", None, "an error page"),
    "a check for robots": (
        "<p>Enable JavaScript</p>",
        "<title>Just a moment...</title>",
        None,
        "an error page",
    ),
    "nothing": ("", "", None, "an empty page"),
    "a page that a script fills": (
        "<div id=root></div><script src=a.js></script>",
        "",
        None,
        "an empty page",
    ),
    "an index that loads itself again": (
        MENU + LINKS,
        "<meta http-equiv=refresh content='300;url=/indeks'>",
        None,
        "an index page",
    ),
    "a redirect by its head": (
        "<p>Tunggu.</p>",
        "<meta http-equiv=Refresh content='0; url=https://contoh.id/baru'>",
        None,
        "a page that only sends the reader on",
    ),
    "a redirect by a script": (
        "<script>window.location.href='/baru'</script>",
        "",
        None,
        "a page that only sends",
    ),
    "a paywall": (
        "<h1>Jembatan Desa</h1><div class=paywall><p>Silakan berlangganan untuk membaca artikel ini sampai "
        "selesai.</p></div>",
        "",
        None,
        "a paywall",
    ),
    "a video alone": (
        "<h1>Jembatan</h1><iframe src=https://contoh.id/embed/1></iframe>",
        "",
        None,
        "a video's page",
    ),
    "a feed": ("<rss><channel><item><title>x</title></item></channel></rss>", "", None, "a feed"),
}

ARTICLES = {
    "one paragraph": LEAD,
    "one paragraph amid a menu and links": MENU + LEAD + LINKS + FOOT,
    "two paragraphs between links": (
        MENU
        + LEAD
        + "<p><a href=/1>Berita lain hari ini</a></p>"
        + MORE
        + "<p><a href=/2>Berita lagi</a></p>"
        + FOOT
    ),
    "text parted by line breaks": MENU
    + LEAD.replace("<p>", "<div>").replace("</p>", "<br><br>")
    + MORE[3:-4],
    "a story of something not found": (
        "<h1>Sepuluh Hari Dicari, Kapal Nelayan Tidak Ditemukan</h1>" + LEAD + MORE + MENU
    ),
    "an article on error pages": "<h1>Apa Arti 404 Not Found?</h1>" + (LEAD + MORE) * 2,
    "an article with a paywall's call": "<div class=paywall><p>Masuk untuk membaca.</p></div>" + LEAD + MORE,
    "an article beside a video": "<video src=a.mp4></video>" + LEAD,
    "an article under an index's address": LEAD + MORE,
    "an article and many cards below": LEAD + MORE + LEAD + MORE + CARDS,
}


@pytest.mark.parametrize("case", NONE)
def test_a_page_without_an_article_says_why(case: str) -> None:
    body, head, url, reason = NONE[case]
    document = read(body, head, url)
    assert document.text == ""
    assert document.no_article is not None
    assert document.no_article.startswith(reason)


@pytest.mark.parametrize("case", ARTICLES)
def test_a_doubt_counts_as_an_article(case: str) -> None:
    document = read(ARTICLES[case], "<title>Jembatan Desa</title>", "https://contoh.id/tag/jembatan")
    assert document.no_article is None
    assert "jembatan bambu" in document.text


def test_a_page_that_calls_itself_an_article_is_no_index() -> None:
    head = "<meta property=og:type content=article>"
    assert read(CARDS, head, "https://contoh.id/berita/7").no_article is None


def test_the_share_of_links_is_told() -> None:
    assert (
        read(LINKS).no_article
        == "an index page: 100 % of its text is links, and no element of it holds paragraphs"
    )


def test_the_result_of_cleaning_tells_the_reason_and_cuts_nothing() -> None:
    result = clean(html="<h1>404</h1>")
    assert result.text == ""
    assert result.removals == ()
    assert result.no_article is not None
