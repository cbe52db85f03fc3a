"""Fits the weights of `cleaner/headline_end/` and writes `cleaner/headline_end/weights.toml`.

    python benchmarks/fit_headline_end.py [--corpus ../shared/corpus]

A conditional logit: of the candidate borders of a built case one is right, and the weights make it the
likeliest. Only the tuning part of the split is read, neither VIVA nor any labelled article. Needs
numpy and scipy. Deterministic.
"""

from __future__ import annotations

import argparse
import collections
import sys
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import headline_ends as bench
import numpy as np
from corpus import DEFAULT
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from cleaner.headline_end.close_look import close_look
from cleaner.headline_end.first_sight import first_sight
from cleaner.headline_end.model import Model
from cleaner.headline_end.stretch import read_stretch
from cleaner.headline_end.style import Style
from cleaner.headline_end.surroundings import surroundings
from cleaner.headline_end.weights import Weights
from cleaner.punctuation import MARKS

TOML = Path(__file__).resolve().parents[1] / "cleaner" / "headline_end" / "weights.toml"
RIDGE = {
    "inside": 0.5,
    "within": 6.0,
    "open": 3.0,
    "second": 3.0,
    "last": 6.0,
    "border": 0.5,
    "run": 1.0,
    "verb": 1.0,
    "form": 1.0,
    "prev": 0.5,
    "around": 0.5,
    "shape": 0.5,
    "length": 2.0,
}
"""How strongly the weights of a table are drawn to 0; word tables more, so that only words with evidence get
one."""
SEEN = {"within": 25, "open": 12, "second": 15, "last": 15}
"""How often a word must have been looked at to get a weight; other tables: 5."""
KEEP = {"within": 80, "open": 160, "second": 50, "last": 40, "run": 80}
"""How many weights of a table are kept, the weightiest ones; the rest is refitted without the others."""
TURNS = 6
"""Cases built from an article's title."""
SMALL = 70
"""How many function words."""
WIDTH = 110
"""Columns of the file."""
STYLES = ("title", "sentence")
COMMENTS = {
    "inside": "A word inside the headline, by class and the mark behind it (C capitalised, F capitalised "
    "function word, U all capitals, N number, "
    "Q quotation, f function word, l other lower-case word, p marks).",
    "within": "A word inside the headline, whatever its case.",
    "open": "The first word behind the border.",
    "second": "The first lower-case word behind the border; with … where capitalised words stand between.",
    "last": "The last word before the border.",
    "border": "Class and mark of the first word behind the border; glued: no space at the border.",
    "run": "Number of words from the border to the first lower-case one, with its class; three letters: "
    "classes before, at and behind the border.",
    "verb": "Affixes of the first lower-case content word behind the border.",
    "form": "Affixes of the first word behind the border, where capitalised (- for none).",
    "prev": "Class and mark of the last word before the border.",
    "shape": "A capitalised word inside the headline, by its affixes (- for none).",
    "around": "Whether words at the border stand elsewhere in the article: the last of the headline, the "
    "first and second behind it (capitalised, lower-case, both, neither); "
    "pair: last and first together; name: first and second together.",
    "length": "Number of words of the headline (20: or more).",
}


def function_words(corpus: Path) -> list[str]:
    """The words that title-case headlines write in lower case."""
    seen: collections.Counter = collections.Counter()
    for a in bench.articles(corpus, "tune"):
        words = a.title.split()
        low = [w.strip("\"'“”‘’()[],.:;!?") for w in words[1:] if w[:1].islower()]
        if len(low) <= 0.4 * len(words) and a.outlet not in ("antara", "republika"):
            seen.update(w for w in low if w.isalpha())
    return sorted(w for w, n in sorted(seen.items(), key=lambda p: (-p[1], p[0]))[:SMALL])


Feature = tuple[str, str, str]
"""Style, table, key."""
WORDY = ("within", "open", "second", "last")
"""Tables of words; only words that prose writes in lower case get a weight, so names have none."""


class Features(collections.Counter):
    """How often each feature occurs: stands in for a weight, so the scorer's sums are counts."""

    def __add__(self, other):
        total = Features(self)
        if other:
            total.update(other)
        return total

    __radd__ = __iadd__ = __add__  # never in place: the scorer keeps sums that it uses again

    def __isub__(self, other):
        return self  # what the scorer takes off is a fixed number, no weight


class Counting:
    """Stands in for a table of weights; what it gives for a key is that one feature, once."""

    def __init__(self, style: str, name: str) -> None:
        self.style, self.name = style, name

    def get(self, key: str, default: float, /) -> Features:
        return Features({(self.style, self.name, key): 1})


class Sample(NamedTuple):
    """The features of each candidate of a case, and which one is right."""

    rows: list[dict[Feature, int]]
    right: int


def counting_model(small: frozenset[str]) -> Model:
    """The model with features instead of weights."""
    styles = (Style(small, Weights(*(Counting(style, name) for name in Weights._fields))) for style in STYLES)
    return Model(small, *styles)


