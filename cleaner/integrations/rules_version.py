"""What tells one set of installed rules from another."""

from __future__ import annotations

from functools import cache
from hashlib import sha256

import msgspec

from cleaner.registry import PATTERNS, installed_outlets

# Beside this package, what runs its patterns can read them otherwise in another release.
_RELEASES = ("cleaner", "regex")


@cache
def rules_version() -> str:
    """A digest of the releases, the packs and every outlet installed beside them, in hexadecimal.

    It is the same in every process and on every machine that has the same of them.
    """
    # Reading what is installed loads an e-mail parser; only caches need it.
    from importlib.metadata import version

    digest = sha256(" ".join(f"{name} {version(name)}" for name in _RELEASES).encode())
    for pack in sorted(PATTERNS.glob("*.toml")):
        digest.update(sha256(pack.read_bytes()).digest())
    for outlet in installed_outlets():
        detectors = [f"{detector.__module__}.{detector.__qualname__}" for detector in outlet.detectors]
        told = (outlet.id, outlet.hosts, outlet.signatures, outlet.rules, outlet.templates, detectors)
        digest.update(sha256(msgspec.json.encode(told, order="deterministic")).digest())
    return digest.hexdigest()
