"""Columns of pandas: cleaned in one line, nulls stay the nulls they were, every cut is told."""

from __future__ import annotations

import doctest
from collections.abc import Callable
from typing import Any

import pytest
from conftest import POINTER_PACK

from cleaner import Kind, Outlet, OutletError, Policy, clean, rebuild
from cleaner.integrations.audit import removals_of

pd = pytest.importorskip("pandas", reason="pandas isn't installed: pip install '.[pandas]'")

from cleaner.integrations import pandas as integration  # noqa: E402

TEXT = "Harga cabai turun.\n\nBaca Juga: Harga Beras Naik Lagi\n\nPedagang lega."
CLEAN = "Harga cabai turun.\n\nPedagang lega."
# On pages of this outlet alone, other stories' headlines stand between the paragraphs, without a mark.
VIVA = (
    "Harga cabai rawit di pasar induk turun pada pekan ini, kata para pedagang.\n\n"
    "Kapal Penyeberangan Baru Tiba di Pelabuhan Sape, Penumpang Antre Sejak Subuh\n\n"
    "Pedagang berharap pasokan dari sentra panen tetap lancar sampai akhir bulan depan."
)
VIVA_CLEAN = clean(VIVA, outlet="viva").text
URL = "https://www.viva.co.id/1"
NO_RELATED = Policy(kinds=frozenset(Kind) - {Kind.related})


def test_the_outlet_makes_a_difference_to_the_text_that_shows_it() -> None:
    assert VIVA_CLEAN != VIVA
    assert clean(VIVA).text == VIVA


def test_the_examples_of_its_page_hold() -> None:
    ran = doctest.testmod(integration)
    assert ran.attempted
    assert not ran.failed


@pytest.mark.parametrize("dtype", ["object", "str", "string", "string[python]", "category"])
def test_a_column_is_cleaned_and_keeps_index_name_and_nulls(dtype: str) -> None:
    texts = pd.Series([TEXT, None, CLEAN], index=[7, 3, 3], name="isi").astype(dtype)
    cleaned = integration.cleaned(texts)
    assert cleaned.dropna().tolist() == [CLEAN, CLEAN]
    assert cleaned.isna().tolist() == [False, True, False]
    assert cleaned.index.equals(texts.index)
    assert cleaned.name == "isi"
    assert cleaned.dtype == (texts.cat.categories.dtype if dtype == "category" else texts.dtype)
    assert texts.iloc[0] == TEXT


def test_arrow_strings_stay_arrow_strings() -> None:
    arrow = pytest.importorskip("pyarrow", reason="pyarrow isn't installed")
    dtype = pd.ArrowDtype(arrow.large_string())
    cleaned = integration.cleaned(pd.Series([TEXT, None], dtype=dtype))
    assert cleaned.dtype == dtype
    assert cleaned.isna().tolist() == [False, True]
    assert cleaned[0] == CLEAN


def test_a_null_stays_the_null_it_was() -> None:
    nulls = [None, float("nan"), pd.NA]
    cleaned = integration.cleaned(pd.Series(nulls, dtype=object))
    assert [each is null for each, null in zip(cleaned, nulls, strict=True)] == [True] * 3


@pytest.mark.parametrize("values", [[], [None, None], [float("nan")]])
def test_a_column_without_texts_stays_as_it_is(values: list[Any]) -> None:
    texts = pd.Series(values)
    pd.testing.assert_series_equal(integration.cleaned(texts), texts)


def test_urls_of_the_same_rows_tell_the_outlet() -> None:
    df = pd.DataFrame({"text": [VIVA, VIVA], "url": [URL, None]})
    df["outlet"] = integration.audited(df["text"], url=df["url"])["outlet"]
    assert df["outlet"].tolist() == ["viva", None]


def test_an_outlet_is_said_for_all_rows_or_for_each() -> None:
    texts = pd.Series([VIVA, VIVA])
    assert integration.cleaned(texts, outlet="viva").tolist() == [VIVA_CLEAN] * 2
    each = integration.audited(texts, outlet=pd.Series(["kompastv", "viva"]))
    assert each["outlet"].tolist() == ["kompastv", "viva"]


def test_an_outlet_that_is_not_installed_is_given_as_it_is(outlet_of: Callable[[str], Outlet]) -> None:
    texts = pd.Series(["Satu.\n\nzzlihat: Kisah Lain", None])
    told = integration.audited(texts, outlet=outlet_of(POINTER_PACK))
    assert told["text"].tolist() == ["Satu.", None]
    assert told["outlet"].tolist() == ["contoh", None]


def test_titles_and_policy_count() -> None:
    texts = pd.Series([TEXT])
    title = pd.Series(["Baca Juga: Harga Beras Naik Lagi"])
    assert integration.cleaned(texts, title=title)[0] == clean(TEXT, title=title[0]).text
    assert integration.cleaned(texts, policy=NO_RELATED)[0] == TEXT


def test_the_audit_rebuilds_the_source() -> None:
    told = integration.audited(pd.Series([TEXT, None, CLEAN], index=["a", "b", "c"]))
    assert list(told) == ["text", "outlet", "fields", "removed", "suspects"]
    assert list(told.index) == ["a", "b", "c"]
    assert rebuild(told["text"]["a"], removals_of(told["removed"]["a"])) == TEXT
    assert told.loc["b"].isna().all()
    assert told["removed"]["c"] == []


def test_other_rows_beside_the_texts_are_refused() -> None:
    texts = pd.Series([TEXT], index=[0])
    with pytest.raises(ValueError, match="url has other row labels than the texts; take both from one"):
        integration.cleaned(texts, url=pd.Series([URL], index=[1]))
    with pytest.raises(TypeError, match="title is list, not a Series"):
        integration.cleaned(texts, title=["Judul"])


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([TEXT], "the texts are list, not a Series"),
        (pd.DataFrame({"text": [TEXT]}), "the texts are DataFrame, not a Series"),
        (pd.Series([TEXT, 3], dtype=object), "text of row 1 is int, not text or null"),
        (pd.Series([b"x"], dtype=object), "text of row 0 is bytes, not text or null"),
    ],
    ids=["list", "frame", "number", "bytes"],
)
def test_what_is_no_column_of_texts_is_refused_by_name(given: Any, said: str) -> None:
    with pytest.raises(TypeError, match=said):
        integration.cleaned(given)


def test_an_unknown_outlet_is_refused_even_without_rows() -> None:
    with pytest.raises(OutletError, match="'tidak-ada' is not installed"):
        integration.cleaned(pd.Series([], dtype=object), outlet="tidak-ada")
