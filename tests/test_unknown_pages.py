"""Pages that no template knows: the densest block reads them, and trafilatura is heard on each line."""

from __future__ import annotations

import subprocess
import sys

import pytest
import trafilatura
from page_shapes import CAPTION, FIGURE, SHAPES, Shape
from page_shapes import PARAGRAPHS as STORY
from page_shapes import TEXT as STORY_TEXT

from cleaner import clean
from cleaner.readers.densest import densest_body
from cleaner.readers.element_names import said_by_name
from cleaner.readers.page import PageReader, parsed, read_article
from cleaner.readers.unknown import read_by_trafilatura
from cleaner.registry import outlet_named, recogniser

PARAGRAPHS = [
    "Warga Desa Sukamaju memperbaiki jembatan bambu yang hanyut terbawa banjir pekan lalu.",
    "Kepala desa mengatakan pekerjaan itu selesai dalam tiga hari berkat gotong royong.",
    "Jembatan itu menghubungkan dua dusun dan dilalui anak-anak setiap pagi ke sekolah.",
]
TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
MENU = "<ul class=menu>" + "".join(f"<li><a href=/{n}>Rubrik {n}</a></li>" for n in range(15)) + "</ul>"
FOOT = "<footer><p>Jalan Melati 5, Sukamaju. Semua isi dilindungi undang-undang yang berlaku.</p></footer>"


def body_of(html: str) -> str:
    """The opening tag of the densest block."""
    (root,) = densest_body(parsed(f"<!doctype html><body>{html}"))
    return (root.html or "").partition(">")[0] + ">"


def text_of(html: str) -> str:
    return read_article(parsed(f"<!doctype html><body>{html}"), ()).text


@pytest.mark.parametrize(
    "body",
    [TEXT, "<br><br>".join(PARAGRAPHS), "".join(f"<div>{p}</div>" for p in PARAGRAPHS)],
    ids=["paragraphs", "line breaks", "divs"],
)
def test_the_densest_block_is_the_element_around_the_paragraphs(body: str) -> None:
    assert body_of(f"<div>{MENU}<div class=isi>{body}</div>{MENU}{FOOT}</div>") == '<div class="isi">'


def test_a_body_in_parts_is_read_whole() -> None:
    parts = f"<section>{TEXT}</section><ul><li><a href=/x>Berita lain</a></li></ul><section>{TEXT}</section>"
    assert body_of(f"{MENU}<main>{parts}</main>{MENU}") == "<main>"


def test_short_lines_between_paragraphs_belong_to_the_block() -> None:
    verse = "<br>".join(["Di tepi sungai", "bambu berdiri", "menunggu pagi"])
    recipe = "<ul><li>2 siung bawang</li><li>garam</li></ul><h2>Cara membuat</h2>"
    for lines in (f"<p>{verse}</p>", recipe, "<table><tr><td>Persib</td><td>2-1</td></tr></table>"):
        assert body_of(f"{MENU}<div class=isi>{TEXT}{lines}</div>{MENU}") == '<div class="isi">'


def test_readers_remarks_and_legal_notices_are_not_the_article() -> None:
    remarks = f"<div id=comments>{TEXT * 3}</div>"
    assert body_of(f"<div class=isi>{TEXT}</div>{MENU}{remarks}{FOOT}") == '<div class="isi">'


def test_an_article_whose_element_is_named_like_furniture_is_found() -> None:
    assert PARAGRAPHS[2] in text_of(f"{MENU}<div class='post comments-open'>{TEXT}</div>{MENU}")


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_the_body_is_found_and_nothing_around_it(shape: Shape) -> None:
    tree = parsed(shape.html)
    (wanted,) = tree.css(shape.body)
    assert [root.mem_id for root in densest_body(tree)] == [wanted.mem_id]


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_a_made_up_page_is_read_to_its_article(shape: Shape) -> None:
    assert clean(html=shape.html).text.split("\n\n") == list(STORY)


_LINKS = (
    "<ul>" + "".join(f"<li><a href=/{n}>Kabar lain dari pesisir {n}</a></li>" for n in range(30)) + "</ul>"
)
_HALVES = [STORY_TEXT.split("\n")[:3], STORY_TEXT.split("\n")[3:]]
_FIRST, _SECOND = map("".join, _HALVES)
_ISI = f"<div class=isi>{STORY_TEXT}</div>"
_OWN = "Kemarau membawa berkah bagi petani garam."
_TABLE = "<table><tr><td>Lembung</td><td>12 ton</td></tr></table>"


