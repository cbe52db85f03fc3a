"""This toolkit beside what people use instead: the same inputs, quality and speed in one run.

    python benchmarks/peers.py [--corpus ../shared/corpus] [--rounds 5] [--write README.md]

On pages: the hand-labelled ones of `html_pages.py`. The package reads them twice: as pages of outlets it
knows, and by a recogniser that knows none, so that no template and no rule of an outlet helps, whatever url
and canonical link say. On text: the labelled articles of `labelled.py` with their boilerplate, again
recognised and by the common rules alone. Extractors have no markup to go by there; they get each line as a
`<p>` of an `<article>`, and the record's title as the page's. `html_tools.py` says how each is set.

Pages are scored as in `html_pages.py`, by letters of words; articles as in `labelled.py`, by tokens, from the
stretches that a tool removes or, where it gives a text, from the longest common sequence (`score.py`).

F1         of the boilerplate that is gone, by precision and recall
lost       of the article's own text, the share that is gone; of a page, a headline that a tool names as the
           title counts as kept
elsewhere  of a tool's text of a page, the share that is from elsewhere on the page or its own

Speed is in processor time, of the same calls that are scored, without loading the tool. Every tool has a
process of its own; in each round all take all inputs, one tool after the other, in turns who is first. The
figures are medians of the rounds: inputs a second, and the tool's time by the package's in the same round. An
input that takes over 30 seconds on the clock, kills the process or makes the tool fail counts as wholly gone,
is left out of the times, and is told; so is one that a tool finds no text in.

Rivals come with `pip install resiliparse newspaper4k readability-lxml lxml_html_clean justext goose3`,
and laying their texts over the articles takes `pip install rapidfuzz`. `--write` puts the tables between the
two marker comments of a Markdown file.
"""

from __future__ import annotations

import os
import platform
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from html import escape
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

import corpus
from corpus import Labelled, arguments
from html_gold import LabelledPage, labelled_pages
from html_pages import f1, lost, scored
from html_tools import OURS, RIVALS, Article, Rival, cleaned
from measures import Measure, as_json
from peers_process import Failure, ToolProcess
from peers_table import ARTICLES, PAGES, Circumstances, Part, Row, in_markdown, in_terminal, written
from rivals import RIVALS as LINE_RULES
from rivals import Stretch

from cleaner import Document, Policy, Result, clean
from cleaner.api import cleaner_for
from cleaner.readers.page import PageReader
from cleaner.registry import Recogniser, outlet_named

KNOWN, STRANGER = f"{OURS}, of known outlets", f"{OURS}, as if nobody knew the outlet"
BACA_JUGA = r"(?im)^\s*baca juga.*$"
# It leaves what trafilatura leaves as it comes, and takes longer than the next.
_NOT_SHOWN = "trafilatura, fast"
_BEST = "trafilatura, fast and favor_precision"

NOTES = (
    "*Own text lost*: of a page, the headline counts as kept where the tool names it as the title. *Text "
    "from elsewhere*: of what the tool gives, the share that isn't from the article's part of the page.",
    "The packs were written with pages and articles of these outlets at hand, so the first row is what an "
    "outlet with a pack gets. The second has no outlet's pack or templates; its common rules were made on "
    "Indonesian news too.",
    "Texts have no markup for an extractor to go by. Each line was given as a `<p>`: those rows say what "
    "becomes of text that is sent through an extractor, not how good one is at what it is made for.",
    "Times are the processor's, of the calls that were scored, medians of rounds with all tools in turn. "
    "Cleaner, trafilatura, newspaper4k and goose3 read the page's metadata too.",
)


@dataclass(frozen=True)
class GivenText:
    """A labelled article, and the page that extractors get in its place."""

    article: Labelled
    html: str

    @property
    def outlet(self) -> str:
        return self.article.outlet

    @property
    def url(self) -> str | None:
        return self.article.url or None

    @property
    def document(self) -> Document:
        return Document(self.article.text, self.article.id, self.url, self.article.title or None)


