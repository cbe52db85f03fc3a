"""`clean run`: clean texts and dumps, with a row beside each record that says what was cut."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from cleaner.cli.progress import watched
from cleaner.cli.summary import errors, first_names, notes, summary
from cleaner.cli.terminal import say
from cleaner.decide import Policy
from cleaner.dumps.cleaners import Cleaners
from cleaner.dumps.outputs import (
    FolderOut,
    Output,
    RecordsOut,
    SidecarPaths,
    TextOut,
    forgotten,
    plan_output,
    refuse_overlap,
)
from cleaner.dumps.records import FieldNames, Item, RecordReader
from cleaner.dumps.run import run
from cleaner.dumps.sinks import FolderSink, RecordSink, Sidecars, Sink, TextSink
from cleaner.dumps.sources import STDIN, Found, RecordFile, TextFile, find_sources, read_sources, total_bytes
from cleaner.dumps.tally import Tally
from cleaner.dumps.whole import WholeFiles
from cleaner.errors import CleanerError
from cleaner.kinds import Certainty, Kind
from cleaner.outlet import Outlet

_STDIN_FORMATS: dict[str, type[RecordFile] | type[TextFile]] = {"jsonl": RecordFile, "txt": TextFile}

_EPILOG = """[bold]Examples[/bold]

clean run seeds/ -o cleaned/ [dim]· a folder of .txt files[/dim]

clean run dump.jsonl -o clean.jsonl --text-field body [dim]· records[/dim]

zcat dump.jsonl.gz | clean run - -o clean.jsonl [dim]· a stream[/dim]

clean run article.txt -o - [dim]· one text, to standard output[/dim]

