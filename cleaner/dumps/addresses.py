"""Which article is meant: by its record's id or place, or by what a run prints for it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from pathlib import PurePath

from cleaner.dumps.endings import TEXT_ENDING
from cleaner.dumps.records import Item, Record
from cleaner.dumps.sources import STDIN, PageFile, Source, TextFile
from cleaner.errors import CleanerError
from cleaner.visible import visible

# What a summary of errors says behind a place, for people.
_NUMBER = re.compile(r" \((?:line|record) [\d,]{1,30}\)\Z")
_FEW = 3
# An error names near ids, of a dump's first ones; no id of a megabyte is held against another.
_MOST_IDS = 50_000
_LONGEST_ID = 200


def parted(address: str) -> tuple[str, str]:
    """What is to be read by an address such as `dump.jsonl#ID`, and the record in it, empty for none.

    A `#` can stand in an id and in a file's name: the longest beginning that is there is the file.
    """
    if "#" not in address or os.path.lexists(address):
        return address, ""
    signs = [at for at, sign in enumerate(address) if sign == "#"]
    there = (at for at in reversed(signs) if address[:at] == STDIN or os.path.lexists(address[:at]))
    at = next(there, signs[0])
    return address[:at], address[at + 1 :]


def address_of(record: Record) -> str:
    """What `parted` takes for this record: its file with its id, or where it has none, with its place."""
    if record.file_id is not None:
        return record.file
    return f"{record.file}#{record.index if _has_no_id(record) else record.document.id}"


class Wanted:
    """The one record of a dump that is called `name`, looked for among all that are read.

    An id comes before a place: `name` is a place only where no record has it for an id. A place is counted
    from 0 (of an archive it is a byte); as runs print it, `FILE#3`, it may follow any path of that file.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._places = frozenset({_place(name), _place(_NUMBER.sub("", name))})
        self._indices = frozenset(index for _, index in self._places)
        self._in_place: Item | None = None
        self._called: Record | None = None
        self._ids: list[str] = []
        self._seen = 0

    def is_surely(self, item: Item) -> bool:
        """Whether the next record is surely the one, so that no other needs to be looked at."""
        self._seen += 1
        if isinstance(item, Record):
            if self._is_called(item):
                self._called = item
                return True
            self._note(item)
        if self._in_place is None and self._is_in_place(item):
            self._in_place = item
            if isinstance(item, Record) and _has_no_id(item):
                self._called = item
        return self._called is not None

    def found(self, source: str, outcome: str = "") -> Item:
        """The one among those that were looked at.

        Raises CleanerError, which names near ids and tells the `outcome`, for none.
        """
        found = self._called or self._in_place
        if found is None:
            raise CleanerError(
                f"{source} has no record with the id {self._name!r}, and none in that place; {self._near()}"
                f"{outcome and f'; {outcome}'}"
            )
        return found

    def _is_called(self, record: Record) -> bool:
        id = record.document.id or ""
        if self._name in (id, visible(id)):
            return True
        file_id = record.file_id
        return file_id is not None and self._name in _names_of(record.file, file_id, record.ending)

    def _is_in_place(self, item: Item) -> bool:
        index = str(item.index)
        if index not in self._indices:
            return False
        return ("", index) in self._places or (PurePath(item.file).name, index) in self._places

    def _note(self, record: Record) -> None:
        if len(self._ids) < _MOST_IDS and not _has_no_id(record):
            self._ids.append(record.document.id or "")

    def _near(self) -> str:
        if self._ids:
            return _told_near(self._name, self._ids)
        if not self._seen:
            return "it is empty"
        return "its records have no ids, and are named by their places, the first is 0"


def article_called(
    name: str, folder: str, sources: Sequence[Source], outcome: str = ""
) -> TextFile | PageFile:
    """The one file of `sources`, those of `folder`, that holds the article with this id, or is called so.

    Raises CleanerError, which tells the `outcome`, for none, with near ids, and for several.
    """
    behind = outcome and f"; {outcome}"
    files = [each for each in sources if isinstance(each, TextFile | PageFile)]
    found = [each for each in files if name in (each.name, each.id + each.ending)]
    found = found or [each for each in files if name in _names_of(each.name, each.id, each.ending)]
    if len(found) == 1:
        return found[0]
    if found:
        which = " and ".join(each.name for each in found)
        raise CleanerError(
            f"{folder} has several articles with the id {name!r}: {which}; name the file{behind}"
        )
    ids = [each.id for each in files]
    near = _told_near(name, ids) if ids else "it holds no text and no page"
    raise CleanerError(f"{folder} has no article with the id {name!r}; {near}{behind}")


def _names_of(file: str, id: str, ending: str) -> frozenset[str]:
    """What an article in a file of its own is called; a run's folder has it as a text."""
    return frozenset({file, id, id + ending, id + TEXT_ENDING})


def _has_no_id(record: Record) -> bool:
    return record.document.id == f"{record.file}#{record.index}"


def _place(name: str) -> tuple[str, str]:
    """The file that a place names, without the folders above it, and the number in it."""
    file, _, index = name.rpartition("#")
    return PurePath(file).name, index


def _told_near(name: str, ids: Sequence[str]) -> str:
    near = nearest(name, ids)
    told = ", ".join(repr(visible(each[:_LONGEST_ID])) for each in near or ids[:_FEW])
    more = ", …" if not near and len(ids) > _FEW else ""
    return f"near it: {told}" if near else f"its ids are {told}{more}"


def nearest(name: str, ids: Iterable[str]) -> list[str]:
    """The few of `ids` that are most like `name`, the nearest first; none where none is like it."""
    # Only a slip needs it.
    from difflib import get_close_matches

    short = (id for id in dict.fromkeys(ids) if len(id) <= _LONGEST_ID)
    return get_close_matches(name[:_LONGEST_ID], short, _FEW)
