"""How much boilerplate goes from real article pages, and how much of the articles, by tool and outlet.

    python benchmarks/html_pages.py [--corpus ../shared/corpus] [--worst 10] [--show PAGE]

The pages were labelled by hand within the article's part of the page (`html_labels.toml`). A tool's text is
laid over that part word by word (`html_alignment.py`); figures are shares of the letters of its words:

precision  of what is gone, the share that is boilerplate
recall     of the boilerplate, the share that is gone
lost       of the article's own text, the share that is gone; a headline that stands in the tool's title
           field counts as kept
besides    of the tool's text, the share that is from elsewhere on the page or its own

A page that a tool takes for none, or fails on, counts as wholly gone and is named. Rivals come with
`pip install resiliparse newspaper4k readability-lxml lxml_html_clean justext goose3`. `--worst` and `--show`
print other people's text: keep it to yourself.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus import arguments
from html_alignment import left_words
from html_gold import KINDS, LabelledPage, Word, labelled_pages, words
from html_tools import OURS, Article, Tool, missing, tools
from measures import Measure, as_json, share, summary, table

from cleaner.visible import visible

F1_BAR = 0.95
LOST_BAR = 0.002
ALL = "all"


@dataclass(frozen=True)
class Scored:
    """One tool on one page: what is left of the container's words, and letters by what became of them."""

    page: LabelledPage
    gold: Sequence[Word]
    left: Sequence[bool]
    letters: Counter[str]

    @property
    def wrong(self) -> int:
        return self.letters["own gone"] + self.letters["boilerplate"] - self.letters["boilerplate gone"]


def scored(page: LabelledPage, article: Article) -> Scored:
    gold = page.words()
    output = words(article.text)
    left, besides = left_words(gold, output)
    if _names_headline(article.title, gold):
        left = [kept or word.headline for kept, word in zip(left, gold, strict=True)]
    letters = Counter(pages=1, besides=besides, output=sum(map(len, output)))
    for word, kept in zip(gold, left, strict=True):
        side = "own" if word.kind is None else "boilerplate"
        letters[side] += len(word.text)
        letters[f"{side} gone"] += 0 if kept else len(word.text)
        if word.kind is not None:
            letters[word.kind] += len(word.text)
            letters[f"{word.kind} gone"] += 0 if kept else len(word.text)
    return Scored(page, gold, left, letters)


def run(name: str, tool: Tool, page: LabelledPage) -> Article:
    """The tool's answer; an empty one where it fails. Both are said on standard error."""
    try:
        article = tool(page.html, page.url)
    except Exception as error:
        reason = f"{type(error).__name__}: {visible(str(error))}"
        print(f"{name} fails on {page.file}: {reason}", file=sys.stderr)
        return Article("")
    if not article.text.strip():
        print(f"{name} finds no text on {page.file}", file=sys.stderr)
    return article


def by_outlet(scores: Iterable[Scored]) -> dict[str, Counter[str]]:
    """Letters by outlet, and of all together."""
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    for score in scores:
        groups[score.page.outlet].update(score.letters)
        groups[ALL].update(score.letters)
    return groups


def f1(letters: Counter[str]) -> float:
    gone = letters["own gone"] + letters["boilerplate gone"]
    return 2 * letters["boilerplate gone"] / (gone + letters["boilerplate"])


def lost(letters: Counter[str]) -> float:
    return letters["own gone"] / letters["own"]


def measures(scores: Mapping[str, list[Scored]]) -> list[Measure]:
    """The package's figures with their bars, and those of the rivals beside them."""
    found = []
    for name, scored_pages in scores.items():
        letters = by_outlet(scored_pages)[ALL]
        f1_bar, lost_bar = (F1_BAR, LOST_BAR) if name == OURS else (None, None)
        besides = letters["besides"] / max(1, letters["output"])
        found += [
            Measure(f"real pages, F1 of boilerplate, {name}", f1(letters), f1_bar),
            Measure(f"real pages, own text lost, {name}", lost(letters), lost_bar, "lower"),
            Measure(f"real pages, text from elsewhere, {name}", besides, better="lower"),
        ]
    return found


