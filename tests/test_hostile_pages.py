"""Whatever a page holds, reading it ends, and its audit gives back the text that was read."""

from __future__ import annotations

import re

import pytest
from conftest import assert_sound
from hostile_pages import BODY, HOSTILE, page

from cleaner import Document, Result
from cleaner.api import cleaner_for
from cleaner.decide import Policy
from cleaner.readers.page import PageReader, parsed
from cleaner.registry import outlet_named, recogniser

# Enough for what grows by the square to be felt, little enough for the test to be run all day.
SIZE = 1_000
# Above this a page is written anew before it is parsed.
LARGE = 12_000

# By the rules of HTML these swallow the rest of the page, or make a single link of it.
SWALLOWS = {
    "an attribute that never ends",
    "a tag that never ends",
    "a comment that never ends",
    "a script that never ends",
    "drawings",
    "links",
    "nested links in blocks",
    "nested selects",
    "scripts that hold scripts",
    "templates",
}
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def read(html: str | bytes, url: str | None = None) -> tuple[Document, Result]:
    """The page as a document, and what cleaning makes of it."""
    found = PageReader(recogniser(), outlet_named)(html, url=url)
    return found.document, cleaner_for(found.outlet, Policy())(found.document)


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_page_is_read_and_its_audit_gives_the_text_back(case: str) -> None:
    document, result = read(page(HOSTILE[case](SIZE)))
    assert_sound(document.text, result)
    assert bool(document.text) != bool(document.no_article)
    assert not _CONTROLS.search(document.text)
    for start in document.labels:
        assert start == 0 or document.text[start - 1] == "\n"


@pytest.mark.parametrize("case", sorted(HOSTILE.keys() - SWALLOWS))
def test_the_article_behind_what_is_hostile_is_found(case: str) -> None:
    document, _ = read(page(HOSTILE[case](SIZE)))
    assert "gotong royong" in document.text


@pytest.mark.parametrize(
    "case", ["nested div", "unclosed div", "short paragraphs", "attributes", "nested tables"]
)
def test_a_page_that_is_written_anew_has_its_article_too(case: str) -> None:
    document, result = read(page(HOSTILE[case](LARGE)))
    assert_sound(document.text, result)
    assert "gotong royong" in document.text


@pytest.mark.parametrize("case", ["nested div", "short paragraphs", "scripts everywhere"])
def test_a_hostile_page_of_a_known_outlet_is_read_too(case: str) -> None:
    document, result = read(page(HOSTILE[case](SIZE)), "https://www.viva.co.id/berita/1-jembatan")
    assert_sound(document.text, result)


def test_a_page_can_break_off_anywhere() -> None:
    whole = page(
        '<nav><a href="/a">Beranda</a></nav><ul class="tag"><li>desa &amp; kota</li></ul><!-- x -->' * 40
    )
    for end in range(0, len(whole), 173):
        document, result = read(whole[:end])
        assert_sound(document.text, result)
        assert bool(document.text) != bool(document.no_article)


def test_bytes_in_another_charset_than_the_page_says_are_read_or_refused() -> None:
    text = page("").replace("Warga Desa Sukamaju", "Warga Jalan Merdéka")
    as_said = set()
    for declared in ("utf-8", "iso-8859-1", "utf-16", "shift_jis", "x-nobody-knows", "hex"):
        for charset in ("utf-8", "cp1252", "utf-16-le"):
            source = text.replace("<title>", f"<meta charset={declared}><title>").encode(charset)
            try:
                document, result = read(source)
            except UnicodeDecodeError:
                continue
            assert_sound(document.text, result)
            if "Merdéka" in document.text:
                as_said.add((declared, charset))
    assert {("utf-8", "utf-8"), ("iso-8859-1", "cp1252")} <= as_said


def test_a_reason_for_no_article_quotes_nothing_of_the_page() -> None:
    evil = "\x1b]0;x\x07[bold]"
    for html in (
        f"<title>404 {evil} Not Found</title>",
        f"<meta http-equiv=refresh content='0;url=/{evil}'>",
        f"<ul>{f'<li><a href=/x>{evil} Judul berita</a></li>' * 20}</ul>",
    ):
        document = PageReader(recogniser(), outlet_named)(html).document
        assert document.no_article
        assert document.no_article.isprintable()
        assert "[bold]" not in document.no_article


def test_the_body_of_these_pages_is_an_article_by_itself() -> None:
    document, _ = read(page(""))
    assert document.text.count("\n\n") == BODY.count("<p>") - 1


def test_a_tree_is_no_deeper_than_browsers_make_it() -> None:
    depth, node = 0, parsed("<div>" * LARGE).body
    while node is not None:
        depth, node = depth + 1, node.first_child
    assert depth < 512
