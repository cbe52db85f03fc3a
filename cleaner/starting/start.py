"""What a new outlet begins with: a sample, and what it and those beside it tell for the pack."""

from __future__ import annotations

import gzip
import zlib
from collections import Counter
from collections.abc import Callable, Container, Sequence
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import msgspec

from cleaner.decide import Policy
from cleaner.document import Document
from cleaner.dumps.cleaners import Cleaners
from cleaner.dumps.pages import MAX_PAGE
from cleaner.dumps.records import FieldNames, Record, RecordReader, Unreadable
from cleaner.dumps.sources import STDIN, find_sources, read_sources
from cleaner.errors import CleanerError
from cleaner.identity import Identity
from cleaner.readers.charset import decoded
from cleaner.readers.head import read_head
from cleaner.readers.page import own_address, own_feed, parsed
from cleaner.registry import Recogniser, recogniser
from cleaner.starting.hosts import (
    SeenHosts,
    domain_of,
    domains,
    host_of,
    is_shared,
    require_one_domain,
    shared_host,
)
from cleaner.starting.ids import names_outlet
from cleaner.starting.selectors import Guess, guesses
from cleaner.starting.signatures import signatures_of

_ENOUGH = 200
"""How many articles of the outlet are looked at; one of them becomes the sample."""
_MOST_TEXT = 40_000_000
_ENOUGH_OTHERS = 2_000
"""How many articles of others, passed on the way, are asked whether a signature tells them apart."""
_BOM = b"\xef\xbb\xbf"
_LONGEST_TITLE = 500
_LONGEST_URL = 2_000
# An error names a few, not a whole dump's.
_NAMED = 6
_ELSEWHERE = "on another host"


class Start(NamedTuple):
    """What was found. All but the sample are guesses."""

    ending: str
    """`.html` where the sample is a page, `.txt` where it is a text."""
    sample: bytes
    facts: dict[str, str]
    """What stands beside the sample: `url`, `title`, `origin`, as far as they are known."""
    hosts: tuple[str, ...]
    signatures: tuple[str, ...]
    selectors: tuple[Guess, ...]
    read: int
    """How many articles of the outlet were looked at."""
    unreadable: int
    shared: tuple[str, ...] = ()
    """Hosts of the articles that many outlets share, so that they are none of this one's."""


def start_from(
    path: Path,
    hosts: Sequence[str],
    names: FieldNames,
    outlet: str = "",
    taken: Container[bytes] = (),
    shows: Callable[[Document], int] = lambda _: 0,
    signatures: Sequence[str] = (),
) -> Start:
    """Look at a page, a folder or a dump at `path`.

    Of several outlets' articles, those on `hosts` are looked at; those of installed outlets only then. One
    without a url is on none, unless it is all that `path` names, names `outlet` itself, or shows one of the
    `signatures`. Where `names` has a
    key for the outlet's id, only records that name `outlet`. What is `taken`, the bytes of
    samples that are there, becomes no sample again; of the others the one does that `shows` most. Raises
    CleanerError where nothing can be begun with it: no article, an installed outlet's, several outlets', none
    but those that are taken.
    """
    chosen, passed = _articles(path, hosts, signatures, names, outlet)
    if not (hosts or names.outlet):
        require_one_domain(str(path), (host_of(record.document.url) for record in chosen))
    sample = _sample_of(path, chosen, names, taken, shows)
    page = _page_of(sample, names)
    site, selectors, feed = _told_by_page(page, sample) if page is not None else ("", [], "")
    found = [host for record in chosen if (host := host_of(record.document.url))] or [feed]
    on = tuple(hosts) or (tuple(filter(None, [shared_host(found)])) if len(domains(found)) < 2 else ())
    shared = tuple(filter(is_shared, on))
    own = tuple(host for host in on if host not in shared)
    brands = [
        "" if shared else site,
        *(part for host in own for part in (domain_of(host), domain_of(host).partition(".")[0])),
    ]
    return Start(
        ".txt" if page is None else ".html",
        sample.document.text.encode() if page is None else page,
        _facts(sample, names, path, page),
        own,
        signatures_of([record.document for record in chosen], brands, passed.others),
        tuple(selectors),
        len(chosen),
        passed.unread,
        shared,
    )


def _sample_of(
    path: Path,
    records: Sequence[Record],
    names: FieldNames,
    taken: Container[bytes],
    shows: Callable[[Document], int],
) -> Record:
    """Of the articles that are no sample yet and show most, the one whose length is nearest to the middle."""
    ranked = sorted(records, key=lambda record: len(record.document.text))
    middle = len(ranked) // 2
    for at in sorted(range(len(ranked)), key=lambda at: (-shows(ranked[at].document), abs(at - middle), -at)):
        page = _page_of(ranked[at], names)
        if (ranked[at].document.text.encode() if page is None else page) not in taken:
            return ranked[at]
    looked_at = "its article is" if len(ranked) == 1 else f"all {len(ranked)} articles looked at are"
    raise CleanerError(f"{path}: {looked_at} among the samples already; nothing was written")


