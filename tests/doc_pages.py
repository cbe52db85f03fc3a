"""The pages of documentation as they are for a reader: blocks to be run, one after the other, in a folder.

What a page says to this reader stands in comments, which a browser doesn't show:

- `<!-- at hand: seeds, docs/examples -->`: these of the project's files are in the page's folder, too;
- `<!-- not run: REASON -->`, above a block: it can't be run here;
- `<!-- needs: MODULE, … -->`, above a block: it is run where these modules are installed;
- `<!-- exit: 1 -->`, above a block of a shell's: its last command ends with this code.
"""

from __future__ import annotations

import ast
import contextlib
import doctest
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from conftest import ROOT

_FENCE = re.compile(r"^(?P<mark>`{3,})(?P<language>[^\n`]*)\n(?P<code>.*?)^(?P=mark)[ \t]*$", re.M | re.S)
_MARK = re.compile(r"^<!-- (?P<name>[a-z ]+): (?P<value>.*) -->\n\s*\Z", re.M)
_AT_HAND = re.compile(r"^<!-- at hand: (.*) -->$", re.M)
_FILE = re.compile(r"# (?P<path>[\w./-]+\.(?:toml|py))\n")

_LONGEST_RUN = 300


@dataclass(frozen=True)
class Block:
    """One fenced block of a page."""

    page: str
    line: int
    language: str
    code: str
    marks: Mapping[str, str]

    @property
    def name(self) -> str:
        """Where it stands, as tests are named by it."""
        return f"{self.page}:{self.line}"

    @property
    def reason_to_skip(self) -> str | None:
        """Why it can't be run here; None where it can."""
        if "not run" in self.marks:
            return self.marks["not run"]
        needed = [name.strip() for name in self.marks.get("needs", "").split(",") if name.strip()]
        missing = [name for name in needed if find_spec(name) is None]
        return f"{', '.join(missing)} isn't installed" if missing else None


def blocks_of(path: Path) -> list[Block]:
    """The fenced blocks of a page, in order."""
    text = path.read_text(encoding="utf-8")
    name = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name
    return [
        Block(
            name,
            text.count("\n", 0, match.start()) + 1,
            match["language"].strip(),
            match["code"],
            dict(_marks_before(text, match.start())),
        )
        for match in _FENCE.finditer(text)
    ]


def _marks_before(text: str, at: int) -> Iterator[tuple[str, str]]:
    while mark := _MARK.search(text[:at]):
        # A mark belongs to the block that stands on the next line.
        if text[mark.start() : at].count("\n\n"):
            return
        yield mark["name"], mark["value"]
        at = mark.start()