@dataclass(frozen=True)
class Cut(Article):
    """The answer of a tool that says what it removes, in code points of the text it was given."""

    removed: Sequence[Stretch] = ()


Tool = Callable[[Any], Article]
"""From a `LabelledPage` or a `GivenText`."""


@dataclass(frozen=True)
class Peer:
    """A row: how it is run and set, and what has to be installed for it, which a rule of one line hasn't."""

    tool: Tool
    settings: str
    distribution: str | None = None
    module: str | None = None

    @property
    def there(self) -> bool:
        return self.module is None or find_spec(self.module) is not None

    @property
    def version(self) -> str:
        return version(self.distribution) if self.distribution else "–"


def known_page(page: LabelledPage) -> Article:
    return cleaned(page.html, page.url)


def stranger_page(page: LabelledPage) -> Article:
    """The page, read and cleaned where no outlet is known."""
    document = _knows_nobody()(page.html, url=page.url).document
    result = cleaner_for(None, Policy())(document)
    return Article(result.text, str(result.fields.get("title") or ""))


@cache
def _knows_nobody() -> PageReader:
    return PageReader(Recogniser(()), outlet_named)


def page_then_regex(page: LabelledPage) -> Article:
    found = RIVALS[_BEST].tool(page.html, page.url)
    return Article(re.sub(BACA_JUGA, "", found.text), found.title)


def known_text(given: GivenText) -> Cut:
    return _cut(clean(given.article.text, url=given.url, title=given.article.title or None))


def stranger_text(given: GivenText) -> Cut:
    """The text, cleaned by the common rules alone."""
    return _cut(cleaner_for(None, Policy())(given.document))


def _cut(result: Result) -> Cut:
    return Cut(result.text, removed=[(removal.start, removal.end) for removal in result.removals])


def text_by_regex(given: GivenText) -> Cut:
    text = given.article.text
    return _without(text, [found.span() for found in re.finditer(BACA_JUGA, text)])


def _line_rule(stretches: Callable[[str], list[Stretch]]) -> Tool:
    def tool(given: GivenText) -> Cut:
        return _without(given.article.text, stretches(given.article.text))

    return tool


def _without(text: str, stretches: Sequence[Stretch]) -> Cut:
    left = text
    for start, end in reversed(stretches):
        left = left[:start] + left[end:]
    return Cut(left, removed=stretches)


def _extractor(rival: Rival) -> Peer:
    def tool(page: LabelledPage | GivenText) -> Article:
        return rival.tool(page.html, page.url)

    return Peer(tool, rival.settings, rival.distribution, rival.module)


_EXTRACTORS = {name: _extractor(rival) for name, rival in RIVALS.items() if name != _NOT_SHOWN}

PEERS: Mapping[str, Mapping[str, Peer]] = {
    PAGES: {
        KNOWN: Peer(known_page, "as it comes", OURS, OURS),
        STRANGER: Peer(stranger_page, "no outlet known", OURS, OURS),
        **_EXTRACTORS,
        "trafilatura, then a `Baca Juga` regex": Peer(
            page_then_regex,
            f"`{BACA_JUGA}` on what it gives, set to {RIVALS[_BEST].settings}",
            RIVALS[_BEST].distribution,
            RIVALS[_BEST].module,
        ),
    },
    ARTICLES: {
        KNOWN: Peer(known_text, "as it comes", OURS, OURS),
        STRANGER: Peer(stranger_text, "no outlet known", OURS, OURS),
        "`Baca Juga` regex": Peer(text_by_regex, f"`{BACA_JUGA}`"),
        "regex for three markers": Peer(
            _line_rule(LINE_RULES["hand regex"]),
            "lines that begin with `Baca Juga`, `Sumber :` or `Penulis :` go",
        ),
        "lines with end marks (C4)": Peer(
            _line_rule(LINE_RULES["lines with end marks (C4)"]),
            "lines go that don't end in `.`, `!`, `?` or a quote",
        ),
        **_EXTRACTORS,
    },
}
"""The rows of each table."""


