"""`clean run`: clean texts, pages and dumps, with a row beside each record that says what was cut."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from cleaner.cli.evidence import ledger_option
from cleaner.cli.keys import key_of, key_of_outlet
from cleaner.cli.nothing_cleaned import meant_keys
from cleaner.cli.one_run import Run, journal_for, left_from_earlier, output_name, shape_of
from cleaner.cli.policy import certainty_option, kinds_option, policy_said
from cleaner.cli.summary import errors, notes
from cleaner.cli.terminal import say
from cleaner.cli.unfinished import Wish, already_done, none_stopped, resuming, taken_up
from cleaner.dumps.endings import OUT_FORMATS
from cleaner.dumps.engines import cores
from cleaner.dumps.finished import Finished, finished
from cleaner.dumps.formats.loads import SOUGHT_IN, copied_to_file
from cleaner.dumps.formats.target import Target
from cleaner.dumps.journal import State
from cleaner.dumps.outputs import (
    FolderOut,
    Output,
    RecordsOut,
    forgotten,
    plan_output,
    refuse_overlap,
)
from cleaner.dumps.records import FieldNames
from cleaner.dumps.sources import (
    STDIN,
    STDIN_FORMATS,
    Found,
    RecordFile,
    find_sources,
)
from cleaner.dumps.tally import Tally
from cleaner.dumps.twice import MAX_COPY
from cleaner.dumps.work import Settings, Worker
from cleaner.errors import CleanerError, PackError
from cleaner.kinds import Certainty
from cleaner.outlet import Outlet

_SIZE = re.compile(r"(\d{1,15})\s*(b?|kb|mb|gb)", re.I)
_URL = re.compile(r"[a-z][a-z0-9+.-]*(?:://|::)", re.I)
_ENGINES = ("processes", "ray")
_UNITS = {"": 1, "b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9}

_EPILOG = """[bold]Examples[/bold]

clean run seeds/ -o cleaned/ [dim]· a folder of .txt and .html files[/dim]

clean run dump.jsonl -o clean.jsonl --text-field body [dim]· records[/dim]

zcat dump.jsonl.gz | clean run - -o clean.jsonl [dim]· a stream[/dim]

clean run article.txt -o - [dim]· one text, to standard output[/dim]

clean run pages.jsonl -o clean.jsonl --html-field body [dim]· records that hold whole pages[/dim]

clean run part-*.parquet -o clean.parquet [dim]· other columns stay as they are[/dim]

clean run CC-MAIN-….warc.gz -o clean.jsonl.zst [dim]· a web archive[/dim]

clean run s3://bucket/raw/ -o s3://bucket/clean/ --engine ray --address auto [dim]· on a cluster[/dim]

Beside OUT.jsonl stand OUT.removed.jsonl, a row for each record with every cut, OUT.errors.jsonl, what could
not be read, and OUT.stats.json, the numbers. `clean restore OUT.jsonl` undoes all cuts. A record without an
id is called FILE#N, counted from 0: of a .jsonl file, FILE#3 is line 4.

A run that is stopped keeps what it has done, under hidden names beside OUT; the same command with --resume
goes on from there, and what comes out is the same to the byte.

With --join-pages, the record of the article's first page stands for all: it gets the text of all pages, the
head that they repeat only once, and [bold]fields[/bold] of all of them. Its row has a part for each page,
with its place in the text and its record as it was read, so `clean restore` gives back page by page. Where
there is a page with the whole article, that is the article, and the others go that hold no more. A page that
is missing between two is named in [bold]missing_pages[/bold]. Pages are told by their urls alone; AMP pages
and others are never mixed.

A page is cleaned in two steps. Reading its text off the HTML comes first, and loses the markup and all that
stands outside the article: no row lists that, and `clean restore` gives back the text that was read off, not
the page. So keep the pages. Cutting comes second, and every cut is on record. A page that holds no article
gives an empty text, and `no_article` says why.