@pytest.mark.parametrize(
    ("page", "own"),
    [
        (f"{MENU}<h1>Panen</h1><p class=lead>{_OWN}</p>{FIGURE}{_ISI}{FOOT}", _OWN),
        (f"{MENU}<h1>Panen</h1><h2>{_OWN}</h2>{_ISI}{FOOT}", _OWN),
        (f"<h1>Panen</h1><b>LEMBUNG –</b>{_ISI}", "LEMBUNG –"),
        (f"<div>{_ISI}<p>{_OWN}</p></div>", _OWN),
        (f"<div>{_ISI}<p>Tamat.</p></div>", "Tamat."),
        (f"<div>{_ISI}<blockquote>Garam itu doa</blockquote></div>", "Garam itu doa"),
        (f"<div>{_ISI}<h3>Bahan</h3><ul><li>garam kasar</li></ul></div>", "garam kasar"),
        (f"<div>{_ISI}{_TABLE}</div>", "Lembung 12 ton"),
        (f"<div><div class=isi>{STORY_TEXT}<figure>{_TABLE}</figure></div></div>", "Lembung 12 ton"),
        (f"<div>{_ISI}<p>Di tepi tambak<br>menunggu pagi</p></div>", "menunggu pagi"),
        (f"{MENU}<main><h1>Panen</h1>{_FIRST}<div>{_LINKS}</div>{_SECOND}</main>{FOOT}", STORY[0]),
        (f"{MENU}<div class=bagian>{_FIRST}</div>{_LINKS}<div class=bagian>{_SECOND}</div>{FOOT}", STORY[0]),
        (
            "<main>"
            + "".join(f"<div><h3><a href=/>Tempat</a></h3><p>{p}</p></div>" for p in STORY)
            + "</main>",
            "Tempat",
        ),
        ("<div class=a>" + "".join(f"<div class=photo><img><p>{p}</p></div>" for p in STORY) + "</div>", ""),
    ],
    ids=[
        "a standfirst",
        "a standfirst in a heading",
        "a dateline beside the body",
        "a last paragraph",
        "a last sentence",
        "a quote",
        "ingredients",
        "a table",
        "a table in a figure",
        "a verse",
        "paragraphs on both sides of many links",
        "parts on both sides of many links",
        "a list of places that are links",
        "boxes named for their photos",
    ],
)
def test_what_stands_beside_the_body_and_is_the_articles_own_stays(page: str, own: str) -> None:
    lines = [line.removeprefix("• ") for line in clean(html=f"<!doctype html><body>{page}").text.split("\n")]
    assert not {*STORY, own} - {"", *lines} - {""}


def test_what_stands_above_the_headline_introduces_the_site() -> None:
    slogan = "<p>Kabar Pesisir, media warga di pantai utara sejak 2009.</p>"
    assert body_of(f"{slogan}<h1>Panen</h1>{MENU}{_ISI}{FOOT}") == '<div class="isi">'


def test_another_article_on_the_same_page_is_not_read() -> None:
    other = "<article class=post><h2>Lain</h2>" + "<p>Dermaga kayu itu diperbaiki warga bersama-sama.</p>" * 3
    page = f"{MENU}<article class=post><h1>Panen</h1>{STORY_TEXT}</article>{_LINKS}{other}{FOOT}"
    assert body_of(page) == '<article class="post">'
    assert "Dermaga" not in text_of(page)


def test_a_page_without_text_has_no_block() -> None:
    assert densest_body(parsed("<body><script>x</script>")) == []


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Banjir surut pagi tadi.</p>", "Banjir surut pagi tadi."),
        ("<h2>Banjir</h2><p>Air surut.</p><figcaption>Foto: Antara</figcaption>", "Banjir\n\nAir surut."),
        ("Banjir surut <b>pagi tadi</b>.", "Banjir surut pagi tadi."),
        # An unclosed link makes one of all that follows; whoever cut the piece out chose that too.
        (
            "<p>Banjir surut.</p><p><a href=x>Warga pulang.<p>Jalan dibuka.</p>",
            "Banjir surut.\n\nWarga pulang.\n\nJalan dibuka.",
        ),
    ],
)
def test_a_fragment_is_all_article(html: str, text: str) -> None:
    assert clean(html=html).text == text


@pytest.mark.parametrize(
    "html",
    [
        "<html><p>Banjir surut.</p>",
        "<title>Banjir</title><p>Banjir surut.</p>",
        "<nav>Beranda</nav><p>Banjir surut.</p>",
        "<ul><li><a href=/a>Banjir surut</a><li><a href=/b>Jalan dibuka</a></ul>",
        "<p> </p>",
    ],
    ids=["a page", "a title", "a menu", "links", "nothing"],
)
def test_what_is_no_fragment_needs_a_block(html: str) -> None:
    assert clean(html=html).no_article


def test_lines_that_trafilatura_leaves_out_are_labelled_and_still_there() -> None:
    tail = "<div class=share><a href=/s>Bagikan lewat surel</a></div>"
    document = read_article(parsed(f"<body>{MENU}<article>{TEXT * 2}{tail}</article>{MENU}"), ())
    hints = {
        document.text[start:].partition("\n")[0]: label.hints for start, label in document.labels.items()
    }
    assert all("left_out" not in hints[paragraph] for paragraph in PARAGRAPHS)
    assert "left_out" in hints["Bagikan lewat surel"]
    assert document.facts["reader"].value == "densest block, judged by trafilatura"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("wp-caption-text", "caption_box"),
        ("photoDesc", "caption_box"),
        ("img_credit", "caption_box"),
        ("read__date", "meta_box"),
        ("entry-author", "byline_box"),
        ("baca-juga", "related_box"),
        ("berita_terkait", "related_box"),
        ("btn-load-more", "chrome_box"),
        ("shareBar", "prompt_box"),
        ("ads-in-text", "ad_box"),
        ("isi-berita", None),
        ("candidate", None),
        ("update-list", None),
        ("shadow", None),
        ("imagination", None),
    ],
)
def test_the_name_of_an_element_can_say_what_it_holds(name: str, said: str | None) -> None:
    for html in (f"<p class='x {name}'>", f"<p id='{name}'>"):
        node = parsed(html).css_first("p")
        assert node is not None
        assert said_by_name(node) == said


