"""Where a run writes: planned whole and checked against what it reads, before anything is written."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

import msgspec

from cleaner.dumps.inside import path_inside
from cleaner.dumps.present import is_folder, is_there
from cleaner.dumps.sources import RECORD_ENDINGS, STDIN, TEXT_ENDING, Found, RecordFile, TextFile
from cleaner.errors import CleanerError

STDOUT = STDIN
DEFAULT_FOLDER = "cleaned"
DEFAULT_FILE = "cleaned.jsonl"


class SidecarPaths(msgspec.Struct, frozen=True):
    """The two files beside an output."""

    removed: Path
    errors: Path


class RecordsOut(msgspec.Struct, frozen=True):
    """One JSONL file; `path` None is standard output."""

    path: Path | None
    sidecars: SidecarPaths | None


class FolderOut(msgspec.Struct, frozen=True):
    """A folder with a file for each text."""

    path: Path
    sidecars: SidecarPaths


class TextOut(msgspec.Struct, frozen=True):
    """One text, to standard output."""

    sidecars: SidecarPaths | None


Output: TypeAlias = RecordsOut | FolderOut | TextOut


def beside(out: Path, audit: str | None = None) -> SidecarPaths:
    """The sidecars of the output `out`; those that begin with the prefix `audit`, where one is given."""
    if audit is not None:
        return SidecarPaths(Path(f"{audit}.removed.jsonl"), Path(f"{audit}.errors.jsonl"))
    if out.suffix.lower() in RECORD_ENDINGS:
        return SidecarPaths(out.with_suffix(".removed.jsonl"), out.with_suffix(".errors.jsonl"))
    return SidecarPaths(out / "removed.jsonl", out / "errors.jsonl")


def plan_output(found: Found, out: str | None, audit: str | None) -> Output:
    """What `out` means for what was found; without it, a name that goes with what was found.

    Raises CleanerError where the two don't go together.
    """
    records = [source for source in found.sources if isinstance(source, RecordFile)]
    if out is None:
        out = _default(found, records)
    if out == STDOUT:
        sidecars = None if audit is None else beside(Path(), audit)
        one_text = not records and not found.folders and len(found.sources) == 1
        return TextOut(sidecars) if one_text else RecordsOut(None, sidecars)
    path = Path(out)
    if path.suffix.lower() in RECORD_ENDINGS:
        return RecordsOut(path, beside(path, audit))
    if records:
        raise CleanerError(
            f"{records[0].name} holds records, so OUT is one file that ends in .jsonl or .ndjson, or - ; "
            f"{out} is neither, and nothing was written"
        )
    if path.suffix.lower() == TEXT_ENDING and not is_folder(path):
        raise CleanerError(
            f"{out} looks like a file, but texts are written into a folder; give a folder, "
            "or - for one text on standard output"
        )
    return FolderOut(path, beside(path, audit))


def _default(found: Found, records: list[RecordFile]) -> str:
    if found.sources and all(source.path is None for source in found.sources):
        return STDOUT
    return DEFAULT_FILE if records else DEFAULT_FOLDER


def refuse_overlap(found: Found, output: Output) -> None:
    """Raise CleanerError where writing `output` would change what is read, or what no run has written."""
    read = {identity(source.path): source.name for source in found.sources if source.path is not None}
    targets: set[object] = set()
    for target in _targets(output):
        if identity(target) in read:
            raise CleanerError(f"{target} is to be written, but it is read as well; nothing was written")
        if identity(target) in targets:
            raise CleanerError(f"{target} is to be written twice, as OUT and as rows; nothing was written")
        targets.add(identity(target))
    if isinstance(output, FolderOut):
        _refuse_nested(found, output.path)
        _refuse_collisions(found, output)


def identity(path: Path) -> object:
    """What tells whether two paths are the same file, also through links."""
    # A folder that isn't there yet is no obstacle: in `new/../a.txt` it is made, and then a.txt is written.
    real = Path(os.path.realpath(path))
    try:
        status = real.stat()
    except OSError:
        return real
    return status.st_dev, status.st_ino


def _targets(output: Output) -> Iterator[Path]:
    if isinstance(output, RecordsOut) and output.path is not None:
        yield output.path
    if output.sidecars is not None:
        yield output.sidecars.removed
        yield output.sidecars.errors


def _refuse_nested(found: Found, out: Path) -> None:
    real = Path(os.path.realpath(out))
    for folder in found.folders:
        if real.is_relative_to(os.path.realpath(folder)):
            raise CleanerError(
                f"{out} is to be written, but it is inside {folder}, which is read; "
                "choose an OUT elsewhere, nothing was written"
            )


def _refuse_collisions(found: Found, output: FolderOut) -> None:
    read = {identity(source.path): source.name for source in found.sources if source.path is not None}
    written: dict[Path, str] = {}
    strangers: list[Path] = []
    for source in found.sources:
        if not isinstance(source, TextFile):
            continue
        target = path_inside(output.path, source.id + TEXT_ENDING)
        if target in written:
            raise CleanerError(
                f"{written[target]} and {source.name} would both become {target}; "
                "clean them into two OUTs, or give the folder that holds both, nothing was written"
            )
        written[target] = source.name
        if identity(target) in read:
            raise CleanerError(f"{target} is to be written, but it is read as well; nothing was written")
        if is_there(Path(os.path.realpath(target))):
            strangers.append(target)
    if strangers:
        _refuse_strangers(strangers, output)


def _refuse_strangers(present: Iterable[Path], output: FolderOut) -> None:
    earlier = {path_inside(output.path, id + TEXT_ENDING) for id in _earlier_ids(output.sidecars.removed)}
    for path in present:
        if path not in earlier:
            rows = output.sidecars.removed
            raise CleanerError(
                f"{path} is there already and is from no earlier run ({rows} doesn't name it); "
                "choose another OUT or move it away, nothing was written"
            )


class _Id(msgspec.Struct):
    id: str


def _earlier_ids(removed: Path) -> Iterator[str]:
    decode = msgspec.json.Decoder(_Id).decode
    try:
        with removed.open("rb") as rows:
            for line in rows:
                yield decode(line).id
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return


def forgotten(found: Found, output: FolderOut) -> list[str]:
    """The ids of an earlier run's texts in `output` that this run won't write: they stay, without a row."""
    now = {source.id for source in found.sources if isinstance(source, TextFile)}
    return [id for id in _earlier_ids(output.sidecars.removed) if id not in now]