Exit code 0: done. 1: some records could not be cleaned. 2: nothing was done, and nothing written; so it is
where not one record could be cleaned and OUT holds some of an earlier run."""

_FROM = "Where the articles are"
_RULES = "Whose rules are used"
_PARTS = "On a cluster, or from and to elsewhere"
_CUT = "What is cut"


def add_to(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("run", epilog=_EPILOG)(_run)


def _stdin(name: str) -> str:
    if name not in STDIN_FORMATS:
        reason = f"{name!r} is no format; standard input holds {_plain(STDIN_FORMATS)}"
        raise typer.BadParameter(reason, param_hint="--stdin-format")
    return name


def _out_format(name: str | None) -> str | None:
    if name is not None and name not in OUT_FORMATS:
        reason = f"{name!r} is no format; standard output takes {_plain(OUT_FORMATS)}"
        raise typer.BadParameter(reason, param_hint="--out-format")
    return name


def _plain(formats: Iterable[str]) -> str:
    *most, last = (name for name in formats if "." not in name)
    return f"{', '.join(most)} or {last} (all but parquet and txt also with .gz or .zst)"


def _size(said: str, option: str = "--max-record") -> int:
    found = _SIZE.fullmatch(said.strip())
    if found is None or not int(found[1]):
        reason = f"{said!r} is no size; say it in bytes, or as 500kB, 100MB, 1GB"
        raise typer.BadParameter(reason, param_hint=option)
    return int(found[1]) * _UNITS[found[2].lower()]


def _run(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH",
            help="Texts (.txt), pages (.html, .htm), folders of them, files of records (.jsonl, .ndjson, "
            ".csv, .tsv, .parquet), web archives (.warc, .wet), all but .parquet also with .gz or .zst; or - "
            "for standard input.",
            show_default=False,
        ),
    ],
    out: Annotated[
        str | None,
        typer.Option(
            "--out",
            "-o",
            metavar="OUT",
            help="A folder for texts and pages, a file for records (.jsonl, .csv, .tsv, also with .gz or "
            ".zst, .parquet), or - for standard output. Without it: cleaned/ for texts and pages, for "
            "records cleaned with the ending that they came in, or .jsonl; standard output where PATH is -. "
            "A file that is there is replaced, with its rows, as soon as the run is whole, and stays as it "
            "was until then; in a folder, texts of an earlier run are replaced, and others refused.",
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
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs",
            "-j",
            metavar="N",
            min=1,
            help="Work with N processes; what is written is the same for any N. Without it, one for each "
            "core that may be used. Little work is done in one process, and so is --join-pages.",
            show_default=False,
        ),
    ] = None,
    engine: Annotated[
        str,
        typer.Option(
            metavar="ENGINE",
            help="Who does the work: processes of this machine, or ray, a cluster of many. Ray writes "
            "parts: OUT is a folder or a bucket's prefix, with part-00000.jsonl, its rows and so on. So does "
            "any run with a url (s3://, gs://, hf://, …) as PATH or OUT. Where OUT holds parts of another "
            "run, it is refused.",
            rich_help_panel=_PARTS,
        ),
    ] = "processes",
    address: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="The Ray cluster's address (auto, HOST:PORT, ray://HOST:PORT). Without it, that of the "
            "environment variable RAY_ADDRESS, or a cluster on this machine while the run lasts.",
            show_default=False,
            rich_help_panel=_PARTS,
        ),
    ] = None,
    part_size: Annotated[
        str,
        typer.Option(
            metavar="SIZE",
            help="About how much of what is read becomes one part. Larger .jsonl files are parted; what is "
            "packed or of another format never is.",
            rich_help_panel=_PARTS,
        ),
    ] = "128MB",
    resume: Annotated[
        bool,
        typer.Option(
            "--resume",
            help="Go on with a run that was stopped, by Ctrl-C, a full disk or a failure of the machine. "
            "It is refused where what is read, an option or a pack isn't as it was. A run that is finished "
            "isn't done again; where there is none, this begins it.",
        ),
    ] = False,
    start_over: Annotated[
        bool,
        typer.Option("--start-over", help="Delete what a run that was stopped has done, and begin anew."),
    ] = False,
    out_format: Annotated[
        str | None,
        typer.Option(
            metavar="FORMAT",
            help="What goes to standard output, where OUT is -: jsonl, csv, tsv, parquet, jsonl.gz, … "
            "Without it: jsonl for records, the text itself for one text or page.",
            show_default=False,
        ),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")] = False,
    join_pages: Annotated[
        bool,
        typer.Option(
            "--join-pages",
            help="Join the pages of an article that are records of their own (?page=2, /2, ?page=all) into "
            "one, in the place of the first that is met. All is read twice; standard input is copied to a "
            f"temporary file for that, up to {MAX_COPY // 1_000_000_000} GB.",
        ),
    ] = False,
    stdin_format: Annotated[
        str,
        typer.Option(
            metavar="FORMAT",
            help="What standard input holds, as an ending would say it: jsonl, csv, tsv, parquet, warc, wet, "
            "txt, html, jsonl.gz, … Parquet and WARC are copied to a temporary file.",
            rich_help_panel=_FROM,
        ),
    ] = "jsonl",
    max_record: Annotated[
        str,
        typer.Option(
            metavar="SIZE",
            help="The most that a record, or a packed file of one article, may have once it is unpacked: "
            "500kB, 100MB, 1GB. What is larger is an error, and isn't read.",
            rich_help_panel=_FROM,
        ),
    ] = "100MB",
    text_field: Annotated[str, key_of("the text", _FROM)] = "text",
    html_field: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="The records' key for the page: its HTML, or its bytes in base64. It is read where a record "
            "has no text; where it has both, the text is cleaned and the page left alone.",
            rich_help_panel=_FROM,
        ),
    ] = "html",
    charset_field: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="The records' key for the charset of a page in base64, as the HTTP header had it. Without "
            "one, the page's own <meta> tells, else it is UTF-8.",
            rich_help_panel=_FROM,
        ),
    ] = "charset",
    url_field: Annotated[
        str, key_of("the page's url. Without one, a page's own canonical url is used", _FROM)
    ] = "url",
    id_field: Annotated[str, key_of("the id", _FROM)] = "id",
    title_field: Annotated[str, key_of("the headline, which is never cut", _FROM)] = "title",
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
    outlet_field: Annotated[str | None, key_of_outlet(_RULES)] = None,
    pack: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            help="Use the outlet of this pack (.toml) as well, in this run. Can be given several times.",
            show_default=False,
            rich_help_panel=_RULES,
        ),
    ] = None,
    ledger: Annotated[Path | None, ledger_option(_RULES)] = None,
    certainty: Annotated[str, certainty_option(_CUT)] = Certainty.inferred.name,
    kinds: Annotated[str | None, kinds_option(_CUT)] = None,
) -> None:
    """Clean articles: cut what isn't theirs, and write down every cut.

    Records keep their order and all their other keys; they get two more, [bold]outlet[/bold] and
    [bold]fields[/bold] (authors, date, source, … as the cuts or the page tell them), unless they have keys of
    that name; those with a page get its [bold]text[/bold] too. Files appear under their names only when the
    run is whole.
    """
    if outlet is not None and outlet_field is not None:
        reason = "--outlet says it for all records already; leave one of the two out"
        raise typer.BadParameter(reason, param_hint="--outlet-field")
    _refuse_empty(paths, out, audit)
    policy = policy_said(certainty, kinds)
    wish = _wish(resume, start_over)
    names = FieldNames(
        text_field, url_field, id_field, title_field, outlet_field or "", html_field, charset_field
    )
    most, said_format = _size(max_record), _out_format(out_format)
    if _writes_parts((*paths, out or ""), engine, address):
        from cleaner.cli.run_parts import run_parts

        for option, given in (("--join-pages", join_pages), ("--audit", audit is not None)):
            if given:
                raise typer.BadParameter("a run that writes parts can't do this", param_hint=option)
        packs = tuple(map(_outlet_of, pack or ()))
        settings = Settings(names, policy, most=most, outlet=outlet, packs=packs, ledger=ledger)
        size = _size(part_size, "--part-size")
        if not run_parts(paths, out, said_format, size, settings, wish, engine, address, jobs, quiet):
            raise typer.Exit(1)
        return
    found = find_sources(paths, _stdin(stdin_format))
    if not found.sources:
        _say_all(notes(found, Tally()))
        raise CleanerError("there is nothing to clean; nothing was written")
    packs = tuple(map(_outlet_of, pack or ()))
    with _sought_stdin(found) as stdin:
        output = plan_output(found, out, audit, names, said_format, stdin)
        refuse_overlap(found, output)
        target = output.target if isinstance(output, RecordsOut) else Target(text_field=text_field)
        rows = output.sidecars is not None
        settings = Settings(names, policy, shape_of(output), target, most, rows, outlet, packs, ledger)
        run = Run(found, output, Worker(settings), jobs or cores(), join_pages, quiet, stdin)
        journal = journal_for(run, wish)
        state = taken_up(journal, Path(output_name(output)), wish, run.fingerprint) if journal else None
        before = finished(output) if wish is Wish.resume and state is None else None
        if before is not None and before.fingerprint == run.fingerprint().digest():
            _say_all([] if quiet else [already_done(before, output_name(output))])
            raise typer.Exit(1 if before.errors else 0)
        if not quiet:
            _say_all(_remarks(run, wish, state, before))
        run.carry_out(journal, state)
    if not quiet:
        _say_all(run.summary())
    _say_all(errors(run.tally, _where_errors(output)))
    _say_all(meant_keys(run.tally, names))
    if run.tally.errors:
        raise typer.Exit(1)


def _refuse_empty(paths: Sequence[str], out: str | None, audit: str | None) -> None:
    """Refuse names with nothing in them, which a shell makes of a variable that isn't set."""
    for option, given in (("PATH", paths), ("--out", [out]), ("--audit", [audit])):
        if "" in given:
            raise typer.BadParameter("it is empty; a variable may not be set", param_hint=option)


