"""All benchmarks in one table: measure, figure, bar, whether it is met, and the command that shows more.

    python benchmarks/run_all.py [--corpus ../shared/corpus] [--all] [--only labelled --only restraint]

Those that take minutes run with `--all`, or by name. Each runs in a process of its own, one after the other,
so that no one's memory or warm caches help or hurt the next. Exits with 1 where a bar isn't met or a
benchmark fails. Times are comparable only on a machine that does nothing else.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus import arguments, labelled
from html_tools import OURS
from measures import Measure, as_json, bar, from_json, table, verdict

HERE = Path(__file__).resolve().parent

_HEADLINES = re.compile(
    r"^(same topic|other topic)\s{2,}([\d.]+)%\s+of\s+\d+\s+([\d.]+)%\s+of\s+\d+", re.MULTILINE
)
_HOSTILE = re.compile(r"^\S.*?\s{2,}[\d.]+ MB\s{2,}(.+)$", re.MULTILINE)
_ENDURED = re.compile(r"([\d.]+) s, (\d+) MB")


@dataclass(frozen=True)
class Benchmark:
    """A script, and how to read what it prints."""

    script: str
    flags: tuple[str, ...] = ("--json",)
    read: Callable[[str], list[Measure]] = from_json
    on_corpus: bool = True


def headline_measures(printed: str) -> list[Measure]:
    """What `headlines.py` prints, as measures."""
    found = []
    for name, recall, lost in _HEADLINES.findall(printed):
        found.append(Measure(f"unmarked headlines found, {name}", float(recall) / 100, 0.95))
        found.append(Measure(f"own lines lost to them, {name}", float(lost) / 100, 0.003, "lower"))
    if not found:
        raise ValueError("headlines.py printed no rows 'same topic' and 'other topic'")
    return found


def hostile_measures(printed: str) -> list[Measure]:
    """What `html_hostile.py` prints of the package, as measures."""
    cells = _HOSTILE.findall(printed)
    if not cells:
        raise ValueError("html_hostile.py printed no row of a page")
    endured = [found for cell in cells if (found := _ENDURED.fullmatch(cell))]
    return [
        Measure("hostile pages read in 30 s, their audit sound", len(endured) / len(cells), 1.0),
        Measure("the slowest of them, s", max((float(e[1]) for e in endured), default=0.0), better="lower"),
        Measure(
            "the hungriest of them, MB", max((float(e[2]) for e in endured), default=0.0), better="lower"
        ),
    ]


BENCHMARKS = (
    Benchmark("seeds"),
    Benchmark("labelled"),
    Benchmark("blind"),
    Benchmark("layouts"),
    Benchmark("headlines", (), headline_measures),
    Benchmark("marked"),
    Benchmark("restraint"),
    Benchmark("speed"),
    Benchmark("growth"),
    Benchmark("html_pages", ("--json", "--tool", OURS)),
    Benchmark("html_speed"),
    Benchmark("warc_speed"),
    Benchmark("ledger"),
    Benchmark("drift"),
)
HEAVY = (
    Benchmark("mined"),
    Benchmark("html_hostile", ("--tool", OURS), hostile_measures, on_corpus=False),
    Benchmark("dumps"),
    Benchmark("peers"),
)
"""These take minutes each."""


def run(benchmark: Benchmark, corpus: Path) -> list[Measure]:
    """The measures of one benchmark; where it fails, one measure that says so and isn't met."""
    command = [
        sys.executable,
        str(HERE / f"{benchmark.script}.py"),
        *(("--corpus", str(corpus)) if benchmark.on_corpus else ()),
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
    everything = (*BENCHMARKS, *HEAVY)
    names = [benchmark.script for benchmark in everything]
    heavy = ", ".join(benchmark.script for benchmark in HEAVY)
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--only", action="append", choices=names, help="only this benchmark; can be given again"
    )
    which.add_argument("--all", action="store_true", help=f"those that take minutes too: {heavy}")
    args = parser.parse_args()
    labelled(args.corpus)  # Says at once where there is no corpus.
    chosen = [b for b in everything if b.script in args.only] if args.only else BENCHMARKS
    results = {b.script: run(b, args.corpus) for b in (everything if args.all else chosen)}
    measures = [measure for found in results.values() for measure in found]
    if args.json:
        print(as_json(measures))
    else:
        print(table(("measure", "figure", "bar", "", "command"), rows(results)))
    raise SystemExit(any(measure.met is False for measure in measures))


if __name__ == "__main__":
    main()
