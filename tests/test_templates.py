"""The `[[html]]` tables of packs: what they may say, and which of them reads a page."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cleaner import Outlet, PackError
from cleaner.hints import HINTS
from cleaner.page_proofs import understood
from cleaner.proofs import Aspect, violations
from cleaner.readers.page import PageReader, parsed, read_article
from cleaner.registry import Recogniser
from cleaner.templates import selectors_of

OutletOf = Callable[[str], Outlet]

_HEAD = 'format = 1\noutlet = "contoh"\n'
_FULL = """
[[html]]
years = "2021-2025"
body = ["div.isi", "main"]
title = ["h1"]
published = ["time"]
modified = ["time.ubah"]
authors = ["a.penulis"]
editors = ["a.editor"]
source = ["span.sumber"]
section = ["a.rubrik"]
tags = ['a[rel="tag"]']
captions = ["figcaption"]
pages = ["a.halaman"]
zone = "WITA"
[html.hints]
related_box = ["div.terkait"]
[[html]]
years = "2016"
body = ["#artikel"]
"""


def test_templates_are_read_in_their_order(outlet_of: OutletOf) -> None:
    newest, oldest = outlet_of(_HEAD + _FULL).templates
    assert (newest.years, oldest.years) == ("2021-2025", "2016")
    assert newest.body == ("div.isi", "main")
    assert newest.zone == "WITA"
    assert newest.hints == {"related_box": ("div.terkait",)}


def test_a_pack_of_templates_alone_is_sound(outlet_of: OutletOf) -> None:
    assert violations(outlet_of(_HEAD + _FULL)) == []


def test_all_selectors_of_a_template_can_be_listed(outlet_of: OutletOf) -> None:
    newest, _ = outlet_of(_HEAD + _FULL).templates
    assert len(selectors_of(newest)) == len(set(selectors_of(newest))) == 13


@pytest.mark.parametrize("hint", HINTS)
def test_every_hint_can_be_given_to_elements(hint: str, outlet_of: OutletOf) -> None:
    outlet = outlet_of(f'{_HEAD}[[html]]\nbody = ["p"]\n[html.hints]\n{hint} = ["b"]\n')
    assert outlet.templates[0].hints == {hint: ("b",)}


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ('years = "2020"', r"html number 1 \(2020\): .*body"),
        ("body = []", "has no body; name the element"),
        ('body = "div.isi"', "`body` is a text; write a list, such as body = "),
        ('body = [""]', "a selector is empty"),
        ('body = ["div, p"]', "has a comma; make it two in the list"),
        ('body = ["div:has(p)"]', "can take very long on a large page"),
        (f'body = ["{"div " * 100}p"]', "over 300 characters"),
        ('body = ["p"]\nzone = "GMT"', "'GMT' is unknown; it may be one of WIB, WITA, WIT"),
        ('body = ["p"]\njudul = ["h1"]', "unknown key `judul`"),
        ('body = ["p"]\n[html.hints]\nrelated = ["b"]', "'related' is unknown; it may be one of"),
        ('body = ["p"]\n[html.hints]\nad_box = ["b,i"]', "has a comma"),
    ],
)
def test_a_broken_table_is_refused_with_file_table_reason_and_consequence(
    table: str, reason: str, outlet_of: OutletOf
) -> None:
    with pytest.raises(PackError, match=reason) as refused:
        outlet_of(f"{_HEAD}[[html]]\n{table}\n")
    assert "contoh.toml: html number 1" in str(refused.value)
    assert str(refused.value).endswith("none of the pack's rules is used")


@pytest.mark.parametrize(
    "selector",
    [
        "div",
        ".isi",
        "#isi",
        "div.isi.lain > p",
        'a[href*="/tag/"]',
        "a[rel=tag]",
        "section:first-of-type p:not(.x)",
        "h1 + p",
    ],
)
def test_a_selector_of_css_is_understood(selector: str) -> None:
    assert understood(selector)


@pytest.mark.parametrize(
    "selector", ["div..isi", "p[1]", "//div", "p::before", "div >", "p:tidak-ada", "[href=/a]", "{"]
)
def test_a_selector_of_something_else_is_a_violation(selector: str, outlet_of: OutletOf) -> None:
    (found,) = violations(outlet_of(f'{_HEAD}[[html]]\nbody = ["{selector}"]\n'))
    assert found.aspect is Aspect.pages
    assert repr(selector) in found.problem


@pytest.mark.parametrize(
    "table",
    [
        'body = ["div..isi"]',
        'body = ["div"]\ntitle = ["h1..judul"]',
        'body = ["div"]\n[html.hints]\nad_box = ["p..iklan"]',
    ],
)
def test_a_page_of_an_outlet_with_such_a_selector_is_refused_with_what_to_do(
    table: str, outlet_of: OutletOf
) -> None:
    outlet = outlet_of(f'{_HEAD}hosts = ["contoh.co.id"]\n[[html]]\n{table}\n')
    read = PageReader(Recogniser((outlet,)), {"contoh": outlet}.__getitem__)
    with pytest.raises(PackError, match=r"'contoh' has a selector that is no CSS.*clean check"):
        read(f"<div>{_LONG}</div>", url="https://contoh.co.id/1")


# ------------------------------------------------------------------ which one reads a page

_LONG = "<p>Harga cabai turun pekan ini karena panen raya di tiga kabupaten penghasil utama.</p>"


def _text(page: str, outlet: Outlet) -> str:
    return read_article(parsed(page), outlet.templates).text


def test_the_newest_template_whose_body_is_there_reads_the_page(outlet_of: OutletOf) -> None:
    outlet = outlet_of(_HEAD + _FULL)
    body = _LONG.removeprefix("<p>").removesuffix("</p>")
    assert _text(f"<p>Lain.</p><div id=artikel>{_LONG}</div>", outlet) == body
    assert _text(f"<div id=artikel>Lain.</div><div class=isi>{_LONG}</div>", outlet) == body


def test_of_a_templates_bodies_the_first_that_is_there_is_read(outlet_of: OutletOf) -> None:
    outlet = outlet_of(_HEAD + _FULL)
    assert "Lain" in _text(f"<main><p>Lain.</p>{_LONG}</main>", outlet)
    assert "Lain" not in _text(f"<main><p>Lain.</p><div class=isi>{_LONG}</div></main>", outlet)


def test_a_body_with_next_to_nothing_in_it_leaves_the_page_to_the_next_template(outlet_of: OutletOf) -> None:
    outlet = outlet_of(_HEAD + _FULL)
    page = f"<div class=isi><p>Memuat.</p></div><div id=artikel>{_LONG}</div>"
    assert _text(page, outlet).startswith("Harga cabai")
