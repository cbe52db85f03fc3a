"""The selectors that `clean new` guesses from one page are those that a person would write."""

from __future__ import annotations

import json

import pytest
from page_shapes import AUTHOR, DATE, HEAD, MENU, SHAPES, TEXT, TITLE, Shape

from cleaner.readers.head import read_head
from cleaner.readers.page import parsed
from cleaner.starting.selectors import guesses


def _guessed(html: str) -> dict[str, str]:
    tree = parsed(html)
    return {guess.key: guess.selector for guess in guesses(tree, read_head(tree), None)}


def _page(body: str, head: str = "") -> str:
    return f"<!doctype html><html>{HEAD.replace('</head>', f'{head}</head>')}<body>{MENU}{body}</body></html>"


def _body(attributes: str) -> str:
    return f"<h1>{TITLE}</h1><div {attributes}>{TEXT}</div>"


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_the_body_of_a_made_up_page_is_named(shape: Shape) -> None:
    assert _guessed(shape.html)["body"] == shape.body


@pytest.mark.parametrize(
    ("attributes", "selector"),
    [
        ("class='col-8 text-lg isi'", "div.isi"),
        ("class='kotak' id=artikel", "div#artikel"),
        ("class='post-881234 kotak'", "div.kotak"),
        ("class='css-1q2w3e kotak'", "div.kotak"),
        ("class='sc-bdVaJa kotak'", "div.kotak"),
        ("class='_3xK2a kotak'", "div.kotak"),
        ("class='Reader_isi__3xK2a'", "div[class*=Reader_isi__]"),
        ("class='v2-isi'", "div.v2-isi"),
        ("class='col-bs9-7 read__isi'", "div.read__isi"),
    ],
)
def test_a_name_that_lasts_is_taken(attributes: str, selector: str) -> None:
    assert _guessed(_page(_body(attributes)))["body"] == selector


@pytest.mark.parametrize("name", ["css-1q2w3e", "sc-bdVaJa", "jsx-2871293", "_3xK2a", "a93kd1x"])
def test_a_name_that_a_build_made_is_not(name: str) -> None:
    assert name not in _guessed(_page(_body(f"class={name}"))).get("body", "")


def test_an_element_without_a_name_is_found_by_one_around_it() -> None:
    assert _guessed(_page(f"<h1>{TITLE}</h1><section class=baca><div>{TEXT}</div></section>"))["body"] in (
        "section.baca",
        "section.baca > div",
    )


def test_a_body_that_shares_its_name_with_an_element_in_it_is_named() -> None:
    inner = f"<div class=isi>{TEXT}</div>"
    more = TEXT.replace("<p>", "<p>Kemudian, ")
    assert _guessed(_page(f"<h1>{TITLE}</h1><div class=isi>{more}{inner}</div>"))["body"] == "div.isi"


def test_date_and_author_are_named_where_the_page_shows_them() -> None:
    shown = f"<p class=tanggal>{DATE}</p><p class=oleh>Oleh {AUTHOR}</p>"
    found = _guessed(_page(f"<h1 class=judul>{TITLE}</h1>{shown}<div class=isi>{TEXT}</div>"))
    assert found == {
        "body": "div.isi",
        "title": "h1.judul",
        "published": "p.tanggal",
        "authors": "p.oleh",
    }


def test_what_the_page_also_says_to_machines_is_named_where_it_shows_the_same() -> None:
    article = {
        "@type": "NewsArticle",
        "headline": TITLE,
        "datePublished": "2025-03-12T08:15:40+07:00",
        "author": {"@type": "Person", "name": AUTHOR},
    }
    told = f'<script type="application/ld+json">{json.dumps(article)}</script>'
    shown = f"<span class=reporter-name>{AUTHOR}</span><div class=isi>{TEXT}</div>"
    others = "<span class=reporter-lain>Budi Raharja</span>"
    assert _guessed(_page(f"<h1>{TITLE}</h1>{shown}{others}", told))["authors"] == "span.reporter-name"


def test_an_author_is_told_by_the_name_of_the_element_alone() -> None:
    shown = f"<a class=penulis href=/p>{AUTHOR}</a>"
    assert _guessed(_page(f"<h1>{TITLE}</h1>{shown}<div class=isi>{TEXT}</div>"))["authors"] == "a.penulis"


def test_what_only_a_bare_tag_would_name_is_not_guessed() -> None:
    found = _guessed(f"<h1>{TITLE}</h1><p>{DATE}</p><p>Kabar</p><div class=isi>{TEXT}</div>")
    assert "published" not in found


def test_boxes_in_the_body_are_named_where_both_their_names_and_a_second_reader_tell() -> None:
    box = "<div class=baca-juga><a href=/x>Harga Beras Naik di Pasar Induk Kramat Jati</a></div>"
    more = "".join(
        f"<p>Di desa ke-{n}, warga menunggu kabar itu sejak pagi, kata lurah setempat.</p>" for n in range(9)
    )
    found = _guessed(_page(f"<h1>{TITLE}</h1><div class=isi>{TEXT}{box}{more}</div>"))
    assert found["hints.related_box"] == "div.baca-juga"


def test_an_element_of_such_a_name_that_holds_the_articles_own_text_is_no_box() -> None:
    told = "<div class=share-price>Kata bupati, harga saham perusahaan pupuk itu naik dua kali lipat.</div>"
    found = _guessed(_page(f"<h1>{TITLE}</h1><div class=isi>{TEXT}{told}{TEXT}</div>"))
    assert not any(key.startswith("hints.") for key in found)
