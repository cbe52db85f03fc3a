"""`clean golden`: whether the samples still come out as readers decided, and accepting what changed."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

import typer
from rich.console import Console
from rich.text import Text

from cleaner.cli.counted import agreeing, counted
from cleaner.cli.terminal import say, stdout_console
from cleaner.errors import CleanerError
from cleaner.golden.accepting import accept, refuse_under_ci
from cleaner.golden.aspects import ASPECTS, aspects_of
from cleaner.golden.changes import Change, Sort, changes, changes_of_no_sample
from cleaner.golden.diff_lines import DiffLine, near_changes
from cleaner.golden.diffs import sheet_diff, text_diff
from cleaner.golden.reading import Reading
from cleaner.golden.samples import Sample
from cleaner.golden.suite import Suite
from cleaner.visible import visible

_CHECK_EPILOG = (
    "A sample is seeds/<outlet>/<id>.txt or .html; `clean new OUTLET --from PATH` makes one, for a "
    "new outlet or for one that has a pack.\n\n"
    "A sample's clean text, sheet and pinned fields must be the golden ones; it must be recognised as its "
    "folder's outlet; cleaning it again must change nothing; and its removals must make the source again.\n\n"
    "Exit code 0: all is as it should be. 1: something isn't. 2: there are no samples, or they can't be read."
)

_DIFF_EPILOG = (
    "Without an ID, all samples. Of a sample that was never accepted, what accepting it would write.\n\n"
    "Exit code 0: nothing differs. 1: something differs, or was never accepted."
)

_ACCEPT_EPILOG = (
    "Changes come in four sorts: new (never accepted), text (another clean text), attribution (the same "
    "text, another sheet or none yet) and stale (golden files of no sample, which are deleted). --all "
    "accepts the last two; a clean text is a reader's decision, so the first two are accepted by name, after "
    "reading the diff.\n\n"
    "Where CI is set nothing is accepted: what checks a change must not bless it.\n\n"
    "Exit code 0: done. 1: of --all, changes of clean texts are left. 2: nothing was accepted."
)

_MEANS = {
    Sort.new: "never accepted",
    Sort.text: "another clean text",
    Sort.attribution: "the same clean text, another sheet or none yet",
    Sort.stale: "golden files of no sample",
}
_READ_FIRST = (Sort.new, Sort.text)
"""The sorts that decide what a clean text is: a reader names each."""

_Root = Annotated[
    Path, typer.Option("--root", metavar="DIR", help="The folder that holds seeds/, golden/ and patterns/.")
]
_Ids = Annotated[
    list[str] | None,
    typer.Argument(metavar="ID…", help="Samples, such as viva/000 or 000.", show_default=False),
]


def add_to(app: typer.Typer) -> None:
    """Add the commands to `app`, below `golden`."""
    golden = typer.Typer(
        name="golden",
        help="Hold samples against the clean texts that readers decided on.",
        no_args_is_help=True,
    )
    golden.command("check", epilog=_CHECK_EPILOG)(check)
    golden.command("diff", epilog=_DIFF_EPILOG)(diff)
    golden.command("accept", epilog=_ACCEPT_EPILOG)(accept_changes)
    app.add_typer(golden)


def check(root: _Root = Path()) -> None:
    """Check every sample in seeds/ against golden/, and the list of known misses."""
    suite = _suite(root)
    console = stdout_console()
    checks = failed = 0
    for sample in suite.samples:
        reading = suite.read(sample)
        for aspect in aspects_of(sample):
            checks += 1
            problem = ASPECTS[aspect](reading)
            if problem:
                failed += 1
                _problem(console, sample.name, aspect, problem)
    stale = _stale(suite)
    for name, problem in stale:
        _problem(console, name, "stale", problem)
    total = ", ".join(
        (
            counted(len(suite.samples), "sample"),
            counted(checks + len(stale), "check"),
            counted(len(suite.gaps), "known gap"),
        )
    )
    if failed or stale:
        _line(console, Text(f"{total}: {failed + len(stale):,} failed", "bold red"))
        # What belongs to no sample says itself what to do about it.
        if failed:
            _print_next(console, root)
        raise typer.Exit(1)
    _line(console, Text(f"{total}: all as they should be", "green"))


def diff(ids: _Ids = None, root: _Root = Path()) -> None:
    """Show what changed: the golden's lines with -, today's with +, each with its verdict and rule.

    Below a line in which only some words changed, ~ shows these: [-gone-] and {+new+}.
    """
    suite = _suite(root)
    chosen = _named(ids, suite.samples) if ids else suite.samples
    console = stdout_console()
    shown = []
    for sample in chosen:
        difference = _difference(suite.read(sample))
        if difference is not None:
            shown.append(sample.name)
            _title(console, sample.name, difference.title)
            _print_lines(console, difference.lines)
    if shown:
        which = shlex.quote(shown[0]) if len(shown) == 1 else "ID…"
        _line(console, Text("Next: mend the rules; or, where today's is what a reader wants, accept it:"))
        _line(console, Text(visible(f"  clean golden accept {which}{_at(root)}")))
        raise typer.Exit(1)
    _line(console, Text(f"{counted(len(chosen), 'sample')}: no difference", "green"))


class _Difference(NamedTuple):
    """What a sample's goldens and today's differ in."""

    title: str
    lines: list[DiffLine]


def _difference(reading: Reading) -> _Difference | None:
    """How a sample differs from what was accepted, or what there is to accept; None where all is settled."""
    if reading.golden_text is None:
        today = [line for line in text_diff(reading) if line.sign == "+"]
        return _Difference("no golden text yet; today's would be", today)
    if reading.text != reading.golden_text:
        if reading.begun:
            title = "never accepted: - is the golden text as it was begun, all of the sample; + is today's"
        elif reading.golden_sheet is None:
            title = "never accepted: - is the golden text as it was written, + is today's"
        else:
            title = "the clean text: - is the golden, + is today's"
        return _Difference(title, text_diff(reading))
    if reading.golden_sheet is None:
        title = (
            "never accepted: nothing is cut, and the golden text is all of the sample; the sheet would be"
            if reading.begun
            else "never accepted: the golden text is today's; the sheet would be"
        )
        return _Difference(title, sheet_diff(reading))
    if reading.sheet != reading.golden_sheet:
        return _Difference("the sheet alone: - was accepted, + is today's", sheet_diff(reading))
    return None


def _at(root: Path) -> str:
    """The option that a command needs to find `root`."""
    return "" if root == Path() else f" --root {shlex.quote(str(root))}"


def accept_changes(
    ids: _Ids = None,
    root: _Root = Path(),
    everything: Annotated[
        bool, typer.Option("--all", help="Accept all changes that leave clean texts as they are.")
    ] = False,
) -> None:
    """Make today's answers the golden ones, for the samples named. Without an ID, list what changed."""
    refuse_under_ci()
    if ids and everything:
        raise CleanerError("--all and IDs together are two wishes; give one of them")
    suite = _suite(root)
    found = changes(suite)
    if ids:
        chosen = _chosen(ids, suite, found)
    else:
        chosen = [change for change in found if everything and change.sort not in _READ_FIRST]
    accept(chosen)
    console = stdout_console()
    for change in chosen:
        for path, text in change.files.items():
            _line(console, Text(f"{'deleted' if text is None else 'written'} {visible(str(path))}"))
    left = [change for change in found if change not in chosen]
    if everything and left:
        were = agreeing(len(left), "was", "were")
        say(f"{counted(len(left), 'change')} {were} not accepted: what a clean text is, a reader decides.")
    _print_left(console, left, root)
    if everything and left:
        raise typer.Exit(1)