def tool_table(scores: Mapping[str, list[Scored]]) -> str:
    head = ("tool", "pages", "precision", "recall", "F1", "lost", "besides")
    return table(head, [(name, *_cells(by_outlet(found)[ALL])) for name, found in scores.items()])


def outlet_table(name: str, scores: list[Scored]) -> str:
    head = (name, "pages", "precision", "recall", "F1", "lost", "besides", "boilerplate's share")
    groups = by_outlet(scores)
    rows = []
    for outlet in (*sorted(groups.keys() - {ALL}), ALL):
        letters = groups[outlet]
        part = share(letters["boilerplate"], letters["boilerplate"] + letters["own"])
        rows.append((outlet, *_cells(letters), part))
    return table(head, rows)


def kind_table(scores: Mapping[str, list[Scored]]) -> str:
    totals = {name: by_outlet(found)[ALL] for name, found in scores.items()}
    rows = [(name, *(share(t[f"{kind} gone"], t[kind]) for kind in KINDS)) for name, t in totals.items()]
    return table(("recall by kind", *KINDS), rows)


def differences(score: Scored) -> list[str]:
    """The stretches that a tool got wrong: `lost` of the article's own, `left` of the boilerplate."""
    found: list[str] = []
    before = None
    for word, kept in zip(score.gold, score.left, strict=True):
        wrong = kept == (word.kind is not None)
        what = (f"left {word.kind}" if kept else "lost") if wrong else None
        if what is not None and what == before:
            found[-1] += f" {word.text}"
        elif what is not None:
            found.append(f"{what}: {word.text}")
        before = what
    return [visible(stretch) for stretch in found]


def _names_headline(title: str, gold: Sequence[Word]) -> bool:
    headline = " ".join(word.text for word in gold if word.headline).casefold()
    return headline in " ".join(words(title)).casefold()


def _cells(letters: Counter[str]) -> tuple[str, ...]:
    gone = letters["own gone"] + letters["boilerplate gone"]
    return (
        f"{letters['pages']}",
        share(letters["boilerplate gone"], gone),
        share(letters["boilerplate gone"], letters["boilerplate"]),
        f"{f1(letters):.4f}",
        f"{lost(letters):.5f}",
        share(letters["besides"], letters["output"]),
    )


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--tool", action="append", help="only this tool; can be given again")
    parser.add_argument(
        "--worst", type=int, default=0, metavar="N", help="the N pages with most wrong letters"
    )
    parser.add_argument("--show", action="append", default=[], metavar="PAGE", help="what is wrong on a page")
    args = parser.parse_args()
    there = tools()
    if unknown := set(args.tool or ()) - there.keys():
        parser.error(f"no tool {', '.join(sorted(unknown))}; there are {', '.join(there)}")
    pages = labelled_pages(args.corpus)
    scores = {
        name: [scored(page, run(name, tool, page)) for page in pages]
        for name, tool in there.items()
        if not args.tool or name in args.tool
    }
    if args.json:
        print(as_json(measures(scores)))
        return
    for name in missing():
        print(f"{name} is not installed and left out", file=sys.stderr)
    print(tool_table(scores), kind_table(scores), sep="\n\n")
    for name, found in scores.items():
        print("", outlet_table(name, found), sep="\n")
        worst = sorted(found, key=lambda score: -score.wrong)[: args.worst]
        for score in found:
            if score in worst:
                print(f"  {score.page.file}: {score.wrong} wrong letters, {score.letters['own gone']} lost")
            if score in worst or score.page.file in args.show:
                print(*(f"    {stretch}" for stretch in differences(score)), sep="\n")
    print("", summary(measures(scores)), sep="\n")


if __name__ == "__main__":
    main()
