"""`clean explain`: every line of one article, with its verdict and the reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from cleaner.cleaner import Cleaner
from cleaner.cli.keys import key_of
from cleaner.cli.terminal import say, stdout_console
from cleaner.decide import Policy
from cleaner.document import Document
from cleaner.dumps.cleaners import Cleaners
from cleaner.dumps.pages import Pages
from cleaner.dumps.records import FieldNames, Record, RecordReader
from cleaner.dumps.sources import ArticleFile, Source, find_sources, read_sources
from cleaner.errors import CleanerError
from cleaner.outlet import Outlet
from cleaner.registry import common_rules, outlet_named, recogniser
from cleaner.result import Result
from cleaner.shadow import fold
from cleaner.sheet import Piece, SheetRow, Verdict, bracketed_pieces, sheet_cells, sheet_rows, short_path
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
    "surely than is asked for cutting. Below stand the counts, and why each rule that fired is there. Away "
    "from a terminal each line of the article is one line of plain text.\n\n"
    "Of a page, the lines are those of the text that was read off it; the markup is lost in that step. Each "
    "says the element it stood in, such as p[3], and what the page says of it, such as link_only.\n\n"
    "Exit code 1: the article can't be read. 2: there is no such file, record, outlet or pack."
)

_WIDE = 120
"""From this width on, in columns, every cell has a column of its own."""
_FEW_IDS = 5
_LONGEST_FIELD = 400
"""How much of a field is shown, in code points: a page can give a megabyte as its title."""
_ARTICLES = ("txt", "html")


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
            help="A text (.txt), a page (.html, .html.gz), one record of a dump (dump.jsonl#ID), or - for "
            "standard input.",
        ),
    ],
    record: Annotated[
        str, typer.Option("--id", metavar="ID", help="The record's id, for a dump.", show_default=False)
    ] = "",
    outlet: Annotated[
        str,
        typer.Option(metavar="ID", help="The outlet it is from. Else it is recognised.", show_default=False),
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
        typer.Option(metavar="FILE", help="Use this pack's rules, installed or not.", show_default=False),
    ] = None,
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
    """Show every line of one article with its verdict, kind, certainty and rule."""
    if outlet and pack:
        raise CleanerError("--outlet and --pack both name the outlet; give one of them")
    if stdin_format not in _ARTICLES:
        reason = f"{stdin_format!r} is no format of one article; it is txt or html"
        raise typer.BadParameter(reason, param_hint="--stdin-format")
    names = FieldNames(text_field, url_field, id_field, title_field, html=html_field, charset=charset_field)
    reader = RecordReader(names, _pages(outlet, pack), url or None)
    article = _article(file, record, stdin_format, reader)
    document = article.document
    chosen = _chosen(document, outlet, pack)
    cleaner = Cleaner(chosen.outlet)
    result = cleaner(document)
    rows = sheet_rows(document, result)
    console = stdout_console()
    _print_head(console, file, chosen, article, result)
    _print_rows(console, rows)
    _print_foot(console, document, result, rows)
    _print_reasons(console, rows, cleaner)


def _pages(outlet: str, pack: Path | None) -> Pages:
    """What reads pages by the outlet that the caller names, else by the one whose page it is."""
    if pack is None:
        return Cleaners(Policy(), outlet or None).pages()
    given = Outlet.from_file(pack)
    return Cleaners(Policy(), given.id, [given]).pages()


def _article(file: str, record: str, stdin_format: str, reader: RecordReader) -> Record:
    path, mark, named = file.rpartition("#")
    if mark and not record and not Path(file).exists():
        file, record = path, named
    if Path(file).is_dir():
        raise CleanerError(f"{file} is a folder; name one file in it")
    (source,) = find_sources([file], "jsonl" if record else stdin_format).sources
    if record and isinstance(source, ArticleFile):
        raise CleanerError(f"{file} is one article without records; leave the id {record!r} out")
    items = list(_wanted(source, record, reader))
    if not items:
        raise CleanerError(f"{file} has no record {record!r}" if record else f"{file} has no record at all")
    if len(items) > 1:
        ids = ", ".join(str(item.document.id) for item in items[:_FEW_IDS])
        more = ", …" if len(items) > _FEW_IDS else ""
        raise CleanerError(f"{file} has several records ({ids}{more}); name one with --id")
    return items[0]


def _wanted(source: Source, record: str, reader: RecordReader) -> Iterator[Record]:
    """The record asked for; without an id the first few. What can't be read before it is told."""
    found = 0
    for item in read_sources([source], reader):
        if not isinstance(item, Record):
            say(f"clean: {item.place} {item.reason}")
            if isinstance(source, ArticleFile):
                raise typer.Exit(1)
        elif not record or item.document.id in (record, f"{item.file}#{record}"):
            yield item
            found += 1
            if record or found > _FEW_IDS:
                return


