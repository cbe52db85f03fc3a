"""Goldens: samples, each with the clean text that a reader decided on, and what becomes of them today.

Below a root folder, `seeds/<outlet>/<id>.txt` is a sample, its bytes as they were scraped, and so is the page
`<id>.html`; beside it `<id>.toml` may tell its `url`, `title`, `origin` and pinned `[fields]`.
`golden/<outlet>/<id>.txt` is its clean text and `<id>.sheet` is its sheet: of a page those of the text that
was read off it. `golden/gaps.toml` lists what is known to be missed.
"""

from __future__ import annotations

import os
import tomllib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec

from cleaner.cleaner import Cleaner
from cleaner.document import Document
from cleaner.dumps.whole import WholeFiles
from cleaner.errors import CleanerError, PackError
from cleaner.gaps import Gap, complaint, load_gaps, without_gaps
from cleaner.golden_diff import DiffLine, line_pairs
from cleaner.hinted import labels_left
from cleaner.kept import Kept, gaps_between
from cleaner.outlet import Outlet
from cleaner.registry import COMMON, Recogniser, common_rules, installed_outlets
from cleaner.result import Result, rebuild
from cleaner.sheet import SheetRow, sheet_rows, sheet_text

_ENDINGS = (".txt", ".html")


class GoldenError(CleanerError):
    """The samples of a root folder, or what is told about one of them, can't be read."""


class Facts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `<id>.toml` tells about a sample; all of it is optional."""

    url: str | None = None
    title: str | None = None
    origin: str = ""
    """Where the wording comes from. For people."""
    fields: Mapping[str, Any] = {}
    """Values that the result's fields must have; fields it doesn't name are free."""


class Sample(msgspec.Struct, frozen=True):
    """One text or page in `seeds/`, by the folder it lies in and its name without the ending."""

    outlet: str
    """The outlet it must be recognised as; `common` for a page of no outlet."""
    id: str
    source: Path
    golden: Path
    sheet: Path
    facts: Facts = Facts()
    gaps: tuple[Gap, ...] = ()

    @property
    def name(self) -> str:
        """Folder and id, such as `viva/000`: what commands call it."""
        return f"{self.outlet}/{self.id}"


class Suite:
    """All samples of a root folder, with the outlets that clean them."""

    def __init__(self, root: Path) -> None:
        """Find the samples below `root`. Raises CleanerError where something there can't be read."""
        if not (root / "seeds").is_dir():
            raise GoldenError(
                f"{root / 'seeds'}: no such folder, so there are no samples. `clean new OUTLET --from PATH` "
                "makes one of a page or of an article of a dump; if there are some elsewhere, name the "
                "folder above their seeds/"
            )
        self.root = root
        self.gaps = load_gaps(root / "golden" / "gaps.toml")
        self.samples = tuple(_sample(root, source, self.gaps) for source in _sources(root))
        self._reader = _SampleReader(root)
        self.notes = self._reader.notes

    def read(self, sample: Sample) -> Reading:
        """Clean one sample as the command line would, and read its goldens.

        Raises GoldenError where one of its files is no UTF-8, or a page isn't in its charset.
        """
        return self._reader(sample)

    def stale_files(self) -> list[Path]:
        """The files in `golden/` that belong to no sample, sorted."""
        own = {path for sample in self.samples for path in (sample.golden, sample.sheet)}
        found = (self.root / "golden").glob("*/*")
        return sorted(path for path in found if path.suffix in (".txt", ".sheet") and path not in own)

    def stale_gaps(self) -> list[Gap]:
        """The gaps that are about no sample."""
        names = {sample.name for sample in self.samples}
        return [gap for gap in self.gaps if gap.sample not in names]


def reading_of(root: Path, source: Path) -> Reading:
    """The reading of one sample below `root`; the files of the others are left alone.

    Raises CleanerError where the sample, what is told about it or a pack below `root` can't be read.
    """
    gaps = load_gaps(root / "golden" / "gaps.toml")
    return _SampleReader(root)(_sample(root, source, gaps))


