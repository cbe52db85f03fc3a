"""The last word of a run, for a person: what was read, what was cut, and what was not done."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from cleaner.cli.counted import agreeing, counted
from cleaner.cli.keys import likely_keys
from cleaner.dumps.endings import SEMICOLONS
from cleaner.dumps.likely import TITLE, URL
from cleaner.dumps.reasons import TOO_EARLY, general
from cleaner.dumps.records import Unreadable
from cleaner.dumps.sources import OTHER_ENDING, STDIN, Found, TextFile
from cleaner.dumps.tally import UNKNOWN, Tally

if TYPE_CHECKING:
    from cleaner.dumps.join import JoinCount

_MAX_NAMES = 5
_FEW_FILES = 3
_LONGEST_ENDING = 12
_NOT_RECOGNISED = "not recognised"

_IN_BYTES = ("jsonl", "csv", SEMICOLONS, "tsv", "txt")
"""The formats of which another encoding makes another file."""

_MARKS_OF_UTF16 = ("(byte 0xff at byte 0)", "(byte 0xfe at byte 0)")
"""How a file in UTF-16 begins, as PowerShell writes it, in what is said of its first line."""

_NO_JSON = "is no valid JSON ("

_CUT_OFF = f"{_NO_JSON}{TOO_EARLY})"
"""What is said of the first line of an object that is written over several."""

_USES = {URL: "outlets are told by it", TITLE: "a known headline is never cut"}
"""What a key is for that records may lack."""


def summary(tally: Tally, seconds: float, where: str) -> list[str]:
    """The numbers of a run, a line each."""
    records = tally.records
    head = f"Cleaned {counted(records, 'record')} in {seconds:.1f} s"
    if not records:
        return [f"{head}." if tally.errors else f"{head}: there was none to clean."]
    lines = [f"{head}, {_share(tally.removed_share)} of the text removed. {where}".rstrip(), ""]
    lines += _table(
        ("outlet", "records", "removed"),
        [
            (
                outlet or _NOT_RECOGNISED,
                f"{count.records:,}",
                _share(count.removed / max(count.characters, 1)),
            )
            for outlet, count in sorted(
                tally.outlets.items(), key=lambda pair: (pair[0] == UNKNOWN, -pair[1].records, pair[0])
            )
        ],
    )
    if tally.removals:
        rows = [
            (str(kind), f"{number:,}", f"{tally.removed[kind]:,}")
            for kind, number in sorted(tally.removals.items(), key=lambda pair: (-pair[1], pair[0]))
        ]
        lines += ["", *_table(("kind", "removals", "characters"), rows)]
    if tally.unknown_hosts:
        lines += ["", "Of no known outlet, by host:", *_most(tally.unknown_hosts, "other host")]
        lines += _without_host(tally)
    if tally.no_article:
        pages = counted(sum(tally.no_article.values()), "page")
        lines += ["", f"{pages} without an article, kept with an empty text:"]
        lines += _most(tally.no_article, "other reason")
    if tally.suspects:
        them = agreeing(tally.suspects, "it", "them")
        lines += ["", f"{counted(tally.suspects, 'suspect')} left in; the rows of the cuts name {them}."]
    return [*lines, ""]


def _most(counts: Mapping[str, int], others: str) -> list[str]:
    """The most frequent names, a line each, and how many more there are."""
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    lines = [f"  {number:,} · {name}" for name, number in ordered]
    left = len(lines) - _MAX_NAMES
    # One more name takes no more room than to say that there is one.
    return [*lines[:_MAX_NAMES], f"  … and {counted(left, others)}"] if left > 1 else lines


def _without_host(tally: Tally) -> list[str]:
    """How many records of no known outlet have no host, a line; nothing where all have one."""
    unknown = tally.by_outlet.get(UNKNOWN, 0) - sum(tally.unknown_hosts.values())
    return [f"  {unknown:,} · no url, or one without a host"] if unknown else []


def notes(found: Found, tally: Tally) -> list[str]:
    """What was passed over, a line each: none of it is an error."""
    lines = []
    if tally.pages:
        lines.append(
            f"Read the text off {counted(tally.pages, 'page')}. HTML to text loses the markup: the cuts can "
            "be undone, that step can't, so keep the pages."
        )
    if tally.marked_up:
        texts = counted(tally.marked_up, "text")
        lines.append(
            f"{texts} {agreeing(tally.marked_up, 'holds', 'hold')} HTML tags, which stay: rules are for "
            f"text. {_where_text_is_html(found)}"
        )
    if not found.sources and found.folders:
        folders = ", ".join(folder.as_posix() for folder in found.folders)
        lines.append(f"In {folders} there is no .txt or .html file.")
    if found.not_read:
        lines += _not_read(found.not_read)
    if tally.blank_lines:
        lines.append(f"Skipped {counted(tally.blank_lines, 'blank line')}.")
    for key, number in sorted(tally.ignored.items()):
        lines.append(f"Ignored {key!r} in {counted(number, 'record')}: it is of a type that can't be used.")
    lines += _not_there(tally)
    if tally.not_articles:
        named = (f"{number:,} × {what}" for what, number in sorted(tally.not_articles.items()))
        others = counted(sum(tally.not_articles.values()), "record")
        lines.append(f"Passed over {others} of web archives that are no articles: {', '.join(named)}.")
    if tally.not_installed:
        lines.append(_not_installed(tally.not_installed))
    return lines


def _where_text_is_html(found: Found) -> str:
    """How what is HTML is read as that."""
    if all(isinstance(source, TextFile) for source in found.sources):
        return "A page that was saved as text is read as one where its name ends in .html."
    return (
        "Where the text's key holds HTML, say so, and give the text that is read off it a new one: "
        "--html-field text --text-field plain_text."
    )


def unused(packs: Iterable[str], by_outlet: Mapping[str, int]) -> list[str]:
    """The ids of `packs` that no record was cleaned by, a line each; none without a record."""
    return [
        f"The pack {id} was used for no record; its `hosts` and `signatures`, or --outlet, tell which are "
        "its."
        for id in packs
        if by_outlet and not by_outlet.get(id)
    ]


def _not_installed(named: Mapping[str, int]) -> str:
    """What was done where records name outlets that aren't installed, the most frequent ones first."""
    number = sum(named.values())
    outlets = agreeing(len(named), "an outlet that isn't", "outlets that aren't")
    ordered = sorted(named.items(), key=lambda pair: (-pair[1], pair[0]))
    told = first_names(f"{outlet} ({counted(times, 'record')})" for outlet, times in ordered)
    return (
        f"{counted(number, 'record')} {agreeing(number, 'names', 'name')} {outlets} installed, so "
        f"{agreeing(number, 'its', 'their')} url or text told the outlet, if anything did: {told}."
    )


