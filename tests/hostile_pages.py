"""Pages made to hurt whoever reads them, each of about the size asked for. They hold an article as well."""

from __future__ import annotations

from collections.abc import Callable

BODY = (
    "<p>Warga Desa Sukamaju memperbaiki jembatan bambu yang hanyut terbawa banjir pekan lalu.</p>"
    "<p>Kepala desa mengatakan pekerjaan itu selesai dalam tiga hari berkat gotong royong.</p>"
    "<p>Jembatan itu menghubungkan dua dusun dan dilalui anak-anak setiap pagi ke sekolah.</p>"
)
"""An article's body, in three paragraphs."""


def page(html: str) -> str:
    """A page with `html` before an article."""
    return f"<!doctype html><title>Jembatan</title><body>{html}<div>{BODY}</div></body></html>"


def _distinct(tag: str, count: int) -> str:
    return "".join(f"<{tag} a{number}>" for number in range(count))


def _attributes(count: int, value: str = "") -> str:
    return " ".join(f"a{number}{value}" for number in range(count))


HOSTILE: dict[str, Callable[[int], str]] = {
    "unclosed tags": lambda n: "<div><b><p><i><span>x" * (n // 5),
    "unclosed inline tags": lambda n: "<b><i><span><em>" * (n // 4),
    "unclosed div": lambda n: "<div>" * n,
    "nested div": lambda n: "<div>" * n + "teks" + "</div>" * n,
    "nested span in div": lambda n: "<div><span>" * n + "</div>" * n,
    "nested lists": lambda n: "<ul><li>butir" * n,
    "nested definition lists": lambda n: "<dl><dd>" * n,
    "nested tables": lambda n: "<table><tr><td>" * n,
    "nested quotes": lambda n: "<blockquote><p>kutipan" * n,
    "nested links in blocks": lambda n: "<a href=x><div>x" * n,
    "nested selects": lambda n: "<select><optgroup>" * n,
    "short paragraphs": lambda n: "<p>x</p>" * n,
    "unclosed paragraphs": lambda n: "<p>x" * n,
    "paragraphs in unclosed div": lambda n: "<div>" * (n // 2) + "<p>x" * (n // 2),
    "formatting opened over and over": lambda n: "".join(f"<p><font a{i}>x</p>" for i in range(n)),
    "formatting closed in another order": lambda n: "<b><i></b></i>" * n,
    "formatting left open": lambda n: f"<p>{_distinct('font', n // 2)}</p>" + "<p>x</p>" * (n // 2),
    "formatting around blocks": lambda n: _distinct("b", n // 2) + "<p>" * (n // 2) + "</b>" * (n // 2),
    "end tags of nothing": lambda n: "<div>" * (n // 2) + "</h1></x>" * (n // 2),
    "text out of place in a table": lambda n: "<table>" + "x<tr>y<b>" * n,
    "attributes": lambda n: f"<p {_attributes(n)}>x</p>",
    "attributes with values": lambda n: f"<p {_attributes(n, '=x')}>x</p>",
    "attributes that hold tags": lambda n: f"<p {_attributes(n, chr(61) + chr(34) + '<i>' + chr(34))}>x</p>",
    "attributes on html": lambda n: _distinct("html", n) + _distinct("body", n),
    "a large attribute": lambda n: f'<p class="{"x " * (5 * n)}" data-x={"y" * (5 * n)}>x</p>',
    "an attribute that never ends": lambda n: '<p class="' + "x " * (5 * n),
    "a tag that never ends": lambda n: "<p " + "x " * (5 * n),
    "a comment that never ends": lambda n: "<!--" * (2 * n),
    "a script that never ends": lambda n: "<script>" + "<p>x</p>" * n,
    "scripts everywhere": lambda n: "<script>x='<p>'</script>teks<p>a<script>b</script>c</p>" * (n // 5),
    "scripts that hold scripts": lambda n: "<script><!--<script></script><div>--></script>" * (n // 5),
    "drawings": lambda n: "<svg><g>" * n,
    "templates": lambda n: "<template><div>" * n,
    "angle brackets": lambda n: "<" * (10 * n) + ">" * (10 * n),
    "broken entities": lambda n: "&amp&#x;&#99999999;&nbs;&#0;&#x1b;&notit; " * n,
    "line breaks": lambda n: "<br>" * (10 * n),
    "text between line breaks": lambda n: "kata<br>" * (5 * n),
    "links": lambda n: "<a>x" * (10 * n),
    "links with addresses": lambda n: "<a href=/x>Judul berita lain hari ini</a>" * n,
    "links in a list": lambda n: "<ul>" + "<li><a href=/x>Judul berita lain hari ini</a></li>" * n + "</ul>",
    "headings": lambda n: "<h2><a href=/x>Judul</a></h2><p>Ringkasan berita itu di sini.</p>" * (n // 2),
    "one long line": lambda n: f"<p>{'kata ' * (10 * n)}</p>",
    "one long word": lambda n: f"<p>{'k' * (50 * n)}</p>",
    "prompts in one line": lambda n: f"<p>{'Baca juga: Harga Beras Naik. Petani lega. ' * n}</p>",
    "prompts on many lines": lambda n: "<p>Baca juga: Harga Beras Naik</p><p>Petani lega.</p>" * n,
    "captions": lambda n: "<figure><figcaption>Foto: Dok. Desa</figcaption></figure>" * n,
    "white space": lambda n: f"<p>{' ' * (20 * n)}x{chr(10) * (20 * n)}</p>",
    "preformatted lines": lambda n: f"<pre>{'x' + chr(10)}</pre>" + f"<pre>{('x' + chr(10)) * (5 * n)}</pre>",
    "NULs": lambda n: "\0" * (10 * n) + "<p>\0x\0</p>" * n,
    "control characters": lambda n: "<p>\x1b[31mmerah\x1b]0;judul\x07 \x9b2J \x08\x7f &#27;[2J</p>" * n,
    "lone surrogates": lambda n: "<p>\ud800x\udfff</p>" * n,
    "numbered items": lambda n: "<ol reversed start=999999>" + "<li>x" * n,
    "names with signs": lambda n: "<o:p>x</o:p><a\"'b>y<p=>z" * n,
}
"""A page by what is wrong with it; the number is roughly that of its tags."""
