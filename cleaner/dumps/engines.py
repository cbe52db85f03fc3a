"""Who does the work on the shards: this process, or several. The parts come in the order of the shards."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

import msgspec

from cleaner.dumps.shards import Shard
from cleaner.errors import CleanerError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess
    from queue import SimpleQueue

FEW = 3
"""So many shards are done sooner than a process is started."""

# One to work on and one that waits, so that no worker waits for its next.
_AHEAD = 2

# How many shards may be read and not yet written, for each worker: what waits for a slow one takes memory.
_HELD = 4

_SECONDS_TO_END = 5


class Numbered(Protocol):
    """What a shard becomes; it says which shard it was."""

    @property
    def number(self) -> int: ...


Made = TypeVar("Made", bound=Numbered)
Made_co = TypeVar("Made_co", bound=Numbered, covariant=True)


class Work(Protocol[Made_co]):
    """All that decides what a shard becomes. It can be pickled."""

    def worker(self) -> Callable[[Shard], Made_co]:
        """What does the work, made once a process."""


class WorkerLost(CleanerError):
    """A worker's process ended before its work was done."""


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def parts(
    shards: Iterable[Shard], worker: Callable[[Shard], Made], work: Work[Made], jobs: int, few: int = FEW
) -> Generator[Made]:
    """What the shards become, in their order, by up to `jobs` processes.

    `worker`, which `work` made, does the first `few` in this process, all of them where `jobs` is 1. Raises
    CleanerError where a shard can't be worked on, and WorkerLost where a process is ended from outside.
    """
    shards = iter(shards)
    yield from map(worker, shards if jobs == 1 else islice(shards, few))
    first = next(shards, None)
    if first is not None:
        yield from _Processes(work, jobs).parts(chain((first,), shards))


class _Failure(msgspec.Struct, frozen=True):
    """Why a worker can't go on."""

    said: str
    foreseen: bool


class _Process(Generic[Made]):
    """One worker's process, seen from outside."""

    def __init__(self, work: Work[Made]) -> None:
        from multiprocessing import get_context
        from multiprocessing.resource_tracker import ensure_running

        # A fork would take over locks that threads hold, and a parser's memory; a new process has neither.
        context = get_context("spawn")
        self.end, other = context.Pipe()
        self._process: SpawnProcess = context.Process(target=_work, args=(other, work), daemon=True)
        # Starting the first process would start this too, and that lets interrupts through again.
        ensure_running()
        with _interrupts_held():
            self._process.start()
        other.close()
        self.begun: list[Shard] = []
        """The shards that were given to it, without their bytes."""

    def give(self, shard: Shard) -> None:
        self.begun.append(_place_of(shard))
        try:
            self.end.send(shard)
        except OSError as error:
            raise self.lost() from error

    def take(self) -> Made:
        try:
            got = self.end.recv()
        except (EOFError, OSError) as error:
            raise self.lost() from error
        if isinstance(got, _Failure):
            if got.foreseen:
                raise CleanerError(got.said)
            raise RuntimeError(f"a worker failed at {self._place()}\n{got.said}")
        self.begun.pop(0)
        made: Made = got
        return made

    def lost(self) -> WorkerLost:
        self._process.join(_SECONDS_TO_END)
        code = self._process.exitcode
        how = _ended(code)
        hint = "; most likely memory ran out: use fewer --jobs" if code == -9 else ""
        return WorkerLost(
            f"a worker (process {self._process.pid}) {how} while it cleaned {self._place()}{hint}"
        )

    def stop(self) -> None:
        self.end.close()
        self._process.terminate()

    def wait(self) -> None:
        self._process.join(_SECONDS_TO_END)
        if self._process.exitcode is None:
            self._process.kill()
            self._process.join()
        self._process.close()

    def _place(self) -> str:
        return self.begun[0].place if self.begun else "nothing"


class _Processes(Generic[Made]):
    """As many workers as there are `jobs`, each in a process of its own."""

    def __init__(self, work: Work[Made], jobs: int) -> None:
        self._work = work
        self._jobs = jobs

    def parts(self, shards: Iterator[Shard]) -> Iterator[Made]:
        from multiprocessing.connection import wait

        workers: list[_Process[Made]] = []
        done: dict[int, Made] = {}
        try:
            first = next(shards)
            following = first.number
            waiting: Shard | None = first
            while True:
                while waiting is not None and self._has_room(workers, done):
                    self._least_busy(workers).give(waiting)
                    waiting = next(shards, None)
                busy = {worker.end: worker for worker in workers if worker.begun}
                if not busy:
                    return
                for end in wait(list(busy)):
                    part = busy[end].take()  # type: ignore[index]
                    done[part.number] = part
                while following in done:
                    yield done.pop(following)
                    following += 1
        finally:
            for worker in workers:
                worker.stop()
            for worker in workers:
                worker.wait()

    def _has_room(self, workers: list[_Process[Made]], done: dict[int, Made]) -> bool:
        begun = sum(len(worker.begun) for worker in workers)
        return begun < self._jobs * _AHEAD and begun + len(done) < self._jobs * _HELD

    def _least_busy(self, workers: list[_Process[Made]]) -> _Process[Made]:
        least = min(workers, key=lambda worker: len(worker.begun), default=None)
        if len(workers) < self._jobs and (least is None or least.begun):
            workers.append(_Process(self._work))
            return workers[-1]
        assert least is not None
        return least


def _place_of(shard: Shard) -> Shard:
    """The shard without what it holds, to speak of it."""
    return msgspec.structs.replace(shard, data=b"") if hasattr(shard, "data") else shard


def _ended(code: int | None) -> str:
    if code is None:
        return "fell silent"
    if code >= 0:
        return f"ended with code {code}"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = f"signal {-code}"
    return f"was ended by {name}"


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """What is started in the block never sees an interrupt: that is the business of who started it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(end: Connection[Any, Any], work: Work[Numbered]) -> None:
    """A worker's life: take a shard, give back its part, until nobody is there any more."""
    from queue import SimpleQueue
    from threading import Thread

    inbox: SimpleQueue[Shard] = SimpleQueue()
    # A thread of its own takes what comes, so that neither side waits for the other to take something.
    Thread(target=_receive, args=(end, inbox), daemon=True).start()
    try:
        worker = work.worker()
        while True:
            _send(end, worker(inbox.get()))
    except CleanerError as error:
        _send(end, _Failure(str(error), foreseen=True))
    except Exception:
        from traceback import format_exc

        _send(end, _Failure(format_exc(), foreseen=False))
    # Who started this ends it, once it has read the failure.
    _receive_nothing(inbox)


def _receive(end: Connection[Any, Any], inbox: SimpleQueue[Shard]) -> None:
    with suppress(EOFError, OSError):
        while True:
            inbox.put(end.recv())
    # Nobody wants the work any more.
    sys.stderr.flush()
    os._exit(0)


def _receive_nothing(inbox: SimpleQueue[Shard]) -> None:
    while True:
        inbox.get()


def _send(end: Connection[Any, Any], what: Numbered | _Failure) -> None:
    try:
        end.send(what)
    except OSError:
        os._exit(0)
