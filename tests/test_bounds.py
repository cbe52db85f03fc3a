"""A page that a parser could take long over is written anew: the same text, in the same order."""

from __future__ import annotations

import pytest
from hostile_pages import BODY, page

from cleaner.readers.bounds import within_bounds
from cleaner.readers.lines import read_lines
from cleaner.readers.page import parsed

# So many tags that the page is written anew.
FILL = "<p>isi</p>" * 5_001


def lines_of(html: str) -> list[str]:
    body = parsed(html).body
    assert body is not None
    return [line for line in read_lines([(body, "body")], {})[0].split("\n") if line not in ("", "isi")]


def test_an_ordinary_page_is_left_alone() -> None:
    source = page("<b><i>x</i></b>" * 400).encode()
    assert within_bounds(source) is source


@pytest.mark.parametrize(
    "html",
    [
        "<ul><li>satu<ul><li>dalam</ul><li>dua</ul><dl><dt>kata<dd>arti<dt>lagi</dl>",
        "<table><caption>Skor<tr><th>A<td>B<tr><td>C<td>D</table>",
        "<p>a<b>b<i>c</b>d</i>e<p>f<div>g<span>h</div>i",
        "<h2>Judul</h2><blockquote><p>kutipan</blockquote><pre>x\ny</pre>",
        "a &lt;b&gt; &amp; c < d <> </> <3 <!-- x --> <!doctype y> <?php z ?> e",
        "<p title='a > b' data-x=\"<i>\" hidden>f</p><img alt='>'><br/>g<br>h<hr>i",
        "<script>'<p>x</p>'</script><style>p{}</style><textarea><p>y</textarea>k",
        "<svg/><svg><g/></svg><p>l<svg><path></svg>m</p>",
        "<P CLASS=x>n</P><O:P>o</O:P><select><option>1<option>2</select>p",
        "<a href=/1>q<a href=/2>r</a>s</a>t<form><button>u</button></form>",
        "<div><table><tr><td></div>v</td></tr></table></div>w",
    ],
)
def test_its_lines_are_those_of_the_page(html: str) -> None:
    assert lines_of(html + FILL) == lines_of(html)


def test_its_selectors_still_match() -> None:
    tree = parsed(
        "<html lang=id><head><title>a &amp; b</title><meta property=og:type content=article>"
        '<script type=\'application/ld+json\'>{"x": "<p>"}</script></head>'
        f"<body class=halaman><div id=isi class='a b'>{BODY}</div>{FILL}"
    )
    for selector in (
        "html[lang=id]",
        "body.halaman",
        "div#isi.a.b > p",
        'meta[property="og:type"][content="article"]',
        'script[type="application/ld+json"]',
    ):
        assert tree.css_first(selector) is not None
    title = tree.css_first("title")
    assert title is not None
    assert title.text() == "a & b"


@pytest.mark.parametrize(
    "html",
    [
        "".join(f"<font a{number}='{'x' * 5_000}'>" for number in range(40)) + "<p>isi</p>" * 800,
        "".join(f"<font face='{'x' * 20_000}' a{number}>" for number in range(40)) + "<p>isi</p>" * 300,
        "".join(f"<font title='>{number}'>" for number in range(400)) + "<p>isi</p>" * 1_000,
        f"<a title='>{'x' * 100_000}'>" + "<p>isi" * 9_900,
    ],
    ids=["large attributes", "few tags, larger attributes", "attributes that differ behind a >", "one link"],
)
def test_a_page_is_written_anew_where_opening_its_formatting_again_would_take_much(html: str) -> None:
    source = page(f"<p>{html}").encode()
    assert within_bounds(source) is not source
    assert lines_of(page(f"<p>{html}"))[-3:] == lines_of(page(""))


def test_text_nested_too_deep_stays_and_its_lines_stay_apart() -> None:
    html = "<div>" * 6_000 + "satu<div>dua</div>tiga" + "</div>" * 6_000
    assert lines_of(html) == ["satu", "dua", "tiga"]
