"""The options that say what is cut, `--certainty` and `--kinds`: the same for every command."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import typer

from cleaner.decide import Policy
from cleaner.kinds import Kind
from cleaner.policies import certainty_named, kinds_named

_Said = TypeVar("_Said")
_Named = TypeVar("_Named")


def certainty_option(panel: str | None = None) -> Any:
    """The option for the least certainty that is cut, in the help panel called `panel`."""
    return typer.Option(
        metavar="LEVEL",
        help="The least certainty that is cut: marked (carries a literal such as 'Baca Juga:'), framed "
        "(stands in a block with one), inferred (known by its surroundings), doubtful (a guess).",
        rich_help_panel=panel,
    )


def kinds_option(panel: str | None = None) -> Any:
    """The option for the kinds that are cut, in the help panel called `panel`."""
    return typer.Option(
        metavar="KIND,…",
        help=f"Cut only these kinds, of {', '.join(Kind)}. Without it, all.",
        show_default=False,
        rich_help_panel=panel,
    )


def policy_said(certainty: str, kinds: str | None) -> Policy:
    """The policy that the values of the two options say. Raises BadParameter where a name in them is none."""
    return Policy(
        _named(certainty_named, certainty, "--certainty"),
        _named(kinds_named, kinds, "--kinds"),
    )


def _named(named: Callable[[_Said], _Named], said: _Said, option: str) -> _Named:
    try:
        return named(said)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint=option) from None
