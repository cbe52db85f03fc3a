"""What removed text tells about an article."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cleaner import Cleaner, Document, Policy
from cleaner.document import Fact
from cleaner.fields import known_fields
from cleaner.kinds import Kind

RULES = r"""
[[rule]]
id = "penulis"
kind = "byline"
why = "Penulis."
first = ["zurna"]
pattern = 'zurna: (?P<author>[^|]+?)(?: \| (?P<editor>[^|]+))?'

[[rule]]
id = "tanggal"
kind = "meta"
why = "Tanggal."
first = ["tanggal"]
pattern = 'tanggal: (?P<published>.+)'

[[rule]]
id = "asal"
kind = "meta"
why = "Asal."
first = ["asal"]
pattern = 'asal: (?P<source>.+)'

[[rule]]
id = "tagar"
kind = "meta"
why = "Tagar."
first = ["tagar"]
pattern = 'tagar: (?P<tag>.+)'

[[rule]]
id = "kartu"
kind = "related"
why = "Kartu berita lain."
block = [
  { shape = "short", field = "caption" },
  { is = ["rebab"], anchor = true },
  { shape = "date", optional = true },
]

[[rule]]
id = "lanjut"
kind = "prompt"
why = "Lanjut."
starts = ["sambung ke halaman"]
pointer = true
"""

Fields = Callable[..., dict[str, Any]]


@pytest.fixture
def fields_of(cleaner_of: Callable[..., Cleaner]) -> Fields:
    """The fields that cleaning a text by `RULES` tells."""
    return lambda text, policy=None: dict(cleaner_of(RULES, policy)(Document(text)).fields)


def test_nothing_cut_tells_nothing(fields_of: Fields) -> None:
    assert fields_of("Satu.\nDua.") == {}


def test_named_groups_become_fields_verbatim_from_the_text(fields_of: Fields) -> None:
    assert fields_of("Satu.\n\nZurna: Sari  WULAN | Bayu-Tirta\nAsal: The Independent") == {
        "authors": ["Sari  WULAN"],
        "editors": ["Bayu-Tirta"],
        "source": "The Independent",
    }


def test_a_value_told_twice_is_listed_once_and_in_the_texts_order(fields_of: Fields) -> None:
    told = fields_of("Zurna: Sari\nSatu.\nZurna: Bayu\nZurna: Sari")
    assert told == {"authors": ["Sari", "Bayu"]}


def test_tags_are_split_at_their_signs(fields_of: Fields) -> None:
    assert fields_of("Satu.\nTagar: #Cabai #brebes  # pasar #cabai #brebes")["tags"] == [
        "Cabai",
        "brebes",
        "pasar",
        "cabai",
    ]
    assert fields_of("Satu.\nTagar: cabai merah")["tags"] == ["cabai merah"]


def test_the_first_date_that_is_one_is_the_articles(fields_of: Fields) -> None:
    assert fields_of("Tanggal: kemarin\nTanggal: 17 Juni 2024, 20:49 WIB\nTanggal: 1 Mei 2020\nSatu.") == {
        "published": "2024-06-17T20:49:00+07:00"
    }
    assert fields_of("Tanggal: 99 Juni 2024\nSatu.") == {}


def test_the_date_of_another_storys_card_is_never_the_articles(fields_of: Fields) -> None:
    text = "Satu dua.\n\nPasar Legi\n\nRebab\n25 November 2024"
    assert fields_of(text) == {"captions": ["Pasar Legi"]}


@pytest.mark.parametrize(
    ("text", "incomplete"),
    [
        pytest.param("Satu.\n\nSambung ke halaman 2", True, id="nothing behind"),
        pytest.param("Satu.\n\nSambung ke halaman 2\n\n \n", True, id="only white space behind"),
        pytest.param("Satu.\n\nSambung ke halaman 2\n\nZurna: Sari", True, id="only what is cut behind"),
        pytest.param("Satu.\n\nSambung ke halaman 2\n\nDua.", False, id="the article goes on"),
        pytest.param("Satu.\n\nDua.", False, id="no pointer"),
        pytest.param("Sambung ke halaman 2", True, id="nothing but a pointer"),
    ],
)
def test_an_article_is_incomplete_where_nothing_is_kept_behind_its_pointer(
    text: str, incomplete: bool, fields_of: Fields
) -> None:
    assert fields_of(text).get("incomplete", False) is incomplete


def test_what_the_policy_leaves_in_tells_nothing(fields_of: Fields) -> None:
    policy = Policy(kinds=frozenset(Kind) - {Kind.byline})
    assert fields_of("Satu.\nZurna: Sari\nAsal: AP", policy) == {"source": "AP"}


def test_each_field_names_the_rules_that_told_it(cleaner_of: Callable[..., Cleaner]) -> None:
    text = "Pasar Legi\n\nRebab\n\nSatu.\n\nZurna: Sari | Bayu\nAsal: AP\n\nSambung ke halaman 2"
    result = cleaner_of(RULES)(Document(text))
    assert dict(result.origins) == {
        "captions": "contoh/kartu",
        "authors": "contoh/penulis",
        "editors": "contoh/penulis",
        "source": "contoh/asal",
        "incomplete": "contoh/lanjut",
    }


def test_control_characters_are_no_part_of_a_value(fields_of: Fields) -> None:
    assert fields_of("Satu.\nAsal: A\x1b[31mP\x07\u202e")["source"] == "A[31mP"


def test_a_page_goes_before_what_removals_tell() -> None:
    told = {"authors": Fact(["Sari"], "contoh/penulis"), "source": Fact("AP", "contoh/asal")}
    fields, origins = known_fields(told, {"authors": Fact(["Sari Wulan"], "json-ld")})
    assert fields == {"authors": ["Sari Wulan"], "source": "AP"}
    assert origins == {"authors": "json-ld", "source": "contoh/asal"}


def test_captions_of_the_page_and_of_the_text_are_one_list_each_once() -> None:
    told = {"captions": Fact(["Pasar\u00a0Legi", "Petani"], "contoh/kartu")}
    fields, origins = known_fields(told, {"captions": Fact(["Pasar Legi"], ".foto")})
    assert fields["captions"] == ["Pasar Legi", "Petani"]
    assert origins["captions"] == ".foto, contoh/kartu"
