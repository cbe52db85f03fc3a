"""`clean new`: what a new outlet begins with."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from cleaner.cli.terminal import stdout_console
from cleaner.errors import CleanerError, PackError
from cleaner.outlet import Outlet
from cleaner.pack import parse_pack
from cleaner.proofs import violations
from cleaner.registry import COMMON, installed_outlets, outlet_ids
from cleaner.visible import visible

_EPILOG = "Nothing is overwritten. Exit code 2: the id or a host is no good, or the pack is there already."

_TEMPLATE = Path(__file__).with_name("new_pack.toml")


def add_to(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("new", epilog=_EPILOG)(new)


def new(
    outlet: Annotated[
        str, typer.Argument(metavar="OUTLET", help="The new outlet's id: small letters, digits, hyphens.")
    ],
    host: Annotated[
        list[str] | None,
        typer.Option(
            metavar="HOST", help="A domain its pages are on, such as contoh.co.id.", show_default=False
        ),
    ] = None,
    root: Annotated[
        Path, typer.Option(metavar="DIR", help="The folder to put patterns/ and seeds/ into.")
    ] = Path(),
) -> None:
    """Begin a new outlet: write patterns/OUTLET.toml, with one worked example, and make seeds/OUTLET/."""
    if outlet == COMMON or outlet in outlet_ids():
        raise CleanerError(f"outlet {outlet!r} is installed already; choose another id. Nothing was written")
    source = _pack_text(outlet, host or [])
    _refuse_unsound(outlet, source)
    pack, seeds = root / "patterns" / f"{outlet}.toml", root / "seeds" / outlet
    if os.path.lexists(pack):
        raise CleanerError(f"{pack} is there already; it is left as it is, and nothing was written")
    try:
        seeds.mkdir(parents=True, exist_ok=True)
        pack.parent.mkdir(parents=True, exist_ok=True)
        with pack.open("x", encoding="utf-8", newline="\n") as file:
            file.write(source)
    except FileExistsError as error:
        raise CleanerError(f"{error.filename or pack} is there already; it is left as it is") from error
    except OSError as error:
        raise CleanerError(f"{error.filename or pack} can't be written ({error.strerror})") from error
    _print_steps(outlet, pack, seeds, root)


def _pack_text(outlet: str, hosts: list[str]) -> str:
    template = _TEMPLATE.read_text(encoding="utf-8")
    # A JSON string is a TOML string: what is given can't leave its quotes.
    return template.replace("OUTLET_ID", json.dumps(outlet)).replace("HOSTS", json.dumps(hosts))


def _refuse_unsound(outlet: str, source: str) -> None:
    """Refuse an id or host that makes no sound pack, before anything is written under that name."""
    try:
        pack = parse_pack(source, f"patterns/{outlet}.toml")
    except PackError as error:
        raise CleanerError(
            str(error).replace("none of the pack's rules is used", "nothing was written")
        ) from error
    made = Outlet(pack.outlet, pack.name, pack.hosts, pack.signatures, pack.rules)
    found = violations(made, installed_outlets())
    if found:
        raise CleanerError(f"{found[0].problem}; {found[0].remedy}. Nothing was written")


def _print_steps(outlet: str, pack: Path, seeds: Path, root: Path) -> None:
    console = stdout_console()
    where = "" if root == Path() else f" --root {root}"
    lines = (
        (f"written {pack}", "green"),
        (f"made    {seeds}{'' if str(seeds).endswith('/') else '/'}", "green"),
        ("", ""),
        ("Next:", "bold"),
        (f"  1. Put a page's text, as it was scraped, into {seeds / '1.txt'}.", ""),
        (f"  2. Write rules into {pack}, and look at what they do:", ""),
        (f"     clean explain {seeds / '1.txt'} --pack {pack}", ""),
        ("  3. Prove them:", ""),
        (f"     clean check {pack}", ""),
        ("  4. Read the clean text, then keep it as the golden one:", ""),
        (f"     clean golden diff 1{where}", ""),
        (f"     clean golden accept {outlet}/1{where}", ""),
    )
    for line, style in lines:
        console.print(Text(visible(line), style), soft_wrap=True)
