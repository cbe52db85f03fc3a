"""The errors a caller can expect. Each names the thing, the place and the consequence."""

from __future__ import annotations


class CleanerError(Exception):
    """The base of every error this package raises on purpose."""


class PackError(CleanerError):
    """A pack can't be used: its TOML, its schema, a pattern or a duplicate rule id."""


class OutletError(CleanerError):
    """An outlet is unknown, or its plug-in can't be loaded."""


class LedgerError(CleanerError):
    """A ledger can't be used: it isn't there, or it is damaged."""
