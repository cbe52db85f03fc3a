"""The two streams of a terminal: answers and notes, with nothing in them that it would obey."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TextIO

from cleaner.visible import visible

if TYPE_CHECKING:
    from rich.console import Console


def stdout_console() -> Console:
    """A console for answers. It reads no markup and no emoji codes, and highlights nothing by itself."""
    return _console(sys.stdout)


def stderr_console() -> Console:
    """A console for errors, notes, progress and summaries, under the same rules as `stdout_console`."""
    return _console(sys.stderr)


def say(message: str) -> None:
    """Write one line to standard error, everything in it made visible, never wrapped."""
    sys.stderr.write(visible(message) + "\n")
    sys.stderr.flush()


def _console(stream: TextIO) -> Console:
    from rich.console import Console

    class Piped(Console):
        def on_broken_pipe(self) -> None:
            # Rich would end with 1, which means here that a verdict failed; `main` knows better.
            raise BrokenPipeError

    return Piped(file=stream, markup=False, emoji=False, highlight=False)
