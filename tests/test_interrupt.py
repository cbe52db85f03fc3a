"""A run that is stopped leaves nothing half-written; a reader that goes away is no error worth a word."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals are sent another way on Windows")

COMMAND = (sys.executable, "-c", "from cleaner.cli import main; main()")
# More than a shard and any buffer on the way hold, so that the run is in the middle of it when it is stopped.
RECORDS = b"".join(json.dumps({"id": i, "text": "Kalimat. " * 50}).encode() + b"\n" for i in range(12000))


def start(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    pipe = subprocess.PIPE
    return subprocess.Popen([*COMMAND, *arguments], cwd=folder, stdin=pipe, stdout=pipe, stderr=pipe)


def wait_for_part(folder: Path, process: subprocess.Popen[bytes]) -> None:
    """Until the run has begun to write."""
    while process.poll() is None and not any(path.stat().st_size for path in folder.glob(".clean-*.part")):
        pass


@pytest.mark.parametrize(
    ("number", "code", "said"),
    [(signal.SIGINT, 130, "clean: interrupted"), (signal.SIGTERM, 143, "clean: terminated")],
)
def test_a_run_that_is_stopped_leaves_what_was_there_as_it_was(tmp_path, number, code, said):
    (tmp_path / "out.jsonl").write_bytes(b"lama")
    with start(tmp_path, "run", "-", "-o", "out.jsonl") as process:
        assert process.stdin is not None
        process.stdin.write(RECORDS)
        process.stdin.flush()
        wait_for_part(tmp_path, process)
        process.send_signal(number)
        _, err = process.communicate()
    assert process.returncode == code
    assert err.decode() == f"{said}; no file was changed\n"
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]
    assert (tmp_path / "out.jsonl").read_bytes() == b"lama"


def test_a_stopped_run_over_texts_leaves_no_folder(tmp_path):
    (tmp_path / "in").mkdir()
    for i in range(20):
        (tmp_path / "in" / f"{i:03}.txt").write_text("Kalimat.")
    # A pipe that nobody writes to: the run waits for its text, in the middle of its work.
    os.mkfifo(tmp_path / "zz.txt")
    with start(tmp_path, "run", "in", "zz.txt", "-o", "out") as process:
        while process.poll() is None and len(list(tmp_path.glob("out/.clean-*.part"))) < 3:
            pass
        process.send_signal(signal.SIGINT)
        process.communicate()
    assert process.returncode == 130
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "zz.txt"]


@pytest.mark.parametrize("audit", [(), ("--audit", "bukti")])
def test_a_reader_that_goes_away_ends_the_run_quietly(tmp_path, audit):
    (tmp_path / "in.jsonl").write_bytes(RECORDS)
    with start(tmp_path, "run", "in.jsonl", "-o", "-", "--quiet", *audit) as process:
        assert process.stdout is not None
        assert process.stdout.readline()
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == b""
    assert process.returncode == 141
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_told_in_a_sentence(tmp_path):
    (tmp_path / "in.jsonl").write_bytes(RECORDS)
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            [*COMMAND, "run", "in.jsonl", "-o", "-", "-q"],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert ran.returncode == 2
    assert ran.stderr.decode() == "clean: writing failed (No space left on device); no file was changed\n"
