"""`clean outlets`: what is installed, and where it comes from."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import entry_points
from typing import Annotated

import msgspec
import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from cleaner.cli.terminal import say, stdout_console
from cleaner.errors import OutletError
from cleaner.registry import COMMON, GROUP, common_rules, not_installed, outlet_ids, outlet_named
from cleaner.visible import visible


class Listed(msgspec.Struct, frozen=True):
    """One outlet as the list shows it."""

    id: str
    name: str
    hosts: tuple[str, ...]
    rules: int
    distribution: str


_EPILOG = """[bold]Examples[/bold]

clean outlets

clean outlets viva [dim]· all of its hosts, and what its texts are known by[/dim]

clean outlets --json

An outlet is added by installing a distribution that has one, or for one run with
clean run --pack FILE. The common rules are used on every text. Exit code 1: an outlet can't be loaded. 2: no
outlet has that id."""

_FEW = 3
"""How many hosts of an outlet the table shows, where it has many more."""
_COLUMNS = ("id", "name", "hosts", "rules", "comes with")
_SIDES = {"rules": ">"}


def add_to(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("outlets", epilog=_EPILOG)(_outlets)


def _outlets(
    ids: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="ID…", help="Show these outlets, with all that is known of each.", show_default=False
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write a JSON list instead of a table.")] = False,
) -> None:
    """List the installed outlets, or show some of them in full."""
    listed, broken = (_named(ids), []) if ids else _installed()
    if as_json:
        sys.stdout.write(msgspec.json.encode(listed).decode() + "\n")
    elif ids:
        _show_each(listed)
    else:
        _show(listed)
    for error in broken:
        say(f"clean: {error}")
    if broken:
        raise typer.Exit(1)


def _named(ids: Sequence[str]) -> list[Listed]:
    """The outlets with these ids, each once. Raises OutletError where there is no such outlet."""
    installed = outlet_ids()
    for id in ids:
        if id not in installed:
            raise not_installed(id, installed, "a pack of your own is looked at with: clean check FILE.toml")
    distributions = _distributions()
    return [_listed(id, distributions) for id in dict.fromkeys(ids)]


def _installed() -> tuple[list[Listed], list[OutletError]]:
    listed, broken = [], []
    distributions = _distributions()
    for id in outlet_ids():
        try:
            listed.append(_listed(id, distributions))
        except OutletError as error:
            broken.append(error)
    return listed, broken


def _distributions() -> dict[str, str]:
    """What each outlet comes with, by the outlets' ids."""
    return {
        entry.name: f"{entry.dist.name} {entry.dist.version}" if entry.dist else "unknown"
        for entry in entry_points(group=GROUP)
    }


def _listed(id: str, distributions: Mapping[str, str]) -> Listed:
    outlet = outlet_named(id)
    return Listed(id, outlet.name, outlet.hosts, len(outlet.rules), distributions.get(id, "unknown"))


def _show(listed: list[Listed]) -> None:
    console = stdout_console()
    rows = [
        tuple(map(visible, (each.id, each.name, _few(each.hosts), str(each.rules), each.distribution)))
        for each in listed
    ]
    if console.is_terminal:
        console.print(_table(rows))
    else:
        _print_lines(console, [_COLUMNS, *rows])
    console.print(f"The {len(common_rules())} rules of {COMMON} are used on every text.")
    if any(len(each.hosts) > _FEW + 1 for each in listed):
        console.print("All hosts of an outlet: clean outlets ID")


def _few(hosts: Sequence[str]) -> str:
    """The first few hosts, and how many more there are."""
    if not hosts:
        return "none"
    # "1 more" would take the place of that one.
    if len(hosts) <= _FEW + 1:
        return ", ".join(hosts)
    return f"{', '.join(hosts[:_FEW])}, … and {len(hosts) - _FEW} more"


def _table(rows: Iterable[Sequence[str]]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    # An id is copied into other commands, so the rest gives way to it.
    table.add_column("id", no_wrap=True)
    for column in ("name", "hosts"):
        table.add_column(column, overflow="fold")
    table.add_column("rules", justify="right")
    table.add_column("comes with", overflow="fold")
    for row in rows:
        # The number of the others is no host: it has a line of its own.
        table.add_row(*(cell.replace(", … and ", ",\n… and ") for cell in row))
    return table


def _print_lines(console: Console, rows: Sequence[Sequence[str]]) -> None:
    """A line an outlet, in columns: other programs read it line by line."""
    forms = [f"{_SIDES.get(column[0], '<')}{max(map(len, column))}" for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (f"{cell:{form}}" for cell, form in zip(row, forms, strict=True))
        console.print(Text("  ".join(cells).rstrip()), soft_wrap=True)


def _show_each(listed: Iterable[Listed]) -> None:
    console = stdout_console()
    for place, each in enumerate(listed):
        if place:
            console.print()
        console.print(Text(visible(each.name), "bold"), soft_wrap=True)
        signatures = dict.fromkeys(f"“{sign.strip()}”" for sign in outlet_named(each.id).signatures)
        for label, fact in (
            ("id", each.id),
            ("hosts", ", ".join(each.hosts) or "none"),
            ("signatures", ", ".join(signatures) or "none"),
            ("rules", str(each.rules)),
            ("comes with", each.distribution),
        ):
            _print_fact(console, f"{label:<10}", visible(fact))


def _print_fact(console: Console, label: str, fact: str) -> None:
    """A fact beside its label; on a terminal its further lines stand under its first."""
    if not console.is_terminal:
        console.print(Text(f"{label} {fact}"), soft_wrap=True)
        return
    grid = Table.grid(padding=(0, 1))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(label, fact)
    console.print(grid)