@dataclass(frozen=True)
class RowsTool:
    """The tool of a row; unlike that itself it can be sent to another process."""

    task: str
    name: str

    def __call__(self, item: LabelledPage | GivenText) -> Article:
        return PEERS[self.task][self.name].tool(item)


def given(article: Labelled) -> GivenText:
    """A text as it is, and as extractors get it: each line a paragraph."""
    paragraphs = "".join(f"<p>{escape(line)}</p>\n" for line in article.text.split("\n") if line.strip())
    html = (
        f'<!doctype html><html lang="id"><head><meta charset="utf-8"><title>{escape(article.title)}</title>'
        f"</head><body><article>\n{paragraphs}</article></body></html>"
    )
    return GivenText(article, html)


def page_counts(page: LabelledPage, answer: Article) -> Counter[str]:
    """Letters by what became of them."""
    return scored(page, answer).letters


def text_counts(given: GivenText, answer: Article) -> Counter[str]:
    """Tokens by what became of them."""
    from score import gone_by_alignment, pieces

    text, labels = given.article.text, given.article.remove
    tokens, kinds, gone = pieces(text, labels, answer.removed if isinstance(answer, Cut) else ())
    if not isinstance(answer, Cut):
        gone = gone_by_alignment(tokens, text, labels, answer.text)
    counts: Counter[str] = Counter()
    for kind, away in zip(kinds, gone, strict=True):
        side = "own" if kind is None else "boilerplate"
        counts[side] += 1
        counts[f"{side} gone"] += bool(away)
    return counts


COUNTS: Mapping[str, Callable[[Any, Article], Counter[str]]] = {PAGES: page_counts, ARTICLES: text_counts}


@dataclass
class Measured:
    """One tool on all inputs."""

    version: str
    counts: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)
    rounds: list[dict[int, float]] = field(default_factory=list)
    """Of each round, the seconds by the input's number."""

    @property
    def a_second(self) -> float:
        """Inputs a second; 0 where there is no time."""
        return median([len(times) / sum(times.values()) for times in self.rounds if times] or [0.0])

    def time_by(self, other: Measured) -> float:
        """Its time by the other's, on the inputs that both answered; 0 where there are none."""
        ratios = []
        for own, others in zip(self.rounds, other.rounds, strict=True):
            both = own.keys() & others.keys()
            if both:
                ratios.append(sum(own[n] for n in both) / sum(others[n] for n in both))
        return median(ratios or [0.0])


def measured(task: str, inputs: Sequence[Any], rounds: int) -> dict[str, Measured]:
    """Every tool that is installed on all inputs: once for quality, then in rounds for speed."""
    peers = {name: peer for name, peer in PEERS[task].items() if peer.there}
    found = {name: Measured(peer.version) for name, peer in peers.items()}
    processes = {name: ToolProcess(RowsTool(task, name), inputs) for name in peers}
    try:
        answered = {name: _judged(task, processes[name], inputs, found[name]) for name in peers}
        for number in range(rounds):
            print(f"{task}: round {number + 1} of {rounds}", file=sys.stderr)
            for name in peers if number % 2 == 0 else reversed(peers):
                found[name].rounds.append(_timed(processes[name], answered[name], found[name]))
    finally:
        for process in processes.values():
            process.end()
    return found


def _judged(task: str, process: ToolProcess[Any], inputs: Sequence[Any], found: Measured) -> list[int]:
    """Score the tool on every input; the numbers of those that it has an answer to."""
    numbers = []
    for number, item in enumerate(inputs):
        answer = process(number)
        if isinstance(answer, Failure):
            found.failures[answer.reason] += 1
            found.counts += COUNTS[task](item, Article(""))
            continue
        if not answer.article.text.strip():
            found.failures["finds no text"] += 1
        numbers.append(number)
        found.counts += COUNTS[task](item, answer.article)
    return numbers


def _timed(process: ToolProcess[Any], numbers: Sequence[int], found: Measured) -> dict[int, float]:
    times = process.times(numbers)
    if isinstance(times, Failure):
        found.failures[f"{times.reason} in a round for speed"] += len(numbers)
        return {}
    if len(times) < len(numbers):
        found.failures["fails in a round for speed"] += len(numbers) - len(times)
    return times


