"""The two streams of a terminal: answers and notes, with nothing in them that it would obey."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, TextIO

from cleaner.visible import visible

if TYPE_CHECKING:
    from rich.console import Console

_USUAL_COLUMNS = 80


def stdout_console() -> Console:
    """A console for answers. It reads no markup and no emoji codes, and highlights nothing by itself."""
    return _console(sys.stdout)


def stderr_console() -> Console:
    """A console for errors, notes, progress and summaries, under the same rules as `stdout_console`."""
    return _console(sys.stderr)


def say(message: str) -> None:
    """Write one line to standard error, everything in it made visible.

    It is wrapped between words where that is a terminal, and never else: a program reads it line by line.
    """
    line = visible(message)
    sys.stderr.write((_wrapped(line, _columns()) if sys.stderr.isatty() else line) + "\n")
    sys.stderr.flush()


def _wrapped(line: str, columns: int) -> str:
    if len(line) <= columns:
        return line
    from textwrap import wrap

    margin = len(line) - len(line.lstrip(" "))
    # A paragraph has none, so that the list below it stands out.
    indent = " " * (margin + 2) if margin else ""
    # Paths and commands stay whole, so that they can be copied.
    pieces = wrap(line, columns, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
    return "\n".join(pieces)


def _columns() -> int:
    said = os.environ.get("COLUMNS", "")
    if said.isdigit() and int(said):
        return int(said)
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or _USUAL_COLUMNS
    except OSError:
        return _USUAL_COLUMNS


def _console(stream: TextIO) -> Console:
    from rich.console import Console

    class Piped(Console):
        def on_broken_pipe(self) -> None:
            # Rich would end with 1, which means here that a verdict failed; `main` knows better.
            raise BrokenPipeError

    return Piped(file=stream, markup=False, emoji=False, highlight=False)
