"""Which cleaner a record gets: by the caller's word, the record's own, its url, or its text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from cleaner.cleaner import Cleaner
from cleaner.decide import Policy
from cleaner.dumps.pages import Pages
from cleaner.dumps.records import Record
from cleaner.dumps.tally import Tally
from cleaner.ledger import Ledger
from cleaner.outlet import Outlet
from cleaner.outlet_spellings import OutletNames
from cleaner.registry import (
    Recogniser,
    contested,
    not_installed,
    outlet_ids,
    outlet_named,
    recogniser_with,
    unreachable,
)


class Cleaners:
    """The cleaners of one run, compiled when first needed."""

    def __init__(
        self,
        policy: Policy,
        outlet: str | None = None,
        extra: Sequence[Outlet] = (),
        ledger: Ledger | None = None,
    ) -> None:
        """`outlet` is used for every record; without it each record is recognised.

        `extra` outlets are used beside the installed ones, or in place of those with the same id. Raises
        OutletError where `outlet` isn't installed, or where an installed one can't be loaded.
        """
        self._policy = policy
        self.ledger = ledger
        self._extra = {each.id: each for each in extra}
        self._compiled: dict[str | None, Cleaner] = {}
        self._known = frozenset((*outlet_ids(), *self._extra))
        self._always = outlet
        if outlet is not None:
            self._named(outlet)
        self._recognise = Recogniser(()) if outlet is not None else recogniser_with(self._extra.values())
        # Most records of a dump name one of a few.
        self._meant = lru_cache(maxsize=256)(OutletNames(self._known, self._recognise.by_host))

    def replaced(self) -> tuple[str, ...]:
        """The ids of installed outlets that the extra ones stand in for."""
        return tuple(id for id in self._extra if id in outlet_ids())

    def given(self) -> tuple[str, ...]:
        """The ids of the extra outlets."""
        return tuple(self._extra)

    def contested(self) -> list[str]:
        """A sentence for each host of the extra outlets that is another one's, or that no url can be on."""
        if not self._extra or self._always is not None:
            return []
        return [*unreachable(self._extra.values()), *contested(self._extra.values())]

    def pages(self) -> Pages:
        """What reads pages by the same outlets."""
        return Pages(self._recognise, self._installed, self._meant, self._always)

    def choose(self, record: Record, tally: Tally) -> Cleaner:
        """The cleaner for a record; of the common rules alone, where nothing tells its outlet."""
        return self._named(self.recognised(record, tally))

    def recognised(self, record: Record, tally: Tally) -> str | None:
        """The id of the installed outlet that a record is of; None where it is of none.

        A record that names one which isn't installed is counted, and recognised as if it named none.
        """
        if self._always is not None:
            return self._always
        if record.outlet:
            meant = self._meant(record.outlet)
            if meant is not None:
                return meant
            tally.names_unknown(record.outlet)
        return record.page_outlet or self._recognise(record.document)

    def _named(self, outlet: str | None) -> Cleaner:
        cleaner = self._compiled.get(outlet)
        if cleaner is None:
            cleaner = self._compiled[outlet] = Cleaner(self._outlet(outlet), self._policy, self.ledger)
        return cleaner

    def _outlet(self, outlet: str | None) -> Outlet | None:
        return None if outlet is None else self._installed(outlet)

    def _installed(self, outlet: str) -> Outlet:
        if outlet not in self._known:
            raise not_installed(outlet, self._known, "a pack of your own is given with --pack FILE.toml")
        return self._extra.get(outlet) or outlet_named(outlet)
