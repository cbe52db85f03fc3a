"""`clean explain`: every line of one article, with its verdict and the reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from cleaner.cleaner import Cleaner
from cleaner.cli.counted import counted
from cleaner.cli.evidence import lacking, ledger_option
from cleaner.cli.keys import key_of
from cleaner.cli.policy import certainty_option, kinds_option, policy_said
from cleaner.cli.summary import first_errors
from cleaner.cli.terminal import say, stdout_console
from cleaner.document import Document
from cleaner.dumps.addresses import Wanted, article_called, parted
from cleaner.dumps.cleaners import Cleaners
from cleaner.dumps.records import FieldNames, Item, Record, RecordReader, Unreadable
from cleaner.dumps.sources import ArticleFile, Source, find_sources, read_sources
from cleaner.dumps.tally import Tally
from cleaner.errors import CleanerError
from cleaner.kinds import Certainty
from cleaner.known_headlines import HEADLINE, RECURRING
from cleaner.ledger import Ledger
from cleaner.outlet import Outlet
from cleaner.registry import common_rules, contested, outlet_named, recogniser_with, unreachable
from cleaner.result import Result
from cleaner.shadow import fold
from cleaner.sheet.brackets import bracketed_pieces
from cleaner.sheet.columns import Widths, sheet_cells
from cleaner.sheet.result_rows import sheet_rows
from cleaner.sheet.row import Piece, SheetRow, Verdict
from cleaner.sheet.shortening import short_path
from cleaner.visible import visible

_COLOURS = {
    "related": "magenta",
    "caption": "cyan",
    "prompt": "yellow",
    "byline": "green",
    "meta": "blue",
    "chrome": "bright_black",
    "ad": "red",
}
_KEPT_SIGNS = {Verdict.keep: "", Verdict.cut: "red", Verdict.part: "red", Verdict.suspect: "yellow"}

_EPILOG = (
    "The verdict is keep, cut, part (what was cut stands in ⟦…⟧) or suspect: a rule claimed it, but less "
    "surely than --certainty asks for, or as a kind that --kinds leaves in. Below stand the counts, and why "
    "each rule that fired is there. Away from a terminal each line of the article is one line of plain "
    "text.\n\n"
    "Of a page, the lines are those of the text that was read off it; the markup is lost in that step. Each "
    "says the element it stood in, such as p[3], and what the page says of it, such as link_only.\n\n"
    "Exit code 1: the article can't be read. 2: there is no such file, record, outlet or pack."
)

_WIDE = 120
"""From this width on, in columns, every cell has a column of its own."""
_PLACES = 4
"""The part of the width, one by this number, that places on a page can have."""
_LABELS = 10
"""How wide the labels above the lines are at least, in columns."""
_FEW_IDS = 5
_LONGEST_FIELD = 400
"""How much of a field is shown, in code points: a page can give a megabyte as its title."""
_ARTICLES = ("txt", "html")
_BY_LEDGER = {
    HEADLINE: "The ledger has this line as another article's title.",
    RECURRING: "The ledger has this line in so many articles that it is their template's.",
}


class _Chosen(msgspec.Struct, frozen=True):
    """The outlet whose rules are used, None for the common ones alone, and how it was found."""

    outlet: Outlet | None
    how: str


def add_to(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("explain", epilog=_EPILOG)(explain)


def explain(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="A text (.txt), a page (.html, .html.gz), one record of a dump (dump.jsonl#ID, or "
            "dump.jsonl#N for the record in place N, the first is 0), one article of a folder (pages#ID), or "
            "- for standard input.",
        ),
    ],
    record: Annotated[
        str,
        typer.Option(
            "--id",
            metavar="ID|N",
            help="Which record of a dump: its id as a run or a report prints it, or where none has that id, "
            "its place, counted from 0.",
            show_default=False,
        ),
    ] = "",
    outlet: Annotated[
        str,
        typer.Option(
            metavar="ID",
            help="The outlet it is from, an installed one or that of --pack. Else it is recognised.",
            show_default=False,
        ),
    ] = "",
    url: Annotated[
        str,
        typer.Option(
            metavar="URL",
            help="The page's address; its host tells the outlet. Else a page's own canonical url does.",
            show_default=False,
        ),
    ] = "",
    pack: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Use the outlet of this pack (.toml) as well, as a run with it does, and where nothing "
            "tells the outlet; with --outlet and its id, whatever the article is recognised as.",
            show_default=False,
        ),
    ] = None,
    ledger: Annotated[Path | None, ledger_option()] = None,
    certainty: Annotated[str, certainty_option()] = Certainty.inferred.name,
    kinds: Annotated[str | None, kinds_option()] = None,
    stdin_format: Annotated[
        str, typer.Option(metavar="txt|html", help="What standard input holds: a text, or a page.")
    ] = "txt",
    text_field: Annotated[str, key_of("the text")] = "text",
    html_field: Annotated[str, key_of("the page, read where there is no text")] = "html",
    charset_field: Annotated[str, key_of("the charset of a page in base64")] = "charset",
    url_field: Annotated[str, key_of("the url")] = "url",
    id_field: Annotated[str, key_of("the id")] = "id",
    title_field: Annotated[str, key_of("the headline")] = "title",
) -> None:
    """Show every line of one article with its verdict, kind, certainty and rule.

    With the same --pack, --outlet, --ledger, --certainty and --kinds it shows what `clean run` does.
    """
    if stdin_format not in _ARTICLES:
        reason = f"{stdin_format!r} is no format of one article; it is txt or html"
        raise typer.BadParameter(reason, param_hint="--stdin-format")
    policy = policy_said(certainty, kinds)
    evidence = Ledger(ledger) if ledger else None
    given = [Outlet.from_file(pack)] if pack else []
    names = FieldNames(text_field, url_field, id_field, title_field, html=html_field, charset=charset_field)
    reader = RecordReader(names, Cleaners(policy, outlet or None, given).pages(), url or None)
    article = _article(file, record, stdin_format, reader)
    document = article.document
    chosen = _chosen(article, outlet, given)
    cleaner = Cleaner(chosen.outlet, policy, evidence)
    result = cleaner(document)
    rows = sheet_rows(document, result)
    console = stdout_console()
    _print_head(console, file, chosen, article, result)
    _print_rows(console, rows)
    _print_foot(console, document, result, rows)
    _print_reasons(console, rows, cleaner)
    for line in lacking(evidence, {result.outlet or "": 1}):
        say(line)
    for line in _of_packs(given, chosen.outlet):
        say(line)


def _of_packs(given: Sequence[Outlet], used: Outlet | None) -> Iterator[str]:
    """What a caller should know of the `given` packs."""
    for pack in given:
        if pack is not used:
            yield (
                f"The pack {pack.id} was not used: the article isn't recognised as its. --outlet {pack.id} "
                "uses it all the same."
            )
    for said in (*unreachable(given), *contested(given)):
        yield f"Warning: {said}."


def _article(file: str, record: str, stdin_format: str, reader: RecordReader) -> Record:
    if not record:
        file, record = parted(file)
    # What else can't be read of a dump is no matter of the one record that is named.
    tell_unread = not record
    is_folder = Path(file).is_dir()
    if is_folder and not record:
        raise CleanerError(f"{file} is a folder; name one file in it, or one article by its id with --id")
    sources = find_sources([file], "jsonl" if record else stdin_format).sources
    source = article_called(record, file, sources) if is_folder else sources[0]
    record = "" if is_folder else record
    if record and isinstance(source, ArticleFile):
        raise CleanerError(f"{file} is one article without records; leave the id {record!r} out")
    unread = Tally()
    items = _seen(source, reader, unread)
    try:
        article = _called(items, record, file) if record else _only(items, file)
    except CleanerError:
        _say_unread(unread)
        raise
    if tell_unread:
        _say_unread(unread)
    return article


def _say_unread(unread: Tally) -> None:
    if unread.errors:
        say(f"{counted(unread.errors, 'record')} could not be read:")
    for line in first_errors(unread):
        say(line)


def _seen(source: Source, reader: RecordReader, unread: Tally) -> Iterator[Item]:
    """What `source` holds; what can't be read of a dump is counted in `unread`."""
    for item in read_sources([source], reader):
        if isinstance(item, Unreadable):
            if isinstance(source, ArticleFile):
                raise _refused(item)
            unread.refused(item)
        yield item


