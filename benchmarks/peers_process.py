"""A tool in a process of its own: its answers, the processor time they take, and why there is none."""

from __future__ import annotations

import gc
import multiprocessing
import os
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Generic, NamedTuple, TypeVar

from html_tools import Article

from cleaner.visible import visible

LIMIT = 30.0
"""Seconds on the clock that a tool has for one input."""

Input = TypeVar("Input")


class Answer(NamedTuple):
    """What a tool made of one input, and the seconds of processor time it took."""

    article: Article
    seconds: float


class Failure(NamedTuple):
    """Why there is no answer: `takes over 30 s`, `dies (exit code -11)`, `fails (ValueError: …)`."""

    reason: str


class ToolProcess(Generic[Input]):
    """Runs a tool on one input at a time; ended and begun anew where an input takes too long or kills it."""

    def __init__(
        self, tool: Callable[[Input], Article], inputs: Sequence[Input], limit: float = LIMIT
    ) -> None:
        self._tool = tool
        self._inputs = inputs
        self._limit = limit
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    def __call__(self, number: int) -> Answer | Failure:
        """The tool's answer to the input of this number."""
        answer: Answer | Failure = self._asked(number, self._limit)
        return answer

    def times(self, numbers: Sequence[int]) -> dict[int, float] | Failure:
        """One input straight after the other: the seconds of each that the tool answers, by its number."""
        times: dict[int, float] | Failure = self._asked(tuple(numbers), self._limit * len(numbers))
        return times

    def _asked(self, request: int | tuple[int, ...], limit: float) -> Any:
        pipe = self._pipe or self._begin()
        try:
            pipe.send(request)
            if pipe.poll(limit):
                return pipe.recv()
        except (EOFError, OSError):
            return Failure(f"dies (exit code {self._exit_code()})")
        self.end()
        return Failure(f"takes over {limit:g} s")

    def end(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = None

    def _begin(self) -> Connection:
        # A fork would hold what other tools have loaded.
        fresh = multiprocessing.get_context("spawn")
        self._pipe, theirs = fresh.Pipe()
        self._process = fresh.Process(target=_serve, args=(theirs, self._tool, self._inputs), daemon=True)
        self._process.start()
        theirs.close()
        self._pipe.recv()  # It is ready; what it takes to start counts for no input.
        return self._pipe

    def _exit_code(self) -> int | None:
        assert self._process is not None
        self._process.join()
        code = self._process.exitcode
        self.end()
        return code


def _serve(pipe: Connection, tool: Callable[[Input], Article], inputs: Sequence[Input]) -> None:
    # What a tool says on a terminal can be text of a page, control characters and all.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    gc.disable()
    pipe.send(None)
    while True:
        try:
            request = pipe.recv()
        except EOFError:
            return
        if isinstance(request, int):
            pipe.send(_answered(tool, inputs[request]))
            continue
        gc.collect()
        answers = ((number, _answered(tool, inputs[number])) for number in request)
        pipe.send({number: answer.seconds for number, answer in answers if isinstance(answer, Answer)})


def _answered(tool: Callable[[Input], Article], item: Input) -> Answer | Failure:
    start = time.process_time()
    try:
        article = tool(item)
    except Exception as error:
        return Failure(f"fails ({visible(f'{type(error).__name__}: {error}')[:80]})")
    return Answer(article, time.process_time() - start)
