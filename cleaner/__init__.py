"""Turns scraped Indonesian news into clean articles, with proof of every cut.

>>> from cleaner import clean
>>> clean("Harga cabai turun.\\n\\nBaca Juga: Harga Beras Naik Lagi\\n\\nPedagang lega.").text
'Harga cabai turun.\\n\\nPedagang lega.'
"""

from cleaner.api import clean
from cleaner.claims import Claim
from cleaner.cleaner import Cleaner
from cleaner.decide import Policy
from cleaner.document import Document, Line
from cleaner.errors import CleanerError, OutletError, PackError
from cleaner.kinds import Certainty, Kind
from cleaner.outlet import Detector, Outlet, View
from cleaner.result import Removal, Result, Suspect, rebuild

__all__ = [
    "Certainty",
    "Claim",
    "Cleaner",
    "CleanerError",
    "Detector",
    "Document",
    "Kind",
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
