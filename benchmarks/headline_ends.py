"""How well `cleaner.headline_end` finds the end of an inline headline.

    python benchmarks/headline_ends.py [--corpus ../shared/corpus] [--part held|tune] [--worst N]

Builds its cases at run time from the corpus (nothing of it is stored here): the title of one article, a
space, a paragraph of another, for half of them one on the same topic. Articles are split by a stable hash of
their ids; `benchmarks/fit_headline_end.py` sees the tuning part only, this reports on the held-out one. Then
the real thing: inline `Baca Juga` cases of the hand-labelled articles, and of the dump where the headline is
known because it stands in several articles.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import hashlib
import json
import random
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from corpus import DEFAULT

from cleaner.headline_end.answer import CUT, DOUBT, HeadlineEnd
from cleaner.headline_end.model import model
from cleaner.headline_end.search import headline_end
from cleaner.native_ad.end import native_ads_end

MARKER = re.compile(r"\b(?:baca|simak|lihat)(?: juga)?\s{0,2}[:\-–]\s*", re.I)
TOKEN = re.compile(r"\w+|[^\w\s]")
FURNITURE = re.compile(
    r"baca|simak|lihat juga|advertisement|editor|penulis|reporter|sumber\s*:|foto\s*:|copyright|ikuti"
    r"|http|©|[|►]",
    re.I,
)
HELD = 3
"""Of ten hash buckets, those held out."""


class Case(NamedTuple):
    """A stretch of text with a headline at `start` that ends at `end`."""

    text: str
    start: int
    end: int
    sort: str
    sentence: bool
    rest: str = ""


class Article(NamedTuple):
    """What a case is built from."""

    id: str
    outlet: str
    title: str
    paragraphs: tuple[str, ...]


def stable(*parts: object) -> int:
    """A number from a hash that is the same in every run."""
    return int.from_bytes(hashlib.sha256("\x1f".join(map(str, parts)).encode()).digest()[:6], "big")


def read(path: Path) -> Iterator[dict]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def lower_words(text: str) -> list[str]:
    return [w for w in text.split() if w[:1].islower()]


def paragraphs(text: str) -> tuple[str, ...]:
    """Stretches that could follow an inline headline: paragraphs, or sentences with what follows them in a
    one-line dump."""
    if text.strip().count("\n") > 2:
        parts = [line.strip() for line in text.split("\n")][1:]
    else:
        borders = [m.end() for m in re.finditer(r"[a-z0-9)][.!?][\"”]? +(?=[A-Z\"“])", text)][1:]
        parts = [text[s : s + 420].strip() for s in borders]
    good = []
    for part in parts:
        part = part[:420]
        if (
            len(part.split()) >= 12
            and len(lower_words(" ".join(part.split()[:14]))) >= 5
            and not FURNITURE.search(part[:60])
            and not MARKER.search(part)
            and (part[0].isupper() or part[0] in "\"“'‘" or part[0].isdigit())
        ):
            good.append(part)
    return tuple(good)


def articles(corpus: Path, part: str) -> list[Article]:
    """The articles of one part (`tune`, `held`); VIVA and everything hand-labelled is left out."""
    labelled = {d["id"] for d in read(corpus / "labelled.jsonl")}
    result = []
    for d in read(corpus / "dump.jsonl.gz"):
        if d["outlet"] == "viva" or d["outlet"].startswith("yt_") or d["id"] in labelled:
            continue
        if (stable(d["id"]) % 10 < HELD) != (part == "held"):
            continue
        title = (d["title"] or "").strip()
        if 4 <= len(title.split()) <= 22 and "|" not in title and "  " not in title:
            result.append(Article(d["id"], d["outlet"], title, paragraphs(d["text"])))
    return result


def topic_words(title: str) -> set[str]:
    return set(re.findall(r"[\w-]{4,}", title.lower()))


def is_sentence_case(title: str, small: frozenset[str]) -> bool:
    words = title.split()[1:]
    return sum(w[:1].islower() and w not in small for w in words) >= 0.3 * len(words)


def truecaser(found: list[Article]) -> collections.Counter:
    """How often a word stands capitalised (+1) or not (-1) inside sentences."""
    seen: collections.Counter = collections.Counter()
    for a in found:
        for p in a.paragraphs[:6]:
            for before, word in zip(p.split(), p.split()[1:], strict=False):
                if before[-1].isalnum() or before[-1] == ",":
                    core = word.strip("\"'“”‘’()[],.:;!?")
                    if core:
                        seen[core.lower()] += 1 if core[0].isupper() else -1
    return seen


def to_sentence_case(title: str, seen: collections.Counter) -> str:
    words = title.split()
    return " ".join(
        words[:1]
        + [
            w.lower()
            if w[:1].isupper() and not w.isupper() and seen[w.lower().strip("\"'“”‘’()[],.:;!?")] < 0
            else w
            for w in words[1:]
        ]
    )


def cases(found: list[Article], small: frozenset[str], turns: int = 3) -> Iterator[Case]:
    """The built cases, several an article, the same in every run."""
    seen = truecaser(found)
    index: dict[str, list[int]] = collections.defaultdict(list)
    for n, a in enumerate(found):
        for word in sorted(topic_words(a.title)):
            index[word].append(n)
    for n, a in enumerate(found):
        rng = random.Random(stable(a.id, "case"))
        votes: collections.Counter = collections.Counter()
        for word in sorted(topic_words(a.title)):
            if len(index[word]) < 200:
                votes.update(index[word])
        near = [found[i] for i, v in votes.items() if v >= 2 and i != n and found[i].paragraphs]
        for turn in range(turns):
            pool = near if turn % 2 == 0 and near else None
            other = rng.choice(pool) if pool else found[rng.randrange(len(found))]
            if not other.paragraphs or other.title == a.title:
                continue
            title, para = a.title, rng.choice(other.paragraphs)
            sentence = is_sentence_case(title, small)
            sort = rng.choices(["plain", "glued", "pair", "alone", "none", "ad"], [76, 5, 4, 5, 4, 6])[0]
            if not sentence and rng.random() < 0.12:
                title, sentence = to_sentence_case(title, seen), True
            at = other.paragraphs.index(para)
            lead = " ".join((*other.paragraphs[:at][-6:], "Baca Juga : ")).lstrip()
            rest = " ".join(("", *other.paragraphs[at + 1 : at + 6]))
            if sort == "plain":
                yield Case(
                    lead + title + " " + para + rest, len(lead), len(lead) + len(title), sort, sentence
                )
            elif sort == "glued":
                yield Case(lead + title + para + rest, len(lead), len(lead) + len(title), sort, sentence)
            elif sort == "pair":
                both = title + found[rng.randrange(len(found))].title
                yield Case(lead + both + " " + para + rest, len(lead), len(lead) + len(both), sort, sentence)
            elif sort == "alone":
                yield Case(lead + title, len(lead), len(lead) + len(title), sort, sentence)
            elif sort == "none":
                yield Case(lead + para + rest, len(lead), len(lead), sort, sentence)
            else:
                yield Case(
                    lead + title + " " + invented_ad(rng) + " " + para + rest,
                    len(lead),
                    len(lead) + len(title),
                    sort,
                    sentence,
                    para,
                )


TEASERS = (
    "Lupakan {ill}! {do} cara sederhana ini {when}",
    "{ill} hilang {span} tanpa obat dan tanpa suntik",
    "Dokter terkejut: {ill} lenyap {span}!",
    "{do} ini {when} dan {ill} Anda akan mereda",
    "Turun {num} kg {span} tanpa olahraga",
    "Bagaimana mengatasi {ill}? {do} resep ini {when}!",
    "Kenapa {ill} Anda kambuh lagi? Simak jawabannya di sini",
    "Penghasilan {num} juta {span} dari rumah Anda",
    "Potongan harga {num}% hanya {when}. Pesan sekarang!",
    "Rahasia Mengatasi {Ill} Terungkap! Semua Orang Harus Tahu!",
    "Metode baru ini memulihkan {ill} tanpa pembedahan",
    "-{num} Kg {span}! Perut rata tanpa diet",
    "Sering {ill}? Minum segelas ramuan ini sebelum tidur",
    "{Ill} bukan masalah lagi: inilah solusi {span}",
    "+{num} cm {span} Begini caranya di rumah",
)
"""Invented teasers in the manner of native advertising; filled in by `invented_ad`."""


def invented_ad(rng: random.Random) -> str:
    """One or two invented advertising teasers."""
    lines = []
    for _ in range(rng.choice((1, 2, 2))):
        ill = rng.choice(
            (
                "nyeri sendi",
                "sakit lutut",
                "gula darah",
                "jamur kuku",
                "wasir",
                "keriput",
                "rambut rontok",
                "susah tidur",
                "kolesterol",
            )
        )
        line = rng.choice(TEASERS).format(
            ill=ill,
            Ill=ill.title(),
            do=rng.choice(("Coba", "Lakukan", "Pakai", "Minum", "Oleskan")),
            num=rng.choice((7, 12, 25, 60, 80)),
            span=rng.choice(("dalam 4 hari", "dalam 3 minggu", "dalam sebulan", "dalam semalam")),
            when=rng.choice(("malam ini", "hari ini", "setiap pagi")),
        )
        if rng.random() < 0.25:
            line = " ".join(
                w if w in ("dan", "dalam", "di", "ini") else w[:1].upper() + w[1:] for w in line.split()
            )
        lines.append(line)
    text = " ".join(lines)
    return text[0].upper() + text[1:]


class Tally:
    """Figures over cases."""

    def __init__(self) -> None:
        self.n = self.answered = self.exact = self.exact_answered = self.own = self.left = self.hurt = (
            self.doubt
        ) = 0

    def add(self, case: Case, answer: HeadlineEnd | None) -> None:
        self.n += 1
        exact = answer is not None and answer.end == case.end
        self.exact += exact
        if answer is None or answer.score < CUT:
            self.left += len(case.text[case.start : case.end].split())
            self.doubt += answer is not None and answer.score >= DOUBT
            return
        self.answered += 1
        self.exact_answered += exact
        lost = len(case.text[case.end : answer.end].split()) if answer.end > case.end else 0
        self.own += lost
        self.hurt += lost > 0
        if answer.end < case.end:
            self.left += len(case.text[answer.end : case.end].split())

    def row(self, name: str) -> str:
        n, a = max(1, self.n), max(1, self.answered)
        return (
            f"{name:24}{self.n:7}{self.exact / n:9.3f}{self.answered / n:10.3f}"
            f"{self.exact_answered / a:12.3f}"
            f"{self.hurt / n:10.4f}{self.own / n:12.4f}{self.left / n:13.3f}"
        )


HEAD = (
    f"{'':24}{'cases':>7}{'exact':>9}{'answered':>10}{'exact|ans.':>12}{'hurt':>10}{'own words':>12}"
    f"{'words left':>13}"
)


def built(corpus: Path, part: str, worst: int) -> None:
    small = model().small
    found = articles(corpus, part)
    tallies: dict[str, Tally] = collections.defaultdict(Tally)
    made = list(cases(found, small))
    bad = []
    for case in made:
        answer = headline_end(case.text, case.start)
        tallies[f"{case.sort}, {'sentence' if case.sentence else 'title'} case"].add(case, answer)
        if answer and answer.score >= CUT and answer.end > case.end:
            bad.append((case, answer))
    started = time.perf_counter()
    for case in made:
        headline_end(case.text, case.start)
    micro = (time.perf_counter() - started) / len(made) * 1e6
    print(
        f"built cases, {part} part (own words, words left: per insert; "
        f"hurt: share that loses a word of the article)\n{HEAD}"
    )
    for name in sorted(tallies):
        print(tallies[name].row(name))
    print(f"{micro:.1f} µs a call\n")
    false = sum(native_ads_end(c.text, c.end) is not None for c in made if c.sort in ("plain", "glued"))
    ads = [c for c in made if c.sort == "ad"]
    ends = [(native_ads_end(c.text, c.end), c.text.index(c.rest, c.end)) for c in ads]
    exact = sum(e is not None and not c.text[e:at].strip() for (e, at), c in zip(ends, ads, strict=True))
    print(
        f"native_ads_end: {false} false alarms on {sum(c.sort in ('plain', 'glued') for c in made)} "
        f"headlines without an ad; invented ads: "
        f"{sum(e is not None for e, _ in ends)} of {len(ads)} found, "
        f"{sum(e is not None and e > at for e, at in ends)} take words of the paragraph, "
        f"{exact} exact\n"
    )
    for case, answer in bad[:worst]:
        print(
            case.sort,
            f"{answer.score:.2f}",
            repr(case.text[case.start : case.end]),
            "+++",
            repr(case.text[case.end : answer.end]),
            "|||",
            repr(case.text[answer.end : answer.end + 60]),
        )


def labelled(corpus: Path, worst: int) -> None:
    """Inline cases of the labelled articles: headline spans and ad spans, precision and recall in tokens."""
    counts: dict[str, collections.Counter] = collections.defaultdict(collections.Counter)
    tallies: dict[str, Tally] = collections.defaultdict(Tally)
    for d in read(corpus / "labelled.jsonl"):
        text = d["text"]
        for start, end, kind in d["remove"]:
            marker = MARKER.match(text, start) if kind == "related" else None
            line = text.find("\n", end)
            if (
                not marker
                or marker.end() >= end
                or end >= (len(text) if line < 0 else line)
                or "\n" in text[start:end]
            ):
                continue
            answer = headline_end(text, marker.end())
            tallies[d["outlet"]].add(Case(text, marker.end(), end, "", False), answer)
            if worst and (not answer or answer.score < CUT or answer.end != end):
                print(
                    "  ",
                    d["outlet"],
                    answer and f"{answer.score:.2f}",
                    repr(text[marker.end() : end + 50]),
                    "->",
                    repr(answer and text[answer.end : answer.end + 40]),
                )
            ads = [r for r in d["remove"] if r[2] == "ad" and 0 <= r[0] - end <= 3]
            behind = native_ads_end(text, end)
            c = counts[d["outlet"]]
            gold = set(range(ads[0][0], ads[0][1])) if ads else set()
            told = set(range(end, behind)) if behind else set()
            tokens = [m.start() for m in TOKEN.finditer(text, end, end + 600)]
            c["gold"] += sum(t in gold for t in tokens)
            c["told"] += sum(t in told for t in tokens)
            c["both"] += sum(t in gold and t in told for t in tokens)
            c["ads"] += bool(ads)
            c["exact"] += bool(ads) and behind == ads[0][1]
            c["false"] += not ads and behind is not None
            if (worst and bool(ads) != bool(behind)) or (ads and behind != ads[0][1]):
                print("   AD", repr(text[end : end + 220]), "->", repr(behind and text[end:behind]))
    print(f"labelled articles, inline cases\n{HEAD}")
    for outlet, tally in tallies.items():
        print(tally.row(outlet))
    for outlet, c in counts.items():
        if c["gold"] or c["told"]:
            print(
                f"ads {outlet}: {c['ads']} ads, {c['exact']} exact, {c['false']} false; "
                f"tokens precision {c['both'] / max(1, c['told']):.3f} "
                f"recall {c['both'] / max(1, c['gold']):.3f}"
            )
    print()


def repeated(corpus: Path, worst: int) -> None:
    """Inline cases of the dump whose headline is known: a title of the dump, or what two or more articles
    share behind a marker."""
    labelled_ids = {d["id"] for d in read(corpus / "labelled.jsonl")}
    titles: set[str] = set()
    spots: dict[str, list[tuple[dict, int]]] = collections.defaultdict(list)
    for d in read(corpus / "dump.jsonl.gz"):
        titles.add((d["title"] or "").strip())
        if d["outlet"] == "viva" or d["id"] in labelled_ids:
            continue
        for m in MARKER.finditer(d["text"]):
            line = d["text"].find("\n", m.end())
            if len(d["text"][m.end() : None if line < 0 else line].split()) > 26:
                spots[d["text"][m.end() : m.end() + 24]].append((d, m.end()))
    tallies: dict[str, Tally] = collections.defaultdict(Tally)
    for group in spots.values():
        known = None
        for d, at in group:
            stretch = d["text"][at : at + 200]
            fits = [t for n in range(20, 180) if (t := stretch[:n].strip()) in titles]
            if fits:
                known = max(fits, key=len)
        if known is None:
            distinct = {d["text"][at : at + 200] for d, at in group}
            if len(distinct) < 2:
                continue
            known = min(_common(a, b) for a in distinct for b in distinct if a != b)
            known = known[: known.rfind(" ")].strip() if not known.endswith(" ") else known.strip()
            if len(known.split()) < 5:
                continue
        for d, at in group:
            if d["text"].startswith(known, at):
                case = Case(d["text"], at, at + len(known), "", False)
                answer = headline_end(d["text"], at)
                tallies[d["outlet"]].add(case, answer)
                if worst and (not answer or answer.score < CUT or answer.end != case.end):
                    print(
                        "  ",
                        d["outlet"],
                        answer and f"{answer.score:.2f}",
                        repr(known),
                        "->",
                        repr(answer and d["text"][at : answer.end][-40:]),
                        repr(d["text"][case.end : case.end + 50]),
                    )
    print(f"dump, inline headlines known from elsewhere (the end is itself a guess for some)\n{HEAD}")
    for outlet, tally in tallies.items():
        print(tally.row(outlet))


def _common(a: str, b: str) -> str:
    n = 0
    while n < min(len(a), len(b)) and a[n] == b[n]:
        n += 1
    return a[:n]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--corpus", type=Path, default=DEFAULT)
    options.add_argument("--part", choices=("held", "tune"), default="held")
    options.add_argument("--worst", type=int, default=0, help="show N wrong cases of each table")
    given = options.parse_args()
    built(given.corpus, given.part, given.worst)
    labelled(given.corpus, given.worst)
    repeated(given.corpus, given.worst)


if __name__ == "__main__":
    main()
