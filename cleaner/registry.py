"""The outlets that are installed: the built-in ones and those of plug-ins, which register the same way."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING

from cleaner.document import Document
from cleaner.errors import OutletError
from cleaner.identity import Recognisable, read_identity
from cleaner.outlet import Outlet
from cleaner.pack import shipped_pack
from cleaner.rules import Rule
from cleaner.shadow import fold

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "cleaner.outlets"
"""The entry-point group that outlets register in. A value is an `Outlet`."""

COMMON = "common"
"""The pack whose rules hold for every outlet."""

PACK_ENDING = ".toml"
"""How the name of a pack's file ends."""

# Where the built-in outlets are registered from.
_BUILT_IN = "cleaner.outlets"

# A wheel carries the packs inside the package; in an editable install they stand beside it.
_PACKAGE = Path(__file__).parent
PATTERNS = next(
    (path for path in (_PACKAGE / "patterns", _PACKAGE.parent / "patterns") if path.is_dir()),
    _PACKAGE / "patterns",
)

_WORD = re.compile(r"\w+")
_HOST = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*\.[a-z]{2,}")
_AUTHORITY_END = re.compile(r"[/?#]")

# No domain name is longer; a page can give anything as its own address.
_LONGEST_HOST = 253

# A brand stands at a text's head (title, dateline) and tail; in the middle it is a mention.
_HEAD = 500
_TAIL = 300


@cache
def common_rules() -> tuple[Rule, ...]:
    """The rules that hold for every outlet."""
    return shipped_pack(PATTERNS / f"{COMMON}.toml").rules


@cache
def _entries() -> Mapping[str, EntryPoint]:
    # It loads an e-mail parser, which a caller that brings an outlet of its own never needs.
    from importlib.metadata import entry_points

    found: dict[str, EntryPoint] = {}
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: (entry.name, _distribution(entry))):
        known = found.get(entry.name)
        if known is not None and known.value != entry.value:
            raise OutletError(
                f"outlet {entry.name!r} is registered twice, by {_distribution(known)} and by "
                f"{_distribution(entry)}; nothing is cleaned until one of them is uninstalled or renamed"
            )
        found[entry.name] = entry
    return MappingProxyType(found)


def _distribution(entry: EntryPoint) -> str:
    return entry.dist.name if entry.dist else "an unknown distribution"


def outlet_ids() -> tuple[str, ...]:
    """The ids of all installed outlets, sorted."""
    return tuple(_entries())


@cache
def outlet_named(outlet: str) -> Outlet:
    """The installed outlet with this id. Raises OutletError where there is none, or it can't be loaded."""
    entry = _entries().get(outlet)
    if entry is None:
        raise not_installed(
            outlet, outlet_ids(), "read a pack of your own with Outlet.from_file(path), and give that outlet"
        )
    try:
        loaded = entry.load()
    except Exception as error:
        raise OutletError(
            f"outlet {outlet!r} of {_distribution(entry)} can't be loaded ({type(error).__name__}: {error}); "
            "mend or uninstall it"
        ) from error
    if not isinstance(loaded, Outlet) or loaded.id != outlet:
        raise OutletError(
            f"outlet {outlet!r} of {_distribution(entry)}: {entry.value} is no Outlet with that id; "
            "mend or uninstall it"
        )
    return loaded


def not_installed(outlet: object, known: Collection[str], own: str) -> OutletError:
    """The error for what is the id of none of the `known` outlets; `own` says how another one is given."""
    if isinstance(outlet, PurePath) or str(outlet).endswith(PACK_ENDING):
        return OutletError(f"{str(outlet)!r} is the name of a file, not the id of an outlet; {own}")
    # Only a slip needs them.
    from difflib import get_close_matches

    from cleaner.outlet_spellings import OutletNames

    spelled = OutletNames(known, recogniser().by_host)(str(outlet))
    near = [spelled] if spelled in known else get_close_matches(str(outlet).lower(), known, 1)
    meant = f" (did you mean {near[0]!r}?)" if near else ""
    listed = ", ".join(sorted(known)) or "none"
    return OutletError(f"outlet {outlet!r} is not installed{meant}; known outlets: {listed}; {own}")


def installed_outlets() -> tuple[Outlet, ...]:
    """All installed outlets, loaded, by id."""
    return tuple(map(outlet_named, outlet_ids()))


