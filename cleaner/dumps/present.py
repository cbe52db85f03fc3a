"""What stands at a path. A path that can't be looked at, as its name is too long, has nothing there."""

from __future__ import annotations

from pathlib import Path


def is_there(path: Path) -> bool:
    """Whether anything stands at `path`; a link that leads nowhere does not count."""
    try:
        return path.exists()
    except OSError:
        return False


def is_folder(path: Path) -> bool:
    """Whether a folder stands at `path`, or a link to one."""
    try:
        return path.is_dir()
    except OSError:
        return False


def is_file(path: Path) -> bool:
    """Whether a regular file stands at `path`, or a link to one."""
    try:
        return path.is_file()
    except OSError:
        return False
