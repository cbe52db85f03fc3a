"""A run that is stopped at any moment goes on from there, and what comes out is the same to the byte."""

from __future__ import annotations

import errno
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from conftest import POINTER_PACK

from cleaner.dumps import growing, journal, shards
from cleaner.dumps.growing import GrowingFiles

# Shards of a size that makes a small dump a long one.
SMALL = 30_000
COMMAND = (
    sys.executable,
    "-c",
    "from cleaner.dumps import growing, shards\n"
    f"shards.SHARD, growing.SECONDS_BETWEEN = {SMALL}, 0.05\n"
    "from cleaner.cli import main\n"
    "main()",
)
RECORDS = b"".join(
    json.dumps({"id": i, "text": f"Kalimat ke-{i}.\n\nBaca Juga: Kisah {i} yang Lain\n\nAkhir." * 3}).encode()
    + b"\n"
    + (b"bukan json\n" if i % 7 == 3 else b"")
    for i in range(40)
)
READ = ("in", "in.jsonl")
RUN = ("run", "in.jsonl", "-o", "out.jsonl", "--jobs", "1", "--quiet")
PACKED_RUN = ("run", "in.jsonl", "-o", "out.jsonl.gz", "--jobs", "1", "--quiet")
# What columns there are is known when the last record is read: the file is put together then.
COLUMNS_RUN = ("run", "in.jsonl", "-o", "out.csv", "--jobs", "1", "--quiet")
FOLDER_RUN = ("run", "in", "-o", "out", "--jobs", "1", "--quiet")


class KilledError(BaseException):
    """Stands for the end of the process: nothing runs behind it."""


