"""`clean drift`: what changed on the outlets' pages between two dumps, seen the day it comes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from cleaner.cli.counted import agreeing, counted
from cleaner.cli.evidence import ledger_option
from cleaner.cli.keys import key_of, key_of_outlet
from cleaner.cli.progress import cleaning
from cleaner.cli.summary import first_errors
from cleaner.cli.terminal import say, stdout_console
from cleaner.decide import Policy
from cleaner.drift.changes import About, Change, Comparison, Limits, NotCompared, Turn, compare
from cleaner.drift.rates import Rate
from cleaner.drift.sides import STATS_ENDING, measured, read_stats
from cleaner.dumps.endings import ending_of
from cleaner.dumps.engines import cores
from cleaner.dumps.records import FieldNames
from cleaner.dumps.sources import STDIN, find_sources, total_bytes
from cleaner.dumps.stats import Stats
from cleaner.dumps.tally import Tally
from cleaner.dumps.work import Settings
from cleaner.errors import CleanerError
from cleaner.outlet import Outlet
from cleaner.visible import visible

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_EPILOG = """[bold]Examples[/bold]

clean drift monday.stats.json tuesday.stats.json [dim]· what two runs wrote[/dim]

clean drift base.stats.json today.jsonl.gz [dim]· a dump against a run[/dim]

clean drift may.jsonl june.jsonl --json > drift.json [dim]· two dumps[/dim]

[bold]For cron[/bold], which mails what is written: nothing on most days, a table on the day of a change

15 6 * * * cd /srv/news && clean drift -q base.stats.json today.jsonl.gz

What is compared, for each outlet: in how many of 1,000 articles a rule cuts something, and in how many a
short line or a label such as 'Baca Pula: …' is left in. A marker with a new wording shows as a rule that
stopped and a line that is new. Of pages and records: for what reasons none could be read. Of rules all
changes are told, of the rest only what became more.

A difference is a change where it is large (--threshold) and no chance: by Fisher's exact test, held so strict
that two samples of the same pages give a change once in a thousand times, however much is compared. It counts
articles, not cuts, and at least 10 of them; a line has to be in 1 % of an outlet's articles. So a handful of
articles gives no alarm. The news changes as well: a long series of reports can show as a line of its own.
Lines of a large dump are counted in its first 32 MB and in one of eight records behind that.

An uncleaned dump is cleaned for this with the installed packs, and nothing is written. Where two runs used
different packs or ledgers that is said: a rule that was renamed has stopped, too. To accept a change, make
the new statistics the base.

OUT.stats.json holds the wording of recurring lines. Look through it before you give it to others.