def _articles(
    path: Path, hosts: Sequence[str], signatures: Sequence[str], names: FieldNames, outlet: str
) -> tuple[list[Record], _Passed]:
    """The articles to look at, and what was passed over before there were enough of them."""
    if str(path) == STDIN:
        raise CleanerError("--from wants a file or a folder, not standard input; nothing was written")
    marks = Identity("new", tuple(hosts), tuple(signatures))
    ours = Recogniser((marks,)) if hosts else None
    reader = RecordReader(names, Cleaners(Policy()).pages())
    records: list[Record] = []
    passed = _Passed()
    room = _MOST_TEXT
    for item in read_sources(find_sources([str(path)]).sources, reader):
        if isinstance(item, Unreadable):
            passed.unreadable(item)
            continue
        why_not = _why_not(item, ours, outlet if names.outlet else None, item.made and path.is_file())
        if why_not:
            passed.article(item, why_not)
            continue
        records.append(item)
        room -= len(item.raw) + len(item.document.text)
        if len(records) == _ENOUGH or room < 0:
            break
    if not records:
        if passed.elsewhere:
            besides = passed.besides()
            holds = passed.elsewhere.none_on(str(path), hosts) + (f"; {besides}" if besides else "")
        else:
            holds = f"{path} holds no article of a new outlet ({passed.besides() or 'it is empty'})"
        raise CleanerError(f"{holds}; nothing was written{passed.advice(names)}")
    return records, passed


class _Passed:
    """What was passed over, and why."""

    def __init__(self) -> None:
        self.by: Counter[str] = Counter()
        self.unread = 0
        self.others: list[Document] = []
        self.elsewhere = SeenHosts()
        """Where the articles are that aren't on the hosts asked for."""
        self._room = _MOST_TEXT
        self._first = ""

    def article(self, record: Record, why_not: str) -> None:
        self.by[why_not] += 1
        if why_not == _ELSEWHERE:
            self.elsewhere.add(record.document.url)
        self._room -= len(record.document.text)
        if self._room > 0 and len(self.others) < _ENOUGH_OTHERS:
            self.others.append(record.document)

    def unreadable(self, item: Unreadable) -> None:
        self.unread += 1
        self._first = self._first or f"{item.place} {item.reason}"

    def advice(self, names: FieldNames) -> str:
        """What may help where records could not be read; empty where nothing is known to."""
        if repr(names.text) not in self._first:
            return ""
        return ". If its articles have other keys, name them with --text-field or --html-field"

    def besides(self) -> str:
        """What was passed over that isn't `elsewhere`; empty for nothing."""
        told = [f"{times:,} {what}" for what, times in self.by.most_common(_NAMED) if what != _ELSEWHERE]
        told += [f"{self.unread:,} unreadable, such as {self._first}"] if self.unread else []
        return "; ".join(told)


def _why_not(record: Record, ours: Recogniser | None, named: str | None, alone: bool) -> str:
    """Why a record is no article of the outlet, on whose hosts are the urls that `ours` recognises.

    Where records name their outlet, `named` is what they have to name. One that is `alone` in what was named
    is meant by that.
    """
    document = record.document
    if not document.text.strip():
        return f"without an article: {document.no_article or 'no text'}"
    if named is not None and not names_outlet(record.outlet, named):
        return "of another outlet"
    if ours is not None:
        if not document.url:
            return "" if alone or named is not None or ours.by_signature(document) else _ELSEWHERE
        return "" if ours.by_host(document.url) else _ELSEWHERE
    installed = None if named is not None else _installed(record)
    return f"of {installed!r}, which is installed" if installed else ""


def _installed(record: Record) -> str | None:
    """The installed outlet that the record's address is of, or for a page what it says of itself."""
    if record.from_page:
        return record.outlet
    url = record.document.url
    return recogniser().by_host(url) if url else None


def _page_of(record: Record, names: FieldNames) -> bytes | None:
    """The page that the record was read from, as it can stand in a file; None for a text."""
    if not record.from_page:
        return None
    if record.made:
        data = record.raw
        return _unzipped(data) if data.startswith(b"\x1f\x8b") else data
    html = msgspec.json.decode(record.values[names.html], type=str)
    if "<" not in html:
        # Its bytes, in a form in which they can't stand in a file.
        return None
    data = html.encode()
    try:
        same = decoded(data) == html
    except UnicodeDecodeError:
        same = False
    # It may name the charset that it was in once.
    return data if same else _BOM + data


def _unzipped(data: bytes) -> bytes | None:
    try:
        with gzip.GzipFile(fileobj=BytesIO(data)) as packed:
            return packed.read(MAX_PAGE)
    except (OSError, EOFError, zlib.error):
        return None


def _told_by_page(page: bytes, record: Record) -> tuple[str, list[Guess], str]:
    """What the page calls its site, the selectors guessed, and the host of the feed that it offers."""
    tree = parsed(decoded(page))
    head = read_head(tree)
    url = record.document.url or own_address(tree)
    return head.first("og:site_name"), guesses(tree, head, url), host_of(own_feed(tree))


def _facts(record: Record, names: FieldNames, path: Path, page: bytes | None) -> dict[str, str]:
    document = record.document
    facts = {"origin": path.name or str(path)}
    own = page is not None and own_address(parsed(decoded(page))) == document.url
    if document.url and not own and len(document.url) <= _LONGEST_URL:
        facts["url"] = document.url
    if not record.made and names.title in record.values and document.title:
        facts["title"] = document.title[:_LONGEST_TITLE]
    return facts
