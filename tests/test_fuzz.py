"""Hostile input: packs that are no packs, and texts made to hurt.

Time is not measured: machines differ. What is counted is work: the calls of Python functions and of the regex
engine, and how long the stretches are that it is given.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from conftest import ROOT, assert_sound
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleaner import Document, Outlet, PackError, Policy
from cleaner.api import cleaner_for
from cleaner.pack import parse_pack
from cleaner.registry import outlet_ids

OUTLETS = (*outlet_ids(), None)
NAMES = [outlet or "common" for outlet in OUTLETS]

# --- packs ------------------------------------------------------------------------------------------------

PACKS = [path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("patterns/*.toml"))]
_WORDS = (
    "format = 1",
    'outlet = "contoh"',
    "[[rule]]",
    "[rule.inline]",
    "[rule]",
    "[[rule.block]]",
    'id = "satu"',
    'kind = "ad"',
    'why = "x"',
    'is = ["x"]',
    "is = [3]",
    "is = 'x'",
    'starts = [""]',
    'pattern = "(("',
    'first = ["a"]',
    "block = [{}]",
    "block = [{ anchor = true }]",
    'block = [{ is = ["x"], anchor = true, repeat = -1 }]',
    "block = 3",
    "stray = {}",
    'stray = { judge = "x" }',
    "max = 99999999999999999999",
    "max = -1",
    "max = 1e400",
    "max = nan",
    "inline = {}",
    "inline = { literal = [] }",
    'inline = { literal = ["x"], end = "x" }',
    "hosts = 3",
    "hosts = [[]]",
    'name = "\\u0007"',
    "rule = 3",
    "rule = [3]",
    "x = " + "[" * 200 + "]" * 200,
    "format = true",
    "format = 1.0",
    'outlet = ""',
    "= 3",
    "\x00",
    "\ud7ff",
    "a.b.c = 3",
    "date = 2024-01-01",
    'removes = ["⟦"]',
)


def _refused_or_read(source: str) -> None:
    """A pack is read, or refused by name with what follows from it. Nothing else may happen."""
    try:
        pack = parse_pack(source, "tempat/pak.toml")
    except PackError as error:
        told = str(error)
        assert told.startswith("tempat/pak.toml: ")
        assert told.endswith("rules is used")
        return
    assert pack.format == 1
    assert all(rule.id.startswith(f"{pack.outlet}/") for rule in pack.rules)


@given(st.lists(st.one_of(st.sampled_from(_WORDS), st.text(max_size=20)), max_size=12))
@settings(max_examples=400)
def test_a_text_that_looks_like_a_pack_is_read_or_refused(lines: list[str]) -> None:
    _refused_or_read("\n".join(lines))


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    _refused_or_read(text)


_rules = [f"[[rule]]{rule}" for pack in PACKS for rule in pack.split("[[rule]]")[1:]]


@st.composite
def _damaged(draw: st.DrawFn) -> str:
    """A pack of a few real rules with some letters, lines or values changed."""
    source = 'format = 1\noutlet = "contoh"\n' + "\n".join(
        draw(st.lists(st.sampled_from(_rules), min_size=1, max_size=2))
    )
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(source) - 1))
        match draw(st.sampled_from(("letter", "cut", "word", "lines", "swap"))):
            case "letter":
                source = (
                    source[:at]
                    + draw(st.sampled_from("\x00\x07\"'[]{}()*+?\\|=\n\u202e⟦9a"))
                    + source[at + 1 :]
                )
            case "cut":
                source = source[:at] + source[at + draw(st.integers(1, 30)) :]
            case "word":
                source = source[:at] + draw(st.sampled_from(_WORDS)) + source[at:]
            case "lines":
                lines = source.split("\n")
                del lines[draw(st.integers(0, len(lines) - 1))]
                source = "\n".join(lines)
            case _:
                lines = source.split("\n")
                one, other = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
                lines[one], lines[other] = lines[other], lines[one]
                source = "\n".join(lines)
        if not source:
            break
    return source


_RULE = "format = 1\noutlet = 'a'\n[[rule]]\nid = 'a'\nkind = 'ad'\nwhy = 'a'\nfirst = ['a']\n"


@given(_damaged())
@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_a_damaged_pack_is_read_or_refused(source: str) -> None:
    _refused_or_read(source)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("x = " + "[" * 100_000, id="deep lists"),
        pytest.param("x = " + "{a=" * 100_000, id="deep tables"),
        pytest.param("a" + ".a" * 2_000 + " = 1", id="a deep key"),
        pytest.param("format = " + "9" * 10_000, id="a huge number"),
        pytest.param('format = 1\noutlet = "a"\n' + "[[rule]]\n" * 5_000, id="many rules"),
        pytest.param('format = 1\noutlet = "' + "a" * 1_000_000 + '!"', id="a long id"),
        pytest.param(
            _RULE + f"pattern = '{'(' * 5000}'",
            id="an open pattern",
        ),
        pytest.param(
            _RULE + f"pattern = '{'(?:a' * 3000}{')' * 3000}'",
            id="a deep pattern",
        ),
        pytest.param(
            _RULE + "pattern = 'a{99999999999999}'",
            id="a huge repeat",
        ),
    ],
)
def test_a_pack_made_to_hurt_is_refused(source: str) -> None:
    with pytest.raises(PackError) as caught:
        parse_pack(source, "tempat/pak.toml")
    assert str(caught.value).startswith("tempat/pak.toml: ")


@given(data=st.binary(max_size=60))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_file_of_any_bytes_is_read_or_refused_by_its_path(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "pak.toml"
    path.write_bytes(data)
    with pytest.raises(PackError) as caught:
        Outlet.from_file(path)
    assert str(caught.value).startswith(f"{path}: ")


@pytest.mark.parametrize("name", ["tidak-ada.toml", "."])
def test_a_pack_that_cannot_be_opened_is_refused_by_its_path(name: str, tmp_path: Path) -> None:
    with pytest.raises(PackError, match="can't be read"):
        Outlet.from_file(tmp_path / name)


# --- texts ------------------------------------------------------------------------------------------------

HOSTILE = (
    "a",
    " ",
    "\n",
    "\t",
    "(",
    ")",
    "[",
    "|",
    "#",
    ":",
    ".",
    "_",
    "/",
    "-",
    "•",
    ">",
    "0",
    "\x00",
    "\r\n",
    "\u0301",
    "\u202e",
    "\u200b",
    "\u00a0",
    "İ",
    "👉",
    "\uf00e",
    "\u2028",
    "a\n",
    "a b ",
    "A b. ",
    "Aa Bb ",
    "#a ",
    "#aa ",
    "((",
    "() ",
    "(a) ",
    "(adv) ",
    "(*)\n",
    "https://a.b/",
    "Baca Juga: ",
    "Baca Juga: \n",
    "Baca Juga : Aa Bb ",
    "Baca: ",
    "Baca: Harga Beras Naik ",
    "Photo :\n",
    " Photo : ",
    "Sumber : ",
    "Sumber :\n",
    "(Sumber: ",
    "Sumber: Aa Bb ",
    "Penulis : A Editor : ",
    "Penulis : ",
    "Produser: A b\n",
    "img_title\n",
    "img_title ",
    "img_title\nVIVA.co.id\n1 Mei 2020\n",
    "0 Komentar\n",
    "0 Komentar ",
    "a/CNN Indonesia\n",
    "a/CNN Indonesia ",
    "ILUSTRASI. ",
    "Ok\nDaya Motor\n",
    "Editor\n",
    "Sari Wulan\nEditor\n",
    "Halaman Selanjutnya ",
    "> > ",
    "Senin, 1 Mei 2020 | 20:00 WIB ",
    "| 1 Mei 2020, 20:00 WIB ",
    "NEWSTICKER\n",
    "NEWSTICKER\nAAA BBB CCC\n",
    "Follow\n",
    "Harga Beras Naik, Pedagang di Pasar Legi Mengeluh\n\n",
    "ADVERTISEMENT\n",
    "(adsbygoogle",
    "googletag.cmd.push(function() { ",
    "Terima Notifikasi Berita Terkini ",
    "Lakukan ini, dan nyeri sendi Anda akan hilang dalam 7 hari! ",
)


@contextmanager
def counted() -> Iterator[Callable[[], int]]:
    """Counts calls, of Python functions and of built-in ones, while it is open."""
    calls = 0

    def count(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        yield lambda: calls
    finally:
        sys.setprofile(before)


def _work(outlet: str | None, text: str) -> int:
    """The calls that cleaning `text` takes."""
    cleaner = cleaner_for(outlet, Policy())
    document = Document(text)
    with counted() as calls:
        cleaner(document)
        return calls()


@pytest.mark.parametrize(
    "piece", HOSTILE, ids=[ascii(piece)[1:-1][:30].strip() or "space" for piece in HOSTILE]
)
@pytest.mark.parametrize("outlet", OUTLETS, ids=NAMES)
def test_twice_the_text_is_about_twice_the_work(outlet: str | None, piece: str) -> None:
    once, twice = (piece * (size // len(piece)) for size in (8_000, 16_000))
    cleaner_for(outlet, Policy())(Document(once))
    assert _work(outlet, twice) <= 2.6 * _work(outlet, once) + 1_000


LONG = 1_000_000


@pytest.mark.parametrize("outlet", ["viva", "kompastv", None])
@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "\n",
        " ",
        "(",
        "\x00",
        "\u0301",
        "\u202e",
        "İ",
        "a b ",
        "Baca Juga: ",
        "Photo :\n",
        "#a ",
        "Penulis : A Editor : ",
        "img_title\n",
    ],
    ids=ascii,
)
def test_a_megabyte_of_one_thing_is_cleaned_soundly(outlet: str | None, piece: str) -> None:
    text = piece * (LONG // len(piece))
    result = cleaner_for(outlet, Policy())(Document(text))
    assert_sound(text, result)
    again = cleaner_for(outlet, Policy())(Document(result.text))
    assert again.text == result.text


def test_a_hundred_thousand_short_lines_are_cleaned_soundly() -> None:
    text = "".join(f"baris {number}\n" for number in range(100_000))
    result = cleaner_for("viva", Policy())(Document(text))
    assert_sound(text, result)
    assert result.text == text


@given(st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=8), st.integers(1, 40))
@settings(max_examples=150)
def test_mixtures_of_hostile_pieces_are_cleaned_soundly_and_once(pieces: list[str], times: int) -> None:
    text = "".join(pieces) * times
    for outlet in OUTLETS:
        result = cleaner_for(outlet, Policy())(Document(text))
        assert_sound(text, result)
        assert cleaner_for(outlet, Policy())(Document(result.text)).text == result.text