def _suite(root: Path) -> Suite:
    suite = Suite(root)
    if not suite.samples:
        raise CleanerError(
            f"{root / 'seeds'}: holds no <outlet>/<id>.txt or .html, so nothing was checked. "
            "`clean new OUTLET --from PATH` makes a sample of a page or of an article of a dump"
        )
    for note in suite.notes:
        say(f"note: {note}")
    return suite


def _stale(suite: Suite) -> list[tuple[str, str]]:
    """What belongs to no sample, and what to do about it."""
    files = [
        (
            path.relative_to(suite.root).as_posix(),
            "belongs to no sample; "
            f"`clean golden accept {shlex.quote(change.name)}{_at(suite.root)}` deletes it",
        )
        for change in changes_of_no_sample(suite)
        for path in change.files
    ]
    gaps = [
        (gap.sample, f"gaps.toml tells of {gap.text[:40]!r}, but there is no such sample; take it out")
        for gap in suite.stale_gaps()
    ]
    return files + gaps


def _named(ids: Sequence[str], samples: Sequence[Sample]) -> list[Sample]:
    names = _resolved(ids, [sample.name for sample in samples])
    return [sample for sample in samples if sample.name in names]


def _chosen(ids: Sequence[str], suite: Suite, found: Sequence[Change]) -> list[Change]:
    known = dict.fromkeys([*(sample.name for sample in suite.samples), *(change.name for change in found)])
    names = _resolved(ids, list(known))
    chosen = [change for change in found if change.name in names]
    for name in sorted(names - {change.name for change in chosen}):
        say(f"note: {name} is unchanged; there is nothing to accept")
    return chosen


