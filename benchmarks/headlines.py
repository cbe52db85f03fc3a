"""How well are bare headlines of other stories told from an article's own lines?

    python benchmarks/headlines.py [--corpus ../shared/corpus] [--seed 1] [--rounds 3] [--part held-out]

The benchmark is put together from real parts at run time; no text of them is kept.

* **Bodies**: the hand-labelled articles that keep their lines, with their boilerplate cut out.
* **Headlines**: the titles of the dump, set into the bodies by VIVA's template: one to four a page, most
  often behind the lead, otherwise behind any paragraph, now and then two in a row or behind the last one.
  For one set they are of the article's own topic (the titles that share most rare words with it, its own
  title left out), for the other random.
* VIVA writes headlines in title case, hardly ever in fewer than six words. So titles of YouTube channels,
  of outlets in sentence case and shorter ones are not set in; sentence case gets a row of its own, for
  information.
* **Hard negatives**: bodies of the dump, without the lines of the outlets' usual markers, without lines
  that are another article's title or stand in several articles. All their short lines in title case are
  counted. A second set are articles with numbered headings, the number of one heading taken off.

Articles and titles are parted into `tuning` and `held-out` by a hash of the id: `fit_headline.py` sees the
first only."""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from corpus import DEFAULT, dump, split_lines

from cleaner import headline

TITLE_CASE = (
    "viva",
    "detik",
    "liputan6",
    "okezone",
    "tribunnews",
    "sindonews",
    "kompas",
    "lampost",
    "kapanlagi",
    "rmol",
    "posmetro",
    "republika",
    "tempo",
)
SENTENCE_CASE = ("antara",)
# Outlets whose stored bodies hold few unmarked links, so that their short lines are mostly their own.
OWN_LINES = ("tribunnews", "okezone", "posmetro", "kapanlagi", "liputan6")
VIVA_WORDS = 6  # the fewest of its headlines
VIVA_USUAL_WORDS = 9  # the fewest of nearly all its headlines since 2020

MARKER = re.compile(
    r"(?i)^(baca|simak|lihat|tonton|video|halaman|penulis|editor|reporter|laporan|foto|sumber|ikuti|bergabung"
    r"|artikel ini|advertisement|saksikan|cek berita|selanjutnya|tag|#)\b|credit|foto:|dok\.|https?://|www\.|instagram|mydramalist|©"
)
NUMBERED = re.compile(r"^\d{1,2}[.)] ?(?=\S)")
# Articles whose numbered headings are headlines of stories: only their number tells them, not their wording.
ROUND_UP = re.compile(r"(?i)hoaks|populer|terpopuler|\btop \d|\bberita\b|cek fakta|sulawesi utara|manado")


@dataclass(frozen=True)
class Body:
    id: str
    title: str
    lines: list[str]


@dataclass
class Tally:
    """Counts of one row of the report."""

    strays: int = 0
    found: int = 0
    own: int = 0
    lost: int = 0
    short: int = 0
    short_lost: int = 0
    articles: int = 0
    hit: int = 0
    shown: list[str] = field(default_factory=list)

    def row(self, name: str) -> str:
        def share(part: int, whole: int) -> str:
            return f"{100 * part / whole:7.2f}%" if whole else "      –"

        return (
            f"{name:34}{share(self.found, self.strays)}  of {self.strays:5}"
            f"   {share(self.lost, self.own)} of {self.own:6}"
            f"   {share(self.short_lost, self.short)} of {self.short:5}"
            f"   {share(self.hit, self.articles)} of {self.articles:4}"
        )


# --- parts ------------------------------------------------------------------------------------------------


def part(id_: str) -> str:
    return "tuning" if hashlib.sha256(id_.encode()).digest()[0] < 128 else "held-out"


def capitalised(text: str) -> float:
    """Share of the words of four letters or more that start with a capital."""
    words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 3]
    return sum(word[0].isupper() for word in words) / len(words) if words else 0.0


def is_paragraph(line: str) -> bool:
    return len(line) >= 60 and line.endswith((".", "!", "?", '"', "”", ")"))


def is_short(line: str) -> bool:
    """A line that is no sentence: heading, list item, row, fragment."""
    return len(line) < 150 and not line.endswith((".", "!", '"', "”", ")"))


def is_subheading(line: str) -> bool:
    """A short line in title case of three words or more without a number or a marker in front."""
    return (
        is_short(line)
        and not line.endswith((",", ":", ";"))
        and line.count(" ") >= 2
        and line[0].isupper()
        and not line.isupper()
        and capitalised(line) >= 0.8
        and not MARKER.search(line)
    )


