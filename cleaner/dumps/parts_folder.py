"""The folder that the parts of one run stand in, with what tells whose they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from cleaner.dumps import elsewhere
from cleaner.dumps.elsewhere import inside, shown
from cleaner.dumps.fingerprint import Fingerprint
from cleaner.dumps.part_files import is_mark, is_of_a_part
from cleaner.errors import CleanerError

FORMAT = 1
"""The format of `run.json` that this version writes and goes on with."""

RUN = "run.json"
STATS = "stats.json"


class Begun(msgspec.Struct, frozen=True):
    """What is written down of a run before its first part."""

    fingerprint: Fingerprint
    parts: int
    lines: Mapping[str, Sequence[int]] = {}
    """Of each file that is read in several stretches, by its place, how many lines begin in each."""
    format: int = FORMAT


class _Version(msgspec.Struct):
    format: int = 0


class PartsFolder:
    """The folder or prefix at one place."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.name = shown(place)
        self._names = elsewhere.names_in(place)

    @property
    def done(self) -> int:
        """How many parts were there when the folder was looked into."""
        return sum(map(is_mark, self._names))

    def begun(self) -> Begun | None:
        """What is written down of the run whose parts stand here; None where none do.

        Raises CleanerError where that can't be read, and where there are files that look like parts and are
        of no run.
        """
        if RUN not in self._names:
            strangers = sorted(filter(is_of_a_part, self._names))
            if strangers:
                raise CleanerError(
                    f"{self.name} holds {strangers[0]}, but no {RUN} that says of which run it is; choose "
                    "another OUT or move it away, nothing was written"
                )
            return None
        data = elsewhere.read(inside(self.place, RUN)) or b""
        try:
            if msgspec.json.decode(data, type=_Version).format == FORMAT:
                return msgspec.json.decode(data, type=Begun)
            what = "is another version's"
        except (msgspec.MsgspecError, UnicodeDecodeError):
            what = "is no run's"
        raise CleanerError(
            f"{inside(self.name, RUN)} {what}; choose another OUT, or begin anew with --start-over"
        )

    def begin(self, begun: Begun) -> None:
        """Write down what a run is, before its first part."""
        elsewhere.write(msgspec.json.encode(begun), inside(self.place, RUN))

    def clear(self) -> None:
        """Delete what a run has written here, and nothing else."""
        self._names = elsewhere.names_in(self.place)
        parts = filter(is_of_a_part, self._names)
        # Without a mark a part counts for nothing, and without its run nobody asks for one.
        ordered = sorted(parts, key=lambda name: not is_mark(name))
        own = (
            [*ordered, *(name for name in (STATS, RUN) if name in self._names)]
            if self._is_a_runs
            else ordered
        )
        elsewhere.delete([inside(self.place, name) for name in own])
        self._names = self._names - set(own)

    def finish(self, stats: bytes) -> None:
        """Write the statistics of the whole run, and delete what killed workers left behind."""
        elsewhere.write(stats, inside(self.place, STATS))
        left = [name for name in elsewhere.names_in(self.place) if name.startswith(elsewhere.HIDDEN)]
        elsewhere.delete([inside(self.place, name) for name in left if is_of_a_part(name)])

    @property
    def _is_a_runs(self) -> bool:
        return RUN in self._names