def _not_there(tally: Tally) -> list[str]:
    """The keys that an option names and no record has, a line each; and the usual ones where another key may
    well be meant."""
    if not tally.records:
        return []
    lines = []
    for option, key in _missing(tally.chosen):
        lines.append(f"No record has a key {key!r}, which {option} names{_meant(tally, option)}")
    # What is read from a page has its url and its headline from there.
    for option, key in _missing(tally.usual) if tally.records > tally.pages else ():
        if likely_keys(tally, option):
            lines.append(f"No record has a key {key!r} ({_USES[option]}){_meant(tally, option)}")
    return lines


def _missing(counts: Mapping[str, int]) -> list[list[str]]:
    """The options and the keys that no record has."""
    return sorted(said.split(" ", 1) for said, number in counts.items() if not number)


def _meant(tally: Tally, option: str) -> str:
    """The end of a sentence, and which key may be meant, where one may."""
    keys = likely_keys(tally, option)
    if not keys:
        return "."
    if len(keys) == 1:
        return f". Did you mean {option} {shlex.quote(keys[0])}?"
    hold = "urls" if option == URL else "headlines"
    return f". {first_names(map(repr, keys))} hold {hold}: name one by {option}."


def _not_read(files: Sequence[tuple[str, str]]) -> list[str]:
    """What stood in the folders and wasn't read: by their endings, or each with its reason."""
    others = [name for name, reason in files if reason == OTHER_ENDING]
    named = [f"{name} ({reason})" for name, reason in files if reason != OTHER_ENDING]
    lines = []
    if others:
        which = agreeing(len(others), "another ending", "other endings")
        told = first_names(others) if len(others) <= _FEW_FILES else _endings(others)
        were = agreeing(len(others), "was", "were")
        lines.append(f"{counted(len(others), 'file')} with {which} ({told}) {were} not read.")
    if named:
        files_in = counted(len(named), "file") + " in the folders"
        lines.append(f"{files_in} {agreeing(len(named), 'was', 'were')} not read: {first_names(named)}.")
    return lines


def _endings(names: Iterable[str]) -> str:
    """How many of the files have which ending, the most frequent first, and how many have none."""
    counts = Counter(PurePosixPath(name).suffix.lower()[:_LONGEST_ENDING] for name in names)
    ordered = sorted(counts.items(), key=lambda pair: (not pair[0], -pair[1], pair[0]))
    return first_names(f"{ending or 'without one'} {number:,}" for ending, number in ordered)


