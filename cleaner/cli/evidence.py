"""The ledger that a command uses, and what it can't prove: where it holds no article, or no title at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import typer

from cleaner.cli.counted import counted
from cleaner.dumps.stats import not_in_ledger
from cleaner.ledger import Ledger

UNKNOWN = "no known outlet"


def ledger_option(panel: str | None = None) -> Any:
    """The option for the ledger that is used, in the help panel called `panel`."""
    return typer.Option(
        metavar="FILE",
        help="What the dump proves: [bold]clean ledger build[/bold] writes it. Lines that are other "
        "articles' titles go for certain.",
        show_default=False,
        rich_help_panel=panel,
    )


def lacking(ledger: Ledger | None, records: Mapping[str, int]) -> list[str]:
    """What `ledger` lacks for records of these outlets, a line each; an empty id stands for no known one."""
    if ledger is None or not records:
        return []
    if not ledger.header.shelves.get("titles"):
        return [no_titles(f"The ledger {ledger.path}")]
    missing = [
        f"{outlet or UNKNOWN} ({counted(number, 'record')})"
        for outlet, number in not_in_ledger(ledger, records).items()
    ]
    if not missing:
        return []
    return [
        f"The ledger {ledger.path} holds no article of {', '.join(missing)}: there it proves nothing. Build "
        "it anew from a dump that has them, with the same --pack, --outlet and --outlet-field as here: clean "
        f"ledger build DUMP -o {ledger.path}"
    ]


def no_titles(ledger: str) -> str:
    """What is said of a ledger that was built from articles without titles."""
    return (
        f"{ledger} holds no titles, so it proves nothing. Where records have them, build it anew and name "
        "their key: clean ledger build --title-field NAME"
    )
