"""Shards and processes: however the work is shared out, what comes out is the same."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import DUMP
from hypothesis import given
from hypothesis import strategies as st

from cleaner import CleanerError, Policy
from cleaner.dumps import engines, shards
from cleaner.dumps.cleaners import Cleaners
from cleaner.dumps.engines import WorkerLost, parts
from cleaner.dumps.records import FieldNames, Item, RecordReader, Unreadable
from cleaner.dumps.shards import Cursor, Files, Shard, Stretch, items_of, plan
from cleaner.dumps.sources import RecordFile, TextFile, find_sources
from cleaner.dumps.work import Part, Settings, Worker

PAGES = Cleaners(Policy()).pages()
SETTINGS = Settings(FieldNames(), Policy())
pytestmark = pytest.mark.usefixtures("dump")
OUTPUTS = ("out.jsonl", "out.removed.jsonl", "out.errors.jsonl")


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shards so small that a small dump has many, and processes for all of them."""
    from cleaner.cli import one_run

    monkeypatch.setattr(shards, "SHARD", 400)
    monkeypatch.setattr(one_run, "SHARD", 400)


def read(found: list[Shard]) -> list[Item]:
    reader = RecordReader(FieldNames(), PAGES)
    return [item for shard in found for item in items_of(shard, reader)]


class TestShards:
    @given(st.lists(st.sampled_from([b"\n", b"x", b'{"text":"a"}', b" "]), max_size=60), st.integers(1, 40))
    def test_those_of_a_file_hold_what_the_file_holds_whatever_their_size(
        self, tmp_path_factory, words, size
    ):
        data = b"".join(words)
        path = tmp_path_factory.mktemp("in") / "in.jsonl"
        path.write_bytes(data)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(shards, "SHARD", size)
            found = list(plan([RecordFile(path)]))
            streamed = list(plan([RecordFile(None)], stdin=io.BytesIO(data)))
        assert all(isinstance(shard, Stretch) for shard in found)
        assert sum(shard.size for shard in found) == len(data)
        assert [shard.number for shard in found] == list(range(len(found)))
        reader = RecordReader(FieldNames(), PAGES)
        whole = list(reader.lines(path.as_posix(), io.BytesIO(data)))
        assert read(found) == whole
        assert [(item.index, type(item)) for item in read(streamed)] == [
            (item.index, type(item)) for item in whole
        ]

    @given(st.integers(0, 12), st.integers(60, 900))
    def test_those_behind_a_cursor_are_those_that_would_have_come(self, tmp_path_factory, at, size):
        folder = tmp_path_factory.mktemp("in")
        for name in ("a.jsonl", "b.jsonl"):
            (folder / name).write_bytes(DUMP[:1200])
        for number in range(7):
            (folder / f"{number}.txt").write_text("x" * number * 40)
        names = ("a.jsonl", *(f"{number}.txt" for number in range(7)), "b.jsonl")
        sources = find_sources([str(folder / name) for name in names]).sources
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(shards, "SHARD", size)
            found = list(plan(sources))
            at = min(at, len(found) - 1)
            assert list(plan(sources, found[at].after)) == found[at + 1 :]

    def test_those_of_a_stream_behind_a_cursor_too(self, small):
        found = list(plan([RecordFile(None)], stdin=io.BytesIO(DUMP)))
        assert len(found) > 5
        assert list(plan([RecordFile(None)], found[3].after, io.BytesIO(DUMP))) == found[4:]

    @pytest.mark.parametrize("stdin", [None, "stream"])
    def test_a_line_that_is_too_long_is_refused_and_the_next_is_read(self, tmp_path, small, stdin):
        data = b'{"text":"a"}\n{"text":"' + b"b" * 5000 + b'"}\n{"text":"c"}\n'
        (tmp_path / "in.jsonl").write_bytes(data)
        source = RecordFile(None if stdin else tmp_path / "in.jsonl")
        items = read(list(plan([source], stdin=io.BytesIO(data), most=1000)))
        assert [item.index for item in items] == [0, 1, 2]
        assert isinstance(items[1], Unreadable)
        assert items[1].raw is None
        assert "--max-record" in items[1].reason

    def test_files_are_put_together_up_to_a_size_and_a_number(self, tmp_path, monkeypatch):
        monkeypatch.setattr(shards, "SHARD", 100)
        monkeypatch.setattr(shards, "MOST_FILES", 4)
        for number in range(10):
            (tmp_path / f"{number}.txt").write_text("x" * (60 if number < 4 else 1))
        found = list(plan(find_sources([str(tmp_path)]).sources))
        assert [len(shard.sources) for shard in found if isinstance(shard, Files)] == [2, 2, 4, 2]

    def test_a_file_that_gets_shorter_meanwhile_is_an_error(self, tmp_path):
        (tmp_path / "in.jsonl").write_bytes(DUMP)
        [shard] = plan([RecordFile(tmp_path / "in.jsonl")])
        (tmp_path / "in.jsonl").write_bytes(DUMP[:-5])
        with pytest.raises(CleanerError, match="became shorter while it was read"):
            read([shard])

    def test_a_file_that_isnt_there_is_an_error_record(self, tmp_path):
        items = read(
            list(plan([TextFile(tmp_path / "a.txt", "a", ".txt"), RecordFile(tmp_path / "b.jsonl")]))
        )
        assert [type(item) for item in items] == [Unreadable, Unreadable]


