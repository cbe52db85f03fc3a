"""Where a run writes: planned whole and checked against what it reads, before anything is written."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, TypeAlias

import msgspec

from cleaner.dumps.endings import PAGE, RECORD_ENDINGS, TEXT, TEXT_ENDING, WRITTEN, ending_of, said_by
from cleaner.dumps.formats.target import Target
from cleaner.dumps.inside import path_inside
from cleaner.dumps.present import is_folder, is_there
from cleaner.dumps.records import FieldNames
from cleaner.dumps.sources import STDIN, ArticleFile, Found, RecordFile
from cleaner.dumps.targeting import target_of
from cleaner.errors import CleanerError

STDOUT = STDIN
DEFAULT_FOLDER = "cleaned"
DEFAULT_FILE = "cleaned.jsonl"


class SidecarPaths(msgspec.Struct, frozen=True):
    """The files beside an output."""

    removed: Path
    errors: Path
    stats: Path


class RecordsOut(msgspec.Struct, frozen=True):
    """One file of records; `path` None is standard output."""

    path: Path | None
    sidecars: SidecarPaths | None
    target: Target = Target()


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
        return _sidecars(f"{audit}.")
    ending = ending_of(out.name)
    if ending in RECORD_ENDINGS:
        return _sidecars(f"{str(out)[: -len(ending)]}.")
    return _sidecars(f"{out}{os.sep}")


def _sidecars(start: str) -> SidecarPaths:
    return SidecarPaths(
        Path(f"{start}removed.jsonl"), Path(f"{start}errors.jsonl"), Path(f"{start}stats.json")
    )


def plan_output(
    found: Found,
    out: str | None,
    audit: str | None,
    names: FieldNames,
    out_format: str | None = None,
    stdin: BinaryIO | None = None,
) -> Output:
    """What `out` means for what was found; without it, a name that goes with what was found.

    `out_format` is what goes to standard output, as an ending without its dot. `stdin` is a copy of standard
    input that can be sought in. Raises CleanerError where the two don't go together.
    """
    records = [source for source in found.sources if isinstance(source, RecordFile)]
    if out is None:
        out = _default(found, records)
    if out == STDOUT:
        sidecars = None if audit is None else beside(Path(), audit)
        one_text = not records and not found.folders and len(found.sources) == 1
        if out_format == TEXT and not one_text:
            raise CleanerError("--out-format txt is for one text or page, and there may be more; use jsonl")
        if out_format == TEXT or (one_text and out_format is None):
            return TextOut(sidecars)
        return RecordsOut(None, sidecars, target_of(f".{out_format or 'jsonl'}", found.sources, names, stdin))
    if out_format is not None:
        raise CleanerError(
            f"--out-format is for standard output, where OUT is -; what is written to {out} its ending says"
        )
    path = Path(out)
    ending = ending_of(path.name)
    if ending in RECORD_ENDINGS:
        return RecordsOut(path, beside(path, audit), target_of(ending, found.sources, names, stdin))
    if records:
        endings = ", ".join(f".{format}" for format in WRITTEN)
        raise CleanerError(
            f"records become one file, whose name ends in one of {endings} (the first three also with .gz or "
            f".zst), and {out} doesn't: give -o {_as_file(path)}, or -o - for standard output; nothing was "
            "written"
        )
    if ending is not None and said_by(ending).format in (TEXT, PAGE) and not is_folder(path):
        raise CleanerError(
            f"{out} looks like a file, but texts are written into a folder; give a folder, "
            "or - for one text on standard output"
        )
    return FolderOut(path, beside(path, audit))


def _as_file(folder: Path) -> Path:
    """A file of records, by the name that was given for a folder."""
    if not folder.name:
        return Path(DEFAULT_FILE)
    # Of `out.json` another format was meant, of `2024.11` nothing but a name.
    name = folder.stem if folder.suffix[1:].isalpha() else folder.name
    return folder.with_name(f"{name}.jsonl")


def _default(found: Found, records: list[RecordFile]) -> str:
    if found.sources and all(source.path is None for source in found.sources):
        return STDOUT
    if not records:
        return DEFAULT_FOLDER
    kinds = {(source.format, source.packing) for source in records}
    format, packing = kinds.pop()
    if kinds or len(records) < len(found.sources) or format not in WRITTEN:
        return DEFAULT_FILE
    return f"cleaned.{format}{packing}"


def refuse_overlap(found: Found, output: Output) -> None:
    """Raise CleanerError where writing `output` would change what is read, or what no run has written."""
    read = {identity(source.path): source.name for source in found.sources if source.path is not None}
    targets: set[object] = set()
    for target in _named_files(output):
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


def files_of(output: Output) -> Iterator[Path]:
    """The files that an earlier run has written there, as far as its rows tell: texts have a row each."""
    yield from _named_files(output)
    if isinstance(output, FolderOut):
        for id in _earlier_ids(output.sidecars.removed):
            yield path_inside(output.path, id + TEXT_ENDING)


def holds_work(output: Output) -> bool:
    """Whether an earlier run has left cleaned records there, or something else stands under that name."""
    if output.sidecars is not None and is_there(output.sidecars.removed):
        # A row for each record.
        return output.sidecars.removed.stat().st_size > 0
    path = output.path if isinstance(output, RecordsOut) else None
    return path is not None and is_there(path) and path.stat().st_size > 0


def _named_files(output: Output) -> Iterator[Path]:
    if isinstance(output, RecordsOut) and output.path is not None:
        yield output.path
    if output.sidecars is not None:
        yield output.sidecars.removed
        yield output.sidecars.errors
        yield output.sidecars.stats


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
    written: dict[Path, ArticleFile] = {}
    strangers: list[Path] = []
    for source in found.sources:
        if not isinstance(source, ArticleFile):
            continue
        target = path_inside(output.path, source.id + TEXT_ENDING)
        if target in written:
            raise CleanerError(
                f"{written[target].name} and {source.name} would both become {target}; "
                f"{_how_apart(written[target], source)}, nothing was written"
            )
        written[target] = source
        if identity(target) in read:
            raise CleanerError(f"{target} is to be written, but it is read as well; nothing was written")
        if is_there(Path(os.path.realpath(target))):
            strangers.append(target)
    if strangers:
        _refuse_strangers(strangers, output)


def _how_apart(one: ArticleFile, other: ArticleFile) -> str:
    """What to do about two files of one id: a page and its text, or texts of two folders."""
    if one.ending != other.ending:
        return f"give the files of one kind as PATHs, such as *{other.ending}, or clean them into two OUTs"
    return "clean them into two OUTs, or give the folder that holds both"


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
    now = {source.id for source in found.sources if isinstance(source, ArticleFile)}
    return [id for id in _earlier_ids(output.sidecars.removed) if id not in now]
