"""Which cleaner a record gets: by the caller's word, the record's own, its url, or its text."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.cleaner import Cleaner
from cleaner.decide import Policy
from cleaner.dumps.records import Record
from cleaner.dumps.tally import Tally
from cleaner.errors import OutletError
from cleaner.outlet import Outlet
from cleaner.registry import Recogniser, installed_outlets, outlet_ids, outlet_named


class Cleaners:
    """The cleaners of one run, compiled when first needed."""

    def __init__(self, policy: Policy, outlet: str | None = None, extra: Sequence[Outlet] = ()) -> None:
        """`outlet` is used for every record; without it each record is recognised.

        `extra` outlets are used beside the installed ones, or in place of those with the same id. Raises
        OutletError where `outlet` isn't installed, or where an installed one can't be loaded.
        """
        self._policy = policy
        self._extra = {each.id: each for each in extra}
        self._compiled: dict[str | None, Cleaner] = {}
        self._known = frozenset((*outlet_ids(), *self._extra))
        self._always = None if outlet is None else self._named(outlet)
        self._recognise = None if outlet is not None else self._recogniser()

    def replaced(self) -> tuple[str, ...]:
        """The ids of installed outlets that the extra ones stand in for."""
        return tuple(id for id in self._extra if id in outlet_ids())

    def choose(self, record: Record, tally: Tally) -> Cleaner:
        """The cleaner for a record; of the common rules, where it names an outlet that isn't installed."""
        if self._always is not None:
            return self._always
        if record.outlet:
            if record.outlet in self._known:
                return self._named(record.outlet)
            tally.names_unknown(record.outlet)
            return self._named(None)
        assert self._recognise is not None
        return self._named(self._recognise(record.document))

    def _named(self, outlet: str | None) -> Cleaner:
        cleaner = self._compiled.get(outlet)
        if cleaner is None:
            cleaner = self._compiled[outlet] = Cleaner(self._outlet(outlet), self._policy)
        return cleaner

    def _outlet(self, outlet: str | None) -> Outlet | None:
        if outlet is None:
            return None
        if outlet not in self._known:
            known = ", ".join(sorted(self._known)) or "none"
            raise OutletError(f"outlet {outlet!r} is not installed; known outlets: {known}")
        return self._extra.get(outlet) or outlet_named(outlet)

    def _recogniser(self) -> Recogniser:
        if not self._extra:
            return Recogniser(installed_outlets())
        others = [outlet_named(id) for id in outlet_ids() if id not in self._extra]
        # Later hosts win, so a pack given for this run has the last word.
        return Recogniser((*others, *self._extra.values()))