Beside OUT.jsonl stand OUT.removed.jsonl, a row for each record with every cut, and OUT.errors.jsonl, what
could not be read. `clean restore OUT.jsonl` undoes all cuts. Exit code 0: done. 1: some records could not be
cleaned. 2: nothing was done."""

_FROM = "Where the articles are"
_RULES = "Whose rules are used"
_CUT = "What is cut"


def add_to(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("run", epilog=_EPILOG)(_run)


def _certainty(name: str) -> Certainty:
    try:
        return Certainty[name.strip().lower()]
    except KeyError:
        known = ", ".join(certainty.name for certainty in reversed(Certainty))
        reason = f"{name!r} is no certainty; it is one of {known}"
        raise typer.BadParameter(reason, param_hint="--certainty") from None


def _kinds(names: str | None) -> frozenset[Kind]:
    if names is None:
        return frozenset(Kind)
    kinds = {name for name in (part.strip().lower() for part in names.split(",")) if name}
    unknown = sorted(kinds - set(Kind))
    if unknown or not kinds:
        reason = f"{unknown[0]!r} is no kind" if unknown else "no kind is named"
        raise typer.BadParameter(f"{reason}; the kinds are {', '.join(Kind)}", param_hint="--kinds")
    return frozenset(map(Kind, kinds))


def _stdin(name: str) -> type[RecordFile] | type[TextFile]:
    if name not in _STDIN_FORMATS:
        reason = f"{name!r} is no format; standard input holds jsonl or txt"
        raise typer.BadParameter(reason, param_hint="--stdin-format")
    return _STDIN_FORMATS[name]


def _run(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH",
            help="Text files (.txt), folders of them, JSONL files (.jsonl, .ndjson), or - for standard "
            "input.",
            show_default=False,
        ),
    ],
    out: Annotated[
        str | None,
        typer.Option(
            "--out",
            "-o",
            metavar="OUT",
            help="A folder for texts, a .jsonl file for records, or - for standard output. Without it: "
            "cleaned/ for texts, cleaned.jsonl for records, standard output where PATH is -.",
            show_default=False,
        ),
    ] = None,
    audit: Annotated[
        str | None,
        typer.Option(
            metavar="PREFIX",
            help="Write the rows to PREFIX.removed.jsonl and PREFIX.errors.jsonl instead of beside OUT. "
            "Without it, what goes to standard output has no rows.",
            show_default=False,
        ),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")] = False,
    stdin_format: Annotated[
        str,
        typer.Option(
            metavar="jsonl|txt",
            help="What standard input holds: records, or one text.",
            rich_help_panel=_FROM,
        ),
    ] = "jsonl",
    text_field: Annotated[
        str, typer.Option(metavar="NAME", help="The records' key for the text.", rich_help_panel=_FROM)
    ] = "text",
    url_field: Annotated[
        str, typer.Option(metavar="NAME", help="The records' key for the page's url.", rich_help_panel=_FROM)
    ] = "url",
    id_field: Annotated[
        str, typer.Option(metavar="NAME", help="The records' key for the id.", rich_help_panel=_FROM)
    ] = "id",
    title_field: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="The records' key for the headline, which is never cut.",
            rich_help_panel=_FROM,
        ),
    ] = "title",
    outlet: Annotated[
        str | None,
        typer.Option(
            metavar="ID",
            help="All articles are this outlet's ([bold]clean outlets[/bold] lists them). Without it each "
            "one is recognised, by its url or by its text.",
            show_default=False,
            rich_help_panel=_RULES,
        ),
    ] = None,
    outlet_field: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="The records' key for the outlet's id. Records without one are recognised.",
            show_default=False,
            rich_help_panel=_RULES,
        ),
    ] = None,
    pack: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            help="Use the outlet of this pack (.toml) as well, in this run. Can be given several times.",
            show_default=False,
            rich_help_panel=_RULES,
        ),
    ] = None,
    certainty: Annotated[
        str,
        typer.Option(
            metavar="LEVEL",
            help="The least certainty that is cut: marked (carries a literal such as 'Baca Juga:'), framed "
            "(stands in a block with one), inferred (known by its surroundings), doubtful (a guess).",
            rich_help_panel=_CUT,
        ),
    ] = Certainty.inferred.name,
    kinds: Annotated[
        str | None,
        typer.Option(
            metavar="KIND,…",
            help=f"Cut only these kinds, of {', '.join(Kind)}. Without it, all.",
            show_default=False,
            rich_help_panel=_CUT,
        ),
    ] = None,
) -> None:
    """Clean articles: cut what isn't theirs, and write down every cut.

    Records keep their order and all their other keys; they get two more, [bold]outlet[/bold] and
    [bold]fields[/bold] (authors, date, source, … as the cuts tell them), unless they have keys of that name.
    Files appear under their names only when the run is whole.
    """
    if outlet is not None and outlet_field is not None:
        reason = "--outlet says it for all records already; leave one of the two out"
        raise typer.BadParameter(reason, param_hint="--outlet-field")
    policy = Policy(_certainty(certainty), _kinds(kinds))
    found = find_sources(paths, _stdin(stdin_format))
    output = plan_output(found, out, audit)
    refuse_overlap(found, output)
    packs = [Outlet.from_file(path) for path in pack or ()]
    cleaners = Cleaners(policy, outlet, packs)
    reader = RecordReader(FieldNames(text_field, url_field, id_field, title_field, outlet_field or ""))
    tally = Tally()
    before = _remarks(found, output, cleaners)
    if not quiet:
        _say_all(before)
    began = time.monotonic()
    _write(found, output, cleaners, reader, tally, quiet)
    if not quiet:
        _say_all(summary(tally, time.monotonic() - began, _where(output)))
        _say_all(notes(found, reader, tally))
    _say_all(errors(tally, _where_errors(output)))
    if tally.errors:
        raise typer.Exit(1)


def _write(
    found: Found, output: Output, cleaners: Cleaners, reader: RecordReader, tally: Tally, quiet: bool
) -> None:
    items: Iterable[Item] = read_sources(found.sources, reader)
    if not quiet:
        items = watched(items, reader, tally, total_bytes(found.sources))
    try:
        with WholeFiles() as files:
            run(items, cleaners, _sink(output, files, reader.names.text), tally)
            sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise CleanerError(f"writing failed ({error.strerror or error}); no file was changed") from error


def _sink(output: Output, files: WholeFiles, text_field: str) -> Sink:
    match output:
        case FolderOut(path=folder, sidecars=paths):
            files.make_folder(folder)
            return FolderSink(folder, files, _sidecars(paths, files))
        case RecordsOut(path=path, sidecars=paths):
            out = sys.stdout.buffer if path is None else files.open(path)
            return RecordSink(out, _sidecars(paths, files), text_field)
        case TextOut(sidecars=paths):
            return TextSink(sys.stdout.buffer, _sidecars(paths, files))


def _sidecars(paths: SidecarPaths | None, files: WholeFiles) -> Sidecars:
    if paths is None:
        return Sidecars(None, None)
    return Sidecars(files.open(paths.removed), files.open(paths.errors))


def _remarks(found: Found, output: Output, cleaners: Cleaners) -> list[str]:
    """What a person should know before the run."""
    lines = [
        f"The outlet {id} of this run's pack stands in for the installed one." for id in cleaners.replaced()
    ]
    if output.sidecars is None:
        lines.append("What is cut is written nowhere; with --audit PREFIX it is, and can be undone.")
    if any(source.path is None for source in found.sources) and sys.stdin.isatty():
        lines.append(f"Reading from the keyboard, as PATH is {STDIN}; end it with Ctrl-D.")
    stale = forgotten(found, output) if isinstance(output, FolderOut) else []
    if stale:
        names = first_names(f"{id}.txt" for id in stale)
        lines.append(f"Left from an earlier run in {output_name(output)}, without a row: {names}.")
    return lines


def output_name(output: Output) -> str:
    """What `output` is called in a sentence."""
    path = output.path if isinstance(output, RecordsOut | FolderOut) else None
    return "standard output" if path is None else str(path)


def _where(output: Output) -> str:
    rows = "" if output.sidecars is None else f", every cut in {output.sidecars.removed}"
    return f"They are in {output_name(output)}{rows}." if output_name(output) != "standard output" else ""


def _where_errors(output: Output) -> str:
    if output.sidecars is None:
        return "Kept nowhere; --audit PREFIX writes down what they were:"
    return f"Kept as read in {output.sidecars.errors}:"


def _say_all(lines: Sequence[str]) -> None:
    for line in lines:
        say(line)
