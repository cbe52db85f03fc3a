"""The built-in outlets, each made from its pack. They register as entry points, as a plug-in's do."""

from __future__ import annotations

from cleaner.outlet import Outlet
from cleaner.pack import shipped_pack
from cleaner.registry import PATTERNS

BUILT_IN = (
    "andalpost",
    "antara",
    "cnbcindonesia",
    "detik",
    "disway",
    "fimela",
    "inews",
    "kapanlagi",
    "kompas",
    "kompastv",
    "liputan6",
    "merdeka",
    "okezone",
    "posmetro",
    "promedia",
    "radarcirebon",
    "republika",
    "sindonews",
    "tangselife",
    "tempo",
    "tribunnews",
    "viva",
)
"""The ids of the outlets that this package brings."""


def __getattr__(name: str) -> Outlet:
    # An entry point names its outlet as an attribute; the pack is read when that outlet is asked for.
    if name not in BUILT_IN:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return Outlet.from_pack(shipped_pack(PATTERNS / f"{name}.toml"))
