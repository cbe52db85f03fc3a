"""Data inside a page: compressed, in Base64, in script elements that no browser runs."""

from __future__ import annotations

import zlib
from base64 import b64encode
from collections.abc import Callable
from typing import Any

import msgspec

_encode = msgspec.json.Encoder().encode

# What a reader of the page waits for when opening one article, and what a search reads at a time.
_BLOCK_BYTES = 400_000


def block(id: str, value: object) -> bytes:
    """A script element called `id` that holds `value` as JSON, raw deflate, Base64.

    Base64 has neither `<` nor `&`, so nothing in the value can end the element or begin another one.
    """
    return _element(id, _encode(value))


def _element(id: str, json: bytes) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    data = b64encode(packer.compress(json) + packer.flush())
    return b'<script type="application/octet-stream" id="%b">%b</script>\n' % (id.encode(), data)


class ListBlocks:
    """Writes a long list as a row of blocks `<name>-0`, `<name>-1`, …, each a JSON list."""

    def __init__(self, name: str, write: Callable[[bytes], Any]) -> None:
        self._name = name
        self._write = write
        self._items: list[bytes] = []
        self._bytes = 0
        self._length = 0
        self.starts: list[int] = []
        """For each block that is written, the place in the list of its first item."""

    def add(self, item: object) -> None:
        """Add an item at the end of the list."""
        encoded = _encode(item)
        self._items.append(encoded)
        self._bytes += len(encoded)
        if self._bytes >= _BLOCK_BYTES:
            self.end()

    def end(self) -> None:
        """Write what isn't written yet."""
        if not self._items:
            return
        json = b"[" + b",".join(self._items) + b"]"
        self._write(_element(f"{self._name}-{len(self.starts)}", json))
        self.starts.append(self._length)
        self._length += len(self._items)
        self._items.clear()
        self._bytes = 0
