"""Articles that a dump holds in several pages, each joined into one record.

A first reading finds the further pages by their urls and lays them aside, in a temporary file. In the second
reading, the run, an article takes the place of the first of its pages that is met. What is held in memory
grows with the number of further pages, not with the dump.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from tempfile import TemporaryFile
from types import TracebackType
from typing import IO, Literal, NamedTuple, TypeAlias

import msgspec

from cleaner.cleaner import Cleaner
from cleaner.document import Document
from cleaner.dumps.cleaners import Cleaners
from cleaner.dumps.formats.shaped import as_json, with_text
from cleaner.dumps.joined_article import JoinedArticle
from cleaner.dumps.records import Item, Record, SourcePage, Unreadable
from cleaner.dumps.sidecar import digest
from cleaner.dumps.tally import Tally
from cleaner.dumps.twice import no_room
from cleaner.errors import CleanerError
from cleaner.joining import INCOMPLETE, join_pages
from cleaner.readers.paging import ALL, PageNumber, page_of
from cleaner.result import Result

MISSING_PAGES = "missing_pages"
"""The field that says which pages of an article aren't in the dump, though later ones are."""

_encode = msgspec.json.Encoder().encode

_Number: TypeAlias = int | Literal["all"]


class _Page(NamedTuple):
    """One page of an article, `place` records and errors behind the first of the run."""

    number: _Number
    bare: bool
    place: int
    record: Record


_Pages: TypeAlias = dict[_Number, _Page]


class _Whole(NamedTuple):
    """An article and the pages that are used up by it."""

    article: JoinedArticle
    used: Sequence[_Page]


class JoinCount:
    """What became of the pages of a run."""

    def __init__(self) -> None:
        self.articles = 0
        """Articles made of several records."""
        self.pages = 0
        """The records that they were made of."""
        self.covered = 0
        """Those of them that a page with the whole article made superfluous."""
        self.missing = 0
        """Articles that lack a page between two others."""
        self.headless = 0
        """Pages without a first page in the dump: records of their own."""
        self.uncertain = 0
        """Pages that only a bare number names, and a page before them is missing: records of their own."""
        self.more = 0
        """Pages with text that the page with the whole article lacks: records of their own."""
        self.copies = 0
        """Pages that stand in the dump once more: records of their own."""
        self.files: list[str] = []
        """The ids of the files that became a part of another one."""


class FoundPages:
    """The pages that a first reading found, in a temporary file that goes when the context ends."""

    def __init__(self) -> None:
        try:
            self._file: IO[bytes] = TemporaryFile(prefix="clean-")  # noqa: SIM115
        except OSError as error:
            raise no_room(error) from error
        self._held: dict[str, dict[_Number, tuple[int, int]]] = {}

    def __enter__(self) -> FoundPages:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def find(self, items: Iterable[Item]) -> None:
        """Read all `items` of a run and keep the pages of articles that have several."""
        for place, item in enumerate(items):
            number = _number(item)
            # A first page that stands before all others of its article is met in time by the second reading.
            if number is not None and (number.page != 1 or number.article in self._held):
                self._hold(place, number, item)

    def _hold(self, place: int, number: PageNumber, item: Item) -> None:
        assert isinstance(item, Record)
        pages = self._held.setdefault(number.article, {})
        if number.page in pages:
            return
        data = pickle.dumps(_Page(number.page, number.bare, place, item), pickle.HIGHEST_PROTOCOL)
        try:
            pages[number.page] = self._file.tell(), len(data)
            self._file.write(data)
        except OSError as error:
            raise no_room(error) from error

    def take(self, article: str) -> _Pages | None:
        """The pages held of `article`, which are held no longer; None where none are."""
        places = self._held.pop(article, None)
        if places is None:
            return None
        return {number: self._read(*place) for number, place in places.items()}

    def _read(self, at: int, length: int) -> _Page:
        self._file.seek(at)
        page = pickle.loads(self._file.read(length))
        assert isinstance(page, _Page)
        return page


