"""Aspects: what is asked of a sample, and what is wrong with the answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from cleaner.document import Document
from cleaner.golden.complaints import complaint
from cleaner.golden.diff_lines import DiffLine, changed_number
from cleaner.golden.diffs import sheet_diff, text_diff
from cleaner.golden.quoted import quoted
from cleaner.golden.reading import Reading
from cleaner.golden.samples import Sample
from cleaner.hinted import labels_left
from cleaner.kept import Kept
from cleaner.registry import COMMON
from cleaner.result import Result, rebuild


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
    changed = _changed(text_diff(reading), "line")
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
    return (
        f"the sheet differs in {_changed(sheet_diff(reading), 'row')}: other verdicts, rules or certainties"
    )


def _changed(lines: Iterable[DiffLine], noun: str) -> str:
    """How many of `lines` changed: `1 row`, `2,000 rows`."""
    number = changed_number(lines)
    return f"1 {noun}" if number == 1 else f"{number:,} {noun}s"


def _idempotence_problem(reading: Reading) -> str | None:
    again = reading.cleaner(_cleaned(reading.document, reading.result))
    if again.text == reading.result.text:
        return None
    first = again.removals[0]
    return f"cleaning the clean text cuts more: {quoted(first.text)} (by {first.rule})"


def _cleaned(document: Document, result: Result) -> Document:
    """The document that `result` leaves of `document`; what a page says of a line holds for what is left."""
    kept = Kept(document.text).without((each.start, each.end) for each in result.removals)
    labels = labels_left(document.labels, kept)
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
