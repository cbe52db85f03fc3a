"""`clean new`: a new outlet begins with a pack that is sound as it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran

from cleaner import Cleaner, Document, Outlet
from cleaner.brackets import read_proof
from cleaner.proofs import violations
from cleaner.registry import installed_outlets

Run = Callable[..., Ran]


def _all_paths(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_it_writes_a_pack_and_a_folder_for_samples_and_nothing_else(tmp_path: Path, run_clean: Run) -> None:
    assert run_clean("new", "contoh", "--root", tmp_path).code == 0
    assert _all_paths(tmp_path) == ["patterns", "patterns/contoh.toml", "seeds", "seeds/contoh"]


@pytest.mark.parametrize("hosts", [[], ["contoh.co.id"], ["contoh.co.id", "contoh.com"]])
def test_the_pack_passes_its_check_as_it_is(hosts: list[str], tmp_path: Path, run_clean: Run) -> None:
    options = [part for host in hosts for part in ("--host", host)]
    run_clean("new", "kabar-2", *options, "--root", tmp_path)
    pack = tmp_path / "patterns/kabar-2.toml"
    outlet = Outlet.from_file(pack)
    assert (outlet.id, list(outlet.hosts)) == ("kabar-2", hosts)
    assert violations(outlet, installed_outlets()) == []
    assert run_clean("check", pack).code == 0


def test_its_worked_example_cuts_by_its_own_rule(tmp_path: Path, run_clean: Run) -> None:
    run_clean("new", "contoh", "--root", tmp_path)
    outlet = Outlet.from_file(tmp_path / "patterns/contoh.toml")
    (rule,) = outlet.rules
    result = Cleaner(outlet)(Document(read_proof(rule.removes[0]).text))
    assert [removal.rule for removal in result.removals] == [rule.id]


def test_the_steps_it_names_lead_to_a_settled_golden(
    tmp_path: Path, run_clean: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.chdir(tmp_path)
    out = run_clean("new", "contoh", "--host", "contoh.co.id").out
    Path("seeds/contoh/1.txt").write_text("Satu.\n\nBacaan berikut: Dua\n\nTiga.\n", encoding="utf-8")
    Path("seeds/contoh/1.toml").write_text('url = "https://contoh.co.id/1"\n', encoding="utf-8")
    commands = [line.split()[1:] for line in out.splitlines() if line.lstrip().startswith("clean ")]
    codes = [run_clean(*command).code for command in commands]
    # The one that shows a difference says so in its exit code.
    assert list(zip([command[0] for command in commands], codes, strict=True)) == [
        ("explain", 0),
        ("check", 0),
        ("golden", 1),
        ("golden", 0),
    ]
    assert Path("golden/contoh/1.txt").read_text(encoding="utf-8") == "Satu.\n\nTiga.\n"
    assert run_clean("golden", "check").code == 0


def test_a_pack_that_is_there_is_left_as_it_is(tmp_path: Path, run_clean: Run) -> None:
    pack = tmp_path / "patterns/contoh.toml"
    pack.parent.mkdir()
    pack.write_text("milik orang", encoding="utf-8")
    ran = run_clean("new", "contoh", "--root", tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert "contoh.toml is there already" in ran.err
    assert not (tmp_path / "seeds").exists()
    assert pack.read_text(encoding="utf-8") == "milik orang"


def test_samples_that_are_there_stay(tmp_path: Path, run_clean: Run) -> None:
    sample = tmp_path / "seeds/contoh/1.txt"
    sample.parent.mkdir(parents=True)
    sample.write_text("Satu.", encoding="utf-8")
    assert run_clean("new", "contoh", "--root", tmp_path).code == 0
    assert sample.read_text(encoding="utf-8") == "Satu."


@pytest.mark.parametrize(
    "arguments",
    [
        ["../contoh"],
        ["/contoh"],
        ["Contoh"],
        ["dua kata"],
        ['x"\nname = "y'],
        ["\\u0061"],
        ["."],
        [""],
        ["common"],
        ["viva"],
        ["contoh", "--host", "https://contoh.co.id"],
        ["contoh", "--host", "viva.co.id"],
        ["contoh", "--host", 'x"]\nsignatures = ["y'],
    ],
)
def test_an_id_or_host_that_is_no_good_is_refused_before_anything_is_written(
    arguments: list[str], tmp_path: Path, run_clean: Run
) -> None:
    root = tmp_path / "akar"
    ran = run_clean("new", *arguments, "--root", root)
    assert (ran.code, ran.out) == (2, "")
    assert "nothing was written" in ran.err.lower()
    assert _all_paths(tmp_path) == []


def test_a_folder_that_cannot_be_written_is_a_usage_error(tmp_path: Path, run_clean: Run) -> None:
    (tmp_path / "seeds").write_text("", encoding="utf-8")
    ran = run_clean("new", "contoh", "--root", tmp_path)
    assert ran.code == 2
    assert str(tmp_path / "seeds") in ran.err
    assert _all_paths(tmp_path) == ["seeds"]
