"""Does cleaning cost more than in proportion, with more rules or with longer texts?

    python benchmarks/growth.py [--corpus ../shared/corpus] [--rounds 9]

* **Rules**: an outlet's 400 against its 40, the common ones beside both. They are made up, of the forms that
  packs have and in their proportions, of words that articles hold, so that they are tried as often as real
  ones. Records: the dump. A second figure leaves out the rules that look inside lines. A third draws 40 by
  lot out of 400 that the common ones are among: those find much to cut, so it tells what cutting costs.
* **One long document**: 1 MB in one document against the same text in 400, as single lines and as one line,
  made of each outlet's own pages (see `pages.py`).
* **Hostile texts**: the time for twice the length by the time for the length, at the longest of up to 1 MB
  that still takes less than a second. In proportion is 2.

Times are processor times. Figures of pairs are medians over paired rounds.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from unittest.mock import patch

from corpus import FIVE, arguments, dump
from measures import Measure, as_json, summary
from pages import TEMPLATES, pages
from parts import Parts
from timing import processor_seconds

from cleaner import Cleaner, Document, Kind, Outlet
from cleaner.registry import common_rules
from cleaner.rules import Element, Inline, Rule

BAR = 1.3
DOUBLING = 2.3
MEGABYTE = 1_000_000
_PIECES = 400
_PATIENCE = 1.0

HOSTILE = {
    "Baca Juga : repeated": "Baca Juga : ",
    "Baca Juga : headline repeated": "Baca Juga : Harga Cabai Naik Lagi Warga Resah ",
    "Baca Juga: headline lines": "Baca Juga: Harga Cabai Naik Lagi\n",
    "Photo : lines": "Photo :\n",
    "Photo : glued": "Warga antre Photo : VIVA/Ayu ",
    "img_title lines": "img_title\nVIVA.co.id\n1 Mei 2024\n",
    "Sumber: lines": "Sumber :\n",
    "Sumber: in a sentence": "Warga antre Sumber: CBC ",
    "Penulis : Editor :": "Penulis : A B Editor : C D ",
    "short lines": "Harga naik\n",
    "headlines": "Harga Cabai Rawit Naik Lagi di Pasar Induk\n\n",
    "one letter": "a",
    "spaces": " ",
    "new lines": "\n",
    "(": "(",
    "(*) repeated": "(*) ",
    "#": "#",
    "hashtags": "#viral ",
    "dots": ". ",
    "> repeated": "> ",
    "capital words": "Aa ",
    "addresses": "https://www.kompas.tv/a ",
    "Halaman Selanjutnya repeated": "Halaman Selanjutnya ",
    "bullets": "  • a\n",
    "bold words": "**a** ",
    "links": "[a](https://b.c/d)\n",
    "tags": "<b>a</b>",
}  # fmt: skip


def seconds(cleaner: Cleaner, documents: Sequence[Document]) -> float:
    """The processor time for all documents."""

    def clean_all() -> None:
        for document in documents:
            cleaner(document)

    return processor_seconds(clean_all)


def paired(one: Callable[[], float], other: Callable[[], float], rounds: int) -> float:
    """The median over rounds of the first's time by the second's."""
    return median(one() / other() for _ in range(rounds))


# --- rules ----------------------------------------------------------------------------------------


def made_up_rules(words: Sequence[str], count: int) -> list[Rule]:
    """`count` rules; fewer are the first of more."""
    rng = random.Random(1)
    return [_made_up_rule(words, number, rng) for number in range(count)]


def _made_up_rule(words: Sequence[str], number: int, rng: random.Random) -> Rule:
    first, second, third = rng.sample(words, 3)
    literal = f"{first} {second}"
    # As in the built-in packs: of the rules that look inside lines two in three do so in glued text only, and
    # of the others' literals nearly all hold a mark; four rules in 125 look for plain words everywhere.
    draw = rng.random()
    name = f"growth/r{number}"
    if draw < 0.03:
        return Rule(
            id=name, kind=Kind.related, why="", inline=Inline(literal=(f"{literal} {third}",), end="sentence")
        )
    if draw < 0.27:
        return Rule(
            id=name,
            kind=Kind.related,
            why="",
            inline=Inline(literal=(f"{literal} :", f"{third} {first}:"), end="sentence", glued=draw < 0.21),
        )
    if draw < 0.35:
        return Rule(
            id=name, kind=Kind.caption, why="", pattern=rf".{{0,200}}/{literal}", holds=(f"/{literal}",)
        )
    if draw < 0.56:
        parts = (
            Element(shape="short"),
            Element(starts=(literal,), anchor=True),
            Element(starts=("•",), optional=True),
        )
        return Rule(id=name, kind=Kind.caption, why="", block=parts)
    if draw < 0.83:
        return Rule(
            id=name,
            kind=Kind.byline,
            why="",
            pattern=rf"{first} ?: ?(?P<author>[^|]{{2,60}})",
            first=(first,),
        )
    if draw < 0.93:
        return Rule(id=name, kind=Kind.chrome, why="", is_=(literal, f"{literal} {third}"))
    return Rule(id=name, kind=Kind.prompt, why="", starts=(literal, f"{third} {second}"))


def words_of(texts: Sequence[str]) -> list[str]:
    """Words that articles hold, neither the commonest nor the rarest."""
    count = Counter(word for text in texts for word in re.findall(r"[a-z]{4,}", text.lower()))
    return [word for word, _ in sorted(count.items(), key=lambda item: (-item[1], item[0]))[300:6000]]


def growth_with_rules(texts: Sequence[str], rounds: int) -> Iterator[Measure]:
    documents = [Document(text) for text in texts[::10]]
    made_up = made_up_rules(words_of(texts), 800)
    whole = [rule for rule in made_up if not (rule.inline or rule.holds)]
    of_all = [*common_rules(), *made_up][:400]
    random.Random(2).shuffle(of_all)
    for name, few, many, bar in (
        ("400 rules by 40, beside the common ones", _cleaner(made_up[:40]), _cleaner(made_up[:400]), BAR),
        ("400 rules by 40, whole lines only", _cleaner(whole[:40]), _cleaner(whole[:400]), None),
        ("400 rules, the common among them, by 40", _alone(of_all[:40]), _alone(of_all), None),
    ):
        growth = paired(partial(seconds, many, documents), partial(seconds, few, documents), rounds)
        yield Measure(name, growth, bar, "lower")


def _cleaner(rules: Sequence[Rule]) -> Cleaner:
    return Cleaner(Outlet(id="growth", name="growth", rules=tuple(rules)))


def _alone(rules: Sequence[Rule]) -> Cleaner:
    """A cleaner with these rules and no common ones beside them."""
    with patch("cleaner.cleaner.common_rules", return_value=()):
        return _cleaner(rules)


# --- one long document ----------------------------------------------------------------------------


def pieces(text: str, joint: str) -> list[str]:
    """`text` in about equal pieces that end where `joint` stands."""
    size, start, found = len(text) // _PIECES, 0, []
    while start < len(text):
        end = text.find(joint, min(start + size, len(text)))
        end = len(text) if end < 0 else end
        found.append(text[start:end])
        start = end + 1
    return found


def growth_with_length(source: Parts, rounds: int) -> Iterator[Measure]:
    for outlet in FIVE:
        templates = sum(have == outlet for have, _ in TEMPLATES)
        texts: dict[str, list[str]] = {"flat": [], "one-line": []}
        for page in pages(source, MEGABYTE // (1_600 * templates), outlets=(outlet,), layouts=tuple(texts)):
            texts[page.layout].append(page.text)
        cleaner = Cleaner.for_outlet(outlet)
        for layout, joint in (("flat", "\n"), ("one-line", " ")):
            text = joint.join(texts[layout])[:MEGABYTE]
            whole, parted = [Document(text)], [Document(piece) for piece in pieces(text, joint)]
            figure = paired(partial(seconds, cleaner, whole), partial(seconds, cleaner, parted), rounds)
            yield Measure(f"1 MB {layout} by 400 documents, {outlet}", figure, BAR, "lower")


# --- hostile texts --------------------------------------------------------------------------------


def doubling(cleaner: Cleaner, unit: str) -> tuple[float, int]:
    """Time for twice the length by the time for the length, and the greater length in code points."""
    length, last = 31_250, 0.0
    while True:
        document = [Document(unit * (length // len(unit)))]
        spent = min(seconds(cleaner, document) for _ in range(5 if last < 0.1 else 2))
        if last and (spent > _PATIENCE or length >= MEGABYTE):
            return spent / last, length
        last = spent
        length *= 2


def growth_on_hostile_texts() -> Iterator[tuple[float, int, str, str]]:
    for outlet in (None, *FIVE):
        cleaner = Cleaner.for_outlet(outlet)
        for name, unit in HOSTILE.items():
            yield *doubling(cleaner, unit), outlet or "common", name


def hostile_measures(found: Sequence[tuple[float, int, str, str]]) -> Iterator[Measure]:
    for outlet in ("common", *FIVE):
        figure, length, _, name = max(row for row in found if row[2] == outlet)
        yield Measure(
            f"twice the length of '{name}' to {length // 1000} kB, {outlet}", figure, DOUBLING, "lower"
        )


def measures(folder: Path, rounds: int) -> list[Measure]:
    texts = [json.loads(raw)["text"] for raw in dump(folder)]
    found = [*growth_with_rules(texts, rounds), *growth_with_length(Parts(folder), rounds)]
    hostile = list(growth_on_hostile_texts())
    found += hostile_measures(hostile)
    found += [
        Measure(f"  also '{name}' to {length // 1000} kB, {outlet}", figure, better="lower")
        for figure, length, outlet, name in sorted(hostile, reverse=True)
        if figure > DOUBLING
    ]
    return found


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    args = parser.parse_args()
    found = measures(args.corpus, args.rounds)
    print(as_json(found) if args.json else summary(found))


if __name__ == "__main__":
    main()