class Corpus:
    def __init__(self, folder: Path) -> None:
        self.dump = [json.loads(row) for row in dump(folder)]
        with (folder / "labelled.jsonl").open(encoding="utf-8") as file:
            self.labelled = [json.loads(row) for row in file]
        self.titles_seen = {self._letters(row["title"] or "") for row in self.dump}
        self.times = Counter(
            line for row in self.dump for line in set(split_lines(row["text"])) if len(line) < 160
        )

    @staticmethod
    def _letters(text: str) -> str:
        return "".join(filter(str.isalnum, text)).lower()

    def titles(
        self, which: str, outlets: Iterable[str] = TITLE_CASE, words: int = VIVA_WORDS
    ) -> list[tuple[str, str]]:
        """(id, title) of the headlines that can be set in, duplicates left out."""
        cased = (lambda t: capitalised(t) >= 0.8) if outlets is TITLE_CASE else (lambda t: True)
        found = {
            row["title"].strip(): row["id"]
            for row in self.dump
            if row["outlet"] in outlets
            and row["title"]
            and part(row["id"]) == which
            and cased(row["title"])
            and len(row["title"].split()) >= words
            and not re.search("[|#]", row["title"])
        }
        return sorted((id_, title) for title, id_ in found.items())

    def gold_bodies(self, which: str) -> list[Body]:
        bodies = []
        for row in self.labelled:
            text = row["text"]
            for start, end, _ in sorted(row["remove"], reverse=True):
                text = text[:start] + "\n" * (start == 0 or text[start - 1] == "\n") + text[end:]
            lines = split_lines(text)
            if part(row["id"]) == which and sum(map(is_paragraph, lines)) >= 3 and len(lines) >= 4:
                bodies.append(Body(row["id"], row.get("title") or "", lines))
        return bodies

    def dump_bodies(self, which: str) -> list[Body]:
        labelled = {row["id"] for row in self.labelled}
        bodies = []
        for row in self.dump:
            if row["outlet"] not in OWN_LINES or part(row["id"]) != which or row["id"] in labelled:
                continue
            lines = list(self._own_lines(row))
            if sum(map(is_paragraph, lines)) >= 3:
                bodies.append(Body(row["id"], row["title"] or "", lines))
        return bodies

    def _own_lines(self, row: dict) -> Iterator[str]:
        before = ""
        for line in split_lines(row["text"]):
            marked = MARKER.search(line) if len(line) < 200 else None
            # liputan6 sets an advertisement in front of its own subheadings; its other bare lines are links.
            link = (
                row["outlet"] == "liputan6" and is_subheading(line) and not before.startswith("Advertisement")
            )
            known = self.times[line] > 1 or self._letters(line) in self.titles_seen
            if not marked and not link and not (is_short(line) and known):
                yield line
            before = line

    def numbered(self, which: str) -> list[Body]:
        """For each numbered heading in title case, its article as it stands but for this one number."""
        bodies = []
        for row in self.dump:
            if (
                row["outlet"].startswith("yt_")
                or part(row["id"]) != which
                or ROUND_UP.search(row["title"] or "")
            ):
                continue
            lines = list(self._own_lines(row))
            for at in range(1, len(lines) - 1):
                text = NUMBERED.sub("", lines[at])
                if text != lines[at] and is_subheading(text) and is_paragraph(lines[at + 1]):
                    bodies.append(
                        Body(f"{row['id']}/{at}", row["title"], [*lines[:at], text, *lines[at + 1 :]])
                    )
        return bodies


# --- setting in -------------------------------------------------------------------------------------------


class Topics:
    """Titles by the rare words they share with a text."""

    def __init__(self, titles: list[tuple[str, str]]) -> None:
        self.titles = titles
        self.by_word: dict[str, list[int]] = defaultdict(list)
        for number, (_, title) in enumerate(titles):
            for word in self._words(title):
                self.by_word[word].append(number)

    @staticmethod
    def _words(text: str) -> set[str]:
        return {word for word in re.findall(r"\w+", text.lower()) if len(word) > 3}

    def nearest(self, body: Body, count: int = 12) -> list[str]:
        shared: Counter[int] = Counter()
        for word in sorted(self._words(body.title + " " + " ".join(body.lines))):
            numbers = self.by_word.get(word, [])
            if len(numbers) <= 60:
                for number in numbers:
                    shared[number] += 1.0 / len(numbers) ** 0.5
        own = Corpus._letters(body.title)
        near = [self.titles[n][1] for n, _ in shared.most_common(count + 1) if self.titles[n][0] != body.id]
        return [title for title in near if Corpus._letters(title) != own][:count]


def set_in(body: Body, titles: list[str], rng: random.Random) -> tuple[list[str], set[int]]:
    """The body with one to four of the titles between its paragraphs, and the indices they stand at."""
    ends = [number for number, line in enumerate(body.lines) if is_paragraph(line)]
    gaps = set(rng.sample(ends[1:-1] or ends[:1], min(len(ends[1:-1] or ends[:1]), rng.randint(0, 3))))
    if rng.random() < 0.7 or not gaps:
        gaps.add(ends[0])
    if rng.random() < 0.1:
        gaps.add(ends[-1])
    pool = rng.sample(titles, min(len(titles), 8))
    lines: list[str] = []
    strays: set[int] = set()
    for number, line in enumerate(body.lines):
        lines.append(line)
        if number in gaps:
            # Two in a row: one stands in front of a photo, one behind its credit, and the photo is gone.
            for _ in range(2 if rng.random() < 0.05 else 1):
                if pool and len(strays) < 4:
                    strays.add(len(lines))
                    lines.append(("Terpopuler: " if rng.random() < 0.03 else "") + pool.pop())
    return lines, strays