def identities() -> tuple[Recognisable, ...]:
    """What recognises each installed outlet, by id. Of the built-in ones no rule is read for it."""
    return tuple(
        read_identity(PATTERNS / f"{id}.toml") if entry.value == f"{_BUILT_IN}:{id}" else outlet_named(id)
        for id, entry in _entries().items()
    )


def is_host(host: str) -> bool:
    """Whether `host` is written as the hosts of urls are looked up: a bare domain in small letters."""
    return _HOST.fullmatch(host) is not None


def unreachable(given: Iterable[Recognisable]) -> list[str]:
    """A sentence for each host of the `given` outlets that no url can be on."""
    return [
        f"host {host!r} of the pack {outlet.id!r} is no bare domain in small letters, such as contoh.co.id, "
        "so no url is ever on it, and no record is recognised by it. Mend it in the pack"
        for outlet in given
        for host in dict.fromkeys(outlet.hosts)
        if not is_host(host)
    ]


def contested(given: Iterable[Recognisable]) -> list[str]:
    """A sentence for each host of the `given` outlets that another one has, given or installed, too.

    An installed one with the id of a given one is no other: that stands in for it.
    """
    own = {outlet.id: outlet for outlet in given}
    others = (*(each for each in identities() if each.id not in own), *own.values())
    by_host: dict[str, list[str]] = {}
    for outlet in others:
        for host in dict.fromkeys(outlet.hosts):
            by_host.setdefault(host, []).append(outlet.id)
    return [
        f"host {host!r} of the pack {ids[-1]!r} belongs to outlet {ids[-2]!r}, too: what is on it is cleaned "
        f"by {ids[-1]!r} in this run. If it shouldn't be, take the host out of the pack"
        for host, ids in by_host.items()
        if len(ids) > 1 and ids[-1] in own
    ]


class Recogniser:
    """Tells whose page a document is: by the host of its url, else by signatures in its text."""

    def __init__(self, outlets: Iterable[Recognisable]) -> None:
        outlets = tuple(outlets)
        self._hosts = {host: outlet.id for outlet in outlets for host in outlet.hosts}
        # Most texts hold none of the few words that all signatures share; those are looked for first.
        self._stems: dict[str, list[tuple[str, str]]] = {}
        for sign, id_ in ((fold(sign), each.id) for each in outlets for sign in each.signatures):
            stem = next(
                (stem for stem in self._stems if stem in sign),
                max(_WORD.findall(sign), key=len, default=sign),
            )
            self._stems.setdefault(stem, []).append((sign, id_))

    def __call__(self, document: Document) -> str | None:
        """The outlet's id; None where nothing tells, or where the signatures of two outlets contradict."""
        return (self.by_host(document.url) if document.url else None) or self.by_signature(document)

    def by_host(self, url: str) -> str | None:
        """The outlet that serves `url`; None where none does, or where it is no url."""
        address = url.lower().partition("//")[2] or url.lower()
        authority = _AUTHORITY_END.split(address, 1)[0]
        host = authority.rpartition("@")[2].partition(":")[0]
        if len(host) > _LONGEST_HOST:
            return None
        while host:
            outlet = self._hosts.get(host)
            if outlet:
                return outlet
            host = host.partition(".")[2]
        return None

    def by_signature(self, document: Document) -> str | None:
        """The one outlet whose signatures stand at the head or tail of the text; None for none or several."""
        shadow = document.shadow
        ends = shadow if len(shadow) <= _HEAD + _TAIL else f"{shadow[:_HEAD]}\n{shadow[-_TAIL:]}"
        likely = [signs for stem, signs in self._stems.items() if stem in ends]
        if not likely:
            return None
        found = {outlet for signs in likely for sign, outlet in signs if sign in f"\n{ends}"}
        return found.pop() if len(found) == 1 else None


@cache
def recogniser() -> Recogniser:
    """The recogniser of all installed outlets."""
    return Recogniser(identities())


def recogniser_with(given: Iterable[Recognisable]) -> Recogniser:
    """The recogniser of the installed outlets and the `given` ones, which stand in for those of their id."""
    own = {each.id: each for each in given}
    if not own:
        return recogniser()
    # Of two outlets with one host the later one has it, so what is given has the last word.
    return Recogniser((*(each for each in identities() if each.id not in own), *own.values()))
