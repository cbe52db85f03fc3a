"""The command `clean`."""

from __future__ import annotations

import os
import sys
from difflib import get_close_matches
from importlib import import_module
from inspect import cleandoc
from typing import Annotated, Any

import typer
import typer.main
from typer.core import TyperGroup

from cleaner.cli.stop import Stopped, Unread, stop_on_signals
from cleaner.cli.terminal import say
from cleaner.errors import CleanerError
from cleaner.visible import visible

_COMMANDS = (
    *("run", "explain", "restore", "report", "ledger", "drift"),
    *("outlets", "new", "mine", "check", "golden"),
)
_SHORT_FOR = "run"


class Commands(TyperGroup):
    """The commands of `clean`, each imported when it is asked for.

    What names none of them is the first PATH, or an option, of `clean run`.
    """

    def list_commands(self, ctx: Any) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in _COMMANDS:
            return None
        if cmd_name not in self.commands:
            self.commands[cmd_name] = _command(cmd_name)
        return self.commands[cmd_name]

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        own = {name for option in self.get_params(ctx) for name in option.opts}
        if args and args[0] not in own and args[0] not in _COMMANDS:
            _refuse_slip(ctx, args[0])
            args = [_SHORT_FOR, *args]
        return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except CleanerError as error:
            say(f"clean: {error}")
            raise typer.Exit(2) from error
        except BrokenPipeError as error:
            # Typer would end with 1, which means here that a record failed.
            raise Unread from error


def _refuse_slip(ctx: Any, word: str) -> None:
    """Say so where `word` is no path but nearly a command."""
    near = [] if os.path.lexists(word) else get_close_matches(word, _COMMANDS, n=1)
    if near:
        ctx.fail(f"{visible(word)!r} is neither a command nor a file. Did you mean {near[0]!r}?")


def _command(name: str) -> Any:
    # A Typer app of its own, as that is what builds a command; the callback makes it a group for certain.
    alone = typer.Typer(callback=lambda: None, rich_markup_mode="rich")
    import_module(f"cleaner.cli.{name}").add_to(alone)
    group = typer.main.get_command(alone)
    assert isinstance(group, TyperGroup)
    command = group.commands[name]
    _flow(command)
    return command


def _flow(command: Any) -> None:
    """Let the paragraphs of a command's help run on: they are wrapped for the terminal, not for the code."""
    command.help = _flowing(command.help)
    command.epilog = _flowing(command.epilog)
    for part in getattr(command, "commands", {}).values():
        _flow(part)


def _flowing(text: str | None) -> str | None:
    if text is None:
        return None
    paragraphs = cleandoc(text).split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


app = typer.Typer(
    name="clean",
    cls=Commands,
    no_args_is_help=True,
    subcommand_metavar="COMMAND … | PATH…",
    rich_markup_mode="rich",
    # A traceback of an unforeseen error is for a report; it shows no values of variables.
    pretty_exceptions_enable=False,
    epilog="`clean PATH…` is short for `clean run PATH…`. A file called like a command is given as ./check.",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"clean {version('cleaner')}")
        raise typer.Exit


@app.callback()
def _clean(
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit."),
    ] = False,
) -> None:
    """Turn scraped Indonesian news into clean articles, with proof of every cut."""


def main() -> None:
    """Run the command `clean` on the process's arguments. Ends the process with an exit code.

    0 done, 1 a record or a verdict failed, 2 the command can't be carried out; 130 and 143 where it was
    interrupted or terminated, 141 where nobody read its output any more.
    """
    with stop_on_signals():
        try:
            try:
                app(prog_name="clean")
            finally:
                sys.stdout.flush()
        except (BrokenPipeError, Unread):
            _end(141)
        except Stopped as stopped:
            say(f"clean: {stopped}")
            _end(stopped.code)


def _end(code: int) -> None:
    # The interpreter would flush standard output once more, into the same broken pipe.
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)
