"""The sheet: one row a source line, kept lines too, because what was missed shows only among what stayed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

import msgspec

from cleaner.document import Document
from cleaner.hints import Label
from cleaner.result import Removal, Result, Suspect
from cleaner.visible import visible

_KEPT_SHOWN = 100
"""How much of a kept line the written sheet shows, in code points."""
_BESIDE_SHOWN = 40
"""How much of a line it shows on each side of a cut."""
_CUT_SHOWN = 600
"""How much of a cut it shows; the most that isn't an advertiser's script fits."""
_WIDEST = 44
"""How far a column grows with its cells: a page's places and the ids of rules fit, not several ids joined."""
_NUMBER = re.compile(r":nth-of-type\((\d+)\)")
_FEW_STEPS = 4
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
        return _end_cut(" ".join(filter(None, (step, *self.label.hints))), _LONGEST_PLACE)

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


class Widths(msgspec.Struct, frozen=True):
    """How wide the columns in front of a row's text are, in code points.

    A cell that doesn't fit pushes on the text of its own row alone. Left as they are, they hold for every
    document, so that a change to one line of it changes one line of the sheet.
    """

    certainty: int = 8
    kind: int = 7
    rule: int = 28
    place: int = 28

    @classmethod
    def of(cls, rows: Sequence[SheetRow]) -> Widths:
        """The columns that the cells of these rows fit into, as far as columns grow."""
        least = cls()
        return cls(
            _width(least.certainty, (row.certainty for row in rows)),
            _width(least.kind, (row.kind for row in rows)),
            _width(least.rule, (row.rule for row in rows)),
            _width(least.place, (row.place for row in rows)),
        )


_SAME_EVERYWHERE = Widths()


def _width(least: int, cells: Iterable[str]) -> int:
    lengths = (len(visible(cell)) for cell in cells)
    return max((length for length in lengths if least < length <= _WIDEST), default=least)


def sheet_rows(document: Document, result: Result) -> list[SheetRow]:
    """The rows of `result`, which is what a cleaner gave for `document`; in the order of the text."""
    removals, suspects = _Reader(result.removals), _Reader(result.suspects)
    rows = []
    for number, line in enumerate(document.lines, 1):
        written = document.text[line.start : line.end]
        content = written.strip()
        if content:
            start = line.start + len(written) - len(written.lstrip())
            end = start + len(content)
            # Both readers move on with every line, whatever the line turns out to be.
            claims = [*removals.within(start, end), *suspects.within(start, end)]
            row = _row(document.text, number, start, end, claims)
            label = document.labels.get(line.start)
            rows.append(msgspec.structs.replace(row, label=label) if label else row)
    return rows


class _Reader:
    """Reads stretches, sorted and disjoint, along with the lines they touch."""

    def __init__(self, stretches: Sequence[Removal]) -> None:
        self._stretches = stretches
        self._at = 0

    def within(self, start: int, end: int) -> list[Removal]:
        """The stretches that touch `[start, end)`, which lies behind that of the call before."""
        while self._at < len(self._stretches) and self._stretches[self._at].end <= start:
            self._at += 1
        stop = self._at
        while stop < len(self._stretches) and self._stretches[stop].start < end:
            stop += 1
        return list(self._stretches[self._at : stop])


def _row(text: str, number: int, start: int, end: int, claims: Sequence[Removal]) -> SheetRow:
    pieces: list[Piece] = []
    at = start
    for claim in sorted(claims, key=lambda claim: claim.start):
        first, last = max(claim.start, at), min(claim.end, end)
        if not text[first:last].strip():
            continue
        if first > at:
            pieces.append(Piece(text[at:first]))
        pieces.append(Piece(text[first:last], claim))
        at = last
    if at < end:
        pieces.append(Piece(text[at:end]))
    return SheetRow(number, _verdict(pieces), tuple(pieces))


def short_path(path: str) -> str:
    """A CSS path for people: `p[3]` stands for `p:nth-of-type(3)`; of a long one, its end."""
    steps = _NUMBER.sub(r"[\1]", path).split(" > ")
    return " > ".join(steps) if len(steps) <= _FEW_STEPS else f"… > {' > '.join(steps[-_FEW_STEPS:])}"


def _verdict(pieces: Sequence[Piece]) -> Verdict:
    visible_pieces = [piece for piece in pieces if piece.text.strip()]
    removed = [piece.removed for piece in visible_pieces]
    if all(removed):
        return Verdict.cut
    if any(removed):
        return Verdict.part
    return Verdict.suspect if any(piece.claim for piece in visible_pieces) else Verdict.keep


def sheet_text(document: Document, result: Result) -> str:
    """The sheet as text that can be kept under version control: one row a line, in columns of fixed width.

    A change to one line of the document changes one line of it. Control characters are spelt out; kept
    text is shortened, what was cut stands in `⟦…⟧`, what was suspected in `⟨…⟩`.
    """
    head = [f"outlet {result.outlet or '-'}"]
    head += [f"field  {name} = {_json(value)}" for name, value in sorted(result.fields.items())]
    if result.no_article is not None:
        head.append(f"no article: {visible(result.no_article)}")
    return "\n".join([*head, "", *map(sheet_line, sheet_rows(document, result))]) + "\n"


def sheet_line(row: SheetRow) -> str:
    """One row of `sheet_text`, without its line's end."""
    return f"{sheet_cells(row)} {_shown(row)}"


def sheet_cells(row: SheetRow, widths: Widths = _SAME_EVERYWHERE) -> str:
    """The columns in front of a row's text.

    The last one, where on its page a line stood, is there only for lines of a page.
    """
    rule = f"{visible(row.rule):<{widths.rule}}"
    place = f" {visible(row.place):<{widths.place}}" if row.label else ""
    return (
        f"{row.number:>4} {row.verdict:<7} {row.certainty:<{widths.certainty}} {row.kind:<{widths.kind}} "
        f"{rule}{place}"
    )


def bracketed_pieces(row: SheetRow) -> Iterator[tuple[Piece, str, str]]:
    """The pieces of a row, each with the brackets to write in front of it and behind it, if any.

    `⟦…⟧` stands around what was cut and `⟨…⟩` around what was suspected, where it isn't the whole line.
    """
    fates = [_fate(piece) for piece in row.pieces]
    for i, (piece, fate) in enumerate(zip(row.pieces, fates, strict=True)):
        if len(set(fates)) == 1 or not fate:
            yield piece, "", ""
            continue
        opening = fate[0] if i == 0 or fates[i - 1] != fate else ""
        closing = fate[1] if i + 1 == len(fates) or fates[i + 1] != fate else ""
        yield piece, opening, closing


def _fate(piece: Piece) -> str:
    """The brackets that stand for what became of the piece; none where it was kept unclaimed."""
    if piece.claim is None:
        return ""
    return "⟦⟧" if piece.removed else "⟨⟩"


def _shown(row: SheetRow) -> str:
    if row.verdict is Verdict.keep:
        return visible(_end_cut(row.text, _KEPT_SHOWN))
    return "".join(
        f"{opening}{visible(_middle_cut(piece.text, _longest(piece)))}{closing}"
        for piece, opening, closing in bracketed_pieces(row)
    )


def _longest(piece: Piece) -> int:
    return 2 * _BESIDE_SHOWN if piece.claim is None else _CUT_SHOWN


def _end_cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[:longest]}…"


def _middle_cut(text: str, longest: int) -> str:
    half = longest // 2
    return text if len(text) <= longest else f"{text[:half]}…{text[-half:]}"


def _json(value: object) -> str:
    return visible(json.dumps(value, ensure_ascii=False))
