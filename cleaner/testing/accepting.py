"""`--clean-accept`: what the cleaner gives today becomes the golden text of the samples that are named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pytest

from cleaner.errors import CleanerError
from cleaner.golden.accepting import accept, refuse_under_ci
from cleaner.golden.changes import Change, changes
from cleaner.testing.check import Check, Subject
from cleaner.visible import visible

_OPTION = "--clean-accept"
_OUTPUT = "clean_accepted"
# Of several workers of pytest-xdist, all of which know all tests, one writes.
_WRITER = "gw0"

_done = pytest.StashKey[list[str]]()
_problems = pytest.StashKey[list[str]]()


def require_person() -> None:
    """Raise UsageError where what runs is no person: the option is refused before anything is collected."""
    try:
        refuse_under_ci()
    except CleanerError as error:
        raise pytest.UsageError(f"{_OPTION}: {error}") from error


def accept_named(session: pytest.Session) -> None:
    """Accept what the session's option names, all of it or nothing.

    Raises UsageError where a name means none of the tests to be run, or several; a worker of pytest-xdist
    leaves that to `refused`.
    """
    worker = getattr(session.config, "workerinput", None)
    if worker is not None and worker["workerid"] != _WRITER:
        return
    done: list[str] = []
    problem = ""
    try:
        subjects = _subjects(session)
        done = _accept([_meant(id, subjects) for id in session.config.getoption("clean_accept")])
    except CleanerError as error:
        problem = f"{_OPTION}: {error}"
    if worker is not None:
        output: dict[str, Any] = session.config.workeroutput  # type: ignore[attr-defined]
        output[_OUTPUT] = {"done": done, "problem": problem}
    elif problem:
        raise pytest.UsageError(visible(problem))
    session.config.stash[_done] = done


def take_over(config: pytest.Config, output: dict[str, Any]) -> None:
    """Note in the main process what a worker's `output` says of what it accepted."""
    said = output.get(_OUTPUT)
    if said:
        config.stash[_done] = said["done"]
        config.stash[_problems] = [said["problem"]] if said["problem"] else []


def refused(config: pytest.Config) -> bool:
    """Whether a worker could not accept what was named."""
    return bool(config.stash.get(_problems, []))


def report(reporter: Any, config: pytest.Config) -> None:
    """Print what was written and deleted, or why nothing was."""
    done, problems = config.stash.get(_done, []), config.stash.get(_problems, [])
    if done or problems:
        reporter.section("golden texts accepted" if done else "nothing was accepted")
        for line in done:
            reporter.write_line(visible(line))
        for line in problems:
            reporter.write_line(f"ERROR: {visible(line)}", red=True)


def _subjects(session: pytest.Session) -> list[Subject]:
    """The samples that the session's tests are about, each once."""
    found = [item.subject for item in session.items if isinstance(item, Check) and item.subject]
    return list(dict.fromkeys(found))


def _meant(id: str, subjects: Sequence[Subject]) -> Subject:
    """What `id` means. An id without its folder will do where only one sample has it."""
    meant = [each for each in subjects if id in (each.name, each.name.partition("/")[2])]
    if len(meant) == 1:
        return meant[0]
    if meant:
        places = " or ".join(f"{each.name} in {each.house.root}" for each in meant)
        raise CleanerError(
            f"{id!r} may be {places}; name its folder, or give pytest its path only. {_NOTHING}"
        )
    known = ", ".join(each.name for each in subjects[:5]) + (", …" if len(subjects) > 5 else "")
    raise CleanerError(
        f"no sample called {id!r} is among the tests to be run ({known or 'there is none'}); give pytest the "
        f"sample's path, or none. {_NOTHING}"
    )


_NOTHING = "Nothing was written"


def _accept(subjects: Iterable[Subject]) -> list[str]:
    """Accept the changes of `subjects`; what was done, a line for each file."""
    chosen: list[Change] = []
    done: list[str] = []
    found: dict[object, dict[str, Change]] = {}
    for house, name in dict.fromkeys(subjects):
        if house not in found:
            found[house] = {change.name: change for change in changes(house.suite)}
        change = found[house].get(name)
        if change is None:
            done.append(f"{name} is unchanged; there was nothing to accept")
            continue
        chosen.append(change)
        done += (f"{'deleted' if text is None else 'written'} {path}" for path, text in change.files.items())
    accept(chosen)
    return done
