"""The pytest plug-in: a project's packs and samples are its tests, and nobody else's."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

_PACK = """
format = 1
outlet = "contoh"
signatures = ["kabar contoh -"]

[[rule]]
id = "read-next"
kind = "related"
why = "Judul lain."
starts = ["bacaan berikut:"]
removes = ['''
Satu.

⟦Bacaan berikut: Dua

⟧Tiga.''']
keeps = ['''Guru menutup kelas dengan bacaan berikut: puisi.''']
"""
_SOURCE = "KABAR CONTOH - Satu.\n\nBacaan berikut: Dua\n\nTiga.\n"
_CLEAN = "KABAR CONTOH - Satu.\n\nTiga.\n"
_RULE = ["characters", "why", "removes", "keeps", "letters", "time"]
_CHECKS = 4 + len(_RULE) + 5
"""Of the pack, of its rule, of its sample."""


@pytest.fixture(autouse=True)
def _no_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


@pytest.fixture
def fresh(pytester: pytest.Pytester) -> Path:
    """A project with a pack and a sample, and no golden yet."""
    write(pytester.path / "patterns/contoh.toml", _PACK)
    write(pytester.path / "seeds/contoh/1.txt", _SOURCE)
    return pytester.path


@pytest.fixture
def project(fresh: Path, pytester: pytest.Pytester) -> Path:
    """The same with its goldens in order."""
    pytester.runpytest("seeds", "--clean-accept", "contoh/1").assert_outcomes(passed=5)
    return fresh


def contents(root: Path) -> dict[Path, bytes]:
    folders = [root / "seeds", root / "golden", root / "patterns"]
    return {path: path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()}


# ------------------------------------------------------------------------------- what is collected


def test_a_pack_and_a_sample_are_tests_by_what_is_asked_of_them(
    project: Path, pytester: pytest.Pytester
) -> None:
    listed = pytester.runpytest("--collect-only", "-q").outlines[:_CHECKS]
    assert listed == [
        *(f"patterns/contoh.toml::contoh[{each}]" for each in ("loading", "recognition", "ids", "pages")),
        *(f"patterns/contoh.toml::contoh/read-next[{each}]" for each in _RULE),
        *(f"seeds/contoh/1.txt::{each}" for each in ("outlet", "text", "sheet", "idempotence", "rebuild")),
    ]


def test_what_is_as_it_should_be_passes_and_nothing_is_written(
    project: Path, pytester: pytest.Pytester
) -> None:
    before = contents(project)
    pytester.runpytest().assert_outcomes(passed=_CHECKS)
    assert contents(project) == before


@pytest.mark.parametrize(
    ("arguments", "passed"),
    [
        (["patterns/contoh.toml::contoh/read-next[removes]"], 1),
        (["patterns/contoh.toml::contoh/read-next"], len(_RULE)),
        (["seeds/contoh/1.txt::text"], 1),
        (["seeds/contoh/1.txt"], 5),
        (["seeds"], 5),
        (["-k", "read-next and removes"], 1),
        (["-k", "seeds and contoh and sheet"], 1),
    ],
)
def test_node_ids_paths_and_keywords_choose(
    arguments: list[str], passed: int, project: Path, pytester: pytest.Pytester
) -> None:
    result = pytester.runpytest(*arguments)
    assert result.ret == 0
    assert result.parseoutcomes()["passed"] == passed


def test_a_page_and_what_is_told_about_it_are_one_sample(fresh: Path, pytester: pytest.Pytester) -> None:
    paragraph = "<p>Satu dan dua dan tiga dan empat dan lima dan enam dan tujuh dan delapan dan sembilan.</p>"
    write(fresh / "seeds/contoh/2.html", f"<!doctype html><meta charset=utf-8><body>{paragraph * 3}")
    write(fresh / "seeds/contoh/2.toml", '[fields]\nsource = "Dua"\n')
    listed = pytester.runpytest("seeds/contoh", "--collect-only", "-q", "-k", "2.html").outlines
    assert "seeds/contoh/2.html::fields" in listed
    assert not [line for line in listed if "2.toml" in line]


def test_a_project_without_such_folders_gets_no_tests_and_nothing_is_loaded(
    pytester: pytest.Pytester,
) -> None:
    # Folders of the same names that hold something else.
    write(pytester.path / "patterns/warna.toml", 'name = "biru"\n')
    write(pytester.path / "seeds/anggrek/1.txt", "Benih.\n")
    pytester.makepyfile("""
        import sys

        def test_own():
            loaded = {name for name in sys.modules if name.partition(".")[0] == "cleaner"}
            assert loaded == {"cleaner", "cleaner.pytest_plugin"}
            assert "msgspec" not in sys.modules
    """)
    pytester.runpytest_subprocess("-p", "no:hypothesispytest").assert_outcomes(passed=1)


def test_importing_the_plug_in_imports_nothing_that_pytest_has_not(pytester: pytest.Pytester) -> None:
    code = "import pytest, sys; before = {*sys.modules}; import cleaner.pytest_plugin\n"
    code += "print(*sorted({*sys.modules} - before))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["cleaner", "cleaner.pytest_plugin"]


def test_only_what_pytest_is_pointed_at_is_collected(project: Path, pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\ntestpaths = tests\n")
    write(project / "tests/test_own.py", "def test_own(): pass\n")
    pytester.runpytest().assert_outcomes(passed=1)
    pytester.makeini("[pytest]\ntestpaths = tests patterns seeds golden\n")
    pytester.runpytest().assert_outcomes(passed=1 + _CHECKS)


def test_roots_that_are_named_are_the_only_ones(project: Path, pytester: pytest.Pytester) -> None:
    for folder in ("seeds", "patterns"):
        shutil.copytree(project / folder, project / "lain" / folder)
    pytester.makeini("[pytest]\nclean_roots = lain\n")
    listed = pytester.runpytest("--collect-only", "-q").outlines
    assert listed[0] == "lain/patterns/contoh.toml::contoh[loading]"
    assert not [line for line in listed if line.startswith(("patterns", "seeds"))]


def test_a_root_that_is_named_needs_no_pack(pytester: pytest.Pytester) -> None:
    write(pytester.path / "uji/seeds/viva/1.txt", "VIVA.co.id – Satu.\n")
    pytester.makeini("[pytest]\nclean_roots = uji\n")
    pytester.runpytest("-k", "outlet").assert_outcomes(passed=1, deselected=4)


def test_a_root_that_is_not_there_is_a_usage_error(pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\nclean_roots = hilang\n")
    result = pytester.runpytest()
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines("ERROR: clean_roots: *hilang is no folder;*")


def test_workers_of_xdist_run_the_same_tests(project: Path, pytester: pytest.Pytester) -> None:
    pytester.runpytest_subprocess("-n2").assert_outcomes(passed=_CHECKS)
    write(project / "golden/contoh/1.txt", _SOURCE)
    result = pytester.runpytest_subprocess("-n2")
    result.assert_outcomes(passed=_CHECKS - 1, failed=1)
    result.stdout.fnmatch_lines("- 3 cut marked related contoh/read-next | Bacaan berikut: Dua↵")


def test_the_project_itself_has_its_packs_and_samples_among_its_tests(root: Path) -> None:
    said = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    assert said["project"]["entry-points"]["pytest11"] == {"cleaner": "cleaner.pytest_plugin"}
    assert {"patterns", "seeds", "golden"} <= {*said["tool"]["pytest"]["ini_options"]["testpaths"]}


# --------------------------------------------------------------------------------- what fails


def test_another_clean_text_fails_with_line_verdict_and_rule(
    project: Path, pytester: pytest.Pytester
) -> None:
    write(project / "golden/contoh/1.txt", _SOURCE)
    result = pytester.runpytest("seeds")
    result.assert_outcomes(passed=4, failed=1)
    result.stdout.fnmatch_lines(
        [
            "contoh/1: the clean text differs from the golden in 2 lines",
            "- 3 cut marked related contoh/read-next | Bacaan berikut: Dua↵",
            "  pytest seeds/contoh/1.txt --clean-accept contoh/1",
        ]
    )
    assert not [line for line in result.outlines if "Traceback" in line or ".py:" in line]


def test_the_short_summary_says_what_is_wrong(project: Path, pytester: pytest.Pytester) -> None:
    write(project / "golden/contoh/1.txt", _SOURCE)
    pytester.runpytest("seeds").stdout.fnmatch_lines("FAILED seeds/contoh/1.txt::text - contoh/1: the clean*")


def test_another_rule_for_the_same_cut_fails_the_sheet_alone(
    project: Path, pytester: pytest.Pytester
) -> None:
    write(project / "patterns/contoh.toml", _PACK.replace('"read-next"', '"read-on"'))
    result = pytester.runpytest("seeds")
    result.assert_outcomes(passed=4, failed=1)
    result.stdout.fnmatch_lines(["- *contoh/read-next *", "+ *contoh/read-on *"])


def test_a_sample_without_goldens_fails_and_says_what_to_do_next(
    fresh: Path, pytester: pytest.Pytester
) -> None:
    result = pytester.runpytest("seeds")
    result.assert_outcomes(passed=3, failed=2)
    result.stdout.fnmatch_lines(
        [
            "contoh/1: has no golden text; *",
            "   1 keep *KABAR CONTOH - Satu.",
            "   3 cut     marked   related contoh/read-next *Bacaan berikut: Dua",
            "Next:",
            "     clean explain seeds/contoh/1.txt --pack patterns/contoh.toml",
            "     pytest seeds/contoh/1.txt --clean-accept contoh/1",
        ]
    )


def test_a_golden_text_as_it_was_begun_is_told_apart_from_one_that_was_accepted(
    fresh: Path, pytester: pytest.Pytester
) -> None:
    write(fresh / "golden/contoh/1.txt", _SOURCE)
    result = pytester.runpytest("seeds")
    result.assert_outcomes(passed=3, failed=2)
    result.stdout.fnmatch_lines(
        [
            "contoh/1: was never accepted: the golden text is all of the sample's, *",
            "- is in the golden text as it was begun, + is today's; *",
            "contoh/1: was never accepted, so it has no sheet; *",
            "Today's, line by line:",
        ]
    )
    assert "- was accepted" not in result.stdout.str()


def test_a_proof_that_does_not_hold_fails_at_its_line(project: Path, pytester: pytest.Pytester) -> None:
    write(project / "patterns/contoh.toml", _PACK.replace("⟧Tiga.", "Tiga.⟧"))
    result = pytester.runpytest("patterns")
    result.assert_outcomes(passed=_CHECKS - 6, failed=1)
    result.stdout.fnmatch_lines(
        [
            "patterns/contoh.toml:*: rule contoh/read-next 'Tiga.' is marked but stays*",
            "expected  *",
            "     got  *",
            "FAILED patterns/contoh.toml::contoh/read-next[[]removes[]]*",
        ]
    )


def test_a_host_of_an_installed_outlet_fails_the_packs_recognition(
    project: Path, pytester: pytest.Pytester
) -> None:
    write(project / "patterns/contoh.toml", _PACK.replace("signatures", 'hosts = ["viva.co.id"]\nsignatures'))
    result = pytester.runpytest("patterns")
    result.assert_outcomes(passed=_CHECKS - 6, failed=1)
    result.stdout.fnmatch_lines("patterns/contoh.toml:4: host 'viva.co.id' belongs to outlet 'viva'")


@pytest.mark.parametrize(
    ("pack", "told"),
    [
        (
            _PACK.replace('kind = "related"', 'kind = "lain"'),
            "patterns/contoh.toml:6: rule contoh/read-next *",
        ),
        (_PACK + "[[rule]\n", "patterns/contoh.toml:*: is no valid TOML *"),
        (_PACK.replace('outlet = "contoh"', 'outlet = "lain"'), "*is the pack of 'lain'"),
    ],
)
def test_a_broken_pack_is_told_by_its_own_test_and_no_sample_passes(
    pack: str, told: str, project: Path, pytester: pytest.Pytester
) -> None:
    write(project / "patterns/contoh.toml", pack)
    write(
        project / "patterns/utuh.toml",
        _PACK.replace('"contoh"', '"utuh"').replace("kabar contoh", "kabar utuh"),
    )
    result = pytester.runpytest()
    result.stdout.fnmatch_lines(told)
    failed = {line.split()[1] for line in result.outlines if line.startswith("FAILED")}
    assert {"patterns/contoh.toml::contoh[loading]", "seeds/contoh/1.txt::loading"} <= failed
    assert not [line for line in failed if "utuh" in line]
    assert "seeds/contoh/1.txt::text" not in "\n".join(result.outlines)


def test_a_sample_that_is_not_utf8_fails_by_name_without_a_traceback(
    project: Path, pytester: pytest.Pytester
) -> None:
    (project / "seeds/contoh/1.txt").write_bytes(b"Satu \xff")
    result = pytester.runpytest("seeds")
    result.assert_outcomes(failed=5)
    assert not [line for line in result.outlines if "Traceback" in line]
    result.stdout.fnmatch_lines("*1.txt: can't be read*")


def test_a_pack_that_an_installed_outlet_stands_in_for_is_a_warning(
    project: Path, pytester: pytest.Pytester
) -> None:
    write(project / "patterns/viva.toml", 'format = 1\noutlet = "viva"\n')
    # In a process of its own: in this one, warnings are errors.
    result = pytester.runpytest_subprocess("seeds")
    result.assert_outcomes(passed=5, warnings=1)
    result.stdout.fnmatch_lines("*CleanWarning*'viva' is installed with other rules*")


def test_golden_files_and_known_misses_without_a_sample_fail(
    project: Path, pytester: pytest.Pytester
) -> None:
    write(project / "golden/contoh/2.txt", _CLEAN)
    write(project / "golden/gaps.toml", '[[gap]]\noutlet = "contoh"\nid = "3"\nwhy = "Satu."\ngoes = "Dua"\n')
    result = pytester.runpytest("golden")
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(["FAILED golden/contoh/2.txt::sample*", "FAILED golden/gaps.toml::samples*"])
    result.stdout.fnmatch_lines(
        "golden/gaps.toml: names samples that are not in seeds/; put them back, or take their entries out"
    )


# --------------------------------------------------------------------------------- accepting


def test_a_named_sample_is_accepted_before_the_tests_run(fresh: Path, pytester: pytest.Pytester) -> None:
    result = pytester.runpytest("--clean-accept", "contoh/1")
    result.assert_outcomes(passed=_CHECKS)
    assert (fresh / "golden/contoh/1.txt").read_bytes() == _CLEAN.encode()
    result.stdout.fnmatch_lines(["written *golden/contoh/1.txt", "written *golden/contoh/1.sheet"])


def test_several_are_accepted_and_others_are_left_alone(fresh: Path, pytester: pytest.Pytester) -> None:
    for name in "23":
        write(fresh / f"seeds/contoh/{name}.txt", _SOURCE)
    result = pytester.runpytest("seeds", "--clean-accept", "contoh/1", "--clean-accept", "3")
    result.assert_outcomes(passed=13, failed=2)
    assert {path.stem for path in (fresh / "golden/contoh").iterdir()} == {"1", "3"}


def test_what_is_left_of_a_sample_is_deleted_by_name(project: Path, pytester: pytest.Pytester) -> None:
    write(project / "golden/contoh/2.txt", _CLEAN)
    pytester.runpytest("--clean-accept", "contoh/2")
    assert not (project / "golden/contoh/2.txt").exists()
    assert (project / "golden/contoh/1.txt").exists()


@pytest.mark.parametrize("named", [["contoh/2"], ["contoh/1", "contoh/2"], ["../1"], [""]])
def test_a_name_that_means_no_sample_stops_everything(
    named: list[str], fresh: Path, pytester: pytest.Pytester
) -> None:
    before = contents(fresh)
    result = pytester.runpytest(*(part for name in named for part in ("--clean-accept", name)))
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(
        "ERROR: --clean-accept: no sample called *; give pytest *path, or none. Nothing was written*"
    )
    assert contents(fresh) == before


def test_a_sample_that_is_not_among_the_tests_is_not_accepted(fresh: Path, pytester: pytest.Pytester) -> None:
    before = contents(fresh)
    for arguments in (["patterns"], ["-k", "read-next"], ["--collect-only"]):
        pytester.runpytest(*arguments, "--clean-accept", "contoh/1")
    assert contents(fresh) == before


def test_a_name_that_two_outlets_have_needs_its_folder(fresh: Path, pytester: pytest.Pytester) -> None:
    write(fresh / "seeds/common/1.txt", "Satu.")
    result = pytester.runpytest("--clean-accept", "1")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines("*common/1 in *contoh/1 in *")


@pytest.mark.parametrize("ci", ["true", "1"])
def test_under_ci_nothing_is_accepted(
    ci: str, fresh: Path, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", ci)
    before = contents(fresh)
    result = pytester.runpytest("--clean-accept", "contoh/1")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines("ERROR: --clean-accept: CI is set*")
    assert contents(fresh) == before


def test_a_worker_of_xdist_accepts_for_all(fresh: Path, pytester: pytest.Pytester) -> None:
    result = pytester.runpytest_subprocess("-n2", "--clean-accept", "contoh/1")
    result.assert_outcomes(passed=_CHECKS)
    result.stdout.fnmatch_lines("written *golden/contoh/1.txt")
    result = pytester.runpytest_subprocess("-n2", "--clean-accept", "contoh/2")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stdout.fnmatch_lines("ERROR: --clean-accept: no sample called *")


# ---------------------------------------------------------------------------- other people's text


@pytest.mark.parametrize("name", ["seeds/contoh/1.txt", "seeds/contoh/test1.txt", "golden/contoh/test1.txt"])
def test_a_sample_that_looks_like_a_doctest_is_not_run(
    name: str, fresh: Path, pytester: pytest.Pytester
) -> None:
    write(fresh / name, _SOURCE + "\n>>> open('jalan', 'w').close()\n")
    for arguments in ([], [name], ["--doctest-glob=*.txt"]):
        pytester.runpytest(*arguments)
    assert not (fresh / "jalan").exists()


def test_nothing_that_a_terminal_obeys_is_printed(fresh: Path, pytester: pytest.Pytester) -> None:
    write(fresh / "seeds/contoh/1.txt", _SOURCE.replace("Tiga.", "Tiga\x1b[31m [bold] \u202e."))
    write(fresh / "seeds/contoh/\x1b[32m.txt", _SOURCE)
    shown = pytester.runpytest("-vv").stdout.str()
    assert "\\x1b[31m [bold] \\u202e" in shown
    write(fresh / "patterns/\x1b[33m.toml", _PACK)
    shown += pytester.runpytest("-vv").stdout.str()
    assert "patterns/\\x1b[33m.toml::" in shown
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_a_folder_with_a_name_like_a_node_id_is_collected_as_any_other(
    fresh: Path, pytester: pytest.Pytester
) -> None:
    write(fresh / "seeds/contoh/a::b [c].txt", _SOURCE)
    result = pytester.runpytest("seeds", "--clean-accept", "contoh/a::b [c]")
    assert (fresh / "golden/contoh/a::b [c].txt").read_bytes() == _CLEAN.encode()
    result.assert_outcomes(passed=8, failed=2)
