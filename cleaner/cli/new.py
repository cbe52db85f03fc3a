"""`clean new`: what a new outlet begins with."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer
from rich.text import Text

from cleaner.cleaner import Cleaner
from cleaner.cli.counted import counted
from cleaner.cli.keys import key_of
from cleaner.cli.terminal import stdout_console
from cleaner.document import Document
from cleaner.dumps.addresses import parted
from cleaner.dumps.records import FieldNames
from cleaner.dumps.whole import WholeFiles
from cleaner.errors import CleanerError, PackError
from cleaner.golden.aspects import ASPECTS
from cleaner.golden.reading import Reading
from cleaner.golden.suite import reading_of
from cleaner.mining.writing import string
from cleaner.outlet import Outlet
from cleaner.pack import parse_pack
from cleaner.proofs import Violation, violations
from cleaner.registry import COMMON, installed_outlets, outlet_ids
from cleaner.starting.hosts import domain_of, is_shared, why_none
from cleaner.starting.ids import refuse_no_id
from cleaner.starting.rivals import remedy_of
from cleaner.visible import visible

if TYPE_CHECKING:
    from cleaner.starting.selectors import Guess
    from cleaner.starting.start import Start

_EPILOG = """[bold]Examples[/bold]

clean new warta --host warta.co.id

clean new warta --from page.html [dim]· a page as it was saved: it becomes the first sample[/dim]

clean new warta --from dump.jsonl --host warta.co.id [dim]· an article of that outlet does[/dim]

clean new warta --from dump.jsonl#ID [dim]· the article that you choose[/dim]

clean new warta --from dump.jsonl [dim]· once more, or after `clean mine`: another sample for the pack[/dim]

With --from, the hosts, signatures and the selectors of a page are guessed, and written into the pack for you
to read. A pack that is there already stays as it is, and only the sample is added: an article on the pack's
hosts that is no sample yet, and that shows many of its rules. Its golden text begins as all of its text: take
out what is no part of the article, or read the clean text and accept it. Until then its test fails.