class Joiner:
    """Joins the pages of one run."""

    def __init__(self, found: FoundPages, cleaners: Cleaners, tally: Tally, text_field: str) -> None:
        self._found = found
        self._cleaners = cleaners
        self._tally = tally
        self._text_field = text_field
        self.count = JoinCount()
        self._ready: dict[int, JoinedArticle] = {}
        self._used: dict[int, bytes] = {}
        self._done: dict[str, frozenset[int]] = {}

    def joined(self, items: Iterable[Item]) -> Iterator[Item | JoinedArticle]:
        """The `items`, read a second time, with the articles of several pages in place of their pages.

        Pages that are no part of one stay as they are. Raises CleanerError where the items aren't those of
        the first reading.
        """
        for place, item in enumerate(items):
            self._join_article_of(place, item)
            mark = self._used.pop(place, None)
            if mark is None:
                yield item
            elif isinstance(item, Unreadable) or _mark(item.raw) != mark:
                raise CleanerError(_CHANGED)
            elif place in self._ready:
                yield self._ready.pop(place)
        if self._used:
            raise CleanerError(_CHANGED)

    def _join_article_of(self, place: int, item: Item) -> None:
        """Where `item` is the first page seen of its article, join that."""
        number = _number(item)
        if number is None:
            return
        assert isinstance(item, Record)
        pages = self._found.take(number.article)
        if pages is None:
            self.count.copies += place not in self._done.get(number.article, (place,))
            return
        pages[number.page] = _Page(number.page, number.bare, place, item)
        self._done[number.article] = frozenset(page.place for page in pages.values())
        whole = self._covering(pages[ALL], pages) if ALL in pages else self._in_order(pages)
        if whole is None:
            return
        self._ready[min(page.place for page in whole.used)] = whole.article
        self._used.update((page.place, _mark(page.record.raw)) for page in whole.used)
        self._cleaners.choose(whole.article.record, self._tally)
        self.count.articles += 1
        self.count.pages += len(whole.used)
        self.count.files += (
            page.record.file_id for page in whole.used[1:] if page.record.file_id is not None
        )

    def _in_order(self, pages: _Pages) -> _Whole | None:
        """The article made of numbered pages; None where they make none."""
        numbers = _numbers(pages)
        if 1 not in pages:
            self.count.headless += len(numbers)
            return None
        certain = [n for n in numbers if not pages[n].bare or all(before in pages for before in range(1, n))]
        self.count.uncertain += len(numbers) - len(certain)
        used = [pages[number] for number in certain]
        if len(used) < 2:
            return None
        cleaner = self._cleaner(used)
        try:
            joined = join_pages([page.record.document for page in used], cleaner)
        except Exception:
            # Each page stays a record of its own; the one that can't be cleaned is refused with its reason.
            return None
        missing = [number for number in range(1, certain[-1]) if number not in pages]
        self.count.missing += bool(missing)
        sources = [None, *(_source(page.record) for page in used[1:])]
        rows = tuple(map(_source_page, used, sources, joined.spans))
        record = self._record(used[0].record, joined.document, rows, ())
        return _Whole(JoinedArticle(record, _lacking(joined.result, missing)), used)

    def _covering(self, whole: _Page, pages: _Pages) -> _Whole | None:
        """The page with the whole article and the pages that it covers; None where there are none."""
        single = [pages[number] for number in _numbers(pages)]
        cleaner = self._cleaner([whole, *single])
        try:
            result = cleaner(whole.record.document)
            lines = _lines(result.text)
            covered = [page for page in single if _lines(cleaner(page.record.document).text) <= lines]
        except Exception:
            return None
        self.count.more += len(single) - len(covered)
        if not covered:
            return None
        self.count.covered += len(covered)
        document = whole.record.document
        row = _source_page(whole, None, (0, len(document.text)))
        rows = tuple(_source_page(page, _source(page.record)) for page in covered)
        record = self._record(whole.record, document, (row,), rows)
        return _Whole(JoinedArticle(record, result), [whole, *covered])

    def _cleaner(self, pages: Sequence[_Page]) -> Cleaner:
        """One cleaner for all pages: that of the first page which tells whose it is."""
        # Whether a page names an unknown outlet is counted where it becomes a record.
        chosen = [self._cleaners.choose(page.record, Tally()) for page in pages]
        return next((cleaner for cleaner in chosen if cleaner.outlet is not None), chosen[0])

    def _record(
        self,
        first: Record,
        document: Document,
        pages: tuple[SourcePage, ...],
        covered: tuple[SourcePage, ...],
    ) -> Record:
        """The record that an article becomes: that of the first page, with the text of all."""
        values = first.values
        if first.made or not first.from_page:
            values = with_text(values, "text" if first.made else self._text_field, document.text)
        return msgspec.structs.replace(first, document=document, values=values, pages=pages, covered=covered)


def _number(item: Item) -> PageNumber | None:
    """Which page of which article an item is; None where it has no url, or holds no article."""
    if isinstance(item, Unreadable) or not item.document.url or item.document.no_article is not None:
        return None
    return page_of(item.document.url)


def _numbers(pages: _Pages) -> list[int]:
    return sorted(number for number in pages if isinstance(number, int))


def _lacking(result: Result, missing: list[int]) -> Result:
    """The result of an article that lacks the `missing` pages."""
    if not missing:
        return result
    return msgspec.structs.replace(result, fields={**result.fields, INCOMPLETE: True, MISSING_PAGES: missing})


def _source_page(page: _Page, source: str | None, span: tuple[int, int] | None = None) -> SourcePage:
    record = page.record
    start, end = span or (None, None)
    return SourcePage(
        record.id,
        page.number,
        record.file,
        record.index,
        record.document.url or "",
        page.place,
        digest(record.document.text),
        start,
        end,
        source,
    )


def _source(record: Record) -> str:
    """The record as it was read; of a file, its id and text as a record."""
    if record.format == "jsonl":
        return record.raw.rstrip(b"\r\n").decode()
    return as_json(record.values).decode()


def _lines(text: str) -> set[str]:
    """The visible lines of a text; how wide white space is doesn't count."""
    return {" ".join(line.split()) for line in text.split("\n")} - {""}


def _mark(raw: bytes) -> bytes:
    return sha256(raw).digest()


_CHANGED = (
    "what is read was changed between the two readings that --join-pages needs; run it again when nothing "
    "writes there any more, no file was changed"
)
