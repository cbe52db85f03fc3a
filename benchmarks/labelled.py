"""How does the toolkit do on real, hand-labelled articles, and how do the tools that people use instead?

    python benchmarks/labelled.py [--corpus ../shared/corpus] [--worst 10]

Figures are those of `score.py`, which stands beside the corpus: precision and recall over tokens, their F1,
the share of the articles' own tokens that is lost, and the share of articles without one wrong token. The
toolkit runs four times: it recognises the outlet by the record's url and text; it is told; it is told and has
a ledger of the dump; it has the common rules only, as if nobody knew the outlet. The last rows are made-up
pages of the five outlets (see `pages.py`), for the same comparison on every template they have.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import corpus
from corpus import Span, arguments
from measures import Measure, as_json, summary, table
from pages import pages
from parts import Parts
from rivals import RIVALS, Stretch

from cleaner import Cleaner, Document, clean
from cleaner.ledger import Ledger
from cleaner.registry import outlet_ids

RECOGNISED, TOLD = "cleaner", "cleaner, told the outlet"
LEDGER, COMMON = "cleaner, with a ledger", "common rules alone"
OURS = (RECOGNISED, TOLD, LEDGER, COMMON)
PAGES = "pages of the five"
VIVA = ("viva one-line", "viva container")


@dataclass(frozen=True)
class Article:
    """One article to score on, and the groups it counts in."""

    id: str
    outlet: str
    url: str
    title: str
    text: str
    remove: Sequence[Span]
    groups: tuple[str, ...]


Tool = Callable[[Article], list[Stretch]]


def recognised(article: Article) -> list[Stretch]:
    result = clean(article.text, url=article.url or None, title=article.title or None)
    return [(removal.start, removal.end) for removal in result.removals]


def cleaned_by(cleaner: Cleaner, article: Article) -> list[Stretch]:
    document = Document(article.text, article.id, article.url or None, article.title or None)
    return [(removal.start, removal.end) for removal in cleaner(document).removals]


def told(ledger: Ledger | None) -> Tool:
    """The cleaner of the outlet that the article is of."""
    known = outlet_ids()

    @cache
    def cleaner(outlet: str) -> Cleaner:
        return Cleaner.for_outlet(outlet if outlet in known else None, ledger=ledger)

    return lambda article: cleaned_by(cleaner(article.outlet), article)


def tools(ledger: Ledger) -> Mapping[str, Tool]:
    def rival(cut: Callable[[str], list[Stretch]]) -> Tool:
        return lambda article: cut(article.text)

    common = Cleaner.for_outlet(None)
    return {
        RECOGNISED: recognised,
        TOLD: told(None),
        LEDGER: told(ledger),
        COMMON: lambda article: cleaned_by(common, article),
    } | {name: rival(cut) for name, cut in RIVALS.items()}


def real_articles(folder: Path) -> Iterable[Article]:
    for row in corpus.labelled(folder):
        groups = [row.outlet, "all 13 outlets"]
        if row.outlet == "viva":
            groups.append(VIVA["\n" in row.text])
        yield Article(row.id, row.outlet, row.url, row.title, row.text, row.remove, tuple(groups))


def made_up_pages(folder: Path, count: int) -> Iterable[Article]:
    for page in pages(Parts(folder), count):
        remove = [(gold.start, gold.end, gold.kind) for gold in page.gold]
        # Every second page comes without its title, as many dumps do.
        title = page.title if int(page.id.rpartition("/")[2]) % 2 else ""
        yield Article(page.id, page.outlet, page.url, title, page.text, remove, (PAGES,))


@dataclass
class Scores:
    """Token counts by tool and group, and the articles with most wrong tokens by tool."""

    counts: dict[tuple[str, str], Counter[str]]
    wrong: dict[str, list[tuple[int, int, str]]]
    figures: Callable[[Counter[str]], dict[str, float]]

    def of(self, tool: str, group: str) -> dict[str, float]:
        return self.figures(self.counts[tool, group])


def score(tools: Mapping[str, Tool], articles: Iterable[Article], folder: Path) -> Scores:
    """Run every tool over every article and count tokens. `folder` is that of the corpus."""
    sys.path.insert(0, str(corpus.scorer(folder)))
    from score import figures, pieces

    scores = Scores(defaultdict(Counter), defaultdict(list), figures)
    for article in articles:
        for name, tool in tools.items():
            _, kinds, gone = pieces(article.text, article.remove, tool(article))
            count: Counter[str] = Counter(articles=1)
            for kind, cut in zip(kinds, gone, strict=True):
                count["own" if kind is None else "boiler"] += 1
                count["own_gone" if kind is None else "boiler_gone"] += cut
            wrong = count["own_gone"] + count["boiler"] - count["boiler_gone"]
            count["exact"] = int(not wrong)
            for group in article.groups:
                scores.counts[name, group].update(count)
            if wrong:
                scores.wrong[name].append((wrong, count["own_gone"], article.id))
    return scores


def measures(scores: Scores) -> list[Measure]:
    found = []
    for group, f1, lost in (("kompastv", 0.97, 0.001), ("viva", 0.80, 0.005)):
        figures = scores.of(RECOGNISED, group)
        found += [
            Measure(f"labelled {group}, F1", figures["f1"], f1),
            Measure(f"labelled {group}, lost", figures["lost"], lost, "lower"),
        ]
    found += [Measure(f"labelled {group}, F1", scores.of(RECOGNISED, group)["f1"]) for group in VIVA]
    every = "all 13 outlets"
    for tool, group, f1, lost in (
        (TOLD, every, 0.93, 0.001),
        (LEDGER, every, 0.95, 0.001),
        (LEDGER, VIVA[0], 0.93, None),
        (COMMON, every, 0.80, 0.001),
    ):
        figures = scores.of(tool, group)
        found.append(Measure(f"{tool}: {group}, F1", figures["f1"], f1))
        if lost is not None:
            found.append(Measure(f"{tool}: {group}, lost", figures["lost"], lost, "lower"))
    for group in (every, PAGES):
        ours = scores.of(RECOGNISED, group)
        best = max(scores.of(rival, group)["f1"] for rival in RIVALS)
        found.append(Measure(f"{group}, F1, the bar being the best rival's", ours["f1"], round(best, 4)))
        found.append(Measure(f"{group}, lost", ours["lost"], better="lower"))
    return found


def comparison(scores: Scores, groups: Iterable[str]) -> str:
    """A table of what every tool does on each of the groups."""
    rows = []
    for group in groups:
        for tool in (*OURS, *RIVALS):
            rows.append((f"{group}: {tool}", *_cells(scores.of(tool, group))))
    return table(("", "articles", "precision", "recall", "F1", "lost", "exact"), rows)


def by_outlet(scores: Scores) -> str:
    outlets = sorted(
        {group for tool, group in scores.counts if tool == RECOGNISED} - {*VIVA, PAGES, "all 13 outlets"}
    )
    rows = [(outlet, *_cells(scores.of(RECOGNISED, outlet))) for outlet in outlets]
    return table((RECOGNISED, "articles", "precision", "recall", "F1", "lost", "exact"), rows)


def _cells(figures: Mapping[str, Any]) -> tuple[str, ...]:
    shares = (f"{figures[name]:.4f}" for name in ("precision", "recall", "f1"))
    return f"{figures['articles']}", *shares, f"{figures['lost']:.5f}", f"{figures['exact']:.3f}"


def add_worst(parser: ArgumentParser) -> None:
    """Let the command list the articles that the cleaner does worst on."""
    parser.add_argument(
        "--worst", type=int, default=0, metavar="N", help="list the N articles with most wrong tokens"
    )


def print_worst(scores: Scores, count: int) -> None:
    """Print the `count` articles with most wrong tokens."""
    for wrong, own, name in sorted(scores.wrong[RECOGNISED], reverse=True)[:count]:
        print(f"  {name}: {wrong} wrong tokens, {own} of the article's own lost")


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument(
        "--count", type=int, default=10, help="made-up pages of every template and layout (default: 10)"
    )
    add_worst(parser)
    args = parser.parse_args()
    articles = [*real_articles(args.corpus), *made_up_pages(args.corpus, args.count)]
    with TemporaryDirectory() as scratch:
        scores = score(tools(corpus.dump_ledger(args.corpus, Path(scratch))), articles, args.corpus)
    if args.json:
        print(as_json(measures(scores)))
        return
    groups = ("kompastv", "viva", *VIVA, "all 13 outlets", PAGES)
    print(by_outlet(scores), comparison(scores, groups), summary(measures(scores)), sep="\n\n")
    print_worst(scores, args.worst)


if __name__ == "__main__":
    main()
