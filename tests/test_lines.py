"""How an element of a page becomes lines, and what the page says of each."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from cleaner import Document
from cleaner.readers.page import parsed, read_body
from cleaner.templates import Template


class Line(NamedTuple):
    """A line that was read, what the page said of it, and where it stood."""

    text: str
    hints: tuple[str, ...]
    path: str


def read(html: str, body: str = "body", **boxes: str) -> Document:
    """What is read of the elements that `body` selects; `boxes` are selectors by the hint they give."""
    template = Template(body=(body,), hints={hint: (selector,) for hint, selector in boxes.items()})
    document = read_body(parsed(html), template)
    assert document is not None
    return document


def text_of(html: str) -> str:
    return read(html).text


def lines_of(html: str, body: str = "body", **boxes: str) -> list[Line]:
    document = read(html, body, **boxes)
    return [
        Line(document.text[start:].partition("\n")[0], label.hints, label.path)
        for start, label in document.labels.items()
    ]


def hints_of(html: str, **boxes: str) -> dict[str, tuple[str, ...]]:
    """The hints of the lines, by their texts."""
    return {line.text: line.hints for line in lines_of(html, **boxes)}


# ----------------------------------------------------------------------- where a line ends


@pytest.mark.parametrize("block", ["p", "div", "section", "h2", "blockquote", "figure", "address", "center"])
def test_blocks_are_lines_parted_by_a_blank_line(block: str) -> None:
    assert text_of(f"<{block}>Satu.</{block}><{block}>Dua.</{block}>") == "Satu.\n\nDua."


@pytest.mark.parametrize("inline", ["b", "em", "span", "a", "font", "sup", "o:p", "unbekannt"])
def test_what_is_no_block_ends_no_line(inline: str) -> None:
    assert text_of(f"<p>Sa<{inline}>tu</{inline}>. Dua.</p>") == "Satu. Dua."


def test_text_around_a_block_is_lines_of_its_own() -> None:
    assert text_of("<div>Satu.<p>Dua.</p>Tiga.</div>") == "Satu.\n\nDua.\n\nTiga."


def test_a_block_inside_a_link_still_ends_the_line() -> None:
    assert text_of("<p>Satu.</p><a href=x>Dua<div>Tiga</div></a>") == "Satu.\n\nDua\n\nTiga"


def test_a_line_break_is_a_line_feed() -> None:
    assert text_of("<p>Satu.<br>Dua.<br/>Tiga.</p>") == "Satu.\nDua.\nTiga."


@pytest.mark.parametrize("breaks", ["<br><br>", "<br>\n<br/>", "<br> <span></span> <br>", "<br><br><br><br>"])
def test_two_breaks_in_a_row_part_paragraphs(breaks: str) -> None:
    assert text_of(f"<p>Satu.{breaks}Dua.</p>") == "Satu.\n\nDua."


def test_breaks_at_a_blocks_edges_add_nothing() -> None:
    assert text_of("<p><br>Satu.<br></p><p>Dua.</p>") == "Satu.\n\nDua."


def test_empty_blocks_leave_no_line() -> None:
    assert text_of("<p>Satu.</p><p> </p><p>&nbsp;</p><div><br></div><p>Dua.</p>") == "Satu.\n\nDua."


def test_an_element_without_text_has_no_line() -> None:
    assert read("<div><img alt='Dua'><hr></div>").labels == {}


# -------------------------------------------------------------------------------- lists


def test_items_of_a_list_have_bullets_and_are_parted_by_a_line_feed() -> None:
    assert text_of("<p>Satu:</p><ul><li>dua<li>tiga</ul><p>Empat.</p>") == "Satu:\n\n• dua\n• tiga\n\nEmpat."


def test_items_of_a_numbered_list_have_their_numbers() -> None:
    assert text_of("<ol><li>satu<li>dua</ol><ol><li>tiga</ol>") == "1. satu\n2. dua\n\n1. tiga"


@pytest.mark.parametrize(
    ("attributes", "signs"),
    [
        ("start=4", ["4.", "5.", "6."]),
        ("start=0", ["0.", "1.", "2."]),
        ("reversed", ["3.", "2.", "1."]),
        ("reversed start=10", ["10.", "9.", "8."]),
        ("type=A", ["A.", "B.", "C."]),
        ("type=a start=25", ["y.", "z.", "27."]),
        ("type=1", ["1.", "2.", "3."]),
        ("start=banyak", ["1.", "2.", "3."]),
        ("start=99999999999999999999", ["1.", "2.", "3."]),
    ],
)
def test_a_numbered_list_counts_as_its_page_says(attributes: str, signs: list[str]) -> None:
    lines = text_of(f"<ol {attributes}><li>satu<li>satu<li>satu</ol>").split("\n")
    assert lines == [f"{sign} satu" for sign in signs]


def test_lists_inside_lists_count_for_themselves() -> None:
    html = "<ol><li>satu<ul><li>dua</ul><li>tiga<ol><li>empat</ol></ol>"
    assert text_of(html) == "1. satu\n\n• dua\n\n2. tiga\n\n1. empat"


def test_an_item_of_several_paragraphs_has_one_bullet() -> None:
    assert text_of("<ul><li><p>satu</p><p>dua</p><li>tiga</ul>") == "• satu\n\ndua\n\n• tiga"


def test_the_bullet_of_an_empty_item_falls_to_nobody() -> None:
    assert text_of("<ul><li></li><li><img></li></ul><p>Satu.</p>") == "Satu."


# ------------------------------------------------------------------- tables, written-out text


def test_a_row_of_a_table_is_a_line_with_a_space_between_its_cells() -> None:
    html = "<table><tr><th>Kota<td>2023<td>2024<tr><th>Solo<td>1<td>2</table>"
    assert text_of(html) == "Kota 2023 2024\nSolo 1 2"


def test_a_tables_caption_is_a_line() -> None:
    assert text_of("<table><caption>Harga</caption><tr><td>Satu</table>") == "Harga\n\nSatu"


def test_paragraphs_in_cells_are_lines() -> None:
    assert text_of("<table><tr><td><p>Satu.</p><p>Dua.</p><td>Tiga.</table>") == "Satu.\n\nDua.\n\nTiga."


def test_written_out_text_keeps_its_lines() -> None:
    html = "<pre>Satu dua,\n  tiga <b>empat\nlima</b>.\n\nEnam.\n</pre><p>Tujuh\ndelapan.</p>"
    assert text_of(html) == "Satu dua,\ntiga empat\nlima.\n\nEnam.\n\nTujuh delapan."


# ----------------------------------------------------------------------------- white space


def test_runs_of_white_space_are_one_space() -> None:
    assert text_of("<p>\n  Satu \t\n dua\f tiga  </p>") == "Satu dua tiga"


def test_white_space_between_inline_elements_stays() -> None:
    assert text_of("<p><b>Satu</b> <i>dua</i><u> tiga</u></p>") == "Satu dua tiga"


@pytest.mark.parametrize("sign", ["\u00a0", "\u2003", "\u200b", "\u00ad", "\u3000"])
def test_other_signs_that_look_like_white_space_are_kept(sign: str) -> None:
    assert text_of(f"<p>Satu{sign}{sign}dua</p>") == f"Satu{sign}{sign}dua"


def test_a_no_break_space_at_a_lines_edge_is_kept() -> None:
    assert text_of("<p>&nbsp;Satu&nbsp;</p>") == "\u00a0Satu\u00a0"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("&amp;", "&"),
        ("&lt;b&gt;", "<b>"),
        ("&#8211;", "–"),
        ("&#x201C;", "“"),
        ("&amp;lt;", "&lt;"),
        ("&copy 2024", "© 2024"),
        ("&tidakada;", "&tidakada;"),
        ("5 < 6", "5 < 6"),
    ],
)
def test_entities_are_the_signs_they_stand_for(written: str, meant: str) -> None:
    assert text_of(f"<p>Satu {written} dua</p>") == f"Satu {meant} dua"


# -------------------------------------------------------------------------- what has no line


@pytest.mark.parametrize(
    "unseen",
    [
        "<script>var a = 'Dua.';</script>",
        '<script type=application/ld+json>{"a": 1}</script>',
        "<style>p { color: red }</style>",
        "<!-- Dua. -->",
        "<noscript>Dua.</noscript>",
        "<template><p>Dua.</p></template>",
        "<iframe src=x>Dua.</iframe>",
        "<svg><title>Dua</title><text>Dua.</text></svg>",
        "<video>Dua.</video>",
        "<object>Dua.</object>",
        "<textarea>Dua.</textarea>",
        "<select><option>Dua</option></select>",
        "<img alt='Dua.'>",
        "<input value='Dua.'>",
        "<![CDATA[Dua.]]>",
    ],
)
def test_what_a_browser_doesnt_show_as_text_has_no_line(unseen: str) -> None:
    assert text_of(f"<p>Satu.</p>{unseen}<p>Tiga.</p>") == "Satu.\n\nTiga."
    assert text_of(f"<p>Sa{unseen}tu.</p>").replace("\n\n", "") == "Satu."


# ---------------------------------------------------------------------------------- hints


@pytest.mark.parametrize("level", range(1, 7))
def test_a_heading_says_so(level: int) -> None:
    assert hints_of(f"<h{level}><strong>Satu</strong></h{level}><p>Dua.</p>") == {
        "Satu": ("heading",),
        "Dua.": (),
    }


@pytest.mark.parametrize(
    ("html", "hint"),
    [
        ("<ul><li>Satu</ul>", "list_item"),
        ("<ol><li><p>Satu</p></ol>", "list_item"),
        ("<blockquote><p>Satu</p></blockquote>", "quote"),
        ("<table><tr><td>Satu</table>", "table_row"),
        ("<figure><img><figcaption>Satu</figcaption></figure>", "figcaption"),
        ("<form><p>Satu</p></form>", "control"),
        ("<button>Satu</button>", "control"),
        ("<nav><ul><li>Satu</ul></nav>", "control"),
    ],
)
def test_elements_tell_what_their_lines_are(html: str, hint: str) -> None:
    (line,) = lines_of(html)
    assert hint in line.hints


def test_a_line_has_the_hints_of_all_elements_around_it() -> None:
    html = "<ul><li><h3><a href=x>Satu</a></h3></ul>"
    assert hints_of(html) == {"• Satu": ("list_item", "heading", "link_only")}


@pytest.mark.parametrize(
    "html",
    [
        "<p><a href=x>Satu dua</a></p>",
        "<p><strong><a href=x>Satu</a></strong> <a href=y>dua</a></p>",
        "<a href=x><p>Satu dua</p></a>",
        "<p><img><a href=x><b>Satu</b> dua</a><br></p>",
        "<p>&nbsp;<a href=x>Satu dua</a>&nbsp;</p>",
    ],
)
def test_a_line_all_of_whose_visible_text_is_in_links_is_link_only(html: str) -> None:
    (line,) = lines_of(html)
    assert "link_only" in line.hints


@pytest.mark.parametrize(
    "html",
    [
        "<p>Satu <a href=x>dua</a></p>",
        "<p><a href=x>Satu</a> dua</p>",
        "<p><a href=x>Satu dua</a>.</p>",
        "<p>- <a href=x>Satu dua</a></p>",
    ],
)
def test_a_line_with_text_outside_its_links_is_not_link_only(html: str) -> None:
    (line,) = lines_of(html)
    assert "link_only" not in line.hints


def test_lines_of_one_paragraph_have_their_own_hints() -> None:
    html = "<p><a href=x>Satu</a><br>Dua <a href=y>tiga</a><br><a href=z>Empat</a></p>"
    assert hints_of(html) == {"Satu": ("link_only",), "Dua tiga": (), "Empat": ("link_only",)}


# ------------------------------------------------------------- boxes that an outlet's selectors name


def test_lines_in_a_box_have_its_hint() -> None:
    html = "<p>Satu.</p><div class=terkait><h4>Dua</h4><p>Tiga</p></div><p>Empat.</p>"
    assert hints_of(html, related_box=".terkait") == {
        "Satu.": (),
        "Dua": ("related_box", "heading"),
        "Tiga": ("related_box",),
        "Empat.": (),
    }


def test_an_inline_box_is_one_where_it_holds_all_of_its_line() -> None:
    html = "<p><span class=k>Foto: Satu</span></p><p>Dua <span class=k>tiga</span></p>"
    assert hints_of(html, caption_box="span.k") == {"Foto: Satu": ("caption_box",), "Dua tiga": ()}


def test_boxes_outside_the_body_are_nothing_to_it() -> None:
    html = "<aside class=k>Satu</aside><main><p>Dua.</p></main>"
    assert read(html, "main", related_box=".k").text == "Dua."


# --------------------------------------------------------------------------------- embeds


@pytest.mark.parametrize(
    "name", ["instagram-media", "tiktok-embed", "text-post-media", "imgur-embed-pub", "reddit-embed-bq"]
)
def test_what_a_player_leaves_behind_is_an_embed(name: str) -> None:
    html = f"<blockquote class='lain {name}'><p><a href=x>Kiriman Satu</a></p></blockquote>"
    assert hints_of(html) == {"Kiriman Satu": ("embed", "link_only")}


@pytest.mark.parametrize("name", ["twitter-tweet", "fb-xfbml-parse-ignore", "bluesky-embed", ""])
def test_a_post_whose_words_are_quoted_is_a_quote(name: str) -> None:
    html = f"<blockquote class='{name}'><p>Satu dua.</p>&mdash; Tiga</blockquote>"
    assert hints_of(html) == {"Satu dua.": ("quote",), "— Tiga": ("quote",)}


# ---------------------------------------------------------------------------------- paths


@pytest.mark.parametrize(
    ("html", "path"),
    [
        ("<p>Nol.</p><p>Satu.</p>", "body > p:nth-of-type(2)"),
        ("<div><p>Nol.</p></div><p>Satu.</p>", "body > p:nth-of-type(1)"),
        ("<p>Nol. <b>Lain<br>Satu.</b></p>", "body > p:nth-of-type(1)"),
        ("<p>Nol.</p>Satu.", "body"),
        ("<script></script><div></div><div>Satu.</div>", "body > div:nth-of-type(2)"),
        ("<o:p><p>Satu.</p></o:p>", "body > o\\3a p:nth-of-type(1) > p:nth-of-type(1)"),
    ],
)
def test_a_lines_path_leads_to_the_block_that_held_it(html: str, path: str) -> None:
    assert lines_of(html)[-1].path == path


def test_pieces_of_a_body_that_lie_apart_are_read_in_turn_each_with_its_own_path() -> None:
    html = "<div class=isi><p>Satu.</p></div><p>Lain.</p><main><div class=isi><p>Dua.</p></div></main>"
    lines = lines_of(html, "div.isi")
    assert [line.text for line in lines] == ["Satu.", "Dua."]
    tree = parsed(html)
    for line in lines:
        assert [node.text() for node in tree.css(line.path)] == [line.text]


def test_a_piece_of_the_body_inside_another_is_read_once() -> None:
    html = "<div class=isi><p>Satu.</p><div class=isi><p>Dua.</p></div></div><div class=isi>Tiga.</div>"
    assert read(html, "div.isi").text == "Satu.\n\nDua.\n\nTiga."


def test_the_path_of_a_deep_line_is_short_and_still_finds_it() -> None:
    html = f"<p>Satu.</p>{'<div>' * 5000}<p>Dua.</p>"
    path = lines_of(html)[-1].path
    assert len(path) < 400
    assert "Dua." in [node.text() for node in parsed(html).css(path)]


def test_nesting_of_any_depth_is_read() -> None:
    assert text_of(f"{'<div>' * 30_000}Satu.{'</div>' * 30_000}<p>Dua.</p>") == "Satu.\n\nDua."


# ---------------------------------------------------------------------- on pages of all shapes

_WORDS = st.sampled_from(["satu", "dua.", " tiga", "“empat” ", "5 < 6", "\u00a0", " \n ", "tujuh\u200b"])
_INLINE = ["span", "a", "b", "o:p", "x-y"]
_BLOCKS = ["p", "div", "h2", "section", "blockquote", "figure", "figcaption", "pre", "form", "nav"]
_PARTED = ["ul", "ol", "li", "table", "tr", "td"]
_TAGS = st.sampled_from([*_INLINE, *_BLOCKS, *_PARTED])
_VOIDS = st.sampled_from(["<br>", "<img>", "<hr>", "<!-- lain -->", "<script>lain</script>"])
_NODES = st.recursive(
    _WORDS.map(lambda text: text.replace("<", "&lt;")) | _VOIDS,
    lambda inner: st.builds(
        lambda tag, name, parts: f"<{tag} class={name}>{''.join(parts)}</{tag}>",
        _TAGS,
        st.sampled_from(["a", "k", "isi"]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=30,
)
_PAGES = st.lists(_NODES, max_size=6).map("".join)


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text))


def _tree_without_scripts(html: str) -> LexborHTMLParser:
    tree = parsed(html)
    for node in tree.css("script"):
        node.decompose()
    return tree


@given(_PAGES)
def test_every_line_that_is_read_is_labelled_where_it_starts(html: str) -> None:
    document = read(html)
    starts, at = [], 0
    for line in document.text.split("\n"):
        starts += [at] if line else []
        at += len(line) + 1
    assert list(document.labels) == starts


@given(_PAGES, st.sampled_from(["body", ".isi", "div"]))
def test_every_path_is_css_that_finds_the_element_with_the_line(html: str, body: str) -> None:
    document = read_body(parsed(html), Template(body=(body,))) or Document("")
    tree = _tree_without_scripts(html)
    for start, label in document.labels.items():
        line = document.text[start:].partition("\n")[0]
        holders = tree.css(label.path)
        if label.path.count(" > ") < 10:
            assert len(holders) == 1
        assert any(_letters(line) in _letters(holder.text()) for holder in holders)


@given(_PAGES)
def test_all_words_of_a_page_are_read_in_their_order(html: str) -> None:
    body = _tree_without_scripts(html).body
    assert body is not None
    assert _letters(text_of(html)) == _letters(body.text())


@given(_PAGES)
def test_reading_the_same_page_twice_gives_the_same(html: str) -> None:
    assert read(html) == read(html)
