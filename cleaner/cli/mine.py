"""`clean mine`: a first pack for an outlet that nobody has written rules for, from its own raw dump."""

from __future__ import annotations

import os
import shlex
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from cleaner.cli.counted import agreeing, counted
from cleaner.cli.keys import given_again, key_of
from cleaner.cli.nothing_cleaned import no_key
from cleaner.cli.progress import watched
from cleaner.cli.review import review, support
from cleaner.cli.summary import first_errors
from cleaner.cli.terminal import say, stderr_console
from cleaner.decide import Policy
from cleaner.document import Document
from cleaner.dumps.cleaners import Cleaners
from cleaner.dumps.records import FieldNames, Item, Record, RecordReader
from cleaner.dumps.sources import STDIN, find_sources, read_sources, total_bytes
from cleaner.dumps.tally import Tally
from cleaner.dumps.whole import WholeFiles
from cleaner.errors import CleanerError, PackError
from cleaner.identity import Identity
from cleaner.mining.miner import Mined, mine, mined_of
from cleaner.mining.recognition import Marks, marks_of
from cleaner.mining.sample import Sampler
from cleaner.mining.writing import pack_text
from cleaner.outlet import Outlet
from cleaner.outlet_spellings import names_outlet
from cleaner.pack import parse_pack
from cleaner.proofs import violations
from cleaner.registry import COMMON, Recogniser, installed_outlets
from cleaner.starting.hosts import SeenHosts, host_of, require_one_domain
from cleaner.starting.ids import refuse_no_id
from cleaner.starting.rivals import remedy_of

_EPILOG = """[bold]Examples[/bold]

clean mine dump.jsonl --outlet warta -o patterns/warta.toml --host warta.co.id

clean mine dump.jsonl --outlet warta --outlet-field source -o patterns/warta.toml --review

zcat dump.jsonl.gz | clean mine - --outlet warta -o patterns/warta.toml

clean new warta --from dump.jsonl [dim]· then: a sample to hold the pack against[/dim]

clean run dump.jsonl -o clean.jsonl --pack patterns/warta.toml --outlet warta [dim]· use it[/dim]

A rule is what recurs and is the page's: whole lines, labels with names behind them, bylines, dates, calls,
captions, pointers inside lines, and lines that always stand beside one of those. Nothing is a rule that also
stands in prose. A dump of some hundred articles gives a good pack; a few dozen give what recurs in them.

The examples in the pack are real text of the dump. Nothing is sent anywhere; look through the file before you
give it to others.

Nothing is overwritten. Exit code 0: the pack is written. 1: it is, but some records could not be read. 2:
nothing was written."""

_FROM = "Where the articles are"
_AGAIN = ". The same dump gives the same rules again, to go through one by one"

# An error names a few, not a whole dump's.
_NAMED = 6
_MOST_NAMES = 10_000

_Said: TypeAlias = Callable[[str], None]


def add_to(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("mine", epilog=_EPILOG)(_mine)


def _mine(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="DUMP", help="Uncleaned articles: what `clean run` takes as PATH.", show_default=False
        ),
    ],
    outlet: Annotated[
        str,
        typer.Option(
            metavar="NAME", help="The outlet's id: small letters, digits, hyphens.", show_default=False
        ),
    ],
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="PACK", help="The pack to write.", show_default=False)
    ],
    host: Annotated[
        list[str] | None,
        typer.Option(
            metavar="HOST",
            help="A domain its pages are on, such as contoh.co.id; goes into the pack. Only articles whose "
            "url is on it count. Can be given several times. Without it, all have to be on one "
            "domain, which goes into the pack.",
            show_default=False,
        ),
    ] = None,
    least: Annotated[
        int,
        typer.Option(
            "--min-articles", metavar="N", min=2, help="In how many articles a rule has to cut something."
        ),
    ] = 3,
    by_hand: Annotated[
        bool,
        typer.Option(
            "--review", help="Go through the rules one by one; only those that you accept are written."
        ),
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")] = False,
    text_field: Annotated[str, key_of("the text", _FROM)] = "text",
    html_field: Annotated[str, key_of("the page", _FROM)] = "html",
    url_field: Annotated[str, key_of("the url", _FROM)] = "url",
    title_field: Annotated[str, key_of("the headline", _FROM)] = "title",
    outlet_field: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="The records' key for the outlet's id; only records that name this outlet are used, on "
            "whatever domain they are. A name such as Warta_Kota stands for the id warta-kota.",
            show_default=False,
            rich_help_panel=_FROM,
        ),
    ] = None,
) -> None:
    """Mine a pack for an outlet from its uncleaned articles: rules for what recurs, each with its proofs.

    The rules are sorted by how much they cut of what the common rules leave in. Read them, or let
    [bold]--review[/bold] show them one by one, before you rely on them.
    """
    hosts = tuple(host or ())
    _refuse_unsound(outlet, hosts, outlet_field)
    if os.path.lexists(out):
        raise CleanerError(
            f"{out} is there already; it is left as it is, and nothing was written. Name another file with "
            f"-o, or put this one aside first{_AGAIN if by_hand else ''}"
        )
    if by_hand and (STDIN in paths or not sys.stdin.isatty()):
        raise CleanerError(
            "--review asks a person, and standard input is no terminal here; leave it out, and read the pack "
            "instead. Nothing was written"
        )
    names = FieldNames(text_field, url_field, title=title_field, outlet=outlet_field or "", html=html_field)
    tally = Tally()
    sampler = Sampler()
    choice = _Choice(outlet, hosts, bool(outlet_field))
    _collect(paths, names, choice, sampler, tally, quiet)
    documents = sampler.documents()
    if not documents:
        # Where no record has a text, it doesn't matter whose it would be.
        why = no_key(tally, names, ", and nothing was written") or _nothing(
            outlet, _named(paths), hosts, outlet_field, choice, tally
        )
        raise CleanerError(why)
    if not (hosts or outlet_field):
        # One outlet's habits are no reason to cut from another's articles.
        require_one_domain(_named(paths), (host_of(document.url) for document in documents))
    with _progress(quiet) as said:
        mined = mine(documents, outlet, least, said)
    if not mined.rules:
        raise CleanerError(
            f"nothing recurs in {counted(len(documents), 'article')} that the common rules leave in; "
            f"{out} was not written. To begin one by hand: {_new(out, outlet, hosts, names, paths)}"
        )
    found = len(mined.rules)
    if by_hand:
        mined = _reviewed(mined, documents, out)
    marks = marks_of(documents, outlet, hosts, [each for each in installed_outlets() if each.id != outlet])
    _write(out, mined, marks, sampler, by_hand)
    if not quiet:
        _say_what_came(out, mined, found, sampler)
        _say_what_next(out, outlet, marks, names, paths)
    if tally.errors:
        say(f"{counted(tally.errors, 'record')} could not be read:")
        for line in first_errors(tally):
            say(line)
        raise typer.Exit(1)


