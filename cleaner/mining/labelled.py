"""Lines of a label, a colon and words behind it, by their labels."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import regex

from cleaner.mining.view import Place, View

_LABELLED = re.compile(r"(?P<label>[^\W\d_][^:.!?\n]{1,36}?) ?: ?(?P<rest>\S.*)")
_FIRST = re.compile(r"[^\W_]\w*")


class Labelled(NamedTuple):
    """One line, in its two parts."""

    label: str
    rest: str


def labelled(line: str) -> Labelled | None:
    """A line as its label and what stands behind the colon; None where it has no label."""
    match = _LABELLED.fullmatch(line)
    return Labelled(match["label"], match["rest"]) if match else None


def uses_by_label(view: View, most_words: int) -> Mapping[str, Sequence[tuple[Place, str]]]:
    """Where each folded label of at most so many words stands, and what stands behind it there.

    Lines that go already and paragraphs don't count.
    """
    uses: dict[str, list[tuple[Place, str]]] = defaultdict(list)
    for place, row in view.open_rows():
        parts = labelled(row.text)
        if parts and len(parts.label.split()) <= most_words:
            uses[row.shadow[: len(parts.label)].strip()].append((place, parts.rest))
    return uses


def first_word(label: str) -> str:
    """The word that a folded label begins with, as a guard for rules; empty where it begins with a mark."""
    match = _FIRST.match(label)
    return match[0] if match else ""


def label_pattern(label: str) -> str:
    """A folded label with its colon, as a pattern for rules that see the text itself."""
    return rf"(?i:{regex.escape(label, literal_spaces=True)}) ?: ?"
