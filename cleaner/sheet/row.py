"""A row of the sheet: a line of the source, what became of it, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

import msgspec

from cleaner.hints import Label
from cleaner.result import Removal, Suspect
from cleaner.sheet.shortening import short_path, without_end

_LONGEST_PLACE = 80


class Verdict(StrEnum):
    """What became of a line."""

    keep = "keep"
    cut = "cut"
    part = "part"
    """A part of it was cut."""
    suspect = "suspect"
    """It stays, but a rule claimed it or a part of it less surely than the policy asks."""


class Piece(msgspec.Struct, frozen=True):
    """A stretch of a line with one fate. `claim` is what was said of it; None where nothing was."""

    text: str
    claim: Removal | Suspect | None = None

    @property
    def removed(self) -> bool:
        """Whether it was cut."""
        return self.claim is not None and not isinstance(self.claim, Suspect)


class SheetRow(msgspec.Struct, frozen=True):
    """One line of the source that isn't blank, and what became of it."""

    number: int
    """The line's number in the source, from 1; blank lines count."""
    verdict: Verdict
    pieces: tuple[Piece, ...]
    """The line without the white space around it, in order."""
    label: Label | None = None
    """What the page says of the line; None where there was no page."""

    @property
    def place(self) -> str:
        """The element that held the line, and the line's hints: `li[2] list_item`; empty without a page.

        The number is the element's place among its like; all of the path stands in the label.
        """
        if self.label is None:
            return ""
        step = short_path(self.label.steps[1]).rpartition(" > ")[2] if self.label.steps else ""
        return without_end(" ".join(filter(None, (step, *self.label.hints))), _LONGEST_PLACE)

    @property
    def text(self) -> str:
        """The line, without the white space around it."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def certainty(self) -> str:
        """How surely the verdict's claims are known; empty for `keep`. Several are joined with `+`."""
        return self._joined(str(claim.certainty) for claim in self._claims)

    @property
    def kind(self) -> str:
        """The kind of the verdict's claims; empty for `keep`. Several are joined with `+`."""
        return self._joined(claim.kind for claim in self._claims)

    @property
    def rule(self) -> str:
        """The id of the rule behind the verdict; empty for `keep`. Several are joined with `+`."""
        return self._joined(claim.rule for claim in self._claims)

    @property
    def _claims(self) -> Iterator[Removal | Suspect]:
        """The claims that the verdict speaks of: on a line that lost a part, not those that were left in."""
        for piece in self.pieces:
            if piece.claim is not None and (piece.removed or self.verdict is Verdict.suspect):
                yield piece.claim

    @staticmethod
    def _joined(values: Iterable[str]) -> str:
        return "+".join(dict.fromkeys(values))
