"""Columns of polars, eager and lazy: cleaned in one line, nulls stay nulls, every cut is told."""

from __future__ import annotations

import doctest
import json
from collections.abc import Callable
from typing import Any

import pytest
from conftest import POINTER_PACK

from cleaner import Kind, Outlet, OutletError, Policy, clean, rebuild
from cleaner.integrations.audit import removals_of

pl = pytest.importorskip("polars", reason="polars isn't installed: pip install '.[polars]'")

from cleaner.integrations import polars as integration  # noqa: E402

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


def test_a_column_is_cleaned_under_its_name_and_nulls_stay() -> None:
    df = pl.DataFrame({"isi": [TEXT, None, CLEAN], "n": [1, 2, 3]})
    cleaned = df.with_columns(integration.cleaned("isi"))
    assert cleaned.to_dict(as_series=False) == {"isi": [CLEAN, None, CLEAN], "n": [1, 2, 3]}
    assert cleaned.schema["isi"] == pl.String


@pytest.mark.parametrize("engine", ["in-memory", "streaming"])
def test_a_lazy_frame_is_cleaned_when_it_is_computed(engine: Any) -> None:
    lazy = pl.LazyFrame({"text": [TEXT, None] * 50, "url": [URL] * 100})
    query = lazy.filter(pl.col("text").is_not_null()).with_columns(integration.cleaned("text", url="url"))
    assert query.collect_schema()["text"] == pl.String
    assert query.collect(engine=engine)["text"].to_list() == [CLEAN] * 50


def test_columns_of_the_same_rows_tell_outlet_and_title() -> None:
    df = pl.DataFrame({"text": [VIVA, VIVA], "url": [URL, None], "outlet": ["kompastv", "viva"]})
    by_url = df.select(integration.audited("text", url="url").struct.field("outlet")).to_series()
    assert by_url.to_list() == ["viva", None]
    by_column = df.select(integration.audited("text", outlet=pl.col("outlet")).struct.field("outlet"))
    assert by_column.to_series().to_list() == ["kompastv", "viva"]
    assert df.select(integration.cleaned("text", outlet="viva")).to_series().to_list() == [VIVA_CLEAN] * 2


def test_literals_hold_for_every_row() -> None:
    df = pl.DataFrame({"text": [VIVA, VIVA, None]})
    cleaned = df.select(integration.cleaned(pl.col("text"), url=pl.lit(URL))).to_series()
    assert cleaned.to_list() == [VIVA_CLEAN, VIVA_CLEAN, None]


def test_a_policy_counts() -> None:
    df = pl.DataFrame({"text": [TEXT]})
    assert df.select(integration.cleaned("text", policy=NO_RELATED)).item() == TEXT


def test_the_audit_has_one_type_and_rebuilds_the_source() -> None:
    df = pl.DataFrame({"text": [TEXT, None, CLEAN]})
    told = df.select(integration.audited("text")).to_series()
    assert told.dtype == integration.AUDIT
    first, null, last = told.to_list()
    assert rebuild(first["text"], removals_of(first["removed"])) == TEXT
    assert null is None
    assert last["removed"] == []
    assert json.loads(last["fields"]) == {}


@pytest.mark.parametrize("dtype", ["Categorical", "Null", "String"])
def test_columns_that_hold_text_in_other_ways_are_read(dtype: str) -> None:
    values = [None, None] if dtype == "Null" else [TEXT, None]
    df = pl.DataFrame({"text": pl.Series(values, dtype=getattr(pl, dtype))})
    expected = [None, None] if dtype == "Null" else [CLEAN, None]
    assert df.select(integration.cleaned("text")).to_series().to_list() == expected


def test_a_frame_without_rows_has_the_type_all_the_same() -> None:
    df = pl.DataFrame(schema={"text": pl.String})
    told = df.select(integration.cleaned("text", url=pl.lit(URL)), told=integration.audited("text"))
    assert told.is_empty()
    assert told.schema == {"text": pl.String, "told": integration.AUDIT}


def test_a_group_is_cleaned_like_any_column() -> None:
    df = pl.DataFrame({"hari": [1, 1, 2], "text": [TEXT, None, TEXT]})
    grouped = df.group_by("hari", maintain_order=True).agg(integration.cleaned("text"))
    assert grouped["text"].to_list() == [[CLEAN, None], [CLEAN]]


def test_a_column_of_something_else_is_refused_by_name() -> None:
    df = pl.DataFrame({"text": [1]})
    with pytest.raises(Exception, match="text is a column of Int64, not of String; cast it"):
        df.select(integration.cleaned("text"))


def test_an_outlet_that_is_not_installed_is_given_as_it_is(outlet_of: Callable[[str], Outlet]) -> None:
    df = pl.DataFrame({"text": ["Satu.\n\nzzlihat: Kisah Lain", None]})
    cleaned = integration.cleaned("text", outlet=outlet_of(POINTER_PACK))
    for frame in (df, df.lazy().collect()):
        assert frame.select(cleaned).to_series().to_list() == ["Satu.", None]


def test_an_unknown_outlet_is_refused_before_anything_is_computed() -> None:
    with pytest.raises(OutletError, match="'tidak-ada' is not installed"):
        integration.cleaned("text", outlet="tidak-ada")
