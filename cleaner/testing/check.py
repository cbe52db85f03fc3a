"""One test that nobody had to write: something is asked, and the answer is what is wrong."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import pytest

from cleaner.errors import CleanerError
from cleaner.testing.house import House
from cleaner.visible import visible


class Line(NamedTuple):
    """A line of what a failed check tells; what it quotes is made visible when it is shown."""

    text: str
    colour: str = ""
    """`red`, `green` or `cyan`."""


class Failure(NamedTuple):
    """What is wrong: in one sentence, and the lines that show it."""

    problem: str
    lines: tuple[Line, ...] = ()


Question: TypeAlias = Callable[[], Failure | None]


class Subject(NamedTuple):
    """The sample, or what is left of one, that a check is about."""

    house: House
    name: str


class Check(pytest.Item):
    """One thing that is asked of a pack, a rule, a sample or a golden."""

    def __init__(
        self,
        *,
        ask: Question,
        about: str,
        line: Callable[[], int | None] | None = None,
        subject: Subject | None = None,
        **given: Any,
    ) -> None:
        """`about` names what is asked, for the head of a failure; `line`, from 1, is where it stands."""
        super().__init__(**given)
        self.subject = subject
        self._ask = ask
        self._about = about
        self._line = line

    def runtest(self) -> None:
        """Ask. Raises `FailedCheck` where something is wrong."""
        failure = self._ask()
        if failure is not None:
            raise FailedCheck(failure)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What is wrong, for people; a traceback only of what nobody foresaw."""
        if isinstance(excinfo.value, FailedCheck):
            return _Shown(excinfo.value.failure)
        if isinstance(excinfo.value, CleanerError):
            return _Shown(Failure(str(excinfo.value)))
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """The file, the line from 0, and what is asked."""
        line = self._line() if self._line else None
        return Path(visible(str(self.path))), line - 1 if line else 0, visible(self._about)


class FailedCheck(Exception):
    """A check found something wrong."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.problem)
        self.failure = failure


class _Crash(NamedTuple):
    """Where pytest looks for the message that its short summary shows."""

    message: str


class _Shown:
    """A failure as pytest prints it, with nothing in it that a terminal would obey."""

    def __init__(self, failure: Failure) -> None:
        self._lines = [Line(failure.problem), *failure.lines]
        self.reprcrash = _Crash(visible(failure.problem))

    def __str__(self) -> str:
        return "\n".join(visible(line.text) for line in self._lines)

    def toterminal(self, writer: Any) -> None:
        """Print it; `writer` is pytest's."""
        encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
        for line in self._lines:
            shown = visible(line.text).encode(encoding, "backslashreplace").decode(encoding)
            writer.line(shown, **({line.colour: True} if line.colour else {}))


class CleanFile(pytest.File):
    """A pack, a sample or a golden."""

    house: House

    @classmethod
    def at(cls, path: Path, parent: pytest.Collector, house: House) -> CleanFile:
        """The collector of the file at `path` in `house`."""
        # A name from elsewhere can hold what a terminal obeys; the other names are left to pytest.
        shown: dict[str, Any] = {}
        if visible(str(path)) != str(path):
            relative = Path(os.path.relpath(path, parent.config.rootpath)).as_posix()
            shown = {"name": visible(path.name), "nodeid": visible(relative)}
        made = cls.from_parent(parent, path=path, **shown)
        made.house = house
        return made

    def from_here(self, path: Path) -> str:
        """`path` as it is written in a command given where pytest was started."""
        return os.path.relpath(path, self.config.invocation_params.dir)

    def check(self, name: str, ask: Question, about: str, **more: Any) -> Check:
        """One check of this file."""
        return Check.from_parent(self, name=visible(name), ask=ask, about=about, **more)


def failing(problem: str, lines: Iterable[Line] = ()) -> Question:
    """A question whose answer is known beforehand."""
    failure = Failure(problem, tuple(lines))
    return lambda: failure