Exit code 0: no change. 1: something changed. 2: nothing could be compared."""

_DUMPS = "How dumps are read and cleaned"
_UNKNOWN = "not recognised"
_TURNS = {
    About.rule: {Turn.stopped: "stopped", Turn.rarer: "rarer", Turn.more: "more", Turn.new: "new"},
    About.line: {Turn.more: "more lines", Turn.new: "new line"},
    About.outlet: {Turn.stopped: "is gone"},
    About.no_article: {Turn.more: "no article", Turn.new: "no article"},
    About.error: {Turn.more: "errors", Turn.new: "errors"},
}
# The columns of figures, and how wide each is at least.
_FIGURES = {"OLD ‰": 7, "NEW ‰": 7, "articles": 15}
_GAP = 3
_WIDEST_TURN = max(len(said) for turns in _TURNS.values() for said in turns.values())


def add_to(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("drift", epilog=_EPILOG)(_drift)


def _drift(
    old: Annotated[
        str,
        typer.Argument(
            metavar="OLD",
            help="How it was: the OUT.stats.json of a run, or an uncleaned dump: what `clean run` takes "
            "as PATH.",
            show_default=False,
        ),
    ],
    new: Annotated[
        str, typer.Argument(metavar="NEW", help="How it is: the same, or - for a dump.", show_default=False)
    ],
    threshold: Annotated[
        float,
        typer.Option(
            metavar="FACTOR",
            min=1.0,
            help="A rate has to rise or fall by this factor: with 2, to double or to halve.",
        ),
    ] = Limits().threshold,
    min_records: Annotated[
        int,
        typer.Option(
            metavar="N", min=1, help="Outlets with fewer records in OLD or in NEW are named, not compared."
        ),
    ] = Limits().min_records,
    as_json: Annotated[
        bool, typer.Option("--json", help="Write one JSON object instead of tables, whatever came of it.")
    ] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Write nothing but changes and errors.")
    ] = False,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs",
            "-j",
            metavar="N",
            min=1,
            help="Clean with N processes. Without it, one for each core that may be used.",
            show_default=False,
            rich_help_panel=_DUMPS,
        ),
    ] = None,
    text_field: Annotated[str, key_of("the text", _DUMPS)] = "text",
    html_field: Annotated[str, key_of("the page", _DUMPS)] = "html",
    url_field: Annotated[str, key_of("the url", _DUMPS)] = "url",
    title_field: Annotated[str, key_of("the headline", _DUMPS)] = "title",
    outlet_field: Annotated[str | None, key_of_outlet(_DUMPS)] = None,
    pack: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            help="Use the outlet of this pack (.toml) as well. Can be given several times.",
            show_default=False,
            rich_help_panel=_DUMPS,
        ),
    ] = None,
    ledger: Annotated[Path | None, ledger_option(_DUMPS)] = None,
) -> None:
    """Compare two dumps: rules that stopped, rates that changed, lines that newly recur, by outlet.

    An outlet that changes its template doesn't say so: rules fall silent, and what they cut stays in. This
    sees it in the numbers of two runs, or cleans two dumps to get them.
    """
    if old == new == STDIN:
        raise typer.BadParameter("standard input can be one of the two only", param_hint="NEW")
    packs = tuple(Outlet.from_file(path) for path in pack or ())
    names = FieldNames(text_field, url_field, title=title_field, outlet=outlet_field or "", html=html_field)
    settings = Settings(names, Policy(), rows=False, packs=packs, ledger=ledger)
    before, after = (_stats(name, settings, jobs or cores(), quiet) for name in (old, new))
    sides = before, after
    found = compare(before, after, Limits(threshold, min_records))
    if not found.compared and not found.changes:
        raise CleanerError(_nothing_compared(found, sides, min_records))
    if as_json:
        sys.stdout.write(_json(found, (old, new), sides) + "\n")
    elif found.changes or not quiet:
        _show(found, (old, new), sides, min_records)
    if found.changes:
        raise typer.Exit(1)


def _stats(name: str, settings: Settings, jobs: int, quiet: bool) -> Stats:
    """The statistics of one side, which are read, or counted by cleaning a dump."""
    if name.lower().endswith(STATS_ENDING) and not Path(name).is_dir():
        return read_stats(Path(name))
    found = find_sources([name])
    if not quiet and (beside := _stats_beside(name)):
        say(f"{name} has {beside} beside it. If a run wrote both, give that: of cleaned text nothing is cut.")
    errors = Tally()
    with cleaning(total_bytes(found.sources), 0, 0, quiet=quiet) as shown:

        def show(read: int, tally: Tally) -> None:
            nonlocal errors
            errors = tally
            shown(read, tally)

        stats = measured(found, settings, jobs, show)
    if errors.errors:
        are = agreeing(errors.errors, "it is", "they are")
        say(f"{name}: {counted(errors.errors, 'record')} could not be cleaned, so {are} not compared:")
        for line in first_errors(errors):
            say(line)
    return stats


def _stats_beside(name: str) -> Path | None:
    """The statistics of the run that wrote the file `name`, where there are some."""
    path = Path(name)
    ending = ending_of(path.name)
    if ending is None:
        return None
    beside = path.with_name(f"{path.name[: -len(ending)]}.stats.json")
    return beside if beside.exists() else None


def _nothing_compared(found: Comparison, sides: Sequence[Stats], min_records: int) -> str:
    if not found.not_compared:
        if any(each.errors for each in sides):
            return (
                "nothing was compared, as no record of OLD or NEW could be cleaned; give other dumps. Where "
                "their articles have other keys, name them with --text-field or --html-field"
            )
        return "nothing was compared, as neither OLD nor NEW holds a record; give other dumps"
    why = "; ".join(_why_not_compared(found.not_compared, min_records))
    if any(each.old and each.new for each in found.not_compared):
        return f"nothing was compared; {why}. Give larger dumps, or a lower --min-records"
    return (
        f"nothing was compared; {why}. Give dumps of the same outlets; where their records name the outlet, "
        "name that key with --outlet-field"
    )


def _why_not_compared(outlets: Sequence[NotCompared], min_records: int) -> list[str]:
    """What to say of those that stand in OLD alone, in NEW alone, and in both with too few records."""
    few = [
        f"{_outlet(each.outlet)} ({each.old:,} and {each.new:,})" for each in outlets if each.old and each.new
    ]
    told = [
        f"only in {side}: {', '.join(named)}"
        for side, named in (
            ("OLD", [_with_number(each, each.old) for each in outlets if not each.new]),
            ("NEW", [_with_number(each, each.new) for each in outlets if not each.old]),
        )
        if named
    ]
    if few:
        least = counted(min_records, "record")
        told.append(f"with fewer than {least} in OLD or in NEW: {', '.join(few)}")
    return told


def _with_number(outlet: NotCompared, records: int) -> str:
    return f"{_outlet(outlet.outlet)} ({counted(records, 'record')})"


def _json(found: Comparison, names: Sequence[str], sides: Sequence[Stats]) -> str:
    old, new = ({"name": name, "records": side.records} for name, side in zip(names, sides, strict=True))
    answer: dict[str, Any] = {"drift": bool(found.changes), "old": old, "new": new}
    answer |= msgspec.to_builtins(found)
    for change in answer["changes"]:
        for side in ("old", "new"):
            rate = change[side]
            rate["per_1000"] = round(1000 * rate["articles"] / rate["of"], 3)
    return msgspec.json.encode(answer).decode()


def _show(found: Comparison, names: Sequence[str], sides: Sequence[Stats], min_records: int) -> None:
    console = stdout_console()
    for title, name, stats in zip(("OLD", "NEW"), names, sides, strict=True):
        console.print(visible(f"{title}  {name}, {counted(stats.records, 'record')}"), soft_wrap=True)
    for outlet, changes in groupby(found.changes, key=lambda each: each.outlet):
        _show_outlet(console, outlet, list(changes), found)
    console.print()
    console.print(_verdict(found))
    if found.not_compared:
        for why in _why_not_compared(found.not_compared, min_records):
            console.print(visible(f"Not compared, {why}."))
    if found.other_rules:
        console.print(visible(_other_rules(found.other_rules)))


def _show_outlet(console: Console, outlet: str | None, changes: Sequence[Change], found: Comparison) -> None:
    console.print()
    console.print(visible(_heading(outlet, found)), style="bold")
    # A rule's id stays whole, to be copied; the tables of all outlets are alike.
    longest = max((len(each.what) for each in found.changes if each.about is About.rule), default=0)
    room = console.width - _WIDEST_TURN - sum(_widths(found.changes).values()) - _GAP * (len(_FIGURES) + 1)
    console.print(_side_by_side(changes, found.changes) if room >= longest else _one_below_the_other(changes))


def _widths(changes: Sequence[Change]) -> dict[str, int]:
    """How wide the columns of the figures are."""
    cells = [_figures(each) for each in changes]
    return {
        head: max(least, *(len(row[at]) for row in cells))
        for at, (head, least) in enumerate(_FIGURES.items())
    }


def _figures(change: Change) -> tuple[str, str, str]:
    return _per_1000(change.old), _per_1000(change.new), _number(change)


def _side_by_side(changes: Sequence[Change], every: Sequence[Change]) -> Table:
    """A row for each of the `changes`, as wide as `every` one would be."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False, expand=True, show_edge=False)
    table.add_column("", no_wrap=True, min_width=_WIDEST_TURN)
    table.add_column("", ratio=1, overflow="fold")
    for column, width in _widths(every).items():
        table.add_column(column, justify="right", no_wrap=True, min_width=width)
    for each in changes:
        table.add_row(*map(visible, (_TURNS[each.about][each.turn], each.what, *_figures(each))))
    return table


