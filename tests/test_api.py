"""The one call that most people need, and its errors."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import POINTER_PACK, assert_sound, outlet_of_seed, read_seeds

import cleaner
from cleaner import (
    Certainty,
    Cleaner,
    CleanerError,
    Document,
    Kind,
    Outlet,
    OutletError,
    PackError,
    Policy,
    Removal,
    clean,
    rebuild,
)
from cleaner.registry import outlet_ids, outlet_named

TEXT = "Harga cabai turun.\n\nBaca Juga: Harga Beras Naik Lagi\n\nPedagang lega."


def test_a_text_is_cleaned_and_each_cut_has_its_address() -> None:
    result = clean(TEXT)
    assert result.text == "Harga cabai turun.\n\nPedagang lega."
    (removal,) = result.removals
    assert removal.text == TEXT[removal.start : removal.end]
    assert (removal.kind, removal.certainty) == (Kind.related, Certainty.marked)
    assert rebuild(result.text, result.removals) == TEXT


def test_offsets_are_code_points() -> None:
    (removal,) = clean(f"👉İ\n\n{TEXT}").removals
    assert removal.start == clean(TEXT).removals[0].start + len("👉İ\n\n")


@pytest.mark.parametrize("text", ["", " ", "\n", "\r\n\r\n", "Harga cabai turun."])
def test_what_holds_no_boilerplate_comes_back_as_it_was(text: str) -> None:
    result = clean(text)
    assert (result.text, result.removals, result.suspects, dict(result.fields)) == (text, (), (), {})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"Baca Juga: X", "text is bytes, not str; decode it first"),
        (bytearray(b"x"), "text is bytearray, not str; decode it first"),
        (3, "text is int, not str"),
        ({"text": "x"}, "text is dict, not str"),
    ],
)
def test_what_is_no_text_is_a_type_error_that_says_what_to_do(text: object, said: str) -> None:
    with pytest.raises(TypeError) as caught:
        clean(text)  # type: ignore[arg-type]
    assert str(caught.value) == said


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (
            lambda: Cleaner("viva"),  # type: ignore[arg-type]
            "outlet is str, not an Outlet; Cleaner.for_outlet('viva') is the cleaner of an installed one",
        ),
        (lambda: Cleaner(3), "outlet is int, not an Outlet"),  # type: ignore[arg-type]
        (lambda: Cleaner(None, "marked"), "policy is str, not a Policy"),  # type: ignore[arg-type]
        (
            lambda: Cleaner.for_outlet(outlet_named("viva")),  # type: ignore[arg-type]
            "outlet is an Outlet, not the id of one; Cleaner(outlet) is its cleaner",
        ),
        (
            lambda: Cleaner()("Baca Juga: X"),  # type: ignore[arg-type]
            "document is str, not a Document; wrap it, as in Document(text, url=url), or call clean(text)",
        ),
        (lambda: Cleaner()(None), "document is NoneType, not a Document"),  # type: ignore[arg-type]
    ],
)
def test_a_cleaner_refuses_what_it_can_not_use_by_its_name(call: Callable[[], object], said: str) -> None:
    with pytest.raises(TypeError) as caught:
        call()
    assert str(caught.value) == said


@pytest.mark.parametrize("article", [{"text": TEXT}, {"html": f"<p>{TEXT}</p>"}], ids=["text", "html"])
@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("url", 5, "url is int, not str"),
        ("url", b"https://viva.co.id/1", "url is bytes, not str"),
        ("title", ["Judul"], "title is list, not str"),
        ("outlet", 5, "outlet is int, not the id of an outlet, nor an Outlet"),
        ("outlet", ["viva"], "outlet is list, not the id of an outlet, nor an Outlet"),
        ("policy", "marked", "policy is str, not a Policy"),
    ],
)
def test_an_argument_of_another_type_is_a_type_error_that_names_it(
    article: dict[str, str], name: str, value: Any, said: str
) -> None:
    with pytest.raises(TypeError) as caught:
        clean(**article, **{name: value})
    assert str(caught.value) == said


@pytest.mark.parametrize("html", [5, bytearray(b"<p>x</p>")])
def test_what_is_no_page_is_a_type_error_that_names_it(html: Any) -> None:
    with pytest.raises(TypeError, match=f"html is {type(html).__name__}, not str or bytes"):
        clean(html=html)


def test_one_of_text_and_html_is_asked_for() -> None:
    with pytest.raises(TypeError, match="neither text nor html is given"):
        clean(None)
    with pytest.raises(TypeError, match="text and html are both given"):
        clean(TEXT, html=f"<p>{TEXT}</p>")


def test_an_unknown_outlet_is_an_error_that_lists_the_known_ones() -> None:
    with pytest.raises(OutletError) as caught:
        clean(TEXT, outlet="tidak-ada")
    assert "'tidak-ada'" in str(caught.value)
    for known in outlet_ids():
        assert known in str(caught.value)


@pytest.mark.parametrize("given", ["patterns/contoh.toml", Path("patterns/contoh.toml")])
def test_a_packs_file_in_place_of_an_id_is_an_error_that_says_how_to_read_it(given: Any) -> None:
    with pytest.raises(OutletError, match=r"is the name of a file, .* Outlet\.from_file\(path\)"):
        clean(TEXT, outlet=given)


@pytest.mark.parametrize("slip", ["vva", "VIVA", "Viva", "viva.co.id"])
def test_a_slip_in_an_id_is_told_with_the_one_that_was_meant(slip: str) -> None:
    with pytest.raises(OutletError, match=rf"'{slip}' is not installed \(did you mean 'viva'\?\)"):
        clean(TEXT, outlet=slip)


def test_an_outlet_can_be_given_as_it_is_for_texts_and_pages(outlet_of: Callable[[str], Outlet]) -> None:
    outlet = outlet_of(POINTER_PACK)
    text = f"{TEXT}\n\nzzlihat: Kisah Lain"
    assert clean(text, outlet=outlet) == Cleaner(outlet)(Document(text))
    body = "<p>Harga cabai rawit di pasar induk turun pada pekan ini, kata para pedagang di lapak mereka.</p>"
    page = clean(html=f"<body>{body * 3}<p>zzlihat: Kisah Lain</p></body>", outlet=outlet)
    assert (page.outlet, [removal.rule for removal in page.removals]) == ("contoh", ["contoh/pointer"])


def test_two_outlets_of_one_id_are_not_taken_for_each_other(outlet_of: Callable[[str], Outlet]) -> None:
    source = "Satu.\n\nzzlihat: Kisah Lain\n\nzztengok: Kisah Lain"
    one, other = outlet_of(POINTER_PACK), outlet_of(POINTER_PACK.replace("zzlihat:", "zztengok:"))
    for outlet, left in ((one, "zztengok:"), (other, "zzlihat:"), (one, "zztengok:")):
        assert clean(source, outlet=outlet).text == f"Satu.\n\n{left} Kisah Lain"


def test_every_error_of_the_package_is_a_cleaner_error() -> None:
    assert issubclass(OutletError, CleanerError)
    assert issubclass(PackError, CleanerError)


def test_the_callers_word_beats_the_url_and_the_url_beats_the_text() -> None:
    (seed,) = (text for name, text in read_seeds("[0-9]*").items() if outlet_of_seed(name) == "kompastv")
    assert clean(seed).outlet == "kompastv"
    assert clean(seed, url="https://www.viva.co.id/1").outlet == "viva"
    assert clean(seed, url="https://www.viva.co.id/1", outlet="andalpost").outlet == "andalpost"
    assert clean(TEXT).outlet is None


def test_everything_but_the_text_is_given_by_name() -> None:
    with pytest.raises(TypeError):
        clean(TEXT, "viva")  # type: ignore[misc]


def test_a_policy_of_no_kinds_cuts_nothing_and_reports_all() -> None:
    result = clean(TEXT, policy=Policy(kinds=frozenset()))
    assert result.text == TEXT
    assert [suspect.text for suspect in result.suspects] == ["Baca Juga: Harga Beras Naik Lagi"]


@pytest.mark.parametrize("seed", read_seeds())
@pytest.mark.parametrize("kind", Kind)
def test_a_policy_of_one_kind_cuts_only_that(seed: str, kind: Kind) -> None:
    text = read_seeds()[seed]
    result = clean(text, outlet=outlet_of_seed(seed), policy=Policy(kinds=frozenset({kind})))
    assert_sound(text, result)
    assert {removal.kind for removal in result.removals} <= {kind}


@pytest.mark.parametrize("seed", read_seeds())
@pytest.mark.parametrize("bar", Certainty)
def test_a_policy_never_cuts_below_its_bar(seed: str, bar: Certainty) -> None:
    text = read_seeds()[seed]
    result = clean(text, outlet=outlet_of_seed(seed), policy=Policy(bar))
    assert_sound(text, result)
    assert all(removal.certainty >= bar for removal in result.removals)


def test_rebuild_refuses_removals_of_another_text() -> None:
    far = Removal(90, 93, Kind.ad, "a/b", Certainty.marked, "abc")
    with pytest.raises(ValueError, match="doesn't fit"):
        rebuild("pendek", [far])
    short = Removal(0, 3, Kind.ad, "a/b", Certainty.marked, "abcd")
    with pytest.raises(ValueError, match="doesn't fit"):
        rebuild("pendek", [short])
    late, early = (Removal(at, at + 1, Kind.ad, "a/b", Certainty.marked, "x") for at in (4, 1))
    with pytest.raises(ValueError, match="doesn't fit"):
        rebuild("pendek", [late, early])


@pytest.mark.parametrize("name", cleaner.__all__)
def test_every_public_name_is_there_and_documented(name: str) -> None:
    public = getattr(cleaner, name)
    assert public.__doc__ or name in ("Detector",)


def test_certainties_are_ordered_and_read_as_their_names() -> None:
    assert Certainty.doubtful < Certainty.inferred < Certainty.framed < Certainty.marked
    assert [str(each) for each in Certainty] == ["doubtful", "inferred", "framed", "marked"]
    assert [str(kind) for kind in Kind] == ["related", "caption", "prompt", "byline", "meta", "chrome", "ad"]