def joins(count: JoinCount) -> list[str]:
    """What became of articles in several pages, a line each."""
    lines = [f"Joined {counted(count.pages, 'page')} into {counted(count.articles, 'article')}."]
    if count.covered:
        lines.append(
            f"Of them, {counted(count.covered, 'page')} held no more than the page with the whole article."
        )
    if count.missing:
        lines.append(f"A page is missing in {counted(count.missing, 'article')}; 'missing_pages' says which.")
    for number, why in (
        (count.headless, "the first page of the article isn't there"),
        (count.uncertain, "only a number at the end of the url says so, and a page before it isn't there"),
        (count.more, "the page with the whole article lacks some of its text"),
        (count.copies, "the same page is there already"),
    ):
        if number:
            lines.append(f"Not joined, {counted(number, 'page')}: {why}.")
    return lines


def errors(tally: Tally, where: str) -> list[str]:
    """What could not be cleaned, the first few by name."""
    if not tally.errors:
        return []
    return [f"{unread(tally)} could not be cleaned. {where}", *first_errors(tally)]


def unread(tally: Tally) -> str:
    """How many records, and how many whole files, an error is said of: `1 record and 2 files`."""
    numbers = ((tally.errors - tally.files, "record"), (tally.files, "file"))
    return " and ".join(counted(number, what) for number, what in numbers if number)


def where_they_are(records: int, place: str) -> str:
    """The beginning of a sentence: in which `place` the cleaned records are."""
    return f"{agreeing(records, 'It is', 'They are')} in {place}"


def first_errors(tally: Tally) -> list[str]:
    """For each reason the first few things that could not be read, a line each in their order, and how many
    more; then what to do about them, where that is known."""
    items = tally.first_errors
    named = Counter(general(item.reason) for item in items)
    last = {general(item.reason): place for place, item in enumerate(items)}
    lines = []
    left = tally.errors
    for place, item in enumerate(items):
        reason = general(item.reason)
        lines.append(f"  {item.shown_place} {item.reason}")
        left -= 1
        more = tally.like(item) - named[reason]
        if place == last[reason] and more > 0:
            lines.append(f"  … and {more:,} more like this")
            left -= more
    lines += [f"  … and {left:,} more, for other reasons"] if left > 0 else []
    return [*lines, *dict.fromkeys(filter(None, (_advice(item, tally) for item in items)))]


def _advice(item: Unreadable, tally: Tally) -> str:
    """What to do about something that could not be read, as far as many share it; empty where nothing is."""
    reason = item.reason
    if reason.startswith("isn't UTF-8 (") and item.format in _IN_BYTES:
        return _other_bytes(item)
    if item.format != "jsonl":
        return ""
    # Where others are as they should be, it is the record that isn't, and not what was said of them.
    if reason.startswith("has neither ") and tally.keyless > tally.keyed:
        return "Name the key with the text by --text-field, or the one with the page's HTML by --html-field."
    return "" if item.index or tally.errors <= tally.keyed else _other_form(item)


def _other_form(item: Unreadable) -> str:
    """What to do about lines that are no records at all, by the first of them."""
    if item.reason.startswith("is a list,"):
        return "A list of records becomes a record a line: jq -c '.[]' FILE > NEW.jsonl"
    if item.reason == _CUT_OFF:
        return "Records over several lines become a record a line: jq -c . FILE > NEW.jsonl"
    if item.file == STDIN and item.reason.startswith(_NO_JSON):
        return (
            "Standard input is read as records, one in a line; where it holds something else, name that: "
            "--stdin-format txt, html, csv, …"
        )
    return ""


def _other_bytes(item: Unreadable) -> str:
    """What to do about a file whose bytes are no UTF-8, by how it begins."""
    begins = not item.index
    if begins and item.reason.endswith("(byte 0x8b at byte 1)"):
        return "A file that is packed with gzip is read as one where its name ends in .gz."
    is_utf16 = begins and any(mark in item.reason for mark in _MARKS_OF_UTF16)
    encoding = "utf-16" if is_utf16 else "cp1252"
    often = ", often cp1252" if encoding == "cp1252" else f", here {encoding.upper()}"
    return (
        f"Where a whole file is in another encoding{often}, give it in UTF-8: "
        f"iconv -f {encoding} -t utf-8 FILE > NEW"
    )


def _share(share: float) -> str:
    return f"{100 * share:.1f} %"


def first_names(names: Iterable[str]) -> str:
    """The first few names, and how many more there are."""
    listed = list(names)
    more = f" and {len(listed) - _MAX_NAMES:,} more" if len(listed) > _MAX_NAMES else ""
    return ", ".join(listed[:_MAX_NAMES]) + more


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    return ["  " + "   ".join(map(_padded, row, widths, range(len(row)))).rstrip() for row in (head, *rows)]


def _padded(cell: str, width: int, column: int) -> str:
    return cell.rjust(width) if column else cell.ljust(width)