def _outlet_of(pack: Path) -> Outlet:
    if pack.is_dir():
        raise CleanerError(
            f"--pack {pack} is a folder; name the packs in it, each with a --pack of its own. Nothing was "
            "written"
        )
    try:
        return Outlet.from_file(pack)
    except PackError as error:
        raise PackError(f"{error}, and nothing was written") from error


def _writes_parts(places: Sequence[str], engine: str, address: str | None) -> bool:
    """Whether the run writes parts, and not one file or folder of this machine."""
    if engine not in _ENGINES:
        reason = f"{engine!r} is no engine; it is one of {', '.join(_ENGINES)}"
        raise typer.BadParameter(reason, param_hint="--engine")
    if address is not None and engine != "ray":
        raise typer.BadParameter(
            "it is the address of a Ray cluster; add --engine ray", param_hint="--address"
        )
    return engine == "ray" or any(_URL.match(place) for place in places)


def _wish(resume: bool, start_over: bool) -> Wish:
    if resume and start_over:
        reason = "--resume goes on and --start-over begins anew; leave one of the two out"
        raise typer.BadParameter(reason, param_hint="--start-over")
    return Wish.resume if resume else Wish.start_over if start_over else Wish.unsaid


@contextmanager
def _sought_stdin(found: Found) -> Iterator[BinaryIO | None]:
    """A copy of standard input in a file with a name, where what it holds must be sought in; else None."""
    on_stdin = [source for source in found.sources if isinstance(source, RecordFile) and source.path is None]
    if not on_stdin or on_stdin[0].format not in SOUGHT_IN:
        yield None
        return
    with copied_to_file(sys.stdin.buffer) as file:
        yield file