def _chosen(document: Document, outlet: str, pack: Path | None) -> _Chosen:
    if pack:
        return _Chosen(Outlet.from_file(pack), f"by --pack {pack}")
    if outlet:
        return _Chosen(outlet_named(outlet), "by --outlet")
    recognise = recogniser()
    by_host = recognise(Document("", url=document.url))
    if by_host:
        return _Chosen(outlet_named(by_host), f"by the host of {document.url}")
    by_text = recognise(Document(document.text))
    if by_text is None:
        return _Chosen(None, "by a host or by one outlet's signatures; common rules only")
    found = outlet_named(by_text)
    lines = f"\n{document.shadow}"
    signs = ", ".join(f"“{sign.strip()}”" for sign in found.signatures if fold(sign) in lines)
    return _Chosen(found, f"by its signature {signs}")


def _print_head(console: Console, file: str, chosen: _Chosen, article: Record, result: Result) -> None:
    name = chosen.outlet.name if chosen.outlet else "not recognised"
    _line(console, Text(visible(file), style="bold"))
    _line(
        console,
        Text.assemble((f"{'outlet':<10} ", "dim"), (visible(name), "bold"), f" {visible(chosen.how)}"),
    )
    if article.from_page:
        _line(console, Text.assemble((f"{'text':<10} ", "dim"), _read_off(article.document, chosen.outlet)))
    for field, value in sorted(result.fields.items()):
        shown = _shortened(" · ".join(_strings(value)))
        origin = f" ← {visible(result.origins[field])}" if field in result.origins else ""
        _line(console, Text.assemble((f"{visible(field):<10} ", "dim"), visible(shown), (origin, "dim")))
    _line(console, Text())


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
        for row in rows:
            _line(console, Text(f"{sheet_cells(row)} {_text(row).plain}"))
        return
    # Rows are printed one by one, so that a long article begins to show at once.
    wide = console.width >= _WIDE
    columns = _Columns(rows)
    for row in rows:
        console.print(columns.wide(row) if wide else columns.narrow(row))


class _Columns:
    """The layout of the rows, with columns as wide as the widest of their cells."""

    def __init__(self, rows: list[SheetRow]) -> None:
        self._number = len(str(rows[-1].number)) if rows else 1
        self._verdict = max((len(row.verdict) for row in rows), default=0)
        self._kind = max((len(row.kind) for row in rows), default=0)
        self._certainty = max((len(row.certainty) for row in rows), default=0)
        self._reason = min(max((len(cell) for row in rows for cell in _reasons(row)), default=0), 30)

    def wide(self, row: SheetRow) -> Table:
        """All cells of a row side by side."""
        grid = self._grid()
        for width in (self._kind, self._certainty, self._reason):
            grid.add_column(width=width, overflow="fold")
        grid.add_column(ratio=1, overflow="fold")
        colour = _colour(row.kind)
        reasons = Text("\n".join(map(visible, _reasons(row))), "dim")
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
            text.append("".join(f" · {visible(each)}" for each in (row.certainty, *_reasons(row))), "dim")
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


def _reasons(row: SheetRow) -> list[str]:
    """The rule behind the verdict, and where on its page the line stood, as far as there are any."""
    return [reason for reason in (row.rule, row.place) if reason]


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
    reasons = {rule.id: rule.why for rule in rules}
    claims = [piece.claim for row in rows for piece in row.pieces if piece.claim is not None]
    kinds = {claim.rule: claim.kind for claim in claims}
    if not kinds:
        return
    _line(console, Text())
    width = max(len(rule) for rule in kinds)
    for rule, kind in kinds.items():
        why = reasons.get(rule, "a detector of the outlet claims it")
        grid = Table.grid(padding=(0, 1))
        grid.add_column(width=min(width, 40), overflow="fold")
        grid.add_column(width=max(map(len, kinds.values())))
        grid.add_column(overflow="fold")
        cells = Text(visible(rule), "bold"), Text(kind, _colour(kind)), Text(visible(" ".join(why.split())))
        if console.is_terminal:
            grid.add_row(*cells)
            console.print(grid)
        else:
            _line(console, Text(f"{cells[0].plain:<{width}} {cells[1].plain:<7} {cells[2].plain}"))


def _line(console: Console, text: Text) -> None:
    """Print a text: on a terminal broken between words, elsewhere on one line."""
    console.print(text, soft_wrap=not console.is_terminal)
