"""The run: every record through its cleaner and into the sink, in one pass and in order."""

from __future__ import annotations

from collections.abc import Iterable

from cleaner.dumps.cleaners import Cleaners
from cleaner.dumps.records import Item, Record, Unreadable
from cleaner.dumps.sinks import Sink
from cleaner.dumps.tally import Tally


def run(items: Iterable[Item], cleaners: Cleaners, sink: Sink, tally: Tally) -> None:
    """Clean `items` one by one. What a cleaner fails on is refused like what could not be read."""
    for item in items:
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
        tally.cleaned(item.document.text, result)
        sink.put(item, result)


def _failed(record: Record, error: Exception) -> Unreadable:
    # A plug-in's detector is someone else's code: what it stumbles over is one record, not the run.
    said = f"{type(error).__name__}: {error}".encode("utf-8", "backslashreplace").decode()
    reason = f"could not be cleaned ({said})"
    raw = record.raw.rstrip(b"\r\n") if record.file_id is None else record.raw
    return Unreadable(record.file, record.index, reason, raw, record.file_id)
