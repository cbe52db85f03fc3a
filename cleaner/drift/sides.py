"""One side of a comparison: the statistics that a run wrote, or a dump that is cleaned to get them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from cleaner.dumps.engines import parts
from cleaner.dumps.fingerprint import rules_of
from cleaner.dumps.shards import plan
from cleaner.dumps.sources import Found
from cleaner.dumps.stats import FORMAT, RunStats, Stats, stats_of
from cleaner.dumps.tally import Tally
from cleaner.dumps.work import Settings, Worker
from cleaner.errors import CleanerError

STATS_ENDING = ".json"
"""How the name of a file of statistics ends; no dump's does."""


def read_stats(path: Path) -> Stats:
    """The statistics that a run wrote to `path`. Raises CleanerError where they can't be used."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CleanerError(
            f"{path} can't be read ({error.strerror or error}); nothing was compared"
        ) from error
    try:
        version = msgspec.json.decode(data, type=_Version).format
        if version != FORMAT:
            raise CleanerError(
                f"{path} holds the statistics of another version of clean (format {version}, not {FORMAT}); "
                "clean that dump again. Nothing was compared"
            )
        return msgspec.json.decode(data, type=Stats)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise CleanerError(
            f"{path} holds no statistics of a run ({error}); give the OUT.stats.json of `clean run`, or a "
            "dump. Nothing was compared"
        ) from error


def measured(found: Found, settings: Settings, jobs: int, show: Callable[[int, Tally], None]) -> Stats:
    """The statistics of a dump, as a run over it would write them; nothing is written.

    `show` is told after each part how many bytes are done, and what was counted.
    """
    worker = Worker(settings)
    shards = plan(found.sources, names=settings.names, most=settings.most)
    tally, read = Tally(), 0
    with closing(parts(shards, worker, worker.settings, jobs)) as made:
        for part in made:
            tally.add(part.tally)
            read += part.size
            show(read, tally)
    began = datetime.now(UTC).isoformat(timespec="seconds")
    ledger = worker.cleaners.ledger
    return stats_of(tally, rules_of(settings.packs, ledger), RunStats(began, 0.0, jobs, 0), ledger)


class _Version(msgspec.Struct):
    format: int
