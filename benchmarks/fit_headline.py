"""Fit the numbers in `cleaner/headline.toml` to the tuning part of the corpus.

    python benchmarks/fit_headline.py [--corpus ../shared/corpus] [--dry-run]

The word-lists are kept by hand; only the weights are rewritten, so the comments stay. The model is linear: setting one
weight to 1 and all others to 0 makes the scorer itself tell how often that feature occurs in a line, so what is fitted
is what runs. Needs numpy and scipy.
"""

from __future__ import annotations

import argparse
import re
import tomllib
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import numpy as np
from headlines import HERE, Corpus, headline, is_subheading
from scipy.optimize import minimize

TOML = HERE.parent / "cleaner" / "headline.toml"
SEED = 20240619
WORTH = 200.0
"""How much the examples weigh against the penalty; headlines and headings count the same."""
PENALTY = 0.5
"""On the square of each weight. Genuine headings are few: it keeps the model from learning them by heart."""
BOUNDS = {
    "deeds": (0.3, 3.0), "happenings": (0.3, 3.0), "hooks": (0.3, 3.0), "ties": (0.0, 1.0), "doers": (0.0, 1.0),
    "goods": (-4.0, -0.5), "signs": (-9.0, -4.0), "topic": (-4.0, -0.5), "advice": (-4.0, -1.0), "opening.question": (-4.0, -1.0),
    "day": (-9.0, -3.0), "row": (-4.0, -1.5), "bracket": (-4.0, -2.0), "versus": (-3.0, 0.0), "dash": (-3.0, -1.0),
    "price": (-1.0, 0.0),
}  # fmt: skip
SURENESS = 2.2
"""Log-odds at CUT (0.9)."""
LOSS = 0.15
"""Share of the tuning part's hard negatives that may score CUT or more, before place and company are looked at."""

Path_ = tuple[str, ...]


def features(table: dict[str, Any]) -> Iterator[Path_]:
    """The places of all weights in the file but the bias."""
    for count in table["length"]:
        yield ("length", count)
    for kind in ("words", "opening", "marks"):
        for name in table[kind]:
            yield (kind, name, "weight")


def put(table: dict[str, Any], path: Path_, value: float) -> None:
    for step in path[:-1]:
        table = table[step]
    table[path[-1]] = value


def shaped(lines: list[str], particles: frozenset[str]) -> list[headline.Candidate]:
    """The lines that have a headline's shape."""
    kept = ((line, headline._headline_words(line, particles)) for line in lines if 24 <= len(line) <= 150)
    return [headline.Candidate(0, line, words, False) for line, words in kept if words and not line.endswith(headline._OPEN_ENDS)]


def counts(table: dict[str, Any], lines: list[headline.Candidate]) -> np.ndarray:
    """How often each feature occurs in each line, read off the scorer."""
    blank = deepcopy(table)
    put(blank, ("bias", "weight"), 0.0)
    for path in features(table):
        put(blank, path, 0.0)
    columns = []
    for path in features(table):
        put(blank, path, 1.0)
        model = headline.Weights.from_toml(blank)
        columns.append([headline._evidence(line, model) for line in lines])
        put(blank, path, 0.0)
    return np.array(columns).T


def examples(corpus: Corpus, part: str, particles: frozenset[str]) -> tuple[list[headline.Candidate], list[headline.Candidate]]:
    """Headlines and genuine headings of one part that have a headline's shape."""

    own = {line for body in corpus.dump_bodies(part) for line in body.lines[1:] if is_subheading(line)}
    numbered = set(corpus.numbered_headings(part))
    return shaped([title for _, title in corpus.titles(part)], particles), shaped(sorted(own | numbered), particles)


def fit(x: np.ndarray, y: np.ndarray, paths: list[Path_]) -> tuple[np.ndarray, float]:
    """Logistic regression with bounds: what the few genuine headings can't teach is given by hand."""
    share = np.where(y == 1, 0.5 / (y == 1).sum(), 0.5 / (y == 0).sum()) * WORTH
    bounds = [BOUNDS.get(path[1]) or BOUNDS.get(".".join(path[:2]), (-9.0, 9.0)) for path in paths]

    def loss(parameters: np.ndarray) -> tuple[float, np.ndarray]:
        weights, bias = parameters[:-1], parameters[-1]
        margin = x @ weights + bias
        slope = share * (1 / (1 + np.exp(-margin)) - y)
        value = share @ np.logaddexp(0, -np.where(y == 1, margin, -margin)) + PENALTY * weights @ weights
        return value, np.append(x.T @ slope + 2 * PENALTY * weights, slope.sum())

    start = np.append([np.clip(0.0, *bound) for bound in bounds], 0.0)
    weights = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[*bounds, (None, None)]).x[:-1].round(2)
    negatives = np.sort(x[y == 0] @ weights)
    return weights, round(float(SURENESS - negatives[int(len(negatives) * (1 - LOSS))]), 2)


def rewrite(text: str, weights: dict[Path_, float]) -> str:
    """The file with new numbers, line by line, all else untouched."""
    section: Path_ = ()
    out = []
    for line in text.splitlines(keepends=True):
        if header := re.match(r"\[([\w.]+)\]", line):
            section = tuple(header[1].split("."))
        elif assignment := re.match(r"(\w+) = -?[\d.]+$", line):
            path = (*section, assignment[1])
            if path in weights:
                line = f"{assignment[1]} = {weights[path]:.2f}\n"
        out.append(line)
    return "".join(out)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=HERE.parent.parent / "shared" / "corpus")
    parser.add_argument("--dry-run", action="store_true", help="print the weights, write nothing")
    args = parser.parse_args()

    text = TOML.read_text(encoding="utf-8")
    table = tomllib.loads(text)
    particles = frozenset(table["shape"]["particles"])
    headlines, headings = examples(Corpus(args.corpus), "tuning", particles)
    paths = list(features(table))
    x = counts(table, headlines + headings)
    y = np.array([1] * len(headlines) + [0] * len(headings))
    fitted, bias = fit(x, y, paths)
    weights = {("bias", "weight"): bias, **{path: float(w) for path, w in zip(paths, fitted)}}
    evidence = x @ fitted + bias
    print(f"{len(headlines)} headlines, {len(headings)} headings; cut: {np.mean(evidence[y == 1] >= SURENESS):.2%} and "
          f"{np.mean(evidence[y == 0] >= SURENESS):.2%}")  # fmt: skip
    for path, weight in weights.items():
        used = "" if path[0] == "bias" else f"{int((x[y == 1][:, paths.index(path)] > 0).sum()):6} {int((x[y == 0][:, paths.index(path)] > 0).sum()):5}"
        print(f"{weight:6.2f} {used}  {'.'.join(path)}")
    if not args.dry_run:
        TOML.write_text(rewrite(text, weights), encoding="utf-8")


if __name__ == "__main__":
    main()
