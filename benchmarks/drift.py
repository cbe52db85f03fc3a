"""Does `clean drift` see a template change, and is it silent where there is none?

    python benchmarks/drift.py [--corpus ../shared/corpus] [--splits 50]

Silence: the dump is shuffled and halved, again and again; nothing may be told of two halves of the same
pages. Sight: in the second half, one outlet's marker 'Baca juga' gets another wording, in all its articles or
in a share of them; a change of that outlet must be told, and none of any other. The same with few articles of
the outlet.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import corpus
import msgspec
from measures import Measure, as_json, summary, table

from cleaner import Document, Policy
from cleaner.drift.changes import About, Comparison, compare
from cleaner.dumps.cleaners import Cleaners
from cleaner.dumps.fingerprint import Rules
from cleaner.dumps.records import FieldNames, Record, RecordReader
from cleaner.dumps.stats import RunStats, Stats, stats_of
from cleaner.dumps.tally import Tally
from cleaner.result import Result

MARKER = re.compile(r"\bbaca\s+juga\b", re.IGNORECASE)
REWORDED = "Telusuri Pula"
SHARES = (1.0, 0.25, 0.1)
SIZES = (100, 200, 400)
_RULES = Rules({}, None)
_RUN = RunStats("", 0.0, 1, 0)

Pair = tuple[Record, Result]


@dataclass(frozen=True)
class Article:
    """An article cleaned as it is, and cleaned with the marker's other wording where it has the marker."""

    outlet: str | None
    plain: Pair
    reworded: Pair | None


def articles(folder: Path) -> list[Article]:
    """All articles of the dump, cleaned by the outlets that they are recognised for."""
    cleaners, tally = Cleaners(Policy()), Tally()
    reader = RecordReader(FieldNames(), cleaners.pages())
    found = []
    for index, line in enumerate(corpus.dump(folder)):
        record = reader.line("dump", index, line)
        assert isinstance(record, Record)
        cleaner = cleaners.choose(record, tally)
        reworded = None
        if MARKER.search(record.document.text):
            old = record.document
            document = Document(MARKER.sub(REWORDED, old.text), old.id, old.url, old.title)
            reworded = msgspec.structs.replace(record, document=document), cleaner(document)
        result = cleaner(record.document)
        found.append(Article(result.outlet, (record, result), reworded))
    return found


def stats(pairs: Iterable[Pair]) -> Stats:
    """What a run over these articles would write."""
    tally = Tally()
    for record, result in pairs:
        tally.cleaned(record, result)
    return stats_of(tally, _RULES, _RUN)


def halves(all_: Sequence[Article], seed: int) -> tuple[list[Article], list[Article]]:
    """The articles, shuffled and cut in two."""
    shuffled = list(all_)
    random.Random(seed).shuffle(shuffled)
    middle = len(shuffled) // 2
    return shuffled[:middle], shuffled[middle:]


def changed(outlet: str | None, share: float, seed: int) -> Callable[[Article], Pair]:
    """Gives of an article what it is where the outlet has reworded its marker on this share of its pages."""
    dice = random.Random(seed)

    def pair(article: Article) -> Pair:
        hit = article.outlet == outlet and dice.random() < share
        return article.reworded if hit and article.reworded else article.plain

    return pair


def seen(found: Comparison, outlet: str) -> tuple[bool, bool]:
    """Whether a rule of the outlet went down, and whether the new wording was shown."""
    own = [each for each in found.changes if each.outlet == outlet]
    fell = any(each.about is About.rule and each.new.share < each.old.share for each in own)
    shown = any(each.about is About.line and each.what.startswith(REWORDED) for each in own)
    return fell, shown


def main() -> None:
    parser = corpus.arguments(__doc__)
    parser.add_argument("--splits", type=int, default=50, help="random halves (default: %(default)s)")
    args = parser.parse_args()
    all_ = articles(args.corpus)
    found, rows = [*silence(all_, args.splits)], []
    for outlet in marked_outlets(all_):
        row, measures = sight(all_, outlet)
        rows.append(row)
        found += measures
    if args.json:
        print(as_json(found))
        return
    shares = [f"{share:.0%} of {'its pages' if share == 1 else 'them'}" for share in SHARES]
    head = ("outlet", "articles", "with marker", *shares, *(f"{size} articles" for size in SIZES), "others")
    print(table(head, rows))
    print("Each cell: whether a rule was seen to fall, and whether the new wording was shown.\n")
    print(summary(found))


def silence(all_: Sequence[Article], splits: int) -> Iterable[Measure]:
    """How often two halves of the same pages are told apart."""
    alarms = 0
    for seed in range(splits):
        old, new = halves(all_, seed)
        found = compare(stats(each.plain for each in old), stats(each.plain for each in new))
        alarms += bool(found.changes)
    yield Measure(f"random halves told apart, of {splits}", alarms, 0, "lower")


def marked_outlets(all_: Sequence[Article]) -> list[str]:
    """The outlets with enough articles for two halves, some of them with the marker."""
    counts: dict[str, list[int]] = {}
    for each in all_:
        if each.outlet:
            count = counts.setdefault(each.outlet, [0, 0])
            count[0] += 1
            count[1] += each.reworded is not None
    return sorted(outlet for outlet, (number, marked) in counts.items() if number >= 220 and marked >= 60)


def sight(all_: Sequence[Article], outlet: str) -> tuple[tuple[str, ...], list[Measure]]:
    """A row of the table for one outlet, and what is measured of it."""
    own = [each for each in all_ if each.outlet == outlet]
    cells: list[tuple[bool, bool] | None] = []
    others, whole = 0, (False, False)
    for share in SHARES:
        old, new = halves(all_, 0)
        found = compare(stats(each.plain for each in old), stats(map(changed(outlet, share, 0), new)))
        others += sum(each.outlet != outlet for each in found.changes)
        told = seen(found, outlet)
        cells.append(told)
        if share == 1:
            whole = told
    for size in SIZES:
        old, new = halves(own, 0)
        if len(old) < size:
            cells.append(None)
            continue
        before = stats(each.plain for each in old[:size])
        cells.append(seen(compare(before, stats(map(changed(outlet, 1, 0), new[:size]))), outlet))
    marked = sum(each.reworded is not None for each in own)
    row = (outlet, f"{len(own):,}", f"{marked:,}", *map(_cell, cells), str(others))
    return row, [
        Measure(f"{outlet}: reworded marker seen", float(any(whole)), 1.0),
        Measure(f"{outlet}: changes told of other outlets", others, 0, "lower"),
    ]


def _cell(cell: tuple[bool, bool] | None) -> str:
    return "–" if cell is None else "/".join("yes" if each else "no" for each in cell)


if __name__ == "__main__":
    main()
