"""Paths made from ids that came from elsewhere: never outside the folder they are meant for."""

from __future__ import annotations

import os
from pathlib import Path, PureWindowsPath

from cleaner.errors import CleanerError


def path_inside(folder: Path, name: str) -> Path:
    """The path `name` inside `folder`; its steps are parted by `/`.

    Raises CleanerError where it would lead out of the folder: by `..`, by a root or a drive, or by a link.
    """
    steps = name.split("/")
    # A backslash or a drive letter is an ordinary character here and a way out on Windows.
    foreign = PureWindowsPath(name)
    leaves = os.name == "nt" and (len(foreign.parts) != len(steps) or foreign.drive)
    if leaves or "\0" in name or any(step in ("", ".", "..") for step in steps):
        raise CleanerError(f"the id {name!r} is no path inside {folder}; nothing is written for it")
    path = folder.joinpath(*steps)
    root = os.path.realpath(folder)
    if os.path.commonpath([root, os.path.realpath(path.parent)]) != root:
        raise CleanerError(f"the id {name!r} leads out of {folder} through a link; nothing is written for it")
    return path