def _one_below_the_other(changes: Sequence[Change]) -> Table:
    """The same for a narrow terminal: the figures stand below what changed."""
    from rich.table import Table

    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(no_wrap=True, min_width=_WIDEST_TURN)
    table.add_column(ratio=1, overflow="fold")
    for each in changes:
        old, new, number = _figures(each)
        told = f"{visible(each.what)}\n{old} ‰ → {new} ‰, {number} articles"
        table.add_row(_TURNS[each.about][each.turn], told)
    return table


def _number(change: Change) -> str:
    return f"{_articles(change.old)} → {_articles(change.new)}"


def _heading(outlet: str | None, found: Comparison) -> str:
    if outlet is None:
        return "All outlets"
    if outlet not in found.compared:
        return _outlet(outlet)
    old, new = found.compared[outlet]
    return f"{_outlet(outlet)}, {counted(old, 'record')} in OLD, {new:,} in NEW"


def _outlet(outlet: str) -> str:
    return outlet or _UNKNOWN


def _articles(rate: Rate) -> str:
    return f"{'≤ ' if rate.at_most else ''}{rate.articles:,}"


def _per_1000(rate: Rate) -> str:
    return f"{'≤ ' if rate.at_most else ''}{rate.per_1000:.1f}"


def _verdict(found: Comparison) -> str:
    outlets = f" of {counted(len(found.compared), 'outlet')}" if found.compared else ""
    of = f"of {counted(found.rates, 'rate')}{outlets}"
    if not found.changes:
        return f"No drift: none {of} changed."
    return f"{len(found.changes):,} {of} changed."


def _other_rules(changes: Sequence[str]) -> str:
    few = "; ".join(changes[:5])
    more = f"; and {len(changes) - 5:,} more" if len(changes) > 5 else ""
    return f"The two were not cleaned by the same rules, which changes rates, too: {few}{more}."
