"""Who makes the parts of a run: this process, or the workers of a Ray cluster.

A worker reads the files of its part itself and writes the part itself; what goes through Ray is the names of
the files there and the numbers of what was done back. What becomes of a worker that dies, and of its part, is
left to Ray.
"""

from __future__ import annotations

import os
import signal
import socket
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from importlib import import_module
from pathlib import Path
from platform import node
from typing import Any, Protocol, TypeAlias

import msgspec

from cleaner.dumps.elsewhere import Unreachable, lines_begun
from cleaner.dumps.engines import cores
from cleaner.dumps.fingerprint import Rules, releases, rules_of
from cleaner.dumps.part_files import Done, PartNames, made_part
from cleaner.dumps.tasks import Stretch, Task
from cleaner.dumps.work import Settings, Worker
from cleaner.errors import CleanerError
from cleaner.extras import installing

ATTEMPTS = 5
"""How often a part is begun before it counts as failed."""

MOST_FAILED = 8
"""After so many failed parts no further one is begun."""

# One to work on and one that waits, so that no worker waits for its next.
_AHEAD = 2

# How many parts may be begun or done and not yet counted, for each worker.
_HELD = 8

_SECONDS_TO_ANSWER = 10

# Ray phones home otherwise.
_QUIET = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0"}


class Job(msgspec.Struct, frozen=True):
    """What every worker of a run must know. It can be pickled."""

    run: str
    """The digest of the run's fingerprint."""
    out: str
    ending: str
    settings: Settings
    releases: Mapping[str, str]
    rules: Rules
    ledger: bytes | None = None
    """The whole ledger: its file needn't be there where a worker is."""
    formats: frozenset[str] = frozenset()
    """The formats and packings of what is read and written: what reads them must be the same everywhere."""


class Failed(msgspec.Struct, frozen=True):
    """A part that could not be made, and why."""

    number: int
    place: str
    reason: str


Outcome: TypeAlias = Done | Failed


class Engine(Protocol):
    """Something that does the work of a run."""

    @property
    def workers(self) -> int:
        """How many parts are worked on at the same time."""

    def lines(self, stretches: Sequence[Stretch]) -> Sequence[int]:
        """How many lines begin in each stretch. Raises CleanerError where one can't be read."""

    def outcomes(self, tasks: Iterator[Task], job: Job) -> Iterator[Outcome]:
        """What became of each task, in their order."""


class PartMaker:
    """Makes parts of one run. What it needs is made once."""

    def __init__(self, job: Job) -> None:
        """Raises CleanerError where this machine would make other parts than the run's own."""
        self._job = job
        _check_releases(job)
        self._settings = job.settings
        with _with_ledger(job) as settings:
            self._worker = Worker(settings)
        _check_rules(job, rules_of(job.settings.packs, self._worker.cleaners.ledger))

    def __call__(self, task: Task) -> Done:
        """See to it that the part of `task` is there. Raises CleanerError where it can't be made."""
        names = PartNames(self._job.out, task.number, self._job.ending)
        return made_part(task, self._job.run, names, self._settings, self._worker)


class Here:
    """All work in this process, one part after the other."""

    workers = 1

    def lines(self, stretches: Sequence[Stretch]) -> Sequence[int]:
        return [lines_begun(each.file.entry, each.start, each.end) for each in stretches]

    def outcomes(self, tasks: Iterator[Task], job: Job) -> Iterator[Outcome]:
        maker, failed = PartMaker(job), 0
        for task in tasks:
            try:
                yield maker(task)
            except CleanerError as error:
                yield Failed(task.number, task.place, str(error))
                failed += 1
                if failed >= MOST_FAILED:
                    return


class OnRay:
    """The work as tasks of Ray, a task a part."""

    def __init__(self, jobs: int | None) -> None:
        """At most `jobs` parts are worked on at the same time; without it, as many as there are cores."""
        self._ray: Any = import_module("ray")
        self._jobs = jobs

    @property
    def workers(self) -> int:
        there = int(self._ray.cluster_resources().get("CPU", 1))
        return max(1, there if self._jobs is None else min(self._jobs, there))

    def lines(self, stretches: Sequence[Stretch]) -> Sequence[int]:
        remote = self._remote(count_lines)
        begun = [remote.remote(stretch) for stretch in stretches]
        try:
            with _interruptible():
                found: list[int] = self._ray.get(begun)
        except Exception as error:
            for each in begun:
                self._ray.cancel(each)
            raise CleanerError(_reason(error)) from error
        return found

    def outcomes(self, tasks: Iterator[Task], job: Job) -> Iterator[Outcome]:
        held = self._ray.put(job)
        remote = self._remote(clean_part)
        begun: dict[Any, Task] = {}
        done: dict[int, Outcome] = {}
        following, failed = 0, 0
        waiting = next(tasks, None)
        try:
            while waiting is not None or begun:
                workers = self.workers
                ahead = _AHEAD if self._jobs is None else 1
                while (
                    waiting is not None
                    and len(begun) < workers * ahead
                    and len(begun) + len(done) < workers * _HELD
                ):
                    begun[remote.remote(waiting, job.run, [held])] = waiting
                    waiting = next(tasks, None)
                with _interruptible():
                    ended, _ = self._ray.wait(list(begun), num_returns=1)
                for each in ended:
                    task = begun.pop(each)
                    outcome = self._outcome(each, task)
                    done[task.number] = outcome
                    failed += isinstance(outcome, Failed)
                if failed >= MOST_FAILED:
                    waiting = None
                while following in done:
                    yield done.pop(following)
                    following += 1
        finally:
            for each in begun:
                with suppress(Exception):
                    self._ray.cancel(each, force=True)

    def _remote(self, function: Callable[..., object]) -> Any:
        # What a program gets wrong, it gets wrong again; a network needn't.
        return self._ray.remote(function).options(
            num_cpus=1, max_retries=ATTEMPTS - 1, retry_exceptions=[Unreachable]
        )

    def _outcome(self, ended: Any, task: Task) -> Outcome:
        try:
            with _interruptible():
                outcome: Outcome = self._ray.get(ended)
        except Exception as error:
            return Failed(task.number, task.place, _reason(error))
        return outcome


