"""What is taken for an outlet's signature: its brand, as only its own texts are opened."""

from __future__ import annotations

import pytest

from cleaner import Document
from cleaner.identity import Identity
from cleaner.registry import Recogniser
from cleaner.starting.signatures import signatures_of

_LEAD = "Pedagang menjual cabai kepada warga sejak Senin pagi."
_NAMES = ["wartapos.exam", "wartapos"]


def _texts(*openings: str, times: int = 1) -> list[Document]:
    return [Document(f"{opening}{_LEAD}") for opening in openings for _ in range(times)]


def _recognises(signatures: tuple[str, ...], text: str) -> bool:
    return Recogniser((Identity("wartapos", signatures=signatures),))(Document(text)) is not None


@pytest.mark.parametrize(
    ("opening", "signature"),
    [
        ("WARTAPOS.EXAM – ", "\nWARTAPOS.EXAM –"),
        ("Sukatani, WARTAPOS.EXAM - ", " WARTAPOS.EXAM -"),
        ("Sukatani,WARTAPOS.EXAM-  ", ",WARTAPOS.EXAM- "),
        ("Sukatani (Wartapos.exam) – ", "(Wartapos.exam) –"),
        ("Sukatani (Wartapos.exam)—", "(Wartapos.exam)—"),
        ("Sukatani (\nWartapos.exam\n)\n – ", "(\nWartapos.exam\n)\n –"),
        ("Sukatani (\nWarta Pos.exam)\n-", "(\nWarta Pos.exam)\n-"),
        ("Wartapos.co.id - ", "\nWartapos.co.id -"),
        ("Wartapos.exam, Sukatani - ", "\nWartapos.exam,"),
        ("Judul\nWARTAPOS.EXAM\n- ", "\nWARTAPOS.EXAM\n-"),
    ],
)
def test_a_brand_is_a_signature_with_what_frames_it_in_the_dateline(opening: str, signature: str) -> None:
    documents = _texts(opening)
    assert signatures_of(documents, _NAMES) == (signature,)
    assert _recognises((signature,), documents[0].text)


@pytest.mark.parametrize(
    "opening",
    [
        "Foto: Sari (Wartapos.exam). ",
        "Kepada Wartapos.exam, Sari berkata lain. ",
        "Menurut wartapos.exam-nya warga, ",
        "Pemilik wartapos.exam berkata. ",
        "LAIN.EXAM - ",
    ],
)
def test_a_mere_mention_is_none(opening: str) -> None:
    assert signatures_of(_texts(opening), _NAMES) == ()


def test_several_ways_to_set_a_dateline_are_a_habit_together() -> None:
    ways = ("A (Wartapos.exam) - ", "A (Wartapos.exam)- ", "A (\nWartapos.exam\n) - ")
    documents = [*_texts(*ways, times=4), *_texts("", times=8)]
    found = signatures_of(documents, _NAMES)
    assert set(found) == {"(Wartapos.exam) -", "(Wartapos.exam)-", "(\nWartapos.exam\n) -"}
    assert signatures_of([*documents, *_texts("", times=8)], _NAMES) == ()


def test_a_slip_of_few_texts_is_no_way() -> None:
    documents = [*_texts("A (Wartapos.exam) - ", times=50), *_texts("A (Wartapos.exam )- ")]
    assert signatures_of(documents, _NAMES) == ("(Wartapos.exam) -",)


def test_a_brand_in_which_another_one_ends_is_another_outlets() -> None:
    (signature,) = signatures_of(_texts("POS.EXAM - "), ["pos.exam"])
    assert _recognises((signature,), f"POS.EXAM - {_LEAD}")
    assert not _recognises((signature,), f"WARTAPOS.EXAM - {_LEAD}")


def test_what_texts_from_elsewhere_have_as_well_is_left_out() -> None:
    documents = [*_texts("A (Wartapos.exam) - ", times=2), *_texts("WARTAPOS.EXAM - ", times=2)]
    elsewhere = _texts("Sukatani (WARTAPOS.exam) – ")
    assert signatures_of(documents, _NAMES, elsewhere) == ("\nWARTAPOS.EXAM -",)


@pytest.mark.parametrize(
    ("opening", "name", "body"),
    [
        ("SUKATANI - ", "sukatani", "Harga cabai di Sukatani turun."),
        ("KARANG MULYA - ", "karangmulya", "Warga Kota Karang Mulya menanti."),
        ("SUARA - ", "suara", "Mereka mendengar suara hujan."),
    ],
)
def test_a_name_without_its_domain_that_is_a_towns_or_a_word_is_none(
    opening: str, name: str, body: str
) -> None:
    documents = _texts(opening, times=19)
    assert signatures_of(documents, [name]) == (f"\n{opening.rstrip()}",)
    assert signatures_of([*documents, Document(f"{opening}{body}")], [name]) == ()
    with_domain = _texts(f"{name}.exam - ", times=19)
    assert signatures_of([*with_domain, Document(f"{name}.exam - {body}")], [name]) == (f"\n{name}.exam -",)


def test_a_name_in_brackets_without_its_domain_is_an_agencys() -> None:
    assert signatures_of(_texts("Sukatani (Wartapos) - ", times=19), ["wartapos"]) == ()


def test_of_few_texts_a_name_without_its_domain_tells_nothing() -> None:
    assert signatures_of(_texts("WARTA POS - ", times=9), ["wartapos"]) == ()
    assert signatures_of(_texts("WARTA POS - ", times=10), ["wartapos"]) == ("\nWARTA POS -",)


@pytest.mark.parametrize("names", [[], ["", "a.b", "-"]])
def test_without_a_name_there_is_no_signature(names: list[str]) -> None:
    assert signatures_of(_texts("WARTAPOS.EXAM - "), names) == ()
    assert signatures_of([], _NAMES) == ()


def test_a_text_that_is_made_of_halves_of_brands_has_none() -> None:
    hard = "(" + "w a r t a p o s " * 30 + "\n" * 200 + "(wartapos.ex" * 30
    assert signatures_of([Document(hard)], ["wartapos", "w a r t a p o s"]) == ()
