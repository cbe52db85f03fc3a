"""Dumps without the command line: reading records, whole files, and a run undone again."""

from __future__ import annotations

import io
import json
import os
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import CleanerError, Document, Policy, Removal, Result
from cleaner.dumps.cleaners import Cleaners
from cleaner.dumps.formats.restoring import form_of
from cleaner.dumps.formats.target import Target
from cleaner.dumps.records import FieldNames, Item, Record, RecordReader, Unreadable
from cleaner.dumps.restore import Restored, restore_records
from cleaner.dumps.run import run
from cleaner.dumps.sinks import RecordSink, Sidecars
from cleaner.dumps.tally import Tally
from cleaner.dumps.whole import WholeFiles
from cleaner.kinds import Certainty, Kind

PAGES = Cleaners(Policy()).pages()


def read(*lines: bytes) -> list[Item]:
    return list(RecordReader(FieldNames(), PAGES).lines("in.jsonl", lines))


class TestReading:
    def test_a_record_tells_what_a_cleaner_wants_to_know(self):
        [record] = read(b'{"id":"a","text":"x\\n","url":"https://u","title":"T","more":[1]}\n')
        assert isinstance(record, Record)
        assert record.document == Document("x\n", "a", "https://u", "T")
        assert list(record.values) == ["id", "text", "url", "title", "more"]

    def test_the_index_counts_blank_lines(self):
        reader = RecordReader(FieldNames(), PAGES)
        items = list(reader.lines("in.jsonl", [b"\n", b'{"text":"a"}\n', b" \r\n", b"x\n", b'{"text":"b"}']))
        assert [item.index for item in items] == [1, 3, 4]
        assert reader.blank_lines == 2

    @pytest.mark.parametrize("layout", [(",", ":"), (", ", ": "), (" ,\t", " : ")])
    def test_the_layout_of_the_json_makes_no_difference(self, layout):
        record = {"text": "a", "x": {"text": "b", "y": [1, 2]}, "é": "ü"}
        line = json.dumps(record, separators=layout, ensure_ascii=False).encode()
        assert [type(item) for item in read(line)] == [Record]

    @given(
        st.lists(st.tuples(st.text(max_size=3), st.integers(0, 9)), max_size=5),
        st.sampled_from([",:", ", : "]),
    )
    def test_a_key_that_stands_twice_is_found_and_no_other(self, pairs, layout):
        comma, colon = layout[: len(layout) // 2], layout[len(layout) // 2 :]
        pairs = [("text", "a"), *pairs]
        line = "{" + comma.join(json.dumps(key) + colon + json.dumps(value) for key, value in pairs) + "}"
        [item] = read(line.encode())
        keys = [key for key, _ in pairs]
        assert isinstance(item, Unreadable) == (len(keys) != len(set(keys)))

    @given(st.binary(max_size=60))
    def test_any_bytes_are_a_record_or_an_error_or_blank(self, line):
        reader = RecordReader(FieldNames(), PAGES)
        items = list(reader.lines("in.jsonl", [line]))
        assert len(items) + reader.blank_lines == 1

    @given(st.text())
    def test_a_text_is_read_as_it_is(self, text):
        item = RecordReader(FieldNames(), PAGES).text("a.txt", "a", ".txt", text.encode())
        assert isinstance(item, Record)
        assert item.document.text == text


class TestWholeFiles:
    def test_a_file_appears_under_its_name_when_the_block_ends_well(self, tmp_path):
        with WholeFiles() as files:
            files.open(tmp_path / "a").write(b"isi")
            assert not (tmp_path / "a").exists()
        assert (tmp_path / "a").read_bytes() == b"isi"
        assert len(list(tmp_path.iterdir())) == 1

    def test_many_files_appear_as_few_do(self, tmp_path):
        with WholeFiles() as files:
            for i in range(300):
                files.write(tmp_path / f"{i}", b"%d" % i)
            assert not (tmp_path / "0").exists()
        assert [(tmp_path / f"{i}").read_bytes() for i in range(300)] == [b"%d" % i for i in range(300)]
        assert len(list(tmp_path.iterdir())) == 300

    @pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
    def test_nothing_changes_where_the_block_ends_badly(self, tmp_path, error):
        (tmp_path / "a").write_bytes(b"lama")

        def fail() -> None:
            with WholeFiles() as files:
                files.open(tmp_path / "a").write(b"baru")
                files.make_folder(tmp_path / "b/c")
                files.write(tmp_path / "b/c/d", b"baru")
                raise error

        with pytest.raises(error):
            fail()
        assert [path.name for path in tmp_path.rglob("*")] == ["a"]
        assert (tmp_path / "a").read_bytes() == b"lama"

    def test_a_file_that_can_no_longer_be_renamed_leaves_no_traces(self, tmp_path):
        def fail() -> None:
            with WholeFiles() as files:
                files.open(tmp_path / "a").write(b"baru")
                (tmp_path / "a").mkdir()

        with pytest.raises(OSError, match="directory"):
            fail()
        assert [path.name for path in tmp_path.rglob("*")] == ["a"]

    def test_a_file_has_the_rights_that_a_new_file_has_or_those_it_had(self, tmp_path):
        (tmp_path / "lama").write_bytes(b"")
        (tmp_path / "lama").chmod(0o640)
        with WholeFiles() as files:
            files.open(tmp_path / "lama")
            files.open(tmp_path / "baru")
        umask = os.umask(0)
        os.umask(umask)
        assert (tmp_path / "lama").stat().st_mode & 0o777 == 0o640
        assert (tmp_path / "baru").stat().st_mode & 0o777 == 0o666 & ~umask

    def test_a_link_stays_and_its_file_is_replaced(self, tmp_path):
        (tmp_path / "asli").write_bytes(b"lama")
        (tmp_path / "tautan").symlink_to("asli")
        with WholeFiles() as files:
            files.open(tmp_path / "tautan").write(b"baru")
        assert (tmp_path / "tautan").is_symlink()
        assert (tmp_path / "asli").read_bytes() == b"baru"

    def test_a_folder_is_no_file(self, tmp_path):
        with pytest.raises(CleanerError, match="is a folder"), WholeFiles() as files:
            files.open(tmp_path)


class _Halving:
    """A cleaner that cuts every second stretch of a text, whatever it says."""

    def __call__(self, document: Document) -> Result:
        text = document.text
        step = len(text) // 5 + 1
        pieces = [(start, text[start : start + step]) for start in range(0, len(text), step)]
        cuts = tuple(
            Removal(start, start + len(piece), Kind.ad, "uji/potong", Certainty.marked, piece)
            for start, piece in pieces[::2]
        )
        return Result("".join(piece for _, piece in pieces[1::2]), cuts, (), "contoh", {})


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)
OTHERS = st.dictionaries(
    st.sampled_from(["id", "url", "title", "outlet", "fields", "no_article", "x"]) | st.text(max_size=4),
    VALUES,
    max_size=5,
)
RECORDS = OTHERS.flatmap(lambda others: st.text(max_size=40).map(lambda text: {**others, "text": text}))
HTML = (
    st.sampled_from([f"<body><article>{'<p>Kalimat yang panjang sekali.</p>' * 9}", "<p>x", "", "x"]) | VALUES
)
WITH_PAGES = st.tuples(OTHERS, HTML, st.sampled_from([{}, {"text": None}])).map(
    lambda parts: {**parts[0], **parts[2], "html": parts[1]}
)
BROKEN = st.sampled_from([b"[]", b"{", b"\xff\xfe", b'{"text":7}', b'{"a":1,"a":2}'])


@given(st.lists((RECORDS | WITH_PAGES).map(lambda record: json.dumps(record).encode()) | BROKEN, max_size=6))
def test_a_run_undone_is_the_dump_again(dump):
    cleaners = Cleaners(Policy(), "viva")
    cleaners._compiled["viva"] = _Halving()  # type: ignore[assignment]
    out, removed, errors = io.BytesIO(), io.BytesIO(), io.BytesIO()
    items = RecordReader(FieldNames(), PAGES).lines("in.jsonl", [line + b"\n" for line in dump])
    run(items, cleaners, RecordSink(out, Sidecars(removed, errors), Target()), Tally())
    form = form_of(io.BytesIO(out.getvalue()), "jsonl", "", frozenset())
    rows = (io.BytesIO(stream.getvalue()) for stream in (removed, errors))
    outcomes = list(restore_records(form, *rows))
    assert all(isinstance(outcome, Restored) for outcome in outcomes)
    assert [_told(outcome.data) for outcome in outcomes] == [_told(line + b"\n") for line in dump]


def _told(line: bytes) -> Any:
    """What a line says, with its order; the bytes of a broken one."""
    try:
        pairs = json.loads(line, object_pairs_hook=list)
    except ValueError:
        return line
    return pairs