class _Choice:
    """Which records are the outlet's."""

    def __init__(self, outlet: str, hosts: Sequence[str], named: bool) -> None:
        self._outlet = outlet
        self._named = named
        self._hosts = Recogniser((Identity(outlet, tuple(hosts)),)) if hosts else None
        self.elsewhere = SeenHosts()
        """Where the articles are that aren't on the hosts."""
        self.others: Counter[str] = Counter()
        """What records name that don't name the outlet."""

    def __call__(self, record: Record) -> bool:
        if self._named and not names_outlet(record.outlet, self._outlet):
            self._count_other(record.outlet)
            return False
        if self._hosts is None or self._is_on(self._hosts, record.document.url):
            return True
        self.elsewhere.add(record.document.url)
        return False

    def _is_on(self, hosts: Recogniser, url: str | None) -> bool:
        # What names the outlet itself needs no url.
        return hosts.by_host(url) is not None if url else self._named

    def _count_other(self, name: str | None) -> None:
        if name and (name in self.others or len(self.others) < _MOST_NAMES):
            self.others[name] += 1


def _refuse_unsound(outlet: str, hosts: Sequence[str], outlet_field: str | None) -> None:
    """Refuse an id or a host that makes no sound pack, before anything is read."""
    if outlet == COMMON:
        raise CleanerError(f"{COMMON!r} is the pack of all outlets; choose an id. Nothing was written")
    refuse_no_id(outlet, outlet_field)
    try:
        pack = parse_pack(pack_text(outlet, (), hosts=hosts), "--outlet")
    except PackError as error:
        raise CleanerError(
            str(error).replace("none of the pack's rules is used", "nothing was written")
        ) from error
    # Without hosts there is nothing that could be another outlet's.
    others = [each for each in installed_outlets() if each.id != outlet] if hosts else []
    found = violations(Outlet.from_pack(pack), others)
    if found:
        raise CleanerError(f"{found[0].problem}; {remedy_of(found[0], others)}. Nothing was written")


def _collect(
    paths: Sequence[str], names: FieldNames, ours: _Choice, sampler: Sampler, tally: Tally, quiet: bool
) -> None:
    sources = find_sources(paths).sources
    reader = RecordReader(names, Cleaners(Policy()).pages())
    items: Iterable[Item] = read_sources(sources, reader)
    if not quiet:
        items = watched(items, reader, lambda _: f"{sampler.seen:,} articles", total_bytes(sources))
    for item in items:
        if not isinstance(item, Record):
            tally.refused(item)
        elif ours(item):
            sampler.add(item.document)
    tally.passed_over(reader)


def _named(paths: Sequence[str]) -> str:
    """The dump, for an error."""
    first = "standard input" if paths[0] == STDIN else paths[0]
    return f"{first}, with {counted(len(paths) - 1, 'other')}," if paths[1:] else first


