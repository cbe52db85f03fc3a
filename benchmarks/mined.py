"""How good are mined packs, unreviewed, on hand-labelled articles?

    python benchmarks/mined.py [--corpus ../shared/corpus] [--outlet NAME]… [--held-out] [--packs DIR]

Each outlet's pack is mined from its own articles in the dump, with no rule written by hand but the common
ones. With --held-out the labelled articles are taken out of the dump first; outlets with nothing left are
then cleaned by the common rules alone. With --packs the packs are written, to be read.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import corpus
from corpus import Labelled
from measures import Measure, as_json, summary, table

from cleaner.cleaner import Cleaner
from cleaner.document import Document
from cleaner.mining.miner import Mined, mine
from cleaner.mining.sample import Sampler
from cleaner.mining.trial import cleaner_of
from cleaner.mining.writing import pack_text


def samples(folder: Path, without: Iterable[str]) -> dict[str, Sampler]:
    """The articles of the dump by outlet, but for the texts in `without`."""
    unwanted = set(without)
    found: dict[str, Sampler] = defaultdict(Sampler)
    for row in map(json.loads, corpus.dump(folder)):
        if row["text"] not in unwanted:
            found[row["outlet"]].add(Document(row["text"], row["id"], row["url"], row["title"]))
    return found


def counts(articles: Iterable[Labelled], cleaner: Cleaner, folder: Path) -> Counter[str]:
    """Tokens of the articles: their own and boilerplate, there and gone."""
    sys.path.insert(0, str(corpus.scorer(folder)))
    from score import pieces

    count: Counter[str] = Counter()
    for article in articles:
        result = cleaner(Document(article.text, article.id, article.url or None, article.title or None))
        cut = [(removal.start, removal.end) for removal in result.removals]
        _, kinds, gone = pieces(article.text, article.remove, cut)
        count["articles"] += 1
        for kind, away in zip(kinds, gone, strict=True):
            count["own" if kind is None else "boiler"] += 1
            count["own_gone" if kind is None else "boiler_gone"] += away
    return count


def figures(count: Mapping[str, int]) -> tuple[float, float]:
    """F1 and the share of the articles' own tokens that is lost."""
    gone = count["own_gone"] + count["boiler_gone"]
    precision = count["boiler_gone"] / gone if gone else 1.0
    recall = count["boiler_gone"] / count["boiler"] if count["boiler"] else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return f1, count["own_gone"] / count["own"] if count["own"] else 0.0


def main() -> None:
    parser = corpus.arguments(__doc__)
    parser.add_argument("--outlet", action="append", metavar="NAME", help="only this one (several times)")
    parser.add_argument("--held-out", action="store_true", help="mine without the labelled articles")
    parser.add_argument("--packs", type=Path, metavar="DIR", help="write the packs into this folder")
    args = parser.parse_args()
    labelled: dict[str, list[Labelled]] = defaultdict(list)
    for article in corpus.labelled(args.corpus):
        labelled[article.outlet].append(article)
    texts = (article.text for articles in labelled.values() for article in articles)
    found = samples(args.corpus, texts if args.held_out else ())
    total: Counter[str] = Counter()
    rows, slowest = [], 0.0
    for outlet in sorted(args.outlet or labelled):
        began = time.monotonic()
        documents = found[outlet].documents()
        mined = mine(documents, outlet) if documents else Mined(outlet, 0, ())
        seconds = time.monotonic() - began
        slowest = max(slowest, seconds)
        rules = [each.rule for each in mined.rules]
        if args.packs:
            args.packs.mkdir(parents=True, exist_ok=True)
            (args.packs / f"{outlet}.toml").write_text(pack_text(outlet, rules), encoding="utf-8")
        count = counts(labelled[outlet], cleaner_of(outlet, rules), args.corpus)
        total += count
        f1, lost = figures(count)
        rows.append(
            (outlet, f"{mined.articles:,}", str(len(rules)), f"{f1:.4f}", f"{lost:.5f}", f"{seconds:.1f} s")
        )
    f1, lost = figures(total)
    measures = [
        Measure("mined packs: F1", f1, 0.85),
        Measure("mined packs: lost", lost, 0.003, "lower"),
        Measure("mined packs: seconds for the slowest outlet", slowest, 60, "lower"),
    ]
    if args.json:
        print(as_json(measures, outlets=rows))
        return
    print(table(("outlet", "articles", "rules", "F1", "lost", "time"), rows), summary(measures), sep="\n\n")


if __name__ == "__main__":
    main()
