"""`clean run`: clean texts, pages and dumps, with a row beside each record that says what was cut."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from datetime import UTC, datetime
from functools import cached_property
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Annotated, BinaryIO

import msgspec
import typer

from cleaner.cli.progress import cleaning, watched
from cleaner.cli.stop import Stopped
from cleaner.cli.summary import errors, first_names, joins, notes, summary
from cleaner.cli.terminal import say
from cleaner.cli.unfinished import Wish, kept, resuming, taken_up
from cleaner.decide import Policy
from cleaner.dumps.endings import OUT_FORMATS, TEXT_ENDING
from cleaner.dumps.engines import FEW, cores, parts
from cleaner.dumps.fingerprint import Fingerprint, Rules, inputs_of, releases, rules_of
from cleaner.dumps.formats.loads import SOUGHT_IN, copied_to_file
from cleaner.dumps.formats.target import Target
from cleaner.dumps.growing import GrowingFiles, Targets, name_all
from cleaner.dumps.inside import path_inside
from cleaner.dumps.journal import Journal, State, journal_of_file, journal_of_folder
from cleaner.dumps.outputs import (
    FolderOut,
    Output,
    RecordsOut,
    TextOut,
    forgotten,
    plan_output,
    refuse_overlap,
)
from cleaner.dumps.present import is_there
from cleaner.dumps.records import FieldNames, Item, RecordReader
from cleaner.dumps.shards import SHARD, Cursor, is_seekable, plan
from cleaner.dumps.sources import (
    STDIN,
    STDIN_FORMATS,
    ClosedFolder,
    Found,
    RecordFile,
    Source,
    find_sources,
    read_sources,
    total_bytes,
)
from cleaner.dumps.stats import RunStats, encoded, stats_of
from cleaner.dumps.tally import Tally
from cleaner.dumps.twice import MAX_COPY, copied
from cleaner.dumps.work import Part, Settings, Shape, Worker
from cleaner.errors import CleanerError
from cleaner.kinds import Certainty, Kind
from cleaner.outlet import Outlet

_SIZE = re.compile(r"(\d{1,15})\s*(b?|kb|mb|gb)", re.I)
_UNITS = {"": 1, "b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9}

# How many times larger a packed file is inside, at the least.
_UNPACKED = 3

# How many records are written in one go where their pages are joined.
_AT_A_TIME = 1000

_EPILOG = """[bold]Examples[/bold]

clean run seeds/ -o cleaned/ [dim]· a folder of .txt and .html files[/dim]

clean run dump.jsonl -o clean.jsonl --text-field body [dim]· records[/dim]

zcat dump.jsonl.gz | clean run - -o clean.jsonl [dim]· a stream[/dim]

clean run article.txt -o - [dim]· one text, to standard output[/dim]

clean run pages.jsonl -o clean.jsonl --html-field body [dim]· records that hold whole pages[/dim]

clean run part-*.parquet -o clean.parquet [dim]· other columns stay as they are[/dim]

clean run CC-MAIN-….warc.gz -o clean.jsonl.zst [dim]· a web archive[/dim]

Beside OUT.jsonl stand OUT.removed.jsonl, a row for each record with every cut, OUT.errors.jsonl, what could
not be read, and OUT.stats.json, the numbers. `clean restore OUT.jsonl` undoes all cuts.

A run that is stopped keeps what it has done, under hidden names beside OUT; the same command with --resume
goes on from there, and what comes out is the same to the byte.

With --join-pages, the record of the article's first page stands for all: it gets the text of all pages, the
head that they repeat only once, and [bold]fields[/bold] of all of them. Its row has a part for each page,
with its place in the text and its record as it was read, so `clean restore` gives back page by page. Where
there is a page with the whole article, that is the article, and the others go that hold no more. A page that
is missing between two is named in [bold]missing_pages[/bold]. Pages are told by their urls alone; AMP pages
and others are never mixed.

Of a page, the source is the text that was read off it. HTML to text loses the markup: keep the pages. One
that holds no article gives an empty text, and `no_article` says why.

