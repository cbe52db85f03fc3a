"""The sample as the finders see it: every article's lines, which go already, and where they stand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal, NamedTuple, TypeAlias

from cleaner.document import Document
from cleaner.mining.forms import is_prose
from cleaner.result import Result
from cleaner.rows import Rows

Zone: TypeAlias = Literal["head", "body", "foot"]
"""Above the first line of prose, between the first and the last one, below the last one."""

LONGEST = 600
"""A line of more code points than this is a paragraph, whatever it holds."""


class Row(NamedTuple):
    """One line of an article that isn't blank."""

    text: str
    shadow: str
    zone: Zone
    gone: bool
    """The rules that are there already cut all of it."""


class Place(NamedTuple):
    """Where a line stands: the article's number in the sample, and the row's in the article."""

    article: int
    row: int


class View:
    """All rows of a sample."""

    def __init__(
        self, documents: Sequence[Document], clean: Callable[[Document], Result], least: int
    ) -> None:
        """`clean` is what cuts already; a line that `least` articles have is no evidence of prose."""
        self.documents = documents
        self.least = least
        read = [_rows(document, clean(document)) for document in documents]
        counts = Counter(shadow for rows in read for shadow in {row.shadow for row in rows})
        self.articles = [_zoned(rows, counts, least) for rows in read]
        self.by_line: dict[str, list[Place]] = defaultdict(list)
        prose: list[str] = []
        for place, row in self.places():
            if not row.gone and len(row.text) <= LONGEST:
                self.by_line[row.shadow].append(place)
            if is_prose(row.text) and counts[row.shadow] < least:
                prose.append(row.shadow)
        self._prose = "\n".join(prose)

    def __len__(self) -> int:
        return len(self.articles)

    def places(self) -> Iterator[tuple[Place, Row]]:
        """Every row with its place, in order."""
        for number, rows in enumerate(self.articles):
            for at, row in enumerate(rows):
                yield Place(number, at), row

    def open_rows(self) -> Iterator[tuple[Place, Row]]:
        """The rows that nothing cuts yet and that aren't paragraphs."""
        return ((place, row) for place, row in self.places() if not row.gone and len(row.text) <= LONGEST)

    def row(self, place: Place, step: int = 0) -> Row | None:
        """The row at a place, or `step` rows below it; None beyond the text's ends."""
        rows = self.articles[place.article]
        at = place.row + step
        return rows[at] if 0 <= at < len(rows) else None

    def ends_text(self, place: Place) -> bool:
        """Whether all that stands below a row goes already."""
        rows = self.articles[place.article]
        return all(rows[at].gone for at in range(place.row + 1, len(rows)))

    def in_prose(self, literal: str) -> int:
        """How often a folded literal stands inside a line of prose."""
        return self._prose.count(literal)

    def share_at(self, places: Sequence[Place], *zones: Zone) -> float:
        """The share of places that are in one of the zones."""
        found = sum(self.articles[place.article][place.row].zone in zones for place in places)
        return found / len(places) if places else 0.0


def articles_of(places: Iterable[Place]) -> int:
    """In how many articles the places are."""
    return len({place.article for place in places})


def _rows(document: Document, result: Result) -> list[Row]:
    rows = Rows(document.spaced)
    cut = bytearray(len(document.text))
    for removal in result.removals:
        cut[removal.start : removal.end] = b"\1" * (removal.end - removal.start)
    found: list[Row] = []
    for number in range(len(rows)):
        start, end = rows.starts[number], rows.ends[number]
        # Rules compare whole lines, so the zone comes later; what is cut of a line in part stays whole here.
        gone = cut.count(0, start, end) == 0
        found.append(Row(document.text[start:end], document.shadow[start:end], "body", gone))
    return found


def _zoned(rows: Sequence[Row], counts: Counter[str], least: int) -> list[Row]:
    prose = [
        at
        for at, row in enumerate(rows)
        if not row.gone and is_prose(row.text) and (counts[row.shadow] < least or len(row.text) > LONGEST)
    ]
    if not prose:
        return [row._replace(zone="head") for row in rows]
    first, last = prose[0], prose[-1]
    return [
        row._replace(zone="head" if at < first else "foot" if at > last else "body")
        for at, row in enumerate(rows)
    ]
