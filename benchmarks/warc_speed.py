"""What does cleaning a web archive cost, next to reading it and parsing its pages at all?

    python benchmarks/warc_speed.py [--corpus ../shared/corpus] [--rounds 7] [--copies 3] [--profile]

A WARC is made of the corpus's pages when it runs, a gzip member a record, as crawlers write them. The bare
loop is what nobody can do without: fastwarc over the records, the body's bytes, a tree of selectolax's, and
the text of its body. Ours is the whole work of `clean run` with one job, but for the files: pages, outlets,
cuts, cleaned records and rows, encoded. Both in one process and in processor time, one straight after the
other, in turns who is first; the figure is the median of the rounds' ratios.
"""

from __future__ import annotations

import gzip
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from corpus import arguments
from html_gold import article_pages
from html_speed import Page, parted, ratio
from measures import Measure, as_json, summary
from selectolax.lexbor import LexborHTMLParser
from timing import print_profile

from cleaner.decide import Policy
from cleaner.dumps.records import FieldNames
from cleaner.dumps.shards import plan
from cleaner.dumps.sources import find_sources
from cleaner.dumps.work import Settings, Worker

BAR = 2.5


def archive(pages: Sequence[Page], copies: int) -> bytes:
    """A WARC of the pages, each several times."""
    return b"".join(
        gzip.compress(_record(number, html.encode(), url or ""))
        for number, (html, url) in enumerate(list(pages) * copies)
    )


def _record(number: int, body: bytes, url: str) -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
        f"WARC-Target-URI: {url}\r\n"
        "WARC-Date: 2024-01-01T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def bare_loop(path: Path) -> None:
    """Read each page and parse it, and take the text of its body."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    with path.open("rb") as file:
        for record in ArchiveIterator(file, record_types=WarcRecordType.response):
            body = LexborHTMLParser(record.reader.read()).body
            if body is not None:
                body.text()


def cleaner_loop(worker: Worker) -> Callable[[Path], None]:
    """Clean each page, as a run with one job does."""

    def clean_all(path: Path) -> None:
        for shard in plan(find_sources([str(path)]).sources):
            worker(shard)

    return clean_all


def measured(name: str, path: Path, rounds: int) -> Measure:
    ours = cleaner_loop(Worker(Settings(FieldNames(), Policy())))
    found = ratio(lambda _: ours(path), lambda _: bare_loop(path), (), rounds)
    return Measure(f"a WARC of {name}, time by reading and parsing it", found, BAR, "lower")


def profiled(path: Path) -> None:
    """Print where our loop spends its time."""
    ours = cleaner_loop(Worker(Settings(FieldNames(), Policy())))
    ours(path)
    print_profile(partial(ours, path))


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--copies", type=int, default=3, help="how often each page stands in the archive")
    parser.add_argument("--profile", action="store_true", help="show where the time goes instead")
    args = parser.parse_args()
    pages = article_pages(args.corpus)
    with tempfile.TemporaryDirectory() as folder:
        known = parted(pages)[0]
        found = []
        for name, some in (("all pages", pages), ("pages of known outlets", known)):
            path = Path(folder, "pages.warc.gz")
            path.write_bytes(archive(some, args.copies))
            if args.profile:
                profiled(path)
                return
            found.append(measured(name, path, args.rounds))
    if args.json:
        print(as_json(found))
        return
    size = sum(len(html) for html, _ in pages) / max(1, len(pages)) / 1000
    print(f"{len(pages)} pages, {size:.0f} thousand characters each, {args.copies} times over")
    print("", summary(found), sep="\n")


if __name__ == "__main__":
    main()
