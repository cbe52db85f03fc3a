"""What a run was told, as the statistics beside its output say."""

from __future__ import annotations

from pathlib import Path

import msgspec

from cleaner.cli.terminal import say


class _Chosen(msgspec.Struct, frozen=True):
    """The part of a run's statistics that tells its options."""

    chosen: dict[str, int] = {}


def told_keys(stats: Path, consequence: str) -> dict[str, str]:
    """The keys that a run was told, by the option that names each; none where there are no `stats`.

    Says the `consequence` where the file is there and can't be read.
    """
    try:
        chosen = msgspec.json.decode(_of_whole(stats).read_bytes(), type=_Chosen).chosen
    except FileNotFoundError:
        return {}
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        say(f"{stats} can't be read ({error}), so it isn't known which keys the run was told; {consequence}.")
        return {}
    return {option: key for option, _, key in (each.partition(" ") for each in chosen)}


def _of_whole(stats: Path) -> Path:
    """Where the statistics are; the parts of a run share theirs."""
    return stats.with_name("stats.json") if stats.name.startswith("part-") else stats