@dataclass
class Reader:
    """Somebody who follows a page from its top, in a fresh folder: with a shell, Python and an editor."""

    path: Path
    folder: Path = field(default_factory=lambda: Path(mkdtemp(prefix="page-")))

    def __post_init__(self) -> None:
        self._here = self.folder
        self._namespace: dict[str, Any] = {"__name__": "page"}
        self._outcomes: dict[str, Exception | None] = {}
        for names in _AT_HAND.findall(self.path.read_text(encoding="utf-8")):
            for name in names.split(","):
                self._bring(name.strip())

    def close(self) -> None:
        """Throw the folder away."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def read(self, wanted: Block) -> None:
        """Run the page up to this block, each block once. Raises what went wrong with the block itself."""
        for block in blocks_of(self.path):
            if block.name not in self._outcomes and block.reason_to_skip is None:
                self._outcomes[block.name] = self._outcome(block)
            if block.name == wanted.name:
                break
        outcome = self._outcomes[wanted.name]
        if outcome is not None:
            raise outcome

    def _outcome(self, block: Block) -> Exception | None:
        try:
            RUN[block.language](self, block)
        except Exception as error:
            return error
        return None

    def _bring(self, name: str) -> None:
        source, target = ROOT / name, self.folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copy(source, target)

    def shell(self, script: str) -> tuple[int, str]:
        """What bash makes of `script`: its exit code, and all that it prints.

        As in a terminal, a folder that is gone into is where the next commands are run, and each command has
        the shell above it: bash would give its place to the last one, were nothing left to do behind it.
        """
        left = self.folder / ".left-in"
        # As a person's shell has it, and nothing else: CI would forbid what a page is about.
        environment = {
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            "COLUMNS": "110",
            "NO_COLOR": "1",
        }
        ran = subprocess.run(
            ["bash", "-ec", f"trap 'pwd > ~/{left.name}' EXIT\n{script}"],
            cwd=self._here,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=_LONGEST_RUN,
            check=False,
        )
        self._here = Path(left.read_text(encoding="utf-8").rstrip("\n"))
        left.unlink()
        return ran.returncode, ran.stdout.decode()

    def run_script(self, block: Block) -> None:
        """Run a block of shell commands."""
        self._run(block, block.code)

    def run_console(self, block: Block) -> None:
        """Run the commands of a block, and hold what they print against what stands there."""
        for command, printed in commands_of(block.code):
            shown = self._run(block, command)
            assert agrees(printed, shown), f"{command}\nprinted\n\n{shown}\nand not\n\n{printed}"

    def _run(self, block: Block, script: str) -> str:
        code, printed = self.shell(script)
        wanted = int(block.marks.get("exit", 0))
        assert code == wanted, f"{script}\nended with {code}, not {wanted}:\n\n{printed}"
        return printed

    def run_python(self, block: Block) -> None:
        """Run a block of Python, and hold each value against the comment behind it; or write it as a file."""
        if self.write_file(block):
            return
        tree = ast.parse(block.code, block.name)
        lines = block.code.splitlines()
        with contextlib.chdir(self._here), contextlib.redirect_stdout(io.StringIO()):
            for statement in tree.body:
                comment = _comment_behind(statement, lines)
                if comment is None:
                    alone = ast.Module([statement], [])
                    exec(compile(alone, block.name, "exec"), self._namespace)
                    continue
                assert isinstance(statement, ast.Expr)
                value = repr(
                    eval(compile(ast.Expression(statement.value), block.name, "eval"), self._namespace)
                )
                assert agrees(comment, value), f"{ast.unparse(statement)} is {value}, not {comment}"

    def run_dialogue(self, block: Block) -> None:
        """Run the examples of a block with prompts."""
        test = doctest.DocTestParser().get_doctest(
            block.code, self._namespace, block.page, block.page, block.line
        )
        said: list[str] = []
        with contextlib.chdir(self._here):
            result = doctest.DocTestRunner(verbose=False).run(test, out=said.append, clear_globs=False)
        self._namespace.update(test.globs)
        assert not result.failed, "".join(said)

    def read_toml(self, block: Block) -> None:
        """Parse a block of TOML, check one that is a pack as `clean check` does, write one that is a file."""
        data = tomllib.loads(block.code)
        self.write_file(block)
        if "outlet" in data and "format" in data:
            path = self._here / "block.toml"
            path.write_text(block.code, encoding="utf-8")
            code, printed = self.shell(f"clean check {path.name}")
            assert code == 0, printed

    def write_file(self, block: Block) -> bool:
        """Write a block whose first line is a comment with a file's path, as an editor would."""
        match = _FILE.match(block.code)
        if match is None:
            return False
        path = self._here / match["path"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.code, encoding="utf-8")
        return True


def commands_of(code: str) -> Iterator[tuple[str, str]]:
    """The commands of a console's block, and what each prints."""
    assert code.startswith("$ "), "a console's block begins with a command: $ clean …"
    for part in re.split(r"^\$ ", code, flags=re.M)[1:]:
        lines = part.splitlines(keepends=True)
        length = next(
            (number for number, line in enumerate(lines, 1) if not line.endswith("\\\n")), len(lines)
        )
        yield "".join(lines[:length]), "".join(lines[length:])


def agrees(wanted: str, shown: str) -> bool:
    """Whether `shown` is what a page says. `…` stands for anything in a line, alone in one for any lines."""
    pattern = ""
    for line in wanted.strip("\n").split("\n"):
        if line.strip() == "…":
            pattern += r"(?:.*\n)*?"
        else:
            pattern += r"[^\n]*".join(map(re.escape, line.rstrip().split("…"))) + r"[ ]*\n"
    return re.fullmatch(pattern, shown.strip("\n") + "\n") is not None


def _comment_behind(statement: ast.stmt, lines: list[str]) -> str | None:
    if not isinstance(statement, ast.Expr) or statement.end_lineno is None:
        return None
    behind = lines[statement.end_lineno - 1].encode()[statement.end_col_offset :].decode()
    return behind.strip().removeprefix("# ") if behind.strip().startswith("# ") else None


def parse_json(reader: Reader, block: Block) -> None:
    """Parse a block of JSON, or of one JSON value a line."""
    for text in block.code.splitlines() if block.language == "jsonl" else [block.code]:
        json.loads(text)


def parse_stub(reader: Reader, block: Block) -> None:
    """Parse a block of signatures."""
    ast.parse(block.code)


def nothing(reader: Reader, block: Block) -> None:
    """A block of text that is no code: a tree of files, what a page shows."""


RUN: Mapping[str, Callable[[Reader, Block], None]] = {
    "sh": Reader.run_script,
    "console": Reader.run_console,
    "python": Reader.run_python,
    "pycon": Reader.run_dialogue,
    "toml": Reader.read_toml,
    "json": parse_json,
    "jsonl": parse_json,
    "pyi": parse_stub,
    "text": nothing,
    "html": nothing,
}
"""What is done with a block of each language. A page has no others."""

NO_CODE = ("text", "html")
"""The languages of blocks that there is nothing to do with."""
