"""The options that name a record's keys: `--text-field` and its kin, the same for every command."""

from __future__ import annotations

import shlex
from typing import Any

import typer

from cleaner.dumps.records import FieldNames
from cleaner.dumps.tally import Tally


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


def given_again(names: FieldNames) -> str:
    """The options that name these keys, as they are typed: a blank before each; empty where all are usual."""
    text = {} if names.text == FieldNames().text else {"--text-field": names.text}
    return "".join(f" {option} {shlex.quote(key)}" for option, key in (text | names.chosen()).items())


def likely_keys(tally: Tally, option: str) -> list[str]:
    """The keys that `option` may be meant to name, as most of the records say that were searched for them."""
    told = [said.partition(" ") for said, number in tally.likely.items() if 2 * number > tally.probed]
    return sorted(key for meant, _, key in told if meant == option)
