"""What does a whole run cost, from the command's start to the last file's name?

    python benchmarks/dumps.py [--corpus ../shared/corpus] [--size 1000] [--rounds 3] [--only speed ...]

Everything is a process of its own, as a person would start it, on the dump repeated to a size in megabytes:

- speed: processor time of `clean run` by one job, JSONL to JSONL with rows, by that of a bare loop that
  reads, decodes, encodes and writes the same file; rounds alternate, the least times count.
- jobs: the time on the clock by one job, by that of two; the least of the rounds.
- memory: the largest process of a run over ten times `--memory-size`, by that of a run over `--memory-size`;
  and the largest process with two jobs.
- start: the time on the clock of `clean run` on one small file, and of `import cleaner`; the least of many.
- kills: a run is ended by SIGKILL at random moments and gone on with; how many of the results are equal to
  the byte to those of a run that was left alone.

Times on the clock mean something only on a machine that does nothing else; the least of several rounds is
what is closest to that. It takes some minutes, and four times `--size` on the disk.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from corpus import arguments
from measures import Measure, as_json, summary

_CLEAN = (sys.executable, "-c", "from cleaner.cli import main; main()")
_BARE = """
import sys, msgspec
decode, encode = msgspec.json.Decoder().decode, msgspec.json.Encoder().encode
with open(sys.argv[1], "rb", buffering=1 << 20) as source, open(sys.argv[2], "wb", buffering=1 << 20) as out:
    for line in source:
        out.write(encode(decode(line)) + b"\\n")
