"""The same run on a real Ray cluster of this machine, and from and to a store that speaks S3.

They need more than a build installs: `pip install 'ray>=2.40' 's3fs' 'moto[server]'`, then
`pytest tests/test_cluster.py`.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

needs_ray = pytest.mark.skipif(
    find_spec("ray") is None or find_spec("fsspec") is None,
    reason="Ray isn't installed: pip install '.[ray]'",
)
needs_s3 = pytest.mark.skipif(
    find_spec("s3fs") is None or find_spec("moto") is None or find_spec("flask") is None,
    reason="no S3 to try: pip install '.[s3]' 'moto[server]'",
)
COMMAND = (sys.executable, "-c", "from cleaner.cli import main; main()", "run")
RECORDS = "".join(
    json.dumps(
        {
            "url": f"https://contoh.example/{i}",
            "text": f"Kalimat ke-{i} di sini.\n\nBaca Juga: Kisah {i}\n\nAkhir.",
        }
    )
    + ("\n[]\n" if i % 500 == 7 else "\n")
    for i in range(24_000)
)


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a dump, `raw/in.jsonl`, and `one.jsonl`, what one process makes of it."""
    here = tmp_path_factory.mktemp("cluster")
    (here / "raw").mkdir()
    (here / "raw/in.jsonl").write_text(RECORDS)
    run(here, "raw/in.jsonl", "-o", "one.jsonl", "--jobs", "1")
    return here


def environment(**more: str) -> dict[str, str]:
    known = {name: value for name, value in os.environ.items() if not name.startswith(("RAY_", "AWS_"))}
    return {**known, **more}


