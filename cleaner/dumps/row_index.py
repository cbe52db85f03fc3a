"""The rows of a run by the ids of their records, on disk: memory doesn't grow with the dump."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from itertools import islice
from typing import Any, BinaryIO

import msgspec

_decode_any = msgspec.json.Decoder().decode
_decode_row = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode


def id_of(values: Mapping[str, Any], key: str) -> str | None:
    """The id that `values`, of which each is raw JSON, hold under `key`; None for none.

    Numbers and strings that look alike are alike: a CSV file has strings only.
    """
    try:
        value = _decode_any(values[key])
    except (KeyError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    return str(value) if isinstance(value, str | int) and value != "" else None


class RowIndex:
    """Gives each row once, by its id."""

    def __init__(self, rows: BinaryIO, start: int) -> None:
        """Index `rows`, a line each, from the one in the place `start` on.

        `rows` must stay open. Raises ValueError where two of them have the same id.
        """
        # Few dumps need it, and it takes a while to load.
        import sqlite3

        self._rows = rows
        # Without a name it is a temporary file, which is gone with the connection.
        self._base = sqlite3.connect("", isolation_level=None)
        self._base.execute("create table row (id text unique, place integer primary key, at integer)")
        self._base.execute("begin")
        try:
            self._base.executemany("insert into row values (?, ?, ?)", _places(rows, start))
        except sqlite3.IntegrityError as error:
            self._base.close()
            raise ValueError("two rows have the same id") from error

    def close(self) -> None:
        self._base.close()

    def __contains__(self, id: str) -> bool:
        return self._base.execute("select 1 from row where id = ?", (id,)).fetchone() is not None

    def take(self, id: str) -> tuple[int, bytes] | None:
        """The place and the row with this id; None where there is none (any more)."""
        found = self._base.execute("select place, at from row where id = ?", (id,)).fetchone()
        if found is None:
            return None
        self._base.execute("delete from row where place = ?", found[:1])
        return found[0], self._row(found[1])

    def left(self) -> Iterator[tuple[int, bytes]]:
        """The places and the rows that nobody took, in their order."""
        with closing(self._base.execute("select place, at from row order by place")) as found:
            yield from ((place, self._row(at)) for place, at in found)

    def _row(self, at: int) -> bytes:
        self._rows.seek(at)
        return self._rows.readline()


def _places(rows: BinaryIO, start: int) -> Iterator[tuple[str | None, int, int]]:
    """The id of each row, its place among the rows, and where it begins, in bytes."""
    at = sum(map(len, islice(rows, start)))
    for place, row in enumerate(rows, start):
        yield _id(row), place, at
        at += len(row)


def _id(row: bytes) -> str | None:
    try:
        return id_of(_decode_row(row), "id")
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
