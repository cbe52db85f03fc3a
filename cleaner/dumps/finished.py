"""A run that came to its end: told by what it has written."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from cleaner.dumps.outputs import Output, files_of
from cleaner.dumps.present import is_there


class _Run(msgspec.Struct, frozen=True):
    fingerprint: str


class Finished(msgspec.Struct, frozen=True):
    """What the statistics tell of a run whose files are all there."""

    records: int
    errors: Mapping[str, int]
    run: _Run

    @property
    def fingerprint(self) -> str:
        """The digest of what its bytes hang on."""
        return self.run.fingerprint


def finished(output: Output) -> Finished | None:
    """The run that has written `output`; None where a file of it isn't there, or where that can't be told."""
    stats = None if output.sidecars is None else output.sidecars.stats
    if stats is None or not all(map(is_there, files_of(output))):
        return None
    try:
        return msgspec.json.decode(stats.read_bytes(), type=Finished)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None