Nothing is overwritten. Exit code 2: nothing was written, as the id, a host or what --from names is no good,
or the pack is there already and --from names no article for it."""

_TEMPLATE = Path(__file__).with_name("new_pack.toml")
_PLACE = re.compile("<([A-Z]+)>")
_UNUSED = "none of the pack's rules is used"
_FIELDS = "Where a dump's articles are"


class _Made(NamedTuple):
    """What is there now."""

    pack: Path
    seeds: Path
    sample: Path | None
    with_pack: bool
    """Whether the pack is new, too."""


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
            "only articles whose url is on it are looked at, or a single page without one.",
            show_default=False,
        ),
    ] = None,
    source: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="PATH",
            help="A page of it, a folder of pages or a dump, as `clean run` takes them: one article becomes "
            "a sample, and what is found there goes into the pack, where there is none yet. Which one, a "
            "record's id or place behind a # says, as for `clean explain`: dump.jsonl#ID.",
            show_default=False,
        ),
    ] = None,
    record: Annotated[
        str,
        typer.Option(
            "--id",
            metavar="ID|N",
            help="Which record of the dump becomes the sample: its id as a run or a report prints it, or "
            "where none has that id, its place, counted from 0. Without --host, its domain is the outlet's.",
            show_default=False,
        ),
    ] = "",
    root: Annotated[
        Path, typer.Option(metavar="DIR", help="The folder to put patterns/ and seeds/ into.")
    ] = Path(),
    text_field: Annotated[str, key_of("the text", _FIELDS)] = "text",
    html_field: Annotated[str, key_of("the page", _FIELDS)] = "html",
    url_field: Annotated[str, key_of("the url", _FIELDS)] = "url",
    id_field: Annotated[str, key_of("the id", _FIELDS)] = "id",
    title_field: Annotated[str, key_of("the headline", _FIELDS)] = "title",
    outlet_field: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="The records' key for the outlet's id; only records that name this outlet are looked at. A "
            "name such as Warta_Kota stands for the id warta-kota.",
            show_default=False,
            rich_help_panel=_FIELDS,
        ),
    ] = None,
) -> None:
    """Begin a new outlet with a pack, and with --from a sample; or add a sample to a pack that is there."""
    pack, seeds = root / "patterns" / f"{outlet}.toml", root / "seeds" / outlet
    hosts = tuple(host or ())
    names = FieldNames(text_field, url_field, id_field, title_field, outlet_field or "", html_field)
    if record and source is None:
        raise CleanerError(
            f"--id {record} names a record of what --from names, so give --from, too. Nothing was written"
        )
    given = _given(source, record)
    if _is_id(outlet) and os.path.lexists(pack):
        _add_sample(_Made(pack, seeds, None, with_pack=False), outlet, hosts, given, names, root)
        return
    if outlet == COMMON or outlet in outlet_ids():
        raise CleanerError(
            f"outlet {outlet!r} is installed already, so its articles are cleaned without a pack of yours; "
            "for another outlet choose another id. Nothing was written"
        )
    refuse_no_id(outlet, outlet_field)
    others = (*installed_outlets(), *_beside(pack))
    # A host that is no good is found out before a dump is read.
    _refuse_unsound(outlet, _pack_text(outlet, hosts), others)
    if given is None:
        _refuse_shared(hosts)
        made = _Made(pack, seeds, None, with_pack=True)
        _write(made, _pack_text(outlet, hosts), None)
        _print(outlet, made, None, "", root)
        return
    # What reads pages and dumps takes longer to load than all the rest.
    from cleaner.starting.start import start_from

    start = start_from(given.path, hosts, names, outlet, _Samples(seeds), wanted=given.record)
    start, written = _sound(outlet, start, others)
    sample = seeds / f"{_free_name(root, outlet)}{start.ending}"
    made = _Made(pack, seeds, sample, with_pack=True)
    _write(made, written, start)
    _print(outlet, made, start, _begin_golden(root, sample), root)


class _Given(NamedTuple):
    """What --from names, and the record in it that becomes the sample; empty for whichever does."""

    path: Path
    record: str


def _given(source: str | None, record: str) -> _Given | None:
    if source is None:
        return None
    path, behind = (source, "") if record else parted(source)
    return _Given(Path(path), record or behind)


def _is_id(outlet: str) -> bool:
    """Whether an outlet can be called so; the name of a pack's file is made of nothing else."""
    return all(sign.isalnum() or sign == "-" for sign in outlet)


def _refuse_shared(hosts: Sequence[str]) -> None:
    """Refuse a host that goes into no pack, where there are no articles to be chosen by it either."""
    shared = tuple(filter(is_shared, hosts))
    if shared:
        raise CleanerError(f"{why_none(shared)}. Leave it out of --host. Nothing was written")


def _beside(pack: Path) -> Iterator[Outlet]:
    """The outlets whose packs lie beside `pack`, as far as they can be read."""
    for path in sorted(pack.parent.glob("*.toml")):
        # Whatever is wrong with another pack, its own check tells.
        with suppress(PackError):
            yield Outlet.from_file(path)


def _add_sample(
    made: _Made, outlet: str, hosts: Sequence[str], given: _Given | None, names: FieldNames, root: Path
) -> None:
    """Add a sample for a pack that is there, and leave the pack as it is."""
    if given is None:
        raise CleanerError(
            f"{made.pack} is there already; it is left as it is, and nothing was written. To add a sample "
            "for it, name a page or a dump with --from"
        )
    there = _read(made.pack, outlet)
    from cleaner.starting.start import start_from

    cleaner = Cleaner(there)

    def shows(document: Document) -> int:
        """How many of the pack's rules an article has something for."""
        return len({removal.rule for removal in cleaner(document).removals})

    taken = _Samples(made.seeds)
    signatures = () if hosts else there.signatures
    on = hosts or there.hosts
    start = start_from(given.path, on, names, outlet, taken, shows, signatures, given.record)
    sample = made.seeds / f"{_free_name(root, outlet)}{start.ending}"
    made = made._replace(sample=sample)
    _write(made, None, start)
    _print(outlet, made, start, _begin_golden(root, sample), root)


