"""The options that name a record's keys: `--text-field` and its kin, the same for every command."""

from __future__ import annotations

from typing import Any

import typer


def key_of(what: str, panel: str | None = None) -> Any:
    """The option for the records' key for `what`, in the help panel called `panel`."""
    return typer.Option(metavar="NAME", help=f"The records' key for {what}.", rich_help_panel=panel)


def key_of_outlet(panel: str | None = None) -> Any:
    """The option for the key of the outlet, which records may lack."""
    return typer.Option(
        metavar="NAME",
        help="The records' key for the outlet: its id, however it is written (Warta_Kota for warta-kota), or "
        "its host. Records that name none that is installed are recognised.",
        show_default=False,
        rich_help_panel=panel,
    )
