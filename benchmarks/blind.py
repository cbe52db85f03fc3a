"""How does the toolkit do on articles that nobody had looked at when its rules were written?

    python benchmarks/blind.py [--corpus ../shared/corpus] [--worst 10]

Five samples of the dump with the labels of `blind_labels.toml`, which hold offsets and no text. Figures are
those of `labelled.py`. Some rules were written after each sample had shown what was missing, so none is blind
any more; what they gave when they were is in ARCHITECTURE.md. Each article was read once, by one reader: a
label in a hundred is arguable.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NoReturn

from corpus import Span, arguments, dump, dump_ledger
from html_gold import KINDS
from labelled import COMMON, RECOGNISED, Article, Scores, add_worst, comparison, print_worst, score, tools
from measures import Measure, as_json, summary

LABELS = Path(__file__).with_name("blind_labels.toml")
SAMPLES = ("first sample", "second sample", "third sample", "fourth sample", "fifth sample")

_LABEL = re.compile(rf"(\d+):(\d+) ({'|'.join(KINDS)})")


def articles(folder: Path) -> Iterator[Article]:
    """The labelled articles of all samples, each in its sample's group."""
    entries = tomllib.loads(LABELS.read_text(encoding="utf-8"))["article"]
    wanted = {entry["id"] for entry in entries}
    records = {row["id"]: row for row in map(json.loads, dump(folder)) if row["id"] in wanted}
    for entry in entries:
        row = records.get(entry["id"])
        if row is None or sha256(row["text"].encode()).hexdigest()[:16] != entry["sha256"]:
            _stop(f"{entry['id']}: the dump has no such text, so its labels would point elsewhere")
        yield Article(
            id=row["id"],
            outlet=row["outlet"],
            url=row["url"] or "",
            title=row["title"] or "",
            text=row["text"],
            remove=[_span(label, entry) for label in entry["remove"]],
            groups=(SAMPLES[entry["sample"] - 1],),
        )


def _span(label: str, entry: dict[str, Any]) -> Span:
    found = _LABEL.fullmatch(label)
    if found is None:
        _stop(f"{entry['id']}: {label!r} is no label; one reads '12:40 related'")
    return int(found[1]), int(found[2]), found[3]


def _stop(problem: str) -> NoReturn:
    print(f"{LABELS.name}: {problem}", file=sys.stderr)
    raise SystemExit(2)


def measures(scores: Scores) -> Iterator[Measure]:
    for group in SAMPLES:
        for tool in (RECOGNISED, COMMON):
            figures = scores.of(tool, group)
            yield Measure(f"{tool}: {group}, F1", figures["f1"])
            yield Measure(f"{tool}: {group}, lost", figures["lost"], better="lower")


def main() -> None:
    parser = arguments(__doc__)
    add_worst(parser)
    args = parser.parse_args()
    with TemporaryDirectory() as scratch:
        scores = score(tools(dump_ledger(args.corpus, Path(scratch))), articles(args.corpus), args.corpus)
    found = list(measures(scores))
    if args.json:
        print(as_json(found))
        return
    print(comparison(scores, SAMPLES), summary(found), sep="\n\n")
    print_worst(scores, args.worst)


if __name__ == "__main__":
    main()