def clean_part(task: Task, run: str, held: Sequence[Any]) -> Outcome:
    """Make one part, in a worker of Ray. Raises Unreachable where another attempt can succeed."""
    try:
        return _maker(run, held)(task)
    except Unreachable:
        raise
    except CleanerError as error:
        return Failed(task.number, task.place, str(error))


def count_lines(stretch: Stretch) -> int:
    """How many lines begin in a stretch, told by a worker of Ray."""
    return lines_begun(stretch.file.entry, stretch.start, stretch.end)


@contextmanager
def ray_cluster(address: str | None, jobs: int | None) -> Iterator[OnRay]:
    """The Ray cluster at `address`; without it, the one of the environment variable RAY_ADDRESS, or one on
    this machine that lasts as long as the context, with `jobs` workers.

    Raises CleanerError where Ray isn't installed, or no cluster answers.
    """
    for name, value in _QUIET.items():
        os.environ.setdefault(name, value)
    try:
        ray: Any = import_module("ray")
    except ImportError as error:
        raise CleanerError(
            "--engine ray needs ray, which isn't installed; "
            f"install it with: {installing('ray', 'fsspec')} (nothing was written)"
        ) from error
    address = address or os.environ.get("RAY_ADDRESS") or None
    own = not ray.is_initialized()
    with ExitStack() as stack:
        if own:
            _connect(ray, address, jobs)
            stack.callback(ray.shutdown)
        yield OnRay(jobs)


@contextmanager
def _interruptible() -> Iterator[None]:
    """What a signal raises inside Ray comes out as itself: Ray makes an error of its own of it."""
    try:
        yield
    except SystemError as error:
        if error.__cause__ is None:
            raise
        raise error.__cause__ from None


def _connect(ray: Any, address: str | None, jobs: int | None) -> None:
    alone: dict[str, Any] = (
        {"num_cpus": jobs or cores(), "include_dashboard": False} if address is None else {}
    )
    if address is not None:
        _check_answers(address)
    # Ray would answer signals in its own way.
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        ray.init(address=address or "local", logging_level="ERROR", log_to_driver=False, **alone)
    except Exception as error:
        where = f"no Ray cluster answers at {address}" if address else "Ray can't be started on this machine"
        raise CleanerError(f"{where} ({_first_line(error)}); nothing was written") from error
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _check_answers(address: str) -> None:
    """Raise CleanerError where nobody listens at `address`: Ray itself would wait for minutes."""
    host, colon, port = address.rpartition("://")[2].rpartition(":")
    if not colon or not port.isdigit():
        return
    try:
        with socket.create_connection((host.strip("[]"), int(port)), _SECONDS_TO_ANSWER):
            return
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or error
        raise CleanerError(f"no Ray cluster answers at {address} ({reason}); nothing was written") from error


_MAKERS: dict[str, PartMaker] = {}


def _maker(run: str, held: Sequence[Any]) -> PartMaker:
    """What makes parts of this `run`, made once in a process."""
    if run not in _MAKERS:
        [job] = import_module("ray").get(list(held))
        _MAKERS.clear()
        _MAKERS[run] = PartMaker(job)
    return _MAKERS[run]


@contextmanager
def _with_ledger(job: Job) -> Iterator[Settings]:
    """The settings of a run, with the path of a ledger that is there on this machine."""
    if job.ledger is None:
        yield job.settings
        return
    number, name = tempfile.mkstemp(prefix="clean-", suffix=".ledger")
    try:
        with os.fdopen(number, "wb") as file:
            file.write(job.ledger)
        yield msgspec.structs.replace(job.settings, ledger=Path(name))
    finally:
        # It is mapped into memory by now, and nobody could delete it once the worker is killed.
        with suppress(OSError):
            Path(name).unlink()


def _check_releases(job: Job) -> None:
    here = releases(job.formats)
    if here == job.releases:
        return
    others = ", ".join(
        f"{_release(name, here)} instead of {_release(name, job.releases)}"
        for name in {**job.releases, **here}
        if here.get(name) != job.releases.get(name)
    )
    raise CleanerError(
        f"the machine {node()} has {others}, so it would make other parts; install the same "
        "releases on all machines"
    )


def _release(name: str, releases: Mapping[str, str]) -> str:
    return f"{name} {releases[name]}" if name in releases else f"no {name}"


def _check_rules(job: Job, here: Rules) -> None:
    changes = "; ".join(job.rules.changes(here))
    if changes:
        raise CleanerError(f"on the machine {node()}, {changes}; install the same packs on all machines")


def _reason(error: Exception) -> str:
    """Why Ray says that a task has failed."""
    cause = getattr(error, "cause", None)
    if isinstance(cause, CleanerError):
        return str(cause)
    name = type(error).__name__
    if name == "OutOfMemoryError":
        return "a worker ran out of memory, again and again; use a smaller --part-size, or machines with more"
    if name in ("WorkerCrashedError", "NodeDiedError", "RaySystemError"):
        return f"its worker ended, {ATTEMPTS} times ({name})"
    return f"it failed unforeseen ({name}: {_last_line(error)})"


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]


def _last_line(error: Exception) -> str:
    return str(error).strip().rpartition("\n")[2]
