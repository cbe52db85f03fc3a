"""A run that can clean nothing, as no record has the key that is asked for or none can be read: it says so,
keeps what could not be read, and takes no earlier run's place."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import Ran
from json_lines import lines, rows

from cleaner.cli import one_run
from cleaner.dumps import growing, shards

Refused = Callable[..., str]
RECORDS = [{"id": n, "body": f"Kalimat ke-{n}.", "judul": "x", "link": "y"} for n in range(40)]


def files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(autouse=True)
def _small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small dump is read in many shards, and worth more than one process."""
    for module in (shards, one_run):
        monkeypatch.setattr(module, "SHARD", 400)


@pytest.fixture
def earlier(here: Path, run_clean: Callable[..., Ran]) -> dict[Path, bytes]:
    """A dump, and what an earlier, good run of it wrote."""
    (here / "in.jsonl").write_bytes(lines(*RECORDS))
    assert run_clean("run", "in.jsonl", "-o", "out.jsonl", "--text-field", "body").code == 0
    return files(here)


@pytest.fixture
def refused(here: Path, run_clean: Callable[..., Ran]) -> Refused:
    """Runs `clean` where an earlier run has written, and holds it against leaving everything as it was."""
    if not (here / "out.jsonl").exists():
        (here / "out.jsonl").write_bytes(b"yang lama")

    def refuse(*arguments: str | Path, stdin: bytes = b"") -> str:
        before = files(here)
        ran = run_clean(*arguments, stdin=stdin)
        assert ran.code == 2
        assert ran.out == ""
        assert files(here) == before
        return ran.err

    return refuse


def test_the_error_names_the_key_the_nearest_ones_first_and_what_to_do(earlier, refused):
    said = refused("run", "in.jsonl", "-o", "out.jsonl", "--text-field", "boddy", "-q")
    assert said == (
        "clean: no record has a key 'boddy' (--text-field) or 'html' (--html-field), so nothing could be "
        "read, and what an earlier run wrote stays as it is. 40 records have 'body', 'id', 'judul', 'link'. "
        "Did you mean --text-field body --title-field judul?\n"
    )


def test_where_no_key_is_near_the_options_are_named(earlier, refused):
    said = refused("run", "in.jsonl", "-o", "out.jsonl")
    assert "no record has a key 'text' (--text-field)" in said
    assert "Name the key with the text by --text-field, or the one with the page's HTML by" in said


def test_the_key_of_the_page_is_told_by_its_own_option(here, refused):
    (here / "in.jsonl").write_bytes(lines({"raw_html": "<p>x</p>"}))
    said = refused("run", "in.jsonl", "-o", "out.jsonl", "--html-field", "rawhtml")
    assert "1 record has 'raw_html'. Did you mean --html-field raw_html?" in said


def test_a_key_is_given_as_a_shell_takes_it_and_no_terminal_obeys_it(here, refused):
    (here / "in.jsonl").write_bytes(lines({"the text\u202e": "x"}))
    said = refused("run", "in.jsonl", "-o", "out.jsonl", "--text-field", "the texts")
    assert "Did you mean --text-field 'the text\\u202e'?" in said


def test_of_many_keys_a_few_are_named(here, refused):
    (here / "in.jsonl").write_bytes(lines({f"k{n}": n for n in range(30)}, {}))
    said = refused("run", "in.jsonl", "-o", "out.jsonl")
    assert "2 records have 'k0', 'k1', 'k2', 'k3', 'k4', 'k5', 'k6', 'k7' and 22 more." in said


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_it_is_the_same_for_any_number_of_jobs(earlier, refused, jobs):
    assert "40 records have" in refused("run", "in.jsonl", "-o", "out.jsonl", "--jobs", jobs)


def test_it_is_the_same_for_standard_input_and_with_pages_joined(here, earlier, refused):
    data = lines(*RECORDS)
    assert "40 records have" in refused("run", "-", "-o", "out.jsonl", stdin=data)
    assert "40 records have" in refused("run", "in.jsonl", "-o", "out.jsonl", "--join-pages")
    assert "40 records have" in refused("run", "-", "-o", "out.jsonl", "--audit", "rows", stdin=data)


def test_several_inputs_of_any_format_are_told_together(here, earlier, refused):
    (here / "a.jsonl.gz").write_bytes(gzip.compress(lines(*RECORDS[:2])))
    (here / "b.csv").write_text("id,body\n1,Satu.\n2,Dua.\n")
    said = refused("run", "a.jsonl.gz", "b.csv", "-o", "out.jsonl", "--text-field", "Boddy")
    assert "2 records and 1 file have 'body', 'id', 'judul', 'link'" in said


def test_columns_of_parquet_are_told_as_well(here, refused):
    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    parquet.write_table(arrow.table({"isi": ["Satu."]}), here / "in.parquet")
    (here / "out.parquet").write_bytes(b"yang lama")
    assert "1 file has 'isi'." in refused("run", "in.parquet", "-o", "out.parquet")


def test_what_is_no_record_at_all_is_told_apart(here, refused):
    (here / "in.jsonl").write_bytes(b"bukan json\n" + lines({"isi": "x"}, {"isi": "y"}))
    said = refused("run", "in.jsonl", "-o", "out.jsonl")
    assert "2 of 3 records have 'isi'; the other can't be read at all." in said


