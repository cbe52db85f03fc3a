"""Known misses: where the cleaner is known not to do what a reader wants, as data, each with its reason.

A gap is strict. It names one place of one sample; as soon as the cleaner does right by that place, the
entry is wrong and has to go.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from cleaner.claims import Claim
from cleaner.errors import CleanerError
from cleaner.kinds import Certainty, Kind
from cleaner.result import Removal
from cleaner.seams import with_seams


class GapError(CleanerError):
    """The file of gaps can't be read, or an entry of it names no place, or is no gap (any more)."""


class Gap(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One known miss, in exactly one of two ways."""

    outlet: str
    id: str
    why: str
    stays: str = ""
    """Text of the sample that should go, but stays."""
    goes: str = ""
    """Text of the sample that should stay, but goes."""

    @property
    def sample(self) -> str:
        """The name of the sample it is about."""
        return f"{self.outlet}/{self.id}"

    @property
    def text(self) -> str:
        """The text it is about."""
        return (self.stays or self.goes).strip()


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    gaps: tuple[Gap, ...] = msgspec.field(default=(), name="gap")


def load_gaps(path: Path) -> tuple[Gap, ...]:
    """The gaps in the TOML file at `path`; none without a file. Raises GapError where it is broken."""
    if not path.exists():
        return ()
    try:
        gaps = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), _File).gaps
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise GapError(f"{path}: can't be read ({error}); no golden is checked until it is mended") from error
    for number, gap in enumerate(gaps, 1):
        if bool(gap.stays.strip()) == bool(gap.goes.strip()):
            raise GapError(
                f"{path}: gap number {number} ({gap.sample}) must have either `stays`, text that should go, "
                "or `goes`, text that should stay; no golden is checked until it is mended"
            )
        if not gap.why.strip():
            raise GapError(f"{path}: gap number {number} ({gap.sample}) has no why; say what makes it hard")
    return gaps


def complaint(gap: Gap, text: str, removals: Iterable[Removal]) -> str | None:
    """Why `gap` is none, `text` being its sample's source; None where the cleaner still misses as it says."""
    places = _places(gap, text)
    if len(places) != 1:
        return (
            f"{_quoted(gap)} stands {len(places)} times in the sample, not once; quote exactly what is missed"
        )
    ((start, end),) = places
    cut = sum(
        len("".join(text[max(start, removal.start) : min(end, removal.end)].split()))
        for removal in removals
        if removal.start < end and start < removal.end
    )
    whole = len("".join(gap.text.split()))
    if gap.stays and cut == whole:
        return f"healed: {_quoted(gap)} goes now, as it should; take the entry out"
    if gap.goes and not cut:
        return f"healed: {_quoted(gap)} stays now, as it should; take the entry out"
    if cut not in (0, whole):
        return f"only a part of {_quoted(gap)} {'stays' if gap.stays else 'goes'}; quote exactly that part"
    return None


def without_gaps(text: str, removals: Sequence[Removal], gaps: Sequence[Gap]) -> str:
    """The clean text of source `text` as it would be if the cleaner did right by all `gaps`.

    `gaps` are such as `complaint` has nothing to say against.
    """
    spans = [_trimmed(text, removal.start, removal.end) for removal in removals]
    for gap in gaps:
        ((start, end),) = _places(gap, text)
        if gap.stays:
            spans.append((start, end))
        else:
            spans = [part for span in spans for part in _outside(text, span, start, end)]
    spans = sorted(span for span in spans if span[0] < span[1])
    kept, at = "", 0
    for start, end in with_seams(text, [_claim(*span) for span in spans]):
        kept += text[at:start]
        at = end
    return kept + text[at:]


def _places(gap: Gap, text: str) -> list[tuple[int, int]]:
    """Where the gap's text stands in `text`. TOML has one line end, samples have their own."""
    pattern = re.escape(gap.text).replace("\\\n", "\r?\n")
    return [match.span() for match in re.finditer(pattern, text)]


def _outside(text: str, span: tuple[int, int], start: int, end: int) -> list[tuple[int, int]]:
    """What is left of `span` without `[start, end)`."""
    before = _trimmed(text, span[0], min(span[1], start))
    after = _trimmed(text, max(span[0], end), span[1])
    return [before, after]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    content = text[start:end]
    lead = len(content) - len(content.lstrip())
    return start + lead, start + lead + len(content.strip())


def _claim(start: int, end: int) -> Claim:
    return Claim(start, end, Kind.related, "", Certainty.marked)


def _quoted(gap: Gap) -> str:
    text = " ".join(gap.text.split())
    return repr(text if len(text) <= 60 else f"{text[:57]}…")
