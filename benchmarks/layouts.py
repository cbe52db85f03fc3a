"""How does the toolkit do on the same articles as another scraper would hand them on?

    python benchmarks/layouts.py [--corpus ../shared/corpus]

The labelled articles and those of `blind.py`, as they were scraped and in other layouts: all on one line,
with a space for each line feed or for all that follow each other; new lines single, double, or with a
carriage return; spaces unbreakable or double; quotes and dashes of the other kind. Labels go with their text.
Figures are those of `labelled.py`, by the packs and by the common rules alone. On one line much can't be told
by anybody: what counts there is how little is lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import blind
from corpus import arguments
from labelled import COMMON, RECOGNISED, Article, Scores, cleaned_by, real_articles, recognised, score
from measures import Measure, as_json, table

from cleaner import Cleaner

Layout = Callable[[str], list[str]]
"""What stands in the place of each character of a text."""

_OTHER_SIGNS = {"“": '"', "”": '"', "‘": "'", "’": "'", '"': "”", "'": "’", "–": "-", "—": "–"}


def as_scraped(text: str) -> list[str]:
    return list(text)


def spaces_for_line_feeds(text: str) -> list[str]:
    return [" " if sign in "\r\n" else sign for sign in text]


def on_one_line(text: str) -> list[str]:
    signs = list(text)
    for space in re.finditer(r"\s*\n\s*", text):
        signs[space.start() : space.end()] = [" ", *[""] * (len(space[0]) - 1)]
    return signs


def without_blank_lines(text: str) -> list[str]:
    signs = list(text)
    for blank in re.finditer(r"(?<=\n)[^\S\n]*\n", text):
        signs[blank.start() : blank.end()] = [""] * len(blank[0])
    return signs


def with_blank_lines(text: str) -> list[str]:
    return ["\n\n" if sign == "\n" else sign for sign in text]


def of_windows(text: str) -> list[str]:
    return ["" if sign == "\r" else "\r\n" if sign == "\n" else sign for sign in text]


def unbreakable(text: str) -> list[str]:
    return ["\N{NO-BREAK SPACE}" if sign == " " else sign for sign in text]


def double_spaced(text: str) -> list[str]:
    return ["  " if sign == " " else sign for sign in text]


def other_signs(text: str) -> list[str]:
    return [_OTHER_SIGNS.get(sign, sign) for sign in text]


LAYOUTS: Mapping[str, Layout] = {
    "as scraped": as_scraped,
    "spaces for line feeds": spaces_for_line_feeds,
    "on one line": on_one_line,
    "without blank lines": without_blank_lines,
    "with blank lines": with_blank_lines,
    "with carriage returns": of_windows,
    "spaces unbreakable": unbreakable,
    "spaces double": double_spaced,
    "other quotes, dashes": other_signs,
}


def laid_out(article: Article, layout: Layout, name: str) -> Article:
    """The article in another layout, its labels on the same words."""
    signs = layout(article.text)
    places = [0]
    for sign in signs:
        places.append(places[-1] + len(sign))
    remove = [(places[start], places[end], kind) for start, end, kind in article.remove]
    return replace(article, text="".join(signs), remove=remove, groups=(name,))


def in_all_layouts(articles: Iterable[Article]) -> Iterator[Article]:
    for article in articles:
        for name, layout in LAYOUTS.items():
            yield laid_out(article, layout, name)


def scored(folder: Path) -> Scores:
    common = Cleaner.for_outlet(None)
    tools = {RECOGNISED: recognised, COMMON: lambda article: cleaned_by(common, article)}
    articles = [*real_articles(folder), *blind.articles(folder)]
    return score(tools, in_all_layouts(articles), folder)


def measures(scores: Scores) -> Iterator[Measure]:
    for name in LAYOUTS:
        for tool in (RECOGNISED, COMMON):
            figures = scores.of(tool, name)
            yield Measure(f"{name}, {tool}: F1", figures["f1"])
            yield Measure(f"{name}, {tool}: lost", figures["lost"], better="lower")


def main() -> None:
    args = arguments(__doc__).parse_args()
    scores = scored(args.corpus)
    if args.json:
        print(as_json(list(measures(scores))))
        return
    figures = ((name, *(scores.of(tool, name) for tool in (RECOGNISED, COMMON))) for name in LAYOUTS)
    print(
        table(
            ("layout", "packs: F1", "lost", "common rules: F1", "lost"),
            (
                (
                    name,
                    *(f"{each[key]:.{digits}f}" for each in both for key, digits in (("f1", 3), ("lost", 5))),
                )
                for name, *both in figures
            ),
        )
    )


if __name__ == "__main__":
    main()
