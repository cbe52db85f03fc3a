"""All benchmarks in one table: measure, figure, bar, whether it is met, and the command that shows more.

    python benchmarks/run_all.py [--corpus ../shared/corpus] [--only labelled --only restraint]

Each runs in a process of its own, one after the other, so that no one's memory or warm caches help or hurt
the next. Exits with 1 where a bar isn't met or a benchmark fails. Times are comparable only on a machine that
does nothing else.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus import arguments, labelled
from measures import Measure, as_json, bar, from_json, table, verdict

HERE = Path(__file__).resolve().parent

_HEADLINES = re.compile(
    r"^(same topic|other topic)\s{2,}([\d.]+)%\s+of\s+\d+\s+([\d.]+)%\s+of\s+\d+", re.MULTILINE
)


@dataclass(frozen=True)
class Benchmark:
    """A script, and how to read what it prints."""

    script: str
    flags: tuple[str, ...] = ("--json",)
    read: Callable[[str], list[Measure]] = from_json


def headline_measures(printed: str) -> list[Measure]:
    """What `headlines.py` prints, as measures."""
    found = []
    for name, recall, lost in _HEADLINES.findall(printed):
        found.append(Measure(f"unmarked headlines found, {name}", float(recall) / 100, 0.95))
        found.append(Measure(f"own lines lost to them, {name}", float(lost) / 100, 0.003, "lower"))
    if not found:
        raise ValueError("headlines.py printed no rows 'same topic' and 'other topic'")
    return found


BENCHMARKS = (
    Benchmark("seeds"),
    Benchmark("labelled"),
    Benchmark("headlines", (), headline_measures),
    Benchmark("marked"),
    Benchmark("restraint"),
    Benchmark("speed"),
    Benchmark("growth"),
)


def run(benchmark: Benchmark, corpus: Path) -> list[Measure]:
    """The measures of one benchmark; where it fails, one measure that says so and isn't met."""
    command = [
        sys.executable,
        str(HERE / f"{benchmark.script}.py"),
        "--corpus",
        str(corpus),
        *benchmark.flags,
    ]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        if ran.returncode == 0:
            return benchmark.read(ran.stdout)
        reason = ran.stderr
    except ValueError as error:
        reason = str(error)
    print(f"{benchmark.script}.py failed:\n{reason}", file=sys.stderr)
    return [Measure(f"{benchmark.script} runs", 0.0, 1.0)]


def rows(results: dict[str, list[Measure]]) -> Iterator[tuple[str, ...]]:
    for script, measures in results.items():
        for measure in measures:
            command = f"python benchmarks/{script}.py"
            yield measure.name, f"{measure.figure:.5g}", bar(measure), verdict(measure), command


def main() -> None:
    parser = arguments(__doc__)
    names = [benchmark.script for benchmark in BENCHMARKS]
    parser.add_argument(
        "--only", action="append", choices=names, help="only this benchmark; can be given again"
    )
    args = parser.parse_args()
    labelled(args.corpus)  # Says at once where there is no corpus.
    results = {b.script: run(b, args.corpus) for b in BENCHMARKS if not args.only or b.script in args.only}
    measures = [measure for found in results.values() for measure in found]
    if args.json:
        print(as_json(measures))
    else:
        print(table(("measure", "figure", "bar", "", "command"), rows(results)))
    raise SystemExit(any(measure.met is False for measure in measures))


if __name__ == "__main__":
    main()
