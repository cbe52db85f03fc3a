"""`clean outlets`: what is installed, and where it comes from."""

from __future__ import annotations

import sys
from importlib.metadata import entry_points
from typing import Annotated

import msgspec
import typer

from cleaner.cli.terminal import say, stdout_console
from cleaner.errors import OutletError
from cleaner.registry import COMMON, GROUP, common_rules, outlet_ids, outlet_named
from cleaner.visible import visible


class Listed(msgspec.Struct, frozen=True):
    """One outlet as the list shows it."""

    id: str
    name: str
    hosts: tuple[str, ...]
    rules: int
    distribution: str


_EPILOG = """An outlet is added by installing a distribution that has one, or for one run with
clean run --pack FILE. The common rules are used on every text. Exit code 1: an outlet can't be loaded."""


def add_to(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("outlets", epilog=_EPILOG)(_outlets)


def _outlets(
    as_json: Annotated[bool, typer.Option("--json", help="Write a JSON list instead of a table.")] = False,
) -> None:
    """List the installed outlets."""
    listed, broken = _installed()
    if as_json:
        sys.stdout.write(msgspec.json.encode(listed).decode() + "\n")
    else:
        _show(listed)
    for error in broken:
        say(f"clean: {error}")
    if broken:
        raise typer.Exit(1)


def _installed() -> tuple[list[Listed], list[OutletError]]:
    listed, broken = [], []
    distributions = {entry.name: entry.dist for entry in entry_points(group=GROUP)}
    for id in outlet_ids():
        dist = distributions.get(id)
        try:
            outlet = outlet_named(id)
        except OutletError as error:
            broken.append(error)
            continue
        where = f"{dist.name} {dist.version}" if dist else "unknown"
        listed.append(Listed(id, outlet.name, outlet.hosts, len(outlet.rules), where))
    return listed, broken


def _show(listed: list[Listed]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    # An id is copied into other commands, so the rest gives way to it.
    table.add_column("id", no_wrap=True)
    for column in ("name", "hosts"):
        table.add_column(column, overflow="fold")
    table.add_column("rules", justify="right")
    table.add_column("comes with", overflow="fold")
    for outlet in listed:
        hosts = ", ".join(outlet.hosts) or "none"
        cells = (outlet.id, outlet.name, hosts, str(outlet.rules), outlet.distribution)
        table.add_row(*map(visible, cells))
    console = stdout_console()
    console.print(table)
    console.print(f"The {len(common_rules())} rules of {COMMON} are used on every text.")