class _SampleReader:
    """Reads samples with the outlets of a root folder."""

    def __init__(self, root: Path) -> None:
        self._outlets, self.notes = _outlets(root)
        self._recognise = Recogniser(tuple(self._outlets.values()))
        self._cleaners: dict[str | None, Cleaner] = {}

    def __call__(self, sample: Sample) -> Reading:
        if sample.source.suffix == ".html":
            return self._read_page(sample)
        text = _text(sample.source)
        document = Document(text, sample.id, sample.facts.url, sample.facts.title)
        return Reading(sample, document, self._cleaner(self._recognise(document)))

    def _read_page(self, sample: Sample) -> Reading:
        # The parser of pages takes as long to load as all the rest.
        from cleaner.readers.page import PageReader

        reader = PageReader(self._recognise, self._outlets.__getitem__)
        facts = sample.facts
        try:
            html = sample.source.read_bytes()
            page = reader(html, id=sample.id, url=facts.url, title=facts.title)
        except (OSError, UnicodeDecodeError) as error:
            raise _unreadable(sample.source, error) from error
        return Reading(sample, page.document, self._cleaner(page.outlet))

    def _cleaner(self, outlet: str | None) -> Cleaner:
        if outlet not in self._cleaners:
            self._cleaners[outlet] = Cleaner(self._outlets[outlet] if outlet else None)
        return self._cleaners[outlet]


class Reading:
    """One sample, cleaned, next to what its goldens say."""

    def __init__(self, sample: Sample, document: Document, cleaner: Cleaner) -> None:
        self.sample = sample
        self.document = document
        self.cleaner = cleaner

    @cached_property
    def result(self) -> Result:
        """What the cleaner gives today."""
        return self.cleaner(self.document)

    @cached_property
    def text(self) -> str:
        """The clean text of today, as it would be if the known gaps were none."""
        real = [
            gap
            for gap in self.sample.gaps
            if complaint(gap, self.document.text, self.result.removals) is None
        ]
        if not real:
            return self.result.text
        return without_gaps(self.document.text, self.result.removals, real)

    @cached_property
    def sheet(self) -> str:
        """The sheet of today."""
        return sheet_text(self.document, self.result)

    @cached_property
    def golden_text(self) -> str | None:
        """The clean text that a reader decided on; None where there is none yet."""
        return _text(self.sample.golden) if self.sample.golden.exists() else None

    @cached_property
    def golden_sheet(self) -> str | None:
        """The sheet that was accepted last; None where nobody accepted one yet."""
        return _text(self.sample.sheet) if self.sample.sheet.exists() else None

    @property
    def begun(self) -> bool:
        """Whether the golden text is as `clean new` begins it, all of the sample's, and never accepted."""
        return self.golden_sheet is None and self.golden_text == self.document.text


def _outlet_problem(reading: Reading) -> str | None:
    got = reading.result.outlet or COMMON
    if got == reading.sample.outlet:
        return None
    name, place = reading.sample.id, f"but it lies in seeds/{reading.sample.outlet}/"
    if not reading.document.url:
        return (
            f"recognised as {got!r} by text alone, {place}; "
            f"mend the pack's signatures, or give the sample a url in {name}.toml"
        )
    elsewhere = "" if got == COMMON else f", take them out of the pack of {got!r}"
    return (
        f"recognised as {got!r} by url or text, {place}; "
        f"mend the pack's hosts or signatures{elsewhere}, or mend the sample's url in {name}.toml"
    )


def _text_problem(reading: Reading) -> str | None:
    if reading.golden_text is None:
        return "has no golden text; write it as a reader wants it, or accept today's after reading it"
    if reading.text == reading.golden_text:
        return None
    changed = _lines(sum(line.sign != " " for line in text_diff(reading)))
    if reading.begun:
        return (
            f"was never accepted: the golden text is all of the sample's, and today's differs in {changed}; "
            "read the diff, then accept today's, or write the golden text yourself"
        )
    return f"the clean text differs from the golden in {changed}"


def _sheet_problem(reading: Reading) -> str | None:
    if reading.golden_sheet is None:
        return "was never accepted, so it has no sheet; read its diff, then accept it"
    if reading.sheet == reading.golden_sheet:
        return None
    changed = sum(line.sign != " " for line in sheet_diff(reading))
    rows = "1 row" if changed == 1 else f"{changed:,} rows"
    return f"the sheet differs in {rows}: other verdicts, rules or certainties"


def _lines(number: int) -> str:
    return "1 line" if number == 1 else f"{number:,} lines"


def _idempotence_problem(reading: Reading) -> str | None:
    again = reading.cleaner(_cleaned(reading.document, reading.result))
    if again.text == reading.result.text:
        return None
    first = again.removals[0]
    return f"cleaning the clean text cuts more: {_quoted(first.text)} (by {first.rule})"


