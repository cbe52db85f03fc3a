"""The run: every record through its cleaner and into the sink, in one pass and in order."""

from __future__ import annotations

from collections.abc import Iterable

from cleaner.dumps.cleaners import Cleaners
from cleaner.dumps.joined_article import JoinedArticle
from cleaner.dumps.records import Item, Record, Unreadable
from cleaner.dumps.sinks import Sink
from cleaner.dumps.tally import Tally


def run(items: Iterable[Item | JoinedArticle], cleaners: Cleaners, sink: Sink, tally: Tally) -> None:
    """Clean `items` one by one; joined articles are clean. What a cleaner fails on is refused like what could
    not be read."""
    for item in items:
        if isinstance(item, JoinedArticle):
            tally.cleaned(item.record, item.result)
            sink.put(item.record, item.result)
            continue
        if isinstance(item, Unreadable):
            tally.refused(item)
            sink.refuse(item)
            continue
        cleaner = cleaners.choose(item, tally)
        try:
            result = cleaner(item.document)
        except Exception as error:
            failed = _failed(item, error)
            tally.refused(failed)
            sink.refuse(failed)
            continue
        tally.cleaned(item, result)
        sink.put(item, result)


def _failed(record: Record, error: Exception) -> Unreadable:
    # A plug-in's detector is someone else's code: what it stumbles over is one record, not the run.
    said = f"{type(error).__name__}: {error}".encode("utf-8", "backslashreplace").decode()
    reason = f"could not be cleaned ({said})"
    raw, arrow = record.raw, None
    if record.format == "parquet":
        from cleaner.dumps.formats.arrow_row import ArrowRow

        assert isinstance(record.values, ArrowRow)
        raw, arrow = record.values.json(), record.values.arrow()
    elif record.file_id is None:
        raw = raw.rstrip(b"\r\n")
    return Unreadable(
        record.file, record.index, reason, raw, record.file_id, record.ending, record.format, arrow
    )
