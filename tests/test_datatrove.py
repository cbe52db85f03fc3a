"""The block for datatrove: documents are cleaned, their audit goes into the metadata, and stats count it."""

from __future__ import annotations

import doctest
import gzip
import json
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import POINTER_PACK

from cleaner import Kind, Outlet, OutletError, Policy, clean, rebuild
from cleaner.integrations.audit import removals_of

pytest.importorskip("datatrove", reason="datatrove isn't installed: pip install '.[datatrove]'")

from datatrove.data import Document
from datatrove.executor import LocalPipelineExecutor

from cleaner.integrations import datatrove as integration
from cleaner.integrations.datatrove import CleanFormatter, audit_as_json

TEXT = "Harga cabai turun.\n\nBaca Juga: Harga Beras Naik Lagi\n\nPedagang lega."
CLEAN = "Harga cabai turun.\n\nPedagang lega."
URL = "https://www.viva.co.id/1"


def document(text: str = TEXT, **metadata: Any) -> Document:
    return Document(text, "1", metadata=metadata)


def run(block: CleanFormatter, *documents: Document) -> list[Document]:
    return list(block(iter(documents)))


def test_the_examples_of_its_page_hold() -> None:
    ran = doctest.testmod(integration)
    assert ran.attempted
    assert not ran.failed


def test_a_document_is_cleaned_and_its_metadata_says_what_was_cut() -> None:
    [cleaned] = run(CleanFormatter(), document(url=URL, day=3))
    assert cleaned.text == CLEAN
    assert list(cleaned.metadata) == ["url", "day", "outlet", "fields", "removed", "suspects"]
    assert cleaned.metadata["outlet"] == "viva"
    assert rebuild(cleaned.text, removals_of(cleaned.metadata["removed"])) == TEXT


def test_a_document_of_an_unknown_outlet_is_cleaned_by_the_common_rules() -> None:
    [cleaned] = run(CleanFormatter(), document())
    assert (cleaned.text, cleaned.metadata["outlet"]) == (CLEAN, None)


def test_outlet_title_and_policy_count() -> None:
    [of_one] = run(CleanFormatter("kompastv"), document(url=URL))
    assert of_one.metadata["outlet"] == "kompastv"
    title = "Baca Juga: Harga Beras Naik Lagi"
    [titled] = run(CleanFormatter(title_key="judul"), document(judul=title))
    assert titled.text == clean(TEXT, title=title).text
    [kept] = run(CleanFormatter(policy=Policy(kinds=frozenset({Kind.ad}))), document())
    assert kept.text == TEXT
    assert [cut["kind"] for cut in kept.metadata["suspects"]] == ["related"]


def test_a_url_that_is_no_text_tells_nothing() -> None:
    [cleaned] = run(CleanFormatter(), document(url=None, title=3))
    assert cleaned.text == CLEAN


def test_a_document_without_text_passes_as_it_is() -> None:
    block = CleanFormatter()
    [empty] = run(block, document("", url=URL))
    assert (empty.text, empty.metadata) == ("", {"url": URL})
    assert block.stats["empty"].total == 1


def test_metadata_is_never_overwritten() -> None:
    with pytest.raises(ValueError, match=r"document '1' holds 'outlet' already.*prefix='clean_'"):
        run(CleanFormatter(), document(outlet="theirs"))
    [cleaned] = run(CleanFormatter(prefix="clean_"), document(outlet="theirs", url=URL))
    assert (cleaned.metadata["outlet"], cleaned.metadata["clean_outlet"]) == ("theirs", "viva")


def test_an_unknown_outlet_is_refused_before_the_pipeline_runs() -> None:
    with pytest.raises(OutletError, match="'tidak-ada' is not installed"):
        CleanFormatter("tidak-ada")


def test_an_outlet_that_is_not_installed_is_given_as_it_is(outlet_of: Callable[[str], Outlet]) -> None:
    block = pickle.loads(pickle.dumps(CleanFormatter(outlet_of(POINTER_PACK))))
    [cleaned] = run(block, document("Satu.\n\nzzlihat: Kisah Lain"))
    assert (cleaned.text, cleaned.metadata["outlet"]) == ("Satu.", "contoh")


def test_documents_and_cuts_are_counted() -> None:
    block = CleanFormatter()
    run(block, document(url=URL), document(CLEAN))
    counted = {name: block.stats[name].total for name in block.stats.stats}
    assert counted["total"] == 2
    assert counted["removed_related"] == 1
    assert counted["removed_characters"] == len(TEXT) - len(CLEAN)
    assert counted["outlet_viva"] == counted["outlet_unknown"] == 1
    assert counted["suspects"] == 0


def test_a_block_can_be_pickled() -> None:
    block = pickle.loads(pickle.dumps(CleanFormatter("viva", prefix="clean_")))
    [cleaned] = run(block, document())
    assert cleaned.metadata["clean_outlet"] == "viva"


def test_a_pipeline_of_several_tasks_writes_the_audit(tmp_path: Path) -> None:
    pytest.importorskip("orjson", reason="datatrove's readers and writers of JSONL need orjson")
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers import JsonlWriter

    (tmp_path / "in").mkdir()
    for part in ("a", "b"):
        rows = [{"id": f"{part}{n}", "text": TEXT, "url": URL} for n in range(3)]
        (tmp_path / "in" / f"{part}.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    LocalPipelineExecutor(
        [
            JsonlReader(str(tmp_path / "in")),
            CleanFormatter(),
            JsonlWriter(str(tmp_path / "out"), expand_metadata=True),
        ],
        tasks=2,
        workers=2,
        logging_dir=str(tmp_path / "logs"),
    ).run()
    lines = [
        json.loads(line)
        for path in sorted((tmp_path / "out").glob("*.jsonl.gz"))
        for line in gzip.decompress(path.read_bytes()).splitlines()
    ]
    assert [line["id"] for line in lines] == ["a0", "a1", "a2", "b0", "b1", "b2"]
    assert {line["text"] for line in lines} == {CLEAN}
    assert all(rebuild(line["text"], removals_of(line["removed"])) == TEXT for line in lines)
    stats = json.loads((tmp_path / "logs" / "stats.json").read_text(encoding="utf-8"))
    [counted] = [step["stats"] for step in stats if CleanFormatter.name in step["name"]]
    assert counted["removed_related"] == 6


def test_parquet_has_one_type_for_each_column_of_the_audit(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="Parquet needs pyarrow")
    from datatrove.pipeline.writers import ParquetWriter

    # The first document, which sets the types, has neither an outlet nor a cut.
    documents = [Document(CLEAN, "1"), Document("", "2"), Document(TEXT, "3")]
    writer = ParquetWriter(str(tmp_path), adapter=audit_as_json, batch_size=1)
    list(writer(CleanFormatter()(iter(documents))))
    [written] = tmp_path.glob("*.parquet")
    rows = parquet.read_table(written).to_pylist()
    assert [row["id"] for row in rows] == ["1", "2", "3"]
    assert [row["outlet"] for row in rows] == ["", "", ""]
    assert rebuild(rows[2]["text"], removals_of(rows[2]["removed"])) == TEXT
    assert rows[1]["removed"] == "[]"
