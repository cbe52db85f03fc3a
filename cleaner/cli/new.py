"""`clean new`: what a new outlet begins with."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer
from rich.text import Text

from cleaner.cli.counted import counted
from cleaner.cli.keys import key_of
from cleaner.cli.terminal import stdout_console
from cleaner.dumps.records import FieldNames
from cleaner.dumps.whole import WholeFiles
from cleaner.errors import CleanerError, PackError
from cleaner.mining.writing import string
from cleaner.outlet import Outlet
from cleaner.pack import parse_pack
from cleaner.proofs import Violation, violations
from cleaner.registry import COMMON, installed_outlets, outlet_ids
from cleaner.visible import visible

if TYPE_CHECKING:
    from cleaner.starting.selectors import Guess
    from cleaner.starting.start import Start

_EPILOG = """[bold]Examples[/bold]

clean new warta --host warta.co.id

clean new warta --from page.html [dim]· a page as it was saved: it becomes the first sample[/dim]

clean new warta --from dump.jsonl --host warta.co.id [dim]· an article of that outlet does[/dim]

With --from, the hosts, a signature and the selectors of a page are guessed, and written into the pack for you
to read. The sample has no golden text before you accept one: `clean golden diff` shows what it would be, and
so does pytest.

Nothing is overwritten. Exit code 2: nothing was written, as the id, a host or what --from names is no good,
or the pack is there already."""

_TEMPLATE = Path(__file__).with_name("new_pack.toml")
_PLACE = re.compile("<([A-Z]+)>")
_UNUSED = "none of the pack's rules is used"
_FIELDS = "Where a dump's articles are"


class _Made(NamedTuple):
    """What is written."""

    pack: Path
    seeds: Path
    sample: Path | None


def add_to(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("new", epilog=_EPILOG)(new)


def new(
    outlet: Annotated[
        str, typer.Argument(metavar="OUTLET", help="The new outlet's id: small letters, digits, hyphens.")
    ],
    host: Annotated[
        list[str] | None,
        typer.Option(
            metavar="HOST",
            help="A domain its pages are on, such as contoh.co.id; goes into the pack. Of what --from names, "
            "only articles on it are looked at, and those without a url.",
            show_default=False,
        ),
    ] = None,
    source: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="PATH",
            help="A page of it, a folder of pages or a dump, as `clean run` takes them: what is found there "
            "goes into the pack, and one article becomes the first sample.",
            show_default=False,
        ),
    ] = None,
    root: Annotated[
        Path, typer.Option(metavar="DIR", help="The folder to put patterns/ and seeds/ into.")
    ] = Path(),
    text_field: Annotated[str, key_of("the text", _FIELDS)] = "text",
    html_field: Annotated[str, key_of("the page", _FIELDS)] = "html",
    url_field: Annotated[str, key_of("the url", _FIELDS)] = "url",
    title_field: Annotated[str, key_of("the headline", _FIELDS)] = "title",
) -> None:
    """Begin a new outlet: write patterns/OUTLET.toml, with one worked example, and with --from a sample."""
    if outlet == COMMON or outlet in outlet_ids():
        raise CleanerError(f"outlet {outlet!r} is installed already; choose another id. Nothing was written")
    hosts = tuple(host or ())
    # An id or a host that is no good is found out before a dump is read.
    _refuse_unsound(outlet, _pack_text(outlet, hosts))
    pack, seeds = root / "patterns" / f"{outlet}.toml", root / "seeds" / outlet
    if os.path.lexists(pack):
        raise CleanerError(f"{pack} is there already; it is left as it is, and nothing was written")
    if source is None:
        made = _Made(pack, seeds, None)
        _write(made, _pack_text(outlet, hosts), None)
        _print(outlet, made, None, root)
        return
    # What reads pages and dumps takes longer to load than all the rest.
    from cleaner.starting.start import start_from

    names = FieldNames(text_field, url_field, title=title_field, html=html_field)
    start = start_from(source, hosts, names)
    start, written = _sound(outlet, start)
    made = _Made(pack, seeds, seeds / f"{_free_name(seeds)}{start.ending}")
    _write(made, written, start)
    _print(outlet, made, start, root)


def _pack_text(
    outlet: str, hosts: Sequence[str], signature: str = "", selectors: Sequence[Guess] = ()
) -> str:
    # All that is given stands in TOML strings: it can't leave its quotes.
    values = {
        "OUTLET": string(outlet),
        "HOSTS": _strings(hosts),
        "SIGNATURES": _strings([signature] if signature else []),
        "PAGES": "\n".join(_page_lines(selectors)),
    }
    template = _TEMPLATE.read_text(encoding="utf-8")
    return _PLACE.sub(lambda match: values[match[1]], template)


def _page_lines(selectors: Sequence[Guess]) -> Iterator[str]:
    if not selectors:
        return
    yield ""
    yield "# Guessed from one page: hold it against others, of other years and of other sections."
    yield "[[html]]"
    for guess in selectors:
        yield f"{f'{guess.key:<9} = {_strings([guess.selector])}':<50} # {guess.because}"
    yield ""


def _strings(values: Sequence[str]) -> str:
    return f"[{', '.join(map(string, values))}]"


def _sound(outlet: str, start: Start) -> tuple[Start, str]:
    """What was found without the guesses that make no sound pack, and the pack with the others."""
    text = _pack_text(outlet, start.hosts, start.signature, start.selectors)
    if start.signature and any(each.quote == start.signature for each in _found(outlet, text)):
        start = start._replace(signature="")
        text = _pack_text(outlet, start.hosts, "", start.selectors)
    _refuse_unsound(outlet, text)
    return start, text


def _refuse_unsound(outlet: str, text: str) -> None:
    """Refuse an id or host that makes no sound pack, before anything is written under that name."""
    found = _found(outlet, text)
    if found:
        raise CleanerError(f"{found[0].problem}; {found[0].remedy}. Nothing was written")


def _found(outlet: str, text: str) -> list[Violation]:
    try:
        pack = parse_pack(text, f"patterns/{outlet}.toml")
    except PackError as error:
        raise CleanerError(str(error).replace(_UNUSED, "nothing was written")) from error
    return violations(Outlet.from_pack(pack), installed_outlets())


def _free_name(seeds: Path) -> int:
    """The first number under which no sample lies in `seeds`."""
    taken = {path.stem for path in seeds.glob("*")}
    return next(number for number in range(1, len(taken) + 2) if str(number) not in taken)


def _write(made: _Made, pack: str, start: Start | None) -> None:
    """Write all of it, or nothing."""
    with WholeFiles() as files:
        files.make_folder(made.seeds)
        files.make_folder(made.pack.parent)
        files.write(made.pack, pack.encode())
        if made.sample is not None and start is not None:
            files.write(made.sample, start.sample)
            facts = "".join(f"{name} = {string(value)}\n" for name, value in start.facts.items())
            files.write(made.sample.with_suffix(".toml"), facts.encode())


def _print(outlet: str, made: _Made, start: Start | None, root: Path) -> None:
    console = stdout_console()
    for line, style in _told(outlet, made, start, root):
        console.print(Text(visible(line), style), soft_wrap=True)


def _told(outlet: str, made: _Made, start: Start | None, root: Path) -> Iterator[tuple[str, str]]:
    pack, seeds, sample = made
    yield f"written {pack}", "green"
    if sample is None:
        yield f"made    {seeds}{'' if str(seeds).endswith('/') else '/'}", "green"
    else:
        yield f"written {sample}", "green"
        yield f"written {sample.with_suffix('.toml')}", "green"
    if start is not None:
        yield "", ""
        yield from ((line, "") for line in _guessed(start))
    first = sample or seeds / "1.txt"
    where = "" if root == Path() else f" --root {shlex.quote(str(root))}"
    yield "", ""
    yield "Next:", "bold"
    if sample is None:
        yield f"  1. Put a page's text, as it was scraped, into {first}.", ""
    else:
        yield f"  1. Read what was guessed in {pack}, and mend it.", ""
    yield f"  2. Write rules into {pack}, and look at what they do:", ""
    yield f"     clean explain {shlex.quote(str(first))} --pack {shlex.quote(str(pack))}", ""
    yield "  3. Prove them:", ""
    yield f"     clean check {shlex.quote(str(pack))}", ""
    yield "  4. Read the clean text, then keep it as the golden one:", ""
    yield f"     clean golden diff {first.stem}{where}", ""
    yield f"     clean golden accept {outlet}/{first.stem}{where}", ""
    yield f"Where pytest is installed, `pytest` in {root.absolute()} asks all of this.", ""


def _guessed(start: Start) -> Iterator[str]:
    read = f"Looked at {counted(start.read, 'article')}"
    unread = f"; {counted(start.unreadable, 'record')} could not be read" if start.unreadable else ""
    yield f"{read}{unread}."
    if start.hosts:
        yield f"  hosts      {', '.join(start.hosts)}"
    else:
        yield "  hosts      not known: put them into the pack, and a url into the .toml beside the sample"
    yield f"  signature  {start.signature or 'not known: no brand opens the text'}"
    if start.selectors:
        yield f"  selectors  {', '.join(f'{guess.key} {guess.selector}' for guess in start.selectors)}"
    elif start.ending == ".html":
        yield "  selectors  not known: no name finds the densest block of paragraphs alone"
