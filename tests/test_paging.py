"""Which page of which article a url names: what counts, what doesn't, and what is no page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.readers.paging import ALL, page_of

VIVA = "https://www.viva.co.id/berita/nasional/1700001-warga-pesisir-tanam-bakau"
DETIK = "https://news.detik.com/berita/d-7000001/warga-pesisir-tanam-ribuan-bakau"

PAGES = {
    f"{VIVA}?page=2": (VIVA, 2),
    f"{VIVA}?page=1": (VIVA, 1),
    f"{VIVA}?page=all": (VIVA, ALL),
    f"{VIVA}?utm_source=x&page=3": (VIVA, 3),
    f"{VIVA}?utm_source=x&amp;page=3": (VIVA, 3),
    f"{VIVA}?halaman=2": (VIVA, 2),
    f"{VIVA}/?page=2": (VIVA, 2),
    "https://nasional.kompas.com/read/2024/06/17/20490001/warga-tanam-bakau?page=all#page2": (
        "https://nasional.kompas.com/read/2024/06/17/20490001/warga-tanam-bakau",
        ALL,
    ),
    "https://www.kompas.tv/nasional/515001/warga-tanam-bakau?page=2": (
        "https://www.kompas.tv/nasional/515001/warga-tanam-bakau",
        2,
    ),
    "https://www.merdeka.com/peristiwa/warga-pesisir-tanam-bakau.html?page=2": (
        "https://www.merdeka.com/peristiwa/warga-pesisir-tanam-bakau.html",
        2,
    ),
    "https://nasional.sindonews.com/read/88001/13/warga-tanam-bakau-1700?showpage=all": (
        "https://nasional.sindonews.com/read/88001/13/warga-tanam-bakau-1700",
        ALL,
    ),
    "https://www.viva.co.id/berita/123456?page=2": ("https://www.viva.co.id/berita/123456", 2),
    f"{DETIK}/2": (DETIK, 2),
    f"{DETIK}/2/": (DETIK, 2),
    f"{DETIK}?single=1": (DETIK, ALL),
    "https://www.inews.id/news/daerah/warga-pesisir-tanam-bakau/all": (
        "https://www.inews.id/news/daerah/warga-pesisir-tanam-bakau",
        ALL,
    ),
    "https://contoh.example/2024/06/warga-tanam-bakau/page/2/": (
        "https://contoh.example/2024/06/warga-tanam-bakau/",
        2,
    ),
}


@pytest.mark.parametrize("url", PAGES)
def test_a_page_is_told_and_has_the_article_of_its_first_page(url):
    first, page = PAGES[url]
    assert page_of(url)[:2] == (page_of(first).article, page)
    assert page_of(first).page == 1


@pytest.mark.parametrize(
    "same",
    [
        VIVA.replace("https", "http"),
        VIVA.replace("https://www.", ""),
        VIVA.replace("www.viva.co.id", "VIVA.co.id:443"),
        f"{VIVA}/",
        f"{VIVA}#komentar",
        f"{VIVA}?utm_source=wa&utm_medium=share&fbclid=abc",
        f" {VIVA}\n",
    ],
)
def test_what_tells_nothing_about_the_article_doesnt_count(same):
    assert page_of(same) == page_of(VIVA)


def test_other_parameters_count_in_any_order():
    assert page_of(f"{VIVA}?b=2&a=1&page=2").article == page_of(f"{VIVA}?a=1&b=2").article
    assert page_of(f"{VIVA}?a=1&page=2").article != page_of(VIVA).article


@pytest.mark.parametrize(
    "other",
    [
        VIVA.replace("/berita/", "/amp/berita/"),
        f"{VIVA}?amp=1",
        VIVA.replace("www.", "amp."),
        VIVA.replace("www.", "jatim."),
    ],
)
def test_pages_in_another_dress_are_another_article(other):
    assert page_of(other).article != page_of(VIVA).article


NO_PAGES = [
    "https://contoh.example/?p=2",
    f"{VIVA}?p=2",
    "https://contoh.example/?page=2",
    "https://contoh.example/indeks?page=2",
    "https://contoh.example/tag/harga-beras-naik?page=2",
    "https://contoh.example/tag/harga-beras-naik/2",
    "https://contoh.example/topik/harga-beras-naik/page/2",
    "https://contoh.example/category/ekonomi/page/2",
    "https://contoh.example/berita/12345678/2",
    "https://contoh.example/2024/06/7",
    "https://contoh.example/berita/warga-pesisir-tanam-bakau/10",
    "https://contoh.example/berita/warga-pesisir-tanam-bakau/0",
    "https://contoh.example/nasional/2",
    "https://contoh.example/nasional/all",
    f"{VIVA}?page=0",
    f"{VIVA}?page=",
    f"{VIVA}?page=dua",
    f"{VIVA}?page=12345",
    f"{VIVA}?page=2&page=3",
    f"{VIVA}?page=²",
    f"{VIVA}/2?page=3",
    f"{VIVA}?single=1",
    f"{VIVA.replace('viva.co.id', 'bukandetik.com')}?single=1",
]


@pytest.mark.parametrize("url", NO_PAGES)
def test_what_isnt_certain_is_the_first_page_of_an_article_of_its_own(url):
    number = page_of(url)
    assert number.page == 1
    assert all(number.article != page_of(other).article for other in (VIVA, *NO_PAGES) if other != url)


def test_a_bare_number_says_that_it_is_one():
    assert page_of(f"{DETIK}/2").bare
    assert not page_of(f"{VIVA}?page=2").bare
    assert not page_of("https://contoh.example/2024/06/warga-tanam-bakau/page/2").bare


@pytest.mark.parametrize(
    "url", ["", "bukan url", "://", "https://", "http://[::1", "?page=2", "\0", "//a/b-c-d?page=2"]
)
def test_what_is_no_url_is_no_error(url):
    assert isinstance(page_of(url).article, str)


@given(st.text("/?&=#:.-ab12 pageALL\0", max_size=80))
def test_every_text_has_an_answer_and_only_the_rest_of_it_counts(text):
    number = page_of(f"https://www.contoh.example/{text}#")
    assert number.page == ALL or number.page >= 1
    assert page_of(f"contoh.example/{text}#lagi") == number
