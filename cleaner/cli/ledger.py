"""`clean ledger`: a dump's titles and recurring lines as evidence for `clean run --ledger`."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from cleaner.cli.counted import agreeing, counted
from cleaner.cli.evidence import no_titles
from cleaner.cli.keys import key_of, key_of_outlet
from cleaner.cli.progress import counting
from cleaner.cli.summary import first_errors, notes
from cleaner.cli.terminal import say
from cleaner.cli.written import refuse_same
from cleaner.dumps.counting import Counting
from cleaner.dumps.engines import cores, parts
from cleaner.dumps.present import is_file
from cleaner.dumps.records import FieldNames
from cleaner.dumps.shards import plan
from cleaner.dumps.sources import Found, find_sources, total_bytes
from cleaner.dumps.tally import Tally
from cleaner.errors import CleanerError
from cleaner.ledger import Header, Ledger, is_ledger
from cleaner.ledger_builder import LedgerBuilder
from cleaner.outlet import Outlet

_NO_LEDGER = "there is no ledger"
_BUILD_EPILOG = """[bold]Examples[/bold]

clean ledger build dump.jsonl -o dump.ledger

clean run dump.jsonl -o clean.jsonl --ledger dump.ledger

A ledger holds hashes and counts, by outlet, and no wording. Lines are told apart by outlet, so build it with
the packs and the options that the run will have. A larger dump makes a better one.

Exit code 0: done. 1: some records could not be read. 2: nothing was done."""


def add_to(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    group = typer.Typer(no_args_is_help=True, help="What a whole dump says of its lines, kept as evidence.")
    group.command("build", epilog=_BUILD_EPILOG)(_build)
    group.command("show")(_show)
    app.add_typer(group, name="ledger")


def _build(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="DUMP", help="What `clean run` takes as PATH.", show_default=False),
    ],
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            "-o",
            metavar="LEDGER",
            help="The file to write. One that is there is replaced, as soon as the new one is whole.",
            show_default=False,
        ),
    ],
    text_field: Annotated[str, key_of("the text")] = "text",
    html_field: Annotated[str, key_of("the page")] = "html",
    url_field: Annotated[str, key_of("the url")] = "url",
    title_field: Annotated[str, key_of("the headline")] = "title",
    outlet: Annotated[
        str | None,
        typer.Option(metavar="ID", help="All articles are this outlet's.", show_default=False),
    ] = None,
    outlet_field: Annotated[str | None, key_of_outlet()] = None,
    pack: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            help="Use the outlet of this pack (.toml) as well, as the run will. Can be given several times.",
            show_default=False,
        ),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs", "-j", min=1, metavar="N", help="How many processes read. Without it: one a core."
        ),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")] = False,
) -> None:
    """Read a dump and write down how many articles have each title and each short line."""
    found = find_sources(paths)
    _refuse_to_replace(out, found, pack or ())
    if outlet is not None and outlet_field is not None:
        raise typer.BadParameter(
            "--outlet says it for all records already; leave one of the two out", param_hint="--outlet-field"
        )
    names = FieldNames(text_field, url_field, title=title_field, outlet=outlet_field or "", html=html_field)
    work = Counting(names, outlet, tuple(map(Outlet.from_file, pack or ())))
    shards = plan(found.sources, names=names)
    tally = Tally()
    read = 0
    try:
        with (
            LedgerBuilder() as builder,
            closing(parts(shards, work.worker(), work, jobs or cores())) as made,
            counting(total_bytes(found.sources), quiet) as show,
        ):
            for counts in made:
                builder.merge(counts.articles, counts.shelves)
                for refused in counts.refused:
                    tally.refused(refused)
                read += counts.size
                show(read, builder.articles.total())
            header = builder.write(out) if builder.articles else None
    except OSError as error:
        reason = error.strerror or error
        raise CleanerError(f"{out}: can't be written ({reason}); {_NO_LEDGER}") from error
    if header is None:
        raise _nothing_in(found, tally, out)
    if not quiet:
        _say(out, header)
        _say_all(notes(found, tally))
    if tally.errors:
        them = agreeing(tally.errors, "it", "them")
        say(f"{counted(tally.errors, 'record')} could not be read, so the ledger knows nothing of {them}:")
        _say_all(first_errors(tally))
        raise typer.Exit(1)


def _refuse_to_replace(out: Path, found: Found, packs: Iterable[Path]) -> None:
    """Raise CleanerError where `out` is read, or is a file that is no ledger."""
    read = (source.path for source in found.sources if source.path is not None)
    refuse_same(out, (*read, *packs), _NO_LEDGER)
    if is_file(out) and not is_ledger(out):
        raise CleanerError(
            f"{out} is there and is no ledger, so it is not replaced; {_NO_LEDGER}. Name another file, or "
            "remove that one"
        )


def _nothing_in(found: Found, tally: Tally, out: Path) -> CleanerError:
    """The error where there is no article; what was passed over or could not be read is named before."""
    _say_all([*notes(found, tally), *first_errors(tally)])
    read = f" but {counted(tally.errors, 'record')} that could not be read" if tally.errors else ""
    return CleanerError(f"there is nothing to build a ledger from{read}; {out} was not written")


def _show(
    path: Annotated[Path, typer.Argument(metavar="LEDGER", help="The ledger.", show_default=False)],
) -> None:
    """Say what a ledger was built from."""
    _say(path, Ledger(path).header)


def _say_all(lines: Iterable[str]) -> None:
    for line in lines:
        say(line)


def _say(path: Path, header: Header) -> None:
    articles = sum(header.articles.values())
    shelves = ", ".join(f"{size:,} {name}" for name, size in header.shelves.items())
    say(f"{path}: {counted(articles, 'article')}, {shelves}.")
    for outlet, count in sorted(header.articles.items(), key=lambda pair: (-pair[1], pair[0])):
        say(f"  {count:>9,}  {outlet or 'of no known outlet'}")
    say(f"  sha256 {header.sha256}")
    if not header.shelves.get("titles"):
        say(no_titles("It"))