def _called(items: Iterable[Item], record: str, file: str) -> Record:
    """The one with this id; where there is none, the one in this place."""
    wanted = Wanted(record)
    any(map(wanted.is_surely, items))
    found = wanted.found(file)
    if isinstance(found, Unreadable):
        raise _refused(found)
    return found


def _refused(item: Unreadable) -> typer.Exit:
    """Say why the article can't be read; what is answered ends the command."""
    say(f"clean: {item.place} {item.reason}")
    return typer.Exit(1)


def _only(items: Iterable[Item], file: str) -> Record:
    """The one there is. Raises CleanerError where there are more, or none."""
    first = list(islice((item for item in items if isinstance(item, Record)), _FEW_IDS + 1))
    if not first:
        raise CleanerError(f"{file} has no record that can be read")
    if len(first) > 1:
        ids = ", ".join(str(item.document.id) for item in first[:_FEW_IDS])
        more = ", …" if len(first) > _FEW_IDS else ""
        raise CleanerError(
            f"{file} has several records ({ids}{more}); name one with --id, by its id or by its place (the "
            "first is 0)"
        )
    return first[0]


def _chosen(article: Record, outlet: str, given: Sequence[Outlet]) -> _Chosen:
    """The outlet that a run would clean the article as, with the `given` ones beside the installed ones."""
    own = {each.id: each for each in given}

    def named(id: str) -> Outlet:
        return own.get(id) or outlet_named(id)

    document = article.document
    if outlet:
        return _Chosen(named(outlet), "by --outlet")
    recognise = recogniser_with(given)
    by_host = recognise(Document("", url=document.url))
    if by_host:
        return _Chosen(named(by_host), f"by the host of {document.url}")
    by_text = recognise(Document(document.text))
    if article.outlet and article.outlet != by_text:
        return _Chosen(named(article.outlet), "by the feed that its page names")
    if by_text is None and given:
        return _Chosen(given[0], "by --pack, as nothing else tells it")
    if by_text is None:
        return _Chosen(None, "by a host or by one outlet's signatures; common rules only")
    found = named(by_text)
    lines = f"\n{document.shadow}"
    signs = ", ".join(f"“{sign.strip()}”" for sign in found.signatures if fold(sign) in lines)
    return _Chosen(found, f"by its signature {signs}")