def _remarks(run: Run, wish: Wish, state: State | None, before: Finished | None) -> list[str]:
    """What a person should know before the run."""
    output, lines = run.output, [resuming(state)] if state else []
    if wish is Wish.resume and state is None:
        lines.append(none_stopped(output_name(output), before))
    replaced = run.worker.cleaners.replaced()
    lines += [f"The outlet {id} of this run's pack stands in for the installed one." for id in replaced]
    lines += [f"Warning: {said}." for said in run.worker.cleaners.contested()]
    if output.sidecars is None:
        lines.append("What is cut is written nowhere; with --audit PREFIX it is, and can be undone.")
    if any(source.path is None for source in run.found.sources) and sys.stdin.isatty():
        lines.append(f"Reading from the keyboard, as PATH is {STDIN}; end it with Ctrl-D.")
    stale = forgotten(run.found, output) if isinstance(output, FolderOut) else []
    if stale:
        lines.append(left_from_earlier(stale, output))
    if run.joins_pages and output.sidecars is None:
        lines.append("Nor are the records whose text becomes a part of another one's.")
    return lines


def _where_errors(output: Output) -> str:
    if output.sidecars is None:
        return "Kept nowhere; --audit PREFIX writes down what they were:"
    return f"Kept as read in {output.sidecars.errors}:"


def _say_all(lines: Sequence[str]) -> None:
    for line in lines:
        say(line)
