"""What several test files need: the root, seeds and packs, what any answer must be, the command line."""

from __future__ import annotations

import io
import json
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import settings

from cleaner import Cleaner, Document, Outlet, Policy, Removal, Result, rebuild
from cleaner.brackets import joined
from cleaner.registry import COMMON
from cleaner.rules import Rule

ROOT = Path(__file__).parent.parent
"""The repository's root, for what is read while tests are collected; tests take the fixture `root`."""

DATA = Path(__file__).parent / "data"
"""The files that belong to the tests."""

POINTER = """
[[rule]]
id = "pointer"
kind = "related"
why = "A pointer."
starts = ["zzlihat:"]
removes = ["⟦zzlihat: x⟧"]
keeps = ["x"]
"""
"""A rule that cuts what no real text holds, for tests of what goes on around the cutting."""

POINTER_PACK = f'format = 1\noutlet = "contoh"\nhosts = ["contoh.example"]\n{POINTER}'
"""A pack with that rule only."""

DUMP = b"".join(
    json.dumps(
        {"url": f"https://contoh.example/{i}", "text": f"Kalimat {i}.\n\nBaca Juga: Kisah {i}\n\nAkhir."}
    ).encode()
    + (b"\n[]\n\n" if i % 9 == 4 else b"\n")
    for i in range(60)
)
"""A dump: 60 short records without ids; some lines between them are no records, or blank."""

# What the terminal or the build machine is like makes no difference. Typer asks once, when it is imported.
for _name in (
    "COLUMNS",
    "FORCE_COLOR",
    "GITHUB_ACTIONS",
    "LINES",
    "NO_COLOR",
    "PY_COLORS",
    "TERMINAL_WIDTH",
    "TTY_COMPATIBLE",
    "TTY_INTERACTIVE",
):
    os.environ.pop(_name, None)

# A build must give the same answer twice; a person at work should meet new examples every day.
settings.register_profile("ci", deadline=None, derandomize=True, database=None, print_blob=True)
settings.register_profile("here", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def read_seeds(name: str = "*") -> dict[str, str]:
    """The texts of the seeds with this file name, by their id: `viva/flat-2024`, `common/agency`."""
    paths = sorted(ROOT.glob(f"seeds/*/{name}.txt"))
    return {f"{path.parent.name}/{path.stem}": path.read_bytes().decode() for path in paths}


def outlet_of_seed(seed: str) -> str | None:
    """The outlet of the seed with this id; None for one of an unknown outlet."""
    outlet = seed.split("/")[0]
    return None if outlet == COMMON else outlet


def read_packs() -> dict[str, Outlet]:
    """Every pack in `patterns/`, the common one too, by name."""
    return {path.stem: Outlet.from_file(path) for path in sorted(ROOT.glob("patterns/*.toml"))}


def proof_texts(rule: Rule) -> list[str]:
    """The texts of a rule's proofs, without their brackets."""
    return [re.sub("[⟦⟧]", "", written) for written in (*rule.removes, *rule.keeps)]


def assert_sound(text: str, result: Result) -> None:
    """What holds for the result of every cleaning, whatever was cut."""
    assert rebuild(result.text, result.removals) == text
    both = sorted((*result.removals, *result.suspects), key=_place)
    for stretches in (result.removals, result.suspects, both):
        at = 0
        for stretch in stretches:
            assert at <= stretch.start < stretch.end <= len(text)
            assert stretch.text == text[stretch.start : stretch.end]
            at = stretch.end


def _place(stretch: Removal) -> int:
    return stretch.start


class Ran(NamedTuple):
    """What a command gave back."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's root, with `seeds/`, `golden/` and `patterns/`."""
    return ROOT


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in; packs stand beside it."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def dump(here: Path) -> Path:
    """`DUMP` as `in.jsonl` in the folder to work in."""
    path = here / "in.jsonl"
    path.write_bytes(DUMP)
    return path


@pytest.fixture
def write_pack(tmp_path: Path) -> Callable[..., Path]:
    """Writes a pack from TOML text below `tmp_path` and returns its path."""

    def write(toml: str, name: str = "patterns/contoh.toml") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(toml, encoding="utf-8", newline="")
        return path

    return write


@pytest.fixture
def outlet_of(write_pack: Callable[..., Path]) -> Callable[[str], Outlet]:
    """Makes an outlet from the TOML text of its pack."""
    return lambda toml: Outlet.from_file(write_pack(toml))


@pytest.fixture
def cleaner_of(outlet_of: Callable[[str], Outlet]) -> Callable[..., Cleaner]:
    """Makes a cleaner from the TOML text of some rules; the rest of the pack is the same for all."""

    def made(rules: str, policy: Policy | None = None) -> Cleaner:
        return Cleaner(outlet_of(f'format = 1\noutlet = "contoh"\n{rules}'), policy)

    return made


@pytest.fixture
def cut_by(cleaner_of: Callable[..., Cleaner]) -> Callable[..., str]:
    """Cleans a text by the TOML text of some rules; answers with `⟦…⟧` around what is visible of each cut.

    Cuts that touch are shown as one. How much white space goes along is the seams' matter.
    """

    def cut(rules: str, text: str, policy: Policy | None = None, title: str | None = None) -> str:
        result = cleaner_of(rules, policy)(Document(text, title=title))
        assert_sound(text, result)
        shown, at = "", 0
        for start, end in joined((removal.start, removal.end) for removal in result.removals):
            visible = text[start:end].strip()
            start = text.index(visible, start)
            shown += f"{text[at:start]}⟦{visible}⟧"
            at = start + len(visible)
        return shown + text[at:]

    return cut


@pytest.fixture
def run_clean(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """Runs `clean ARGUMENTS…` in this process, as the console script does; `stdin` are bytes.

    Nothing is a terminal, so nothing is coloured.
    """

    def run(*arguments: str | Path, stdin: bytes = b"") -> Ran:
        from cleaner.cli import main

        out, err = io.BytesIO(), io.BytesIO()
        code = 0
        with monkeypatch.context() as patch:
            patch.setattr(sys, "argv", ["clean", *map(str, arguments)])
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
            patch.setattr(
                sys, "stdout", io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
            )
            patch.setattr(
                sys, "stderr", io.TextIOWrapper(err, encoding="utf-8", newline="", write_through=True)
            )
            try:
                main()
            except SystemExit as stop:
                code = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
            # A wrapper that is thrown away closes its buffer: read before that.
            return Ran(code, out.getvalue().decode(), err.getvalue().decode())

    return run