@pytest.fixture
def here(here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a dump and with texts; shards are small, and the journal is always up to date."""
    monkeypatch.setattr(shards, "SHARD", 2500)
    monkeypatch.setattr(growing, "SECONDS_BETWEEN", 0.0)
    (here / "in.jsonl").write_bytes(RECORDS)
    for i in range(6):
        folder = here / "in" / f"{i % 3}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{i:02}.txt").write_text(f"Kalimat {i}.\n\nBaca Juga: Kisah {i}\n\n" + "Akhir. " * 180)
    return here


def written(folder: Path) -> dict[str, bytes]:
    """All that stands in `folder`, hidden files too, but for what is read and for how the run went."""
    found = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.relative_to(folder).parts[0] not in READ
    }
    for name in found:
        if name.endswith("stats.json"):
            stats = json.loads(found[name])
            del stats["run"]
            found[name] = json.dumps(stats).encode()
    return found


def clear(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.relative_to(folder).parts[0] in READ:
            continue
        path.rmdir() if path.is_dir() else path.unlink()


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Callable[[int, BaseException | None], list[int]]:
    """Counts what changes the disk: each writing, flushing, renaming and deleting. Before the call with the
    number that is given, the error is raised."""
    done: list[int] = [0]
    plan: dict[int, BaseException] = {}

    def counted(owner: Any, name: str) -> None:
        original = getattr(owner, name)

        def call(*args: Any, **kwargs: Any) -> Any:
            done[0] += 1
            if done[0] in plan:
                raise plan[done[0]]
            return original(*args, **kwargs)

        monkeypatch.setattr(owner, name, call)

    counted(growing._File, "write")
    counted(growing._File, "cut")
    counted(os, "fsync")
    counted(Path, "replace")
    counted(Path, "unlink")
    counted(Path, "write_bytes")

    def arm(number: int, error: BaseException | None) -> list[int]:
        done[0] = 0
        plan.clear()
        if error is not None:
            plan[number] = error
        return done

    return arm


def die(self: GrowingFiles, *error: object) -> None:
    """In place of what a block does at its end: a killed process only loses its open files."""
    self._close()


RUNS = pytest.mark.parametrize(
    "run", [RUN, PACKED_RUN, COLUMNS_RUN, FOLDER_RUN], ids=["records", "packed", "columns", "texts"]
)


@RUNS
def test_killed_before_any_change_of_the_disk_it_ends_the_same(here, run_clean, monkeypatch, calls, run):
    done = calls(0, None)
    assert run_clean(*run).code in (0, 1)
    expected, number = written(here), done[0]
    assert number > 30
    # The parts are all alike; the end is where each call is another.
    for at in (*range(1, number - 24, 3), *range(number - 24, number + 1)):
        clear(here)
        with monkeypatch.context() as patch:
            original = GrowingFiles.__exit__

            def exit(self: GrowingFiles, kind: Any, *error: Any, original: Any = original) -> None:
                die(self) if kind is KilledError else original(self, kind, *error)

            patch.setattr(GrowingFiles, "__exit__", exit)
            calls(at, KilledError())
            with pytest.raises(KilledError):
                run_clean(*run)
        calls(0, None)
        ran = run_clean(*run, "--resume")
        assert ran.code in (0, 1), ran.err
        assert written(here) == expected, at


@RUNS
def test_a_full_disk_is_told_and_the_run_goes_on_when_there_is_room(here, run_clean, calls, run):
    done = calls(0, None)
    assert run_clean(*run).code in (0, 1)
    expected, number = written(here), done[0]
    stopped = []
    for at in range(6, number, 5):
        clear(here)
        calls(at, OSError(errno.ENOSPC, "No space left on device"))
        ran = run_clean(*run)
        if ran.code == 2:
            stopped.append(at)
            assert "No space left on device" in ran.err, at
        else:
            # Where a folder can't be flushed, a run goes on: all is written.
            assert written(here) == expected, at
        calls(0, None)
        ran = run_clean(*run, "--resume")
        assert ran.code in (0, 1), ran.err
        assert written(here) == expected, at
    assert len(stopped) >= 5


def stop_in_the_middle(run_clean: Any, calls: Any, *run: str) -> Any:
    calls(20, OSError(errno.ENOSPC, "No space left on device"))
    ran = run_clean(*run)
    calls(0, None)
    assert ran.code == 2
    return ran


def test_what_is_kept_is_said_with_what_goes_on_from_there(here, run_clean, calls):
    ran = stop_in_the_middle(run_clean, calls, *RUN)
    assert ran.err.startswith("clean: writing failed (No space left on device); ")
    assert "done and kept: the same command with --resume goes on from there" in ran.err


def test_a_run_goes_on_and_says_from_where(here, run_clean, calls):
    stop_in_the_middle(run_clean, calls, *RUN)
    ran = run_clean(*RUN[:-1], "--resume")
    assert ran.err.startswith("Going on with the run that was stopped: ")
    assert "Cleaned 40 records" in ran.err
    assert json.loads((here / "out.stats.json").read_bytes())["run"]["resumed"] == 1


def test_a_new_run_does_not_touch_what_a_stopped_one_has_done(here, run_clean, calls):
    stop_in_the_middle(run_clean, calls, *RUN)
    before = written(here)
    ran = run_clean(*RUN)
    assert ran.code == 2
    for word in ("a run that writes out.jsonl was stopped", ".part", "--resume", "--start-over"):
        assert word in ran.err
    assert written(here) == before


def test_starting_over_leaves_nothing_of_the_stopped_run(here, run_clean, calls):
    run_clean(*FOLDER_RUN)
    expected = written(here)
    clear(here)
    stop_in_the_middle(run_clean, calls, *FOLDER_RUN)
    assert run_clean(*FOLDER_RUN, "--start-over").code == 0
    assert written(here) == expected


def test_joining_pages_begins_anew_only_where_that_is_wished(here, run_clean, calls):
    stop_in_the_middle(run_clean, calls, *RUN)
    assert "--start-over" in run_clean(*RUN, "--join-pages").err
    assert run_clean(*RUN, "--join-pages", "--start-over").code == 1
    assert not list(here.glob(".clean*"))


def test_resuming_what_was_never_stopped_begins_at_the_start(here, run_clean):
    ran = run_clean(*RUN[:-1], "--resume")
    assert "No run that writes out.jsonl was stopped: beginning at the start." in ran.err
    assert (here / "out.jsonl").exists()


@pytest.mark.parametrize("command", [RUN, FOLDER_RUN], ids=["a file", "a folder"])
def test_a_run_that_is_finished_isnt_done_twice(here, run_clean, command):
    code = run_clean(*command, "--resume").code
    before = {path: path.stat().st_mtime_ns for path in here.rglob("*")}
    ran = run_clean(*(word for word in command if word != "--quiet"), "--resume")
    assert ran.code == code
    assert " is finished, with " in ran.err
    assert {path: path.stat().st_mtime_ns for path in here.rglob("*")} == before


@pytest.mark.parametrize(
    ("options", "gone"), [(("--certainty", "marked"), ""), ((), "out.jsonl"), ((), "out.removed.jsonl")]
)
def test_it_is_done_where_another_one_is_finished_or_a_file_of_it_is_gone(here, run_clean, options, gone):
    run_clean(*RUN)
    if gone:
        (here / gone).unlink()
    ran = run_clean(*RUN[:-1], *options, "--resume")
    assert "No run that writes out.jsonl was stopped: beginning at the start." in ran.err
    assert ("of another run" in ran.err) is (not gone)
    assert "Cleaned 40 records" in ran.err
    assert (here / "out.removed.jsonl").exists()


def test_a_text_that_is_gone_is_written_again(here, run_clean):
    run_clean(*FOLDER_RUN)
    text = next((here / "out").rglob("*.txt"))
    text.unlink()
    run_clean(*FOLDER_RUN, "--resume")
    assert text.exists()


def rewritten(path: Path) -> None:
    path.write_bytes(path.read_bytes())
    os.utime(path, ns=(1, 1))


class TestRefusing:
    """What is done and what is left must fit together."""

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            (lambda path: path.write_bytes(RECORDS + b"\n"), "in.jsonl has another size"),
            (rewritten, "in.jsonl was written to"),
        ],
    )
    def test_another_input(self, here, run_clean, calls, change, said):
        stop_in_the_middle(run_clean, calls, *RUN)
        change(here / "in.jsonl")
        before = written(here)
        ran = run_clean(*RUN, "--resume")
        assert ran.code == 2
        assert "can't be resumed" in ran.err
        assert said in ran.err
        assert written(here) == before

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            (("--text-field", "isi"), "--text-field was text, and is isi"),
            (("--certainty", "marked"), "--certainty was inferred, and is marked"),
            (("--kinds", "related"), "--kinds was"),
            (("--outlet", "viva"), "--outlet was not given, and is viva"),
        ],
    )
    def test_another_option(self, here, run_clean, calls, options, said):
        stop_in_the_middle(run_clean, calls, *RUN)
        ran = run_clean(*RUN, "--resume", *options)
        assert ran.code == 2
        assert said in ran.err

    def test_what_is_installed_for_other_formats_makes_no_difference(
        self, here, run_clean, calls, monkeypatch
    ):
        releases = {"pyarrow": "1.0", "fastwarc": "1.0", "backports.zstd": "1.0"}
        monkeypatch.setattr(metadata, "version", lambda name: releases.get(name, "9.0"))
        stop_in_the_middle(run_clean, calls, *RUN)
        releases.update(dict.fromkeys(releases, "2.0"))
        assert run_clean(*RUN, "--resume").code == 1

    def test_what_is_installed_for_a_format_that_is_read_does(self, here, run_clean, calls, monkeypatch):
        (here / "in.jsonl.zst").write_bytes(pytest.importorskip("backports.zstd").compress(RECORDS))
        monkeypatch.setattr(metadata, "version", lambda name: "1.0")
        run = ("run", "in.jsonl.zst", *RUN[2:])
        stop_in_the_middle(run_clean, calls, *run)

        def uninstalled(name: str) -> str:
            if name == "backports.zstd":
                raise metadata.PackageNotFoundError(name)
            return "1.0"

        monkeypatch.setattr(metadata, "version", uninstalled)
        ran = run_clean(*run, "--resume")
        assert ran.code == 2
        assert "backports.zstd was 1.0, and is not installed" in ran.err

    def test_another_number_of_processes_makes_no_difference(self, here, run_clean, calls):
        stop_in_the_middle(run_clean, calls, *RUN)
        assert run_clean(*RUN, "--resume", "--jobs", "2").code == 1

    def test_other_files(self, here, run_clean, calls):
        stop_in_the_middle(run_clean, calls, *FOLDER_RUN)
        (here / "in/baru.txt").write_text("Baru.")
        (here / "in/0/00.txt").unlink()
        ran = run_clean(*FOLDER_RUN, "--resume")
        assert ran.code == 2
        assert "in/0/00.txt is no longer read" in ran.err
        assert "in/baru.txt is read as well" in ran.err

    def test_another_pack(self, here, run_clean, calls, write_pack):
        pack = write_pack(POINTER_PACK)
        stop_in_the_middle(run_clean, calls, *RUN, "--pack", pack)
        write_pack(POINTER_PACK.replace("zzlihat:", "zztengok:"))
        ran = run_clean(*RUN, "--pack", pack, "--resume")
        assert ran.code == 2
        assert "the pack of contoh changed" in ran.err
        assert "the pack of contoh is no longer used" in run_clean(*RUN, "--resume").err

    def test_another_ledger(self, here, run_clean, calls):
        assert run_clean("ledger", "build", "in.jsonl", "-o", "a.ledger", "--quiet").code == 1
        stop_in_the_middle(run_clean, calls, *RUN)
        ran = run_clean(*RUN, "--resume", "--ledger", "a.ledger")
        assert ran.code == 2
        assert "a ledger is used" in ran.err

    def test_another_release(self, here, run_clean, calls, monkeypatch):
        from cleaner.cli import one_run

        stop_in_the_middle(run_clean, calls, *RUN)
        monkeypatch.setattr(one_run, "releases", lambda formats: {"cleaner": "99.0"})
        assert "and is 99.0" in run_clean(*RUN, "--resume").err

    def test_a_journal_of_another_format(self, here, run_clean, calls, monkeypatch):
        stop_in_the_middle(run_clean, calls, *RUN)
        monkeypatch.setattr(journal, "FORMAT", 2)
        assert "another version of clean" in run_clean(*RUN, "--resume").err

    def test_a_journal_that_is_damaged(self, here, run_clean, calls):
        stop_in_the_middle(run_clean, calls, *RUN)
        [path] = here.glob(".clean-*.resume")
        path.write_bytes(path.read_bytes()[:-20])
        assert "is damaged" in run_clean(*RUN, "--resume").err

    def test_a_file_that_lost_some_of_its_bytes(self, here, run_clean, calls):
        stop_in_the_middle(run_clean, calls, *RUN)
        part = max(here.glob(".clean-*.part"), key=lambda path: path.stat().st_size)
        part.write_bytes(b"")
        assert "is shorter than its journal says" in run_clean(*RUN, "--resume").err

    def test_a_stream(self, here, run_clean):
        ran = run_clean("run", "-", "-o", "out.jsonl", "--resume", stdin=RECORDS)
        assert ran.code == 2
        assert "standard input is a stream" in ran.err

    def test_standard_output(self, here, run_clean):
        assert "standard output is gone" in run_clean("run", "in.jsonl", "-o", "-", "--resume").err

    def test_going_on_and_beginning_anew_at_once(self, here, run_clean):
        assert run_clean(*RUN, "--resume", "--start-over").code == 2


@pytest.mark.skipif(os.name == "nt", reason="a process is killed another way on Windows")
class TestProcesses:
    """With processes of its own, and really stopped."""

    @pytest.fixture
    def large(self, tmp_path: Path) -> Path:
        (tmp_path / "in.jsonl").write_bytes(RECORDS * 100)
        return tmp_path

    def run(self, folder: Path, *options: str) -> subprocess.CompletedProcess[bytes]:
        command = [*COMMAND, "run", "in.jsonl", "-o", "out.jsonl", "--jobs", "2", "-q", *options]
        return subprocess.run(command, cwd=folder, capture_output=True, check=False)

    def started(self, folder: Path) -> subprocess.Popen[bytes]:
        command = [*COMMAND, "run", "in.jsonl", "-o", "out.jsonl", "--jobs", "2", "-q"]
        return subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, start_new_session=True)

    def wait_for_parts(self, folder: Path, process: subprocess.Popen[bytes]) -> None:
        """Until so much is written that more than the first shard is."""
        while process.poll() is None:
            if any(path.stat().st_size > 3 * SMALL for path in folder.glob(".clean-*-0.part")):
                return
            time.sleep(0.001)

    def test_killed_at_random_moments_it_ends_the_same(self, large):
        assert self.run(large).returncode == 1
        expected = written(large)
        chance = random.Random(7)
        for _ in range(3):
            clear(large)
            with self.started(large) as process:
                self.wait_for_parts(large, process)
                time.sleep(chance.uniform(0, 0.2))
                process.kill()
            ran = self.run(large, "--resume")
            assert ran.returncode == 1, ran.stderr
            assert written(large) == expected

    def test_an_interrupt_stops_the_workers_and_says_that_it_can_go_on(self, large):
        with self.started(large) as process:
            self.wait_for_parts(large, process)
            # As a terminal does it: to all processes of the group.
            os.killpg(process.pid, signal.SIGINT)
            # This ends when the last one that could write there has ended.
            _, err = process.communicate()
        assert process.returncode == 130
        lines = err.decode().splitlines()
        assert len(lines) == 1
        assert lines[0].startswith("clean: interrupted; ")
        assert lines[0].endswith("done and kept: the same command with --resume goes on from there")

    def test_a_run_that_goes_on_is_left_alone(self, large):
        with self.started(large) as process:
            self.wait_for_parts(large, process)
            process.send_signal(signal.SIGSTOP)
            try:
                ran = self.run(large, "--start-over")
            finally:
                process.send_signal(signal.SIGCONT)
            process.communicate()
        assert ran.returncode == 2
        assert b"another run is writing out.jsonl at this moment" in ran.stderr
        assert process.returncode == 1
        assert (large / "out.jsonl").exists()