def _cleaned(document: Document, result: Result) -> Document:
    """The document that `result` leaves of `document`; what a page says of a line holds for what is left."""
    gaps = gaps_between([(each.start, each.end) for each in result.removals], len(document.text))
    labels = labels_left(document.labels, Kept(document.text, gaps))
    return Document(result.text, document.id, document.url, document.title, labels)


def _rebuild_problem(reading: Reading) -> str | None:
    try:
        same = rebuild(reading.result.text, reading.result.removals) == reading.document.text
    except ValueError as error:
        return f"the source can't be made of the clean text and its removals again: {error}"
    return None if same else "clean text and removals make another text than the source"


def _fields_problem(reading: Reading) -> str | None:
    pinned, told = reading.sample.facts.fields, reading.result.fields
    wrong = [name for name, value in pinned.items() if told.get(name) != value]
    if not wrong:
        return None
    return "; ".join(f"{name} should be {pinned[name]!r}, but is {told.get(name)!r}" for name in wrong)


def _gaps_problem(reading: Reading) -> str | None:
    found = (complaint(gap, reading.document.text, reading.result.removals) for gap in reading.sample.gaps)
    return "; ".join(filter(None, found)) or None


ASPECTS: Mapping[str, Callable[[Reading], str | None]] = MappingProxyType(
    {
        "outlet": _outlet_problem,
        "text": _text_problem,
        "sheet": _sheet_problem,
        "idempotence": _idempotence_problem,
        "rebuild": _rebuild_problem,
        "fields": _fields_problem,
        "gaps": _gaps_problem,
    }
)
"""What is asked of a sample, by name; the answer is what is wrong, or None."""


def aspects_of(sample: Sample) -> tuple[str, ...]:
    """The names of the aspects that say something about this sample."""
    silent = {"fields"} if not sample.facts.fields else set()
    silent |= {"gaps"} if not sample.gaps else set()
    return tuple(name for name in ASPECTS if name not in silent)


class Sort(StrEnum):
    """What sort of change it is."""

    new = "new"
    """The sample has no golden text yet, or one as it begins: all of its text, and no sheet."""
    text = "text"
    """The clean text is another one."""
    attribution = "attribution"
    """The clean text is the same; the sheet is another one, or not there yet."""
    stale = "stale"
    """Golden files that belong to no sample."""


class Change(msgspec.Struct, frozen=True):
    """One sample whose goldens aren't what the cleaner gives today, or one name that is no sample."""

    sort: Sort
    name: str
    files: Mapping[Path, str | None]
    """What accepting it does: the text of each file, None for one that is deleted."""


def changes(suite: Suite) -> list[Change]:
    """All changes of a suite: those of its samples in order, then what is stale."""
    found = [change for change in map(_change, map(suite.read, suite.samples)) if change]
    return found + changes_of_no_sample(suite)


def changes_of_no_sample(suite: Suite) -> list[Change]:
    """The golden files that belong to no sample, by the name that they would have been of, to be deleted."""
    stale: dict[str, dict[Path, str | None]] = {}
    for path in suite.stale_files():
        stale.setdefault(f"{path.parent.name}/{path.stem}", {})[path] = None
    return [Change(Sort.stale, name, files) for name, files in stale.items()]


def _change(reading: Reading) -> Change | None:
    sample = reading.sample
    files: dict[Path, str | None] = {}
    if reading.text != reading.golden_text:
        files[sample.golden] = reading.text
    if reading.sheet != reading.golden_sheet:
        files[sample.sheet] = reading.sheet
    if not files:
        return None
    if reading.golden_text is None or reading.begun:
        return Change(Sort.new, sample.name, files)
    return Change(Sort.text if sample.golden in files else Sort.attribution, sample.name, files)


def refuse_under_ci() -> None:
    """Raise GoldenError where CI is set: what checks a change must not bless it."""
    if os.environ.get("CI", "").lower() not in ("", "0", "false"):
        raise GoldenError(
            "CI is set, and goldens are accepted by a person, not by what checks them; nothing was written"
        )


def accept(accepted: Iterable[Change]) -> None:
    """Make the goldens what the cleaner gives today: all of `accepted`, or nothing.

    Raises CleanerError where a file can't be written or deleted.
    """
    accepted = list(accepted)
    with WholeFiles() as files:
        for path, text in _effects(accepted):
            if text is not None:
                files.make_folder(path.parent)
                files.write(path, text.encode("utf-8"))
    for path, text in _effects(accepted):
        if text is None:
            _delete(path)


