"""`Dataset.map` of Hugging Face datasets: columns, a cache that knows its rules, several processes."""

from __future__ import annotations

import doctest
import json
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import POINTER_PACK

from cleaner import Outlet, OutletError, clean, rebuild
from cleaner.integrations import datasets as integration
from cleaner.integrations.audit import removals_of
from cleaner.integrations.datasets import clean_batch

TEXT = "Harga cabai turun.\n\nBaca Juga: Harga Beras Naik Lagi\n\nPedagang lega."
CLEAN = "Harga cabai turun.\n\nPedagang lega."
URL = "https://www.viva.co.id/1"


class TestABatch:
    """`clean_batch` alone: it needs nothing but this package."""

    def test_columns_of_texts_become_clean_ones_with_their_audit(self) -> None:
        told = clean_batch({"text": [TEXT, None, CLEAN], "url": [URL, None, None]})
        assert told["text"] == [CLEAN, None, CLEAN]
        assert told["outlet"] == ["viva", "", ""]
        assert rebuild(told["text"][0], removals_of(told["removed"][0])) == TEXT
        assert told["removed"][1:] == told["suspects"][1:] == ["[]", "[]"]
        assert [json.loads(fields) for fields in told["fields"]] == [{}, {}, {}]

    def test_columns_of_any_name_are_read_and_others_left_alone(self) -> None:
        batch = {"body": [TEXT], "link": [URL], "text": ["x"]}
        told = clean_batch(batch, text_column="body", url_column="link")
        assert list(told) == ["body", "outlet", "fields", "removed", "suspects"]
        assert told["outlet"] == ["viva"]

    def test_the_usual_columns_of_url_and_title_are_read_where_there_are_any(self) -> None:
        title = "Baca Juga: Harga Beras Naik Lagi"
        told = clean_batch({"text": [TEXT], "title": [title], "url": [URL]})
        assert told["text"] == [clean(TEXT, title=title, url=URL).text]

    def test_outlet_certainty_and_kinds_are_plain_values(self) -> None:
        assert clean_batch({"text": [TEXT]}, outlet="kompastv")["outlet"] == ["kompastv"]
        assert clean_batch({"text": [TEXT]}, kinds=["ad"])["text"] == [TEXT]
        doubts = clean_batch({"text": [TEXT]}, kinds=["ad"])["suspects"][0]
        assert [cut["kind"] for cut in json.loads(doubts)] == ["related"]
        assert clean_batch({"text": [TEXT]}, certainty="marked")["text"] == [CLEAN]

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            ({"text_column": "body"}, "the dataset has no column 'body'; it has 'text'"),
            ({"url_column": "link"}, "the dataset has no column 'link'; it has 'text'"),
            ({"certainty": "sure"}, "'sure' is no certainty"),
            ({"kinds": ["weather"]}, "'weather' is no kind"),
        ],
    )
    def test_wrong_options_are_refused_by_name(self, options: dict[str, Any], said: str) -> None:
        with pytest.raises(ValueError, match=said):
            clean_batch({"text": [TEXT]}, **options)

    def test_an_unknown_outlet_is_refused(self) -> None:
        with pytest.raises(OutletError, match="'tidak-ada' is not installed"):
            clean_batch({"text": [None]}, outlet="tidak-ada")

    @pytest.mark.parametrize("name", ["outlet", "fields", "removed", "suspects"])
    def test_a_column_that_would_be_overwritten_is_refused(self, name: str) -> None:
        with pytest.raises(ValueError, match=f"has a column '{name}' already, which would be overwritten"):
            clean_batch({"text": [TEXT], name: ["x"]})

    def test_a_value_that_is_no_text_is_named_with_its_row(self) -> None:
        with pytest.raises(TypeError, match="text of row 1 is int, not text or null"):
            clean_batch({"text": [TEXT, 3]})

    def test_it_can_be_pickled_and_explains_itself(self) -> None:
        assert pickle.loads(pickle.dumps(clean_batch)) is clean_batch
        assert clean_batch.__name__ == "clean_batch"
        assert "Dataset.map" in (clean_batch.__doc__ or "")


