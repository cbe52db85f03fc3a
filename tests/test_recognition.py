"""Whose page a text is: by its url, else by the signatures at its head and tail."""

from __future__ import annotations

import pytest
from conftest import outlet_of_seed, read_seeds
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Document, Outlet, clean
from cleaner.registry import Recogniser, recogniser

KNOWS = Recogniser(
    (
        Outlet("satu", "Satu", ("satu.co.id", "satu.tv"), ("SATU.co.id – ", "Tim Satu")),
        Outlet("dua", "Dua", ("dua.id", "anak.satu.tv"), ("dua.id - ",)),
    )
)
PROSE = "Harga cabai di pasar turun pekan ini. "


@pytest.mark.parametrize(
    ("url", "outlet"),
    [
        ("https://satu.co.id/berita/1", "satu"),
        ("https://www.satu.co.id", "satu"),
        ("http://jatim.anu.satu.co.id/1?page=2#x", "satu"),
        ("HTTPS://WWW.SATU.CO.ID/1", "satu"),
        ("https://satu.co.id:8443/1", "satu"),
        ("https://nama:sandi@satu.co.id/1", "satu"),
        ("//satu.tv/1", "satu"),
        ("satu.tv/1", "satu"),
        ("satu.tv", "satu"),
        ("https://dua.id/satu.co.id", "dua"),
        ("https://anak.satu.tv/1", "dua"),
        ("https://x.anak.satu.tv/1", "dua"),
    ],
)
def test_a_host_and_its_sub_domains_tell_the_outlet(url: str, outlet: str) -> None:
    assert KNOWS(Document("", url=url)) == outlet


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://",
        "://",
        "https://co.id/1",
        "https://notsatu.co.id/1",
        "https://satu.co.id.evil.com/1",
        "https://evil.com/satu.co.id",
        "https://evil.com?satu.co.id",
        "https://evil.com#satu.co.id",
        "https://satu/1",
        "http://[::1]/1",
        "http://[satu.co.id",
        "https://satu.co.id@evil.com/1",
        "bukan url",
        "\x00",
        "https:///satu.tv",
        "a" * 100_000,
        "." * 100_000,
        "@" * 100_000,
    ],
)
def test_any_other_host_and_what_is_no_url_tell_nothing(url: str) -> None:
    assert KNOWS(Document(PROSE, url=url)) is None


@given(st.text(max_size=60))
def test_no_url_is_an_error(url: str) -> None:
    assert KNOWS(Document("", url=url)) in (None, "satu", "dua")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("SATU.co.id – " + PROSE * 60, id="at the head"),
        pytest.param("Judul\n\nsatu.CO.id — " + PROSE * 60, id="folded"),
        pytest.param(PROSE * 60 + "Tim Satu", id="at the tail"),
        pytest.param(PROSE + "Tim Satu", id="in a short text"),
        pytest.param("SATU.co.id – " + PROSE * 60 + "Tim Satu", id="at both"),
    ],
)
def test_signatures_at_head_and_tail_tell_the_outlet(text: str) -> None:
    assert KNOWS(Document(text)) == "satu"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="no text"),
        pytest.param(PROSE * 60 + "Tim Satu" + PROSE * 60, id="in the middle"),
        pytest.param("SATU.co.id – dua.id - " + PROSE, id="of two outlets"),
        pytest.param("SATU.co.id – " + PROSE * 60 + "dua.id - ", id="one at the head, another at the tail"),
        pytest.param("Menurut Satu", id="a mere mention"),
    ],
)
def test_signatures_in_the_middle_or_of_two_outlets_tell_nothing(text: str) -> None:
    assert KNOWS(Document(text)) is None


def test_the_host_has_the_first_word_and_an_unknown_host_leaves_it_to_the_text() -> None:
    text = "SATU.co.id – " + PROSE
    assert KNOWS(Document(text, url="https://dua.id/1")) == "dua"
    assert KNOWS(Document(text, url="https://lain.com/1")) == "satu"


def test_head_and_tail_do_not_make_a_signature_together() -> None:
    for head in range(450, 650):
        for tail in (250, 300, 350, 400):
            text = "x" * head + "Tim" + PROSE * 60 + "Satu" + "x" * tail
            assert KNOWS(Document(text)) is None


def test_a_host_name_longer_than_any_is_nobodys() -> None:
    assert KNOWS.by_host("https://www.satu.co.id/1") == "satu"
    assert KNOWS.by_host(f"https://{'a.' * 500_000}satu.co.id/1") is None


def test_without_outlets_nothing_is_recognised() -> None:
    assert Recogniser(())(Document("SATU.co.id – ", url="https://satu.co.id")) is None


@pytest.mark.parametrize("seed", read_seeds("[0-9]*"))
def test_each_real_seed_is_recognised_by_its_text_alone(seed: str) -> None:
    text = read_seeds()[seed]
    assert recogniser()(Document(text)) == clean(text).outlet == outlet_of_seed(seed)


def test_a_run_says_of_a_pack_that_its_host_can_never_match_and_that_it_was_not_used(
    tmp_path, write_pack, run_clean
):
    own = write_pack('format = 1\noutlet = "contoh"\nhosts = ["https://contoh.example/"]\n')
    dump = tmp_path / "in.jsonl"
    dump.write_text('{"text": "Satu.", "url": "https://contoh.example/1"}\n', encoding="utf-8")
    ran = run_clean(dump, "-o", tmp_path / "out.jsonl", "--pack", own)
    assert "Warning: host 'https://contoh.example/' of the pack 'contoh' is no bare domain" in ran.err
    assert "The pack contoh was used for no record" in ran.err


def test_of_a_pack_that_was_used_nothing_is_said(tmp_path, write_pack, run_clean):
    own = write_pack('format = 1\noutlet = "contoh"\nhosts = ["contoh.example"]\n')
    dump = tmp_path / "in.jsonl"
    dump.write_text('{"text": "Satu.", "url": "https://contoh.example/1"}\n', encoding="utf-8")
    assert "The pack" not in run_clean(dump, "-o", tmp_path / "out.jsonl", "--pack", own).err
