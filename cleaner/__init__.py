"""Turns scraped Indonesian news into clean articles, with proof of every cut.

>>> from cleaner import clean
>>> clean("Harga cabai turun.\\n\\nBaca Juga: Harga Beras Naik Lagi\\n\\nPedagang lega.").text
'Harga cabai turun.\\n\\nPedagang lega.'
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cleaner.api import clean
    from cleaner.claims import Claim
    from cleaner.cleaner import Cleaner
    from cleaner.decide import Policy
    from cleaner.document import Document, Fact, Line
    from cleaner.errors import CleanerError, LedgerError, OutletError, PackError
    from cleaner.kinds import Certainty, Kind
    from cleaner.ledger import Ledger
    from cleaner.outlet import Detector, Outlet, View
    from cleaner.result import Removal, Result, Suspect, rebuild

__all__ = [
    "Certainty",
    "Claim",
    "Cleaner",
    "CleanerError",
    "Detector",
    "Document",
    "Fact",
    "Kind",
    "Ledger",
    "LedgerError",
    "Line",
    "Outlet",
    "OutletError",
    "PackError",
    "Policy",
    "Removal",
    "Result",
    "Suspect",
    "View",
    "clean",
    "rebuild",
]

# Where each name comes from. pytest imports the package for its plug-in in every project of an environment,
# most of which never ask for one.
_HOMES = {
    "api": ("clean",),
    "claims": ("Claim",),
    "cleaner": ("Cleaner",),
    "decide": ("Policy",),
    "document": ("Document", "Fact", "Line"),
    "errors": ("CleanerError", "LedgerError", "OutletError", "PackError"),
    "kinds": ("Certainty", "Kind"),
    "ledger": ("Ledger",),
    "outlet": ("Detector", "Outlet", "View"),
    "result": ("Removal", "Result", "Suspect", "rebuild"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
