"""Real article pages with their hand-made labels: `html_labels.toml` laid over the pages of the corpus.

The labels hold offsets and digests, no text; what a page says comes from the corpus. A page or a reading of
it that isn't the one the labels were made on stops the benchmark: its offsets would point elsewhere.
"""

from __future__ import annotations

import gzip
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, NoReturn

from html_text import container_lines, digest

LABELS = Path(__file__).with_name("html_labels.toml")
KINDS = ("related", "caption", "prompt", "byline", "meta", "chrome", "ad")

_ENTRY = re.compile(rf"(\d+)(?:-(\d+)|\[(\d+):(\d+)\])? ({'|'.join(KINDS)})")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Word:
    """A word of a page's container; `kind` is None for the article's own words."""

    text: str
    kind: str | None
    headline: bool


@dataclass(frozen=True)
class LabelledPage:
    """One labelled page; `remove` holds (line, start, end, kind), in code points of the line."""

    file: str
    outlet: str
    url: str | None
    html: str
    lines: tuple[str, ...]
    headline: int
    remove: tuple[tuple[int, int, int, str], ...]

    def words(self) -> list[Word]:
        """The container's words in order; none reaches over the edge of a label."""
        return list(self._words())

    def _words(self) -> Iterator[Word]:
        for number, line in enumerate(self.lines):
            labels = sorted(label[1:] for label in self.remove if label[0] == number)
            for start, end, kind in _parted(len(line), labels):
                for word in _WORD.findall(line, start, end):
                    yield Word(word, kind, number == self.headline)


def _parted(length: int, labels: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, str | None]]:
    """A line of that length cut at the edges of its labels."""
    at = 0
    for start, end, kind in labels:
        yield at, start, None
        yield start, end, kind
        at = end
    yield at, length, None


def words(text: str) -> list[str]:
    """The words of a text: what is compared. Punctuation and white space are left out."""
    return _WORD.findall(text)


def labelled_pages(corpus: Path) -> list[LabelledPage]:
    """All labelled pages, in the order of the labels."""
    folder = corpus / "html"
    addresses = {file: address for file, _, _, address, _ in _manifest(folder)}
    entries = tomllib.loads(LABELS.read_text(encoding="utf-8"))["page"]
    return [_page(folder, entry, addresses) for entry in entries]


def article_pages(corpus: Path) -> list[tuple[str, str | None]]:
    """All article pages of the corpus, labelled or not: the decoded page, and its address where known."""
    folder = corpus / "html"
    return [
        (_bytes(folder / file).decode("utf-8"), address or None)
        for file, _, kind, address, _ in _manifest(folder)
        if kind == "article"
    ]


def _manifest(folder: Path) -> list[list[str]]:
    rows = _there(folder / "MANIFEST.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return [row.split("\t") for row in rows]


def _bytes(path: Path) -> bytes:
    return gzip.decompress(_there(path).read_bytes())


def _there(path: Path) -> Path:
    if not path.exists():
        _stop(f"{path} is not there, so there is nothing to measure on. Name its corpus with --corpus.")
    return path


def _page(folder: Path, entry: dict[str, Any], addresses: dict[str, str]) -> LabelledPage:
    raw = _bytes(folder / entry["file"])
    if sha256(raw).hexdigest() != entry["sha256"]:
        _stop(f"{entry['file']} is another page than the one its labels were made on; label it anew.")
    html = raw.decode("utf-8")
    lines = container_lines(html, entry["container"])
    if digest(lines) != entry["lines"]:
        _stop(f"html_text.py reads {entry['file']} otherwise than when it was labelled; label it anew.")
    remove = tuple(stretch for label in entry["remove"] for stretch in _stretches(label, lines))
    url = addresses.get(entry["file"]) or None
    return LabelledPage(entry["file"], entry["outlet"], url, html, tuple(lines), entry["headline"], remove)


def _stretches(label: str, lines: list[str]) -> Iterator[tuple[int, int, int, str]]:
    found = _ENTRY.fullmatch(label)
    if found is None:
        raise ValueError(f"html_labels.toml: {label!r} is no label; write '3 byline' or '12[40:49] byline'")
    first, last, start, end, kind = found.groups()
    if start is not None:
        yield int(first), int(start), int(end), kind
        return
    for number in range(int(first), int(last or first) + 1):
        yield number, 0, len(lines[number]), kind


def _stop(reason: str) -> NoReturn:
    print(reason, file=sys.stderr)
    raise SystemExit(2)
