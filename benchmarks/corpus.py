"""The real articles that the benchmarks measure on. They are not part of the project: see `--corpus`.

`labelled.jsonl` holds articles with hand-labelled boilerplate, `dump.jsonl.gz` uncleaned ones without
labels.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cleaner import Document
from cleaner.ledger import Ledger
from cleaner.ledger_builder import LedgerBuilder
from cleaner.registry import outlet_ids

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "corpus"
LINE_BREAK = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
FIVE = ("andalpost", "kompastv", "radarcirebon", "tangselife", "viva")

Span = tuple[int, int, str]


@dataclass(frozen=True)
class Labelled:
    """One labelled article; `remove` are (start, end, kind) in code points of `text`, in order."""

    id: str
    outlet: str
    url: str
    title: str
    text: str
    remove: tuple[Span, ...]


def arguments(doc: str | None) -> argparse.ArgumentParser:
    """A parser with what every benchmark takes; its help is the module's docstring."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--corpus", type=Path, default=DEFAULT, help="folder of the real articles (default: %(default)s)"
    )
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON object")
    return parser


def labelled(folder: Path) -> list[Labelled]:
    """All labelled articles, in the order of the file."""
    with _there(folder / "labelled.jsonl").open(encoding="utf-8") as lines:
        return [_labelled(json.loads(line)) for line in lines]


def dump(folder: Path) -> list[bytes]:
    """The undecoded records of the dump, in the order of the file."""
    with gzip.open(_there(folder / "dump.jsonl.gz")) as file:
        return file.read().splitlines()


def split_lines(text: str) -> list[str]:
    """The lines of a text that have something to see, without the white space around them."""
    return [line for line in (raw.strip() for raw in LINE_BREAK.split(text)) if line]


def dump_ledger(folder: Path, scratch: Path) -> Ledger:
    """The ledger of the dump, written into `scratch`; its records name their outlets."""
    with LedgerBuilder() as builder:
        for raw in dump(folder):
            row = json.loads(raw)
            outlet = row["outlet"] if row["outlet"] in outlet_ids() else None
            builder.add(Document(row["text"], row["id"], row["url"], row["title"]), outlet)
        builder.write(scratch / "dump.ledger")
    return Ledger(scratch / "dump.ledger")


def scorer(folder: Path) -> Path:
    """The folder of the module `score`, which stands beside the corpus."""
    return _there(folder.resolve().parent / "score.py").parent


def gold_text(article: Labelled) -> str:
    """The article as its labels would leave it: of the white space around a cut, the wider side stays."""
    text = article.text
    for start, end, _ in sorted(article.remove, reverse=True):
        before, after = text[:start].rstrip(), text[end:].lstrip()
        gaps = text[len(before) : start], text[end : len(text) - len(after)]
        text = before + max(gaps, key=lambda gap: (gap.count("\n"), len(gap))) + after
    return text


def _labelled(row: dict[str, Any]) -> Labelled:
    remove = tuple(sorted((start, end, kind) for start, end, kind in row["remove"]))
    return Labelled(row["id"], row["outlet"], row["url"] or "", row["title"] or "", row["text"], remove)


def _there(path: Path) -> Path:
    if path.exists():
        return path
    print(
        f"{path} is not there, so there is nothing to measure on. "
        "Name the folder that holds labelled.jsonl and dump.jsonl.gz with --corpus.",
        file=sys.stderr,
    )
    raise SystemExit(2)