Exit code 0: done. 1: some records could not be cleaned. 2: nothing was done."""

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


def _size(said: str) -> int:
    found = _SIZE.fullmatch(said.strip())
    if found is None or not int(found[1]):
        reason = f"{said!r} is no size; say it in bytes, or as 500kB, 100MB, 1GB"
        raise typer.BadParameter(reason, param_hint="--max-record")
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
            "records cleaned with the ending that they came in, or .jsonl; standard output where PATH is -.",
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
    resume: Annotated[
        bool,
        typer.Option(
            "--resume",
            help="Go on with a run that was stopped, by Ctrl-C, a full disk or a failure of the machine. "
            "It is refused where what is read, an option or a pack isn't as it was.",
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
    text_field: Annotated[
        str, typer.Option(metavar="NAME", help="The records' key for the text.", rich_help_panel=_FROM)
    ] = "text",
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
        str,
        typer.Option(
            metavar="NAME",
            help="The records' key for the page's url. Without one, a page's own canonical url is used.",
            rich_help_panel=_FROM,
        ),
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
    ledger: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="What the dump proves: [bold]clean ledger build[/bold] writes it. Lines that are other "
            "articles' titles go for certain.",
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
    [bold]fields[/bold] (authors, date, source, … as the cuts or the page tell them), unless they have keys of
    that name; those with a page get its [bold]text[/bold] too. Files appear under their names only when the
    run is whole.
    """
    if outlet is not None and outlet_field is not None:
        reason = "--outlet says it for all records already; leave one of the two out"
        raise typer.BadParameter(reason, param_hint="--outlet-field")
    policy = Policy(_certainty(certainty), _kinds(kinds))
    wish = _wish(resume, start_over)
    found = find_sources(paths, _stdin(stdin_format))
    names = FieldNames(
        text_field, url_field, id_field, title_field, outlet_field or "", html_field, charset_field
    )
    most, said_format = _size(max_record), _out_format(out_format)
    packs = tuple(Outlet.from_file(path) for path in pack or ())
    with _sought_stdin(found) as stdin:
        output = plan_output(found, out, audit, names, said_format, stdin)
        refuse_overlap(found, output)
        target = output.target if isinstance(output, RecordsOut) else Target(text_field=text_field)
        rows = output.sidecars is not None
        settings = Settings(names, policy, _shape(output), target, most, rows, outlet, packs, ledger)
        run = _Run(found, output, settings, Worker(settings), jobs or cores(), join_pages, quiet, stdin)
        journal = _journal(run, wish)
        state = taken_up(journal, Path(output_name(output)), wish, run.fingerprint) if journal else None
        if not quiet:
            _say_all(_remarks(run, wish, state))
        run.carry_out(journal, state)
    if not quiet:
        _say_all(run.summary())
    _say_all(errors(run.tally, _where_errors(output)))
    if run.tally.errors:
        raise typer.Exit(1)