class TestADataset:
    """With the library itself."""

    @pytest.fixture(autouse=True)
    def hf(self) -> Iterator[Any]:
        """The library, without its progress bars."""
        reason = "datasets isn't installed: pip install '.[datasets]'"
        library = pytest.importorskip("datasets", reason=reason)
        library.disable_progress_bars()
        yield library
        library.enable_progress_bars()

    def test_the_examples_of_its_page_hold(self) -> None:
        ran = doctest.testmod(integration)
        assert ran.attempted
        assert not ran.failed

    def test_map_keeps_the_other_columns_and_their_types(self, hf: Any) -> None:
        dataset = hf.Dataset.from_dict({"text": [TEXT, None], "n": [1, 2]})
        mapped = dataset.map(clean_batch, batched=True)
        assert mapped[:]["text"] == [CLEAN, None]
        assert mapped.column_names == ["text", "n", "outlet", "fields", "removed", "suspects"]
        string = hf.Value("string")
        assert {name: mapped.features[name] for name in mapped.column_names if name != "n"} == {
            "text": string,
            "outlet": string,
            "fields": string,
            "removed": string,
            "suspects": string,
        }
        assert mapped.features["n"] == dataset.features["n"]

    def test_first_rows_without_outlet_or_cut_set_no_other_types(self, hf: Any) -> None:
        texts = [None, CLEAN, CLEAN, TEXT]
        dataset = hf.Dataset.from_dict({"text": texts, "url": [None, None, None, URL]})
        mapped = dataset.map(clean_batch, batched=True, batch_size=1, writer_batch_size=1)
        assert mapped[:]["outlet"] == ["", "", "", "viva"]
        assert [len(json.loads(row)) for row in mapped[:]["removed"]] == [0, 0, 0, 1]

    def test_a_stream_is_mapped_too(self, hf: Any) -> None:
        stream = hf.Dataset.from_dict({"text": [TEXT, None]}).to_iterable_dataset()
        assert [row["text"] for row in stream.map(clean_batch, batched=True)] == [CLEAN, None]

    def test_several_processes_give_the_same(self, hf: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        # `map` puts a copy in the place of os.environ; what later tests set there, nobody would see.
        monkeypatch.setattr(os, "environ", os.environ)
        dataset = hf.Dataset.from_dict({"text": [TEXT, None, CLEAN, TEXT]})
        alone = dataset.map(clean_batch, batched=True)
        assert dataset.map(clean_batch, batched=True, num_proc=2)[:] == alone[:]

    def test_the_cache_is_used_again_and_not_for_other_rules(
        self, hf: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        hf.Dataset.from_dict({"text": [TEXT]}).save_to_disk(tmp_path / "data")
        dataset = hf.load_from_disk(tmp_path / "data")
        first = dataset.map(clean_batch, batched=True)
        assert [file["filename"] for file in first.cache_files]
        assert dataset.map(clean_batch, batched=True).cache_files == first.cache_files
        other = dataset.map(clean_batch, batched=True, fn_kwargs={"kinds": ["ad"]})
        assert other.cache_files != first.cache_files
        monkeypatch.setattr(integration, "rules_version", lambda: "other rules")
        assert dataset.map(clean_batch, batched=True).cache_files != first.cache_files

    def test_an_outlet_that_is_not_installed_is_given_as_it_is_and_its_rules_count(
        self, hf: Any, outlet_of: Callable[[str], Outlet], tmp_path: Path
    ) -> None:
        hf.Dataset.from_dict({"text": ["Satu.\n\nzzlihat: Dua", None]}).save_to_disk(tmp_path / "data")
        dataset = hf.load_from_disk(tmp_path / "data")

        def mapped(pack: str) -> Any:
            return dataset.map(clean_batch, batched=True, fn_kwargs={"outlet": outlet_of(pack)})

        first = mapped(POINTER_PACK)
        assert first["text"][:] == ["Satu.", None]
        assert first["outlet"][:] == ["contoh", ""]
        assert mapped(POINTER_PACK).cache_files == first.cache_files
        assert mapped(POINTER_PACK.replace("zzlihat:", "zztengok:")).cache_files != first.cache_files

    def test_the_fingerprint_is_the_same_in_every_process(self) -> None:
        code = (
            "from datasets.fingerprint import Hasher\n"
            "from cleaner import Outlet\n"
            "from cleaner.integrations.datasets import clean_batch\n"
            "from cleaner.registry import PATTERNS\n"
            "options = {'certainty': 'framed', 'kinds': ['ad', 'meta']}\n"
            "options['outlet'] = Outlet.from_file(PATTERNS / 'viva.toml')\n"
            "print(Hasher.hash(clean_batch), Hasher.hash(options))"
        )
        told = {
            subprocess.run(
                [sys.executable, "-c", code],
                env={**os.environ, "PYTHONHASHSEED": seed},
                capture_output=True,
                text=True,
                check=True,
            ).stdout
            for seed in ("1", "2")
        }
        assert len(told) == 1
