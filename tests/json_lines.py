"""JSON lines, as tests write the records of a dump and read what a run wrote."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def rows(path: Path) -> list[Any]:
    """The values of a file, a line each."""
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def lines(*records: object) -> bytes:
    """The records as Python writes them, with spaces and in ASCII; bytes are a line as it is."""
    written = (record if isinstance(record, bytes) else json.dumps(record).encode() for record in records)
    return b"".join(line + b"\n" for line in written)


def compact(*records: object) -> bytes:
    """The records as a run writes them: without spaces, and each character as itself."""
    return b"".join(
        json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode() + b"\n" for record in records
    )