class TestParts:
    def test_one_worker_leaves_no_traces_from_one_shard_to_the_next(self, here, small):
        found = list(plan([RecordFile(here / "in.jsonl")]))
        worker = Worker(SETTINGS)
        forwards = [worker(shard) for shard in found]
        backwards = [worker(shard) for shard in reversed(found)]
        assert forwards == backwards[::-1]

    def test_what_processes_give_comes_in_the_order_of_the_shards(self, here, small):
        found = list(plan([RecordFile(here / "in.jsonl")]))
        worker = Worker(SETTINGS)
        assert list(parts(found, worker, SETTINGS, 2, few=0)) == list(map(worker, found))

    def test_no_more_is_read_than_can_be_worked_on_soon(self, here, small):
        asked = 0

        def counted() -> object:
            nonlocal asked
            for shard in plan([RecordFile(here / "in.jsonl")]):
                asked += 1
                yield shard

        done = 0
        for done, _ in enumerate(parts(counted(), Worker(SETTINGS), SETTINGS, 2, few=0), 1):  # type: ignore[arg-type]
            assert asked <= done + 2 * 4 + 1
        assert done == asked > 9

    def test_little_work_starts_no_process(self, here, run_clean, monkeypatch):
        def refuse(*_: object) -> None:
            raise AssertionError("a process was started")

        monkeypatch.setattr(engines._Process, "__init__", refuse)
        assert run_clean("run", "in.jsonl", "-o", "out.jsonl", "--jobs", "8").code == 1

    @pytest.mark.skipif(os.name == "nt", reason="a process is killed another way on Windows")
    def test_a_worker_that_dies_is_named_with_what_it_was_at(self, here, small):
        from multiprocessing import active_children

        found = list(plan([RecordFile(here / "in.jsonl")])) * 40
        for number, shard in enumerate(found):
            found[number] = Stretch(number, *_rest(shard))
        running = parts(found, Worker(SETTINGS), SETTINGS, 2, few=0)
        next(running)
        pid = active_children()[0].pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        with pytest.raises(WorkerLost) as error:
            for _ in running:
                pass
        said = str(error.value)
        assert f"process {pid}" in said
        assert "SIGKILL" in said
        assert "in.jsonl, bytes " in said
        assert "fewer --jobs" in said
        assert not active_children()

    def test_what_a_worker_cant_do_is_told_as_it_is_in_one_process(self, here, small):
        found = list(plan([RecordFile(here / "in.jsonl")]))
        (here / "in.jsonl").write_bytes(b"")
        with pytest.raises(CleanerError, match="became shorter while it was read"):
            list(parts(found, Worker(SETTINGS), SETTINGS, 2, few=0))