def samples(made: list[bench.Case], small: frozenset[str], common: frozenset[str]) -> list[Sample]:
    """The cases whose right border is among the candidates. A feature is (style, table, key)."""
    counting = counting_model(small)
    result: list[Sample] = []
    missed = 0
    for case in made:
        stretch = read_stretch(case.text, case.start, None, counting)
        around, written = surroundings(case.text, stretch)
        rough = list(zip(*first_sight(stretch, written), strict=True))
        ends = [stretch.ends[k - 1] if k else case.start for k, _ in rough]
        if case.end not in ends:
            missed += 1
            continue
        words = common if case.sort != "ad" else frozenset[str]()  # invented ads must not teach words
        close = close_look(case.text, stretch, rough, written, around)
        result.append(Sample([taught(counts, words) for _, counts in close], ends.index(case.end)))
    print(f"{missed} of {len(made)} cases have no candidate at the right place", file=sys.stderr)
    return result


def taught(counts: Features, words: frozenset[str]) -> dict[Feature, int]:
    """The features but for those of words that get no weight."""
    return {f: n for f, n in counts.items() if f[1] not in WORDY or f[2].removeprefix("… ") in words}


def fit(found: list[Sample], allowed: set[Feature] | None = None) -> dict[Feature, float]:
    """The weights that make the right borders likeliest."""
    seen = collections.Counter(f for s in found for f in set().union(*s.rows))
    names = sorted(f for f, n in seen.items() if n >= SEEN.get(f[1], 5) and (allowed is None or f in allowed))
    column = {f: i for i, f in enumerate(names)}
    data, indices, indptr, group, right = [], [], [0], [], []
    for g, s in enumerate(found):
        right.append(len(group) + s.right)
        for row in s.rows:
            for f, n in row.items():
                if f in column:
                    indices.append(column[f])
                    data.append(float(n))
            indptr.append(len(indices))
            group.append(g)
    matrix = csr_matrix((data, indices, indptr), shape=(len(group), len(names)))
    group, right = np.array(group), np.array(right)
    starts = np.flatnonzero(np.r_[True, group[1:] != group[:-1]])
    ridge = np.array([RIDGE[f[1]] for f in names])
    wanted = np.asarray(matrix[right].sum(axis=0)).ravel()

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        z = matrix @ w
        z -= np.maximum.reduceat(z, starts)[group]
        e = np.exp(z)
        total = np.add.reduceat(e, starts)
        p = e / total[group]
        value = np.log(total).sum() - z[right].sum() + 0.5 * (ridge * w * w).sum()
        return value, matrix.T @ p - wanted + ridge * w

    best = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    print(
        f"{len(found)} cases, {len(names)} weights, loss a case {best.fun / len(found):.4f}", file=sys.stderr
    )
    return dict(zip(names, best.x.tolist(), strict=True))


def pruned(weights: dict[Feature, float], seen: Mapping[Feature, int]) -> set[Feature]:
    """The features kept: all of the small tables, and of the large ones those that matter most, weight times
    the cube root (about) of how often they were seen (half as many for sentence case)."""
    kept = set()
    for style in STYLES:
        for table in Weights._fields:
            rows = sorted(
                (f for f in weights if f[:2] == (style, table)),
                key=lambda f: (-abs(weights[f]) * seen[f] ** 0.3, f),
            )
            most = KEEP.get(table, len(rows))
            kept.update(rows[: most // 2 if style == "sentence" else most])
    return kept


def common_words(corpus: Path) -> frozenset[str]:
    """Words that prose writes in lower case now and then."""
    seen: collections.Counter = collections.Counter()
    for a in bench.articles(corpus, "tune"):
        for p in a.paragraphs:
            seen.update({w.strip(MARKS) for w in p.split() if w[:1].islower()})
    return frozenset(w for w, n in seen.items() if n >= 5)


def written(small: list[str], weights: dict[Feature, float]) -> str:
    """The file, for a person to read."""
    lines = [
        "# Weights for cleaner/headline_end/, written by benchmarks/fit_headline_end.py: natural",
        "# logarithms of odds; a feature that isn't listed weighs 0. [title.*] for headlines in title case,",
        "# [sentence.*] for those in sentence case.",
        "",
        "# Words that title-case headlines write in lower case.",
        "small = [",
    ]
    for at in range(0, len(small), 12):
        lines.append("    " + ", ".join(f'"{w}"' for w in small[at : at + 12]) + ",")
    lines.append("]")
    for style in STYLES:
        for table in Weights._fields:
            chosen = (
                (f[2], round(w, 2)) for f, w in weights.items() if f[:2] == (style, table) and abs(w) >= 0.05
            )
            rows = sorted(chosen, key=lambda r: (-r[1], r[0]))
            if not rows:
                continue
            if table == "length":
                rows.sort(key=lambda r: int(r[0]))
            comment = textwrap.wrap(COMMENTS[table], WIDTH - 2)
            lines += ["", *(f"# {line}" for line in comment), f"[{style}.{table}]"]
            lines += [
                '"' + key.replace("\\", "\\\\").replace('"', '\\"') + f'" = {weight}' for key, weight in rows
            ]
    return "\n".join(lines) + "\n"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--corpus", type=Path, default=DEFAULT)
    given = options.parse_args()
    small = function_words(given.corpus)
    made = list(bench.cases(bench.articles(given.corpus, "tune"), frozenset(small), TURNS))
    found = samples(made, frozenset(small), common_words(given.corpus))
    seen = collections.Counter(f for s in found for f in set().union(*s.rows))
    weights = fit(found, pruned(fit(found), seen))
    TOML.write_text(written(small, weights), encoding="utf-8")


if __name__ == "__main__":
    main()
