"""Which charset a page's bytes are read in; and that no sign is ever replaced."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.readers.charset import decoded

_TEXT = "<p>“Harga naik” – café</p>"


def _page(meta: str, text: str = _TEXT) -> str:
    return f"<!doctype html><html><head>{meta}</head><body>{text}</body></html>"


def test_a_page_that_declares_nothing_is_in_utf8() -> None:
    assert decoded(_page("").encode()) == _page("")


@pytest.mark.parametrize(
    ("mark", "charset"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
)
@pytest.mark.parametrize("declared", [None, "windows-1252", "utf-8", "tidak-ada"])
def test_a_byte_order_mark_tells_before_all_else_and_is_no_text(
    mark: bytes, charset: str, declared: str | None
) -> None:
    page = _page("<meta charset=windows-1252>")
    assert decoded(mark + page.encode(charset), declared) == page


@pytest.mark.parametrize(
    "meta",
    [
        "<meta charset=windows-1252>",
        '<meta charset="windows-1252">',
        "<META CHARSET='Windows-1252' />",
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">',
        '<meta content="text/html;charset = windows-1252" http-equiv=Content-Type>',
        "<title>Satu</title>\n<meta name=a content=b><meta charset=cp1252>",
        "<meta charset=iso-8859-1>",
        "<meta charset=latin1>",
        "<meta charset=us-ascii>",
    ],
)
def test_the_pages_own_word_is_taken(meta: str) -> None:
    page = _page(meta)
    assert decoded(page.encode("cp1252")) == page


def test_the_header_goes_before_the_pages_own_word() -> None:
    page = _page("<meta charset=windows-1251>")
    assert decoded(page.encode("cp1252"), "windows-1252") == page


@pytest.mark.parametrize("declared", ["utf-8", " UTF-8 ", '"utf-8"', "'utf8'", "Utf_8"])
def test_the_headers_name_is_read_as_it_is_written_anywhere(declared: str) -> None:
    assert decoded(_page("").encode(), declared) == _page("")


@pytest.mark.parametrize(
    "name", ["", "tidak-ada", "base64", "hex", "rot13", "punycode", "idna", "utf-7", "unicode_escape", "\0"]
)
def test_a_name_of_no_charset_is_passed_over(name: str) -> None:
    assert decoded(_page("").encode(), name) == _page("")
    assert decoded(_page("<meta charset=windows-1252>").encode("cp1252"), name)[-30:] == _page("")[-30:]


@pytest.mark.parametrize("declared", ["windows-1252", "iso-8859-1", "iso-8859-15", "koi8-r"])
@pytest.mark.parametrize("text", ["“Harga”", "–", "é", "ﷺ", "👉"])
def test_utf8_under_the_name_of_a_charset_of_single_bytes_is_read_as_utf8(declared: str, text: str) -> None:
    page = _page(f"<meta charset={declared}>", text)
    assert decoded(page.encode()) == page
    assert decoded(page.encode(), declared) == page


@pytest.mark.parametrize("declared", ["utf-16", "gb18030", "euc-kr", "shift_jis", "iso-2022-jp"])
def test_other_charsets_are_believed_where_the_bytes_fit(declared: str) -> None:
    page = _page("", "Harga 日本" if declared != "euc-kr" else "Harga 한국")
    assert decoded(page.encode(declared), declared) == page


def test_utf8_that_isnt_in_the_declared_charset_is_read_as_utf8() -> None:
    page = _page("", "“Harga” naik")
    assert decoded(page.encode(), "shift_jis") == page


def test_a_page_whose_meta_can_be_read_is_not_in_utf16() -> None:
    page = _page("<meta charset=utf-16>")
    assert decoded(page.encode()) == page


def test_a_word_deep_in_the_page_is_none_of_its_own() -> None:
    page = _page("", f"{'a' * 2000}<meta charset=windows-1252> é")
    assert decoded(page.encode()) == page


@pytest.mark.parametrize(
    ("data", "declared"),
    [
        (b"<p>Satu \xff</p>", None),
        (b"<p>Satu \xff</p>", "utf-8"),
        (b"<p>Satu \xe2\x80", None),
        (b"<meta charset=utf-8><p>\x93Satu\x94</p>", None),
        (b"<p>Satu \x81</p>", "windows-1252"),
        (codecs.BOM_UTF16_LE + b"<\x00p", None),
        (codecs.BOM_UTF16_LE + b"a\x00\x00\xd8a\x00", None),
        (codecs.BOM_UTF8 + b"\xff", "windows-1252"),
    ],
)
def test_bytes_that_are_in_no_charset_they_could_be_in_are_an_error(
    data: bytes, declared: str | None
) -> None:
    with pytest.raises(UnicodeDecodeError):
        decoded(data, declared)


@given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "windows-1252", "tidak-ada"]))
def test_what_is_read_makes_the_bytes_again_in_one_of_the_charsets(data: bytes, declared: str | None) -> None:
    try:
        text = decoded(data, declared)
    except UnicodeDecodeError:
        return
    marks = (b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    charsets = ("utf-8", "cp1252", "utf-16-le", "utf-16-be")
    made = (mark + text.encode(charset, "ignore") for mark in marks for charset in charsets)
    assert data in made


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=100))
def test_every_text_comes_back_from_utf8(text: str) -> None:
    data = text.encode()
    assert decoded(data) == text.removeprefix("\ufeff")
