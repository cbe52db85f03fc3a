"""What does cleaning a page cost, next to parsing it at all, and what do others cost?

    python benchmarks/html_speed.py [--corpus ../shared/corpus] [--rounds 15] [--profile]

In one process, in processor time, over the corpus's article pages, decoded: those of outlets whose templates
the package knows, for which the bars are, and the others, for which another library reads. The bare parse is
what nobody can do without: a tree, and the text of its body. Two loops that are compared run one straight
after the other, in turns who is first; the figure is the median of the rounds' ratios. The garbage collector
is off within a round and runs between them. Trafilatura, at many times the cost, gets a fifth of the rounds.
"""

from __future__ import annotations

import cProfile
import gc
import pstats
import sys
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from statistics import median

from corpus import arguments
from html_gold import article_pages
from measures import Measure, as_json, summary, table
from selectolax.lexbor import LexborHTMLParser

from cleaner import clean
from cleaner.registry import outlet_named

BARE_BAR = 2.0
TRAFILATURA_BAR = 20.0
RESILIPARSE_BAR = 1.0

Page = tuple[str, str | None]
Loop = Callable[[Sequence[Page]], None]


def bare_loop(pages: Sequence[Page]) -> None:
    """Parse each page, and take the text of its body."""
    for html, _ in pages:
        body = LexborHTMLParser(html).body
        if body is not None:
            body.text()


def cleaner_loop(pages: Sequence[Page]) -> None:
    """Clean each page: its outlet, text, removals and fields."""
    for html, url in pages:
        clean(html=html, url=url)


def trafilatura_loop(pages: Sequence[Page]) -> None:
    """Trafilatura's quick way, without metadata."""
    from trafilatura import extract

    for html, url in pages:
        extract(html, url=url, fast=True)


def resiliparse_loop(pages: Sequence[Page]) -> None:
    """Resiliparse's main content."""
    from resiliparse.extract.html2text import extract_plain_text

    for html, _ in pages:
        extract_plain_text(html, main_content=True)


def ratio(loop: Loop, other: Loop, pages: Sequence[Page], rounds: int) -> float:
    """The median over rounds of the loop's time by the other's."""
    for warm in (loop, other):
        warm(pages[:3])
    return median(_paired(loop, other, pages, number % 2 == 0) for number in range(rounds))


def _paired(loop: Loop, other: Loop, pages: Sequence[Page], first: bool) -> float:
    if first:
        spent = _timed(loop, pages)
        return spent / _timed(other, pages)
    against = _timed(other, pages)
    return _timed(loop, pages) / against


def _timed(loop: Loop, pages: Sequence[Page]) -> float:
    gc.collect()
    gc.disable()
    start = time.process_time()
    loop(pages)
    spent = time.process_time() - start
    gc.enable()
    return spent


def parted(pages: Sequence[Page]) -> tuple[list[Page], list[Page]]:
    """The pages of outlets that have templates, and the others."""
    known: list[Page] = []
    others: list[Page] = []
    for html, url in pages:
        outlet = clean(html=html, url=url).outlet
        (known if outlet and outlet_named(outlet).templates else others).append((html, url))
    return known, others


def measures(known: Sequence[Page], others: Sequence[Page], rounds: int) -> list[Measure]:
    few = max(1, rounds // 5)
    found = []
    if known:
        by_bare = ratio(cleaner_loop, bare_loop, known, rounds)
        found.append(Measure("known outlets, time by a bare parse's", by_bare, BARE_BAR, "lower"))
        if find_spec("trafilatura"):
            by_ours = ratio(trafilatura_loop, cleaner_loop, known, few)
            found.append(Measure("known outlets, trafilatura's time by ours", by_ours, TRAFILATURA_BAR))
        if find_spec("resiliparse"):
            by_ours = ratio(resiliparse_loop, cleaner_loop, known, rounds)
            found.append(Measure("known outlets, resiliparse's time by ours", by_ours, RESILIPARSE_BAR))
    if others:
        by_bare = ratio(cleaner_loop, bare_loop, others, few)
        found.append(Measure("other outlets, time by a bare parse's", by_bare, better="lower"))
    return found


def throughput(pages: Sequence[Page]) -> str:
    """Pages a second, the best of three, by loop."""
    loops: dict[str, Loop] = {"bare parse": bare_loop, "cleaner": cleaner_loop}
    if find_spec("resiliparse"):
        loops["resiliparse"] = resiliparse_loop
    if find_spec("trafilatura"):
        loops["trafilatura, fast"] = trafilatura_loop
    rows = []
    for name, loop in loops.items():
        best = min(_timed(loop, pages) for _ in range(3))
        rows.append((name, f"{len(pages) / best:.0f}", f"{best / len(pages) * 1e3:.2f}"))
    return table(("pages of known outlets", "a second", "ms a page"), rows)


def profiled(pages: Sequence[Page]) -> None:
    """Print where the cleaner's loop spends its time."""
    cleaner_loop(pages[:3])
    profile = cProfile.Profile()
    profile.runcall(cleaner_loop, pages)
    pstats.Stats(profile).sort_stats("tottime").print_stats(22)


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--profile", action="store_true", help="show where the time goes instead")
    args = parser.parse_args()
    known, others = parted(article_pages(args.corpus))
    if args.profile:
        profiled(known)
        return
    if not find_spec("resiliparse"):
        print("resiliparse is not installed and left out: pip install resiliparse", file=sys.stderr)
    found = measures(known, others, args.rounds)
    if args.json:
        print(as_json(found))
        return
    size = sum(len(html) for html, _ in known) / max(1, len(known)) / 1000
    print(
        f"{len(known)} pages of known outlets, {size:.0f} thousand characters each, and {len(others)} others"
    )
    print("", summary(found), sep="\n")
    if known:
        print("", throughput(known), sep="\n")


if __name__ == "__main__":
    main()
