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
from cleaner.dumps.addresses import Wanted, address_of, article_called
from cleaner.dumps.cleaners import Cleaners
from cleaner.dumps.pages import MAX_PAGE
from cleaner.dumps.records import FieldNames, Item, Record, RecordReader, Unreadable
from cleaner.dumps.sources import STDIN, ArticleFile, Source, find_sources, read_sources
from cleaner.errors import CleanerError
from cleaner.identity import Identity
from cleaner.outlet_spellings import names_outlet
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
from cleaner.starting.selectors import Guess, guesses
from cleaner.starting.signatures import signatures_of

_ENOUGH = 200
"""How many articles of the outlet are looked at; one of them becomes the sample."""
_MOST_TEXT = 40_000_000
_ENOUGH_OTHERS = 2_000
"""How many articles of others, passed on the way, are asked whether a signature tells them apart."""
_NOTHING_DONE = "nothing was written"
_BOM = b"\xef\xbb\xbf"
_LONGEST_TITLE = 500
_LONGEST_URL = 2_000
# An error names a few, not a whole dump's.
_NAMED = 6
_ELSEWHERE = "on another host"
_OTHER_DOMAIN = "on another domain than the one named"


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
    address: str
    """Of the article that is the sample, as `clean explain` takes it."""
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
    wanted: str = "",
) -> Start:
    """Look at a page, a folder or a dump at `path`.

    Of several outlets' articles, those on `hosts` are looked at; those of installed outlets only then. One
    without a url is on none, unless it is all that `path` names, names `outlet` itself, or shows one of the
    `signatures`. Where `names` has a
    key for the outlet's id, only records that name `outlet`. What is `taken`, the bytes of
    samples that are there, becomes no sample again; of the others the one does that `shows` most, or the one
    that is `wanted`, by its id or place; then its domain is the outlet's, where no `hosts` are given. Raises
    CleanerError where nothing can be begun with it: no article, an installed outlet's, several outlets', none
    but those that are taken.
    """
    read = _articles(path, hosts, signatures, names, outlet, wanted)
    chosen, passed = read.records, read.passed
    if not (hosts or names.outlet):
        require_one_domain(str(path), (host_of(record.document.url) for record in chosen))
    sample = _sample_of(path, chosen, names, taken, shows) if read.named is None else read.named
    if sample is read.named and _bytes_of(sample, names) in taken:
        raise CleanerError(f"{address_of(sample)} is among the samples already; nothing was written")
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
        _bytes_of(sample, names),
        _facts(sample, names, path, page),
        own,
        signatures_of([record.document for record in chosen], brands, passed.others),
        tuple(selectors),
        len(chosen),
        passed.unread,
        address_of(sample),
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
        if _bytes_of(ranked[at], names) not in taken:
            return ranked[at]
    looked_at = "its article is" if len(ranked) == 1 else f"all {len(ranked)} articles looked at are"
    raise CleanerError(f"{path}: {looked_at} among the samples already; nothing was written")


class _Read(NamedTuple):
    """The articles to look at, what was passed over before there were enough of them, and the one wanted."""

    records: list[Record]
    passed: _Passed
    named: Record | None


def _articles(
    path: Path, hosts: Sequence[str], signatures: Sequence[str], names: FieldNames, outlet: str, wanted: str
) -> _Read:
    if str(path) == STDIN:
        raise CleanerError("--from wants a file or a folder, not standard input; nothing was written")
    ours = Recogniser((Identity("new", tuple(hosts), tuple(signatures)),)) if hosts else None
    asked = outlet if names.outlet else None
    looking = Wanted(wanted) if wanted else None
    reader = RecordReader(names, Cleaners(Policy()).pages())
    seen = _Seen(lambda record: _why_not(record, ours, asked, record.made and path.is_file()))
    for item in read_sources(_sources(path, wanted), reader):
        is_found = looking is None or looking.is_surely(item)
        if not seen.is_enough:
            seen.see(item)
        if seen.is_enough and is_found:
            break
    if looking is not None:
        named = _named(looking, path, hosts, lambda record: _why_not(record, ours, asked, True))
        return _Read(seen.with_named(named, any_domain=bool(hosts or asked)), seen.passed, named)
    if not seen.records:
        raise CleanerError(_nothing_in(path, hosts, names, seen.passed))
    return _Read(seen.records, seen.passed, None)


class _Seen:
    """The articles of the outlet, until there are enough of them, and what was passed over on the way."""

    def __init__(self, why_not: Callable[[Record], str]) -> None:
        self._why_not = why_not
        self._room = _MOST_TEXT
        self.records: list[Record] = []
        self.passed = _Passed()

    @property
    def is_enough(self) -> bool:
        return len(self.records) == _ENOUGH or self._room < 0

    def see(self, item: Item) -> None:
        if isinstance(item, Unreadable):
            self.passed.unreadable(item)
            return
        why_not = self._why_not(item)
        if why_not:
            self.passed.article(item, why_not)
            return
        self.records.append(item)
        self._room -= len(item.raw) + len(item.document.text)

    def with_named(self, named: Record, *, any_domain: bool) -> list[Record]:
        """The articles with the one that is meant; else than for `any_domain`, those on its domain alone."""
        domain = _domain(named)
        for record in self.records:
            if not any_domain and _domain(record) != domain:
                self.passed.article(record, _OTHER_DOMAIN)
        alike = [record for record in self.records if any_domain or _domain(record) == domain]
        return alike if any(record is named for record in alike) else [*alike, named]


def _domain(record: Record) -> str:
    return domain_of(host_of(record.document.url))


def _nothing_in(path: Path, hosts: Sequence[str], names: FieldNames, passed: _Passed) -> str:
    if passed.elsewhere:
        besides = passed.besides()
        holds = passed.elsewhere.none_on(str(path), hosts) + (f"; {besides}" if besides else "")
    else:
        holds = f"{path} holds no article of a new outlet ({passed.besides() or 'it is empty'})"
    return f"{holds}; nothing was written{passed.advice(names)}"


def _sources(path: Path, wanted: str) -> Sequence[Source]:
    """What stands at `path`; of a folder the article that is `wanted` comes first."""
    sources = find_sources([str(path)]).sources
    if not wanted:
        return sources
    if path.is_dir():
        first = article_called(wanted, str(path), sources, _NOTHING_DONE)
        return (first, *(source for source in sources if source is not first))
    if isinstance(sources[0], ArticleFile):
        raise CleanerError(
            f"{path} is one article without records; leave the id {wanted!r} out. Nothing was written"
        )
    return sources


def _named(looking: Wanted, path: Path, hosts: Sequence[str], why_not: Callable[[Record], str]) -> Record:
    """The article that was looked for. Raises CleanerError where it is none of the outlet."""
    found = looking.found(str(path), _NOTHING_DONE)
    if isinstance(found, Unreadable):
        raise CleanerError(f"{found.place} {found.reason}; nothing was written")
    reason = why_not(found)
    if reason:
        than = f" than {' or '.join(hosts)}" if reason == _ELSEWHERE else ""
        raise CleanerError(f"{address_of(found)} is {reason}{than}; nothing was written")
    return found


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


def _bytes_of(record: Record, names: FieldNames) -> bytes:
    """The record as a sample's file."""
    page = _page_of(record, names)
    return record.document.text.encode() if page is None else page


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