def _rest(shard: Shard) -> tuple[object, ...]:
    assert isinstance(shard, Stretch)
    return shard.size, shard.after, shard.path, shard.file, shard.first, shard.start, shard.end


class TestRuns:
    def test_any_number_of_processes_writes_the_same_bytes(self, here, run_clean, small):
        written = []
        for jobs in ("1", "2", "3"):
            assert run_clean("run", "in.jsonl", "-o", "out.jsonl", "--jobs", jobs, "-q").code == 1
            stats = json.loads((here / "out.stats.json").read_bytes())
            assert stats.pop("run")["jobs"] == int(jobs)
            written.append([*((here / name).read_bytes() for name in OUTPUTS), stats])
        assert written[0] == written[1] == written[2]
        assert written[0][0].count(b"\n") == 60

    def test_so_do_shards_of_any_size(self, here, run_clean, monkeypatch):
        run_clean("run", "in.jsonl", "-o", "out.jsonl", "-q")
        expected = [(here / name).read_bytes() for name in OUTPUTS]
        for size in (50, 333, 5000):
            monkeypatch.setattr(shards, "SHARD", size)
            run_clean("run", "in.jsonl", "-o", "out.jsonl", "-q", "-j", "1")
            assert [(here / name).read_bytes() for name in OUTPUTS] == expected

    def test_a_folder_of_texts_becomes_the_same_texts(self, here, run_clean, small):
        (here / "in").mkdir()
        for number in range(30):
            (here / "in" / f"{number:02}.txt").write_text(f"Kalimat {number}.\n\nBaca Juga: Kisah\n\n" * 20)
        for jobs in ("1", "2"):
            assert run_clean("run", "in", "-o", f"out{jobs}", "--jobs", jobs, "-q").code == 0
        names = sorted(path.name for path in (here / "out1").iterdir())
        assert names == sorted(path.name for path in (here / "out2").iterdir())
        for name in set(names) - {"stats.json"}:
            assert (here / "out1" / name).read_bytes() == (here / "out2" / name).read_bytes()

    def test_what_a_plug_in_or_an_option_says_holds_in_every_process(self, here, run_clean, small):
        for jobs in ("1", "2"):
            options = ("--outlet", "viva", "--certainty", "marked", "--kinds", "related")
            run_clean("run", "in.jsonl", "-o", f"{jobs}.jsonl", "--jobs", jobs, "-q", *options)
        assert (here / "1.removed.jsonl").read_bytes() == (here / "2.removed.jsonl").read_bytes()
        assert b'"outlet":"viva"' in (here / "2.jsonl").read_bytes()

    def test_the_bytes_hang_on_no_hash_seed(self, here):
        written = []
        for seed in ("1", "2"):
            code = (
                "from cleaner.dumps import shards; shards.SHARD = 400\nfrom cleaner.cli import main; main()"
            )
            command = [sys.executable, "-c", code, "run", "in.jsonl", "-o", "out.jsonl", "-q", "-j", "2"]
            environment = {**os.environ, "PYTHONHASHSEED": seed}
            assert subprocess.run(command, cwd=here, env=environment, check=False).returncode == 1
            stats = (here / "out.stats.json").read_bytes().partition(b'"run"')[0]
            written.append([*((here / name).read_bytes() for name in OUTPUTS), stats])
        assert written[0] == written[1]

    @pytest.mark.parametrize("jobs", ["0", "-1", "x"])
    def test_a_number_of_processes_that_is_none_is_refused(self, here, run_clean, jobs):
        assert run_clean("run", "in.jsonl", "-o", "out.jsonl", "--jobs", jobs).code == 2


def test_a_part_says_how_far_it_goes(here: Path, small: None) -> None:
    made: list[Part] = list(map(Worker(SETTINGS), plan([RecordFile(here / "in.jsonl")])))
    assert sum(part.size for part in made) == len(DUMP)
    assert made[-1].after == Cursor(len(made), 0, len(made), len(DUMP), DUMP.count(b"\n"))