def part(task: str, inputs: Sequence[Any], found: Mapping[str, Measured]) -> Part:
    """What is told of a task."""
    rows = [_row(name, each, found[KNOWN]) for name, each in found.items()]
    failures = [
        f"{name} {reason} ({number} of {len(inputs)})"
        for name, each in found.items()
        for reason, number in each.failures.items()
    ]
    return Part(task, len(inputs), len({item.outlet for item in inputs}), rows, failures)


def _row(name: str, found: Measured, ours: Measured) -> Row:
    counts = found.counts
    besides = counts["besides"] / max(1, counts["output"])
    speeds = found.a_second, found.time_by(ours)
    return Row(name, found.version, f1(counts), lost(counts), besides, *speeds)


def missing() -> list[str]:
    """The rows that can't be there, since a tool isn't installed."""
    rows = {name: peer for peers in PEERS.values() for name, peer in peers.items()}
    return [name for name, peer in rows.items() if not peer.there]


def settings() -> dict[str, str]:
    """How the tools of the rows are set, but for the package's."""
    rows = {name: peer for peers in PEERS.values() for name, peer in peers.items()}
    return {name: peer.settings for name, peer in rows.items() if peer.distribution != OURS}


def machine() -> str:
    """What the times were taken on."""
    cores = f"{os.cpu_count()} cores, {platform.system()} on {platform.machine()}"
    return f"Python {platform.python_version()} on {cores}"


def measures(parts: Iterable[Part]) -> list[Measure]:
    """All figures; the bar for the package's F1 is the best rival's."""
    found = []
    for each in parts:
        best = max((row.f1 for row in each.rows if row.name not in (KNOWN, STRANGER)), default=0.0)
        for row in each.rows:
            f1_bar = round(best, 4) if row.name in (KNOWN, STRANGER) else None
            found += [
                Measure(f"{each.task}, F1, {row.name}", row.f1, f1_bar),
                Measure(f"{each.task}, own text lost, {row.name}", row.lost, better="lower"),
                Measure(f"{each.task} a second, {row.name}", row.a_second),
            ]
    return found


def gathered(folder: Path) -> dict[str, list[Any]]:
    """The inputs of each task."""
    if not find_spec("rapidfuzz"):
        print(
            "rapidfuzz is not installed, so texts can't be laid over the articles and nothing was measured; "
            "pip install rapidfuzz",
            file=sys.stderr,
        )
        raise SystemExit(2)
    sys.path.insert(0, str(corpus.scorer(folder)))
    return {PAGES: labelled_pages(folder), ARTICLES: [given(each) for each in corpus.labelled(folder)]}


def _markdown(path: Path) -> str:
    """The file to write into, if it has the markers."""
    try:
        source = path.read_text(encoding="utf-8")
        written(source, "")
    except (OSError, ValueError) as error:
        print(f"{path} can't be written into: {error}", file=sys.stderr)
        raise SystemExit(2) from None
    return source


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="for the times (default: %(default)s)")
    parser.add_argument(
        "--write", type=Path, metavar="FILE", help="put the tables between the file's markers"
    )
    args = parser.parse_args()
    if args.rounds < 1:
        parser.error("with less than one round there are no times")
    if args.write:
        _markdown(args.write)
    inputs = gathered(args.corpus)
    for name in missing():
        print(f"{name} is not installed and left out", file=sys.stderr)
    parts = [part(task, some, measured(task, some, args.rounds)) for task, some in inputs.items()]
    if args.write:
        circumstances = Circumstances(date.today(), machine(), missing(), settings(), NOTES)
        # The file can have changed meanwhile.
        content = written(_markdown(args.write), in_markdown(parts, circumstances))
        args.write.write_text(content, encoding="utf-8")
    if args.json:
        print(as_json(measures(parts)))
        return
    for each in parts:
        print(in_terminal(each), *each.failures, sep="\n", end="\n\n")


if __name__ == "__main__":
    main()
