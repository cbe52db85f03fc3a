"""What holds of every page, whatever stands on it: on splices of the samples' pages and of rules' proofs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import msgspec
import pytest
from conftest import ROOT, assert_sound, read_packs
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Cleaner, Document, Outlet, Policy, Result, clean
from cleaner.golden.suite import Suite
from cleaner.hinted import labels_left
from cleaner.kept import Kept, gaps_between
from cleaner.kinds import Certainty
from cleaner.readers.page import parsed, read_body

OUTLETS = {name: outlet for name, outlet in read_packs().items() if outlet.templates}
PAGES = {sample.name: sample for sample in Suite(ROOT).samples if sample.source.suffix == ".html"}


def _blocks() -> list[str]:
    """The elements directly in the bodies of the samples' pages, and the proofs of rules for pages."""
    blocks = []
    for sample in PAGES.values():
        tree = parsed(sample.source.read_bytes().decode())
        selectors = [selector for each in OUTLETS[sample.outlet].templates for selector in each.body]
        bodies = [node for selector in selectors for node in tree.css(selector)[:1]]
        blocks += [child.html or "" for body in bodies for child in body.iter()]
    for pack in read_packs().values():
        for rule in pack.rules:
            blocks += (written for written in (*rule.removes, *rule.keeps) if rule.hint)
    return [block.replace("⟦", "").replace("⟧", "") for block in blocks]


_LOOSE = [
    "<br>",
    "<p>(*)</p>",
    "<hr>",
    "&nbsp;",
    "Baca Juga:",
    "<p>Sumber :</p>",
    "<h2>Pasar Legi</h2>",
    "</p>",
]
_PIECES = st.sampled_from(_blocks()) | st.sampled_from(_LOOSE)
_PAGES = st.lists(_PIECES, min_size=1, max_size=12).map("".join)
_NAMES = st.sampled_from(sorted(OUTLETS))


_STRAYS = {rule.id for outlet in OUTLETS.values() for rule in outlet.rules if rule.stray}
assert _STRAYS, "no pack has a rule for unmarked lines any more"


@cache
def _cleaner(outlet: str, certainty: Certainty = Certainty.inferred) -> Cleaner:
    return Cleaner(OUTLETS[outlet], Policy(certainty))


def _read(html: str, outlet: Outlet) -> Document:
    """The page with all of it for the body, and its boxes as the outlet's newest template names them."""
    template = msgspec.structs.replace(outlet.templates[0], body=("body",))
    return read_body(parsed(html), template) or Document("")


def _left(document: Document, result: Result) -> Document:
    gaps = gaps_between([(each.start, each.end) for each in result.removals], len(document.text))
    return Document(result.text, labels=labels_left(document.labels, Kept(document.text, gaps)))


def _line_starts(text: str) -> set[int]:
    return {0, *(at + 1 for at, sign in enumerate(text) if sign == "\n")}


@given(_PAGES, _NAMES)
def test_clean_text_and_removals_make_the_text_that_was_read(html: str, outlet: str) -> None:
    document = _read(html, OUTLETS[outlet])
    assert_sound(document.text, _cleaner(outlet)(document))


@given(_PAGES, _NAMES, st.sampled_from(Certainty))
def test_cleaning_what_was_cleaned_changes_nothing(html: str, outlet: str, certainty: Certainty) -> None:
    document = _read(html, OUTLETS[outlet])
    cleaner = _cleaner(outlet, certainty)
    result = cleaner(document)
    assert cleaner(_left(document, result)).text == result.text


@given(_PAGES, _NAMES)
def test_labels_stand_where_lines_start_before_and_after(html: str, outlet: str) -> None:
    document = _read(html, OUTLETS[outlet])
    left = _left(document, _cleaner(outlet)(document))
    for each in (document, left):
        assert each.labels.keys() <= _line_starts(each.text)


@given(_PAGES, _NAMES)
def test_every_removal_tells_an_element_of_the_page(html: str, outlet: str) -> None:
    tree = parsed(html)
    for removal in _cleaner(outlet)(_read(html, OUTLETS[outlet])).removals:
        assert removal.path is not None
        (holder,) = tree.css(removal.path)
        assert _letters(removal.text.split("\n")[0]) in _letters(holder.text())


@given(_PAGES, _NAMES)
def test_a_heading_without_a_literal_is_never_cut(html: str, outlet: str) -> None:
    document = _read(html, OUTLETS[outlet])
    for removal in _cleaner(outlet)(document).removals:
        label = document.labels.get(document.text.rfind("\n", 0, removal.end - 1) + 1)
        if removal.rule in _STRAYS and label:
            assert "heading" not in label.hints


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text))


# ----------------------------------------------------------------------- the samples' pages


def _readings() -> Mapping[str, tuple[Document, Result]]:
    suite = Suite(ROOT)
    readings = {name: suite.read(sample) for name, sample in PAGES.items()}
    return {name: (reading.document, reading.result) for name, reading in readings.items()}


READINGS = _readings()


def test_every_outlet_with_templates_of_its_own_has_a_page_among_the_samples() -> None:
    assert {sample.outlet for sample in PAGES.values()} >= {
        "andalpost",
        "detik",
        "kompas",
        "kompastv",
        "liputan6",
        "radarcirebon",
        "tangselife",
        "tempo",
        "tribunnews",
        "viva",
    }


def test_a_page_without_an_address_is_known_by_the_feed_that_it_offers() -> None:
    feed = '<link rel="alternate" type="application/rss+xml" href="https://www.antaranews.com/rss/terkini">'
    body = f'<div id="content_news"><p>{"Harga cabai turun pekan ini. " * 4}</p></div>'
    assert clean(html=f"<head>{feed}</head>{body}").outlet == "antara"
    assert clean(html=body).outlet is None


@pytest.mark.parametrize("name", PAGES)
def test_nothing_of_the_page_around_the_article_is_left(name: str) -> None:
    _, result = READINGS[name]
    tree = parsed(PAGES[name].source.read_bytes().decode())
    around = [
        "header",
        "footer",
        "aside",
        ".column-side",
        ".right",
        ".sidebar_area",
        "#header",
        "#footer",
        "script",
    ]
    headlines = [
        node.text(strip=True) for part in around for each in tree.css(part) for node in each.css("a")
    ]
    assert [headline for headline in headlines if len(headline) > 20 and headline in result.text] == []


@pytest.mark.parametrize("name", PAGES)
def test_a_sample_says_that_it_is_no_real_page(name: str) -> None:
    html = PAGES[name].source.read_text(encoding="utf-8")
    assert "Not a real page." in html[:200]
