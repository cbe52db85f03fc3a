"""The command that installs a package which only some parts of this one need."""

from __future__ import annotations

import re

_REQUIREMENT = re.compile(r"(?P<name>[\w.-]+)\s*(?P<releases>[^;\[]*)")


def installing(*packages: str) -> str:
    """The command that installs these packages, in releases that go with this one.

    It names them, and not an extra of this package: that is right wherever this package was installed from.
    """
    return f"pip install {' '.join(map(_required, packages))}"


def _required(package: str) -> str:
    # It loads an e-mail parser, which is needed for nothing else.
    from importlib.metadata import PackageNotFoundError, requires

    try:
        told = requires("cleaner") or []
    except PackageNotFoundError:
        return package
    for each in told:
        found = _REQUIREMENT.match(each)
        if found and _same(found["name"]) == _same(package) and found["releases"].strip():
            return f"'{package}{found['releases'].strip()}'"
    return package


def _same(name: str) -> str:
    """A package's name as an index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()