def _nothing(
    outlet: str, source: str, hosts: Sequence[str], outlet_field: str | None, choice: _Choice, tally: Tally
) -> str:
    read = f"; {counted(tally.errors, 'record')} could not be read" if tally.errors else ""
    if hosts and choice.elsewhere:
        return f"{choice.elsewhere.none_on(source, hosts)}{read}; nothing was written"
    if outlet_field:
        names = ", ".join(f"{name!r} ({times:,})" for name, times in choice.others.most_common(_NAMED))
        have = f"; most have {names}" if names else ""
        return f"no record has {outlet!r} under {outlet_field!r}{have}{read}; nothing was written"
    return f"there is no article to mine from{read}; nothing was written"


@contextmanager
def _progress(quiet: bool) -> Iterator[_Said]:
    """What is told what goes on, and shows it on a terminal."""
    if quiet or not sys.stderr.isatty():
        yield _unsaid
        return
    with stderr_console().status("mining") as status:
        yield status.update


def _unsaid(_: str) -> None:
    pass


def _reviewed(mined: Mined, documents: Sequence[Document], out: Path) -> Mined:
    chosen = review(mined, sys.stdin.readline, stderr_console())
    if not chosen:
        raise CleanerError(f"no rule was accepted; {out} was not written")
    left = mined_of(mined, chosen, documents)
    if not left.rules:
        raise CleanerError(f"no rule that was accepted holds without the others; {out} was not written")
    return left


def _write(out: Path, mined: Mined, marks: Marks, sampler: Sampler, by_hand: bool) -> None:
    state = "a person accepted each rule" if by_hand else "nobody has read it yet"
    text = pack_text(
        mined.outlet,
        [each.rule for each in mined.rules],
        hosts=marks.hosts,
        signatures=marks.signatures,
        remarks=(
            f"Mined by `clean mine` from {_used(mined.articles, sampler)}; {state}. The rules that cut most "
            "come first, counted over what the common rules leave in.",
            "The texts in removes are real ones of that dump. So are those in keeps where a sentence of it "
            "comes close to what the rule cuts; where none does, it is made up around such a cut. They are "
            "on this machine only: look through them before you give this file to others.",
        ),
        support=[support(each, mined.articles) for each in mined.rules],
    )
    with WholeFiles() as files:
        files.make_folder(out.parent)
        files.write(out, text.encode())


def _used(used: int, sampler: Sampler) -> str:
    """How many of the articles read were `used`, and why not the others."""
    repeats = sampler.seen - used - sampler.too_long - sampler.blank
    why = (
        "repeat another one, or were not in an even choice of those that don't"
        if sampler.is_full
        else agreeing(repeats, "repeats another one", "repeat another one")
    )
    counts = (
        (repeats, why),
        (sampler.too_long, "too long for an article"),
        (sampler.blank, "without a text"),
    )
    left_out = ", ".join(f"{times:,} {why}" for times, why in counts if times)
    said = f"{counted(used, 'article')} of {sampler.seen:,} read"
    return f"{said} (left out: {left_out})" if left_out else said


def _say_what_came(out: Path, mined: Mined, found: int, sampler: Sampler) -> None:
    rules = counted(len(mined.rules), "rule")
    of = f" of {found:,} found" if found != len(mined.rules) else ""
    say(f"{out}: {rules}{of}, from {_used(mined.articles, sampler)}.")
    if mined.dropped:
        say(f"{counted(len(mined.dropped), 'rule')} dropped, as no short text of the dump proves them.")
    say("Its examples are real text of the dump: look through them before you give it to others.")


def _say_what_next(out: Path, outlet: str, marks: Marks, names: FieldNames, paths: Sequence[str]) -> None:
    if marks.refused:
        say(f"{'Not every' if marks.hosts else 'No'} host was written: {marks.refused}.")
    if marks.hosts or marks.signatures:
        say(f"Its pages are told by {' and '.join(map(repr, (*marks.hosts, *marks.signatures)))}.")
    elif not marks.refused:
        say(
            f"Its pages can't be told from others': {marks.missing}. Put hosts or signatures into {out} "
            "before you make a sample."
        )
    say(f"Next: clean check {shlex.quote(str(out))}")
    if _is_in_patterns(out, outlet) and paths[0] != STDIN:
        sample = _new(out, outlet, (), names, paths)
        say(f"Then, to hold it against an article that you have read: {sample}")


def _is_in_patterns(out: Path, outlet: str) -> bool:
    """Whether `clean new` would take the file for the outlet's pack."""
    return out.name == f"{outlet}.toml" and out.parent.name == "patterns"


def _new(out: Path, outlet: str, hosts: Sequence[str], names: FieldNames, paths: Sequence[str]) -> str:
    """The command that takes an article of the dump for a sample, and begins the pack `out` where there is
    none yet."""
    dump = "DUMP" if paths[0] == STDIN else shlex.quote(paths[0])
    on = "".join(f" --host {shlex.quote(host)}" for host in hosts)
    root = out.parent.parent if _is_in_patterns(out, outlet) else Path()
    where = "" if root == Path() else f" --root {shlex.quote(str(root))}"
    return f"clean new {outlet} --from {dump}{on}{given_again(names)}{where}"