def test_one_record_that_can_be_read_is_enough_for_errors_to_be_records(here, run_clean):
    (here / "in.jsonl").write_bytes(lines(*RECORDS, {"text": "Satu."}))
    assert run_clean("run", "in.jsonl", "-o", "out.jsonl").code == 1
    errors = rows(here / "out.errors.jsonl")
    assert len(errors) == 40
    assert "has neither 'text' nor 'html'" in errors[0]["reason"]


@pytest.mark.parametrize("value", [{"text": None}, {"text": 5}, {"html": "bukan laman"}])
def test_where_the_key_is_there_and_nothing_can_be_read_each_kind_of_error_is_named(
    earlier, here, refused, value: dict[str, Any]
):
    (here / "in.jsonl").write_bytes(lines(*[value] * 9) + b"bukan json\n")
    said = refused("run", "in.jsonl", "-o", "out.jsonl").splitlines()
    [key] = value
    assert said[0].startswith(f"  in.jsonl#0 (line 1) {key!r} ")
    assert said[3:-1] == [
        "  … and 6 more like this",
        "  in.jsonl#9 (line 10) is no valid JSON (invalid character at byte 0)",
    ]
    assert said[-1] == (
        "clean: 10 records could not be cleaned, and there are no others, so what an earlier run wrote stays "
        "as it is"
    )


def test_all_keys_are_named_at_once_where_their_values_tell_them(here, refused):
    record = {"tautan": "https://kabar.example/1", "judul": "Cabai Naik", "konten": "Kalimat. " * 99}
    (here / "in.jsonl").write_bytes(lines(record))
    said = refused("run", "in.jsonl", "-o", "out.jsonl")
    assert "Did you mean --text-field konten --url-field tautan --title-field judul?" in said


def test_more_keys_than_can_be_counted_are_no_obstacle(here, refused):
    url = "https://kabar.example/1"
    (here / "in.jsonl").write_bytes(lines(*({f"k{n}-{m}": url for m in range(100)} for n in range(15))))
    assert "Name the key with the text by --text-field" in refused("run", "in.jsonl", "-o", "out.jsonl")


def test_nothing_to_clean_is_no_failure(here, run_clean):
    (here / "in.jsonl").write_bytes(b"\n")
    ran = run_clean("run", "in.jsonl", "-o", "out.jsonl")
    assert ran.code == 0
    assert "there was none to clean" in ran.err


def test_a_run_that_was_stopped_leaves_nothing_behind_once_it_is_resumed(
    here, earlier, run_clean, refused, monkeypatch
):
    monkeypatch.setattr(growing, "SECONDS_BETWEEN", 0.0)
    append, left = growing.GrowingFiles.append, [3]

    def stopping(self, part):
        if not left[0]:
            raise OSError("no space")
        left[0] -= 1
        append(self, part)

    command = ("run", "in.jsonl", "-o", "out.jsonl", "--text-field", "boddy", "--jobs", "1")
    with monkeypatch.context() as patch:
        patch.setattr(growing.GrowingFiles, "append", stopping)
        assert "--resume goes on from there" in run_clean(*command).err
    assert "no record has a key 'boddy'" in run_clean(*command, "--resume").err
    assert files(here) == earlier
    assert run_clean("run", "in.jsonl", "-o", "out.jsonl", "--text-field", "body").code == 0


@pytest.mark.parametrize("before", [None, b""])
def test_where_no_earlier_run_cleaned_anything_its_errors_are_records(here, run_clean, before: bytes | None):
    if before is not None:
        (here / "out.jsonl").write_bytes(before)
    (here / "in.jsonl").write_bytes(lines(*RECORDS))
    for _ in range(2):
        ran = run_clean("run", "in.jsonl", "-o", "out.jsonl", "--text-field", "boddy")
        assert ran.code == 1
        assert "Did you mean --text-field body --title-field judul?" in ran.err
        assert len(rows(here / "out.errors.jsonl")) == 40
        assert (here / "out.jsonl").read_bytes() == b""


def test_so_they_are_where_parts_are_written_and_on_standard_output(here, run_clean):
    pytest.importorskip("fsspec")
    (here / "in.jsonl").write_bytes(lines(*RECORDS))
    command = ("run", "in.jsonl", "-o", f"file://{here}/out", "--part-size", "500B", "--text-field")
    assert run_clean(*command, "boddy").code == 1
    assert sum(map(len, map(rows, (here / "out").glob("*.errors.jsonl")))) == 40
    assert run_clean(*command, "body", "--start-over").code == 0
    assert run_clean("run", "in.jsonl", "-o", "-", "--text-field", "boddy").code == 1


@pytest.mark.parametrize("before", [b"", b"bukan json\n"])
def test_nor_are_parts_deleted_to_start_over(here, refused, run_clean, before):
    pytest.importorskip("fsspec")
    (here / "a.jsonl").write_bytes(before)
    (here / "in.jsonl").write_bytes(lines(*RECORDS))
    command = ("run", "a.jsonl", "in.jsonl", "-o", f"file://{here}/out", "--part-size", "500B")
    assert run_clean(*command, "--text-field", "body").code == bool(before)
    said = refused(*command, "--text-field", "boddy", "--start-over")
    assert "Did you mean --text-field body --title-field judul?" in said
    assert run_clean(*command, "--text-field", "judul", "--start-over").code == bool(before)
