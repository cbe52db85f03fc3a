"""What does a ledger add on unmarked headlines, and what does it cost?

    python benchmarks/ledger.py [--corpus ../shared/corpus] [--rounds 7]

Quality: the pages of `headlines.py` (held-out part) as VIVA's, with a ledger that holds the titles of the
dump as VIVA's. Cost: the dump cleaned with and without a ledger of a million titles (those of the dump, and
made-up ones), in processor time, some articles with one, then without it, the median of rounds; and the time
to open that ledger.
"""

from __future__ import annotations

import gc
import json
import random
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import corpus
from headlines import TITLE_CASE, Body, Corpus, Topics, measure
from measures import Measure, as_json, summary

from cleaner import Cleaner, Document
from cleaner.ledger import Ledger
from cleaner.ledger_builder import LedgerBuilder
from cleaner.registry import recogniser

TITLES = 1_000_000
PART = 250
"""How many articles are cleaned with a ledger, and without one, before it is the other's turn."""


def written(path: Path, titles: Iterable[str], outlets: Iterable[str | None]) -> Ledger:
    """A ledger of articles with these titles, the same for each outlet."""
    outlets = tuple(outlets)
    with LedgerBuilder() as builder:
        for title in titles:
            for outlet in outlets:
                builder.add(Document("", title=title), outlet)
        builder.write(path)
    return Ledger(path)


def quality(folder: Path, scratch: Path) -> list[Measure]:
    """Recall and loss, for headlines on the article's own topic and for random ones."""
    real = Corpus(folder)
    titles = real.titles("held-out", TITLE_CASE)
    ledger = written(scratch / "titles", (title for _, title in titles), ["viva"])
    cleaner = Cleaner.for_outlet("viva", ledger=ledger)

    def judge(lines: list[str], title: str | None) -> set[int]:
        text = "\n\n".join(lines)
        starts: dict[int, int] = {}
        at = 0
        for number, line in enumerate(lines):
            starts[at] = number
            at += len(line) + 2
        gone = cleaner(Document(text, title=title)).removals
        return {
            starts[at]
            for removal in gone
            if (at := removal.start + len(removal.text) - len(removal.text.lstrip())) in starts
        }

    topics, everything = Topics(titles), [title for _, title in titles]
    bodies = real.gold_bodies("held-out")

    def same(body: Body, rng: random.Random) -> list[str]:
        return topics.nearest(body)

    def other(body: Body, rng: random.Random) -> list[str]:
        return rng.sample(everything, 8)

    found = []
    for name, pick in (("same topic", same), ("other topic", other)):
        tally = measure(bodies, pick, 1, 5, judge=judge)
        found += [
            Measure(f"unmarked headlines with a ledger, {name}, recall", tally.found / tally.strays, 0.995),
            Measure(f"own lines lost, {name}", tally.lost / tally.own, 0.0005, "lower"),
        ]
    return found


def cost(folder: Path, scratch: Path, rounds: int) -> list[Measure]:
    """Time with a ledger of a million titles by time without, and the time to open it."""
    rows = [json.loads(raw) for raw in corpus.dump(folder)]
    articles = [Document(row["text"], row["id"], row["url"], row["title"]) for row in rows]
    outlets = [recogniser()(article) for article in articles]
    path = scratch / "million"
    with LedgerBuilder() as builder:
        for article, outlet in zip(articles, outlets, strict=True):
            builder.add(article, outlet)
        for number in range(TITLES - len(articles)):
            title = f"Kabar Pasar Nomor {number} dari Desa Kami"
            builder.add(Document("", title=title), outlets[number % len(outlets)])
        builder.write(path)
    start = time.perf_counter()
    ledger = Ledger(path)
    opened = time.perf_counter() - start
    without = {outlet: Cleaner.for_outlet(outlet) for outlet in set(outlets)}
    with_it = {outlet: Cleaner.for_outlet(outlet, ledger=ledger) for outlet in set(outlets)}

    pairs = list(zip(rows, outlets, strict=True))

    def spent(
        cleaners: dict[str | None, Cleaner], part: Sequence[tuple[Mapping[str, Any], str | None]]
    ) -> float:
        start = time.process_time()
        for row, outlet in part:
            cleaners[outlet](Document(row["text"], row["id"], row["url"], row["title"]))
        return time.process_time() - start

    def one_round() -> float:
        """The ratio over all articles, both ways a few articles at a time: the machine's moods meet both."""
        took = {True: 0.0, False: 0.0}
        gc.collect()
        gc.disable()
        for number, at in enumerate(range(0, len(pairs), PART)):
            first = number % 2 == 0
            for known in (first, not first):
                took[known] += spent(with_it if known else without, pairs[at : at + PART])
        gc.enable()
        return took[True] / took[False]

    ratio = median(one_round() for _ in range(rounds))
    return [
        Measure("time with a ledger of a million titles, by without", ratio, 1.15, "lower"),
        Measure("opening that ledger, seconds", opened, 0.5, "lower"),
    ]


def main() -> None:
    parser = corpus.arguments(__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    args = parser.parse_args()
    with TemporaryDirectory() as folder:
        scratch = Path(folder)
        found = [*quality(args.corpus, scratch), *cost(args.corpus, scratch, args.rounds)]
    print(as_json(found) if args.json else summary(found))


if __name__ == "__main__":
    main()
