"""Parquet: rows keep their other columns, their types and their metadata, and come back."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from conftest import POINTER_PACK
from json_lines import rows

pa = pytest.importorskip("pyarrow", reason="it isn't installed: pip install '.[parquet]'")
pq = pytest.importorskip("pyarrow.parquet", reason="it isn't installed: pip install '.[parquet]'")

DIRTY = "Paragraf satu.\n\nzzlihat: Kisah Lain\n\nParagraf dua. 👉"
CLEAN = "Paragraf satu.\n\nParagraf dua. 👉"


@pytest.fixture
def clean(here, write_pack, run_clean) -> Callable[..., Any]:
    """Runs `clean run` with a pack that finds something in the samples."""
    options = ("--pack", write_pack(POINTER_PACK), "--outlet", "contoh", "--jobs", "1")
    return lambda *arguments, **more: run_clean("run", *arguments, *options, **more)


def sample(texts: Any = None, metadata: dict[str, str] | None = None) -> Any:
    """Five rows with columns of many types."""
    columns = {
        "id": pa.array([1, 2, 3, 4, 5], pa.int32()),
        "text": pa.array([DIRTY, "Bersih.", "", DIRTY, "x"]) if texts is None else texts,
        "when": pa.array(
            [dt.datetime(2024, 1, 2, 3, 4, 5, 6, dt.UTC)] * 4 + [None], pa.timestamp("us", "UTC")
        ),
        "price": pa.array([Decimal("1.10"), None, Decimal("2.20"), None, None], pa.decimal128(9, 2)),
        "raw": pa.array([b"\xff\x00", None, b"", b"a", b"b"], pa.binary()),
        "tags": pa.array([["a", None], [], None, ["b"], ["c"]], pa.list_(pa.string())),
        "deep": pa.array([{"a": {"b": [1]}}, None, {"a": None}, {"a": {"b": []}}, {"a": {"b": [2, 3]}}]),
        "map": pa.array([[("k", 1)], [], None, [], []], pa.map_(pa.string(), pa.int8())),
    }
    return pa.table(columns).replace_schema_metadata(metadata or {"asal": "uji"})


def test_other_columns_types_order_and_metadata_stay(here, clean):
    pq.write_table(sample(), "in.parquet", compression={"text": "zstd", "id": "gzip"}, row_group_size=2)
    assert clean("in.parquet", "-o", "out.parquet").code == 0
    source, out = pq.read_table("in.parquet"), pq.read_table("out.parquet")
    assert out.column_names == [*source.column_names, "outlet", "fields"]
    assert out.column("text").to_pylist() == [CLEAN, "Bersih.", "", CLEAN, "x"]
    assert out.drop_columns(["text", "outlet", "fields"]).equals(source.drop_columns(["text"]))
    assert out.schema.metadata[b"asal"] == b"uji"
    assert out.schema.field("text").type == pa.string()
    assert out.column("outlet").to_pylist() == ["contoh"] * 5
    assert out.column("fields").to_pylist() == ["{}"] * 5
    metadata = pq.read_metadata("out.parquet")
    assert [metadata.row_group(i).num_rows for i in range(metadata.num_row_groups)] == [2, 2, 1]
    assert [metadata.row_group(0).column(i).compression for i in range(2)] == ["GZIP", "ZSTD"]


def test_rows_come_back_with_their_types(here, clean, run_clean):
    pq.write_table(sample(), "in.parquet", row_group_size=3)
    clean("in.parquet", "-o", "out.parquet")
    ran = run_clean("restore", "out.parquet", "-o", "back.parquet")
    assert ran.code == 0, ran.err
    source, back = pq.read_table("in.parquet"), pq.read_table("back.parquet")
    assert back.equals(source)
    assert back.schema.equals(source.schema, check_metadata=True)


TYPES = ["string", "large_string", "string_view", "dictionary"]


@pytest.mark.parametrize("name", TYPES)
def test_the_text_can_be_of_any_type_for_text(here, clean, run_clean, name):
    type = pa.dictionary(pa.int8(), pa.string()) if name == "dictionary" else getattr(pa, name)()
    texts = pa.array([DIRTY, "Bersih.", DIRTY, "", "x"]).cast(type)
    pq.write_table(sample(texts), "in.parquet")
    assert clean("in.parquet", "-o", "out.parquet").code == 0
    out = pq.read_table("out.parquet")
    assert out.schema.field("text").type == pq.read_table("in.parquet").schema.field("text").type
    assert out.column("text").to_pylist() == [CLEAN, "Bersih.", CLEAN, "", "x"]
    assert run_clean("restore", "out.parquet", "-o", "back.parquet").code == 0
    assert pq.read_table("back.parquet").equals(pq.read_table("in.parquet"))


def test_a_row_without_a_text_is_an_error_that_holds_it_and_comes_back_in_its_place(here, clean, run_clean):
    pq.write_table(sample(pa.array([DIRTY, None, "x", None, "y"])), "in.parquet")
    assert clean("in.parquet", "-o", "out.parquet").code == 1
    assert pq.read_table("out.parquet").column("id").to_pylist() == [1, 3, 5]
    first, second = rows(here / "out.errors.jsonl")
    assert (first["index"], second["index"]) == (1, 3)
    assert first["reason"] == "'text' is null, not text"
    assert json.loads(first["raw"])["id"] == 2
    assert run_clean("restore", "out.parquet", "-o", "back.parquet").code == 0
    assert pq.read_table("back.parquet").equals(pq.read_table("in.parquet"))


def test_rows_become_records_and_records_rows(here, clean, run_clean):
    pq.write_table(sample(), "in.parquet")
    assert clean("in.parquet", "-o", "out.jsonl").code == 0
    first = rows(here / "out.jsonl")[0]
    assert first["id"] == 1
    assert first["text"] == CLEAN
    assert first["when"] == "2024-01-02T03:04:05.000006Z"
    assert (first["price"], first["raw"], first["deep"]) == ("1.10", "/wA=", {"a": {"b": [1]}})
    assert clean("out.jsonl", "-o", "two.parquet").code == 0
    assert pq.read_table("two.parquet").column("id").type == pa.int64()
    assert json.loads(pq.read_table("two.parquet").column("tags").to_pylist()[0]) == ["a", None]


def test_records_of_any_keys_become_columns_that_hold_them(here, clean, run_clean):
    dump = b'{"text":"x","n":1,"f":1.5,"b":true,"m":1}\n'
    dump += b'{"text":"y","n":2.5,"m":"a","big":99999999999999999999}\n'
    (here / "in.jsonl").write_bytes(dump)
    assert clean("in.jsonl", "-o", "out.parquet").code == 0
    out = pq.read_table("out.parquet")
    assert out.column("n").to_pylist() == [1.0, 2.5]
    assert out.column("b").to_pylist() == [True, None]
    assert out.column("m").to_pylist() == ["1", '"a"']
    assert out.column("big").to_pylist() == [None, "99999999999999999999"]


def test_rows_go_through_pipes_with_their_types(here, clean, run_clean):
    pq.write_table(sample(), "in.parquet")
    ran = clean("in.parquet", "-o", "out.parquet")
    data = (here / "in.parquet").read_bytes()
    ran = clean("-", "--stdin-format", "parquet", "-o", "piped.parquet", stdin=data)
    assert ran.code == 0, ran.err
    assert pq.read_table("piped.parquet").equals(pq.read_table("out.parquet"))


def test_hugging_face_is_told_of_the_new_columns(here, clean):
    features = {"info": {"features": {"text": {"dtype": "string", "_type": "Value"}}}}
    table = pa.table({"text": ["x"]}).replace_schema_metadata({"huggingface": json.dumps(features)})
    pq.write_table(table, "in.parquet")
    clean("in.parquet", "-o", "out.parquet")
    told = json.loads(pq.read_schema("out.parquet").metadata[b"huggingface"])
    assert list(told["info"]["features"]) == ["text", "outlet", "fields"]


def test_a_broken_row_group_costs_its_own_rows(here, clean):
    table = pa.table({"id": list(range(30)), "text": [f"Teks {i} " + str(7 ** (i + 900)) for i in range(30)]})
    pq.write_table(table, "in.parquet", row_group_size=10, compression="zstd", use_dictionary=False)
    column = pq.read_metadata("in.parquet").row_group(1).column(1)
    data = bytearray((here / "in.parquet").read_bytes())
    end = column.data_page_offset + column.total_compressed_size
    data[end - 900 : end] = b"\xff" * 900
    (here / "in.parquet").write_bytes(bytes(data))
    assert clean("in.parquet", "-o", "out.parquet").code == 1
    assert pq.read_table("out.parquet").column("id").to_pylist() == [*range(10), *range(20, 30)]
    errors = rows(here / "out.errors.jsonl")
    assert [error["index"] for error in errors] == list(range(10, 20))
    assert "row group is damaged" in errors[0]["reason"]
    assert json.loads(errors[3]["raw"]) == {"id": 13}


@pytest.mark.parametrize("data", [b"", b"PAR1 tidak", b"x" * 100])
def test_what_is_no_parquet_is_one_error(here, clean, data):
    (here / "in.parquet").write_bytes(data)
    assert clean("in.parquet", "-o", "out.jsonl").code == 1
    [error] = rows(here / "out.errors.jsonl")
    assert error["reason"].startswith("is no Parquet")


def test_a_column_that_is_no_text_is_named(here, clean):
    pq.write_table(pa.table({"text": [1]}), "in.parquet")
    assert clean("in.parquet", "-o", "out.jsonl").code == 1
    assert "of type int64" in rows(here / "out.errors.jsonl")[0]["reason"]


def test_columns_that_dont_go_together_are_refused(here, clean):
    pq.write_table(pa.table({"text": ["x"], "a": [1]}), "a.parquet")
    pq.write_table(pa.table({"text": ["x"], "a": ["1"]}), "b.parquet")
    ran = clean("a.parquet", "b.parquet", "-o", "out.parquet")
    assert ran.code == 2
    assert "don't go together" in ran.err


def test_the_same_bytes_come_out_for_any_number_of_jobs(here, write_pack, run_clean):
    texts = [f"{DIRTY} {i * 7919} " + "kata " * 900 for i in range(4000)]
    pq.write_table(pa.table({"id": list(range(4000)), "text": texts}), "in.parquet", row_group_size=300)
    outs = []
    for jobs in ("1", "2"):
        options = ("--pack", write_pack(POINTER_PACK), "--outlet", "contoh", "--jobs", jobs)
        assert run_clean("run", "in.parquet", "-o", f"out{jobs}.parquet", *options).code == 0
        outs.append((here / f"out{jobs}.parquet").read_bytes())
    assert outs[0] == outs[1]
    assert not list(here.glob(".clean*"))