def _hints(html: str, line: str) -> tuple[str, ...]:
    document = read_article(parsed(f"<!doctype html><body>{html}"), ())
    return document.labels[document.text.index(line)].hints


def test_a_name_says_something_only_where_trafilatura_leaves_the_whole_element_out() -> None:
    box = f"<div class=keterangan-foto><div class=foto-caption>{CAPTION}</div></div>"
    middle = f"<div class=isi>{_FIRST}{{}}{_SECOND}</div>"
    assert _hints(middle.format(box), CAPTION) == ("left_out", "caption_box")
    assert _hints(middle.format(box.replace("</div>", f"</div>{_FIRST}", 1)), CAPTION)[1:] == ("caption_box",)
    around = f"<div class=foto-caption><div>{CAPTION}</div>{_SECOND}</div>"
    assert "caption_box" not in _hints(f"<div class=isi>{_FIRST}{around}</div>", CAPTION)


def test_a_second_reader_that_read_something_else_is_not_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleaner.readers.unknown._extracted_text", lambda tree: "Kabar lain dari pesisir.")
    document = read_article(parsed(f"<!doctype html><body><div class=isi>{STORY_TEXT}</div>"), ())
    assert not any(label.hints for label in document.labels.values())
    assert (
        document.facts["reader"].value == "densest block; not judged by trafilatura: it read something else"
    )


def test_a_line_has_its_path() -> None:
    document = read_article(parsed(f"<body>{MENU}<div>{TEXT}</div>"), ())
    assert (
        document.labels[0].path
        == "html:nth-of-type(1) > body:nth-of-type(1) > div:nth-of-type(1) > p:nth-of-type(1)"
    )


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        (TEXT * 6_000, "the page has over 15,000 elements and texts"),
        ("<div>" * 200 + TEXT, "the page is nested over 150 elements deep"),
    ],
    ids=["many elements", "nested"],
)
def test_a_page_too_large_for_trafilatura_says_so(html: str, reason: str) -> None:
    document = read_article(parsed(f"<body>{html}"), ())
    assert document.text.startswith(PARAGRAPHS[0])
    assert document.facts["reader"].value == f"densest block; not judged by trafilatura: {reason}"


def test_trafilatura_reads_a_page_into_lines_with_labels() -> None:
    document = read_by_trafilatura(
        parsed(
            f"<body><article><h1>Jembatan</h1>{TEXT}<h2>Bahan</h2>"
            "<ul><li>bambu petung</li><li>tali ijuk</li></ul>"
            f"<blockquote><p>Kami bergantian siang dan malam.</p></blockquote>{TEXT}</article>"
        )
    )
    hints = {
        document.text[start:].partition("\n")[0]: label.hints for start, label in document.labels.items()
    }
    assert hints[PARAGRAPHS[0]] == ()
    assert hints["Bahan"] == ("heading",)
    assert hints["• bambu petung"] == ("list_item",)
    assert hints["Kami bergantian siang dan malam."] == ("quote",)
    assert "• bambu petung\n• tali ijuk\n\n" in document.text
    assert f"{PARAGRAPHS[0]}\n\n{PARAGRAPHS[1]}" in document.text


def test_trafilatura_never_drops_what_it_has_seen_before(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    real = trafilatura.bare_extraction

    def extraction(*arguments: object, **options: object) -> object:
        asked.append(options.get("deduplicate"))
        return real(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(trafilatura, "bare_extraction", extraction)
    read_article(parsed(f"<body><div>{TEXT}</div>"), ())
    read_by_trafilatura(parsed(f"<body><div>{TEXT}</div>"))
    assert asked == [False, False]


def test_a_known_outlets_page_is_read_without_trafilatura() -> None:
    url = "https://www.viva.co.id/berita/1-jembatan"
    assert (
        PARAGRAPHS[0]
        in PageReader(recogniser(), outlet_named)(f"<body>{MENU}<div>{TEXT}</div>", url=url).document.text
    )
    code = (
        "import sys, cleaner\n"
        f"cleaner.clean(html={TEXT!r}, url={url!r})\n"
        f"cleaner.clean(html='<h1>404</h1>', url={url!r})\n"
        "print(*{'trafilatura', 'lxml', 'typer'} & sys.modules.keys())"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (ran.stdout.strip(), ran.stderr) == ("", "")


def test_trafilatura_says_nothing_on_standard_error() -> None:
    code = "from cleaner import clean; clean(html='<body><p>' + 'x ' * 50 + '<table>')"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.stderr == ""