def _resolved(ids: Iterable[str], names: Sequence[str]) -> set[str]:
    """The names that `ids` mean. An id without its folder will do where only one sample has it."""
    resolved = set()
    for given in ids:
        meant = [name for name in names if given in (name, name.partition("/")[2])]
        if not meant:
            raise CleanerError(f"no sample is called {given!r}; samples are called like {names[0]!r}")
        if len(meant) > 1:
            raise CleanerError(f"{given!r} may be {' or '.join(meant)}; name the folder too")
        resolved.add(meant[0])
    return resolved


def _print_left(console: Console, left: Sequence[Change], root: Path) -> None:
    if not left:
        _line(console, Text("Nothing is left to accept.", "green"))
        return
    for sort in Sort:
        names = [change.name for change in left if change.sort is sort]
        if names:
            _line(console, Text.assemble((sort, "bold"), f" ({_MEANS[sort]}): {visible(', '.join(names))}"))
    _print_next(console, root)


def _print_next(console: Console, root: Path) -> None:
    """What to do about samples that aren't as they were accepted."""
    where = visible(_at(root))
    _line(console, Text("Next: read what changed, then accept by name what is right:"))
    _line(console, Text(f"  clean golden diff{where}\n  clean golden accept ID…{where}"))


def _problem(console: Console, name: str, aspect: str, problem: str) -> None:
    _line(console, Text.assemble((visible(name), "bold"), (f" [{aspect}] ", "red"), visible(problem)))


def _title(console: Console, name: str, what: str) -> None:
    _line(console, Text.assemble((visible(name), "bold"), f": {what}"))


def _print_lines(console: Console, lines: Sequence[DiffLine]) -> None:
    """The changed lines with a few beside them; a gap between two changes is one line of dots."""
    for line in near_changes(lines):
        _line(console, Text("  ⋮", "dim") if line is None else _diff_line(line))
    _line(console, Text())


def _diff_line(line: DiffLine) -> Text:
    colour = {"-": "red", "+": "green", "~": "yellow"}.get(line.sign, "dim")
    text = Text(f"{line.sign} ", colour).append(visible(line.verdict), "dim")
    return text.append(visible(line.shown), colour)


def _line(console: Console, text: Text) -> None:
    """Print a line that no console's width breaks."""
    console.print(text, soft_wrap=True)