"""
# An installed package has its byte code, so what is measured has it too from the second round on.
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
_SMALL = "Harga cabai turun.\n\nBaca Juga: Harga Beras Naik Lagi\n\nPedagang lega.\n"


class Spent(NamedTuple):
    """What a process and those that it waited for took."""

    clock: float
    processor: float
    memory: int
    """The largest of them, in bytes."""


def spent(command: Sequence[str], folder: Path) -> Spent:
    """Run a command to its end. Raises RuntimeError where that isn't a good one."""
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, env=_ENVIRONMENT)
    _, status, usage = os.wait4(process.pid, 0)
    clock = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)[:200]} ended with {process.returncode}")
    return Spent(clock, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def write_dump(corpus: Path, megabytes: int, path: Path) -> None:
    """The dump, repeated until it has so many megabytes, without holding it in memory."""
    written = 0
    with path.open("wb") as out:
        while written < megabytes * 1_000_000:
            with gzip.open(corpus / "dump.jsonl.gz") as source:
                shutil.copyfileobj(source, out, 1 << 20)
            written = out.tell()


def run_command(source: str, jobs: int, *options: str) -> list[str]:
    return [*_CLEAN, "run", source, "-o", "out.jsonl", "--jobs", str(jobs), "--quiet", *options]


def speed(corpus: Path, scratch: Path, size: int, rounds: int) -> Iterator[Measure]:
    """One job by a bare loop, in processor time."""
    write_dump(corpus, size, scratch / "in.jsonl")
    bare: list[Spent] = []
    clean: list[Spent] = []
    for _ in range(rounds):
        bare.append(spent([sys.executable, "-c", _BARE, "in.jsonl", "bare.jsonl"], scratch))
        clean.append(spent(run_command("in.jsonl", 1), scratch))
    least = [min(each.processor for each in runs) for runs in (bare, clean)]
    megabytes = (scratch / "in.jsonl").stat().st_size / 1e6
    yield Measure("a run by one job, by a bare loop", least[1] / least[0], 3.5, "lower")
    yield Measure("a bare loop, MB a second of processor time", megabytes / least[0])
    yield Measure("a run by one job, MB a second of processor time", megabytes / least[1])


def jobs(corpus: Path, scratch: Path, size: int, rounds: int) -> Iterator[Measure]:
    """Two jobs against one, on the clock."""
    write_dump(corpus, size, scratch / "in.jsonl")
    runs: dict[int, list[Spent]] = {1: [], 2: []}
    for _ in range(rounds):
        for number, found in runs.items():
            found.append(spent(run_command("in.jsonl", number), scratch))
    one, two = (min(each.clock for each in found) for found in runs.values())
    yield Measure("two jobs against one, on the clock", one / two, 1.8)
    one, two = (min(each.processor for each in found) for found in runs.values())
    yield Measure("processor time of two jobs by one's", two / one, None, "lower")


def memory(corpus: Path, scratch: Path, size: int) -> Iterator[Measure]:
    """The largest process, over a dump and over one ten times as large."""
    peaks = {}
    for megabytes in (size, 10 * size):
        write_dump(corpus, megabytes, scratch / "in.jsonl")
        for number in (1, 2):
            peaks[megabytes, number] = spent(run_command("in.jsonl", number), scratch).memory
    for number in (1, 2):
        ratio = peaks[10 * size, number] / peaks[size, number]
        yield Measure(f"peak memory of {10 * size} MB by {size} MB, --jobs {number}", ratio, 1.1, "lower")
    for number in (1, 2):
        name = f"largest process over {10 * size} MB, --jobs {number}, MB"
        yield Measure(name, peaks[10 * size, number] / 1e6, 300, "lower")


def start(scratch: Path, rounds: int) -> Iterator[Measure]:
    """How long the smallest things take."""
    (scratch / "a.txt").write_text(_SMALL)
    commands = {
        "clean run on one small file, s": ([*_CLEAN, "run", "a.txt", "-o", "out", "--quiet"], 0.35),
        "import cleaner, s": ([sys.executable, "-c", "import cleaner"], 0.08),
        "python with nothing to do, s": ([sys.executable, "-c", "pass"], None),
    }
    for name, (command, bar) in commands.items():
        yield Measure(name, min(spent(command, scratch).clock for _ in range(rounds)), bar, "lower")


def kills(corpus: Path, scratch: Path, size: int, times: int) -> Iterator[Measure]:
    """How many runs that were killed end as one that wasn't."""
    write_dump(corpus, size, scratch / "in.jsonl")
    whole = spent(run_command("in.jsonl", 2), scratch)
    expected = results(scratch)
    chance = random.Random(20)
    equal = 0
    for _ in range(times):
        for path in scratch.glob("out.*"):
            path.unlink()
        process = subprocess.Popen(run_command("in.jsonl", 2), cwd=scratch)
        with suppress(subprocess.TimeoutExpired):
            process.wait(chance.uniform(0.05, 0.95) * whole.clock)
        process.send_signal(signal.SIGKILL)
        process.wait()
        spent(run_command("in.jsonl", 2, "--resume"), scratch)
        equal += results(scratch) == expected and not list(scratch.glob(".clean*"))
    yield Measure(f"of {times} runs killed and gone on with, equal to the byte", equal, times)


def results(scratch: Path) -> dict[str, str]:
    """The digests of all that a run wrote, but for how it went."""
    found = {}
    for name in ("out.jsonl", "out.removed.jsonl", "out.errors.jsonl"):
        with (scratch / name).open("rb") as file:
            found[name] = hashlib.file_digest(file, "sha256").hexdigest()
    stats = json.loads((scratch / "out.stats.json").read_bytes())
    del stats["run"]
    return {**found, "stats": json.dumps(stats)}


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--size", type=int, default=1000, help="for speed and jobs, in MB (default: 1000)")
    parser.add_argument("--memory-size", type=int, default=200, help="in MB (default: 200)")
    parser.add_argument("--kill-size", type=int, default=100, help="in MB (default: 100)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--kills", type=int, default=20, help="how many runs are killed (default: 20)")
    parser.add_argument("--scratch", type=Path, help="where to work (default: a temporary folder)")
    names = ("speed", "jobs", "memory", "start", "kills")
    parser.add_argument("--only", action="append", choices=names, help="measure this alone; can be repeated")
    args = parser.parse_args()
    parts: dict[str, Callable[[Path], Iterator[Measure]]] = {
        "speed": lambda scratch: speed(args.corpus, scratch, args.size, args.rounds),
        "jobs": lambda scratch: jobs(args.corpus, scratch, args.size, args.rounds),
        "memory": lambda scratch: memory(args.corpus, scratch, args.memory_size),
        "start": lambda scratch: start(scratch, 10 * args.rounds),
        "kills": lambda scratch: kills(args.corpus, scratch, args.kill_size, args.kills),
    }
    found: list[Measure] = []
    for name in args.only or names:
        with tempfile.TemporaryDirectory(dir=args.scratch) as scratch:
            found += parts[name](Path(scratch))
    print(as_json(found) if args.json else summary(found))


if __name__ == "__main__":
    main()
