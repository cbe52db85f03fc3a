"""Does an outlet's cleaner leave the articles of all other outlets alone?

    python benchmarks/restraint.py [--corpus ../shared/corpus] [--worst 50]

Every outlet's cleaner, and the common rules alone, over the labelled articles of all *other* outlets with
their labelled boilerplate already cut. Whatever goes now is an article's own text. `--worst` shows every
cut with its rule (the corpus is private: keep that to yourself).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from corpus import Labelled, arguments, gold_text, labelled
from measures import Measure, as_json, summary

from cleaner import Cleaner, Document
from cleaner.registry import outlet_ids

BAR = 0.0005
COMMON = "common rules alone"
_TOKEN = re.compile(r"\w+|[^\w\s]")


@dataclass
class Tally:
    """One cleaner's cuts, in tokens; `cuts` are (tokens, article, rule, certainty, text)."""

    own: int = 0
    lost: int = 0
    cuts: list[tuple[int, str, str, str, str]] = field(default_factory=list)


def tokens(text: str) -> int:
    return len(_TOKEN.findall(text))


def cut_from(cleaner: Cleaner, texts: Iterable[tuple[Labelled, str]]) -> Tally:
    """What `cleaner` cuts from texts that have no boilerplate left."""
    tally = Tally()
    for article, text in texts:
        tally.own += tokens(text)
        for removal in cleaner(Document(text, article.id)).removals:
            count = tokens(removal.text)
            tally.lost += count
            tally.cuts.append((count, article.id, removal.rule, str(removal.certainty), removal.text))
    return tally


def measure(folder: Path) -> dict[str, Tally]:
    texts = [(article, gold_text(article)) for article in labelled(folder)]
    tallies = {}
    for outlet in (None, *outlet_ids()):
        others = [(article, text) for article, text in texts if article.outlet != outlet]
        tallies[outlet or COMMON] = cut_from(Cleaner.for_outlet(outlet), others)
    return tallies


def measures(tallies: dict[str, Tally]) -> list[Measure]:
    return [
        Measure(f"others' own text lost, {name}", tally.lost / max(1, tally.own), BAR, "lower")
        for name, tally in tallies.items()
    ]


def cuts(tallies: dict[str, Tally], count: int) -> Iterable[str]:
    """The cuts, largest first, each once with the cleaners that make it."""
    makers: dict[tuple[int, str, str, str, str], list[str]] = {}
    for name, tally in tallies.items():
        for cut in tally.cuts:
            makers.setdefault(cut, []).append(name)
    for cut in sorted(makers, key=lambda cut: (-cut[0], cut))[:count]:
        size, article, rule, certainty, text = cut
        yield f"{size:5}  {rule} ({certainty}) on {article}, by {', '.join(makers[cut])}\n       {text!r}"


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument(
        "--worst", type=int, default=0, metavar="N", help="show the N largest cuts with their rules"
    )
    args = parser.parse_args()
    tallies = measure(args.corpus)
    if args.json:
        print(as_json(measures(tallies)))
        return
    print(summary(measures(tallies)), *cuts(tallies, args.worst), sep="\n")


if __name__ == "__main__":
    main()
