"""An earlier run: one that didn't come to its end is gone on with, begun anew, or spoken of; one that did is
not done twice."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from pathlib import Path

from cleaner.cli.counted import agreeing, counted
from cleaner.dumps.fingerprint import Fingerprint
from cleaner.dumps.finished import Finished
from cleaner.dumps.growing import discard, refuse_running
from cleaner.dumps.journal import Journal, State
from cleaner.errors import CleanerError


class Wish(Enum):
    """What a person wants done about an unfinished run."""

    unsaid = ""
    resume = "--resume"
    start_over = "--start-over"


def taken_up(journal: Journal, out: Path, wish: Wish, fingerprint: Callable[[], Fingerprint]) -> State | None:
    """The state to go on from; None where the run begins at the start.

    Raises CleanerError where an unfinished run is in the way, can't be resumed, or goes on at this moment.
    """
    state = journal.read()
    if state is None:
        return None
    refuse_running(state, out)
    if state.fingerprint is None or wish is Wish.start_over:
        discard(state)
        journal.forget()
        return None
    if wish is Wish.unsaid:
        raise CleanerError(
            f"a run that writes {out} was stopped; {_done(state)} done, in {_files(state)}. Add --resume to "
            "go on with it, or --start-over to delete what it has done. Nothing was changed"
        )
    changes = state.fingerprint.changes(fingerprint())
    if changes:
        raise CleanerError(
            f"the run that writes {out} can't be resumed, as the rest would not fit what is done: "
            f"{'; '.join(changes)}. Put that back, or begin anew with --start-over. Nothing was changed"
        )
    return state


def resuming(state: State) -> str:
    """What is said of a run that goes on."""
    return f"Going on with the run that was stopped: {_done(state)} done."


def already_done(done: Finished, out: str) -> str:
    """What is said where the run that is to be resumed has come to its end."""
    errors = sum(done.errors.values())
    others = f" and {counted(errors, 'error')}" if errors else ""
    records = counted(done.records, "record")
    return f"The run that writes {out} is finished, with {records}{others}: nothing is left to do."


def none_stopped(out: str, other: Finished | None) -> str:
    """What is said where there is nothing to resume, and what is at `out` is of an `other` run, if of any."""
    said = f"No run that writes {out} was stopped: beginning at the start."
    there = " What is there is of another run, and stays until this one is whole."
    return said if other is None else said + there


def kept(state: State) -> str:
    """What is said of a run that is stopped now and can go on later."""
    return f"{_done(state)} done and kept: the same command with --resume goes on from there"


def _done(state: State) -> str:
    tally = state.tally
    verb = "are" if tally.errors else agreeing(tally.records, "is", "are")
    errors = f" and {counted(tally.errors, 'error')}" if tally.errors else ""
    return f"{counted(tally.records, 'record')}{errors} {verb}"


def _files(state: State) -> str:
    return ", ".join(each.hidden for each in state.files[:2])