class _Run:
    """One run of the command: what it reads, how, and where to."""

    def __init__(
        self,
        found: Found,
        output: Output,
        settings: Settings,
        worker: Worker,
        jobs: int,
        joins_pages: bool,
        quiet: bool,
        stdin: BinaryIO | None,
    ) -> None:
        self.found = found
        self.output = output
        self.worker = worker
        self.joins_pages = joins_pages
        self.tally = Tally()
        self._settings = settings
        self._jobs = jobs
        self._quiet = quiet
        self._stdin = stdin
        self._inputs = inputs_of(found.sources)
        self._began = datetime.now(UTC), time.monotonic()
        self._joins: list[str] = []

    def fingerprint(self) -> Fingerprint:
        """What the bytes of the run hang on."""
        return Fingerprint(releases(), _options(self._settings, self.output), self._inputs, self._rules)

    @cached_property
    def _rules(self) -> Rules:
        return rules_of(self._settings.packs, self.worker.cleaners.ledger)

    def carry_out(self, journal: Journal | None, state: State | None) -> None:
        """Clean all that isn't done, and give the files their names."""
        if state is not None and state.whole:
            assert journal is not None
            name_all(state)
            journal.forget()
            self.tally = state.tally
            return
        files = GrowingFiles(
            _targets(self.output),
            stream=_stream(self.output),
            journal=journal,
            fingerprint=self.fingerprint,
            unfinished=state,
        )
        try:
            with files:
                self._write(files)
        except BrokenPipeError:
            raise
        except OSError as error:
            outcome = kept(files.state) if files.kept else "no file was changed"
            raise CleanerError(f"writing failed ({error.strerror or error}); {outcome}") from error
        except CleanerError as error:
            if not files.kept:
                raise
            raise CleanerError(f"{error}; {kept(files.state)}") from error
        except Stopped as stopped:
            if files.kept:
                stopped.outcome = kept(files.state)
            raise
        self.tally = files.state.tally

    def _write(self, files: GrowingFiles) -> None:
        done, tally = files.state.read, files.state.tally
        made = self._joined() if self.joins_pages else self._cleaned(files.state.cursor)
        # Of joined pages the first reading has a line of its own, before the first part.
        total = total_bytes(self.found.sources)
        with closing(made), cleaning(total, done, tally.records, quiet=self._quiet) as show:
            for part in made:
                files.append(part)
                show(files.state.read, files.state.tally)
        files.finish(self._stats(files.state))

    def _cleaned(self, after: Cursor) -> Generator[Part]:
        """The parts of all behind `after`, each record cleaned for itself."""
        settings = self._settings
        shards = plan(self.found.sources, after, self._stdin, settings.names, settings.most)
        few = 0 if self._is_much() else FEW
        return parts(shards, self.worker, settings, self._jobs, few)

    def _is_much(self) -> bool:
        """Whether there is so much to read that processes are worth their start, as far as can be told."""
        total = total_bytes(self.found.sources) or 0
        is_packed = any(isinstance(each, RecordFile) and each.packing for each in self.found.sources)
        return total * (_UNPACKED if is_packed else 1) > (FEW + 1) * SHARD

    def _joined(self) -> Generator[Part]:
        """The parts of all, the pages of articles joined."""
        from cleaner.dumps.join import FoundPages, Joiner

        cleaners, tally = self.worker.cleaners, Tally()
        names = self._settings.names
        with FoundPages() as pages, _stdin_twice(self.found, self._stdin) as stdin:
            most = self._settings.most
            looking = RecordReader(names, cleaners.pages(), most=most)
            items: Iterable[Item] = read_sources(self.found.sources, looking, stdin)
            if not self._quiet:
                said = "looking for pages of articles"
                items = watched(items, looking, lambda _: said, total_bytes(self.found.sources))
            pages.find(items)
            if stdin is not None:
                stdin.seek(0)
            reader = RecordReader(names, cleaners.pages(), most=most)
            joiner = Joiner(pages, cleaners, tally, names.text)
            joined = joiner.joined(read_sources(self.found.sources, reader, stdin))
            number = read = 0
            while few := list(islice(joined, _AT_A_TIME)):
                yield self.worker.part(few, number, reader.bytes_read - read, Cursor(number + 1))
                number, read = number + 1, reader.bytes_read
        tally.passed_over(reader.blank_lines, reader.ignored, reader.passed_over)
        yield Part(number, reader.bytes_read - read, Cursor(number + 1), tally=tally)
        self._joins += [*joins(joiner.count), *_left_over(joiner.count.files, self.output)]

    def _stats(self, state: State) -> bytes:
        if self.output.sidecars is None:
            return b""
        started, began = self._began
        seconds = round(time.monotonic() - began, 3)
        jobs = 1 if self.joins_pages else self._jobs
        run = RunStats(started.isoformat(timespec="seconds"), seconds, jobs, state.resumed)
        return encoded(stats_of(state.tally, self._rules, run))

    def summary(self) -> list[str]:
        """What there is to say of the whole run, a line each."""
        seconds = time.monotonic() - self._began[1]
        return [
            *summary(self.tally, seconds, _where(self.output)),
            *self._joins,
            *notes(self.found, self.tally),
        ]


def _wish(resume: bool, start_over: bool) -> Wish:
    if resume and start_over:
        reason = "--resume goes on and --start-over begins anew; leave one of the two out"
        raise typer.BadParameter(reason, param_hint="--start-over")
    return Wish.resume if resume else Wish.start_over if start_over else Wish.unsaid


def _journal(run: _Run, wish: Wish) -> Journal | None:
    """The journal of a run; None for one that can't be taken up again.

    Raises CleanerError where just that is wished.
    """
    why_not = _why_not_resumable(run)
    if wish is Wish.resume and why_not:
        raise CleanerError(f"--resume can't be used here: {why_not}. Nothing was changed")
    match run.output:
        case RecordsOut(path=Path() as path):
            journal = journal_of_file(Path(os.path.realpath(path)))
        case FolderOut(path=path):
            journal = journal_of_folder(path)
        case _:
            return None
    if why_not:
        # An earlier run of another kind may have stopped here.
        taken_up(journal, Path(output_name(run.output)), wish, run.fingerprint)
        return None
    return journal