def _print_head(console: Console, file: str, chosen: _Chosen, article: Record, result: Result) -> None:
    name = chosen.outlet.name if chosen.outlet else "not recognised"
    facts = [("outlet", Text.assemble((visible(name), "bold"), f" {visible(chosen.how)}"))]
    if article.file_id is None:
        facts.append(("record", Text(visible(_which(article)))))
    if article.from_page:
        facts.append(("text", Text(_read_off(article.document, chosen.outlet))))
    for field, value in sorted(result.fields.items()):
        shown = visible(_shortened(" · ".join(_strings(value))))
        origin = f" ← {visible(result.origins[field])}" if field in result.origins else ""
        facts.append((visible(field), Text.assemble(shown, (origin, "dim"))))
    _line(console, Text(visible(file), style="bold"))
    width = max(_LABELS, _widest(label for label, _ in facts))
    for label, fact in facts:
        _print_fact(console, Text(f"{label:<{width}}", "dim"), fact)
    _line(console, Text())


def _print_fact(console: Console, label: Text, fact: Text) -> None:
    """A fact beside its label; on a terminal its further lines stand under its first."""
    if not console.is_terminal:
        _line(console, Text.assemble(label, " ", fact))
        return
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=len(label))
    grid.add_column(overflow="fold")
    grid.add_row(label, fact)
    console.print(grid)


def _which(record: Record) -> str:
    """Where a record stands in its dump, and its own id."""
    where = f"at byte {record.index}" if record.format == "warc" else f"{record.index}, counted from 0"
    made = f"{record.file}#{record.index}"
    return where if record.document.id == made else f"{where}, id {record.document.id}"


def _read_off(document: Document, outlet: Outlet | None) -> str:
    """How the text came off the page, in a sentence."""
    if document.no_article is not None:
        return f"none: {visible(document.no_article)}"
    label = next(iter(document.labels.values()), None)
    if label is None:
        return "read off the page"
    template = next((each for each in outlet.templates if label.root in each.body), None) if outlet else None
    years = f" of {template.years}" if template and template.years else ""
    how = f", by its outlet's template{years}" if template else ""
    return visible(f"read off {short_path(label.root) or 'parts'} of the page{how}")


def _strings(value: Any) -> Iterator[str]:
    """The strings that a field's value shows as: of a list each entry, of an object each pair."""
    if isinstance(value, Mapping):
        yield ", ".join(f"{key}: {each}" for key, each in value.items())
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _strings(each)
    else:
        yield str(value)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_FIELD else f"{text[:_LONGEST_FIELD]}…"


