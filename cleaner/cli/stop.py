"""Interrupt and termination as an exception that lets every open file be discarded on its way out."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_NAMES = {signal.SIGINT: "interrupted", signal.SIGTERM: "terminated"}


class Stopped(BaseException):
    """The process was asked to stop. Like KeyboardInterrupt, it is no Exception that a record could cause."""

    def __init__(self, number: int) -> None:
        super().__init__(_NAMES[signal.Signals(number)])
        self.code = 128 + number
        self.outcome = "no file was changed"
        """What is left of what was done."""

    def __str__(self) -> str:
        return f"{super().__str__()}; {self.outcome}"


class Unread(BaseException):
    """Nobody reads standard output any more."""


@contextmanager
def stop_on_signals() -> Iterator[None]:
    """Raise `Stopped` where the process gets SIGINT or SIGTERM, unless it was started to ignore them."""
    before = {number: signal.getsignal(number) for number in _NAMES}
    for number, handler in before.items():
        if handler is not signal.SIG_IGN:
            signal.signal(number, _stop)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(number: int, frame: FrameType | None) -> None:
    # One is enough: a second one must not disturb the tidying up.
    for each in _NAMES:
        signal.signal(each, signal.SIG_IGN)
    raise Stopped(number)
