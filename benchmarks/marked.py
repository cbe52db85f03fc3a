"""How much of the five outlets' marked boilerplate goes, and how much of their own text with it?

    python benchmarks/marked.py [--corpus ../shared/corpus] [--count 30] [--seed 1] [--worst 20]

Cleans the pages of `pages.py`: every template of every outlet in every layout. The bar holds for
boilerplate that carries a literal (`marked`), in all layouts. What stands in a block with one (`framed`), and
unmarked headlines, native advertisements and bare alt texts are told apart, with a row for each layout:
glued into one line, a caption before its credit is no line that carries a literal any more, and where it
begins can be past telling. Half of the pages come with their title, half without.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from corpus import FIVE, arguments, scorer
from draft import LAYOUTS, Page
from measures import Measure, as_json, share, summary, table
from pages import pages
from parts import Parts

from cleaner import Cleaner, Document, Result

BAR = 0.995
TIERS = ("marked", "framed", "unmarked")

# Where a caption's own words end and its credit begins, the literal that marks it.
_CREDIT = re.compile(
    r"\(Sumber|Sumber ?:|Photo ?:|/CNN|/ANTARA|/Radar|/Istimewa|/Reuters|\. FOTO|\.-"
    r"|- (?:VIVA|Instagram|Ist|tvOne)"
)


class Tally:
    """Tokens counted under keys of several sorts, with an example of what went wrong for each."""

    def __init__(self) -> None:
        self.all: Counter[Any] = Counter()
        self.hit: Counter[Any] = Counter()
        self.example: dict[Any, str] = {}

    def add(self, key: Any, hit: bool, example: str) -> None:
        self.all[key] += 1
        self.hit[key] += hit
        if example:
            self.example.setdefault(key, example)

    def share(self, key: Any) -> str:
        return share(self.hit[key], self.all[key])

    def value(self, key: Any, nothing: float) -> float:
        return self.hit[key] / self.all[key] if self.all[key] else nothing


class Score:
    """What became of the pages, token by token."""

    def __init__(self, folder: Path) -> None:
        sys.path.insert(0, str(scorer(folder)))
        from score import pieces

        self._pieces = pieces
        self.found = Tally()
        self.lost = Tally()
        self.whole: Counter[tuple[str, str]] = Counter()
        self.pages: Counter[tuple[str, str]] = Counter()

    def add(self, page: Page, result: Result) -> None:
        tiered = list(tiers(page))
        gold = [(start, end, number) for number, (start, end, _, _) in enumerate(tiered)]
        removed = [(r.start, r.end) for r in result.removals]
        _, kinds, gone = self._pieces(page.text, gold, removed)
        wrong = False
        place = (page.outlet, page.template, page.layout)
        for kind, cut in zip(kinds, gone, strict=True):
            if kind is None:
                wrong |= cut
                for key in ("all", page.outlet, page.layout, place):
                    self.lost.add(key, cut, "")
                continue
            *_, tier, g = tiered[kind]
            wrong |= tier != "unmarked" and not cut
            for sort in ("all", page.outlet, page.layout, (page.outlet, page.layout), place, g.kind):
                self.found.add((tier, sort), cut, "")
            self.found.add(
                ("element", tier, *place, g.element),
                cut,
                "" if cut else f"{page.id}: {around(page, g.start, g.end)}",
            )
        for removal in result.removals:
            own = own_words(page, removal.start, removal.end)
            if own:
                rule = ("rule", *place, removal.rule)
                self.lost.hit[rule] += own
                self.lost.example.setdefault(rule, f"{page.id}: {around(page, removal.start, removal.end)}")
        self.pages[page.outlet, page.layout] += 1
        self.whole[page.outlet, page.layout] += not wrong

    def measures(self) -> list[Measure]:
        rows = [
            Measure(f"marked boilerplate found, {outlet}", self.found.value(("marked", outlet), 1.0), BAR)
            for outlet in FIVE
        ]
        for tier in TIERS:
            bar = BAR if tier == "marked" else None
            rows.append(
                Measure(f"{tier} boilerplate found, all five", self.found.value((tier, "all"), 1.0), bar)
            )
            rows += [
                Measure(f"  in layout {layout}", self.found.value((tier, layout), 1.0)) for layout in LAYOUTS
            ]
        rows.append(Measure("own text lost on these pages", self.lost.value("all", 0.0), better="lower"))
        return rows


def tiers(page: Page) -> Iterator[tuple[int, int, str, Any]]:
    """The page's stretches, with tiers; on one line, a caption's own words are only framed by its credit."""
    for gold in page.gold:
        credit = None
        if page.layout == "one-line" and gold.kind == "caption" and gold.tier == "marked":
            credit = _CREDIT.search(page.text, gold.start, gold.end)
        if credit and credit.start() > gold.start:
            yield gold.start, credit.start(), "framed", gold
            yield credit.start(), gold.end, gold.tier, gold
        else:
            yield gold.start, gold.end, gold.tier, gold


def own_words(page: Page, start: int, end: int) -> int:
    """How many words of `[start, end)` are the article's own."""
    words, at = 0, start
    for gold in page.gold:
        if start < gold.end and gold.start < end:
            words += len(page.text[at : max(at, gold.start)].split())
            at = gold.end
    return words + len(page.text[at:end].split())


