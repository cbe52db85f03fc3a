"""What the bytes of a run hang on: the release, the options, what is read, the packs, the ledger."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec

from cleaner.dumps.endings import said_by
from cleaner.dumps.formats.target import Target
from cleaner.dumps.sources import ArticleFile, RecordFile, Source, utf8_name
from cleaner.ledger import Ledger
from cleaner.outlet import Detector, Outlet
from cleaner.outlets import BUILT_IN
from cleaner.registry import PATTERNS, outlet_ids, outlet_named

if TYPE_CHECKING:
    from cleaner.dumps.work import Settings

_MOST_NAMED = 1000
# What reads pages and text, beside this package; another release of it can read otherwise.
_READERS = ("cleaner", "msgspec", "regex", "selectolax", "trafilatura")
# The same, for formats and packings that not every run reads or writes.
_FORMAT_READERS = {".zst": "backports.zstd", "parquet": "pyarrow", "warc": "fastwarc"}


class Input(msgspec.Struct, frozen=True):
    """One file as it stood when the run began."""

    name: str
    size: int
    changed: int
    """When it was last written to, in nanoseconds."""


class Inputs(msgspec.Struct, frozen=True):
    """The files of one run as they stood when it began."""

    named: Sequence[Input]
    """The first thousand."""
    more: int
    digest: str
    """Of the others."""

    def changes(self, now: Inputs) -> Iterator[str]:
        """What is another in `now`, a part of a sentence each."""
        before, after = ({each.name: each for each in run.named} for run in (self, now))
        for name, old in before.items():
            new = after.get(name)
            if new is None:
                yield f"{name} is no longer read"
            elif new.size != old.size:
                yield f"{name} has another size ({old.size:,} bytes then, {new.size:,} now)"
            elif new.changed != old.changed:
                yield f"{name} was written to"
        yield from (f"{name} is read as well" for name in after if name not in before)
        if list(before) != list(after) and before.keys() == after.keys():
            yield "the files are read in another order"
        if (self.more, self.digest) != (now.more, now.digest):
            yield f"something changed in the other files ({self.more:,} then, {now.more:,} now)"


def inputs_of(sources: Iterable[Source]) -> Inputs:
    """The files of `sources` as they stand."""
    return inputs_of_files(map(_input, sources))


def inputs_of_files(files: Iterable[Input]) -> Inputs:
    """What is kept of `files`."""
    named: list[Input] = []
    digest, more = sha256(), 0
    for each in files:
        if len(named) < _MOST_NAMED:
            named.append(each)
        else:
            more += 1
            digest.update(msgspec.json.encode(each))
    return Inputs(named, more, digest.hexdigest())


def _input(source: Source) -> Input:
    name = utf8_name(source.name)
    if source.path is None:
        return Input(name, 0, 0)
    try:
        status = source.path.stat()
    except OSError:
        return Input(name, 0, 0)
    return Input(name, status.st_size, status.st_mtime_ns)


class Rules(msgspec.Struct, frozen=True):
    """What decides about the cuts."""

    packs: Mapping[str, str]
    """The SHA-256 of each installed outlet's pack and of those given for the run, by outlet."""
    ledger: str | None
    """The SHA-256 that the ledger tells of itself."""

    def changes(self, now: Rules) -> Iterator[str]:
        """What is another in `now`, a part of a sentence each."""
        for outlet in sorted({*self.packs, *now.packs}):
            if self.packs.get(outlet) != now.packs.get(outlet):
                how = (
                    "changed" if outlet in self.packs and outlet in now.packs else _come_or_gone(outlet, now)
                )
                yield f"the pack of {outlet} {how}"
        if self.ledger != now.ledger:
            yield "another ledger is used" if self.ledger and now.ledger else _ledger_come_or_gone(now)


def _come_or_gone(outlet: str, now: Rules) -> str:
    return "is used as well" if outlet in now.packs else "is no longer used"