def run(here: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    ran = subprocess.run(
        [*COMMAND, *arguments, "-q"],
        cwd=here,
        env=environment(**more),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1, ran.stderr
    return ran


def assert_same_records(one: Path, out: Path) -> None:
    """That the parts in `out`, one after the other, are what one process wrote, record for record."""
    for kind in ("jsonl", "removed.jsonl"):
        parts = [path for path in sorted(out.iterdir()) if path.name.partition(".")[2] == kind]
        assert len(parts) > 3
        found = b"".join(path.read_bytes() for path in parts)
        expected = (one / f"one.{kind}").read_bytes()
        assert found.count(b"\n") == 24_000
        assert found == expected
    told, expected_told = (
        json.loads(path.read_bytes()) for path in (out / "stats.json", one / "one.stats.json")
    )
    for name in ("records", "characters", "removed", "rules", "kinds", "errors", "unknown_hosts"):
        assert told[name] == expected_told[name]


@needs_ray
class TestRay:
    @pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="workers are found by /proc")
    def test_a_worker_that_is_killed_costs_nothing(self, one):
        mark = f"clean-test-{os.getpid()}-{time.monotonic_ns()}"
        running = subprocess.Popen(
            [
                *COMMAND,
                "raw/in.jsonl",
                "-o",
                "out",
                "--engine",
                "ray",
                "--jobs",
                "3",
                "--part-size",
                "400kB",
                "-q",
            ],
            cwd=one,
            env=environment(CLEAN_TEST=mark),
            stderr=subprocess.PIPE,
            text=True,
        )
        killed = killed_while_it_works(running, mark)
        _, said = running.communicate(timeout=300)
        assert killed is not None
        assert running.returncode == 1, said
        assert_same_records(one, one / "out")
        assert not [path.name for path in (one / "out").iterdir() if path.name.startswith(".")]

    def test_the_bytes_hang_on_no_number_of_workers_and_a_stopped_run_goes_on(self, one):
        options = ("raw/in.jsonl", "--engine", "ray", "--part-size", "400kB")
        run(one, *options, "-o", "again", "--jobs", "1")
        assert_same_records(one, one / "again")
        before = {path.name: path.read_bytes() for path in (one / "again").glob("part-*")}
        for number in (1, 3):
            (one / f"again/part-{number:05}.done.json.gz").unlink()
            (one / f"again/part-{number:05}.jsonl").write_bytes(b"half")
        run(one, *options, "-o", "again", "--jobs", "2")
        assert {path.name: path.read_bytes() for path in (one / "again").glob("part-*")} == before

    def test_a_run_that_is_interrupted_says_what_is_kept(self, one):
        options = (
            "raw/in.jsonl",
            "-o",
            "stopped",
            "--engine",
            "ray",
            "--jobs",
            "2",
            "--part-size",
            "100kB",
            "-q",
        )
        running = subprocess.Popen(
            [*COMMAND, *options], cwd=one, env=environment(), stderr=subprocess.PIPE, text=True
        )
        while running.poll() is None and not list((one / "stopped").glob("*.done.json.gz")):
            time.sleep(0.02)
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=120)
        assert running.returncode == 130, said
        assert "done and kept: the same command goes on from there" in said
        assert said.count("\n") == 1
        run(one, *options)
        assert_same_records(one, one / "stopped")

    def test_a_cluster_that_isnt_there_is_said(self, one):
        ran = subprocess.run(
            [*COMMAND, "raw/in.jsonl", "-o", "none", "--engine", "ray", "--address", "127.0.0.1:1"],
            cwd=one,
            env=environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 2
        assert "no Ray cluster answers at 127.0.0.1:1" in ran.stderr
        assert not (one / "none").exists()


def killed_while_it_works(running: subprocess.Popen[str], mark: str) -> int | None:
    """Kill the first worker that is seen at a part; its process id."""
    while running.poll() is None:
        for found in Path("/proc").glob("[0-9]*"):
            try:
                is_at_a_part = found.joinpath("cmdline").read_bytes().startswith(b"ray::clean_part")
                if is_at_a_part and mark.encode() in found.joinpath("environ").read_bytes():
                    # It has only just begun: let it come to write.
                    time.sleep(0.3)
                    os.kill(int(found.name), signal.SIGKILL)
                    return int(found.name)
            except OSError:
                continue
        time.sleep(0.02)
    return None


@pytest.fixture(scope="module")
def store(one: Path) -> Iterator[subprocess.Popen[str]]:
    command = [
        sys.executable,
        str(Path(__file__).with_name("object_store.py")),
        "ember",
        str(one / "raw"),
    ]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        yield server
        assert server.stdin is not None
        server.stdin.close()
        server.wait(30)


@pytest.fixture(scope="module")
def login(store: subprocess.Popen[str]) -> dict[str, str]:
    assert store.stdout is not None
    address = next(line for line in store.stdout if line.startswith("http")).strip()
    return {
        "AWS_ENDPOINT_URL": address,
        "AWS_ACCESS_KEY_ID": "kunci",
        "AWS_SECRET_ACCESS_KEY": "rahasia",
        "AWS_DEFAULT_REGION": "us-east-1",
    }


def fetch(store: subprocess.Popen[str], prefix: str) -> None:
    assert store.stdin is not None
    assert store.stdout is not None
    store.stdin.write(prefix + "\n")
    store.stdin.flush()
    assert any(line.startswith("fetched") for line in store.stdout)


@needs_s3
class TestS3:
    @pytest.mark.parametrize("engine", ["processes", pytest.param("ray", marks=needs_ray)])
    def test_a_run_reads_a_bucket_and_writes_one(self, one, store, login, engine):
        out = f"clean-{engine}"
        options = ("--engine", engine, "--jobs", "2", "--part-size", "400kB")
        run(one, "s3://ember/raw/", "-o", f"s3://ember/{out}", *options, **login)
        fetch(store, out)
        rows = (one / out / "part-00000.removed.jsonl").read_bytes()
        assert rows.startswith(b'{"id":"s3://ember/raw/in.jsonl#0"')
        # A record without an id is called by its file, and that has another name there.
        for path in (one / out).glob("part-*.removed.jsonl"):
            path.write_bytes(path.read_bytes().replace(b"s3://ember/", b""))
        assert_same_records(one, one / out)

    @pytest.mark.parametrize(
        ("place", "more", "said"),
        [
            ("s3://tiada/raw/", {}, "s3://tiada/raw/ doesn't exist"),
            ("s3://ember/tiada/", {}, "s3://ember/tiada/ doesn't exist"),
            ("s3://ember/raw/", {"AWS_ENDPOINT_URL": "http://127.0.0.1:1"}, "can't be reached"),
        ],
    )
    def test_what_isnt_there_is_named(self, one, login, place, more, said):
        ran = subprocess.run(
            [*COMMAND, place, "-o", "s3://ember/x"],
            cwd=one,
            env=environment(**{**login, **more}),
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 2
        assert said in ran.stderr
        assert ran.stderr.count("\n") == 1
        assert "rahasia" not in ran.stderr
