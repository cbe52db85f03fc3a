"""The records that an article was joined from, read out of its row and proved."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from cleaner.dumps.records import SourcePage
from cleaner.dumps.sidecar import Proof, digest

_decode_record = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_decode_text = msgspec.json.Decoder(str | None).decode


def proved_pages(proof: Proof, text: str) -> Iterator[tuple[SourcePage, str | None]]:
    """The pages of an article whose source text is `text`, each with its own text.

    That is None where a page isn't the one that the run has read; it is empty for a record that holds no
    text, as it holds a page's HTML, and has no part in `text`.
    """
    for page in (*proof.pages, *proof.covered):
        yield page, _proved(page, text, proof.text_field)


def _proved(page: SourcePage, text: str, text_field: str) -> str | None:
    try:
        written = None if page.source is None else _written(page.source, text_field)
    except (msgspec.MsgspecError, RecursionError):
        return None
    own = written if page.start is None else text[page.start : page.end]
    if own is None:
        return ""
    if digest(own) != page.sha256 or (written is not None and written != own):
        return None
    return own


def _written(source: str, text_field: str) -> str | None:
    """The text that a record holds; None where it holds none."""
    raw = _decode_record(source).get(text_field)
    return None if raw is None else _decode_text(raw)