def _ledger_come_or_gone(now: Rules) -> str:
    return "a ledger is used" if now.ledger else "the ledger is no longer used"


def rules_of(extra: Iterable[Outlet], ledger: Ledger | None) -> Rules:
    """The digests of all that decides about the cuts. Raises OutletError where a plug-in can't be loaded."""
    packs = {path.stem: sha256(path.read_bytes()).hexdigest() for path in sorted(PATTERNS.glob("*.toml"))}
    plugged = (outlet_named(id) for id in outlet_ids() if id not in BUILT_IN)
    for outlet in (*plugged, *extra):
        packs[outlet.id] = sha256(_told(outlet)).hexdigest()
    return Rules(dict(sorted(packs.items())), ledger.header.sha256 if ledger else None)


class Fingerprint(msgspec.Struct, frozen=True):
    """What the bytes of one run hang on."""

    releases: Mapping[str, str]
    options: Mapping[str, str]
    inputs: Inputs
    rules: Rules

    def digest(self) -> str:
        """What stands for it where only sameness counts."""
        return sha256(msgspec.json.encode(self, order="deterministic")).hexdigest()

    def changes(self, now: Fingerprint) -> list[str]:
        """What is another in `now`, a part of a sentence each; empty where both give the same bytes."""
        return [
            *_other_values(self.releases, now.releases, "not installed"),
            *_other_values(self.options, now.options, "not given"),
            *self.inputs.changes(now.inputs),
            *self.rules.changes(now.rules),
        ]


def _other_values(before: Mapping[str, str], after: Mapping[str, str], none: str) -> Iterator[str]:
    """What differs; `none` is said in place of a value that there isn't."""
    for name in {**before, **after}:
        then, now = before.get(name), after.get(name)
        if then != now:
            yield f"{name} was {then or none}, and is {now or none}"


def options_of(settings: Settings) -> dict[str, str]:
    """The options that decide what a record becomes, by their names."""
    names = settings.names
    return {
        "--text-field": names.text,
        "--html-field": names.html,
        "--charset-field": names.charset,
        "--url-field": names.url,
        "--id-field": names.id,
        "--title-field": names.title,
        "--outlet-field": names.outlet,
        "--outlet": settings.outlet or "",
        "--certainty": settings.policy.certainty.name,
        "--kinds": ",".join(sorted(settings.policy.kinds)),
        "--max-record": str(settings.most),
        "the columns of OUT": sha256(msgspec.json.encode(settings.target)).hexdigest(),
    }


def formats_of(sources: Iterable[Source], target: Target) -> frozenset[str]:
    """The formats and packings of what is read and of what is written."""
    endings = {target.format, target.packing}
    for source in sources:
        match source:
            case RecordFile(format=format, packing=packing):
                endings |= {format, packing}
            case ArticleFile(ending=ending):
                endings.add(said_by(ending.lower()).packing)
    return frozenset(endings)


def releases(formats: Collection[str]) -> dict[str, str]:
    """The releases of this package and of what it reads and writes with, where the formats and packings are
    these; without what isn't installed."""
    # It loads an e-mail parser, which small runs never need.
    from importlib.metadata import PackageNotFoundError, version

    found = {name: version(name) for name in _READERS}
    for format, name in _FORMAT_READERS.items():
        if format in formats:
            with suppress(PackageNotFoundError):
                found[name] = version(name)
    return found


def _told(outlet: Outlet) -> bytes:
    detectors = [_called(detector) for detector in outlet.detectors]
    told = (outlet.id, outlet.hosts, outlet.signatures, outlet.rules, outlet.templates, detectors)
    return msgspec.json.encode(told, order="deterministic")


def _called(detector: Detector) -> str:
    """The name of a function with its module; of a value that can be called, that of its class."""
    if isinstance(detector, partial):
        return _called(detector.func)
    named = detector if hasattr(detector, "__qualname__") else type(detector)
    return f"{named.__module__}.{named.__qualname__}"