def _print_rows(console: Console, rows: list[SheetRow]) -> None:
    if not console.is_terminal:
        widths = Widths.of(rows)
        for row in rows:
            _line(console, Text(f"{sheet_cells(row, widths)} {_text(row).plain}"))
        return
    # Rows are printed one by one, so that a long article begins to show at once.
    wide = console.width >= _WIDE
    columns = _Columns(rows, console.width // _PLACES)
    for row in rows:
        console.print(columns.wide(row) if wide else columns.narrow(row))


class _Columns:
    """The layout of the rows, with columns as wide as the widest of their cells."""

    def __init__(self, rows: list[SheetRow], widest_place: int) -> None:
        self._number = len(str(rows[-1].number)) if rows else 1
        self._verdict = max((len(row.verdict) for row in rows), default=0)
        self._kind = max((len(row.kind) for row in rows), default=0)
        self._certainty = max((len(row.certainty) for row in rows), default=0)
        places = max((len(row.place) for row in rows), default=0)
        # A rule's id is whole, to be copied; of where a line stood the start tells most.
        self._reason = max(min(places, widest_place), _widest(rule for row in rows for rule in _rules(row)))

    def wide(self, row: SheetRow) -> Table:
        """All cells of a row side by side."""
        grid = self._grid()
        for width in (self._kind, self._certainty, self._reason):
            grid.add_column(width=width, overflow="fold")
        grid.add_column(ratio=1, overflow="fold")
        colour = _colour(row.kind)
        reasons = Text("\n".join(map(visible, (*_rules(row), *filter(None, [row.place])))), "dim")
        cells = (Text(row.kind, colour), Text(row.certainty, "dim"), reasons)
        grid.add_row(*self._gutter(row), *cells, _text(row))
        return grid

    def narrow(self, row: SheetRow) -> Table:
        """The text beside the verdict, and below it what is said of it."""
        grid = self._grid()
        grid.add_column(ratio=1, overflow="fold")
        text = _text(row)
        if row.verdict is not Verdict.keep:
            text.append("\n")
            text.append(row.kind, _colour(row.kind))
            reasons = filter(None, (row.certainty, " + ".join(_rules(row)), row.place))
            text.append("".join(f" · {visible(each)}" for each in reasons), "dim")
        elif row.label and row.label.hints:
            text.append(f"\n{visible(row.place)}", "dim")
        grid.add_row(*self._gutter(row), text)
        return grid

    def _grid(self) -> Table:
        grid = Table.grid(padding=(0, 1), expand=True)
        grid.add_column(width=self._number, justify="right")
        grid.add_column(width=self._verdict)
        return grid

    def _gutter(self, row: SheetRow) -> tuple[Text, Text]:
        return Text(str(row.number), "dim"), Text(row.verdict, _KEPT_SIGNS[row.verdict])


def _rules(row: SheetRow) -> list[str]:
    """The rules behind the verdict, by their ids."""
    return [rule for rule in row.rule.split("+") if rule]


def _widest(cells: Iterable[str]) -> int:
    return max(map(len, cells), default=0)


def _text(row: SheetRow) -> Text:
    """A line with its cuts struck out; brackets say the same where a line is more than one piece."""
    text = Text()
    for piece, opening, closing in bracketed_pieces(row):
        text.append(f"{opening}{visible(piece.text)}{closing}", _style(piece))
    return text


def _style(piece: Piece) -> str:
    if piece.claim is None:
        return ""
    return (
        f"{_colour(piece.claim.kind)} strike" if piece.removed else f"{_colour(piece.claim.kind)} underline"
    )


def _colour(kind: str) -> str:
    return _COLOURS.get(kind.partition("+")[0], "")


def _print_foot(console: Console, document: Document, result: Result, rows: list[SheetRow]) -> None:
    verdicts = Counter(row.verdict for row in rows)
    counts = ", ".join(f"{verdicts[verdict]} {verdict}" for verdict in Verdict if verdicts[verdict])
    before, after = len(document.text), len(result.text)
    share = f"{before - after:,} of {before:,} characters removed ({(before - after) / max(before, 1):.1%})"
    lines = "1 line" if len(rows) == 1 else f"{len(rows):,} lines"
    _line(console, Text(f"\n{lines}: {counts or 'none'}; {share}", "bold"))


def _print_reasons(console: Console, rows: list[SheetRow], cleaner: Cleaner) -> None:
    """Why each rule that fired is there, in the order of the text."""
    rules = (*(cleaner.outlet.rules if cleaner.outlet else ()), *common_rules())
    reasons = _BY_LEDGER | {rule.id: rule.why for rule in rules}
    claims = [piece.claim for row in rows for piece in row.pieces if piece.claim is not None]
    kinds = {claim.rule: claim.kind for claim in claims}
    if not kinds:
        return
    _line(console, Text())
    width, side_by_side = _widest(kinds), _widest(kinds) <= console.width // 3
    for rule, kind in kinds.items():
        why = reasons.get(rule, "a detector of the outlet claims it")
        cells = Text(visible(rule), "bold"), Text(kind, _colour(kind)), Text(visible(" ".join(why.split())))
        if not console.is_terminal:
            _line(console, Text(f"{cells[0].plain:<{width}} {cells[1].plain:<7} {cells[2].plain}"))
        elif side_by_side:
            grid = Table.grid(padding=(0, 1))
            grid.add_column(width=width)
            grid.add_column(width=_widest(kinds.values()))
            grid.add_column(overflow="fold")
            grid.add_row(*cells)
            console.print(grid)
        else:
            _line(console, Text(" ").join(cells[:2]))
            console.print(Padding(cells[2], (0, 0, 0, 2)))


def _line(console: Console, text: Text) -> None:
    """Print a text: on a terminal broken between words, elsewhere on one line."""
    console.print(text, soft_wrap=not console.is_terminal)
