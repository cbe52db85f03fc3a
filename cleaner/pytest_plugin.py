"""The pytest plug-in: a project's packs and samples are tests, and no code has to be written for them.

Below a folder that holds packs, `patterns/*.toml`, pytest finds

- `patterns/warta.toml::warta/photo-credit[removes]`: each pack and each rule, by what is asked of it;
- `seeds/warta/1.txt::text`: each sample, a text or a page, by what is asked of it;
- `golden/…`: what is left of samples that are gone, and known misses of none.

It looks where pytest looks: at the paths given to it, at `testpaths`, or everywhere. Nothing else of this
package is loaded before such a folder is found.

PYTEST_DONT_REWRITE
"""

from __future__ import annotations

import re
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

_ROOTS = "clean_roots"
# How a pack begins. Other projects have TOML files in folders of that name, too.
_PACK_HEAD = re.compile(rb"^[ \t]*outlet[ \t]*=", re.M)
_MOST_HEAD = 1 << 16

_found = pytest.StashKey[dict[Path, bool]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option and the setting."""
    parser.getgroup("cleaner", "clean texts that readers decided on").addoption(
        "--clean-accept",
        action="append",
        default=[],
        metavar="ID",
        help="Before the tests run, make what the cleaner gives today for the sample ID, such as warta/1, "
        "its golden text and sheet; of golden files without a sample, delete them. Can be given several "
        "times; never where CI is set.",
    )
    parser.addini(
        _ROOTS,
        "The folders that hold patterns/, seeds/ and golden/. Without it, every folder with packs in its "
        "patterns/ is one.",
        type="paths",
        default=[],
    )


def pytest_configure(config: pytest.Config) -> None:
    """Refuse what can't be done before anything is collected."""
    for root in config.getini(_ROOTS):
        if not root.is_dir():
            raise pytest.UsageError(
                f"{_ROOTS}: {root} is no folder; name the one that holds patterns/ and seeds/"
            )
    if config.getoption("clean_accept"):
        from cleaner.testing.accepting import require_person

        require_person()


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> Generator[None, list[Any], list[Any]]:
    """Collect packs, samples and goldens."""
    found = yield
    root = _root_of(file_path)
    if root is None or not _holds_packs(root, parent.config):
        return found
    from cleaner.testing.files import collector

    ours = collector(file_path, parent, root)
    # Samples and goldens are other people's text. Nothing but this package reads them as anything: pytest
    # takes a .txt file for doctests, and would run what looks like one.
    return [ours] if ours else found


def _root_of(path: Path) -> Path | None:
    """The folder whose pack, sample or golden `path` is by its place; None where it can be none."""
    above = path.parent
    if above.name == "patterns":
        return above.parent if path.suffix == ".toml" else None
    if above.name == "golden":
        return above.parent if path.name == "gaps.toml" else None
    return above.parent.parent if above.parent.name in ("seeds", "golden") else None


def _holds_packs(root: Path, config: pytest.Config) -> bool:
    named = config.getini(_ROOTS)
    if named:
        return root in named
    known = config.stash.setdefault(_found, {})
    if root not in known:
        known[root] = any(map(_is_pack, sorted((root / "patterns").glob("*.toml"))))
    return known[root]


def _is_pack(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return _PACK_HEAD.search(file.read(_MOST_HEAD)) is not None
    except OSError:
        return False


@pytest.hookimpl(tryfirst=True)
def pytest_collection_finish(session: pytest.Session) -> None:
    """Accept what was asked for, when all samples are known and no test has run."""
    if session.config.getoption("clean_accept") and not session.config.option.collectonly:
        from cleaner.testing.accepting import accept_named

        accept_named(session)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take over what a worker of pytest-xdist accepted."""
    if node.config.getoption("clean_accept"):
        from cleaner.testing.accepting import take_over

        take_over(node.config, getattr(node, "workeroutput", {}))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run where an ID meant nothing."""
    if session.config.getoption("clean_accept"):
        from cleaner.testing.accepting import refused

        if refused(session.config):
            session.exitstatus = pytest.ExitCode.USAGE_ERROR


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Tell what was accepted."""
    if config.getoption("clean_accept"):
        from cleaner.testing.accepting import report

        report(terminalreporter, config)
