"""What tells one set of installed rules from another."""

from __future__ import annotations

from functools import cache
from hashlib import sha256

import msgspec

from cleaner.dumps.fingerprint import rules_of

# Beside this package, what runs its patterns can read them otherwise in another release.
_RELEASES = ("cleaner", "regex")


@cache
def rules_version() -> str:
    """A digest of the releases, the packs and every outlet installed beside them, in hexadecimal.

    It is the same in every process and on every machine that has the same of them.
    """
    # Reading what is installed loads an e-mail parser; only caches need it.
    from importlib.metadata import version

    told = [version(name) for name in _RELEASES], rules_of((), None).packs
    return sha256(msgspec.json.encode(told, order="deterministic")).hexdigest()
