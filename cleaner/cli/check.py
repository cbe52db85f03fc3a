"""`clean check`: whether packs keep what they promise."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.text import Text

from cleaner.cli.counted import counted
from cleaner.cli.terminal import say, stderr_console, stdout_console
from cleaner.errors import CleanerError, OutletError, PackError
from cleaner.outlet import Outlet
from cleaner.outlets import BUILT_IN
from cleaner.pack_source import PackSource
from cleaner.proofs import violations
from cleaner.registry import COMMON, PATTERNS, common_rules, outlet_ids, outlet_named
from cleaner.visible import visible

_LOADING = "loading"
"""The aspect of what keeps a pack from being read at all."""

_EPILOG = (
    "Each rule needs texts that show what it removes, with ⟦…⟧ around exactly what goes, and texts that "
    "stay; both are held against the whole outlet. Also checked: the schema, unique ids, hosts and "
    "signatures, control characters, and the time that patterns take on texts made to hurt them.\n\n"
    "Exit code 0: all promises are kept. 1: one is broken. 2: a PACK can't be found."
)


class _Pack(msgspec.Struct, frozen=True):
    """A pack to check: a file, or an installed outlet whose file isn't known."""

    name: str
    path: Path | None = None


class _Broken(msgspec.Struct, frozen=True, kw_only=True):
    """One broken promise, with its place. This is also a row of the JSON output."""

    pack: str
    line: int | None = None
    rule: str = ""
    aspect: str
    problem: str
    consequence: str
    remedy: str
    expected: str = ""
    got: str = ""


class _Report(msgspec.Struct, frozen=True):
    """What came of checking one pack. `rules` is how many were tried."""

    rules: int
    broken: tuple[_Broken, ...]