def _why_not_resumable(run: _Run) -> str:
    """Why a run can't be taken up again, once it was stopped; empty where it can."""
    if output_name(run.output) == "standard output":
        return "what went to standard output is gone"
    if run.joins_pages:
        return "a run with --join-pages is done in one go"
    streams = [source for source in run.found.sources if not _is_there_again(source)]
    if streams:
        name = "standard input" if streams[0].path is None else streams[0].name
        return f"{name} is a stream, which can't be read again"
    try:
        os.path.realpath(output_name(run.output)).encode()
    except UnicodeEncodeError:
        return f"the name of {output_name(run.output)} isn't UTF-8"
    return ""


def _is_there_again(source: Source) -> bool:
    return isinstance(source, ClosedFolder) or is_seekable(source.path)


def _options(settings: Settings, output: Output) -> dict[str, str]:
    """The options that the bytes of a run hang on."""
    names = settings.names
    return {
        "OUT": output_name(output),
        "--audit": "" if output.sidecars is None else str(output.sidecars.removed),
        "--text-field": names.text,
        "--html-field": names.html,
        "--charset-field": names.charset,
        "--url-field": names.url,
        "--id-field": names.id,
        "--title-field": names.title,
        "--outlet-field": names.outlet,
        "--outlet": settings.outlet or "",
        "--certainty": settings.policy.certainty.name,
        "--kinds": ",".join(sorted(settings.policy.kinds)),
        "--max-record": str(settings.most),
        "the columns of OUT": sha256(msgspec.json.encode(settings.target)).hexdigest(),
    }


def _shape(output: Output) -> Shape:
    match output:
        case RecordsOut():
            return "records"
        case FolderOut():
            return "texts"
        case TextOut():
            return "text"


def _stream(output: Output) -> BinaryIO | None:
    return sys.stdout.buffer if output_name(output) == "standard output" else None


def _targets(output: Output) -> Targets:
    records = output.path if isinstance(output, RecordsOut) else None
    folder = output.path if isinstance(output, FolderOut) else None
    target = output.target if isinstance(output, RecordsOut) else Target()
    rows = output.sidecars
    if rows is None:
        return Targets(records, target, folder)
    return Targets(records, target, folder, rows.removed, rows.errors, rows.stats)


@contextmanager
def _sought_stdin(found: Found) -> Iterator[BinaryIO | None]:
    """A copy of standard input in a file with a name, where what it holds must be sought in; else None."""
    on_stdin = [source for source in found.sources if isinstance(source, RecordFile) and source.path is None]
    if not on_stdin or on_stdin[0].format not in SOUGHT_IN:
        yield None
        return
    with copied_to_file(sys.stdin.buffer) as file:
        yield file


def _stdin_twice(found: Found, stdin: BinaryIO | None) -> AbstractContextManager[BinaryIO | None]:
    """What can be read twice in place of standard input; None where that isn't read."""
    if stdin is not None:
        return nullcontext(stdin)
    if any(source.path is None for source in found.sources):
        return copied(sys.stdin.buffer)
    return nullcontext()


def _left_over(joined: Iterable[str], output: Output) -> list[str]:
    """What an earlier run wrote for pages that are now a part of another one's text."""
    if not isinstance(output, FolderOut):
        return []
    stale = [id for id in joined if is_there(path_inside(output.path, id + TEXT_ENDING))]
    return [_stale(stale, output)] if stale else []


def _remarks(run: _Run, wish: Wish, state: State | None) -> list[str]:
    """What a person should know before the run."""
    output, lines = run.output, [resuming(state)] if state else []
    if wish is Wish.resume and state is None:
        lines.append(f"No run that writes {output_name(output)} was stopped: beginning at the start.")
    replaced = run.worker.cleaners.replaced()
    lines += [f"The outlet {id} of this run's pack stands in for the installed one." for id in replaced]
    if output.sidecars is None:
        lines.append("What is cut is written nowhere; with --audit PREFIX it is, and can be undone.")
    if any(source.path is None for source in run.found.sources) and sys.stdin.isatty():
        lines.append(f"Reading from the keyboard, as PATH is {STDIN}; end it with Ctrl-D.")
    stale = forgotten(run.found, output) if isinstance(output, FolderOut) else []
    if stale:
        lines.append(_stale(stale, output))
    if run.joins_pages and output.sidecars is None:
        lines.append("Nor are the records whose text becomes a part of another one's.")
    return lines


def _stale(ids: Iterable[str], output: Output) -> str:
    names = first_names(f"{id}{TEXT_ENDING}" for id in ids)
    return f"Left from an earlier run in {output_name(output)}, without a row: {names}."


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