def _read(pack: Path, outlet: str) -> Outlet:
    try:
        there = Outlet.from_file(pack)
    except PackError as error:
        raise CleanerError(
            f"{error}; no sample was added. Mend the pack first: clean check {pack}"
        ) from error
    if there.id != outlet:
        raise CleanerError(
            f"{pack} is the pack of {there.id!r}; name the file {there.id}.toml. Nothing was written"
        )
    return there


class _Samples:
    """The samples that lie in a folder, by their bytes; only those of an asked one's length are read."""

    def __init__(self, folder: Path) -> None:
        self._by_length: dict[int, list[Path]] = {}
        for path in folder.glob("*"):
            if path.suffix in (".txt", ".html") and path.is_file():
                self._by_length.setdefault(path.stat().st_size, []).append(path)

    def __contains__(self, sample: object) -> bool:
        if not isinstance(sample, bytes):
            return False
        return any(path.read_bytes() == sample for path in self._by_length.get(len(sample), ()))


def _pack_text(
    outlet: str, hosts: Sequence[str], signatures: Sequence[str] = (), selectors: Sequence[Guess] = ()
) -> str:
    # All that is given stands in TOML strings: it can't leave its quotes.
    values = {
        "OUTLET": string(outlet),
        "HOSTS": _strings(hosts),
        "SIGNATURES": _strings(signatures),
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
    for key in dict.fromkeys(guess.key for guess in selectors):
        found = [guess for guess in selectors if guess.key == key]
        told = _strings([guess.selector for guess in found])
        yield f"{f'{key:<9} = {told}':<50} # {found[0].because}"
    yield ""


def _strings(values: Sequence[str]) -> str:
    return f"[{', '.join(map(string, values))}]"


def _sound(outlet: str, start: Start, others: Sequence[Outlet]) -> tuple[Start, str]:
    """What was found without the guesses that make no sound pack, and the pack with the others."""
    text = _pack_text(outlet, start.hosts, start.signatures, start.selectors)
    unsound = {each.quote for each in _found(outlet, text, others)} & set(start.signatures)
    if unsound:
        start = start._replace(signatures=tuple(each for each in start.signatures if each not in unsound))
        text = _pack_text(outlet, start.hosts, start.signatures, start.selectors)
    _refuse_unsound(outlet, text, others)
    return start, text


def _refuse_unsound(outlet: str, text: str, others: Sequence[Outlet]) -> None:
    """Refuse a host that makes no sound pack beside `others`, before anything is written."""
    found = _found(outlet, text, others)
    if not found:
        return
    raise CleanerError(f"{found[0].problem}; {remedy_of(found[0], others)}. Nothing was written")


def _found(outlet: str, text: str, others: Sequence[Outlet]) -> list[Violation]:
    try:
        pack = parse_pack(text, f"patterns/{outlet}.toml")
    except PackError as error:
        raise CleanerError(str(error).replace(_UNUSED, "nothing was written")) from error
    return violations(Outlet.from_pack(pack), others)


def _free_name(root: Path, outlet: str) -> int:
    """The first number under which the outlet has neither a sample nor a golden text."""
    taken = {path.stem for kind in ("seeds", "golden") for path in (root / kind / outlet).glob("*")}
    return next(number for number in range(1, len(taken) + 2) if str(number) not in taken)


def _write(made: _Made, pack: str | None, start: Start | None) -> None:
    """Write all of it, or nothing."""
    with WholeFiles() as files:
        files.make_folder(made.seeds)
        if pack is not None:
            files.make_folder(made.pack.parent)
            files.write(made.pack, pack.encode())
        if made.sample is not None and start is not None:
            files.write(made.sample, start.sample)
            facts = "".join(f"{name} = {string(value)}\n" for name, value in start.facts.items())
            files.write(made.sample.with_suffix(".toml"), facts.encode())


def _begin_golden(root: Path, sample: Path) -> Reading | str:
    """Write all of the sample's text for its golden one; where that can't be done, the answer is why."""
    try:
        reading = reading_of(root, sample)
    except CleanerError as error:
        # Another pack's fault, or the gaps'.
        return str(error)
    with WholeFiles() as files:
        files.make_folder(reading.sample.golden.parent)
        files.write(reading.sample.golden, reading.document.text.encode())
    return reading


def _print(outlet: str, made: _Made, start: Start | None, golden: Reading | str, root: Path) -> None:
    console = stdout_console()
    for line, style in _told(outlet, made, start, golden, root):
        console.print(Text(visible(line), style), soft_wrap=True)


def _told(
    outlet: str, made: _Made, start: Start | None, golden: Reading | str, root: Path
) -> Iterator[tuple[str, str]]:
    pack, seeds, sample, with_pack = made
    yield (f"written {pack}", "green") if with_pack else (f"kept    {pack}, as it is", "")
    if sample is None:
        yield f"made    {seeds}{'' if str(seeds).endswith('/') else '/'}", "green"
    else:
        yield f"written {sample}{f', the article {start.address}' if start else ''}", "green"
        yield f"written {sample.with_suffix('.toml')}", "green"
    if isinstance(golden, Reading):
        yield f"written {golden.sample.golden}, with all of the text", "green"
    elif golden:
        yield f"no golden text was begun: {golden}", "yellow"
    if start is not None and with_pack:
        yield "", ""
        yield from ((line, "") for line in _guessed(start))
    # Why the sample isn't taken for its outlet's.
    problem = ASPECTS["outlet"](golden) if isinstance(golden, Reading) else None
    if problem:
        yield "", ""
        yield f"{sample} would fail its test: {problem}.", "yellow"
    yield "", ""
    yield "Next:", "bold"
    yield from ((line, "") for line in _next_steps(outlet, made, golden, root))


def _next_steps(outlet: str, made: _Made, golden: Reading | str, root: Path) -> Iterator[str]:
    pack, seeds, sample, with_pack = made
    first = sample or seeds / "1.txt"
    where = "" if root == Path() else f" --root {shlex.quote(str(root))}"
    if sample is None:
        yield f"  1. Put a page's text, as it was scraped, into {first}."
    elif with_pack:
        yield f"  1. Read what was guessed in {pack}, and mend it."
    else:
        yield f"  1. Read {sample}: what in it is no part of the article?"
    yield (
        f"  2. Write rules into {pack}, and look at what they do:"
        if with_pack
        else (f"  2. Look at what the rules do to it, and mend them in {pack}:")
    )
    yield f"     clean explain {shlex.quote(str(first))} --pack {shlex.quote(str(pack))}"
    yield "  3. Prove them:"
    yield f"     clean check {shlex.quote(str(pack))}"
    if isinstance(golden, str):
        yield "  4. Read the clean text, then keep it as the golden one:"
    else:
        yield f"  4. Take out of {golden.sample.golden} what is no part of the article,"
        yield "     or read the clean text and keep it as the golden one:"
    yield f"     clean golden diff {outlet}/{first.stem}{where}"
    yield f"     clean golden accept {outlet}/{first.stem}{where}"
    yield f"Where pytest is installed, `python -m pytest` in {root.absolute()} asks all of this."


def _guessed(start: Start) -> Iterator[str]:
    read = f"Looked at {counted(start.read, 'article')}"
    unread = f"; {counted(start.unreadable, 'record')} could not be read" if start.unreadable else ""
    yield f"{read}{unread}."
    if start.hosts:
        wider = [domain for host in start.hosts if (domain := domain_of(host)) != host]
        hint = f"; for all of its sub-domains, write {', '.join(wider)}" if wider else ""
        yield f"  hosts      {', '.join(start.hosts)}{hint}"
    if start.shared:
        label = "           but " if start.hosts else "hosts      none: "
        yield f"  {label}{why_none(start.shared)}"
    elif not start.hosts:
        yield "  hosts      not known: put them into the pack, and a url into the .toml beside the sample"
    signatures = ", ".join(f"'{each}'" for each in start.signatures)
    yield f"  signatures {signatures or 'not known: most texts open with no brand that is surely its own'}"
    if start.selectors:
        yield f"  selectors  {', '.join(f'{guess.key} {guess.selector}' for guess in start.selectors)}"
    elif start.ending == ".html":
        yield "  selectors  not known: no name finds the densest block of paragraphs alone"