def add_to(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("check", epilog=_EPILOG)(check)


def check(
    packs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PACK…",
            help="A pack's TOML file, or the id of an installed outlet. Without any: all installed packs.",
            show_default=False,
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write the answer as one JSON object.")] = False,
) -> None:
    """Check that packs keep what they promise: every rule does what its proofs say, no less and no more."""
    chosen = [_named(name) for name in packs] if packs else _installed()
    others = tuple(_loadable())
    for note in _standing_in(chosen, others):
        say(f"note: {note}")
    reports = [_watched(pack, others) for pack in _with_common(chosen)]
    broken = [entry for report in reports for entry in report.broken]
    rules = sum(report.rules for report in reports)
    if as_json:
        _print_json(len(reports), rules, broken)
    else:
        _print(stdout_console(), len(reports), rules, broken)
    if broken:
        raise typer.Exit(1)


def _installed() -> list[_Pack]:
    return [_pack_of(name) for name in (COMMON, *outlet_ids())]


def _named(name: str) -> _Pack:
    path = Path(name)
    if path.is_file():
        return _Pack(name, path)
    if path.is_dir():
        raise CleanerError(
            f"{name} is a folder; name the packs in it: {path / '*.toml'}. Nothing was checked"
        )
    if path.suffix == ".toml" or path.name != name:
        raise CleanerError(f"{name}: no such file; nothing was checked")
    if name != COMMON and name not in outlet_ids():
        known = ", ".join((COMMON, *outlet_ids()))
        raise CleanerError(
            f"{name!r} is neither a file nor an installed outlet ({known}); nothing was checked. "
            f"Name the pack's file, such as patterns/{name}.toml"
        )
    return _pack_of(name)


def _pack_of(outlet: str) -> _Pack:
    """The pack of an installed outlet; the built-in ones' files are known."""
    if outlet in (COMMON, *BUILT_IN):
        path = PATTERNS / f"{outlet}.toml"
        return _Pack(_short(path), path)
    return _Pack(outlet)


def _short(path: Path) -> str:
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _with_common(chosen: Sequence[_Pack]) -> list[_Pack]:
    """The packs to check; a broken common pack too, since nothing can be proved without it."""
    if _common_error() is None:
        return list(chosen)
    common = _pack_of(COMMON)
    say(f"note: {common.name} is broken; every outlet needs it, so no proof can be tried")
    return [common, *(pack for pack in chosen if pack.path is None or not _same(pack.path, common.path))]


def _standing_in(chosen: Sequence[_Pack], installed: Sequence[Outlet]) -> Iterator[str]:
    """A sentence for each of the `chosen` packs that has the id of an installed outlet with other rules."""
    by_id = {outlet.id: outlet for outlet in installed}
    for pack in chosen:
        outlet = _read(pack.path) if pack.path else None
        there = by_id.get(outlet.id) if outlet else None
        if outlet and there and outlet.rules != there.rules:
            yield (
                f"{pack.name} is a pack of {outlet.id!r}, which is installed with other rules; in a run with "
                "--pack it stands in for that one. If it shouldn't, give its outlet another id"
            )


def _read(path: Path) -> Outlet | None:
    """The outlet of the pack at `path`; None where it can't be read, which its own check tells."""
    try:
        return Outlet.from_file(path)
    except PackError:
        return None


def _same(one: Path, other: Path | None) -> bool:
    return other is not None and one.resolve() == other.resolve()


def _common_error() -> PackError | None:
    try:
        common_rules()
    except PackError as error:
        return error
    return None


def _loadable() -> Iterator[Outlet]:
    """The installed outlets that load. Those that don't are found out when they are checked."""
    for name in outlet_ids():
        try:
            yield outlet_named(name)
        except CleanerError:
            say(f"note: outlet {name!r} can't be loaded; nothing is compared with its hosts and signatures")


def _watched(pack: _Pack, others: Sequence[Outlet]) -> _Report:
    console = stderr_console()
    if not console.is_terminal:
        return _checked(pack, others)
    with console.status(Text(f"checking {visible(pack.name)}")):
        return _checked(pack, others)


def _checked(pack: _Pack, others: Sequence[Outlet]) -> _Report:
    if pack.path is None:
        try:
            return _proved(pack, outlet_named(pack.name), others, None)
        except OutletError as error:
            return _Report(0, (_unloadable(pack, str(error)),))
    try:
        source = PackSource(pack.path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        return _Report(0, (_unloadable(pack, f"can't be read ({reason})"),))
    faults = source.faults()
    if not faults:
        return _proved(pack, Outlet.from_file(pack.path), others, source)
    return _Report(
        0,
        tuple(
            _Broken(
                pack=pack.name,
                line=fault.line,
                rule=fault.rule,
                aspect=_LOADING,
                problem=fault.problem,
                consequence="none of the pack's rules is used",
                remedy="mend this, then check again: no proof was tried",
            )
            for fault in faults
        ),
    )


def _unloadable(pack: _Pack, problem: str) -> _Broken:
    return _Broken(
        pack=pack.name,
        aspect=_LOADING,
        problem=problem,
        consequence="none of its rules is used",
        remedy="mend this, then check again: no proof was tried",
    )


def _proved(pack: _Pack, outlet: Outlet, others: Sequence[Outlet], source: PackSource | None) -> _Report:
    if _common_error() is not None:
        return _Report(0, ())
    return _Report(
        len(outlet.rules),
        tuple(
            _Broken(
                pack=pack.name,
                line=source.line_of(found.rule, found.quote) if source else None,
                rule=found.rule,
                aspect=found.aspect,
                problem=found.problem,
                consequence=found.consequence,
                remedy=found.remedy,
                expected=found.expected,
                got=found.got,
            )
            for found in violations(outlet, others)
        ),
    )


def _print_json(packs: int, rules: int, broken: Sequence[_Broken]) -> None:
    rows = [msgspec.to_builtins(entry) for entry in broken]
    # ASCII: what a pack says must not steer the terminal.
    typer.echo(json.dumps({"packs": packs, "rules": rules, "violations": rows}, indent=2))


def _print(console: Console, packs: int, rules: int, broken: Sequence[_Broken]) -> None:
    for entry in broken:
        console.print(_paragraph(entry), soft_wrap=True)
    if broken:
        tried = f"{counted(packs, 'pack')}, {counted(rules, 'rule')} tried"
        console.print(Text(f"{tried}: {counted(len(broken), 'violation')}", style="bold red"), soft_wrap=True)
    else:
        proved = f"{counted(packs, 'pack')}, {counted(rules, 'rule')} proved"
        console.print(Text(f"{proved}: all promises kept", style="green"), soft_wrap=True)


def _paragraph(entry: _Broken) -> Text:
    place = entry.pack if entry.line is None else f"{entry.pack}:{entry.line}"
    text = Text.assemble((f"{visible(place)}:", "bold"), " ")
    if entry.rule:
        text.append(f"rule {visible(entry.rule)} ", style="cyan")
    text.append(f"[{entry.aspect}] ", style="red")
    text.append(visible(entry.problem) + "\n")
    for label, value in (
        ("expected", entry.expected),
        ("got", entry.got),
        ("so", entry.consequence),
        ("do", entry.remedy),
    ):
        if value:
            text.append(f"  {label:>8} ", style="dim").append(visible(value) + "\n")
    return text