def around(page: Page, start: int, end: int) -> str:
    """A stretch with a little of what stands around it, on one line."""
    text = page.text
    cut = text[start:end] if end - start <= 160 else f"{text[start : start + 90]} … {text[end - 60 : end]}"
    return repr(f"{text[max(0, start - 40) : start]}⟦{cut}⟧{text[end : end + 40]}")[1:-1]


def measure(folder: Path, count: int, seed: int) -> Score:
    """Clean all pages and count."""
    score = Score(folder)
    cleaners = {outlet: Cleaner.for_outlet(outlet) for outlet in FIVE}
    for number, page in enumerate(pages(Parts(folder), count, seed)):
        title = page.title if number % 2 else None
        score.add(page, cleaners[page.outlet](Document(page.text, page.id, page.url, title)))
    return score


def by_template(score: Score) -> str:
    places = list(
        dict.fromkeys(
            key[1][:2]
            for key in score.found.all
            if key[0] in TIERS and len(key[1]) == 3 and isinstance(key[1], tuple)
        )
    )
    rows = []
    for outlet, template in places:
        row = [f"{outlet}/{template}"]
        for tally, sort in (*((score.found, tier) for tier in TIERS), (score.lost, "")):
            for layout in LAYOUTS:
                key: Any = (outlet, template, layout)
                row.append(tally.share((sort, key) if sort else key))
        rows.append(row)
    head = ["marked / framed / unmarked / lost"]
    head += [f"{sort} {layout}" for sort in ("m.", "f.", "un.", "lost") for layout in LAYOUTS]
    return table(head, rows)


def by_outlet(score: Score) -> str:
    rows = []
    for outlet in FIVE:
        known, whole = (sum(of[outlet, layout] for layout in LAYOUTS) for of in (score.pages, score.whole))
        row = [outlet, *(score.found.share(("marked", (outlet, layout))) for layout in LAYOUTS)]
        row += (score.found.share((tier, outlet)) for tier in TIERS)
        rows.append([*row, f"{score.lost.value(outlet, 0):.5f}", share(whole, known)])
    return table(("outlet", *LAYOUTS, "marked", "framed", "unmarked", "lost", "pages exact"), rows)


def worst(score: Score, count: int) -> Iterable[str]:
    """The elements of the templates with the most missed words, then the rules with the most wrong cuts."""
    missed = [
        (score.found.all[key] - score.found.hit[key], key) for key in score.found.all if key[0] == "element"
    ]
    yield "missed words, by element:"
    for misses, key in sorted(missed, key=lambda row: (-row[0], row[1]))[:count]:
        if misses:
            _, tier, outlet, template, layout, element = key
            yield f"{misses:6} of {score.found.all[key]:6}  {outlet}/{template}/{layout}: {element} ({tier})"
            yield f"        {score.found.example[key]}"
    yield "the articles' own words that were cut, by rule:"
    for key, words in sorted(
        ((k, n) for k, n in score.lost.hit.items() if k[0] == "rule"), key=lambda row: (-row[1], row[0])
    )[:count]:
        yield f"{words:6}  {key[4]} on {'/'.join(key[1:4])}\n        {score.lost.example[key]}"


def by_kind(score: Score) -> str:
    kinds = ("related", "caption", "prompt", "byline", "meta", "chrome", "ad")
    return "marked by kind: " + ", ".join(f"{kind} {score.found.share(('marked', kind))}" for kind in kinds)


def report(score: Score, count: int) -> Sequence[str]:
    return [
        by_outlet(score),
        "",
        by_template(score),
        "",
        by_kind(score),
        "",
        summary(score.measures()),
        "",
        *(worst(score, count) if count else ()),
    ]


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument(
        "--count", type=int, default=30, help="pages of every template in every layout (default: 30)"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--worst",
        type=int,
        default=0,
        metavar="N",
        help="list the N elements and rules with most wrong words",
    )
    args = parser.parse_args()
    score = measure(args.corpus, args.count, args.seed)
    print(as_json(score.measures()) if args.json else "\n".join(report(score, args.worst)))


if __name__ == "__main__":
    main()
