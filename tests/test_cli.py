"""The frame of the command `clean`: its help, its short form, its words for slips, and what it loads."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from rich.console import Console

from cleaner.cli.terminal import say, stdout_console
from cleaner.registry import outlet_named
from cleaner.visible import visible

COMMANDS = ("run", "explain", "restore", "outlets", "check", "golden", "new")


def words(text: str) -> str:
    return " ".join(text.replace("│", " ").split())


def test_help_names_every_command(run_clean):
    ran = run_clean("--help")
    assert ran.code == 0
    for command in COMMANDS:
        assert f"│ {command} " in ran.out
    assert "clean PATH…` is short for `clean run PATH…" in words(ran.out)


def test_python_m_cleaner_is_the_same_command(run_clean, tmp_path):
    command = [sys.executable, "-m", "cleaner", "run", "missing.jsonl"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert (ran.returncode, ran.stderr) == (2, run_clean("run", "missing.jsonl").err)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_a_sentence_for_each_option(run_clean, command):
    ran = run_clean(command, "--help")
    assert ran.code == 0
    assert f"Usage: clean {command}" in ran.out
    assert max(map(len, ran.out.splitlines())) <= 80


def test_examples_in_the_help_are_commands_that_exist(run_clean):
    for command in ("run", "restore"):
        examples = [
            line.split() for line in run_clean(command, "--help").out.splitlines() if "clean " in line
        ]
        assert any(words[:2] == ["clean", command] for words in examples)


def test_the_version_is_the_packages(run_clean, root):
    version = tomllib.loads((root / "pyproject.toml").read_text())["project"]["version"]
    ran = run_clean("--version")
    assert (ran.code, ran.out) == (0, f"clean {version}\n")


def test_without_arguments_the_help_is_shown(run_clean):
    ran = run_clean()
    assert ran.code == 2
    assert "Usage: clean" in ran.out + ran.err


def test_a_path_alone_is_short_for_run(tmp_path, monkeypatch, run_clean):
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("Bersih.")
    assert run_clean("a.txt", "-o", "-").out == "Bersih."
    assert run_clean("-o", "-", "a.txt").out == "Bersih."
    assert run_clean("--quiet", "a.txt").err == ""


def test_a_folder_called_like_a_command_is_given_with_its_place(tmp_path, monkeypatch, run_clean):
    monkeypatch.chdir(tmp_path)
    Path("check").mkdir()
    Path("check/a.txt").write_text("Bersih.")
    assert run_clean("./check", "-o", "out").code == 0
    assert Path("out/a.txt").read_text() == "Bersih."


def test_a_slip_in_a_commands_name_is_recognised(tmp_path, monkeypatch, run_clean):
    monkeypatch.chdir(tmp_path)
    ran = run_clean("outlet")
    assert ran.code == 2
    assert "'outlet' is neither a command nor a file. Did you mean 'outlets'?" in words(ran.err)


def test_outlets_are_listed_with_what_they_come_with(run_clean):
    ran = run_clean("outlets")
    assert ran.code == 0
    for word in ("viva", "kompas.tv", "comes with", "cleaner "):
        assert word in ran.out


def test_outlets_are_listed_as_json(run_clean):
    listed = {outlet["id"]: outlet for outlet in json.loads(run_clean("outlets", "--json").out)}
    assert set(listed["viva"]) == {"id", "name", "hosts", "rules", "distribution"}
    assert "viva.co.id" in listed["viva"]["hosts"]


def test_an_outlet_of_many_hosts_has_one_line_that_says_how_many_more_there_are(run_clean):
    ran = run_clean("outlets")
    hosts = outlet_named("tribunnews").hosts
    (line,) = (line for line in ran.out.splitlines() if line.startswith("tribunnews "))
    assert f"{', '.join(hosts[:3])}, … and {len(hosts) - 3} more " in line
    assert hosts[3] not in ran.out
    assert "All hosts of an outlet: clean outlets ID" in ran.out
    # "and 1 more" would tell less than its name.
    assert "… and 1 more" not in ran.out


def test_an_outlet_is_shown_with_all_of_its_hosts(run_clean):
    ran = run_clean("outlets", "tribunnews", "viva")
    assert (ran.code, ran.err) == (0, "")
    assert f"hosts      {', '.join(outlet_named('tribunnews').hosts)}\n" in ran.out
    assert "\n\nVIVA\nid         viva\nhosts      viva.co.id" in ran.out
    assert "kompastv" not in ran.out
    (viva,) = json.loads(run_clean("outlets", "viva", "--json").out)
    assert viva["id"] == "viva"


def test_an_outlet_that_is_not_installed_is_no_outlet_to_show(run_clean):
    ran = run_clean("outlets", "vivaa")
    assert (ran.code, ran.out) == (2, "")
    assert "did you mean 'viva'?" in ran.err
    assert ran.err.endswith("; a pack of your own is looked at with: clean check FILE.toml\n")


@pytest.mark.parametrize("arguments", [[], ["tribunnews"]])
def test_on_a_terminal_outlets_keep_to_its_width_and_no_host_is_broken(arguments, run_clean, monkeypatch):
    from cleaner.cli import outlets

    shown = io.StringIO()
    console = Console(file=shown, force_terminal=True, no_color=True, width=80, markup=False, highlight=False)
    monkeypatch.setattr(outlets, "stdout_console", lambda: console)
    assert run_clean("outlets", *arguments).code == 0
    lines = re.sub(r"\x1b\[[0-9;]*m", "", shown.getvalue()).splitlines()
    assert max(map(len, lines)) <= 80
    assert all(host in words(" ".join(lines)) for host in outlet_named("tribunnews").hosts[:3])
    # Each is on a few lines.
    assert len(lines) < 60


def test_an_outlet_that_cant_be_loaded_is_named_and_the_others_are_listed(run_clean, monkeypatch):
    from cleaner import OutletError
    from cleaner.cli import outlets

    load = outlets.outlet_named

    def half_broken(id):
        if id == "viva":
            raise OutletError("outlet 'viva' can't be loaded")
        return load(id)

    monkeypatch.setattr(outlets, "outlet_named", half_broken)
    ran = run_clean("outlets")
    assert ran.code == 1
    assert ran.err == "clean: outlet 'viva' can't be loaded\n"
    assert "kompastv" in ran.out


def loaded_by(code: str, cwd: Path) -> set[str]:
    """The top-level modules that a fresh interpreter has loaded after `code`."""
    ask = f"import sys\ntry:\n    {code}\nexcept SystemExit: pass\nprint(*sys.modules, file=sys.__stderr__)"
    ran = subprocess.run([sys.executable, "-c", ask], cwd=cwd, capture_output=True, text=True, check=True)
    return set(ran.stderr.split())


def test_importing_the_package_loads_nothing_of_the_command_line(tmp_path):
    modules = loaded_by("from cleaner import Cleaner", tmp_path)
    assert "cleaner.cleaner" in modules
    assert not modules & {"typer", "rich", "click", "trafilatura", "lxml", "selectolax"}


def test_a_run_loads_neither_the_other_commands_nor_tables(tmp_path):
    (tmp_path / "a.txt").write_text("Bersih.")
    run = "from cleaner.cli import main; sys.argv = ['clean', 'a.txt', '-o', '-', '-q']; main()"
    modules = loaded_by(run, tmp_path)
    assert "cleaner.cli.run" in modules
    assert not modules & {"rich.console", "trafilatura", *(f"cleaner.cli.{name}" for name in COMMANDS[1:])}


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_on_a_terminal_a_run_shows_how_far_it_is(tmp_path):
    import pty

    (tmp_path / "in.jsonl").write_bytes(b'{"text":"Kalimat yang bersih."}\n' * 40_000)
    code = "from cleaner.cli import main; main()"
    command = [sys.executable, "-c", code, "in.jsonl", "-o", "out.jsonl"]
    master, slave = pty.openpty()
    with subprocess.Popen(
        command, cwd=tmp_path, stderr=slave, env={**os.environ, "TERM": "xterm"}
    ) as process:
        os.close(slave)
        shown = b""
        while True:
            try:
                piece = os.read(master, 4096)
            except OSError:
                piece = b""
            if not piece:
                break
            shown += piece
    os.close(master)
    assert process.returncode == 0
    assert b" records, " in shown
    assert b"Cleaned 40,000 records in " in shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("biasa – “é” 👉\u00a0x", "biasa – “é” 👉\u00a0x"),
        ("\x1b[31m", "\\x1b[31m"),
        ("\x9b31m", "\\x9b31m"),
        ("a\r\nb\tc", "a\\r\\nb\\tc"),
        ("\0\x7f", "\\x00\\x7f"),
        ("\u202e\u2066\u200f", "\\u202e\\u2066\\u200f"),
        ("\u2028\ufeff\u200b", "\\u2028\\ufeff\\u200b"),
        ("\ud800", "\\ud800"),
        ("\U000e0041", "\\U000e0041"),
    ],
)
def test_what_a_terminal_would_obey_is_spelt_out(text, shown):
    assert visible(text) == shown


def test_a_console_reads_no_markup(capsys):
    stdout_console().print("[bold]x[/bold] :smile: [link=a]b")
    assert capsys.readouterr().out == "[bold]x[/bold] :smile: [link=a]b\n"


def test_a_said_line_is_one_line(capsys):
    say("a\nb")
    assert capsys.readouterr().err == "a\\nb\n"
