"""What a file holds, by the ending of its name: a format, and how it is packed."""

from __future__ import annotations

import msgspec

from cleaner.dumps.formats.packed import PACKINGS, PLAIN

TEXT = "txt"
PAGE = "html"
SEMICOLONS = "csv with semicolons"
"""What spreadsheets call CSV where the comma is the decimal mark, as it is in Indonesia. No ending tells it,
and no run writes it."""

_BASES = {
    TEXT: (".txt",),
    PAGE: (".html", ".htm"),
    "jsonl": (".jsonl", ".ndjson"),
    "csv": (".csv",),
    "tsv": (".tsv",),
    "parquet": (".parquet",),
    "warc": (".warc", ".wet"),
}
# Its columns are packed by themselves.
_NEVER_PACKED = ("parquet",)

WRITTEN = ("jsonl", "csv", "tsv", "parquet")
"""The formats of records that a run can write."""


class Ending(msgspec.Struct, frozen=True):
    """The end of a file's name, in lower case, and what it says."""

    written: str
    format: str
    packing: str = PLAIN
    """One of `PACKINGS`."""


_ENDINGS = {
    base + packing: Ending(base + packing, format, packing)
    for packing in PACKINGS
    for format, bases in _BASES.items()
    for base in bases
    if not packing or format not in _NEVER_PACKED
}

ENDINGS = tuple(_ENDINGS)
"""All endings that tell what a file holds."""

TEXT_ENDING = ".txt"
RECORD_ENDINGS = tuple(each.written for each in _ENDINGS.values() if each.format not in (TEXT, PAGE))

FORMATS = tuple(dict.fromkeys(ending.removeprefix(".") for ending in ENDINGS))
"""What can be said in place of an ending where a stream has no name: the same, without the dot."""

OUT_FORMATS = tuple(
    written.removeprefix(".")
    for written, ending in _ENDINGS.items()
    if ending.format in WRITTEN or written == ".txt"
)
"""What can be said of an output that has no name."""


def ending_of(name: str) -> str | None:
    """The one of `ENDINGS` that a file's `name` has, in whatever case; None where it has none or no more."""
    lower = name.lower()
    found = next((ending for ending in ENDINGS if lower.endswith(ending)), None)
    return found if found and len(found) < len(name) else None


def said_by(ending: str) -> Ending:
    """What one of `ENDINGS` says."""
    return _ENDINGS[ending]