def by_shape(lines: list[str], title: str | None) -> set[int]:
    """The lines that the judge of unmarked headlines would cut."""
    return {index for index, score in headline.stray_headlines(lines, title) if score >= headline.CUT}


def measure(
    bodies: Iterable[Body], pick, seed: int, rounds: int, with_title: bool = True, judge=by_shape
) -> Tally:
    tally = Tally()
    for round_ in range(rounds):
        for body in bodies:
            rng = random.Random(f"{seed}/{round_}/{body.id}")
            titles = pick(body, rng)
            lines, strays = set_in(body, titles, rng) if titles else (body.lines, set())
            cut = judge(lines, body.title if with_title else None)
            lost = sorted(cut - strays)
            short = [n for n, line in enumerate(lines) if n not in strays and is_short(line)]
            tally.articles += 1
            tally.hit += bool(lost)
            tally.strays += len(strays)
            tally.found += len(cut & strays)
            tally.own += len(lines) - len(strays)
            tally.lost += len(lost)
            tally.short += len(short)
            tally.short_lost += len(cut.intersection(short))
            tally.shown += [f"LOST    {lines[n]}" for n in lost] + [
                f"MISSED  {lines[n]}" for n in sorted(strays - cut)
            ]
    return tally


def typical_article(bodies: list[Body], titles: list[str]) -> list[str]:
    """20 lines, five of them of a headline's shape."""
    paragraphs = [line for body in bodies for line in body.lines if is_paragraph(line)][:15]
    for number in range(5):
        paragraphs.insert(2 + 3 * number, titles[number * 37 % len(titles)])
    return paragraphs


def microseconds(lines: list[str]) -> float:
    """The best of seven timings of one call."""
    best = float("inf")
    for _ in range(7):
        start = time.perf_counter()
        for _ in range(2000):
            headline.stray_headlines(lines)
        best = min(best, time.perf_counter() - start)
    return best / 2000 * 1e6


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpus", type=Path, default=DEFAULT)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--part", choices=("held-out", "tuning"), default="held-out")
    parser.add_argument(
        "--show",
        action="store_true",
        help="print the lost and missed lines (private corpus: keep to yourself)",
    )
    args = parser.parse_args()

    corpus = Corpus(args.corpus)
    titles = corpus.titles(args.part)
    everything = [title for _, title in titles]
    sentence_case = [title for _, title in corpus.titles(args.part, SENTENCE_CASE)]
    topics = Topics(titles)
    long_topics = Topics([(id_, title) for id_, title in titles if len(title.split()) >= VIVA_USUAL_WORDS])
    gold, dump = corpus.gold_bodies(args.part), corpus.dump_bodies(args.part)
    headed = [body for body in dump if sum(map(is_subheading, body.lines)) >= 1]
    numbered = corpus.numbered(args.part)

    def same(body: Body, rng: random.Random) -> list[str]:
        return topics.nearest(body)

    def other(body: Body, rng: random.Random) -> list[str]:
        return rng.sample(everything, 8)

    def same_long(body: Body, rng: random.Random) -> list[str]:
        return long_topics.nearest(body)

    def none(body: Body, rng: random.Random) -> list[str]:
        return []

    rows = {
        "same topic": measure(gold, same, args.seed, args.rounds),
        "other topic": measure(gold, other, args.seed, args.rounds),
        "same topic, no title given": measure(gold, same, args.seed, args.rounds, with_title=False),
        "same topic, nine words and more": measure(gold, same_long, args.seed, args.rounds),
        "same topic, bodies of the dump": measure(dump, same, args.seed, 1),
        "other topic, bodies of the dump": measure(dump, other, args.seed, 1),
        "sentence case (not VIVA)": measure(gold, lambda b, r: r.sample(sentence_case, 8), args.seed, 1),
        "nothing set in": measure(gold, none, args.seed, 1),
        "subheadings of the dump": measure(headed, none, args.seed, 1),
        "numbered headings, number off": measure(numbered, none, args.seed, 1),
    }
    subheadings = sum(is_subheading(line) for body in headed for line in body.lines)
    print(
        f"{args.part}: {len(gold)} labelled bodies, {len(dump)} of the dump, {len(titles)} headlines, "
        f"{len(headed)} bodies with {subheadings} subheadings, {len(numbered)} numbered headings"
    )
    print(
        f"{'':34}{'recall':>8}{'':12}{'own lines lost':>18}{'':7}{'short lines lost':>18}{'':5}articles hurt"
    )
    for name, tally in rows.items():
        print(tally.row(name))
        if args.show:
            print(*sorted(Counter(tally.shown).items()), sep="\n")
    article = typical_article(dump, everything)
    print(f"{microseconds(article):.1f} µs for an article of {len(article)} lines, 5 of a headline's shape")


if __name__ == "__main__":
    main()