def _delete(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise GoldenError(
            f"{path} can't be deleted ({error.strerror}); the other changes were made"
        ) from error


def _effects(accepted: Iterable[Change]) -> Iterator[tuple[Path, str | None]]:
    for change in accepted:
        yield from change.files.items()


def text_diff(reading: Reading) -> list[DiffLine]:
    """How today's clean text differs from the golden, line by line, with each line's verdict."""
    rows = sheet_rows(reading.document, reading.result)
    places: dict[str, list[int]] = {}
    for at, row in enumerate(rows):
        places.setdefault(row.text, []).append(at)
    lines = []
    # A line that recurs is the next one: the golden's lines and today's are each in the source's order.
    reached = {"-": -1, "+": -1}
    for sign, line in line_pairs(reading.golden_text or "", reading.text):
        same = places.get(line.strip(), ())
        sides = "-+" if sign == " " else sign
        past = max(reached[side] for side in sides)
        following = bisect_right(same, past)
        at = same[following] if following < len(same) else next(iter(same), -1)
        reached.update(dict.fromkeys(sides, max(past, at)))
        lines.append(DiffLine(sign, line, rows[at] if same else _row_with(rows, line.strip())))
    return lines


def sheet_diff(reading: Reading) -> list[DiffLine]:
    """How today's sheet differs from the accepted one, row by row."""
    return [DiffLine(sign, line) for sign, line in line_pairs(reading.golden_sheet or "", reading.sheet)]


def _row_with(rows: Iterable[SheetRow], line: str) -> SheetRow | None:
    """The row that `line` is a part of; of a line that lost a part, each piece that stayed is one."""
    if not line:
        return None
    kept = ("".join(piece.text for piece in row.pieces if not piece.removed).strip() for row in rows)
    pairs = list(zip(rows, kept, strict=True))
    same = (row for row, left in pairs if left == line)
    inside = (row for row, _ in pairs if line in row.text)
    return next(same, None) or next(inside, None)


def _sources(root: Path) -> list[Path]:
    """The files that are samples, sorted by outlet and id."""
    found = sorted(path for ending in _ENDINGS for path in (root / "seeds").glob(f"*/*{ending}"))
    taken: dict[Path, Path] = {}
    for path in found:
        other = taken.setdefault(path.with_suffix(""), path)
        if other != path:
            raise GoldenError(
                f"{path}: {other.name} beside it would have the same goldens; give one of them another name"
            )
    return found


def _sample(root: Path, source: Path, gaps: Iterable[Gap]) -> Sample:
    outlet, name = source.parent.name, source.stem
    folder = root / "golden" / outlet
    return Sample(
        outlet,
        name,
        source,
        folder / f"{name}.txt",
        folder / f"{name}.sheet",
        _facts(source.with_name(f"{name}.toml")),
        tuple(gap for gap in gaps if (gap.outlet, gap.id) == (outlet, name)),
    )


def _facts(path: Path) -> Facts:
    if not path.exists():
        return Facts()
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Facts)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise _unreadable(path, error) from error


def _text(path: Path) -> str:
    # Not read_text, which would turn \r\n into \n.
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: Exception) -> GoldenError:
    return GoldenError(f"{path}: can't be read ({error}); no golden is checked until it is mended")


def _outlets(root: Path) -> tuple[dict[str, Outlet], tuple[str, ...]]:
    """The installed outlets and those that only the root's packs make, and what to tell about the packs."""
    outlets = {outlet.id: outlet for outlet in installed_outlets()}
    installed = {COMMON: common_rules(), **{name: outlet.rules for name, outlet in outlets.items()}}
    notes = []
    for path in sorted((root / "patterns").glob("*.toml")):
        if path.stem not in installed:
            outlet = Outlet.from_file(path)
            if outlet.id != path.stem:
                raise GoldenError(f"{path}: is the pack of {outlet.id!r}; name the file {outlet.id}.toml")
            outlets[outlet.id] = outlet
        elif not _same_rules(path, installed[path.stem]):
            notes.append(
                f"{path}: {path.stem!r} is installed with other rules; those are used, not this file's. "
                "To use these, give the outlet another id, and name the file so"
            )
    return outlets, tuple(notes)


def _same_rules(path: Path, rules: object) -> bool:
    try:
        return Outlet.from_file(path).rules == rules
    except PackError:
        return False


def _quoted(text: str) -> str:
    words = " ".join(text.split())
    return repr(words if len(words) <= 60 else f"{words[:57]}…")
