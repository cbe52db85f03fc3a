"""Names of an article's staff, out of what a page says of them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cleaner.readers.outlet_names import OutletNames, folded
from cleaner.readers.values import once_each, plain

_LONGEST = 80
_ROLE = re.compile(
    r"(?:(?:di)?(?:tulis|laporkan|sunting) oleh|penulis|oleh|by|reporter|pewarta|wartawan|jurnalis|laporan"
    r"|author|editor|redaktur|penyunting|kontributor|writer)(?: ?[:|]\s{0,9}|\s{1,9}(?=\w))"
    r"|(?:rep|red|ed) ?[:/]\s{0,9}",
    re.I,
)
_ROLE_ONLY = re.compile(
    r"(?:penulis|reporter|pewarta|wartawan|jurnalis|author|editor|redaktur|penyunting)$", re.I
)
# Where one element names both, the editor comes last.
_THEN_EDITOR = re.compile(r"(?:^|[\s|/,]{1,9})(?:editor|redaktur|penyunting|red) ?[:|]", re.I)
_WRITER = re.compile(r"(?:penulis|reporter|pewarta|wartawan|jurnalis|author|rep) ?[:|]", re.I)
# Who is named only by office and place: `Kontributor Lhokseumawe`.
_OFFICE = re.compile(r"(?:kontributor|koresponden|tim|wartawan|reporter|laporan|biro)\b(?! ?:)", re.I)
# Behind a dash stands the house, or the place.
_DASH = re.compile(r"\s[-–—|/]\s")
# Degrees stand behind a comma, too; they are short, or have a full stop.
_AND = re.compile(r"\s(?:dan|and|&|\+)\s|\s?;\s?|,\s(?=\w{3})")
_NO_NAME = re.compile(r"[@<>{}\[\]=*#\\^]|://|www\.|\d{3}")


def authors(values: Iterable[object], outlet: OutletNames) -> list[str]:
    """The people that `values` name as authors, each once; none of them the outlet or an office.

    `Penulis : Sari Wulan dan Bayu Tirta | Editor : Wati` names two.
    """
    return _named((_THEN_EDITOR.split(text)[0] for text in _texts(values)), outlet)


def editors(values: Iterable[object], outlet: OutletNames) -> list[str]:
    """The people that `values` name as editors, as `authors` does."""
    return _named(map(_of_editor, _texts(values)), outlet)


def _of_editor(text: str) -> str:
    """What names the editor in `text`; empty where it says that it names somebody else."""
    *before, named = _THEN_EDITOR.split(text)
    return "" if not before and _WRITER.match(named) else named


def others(people: Iterable[str], known: Iterable[str]) -> list[str]:
    """The `people` that aren't among the `known` ones."""
    them = {folded(name) for name in known}
    return [name for name in people if folded(name) not in them]


def _texts(values: Iterable[object]) -> Iterable[str]:
    return (plain(value, 3 * _LONGEST) for value in values)


def _named(texts: Iterable[str], outlet: OutletNames) -> list[str]:
    return once_each(name for text in texts if text for name in _people(text, outlet))


def _people(text: str, outlet: OutletNames) -> Iterable[str]:
    sides = [_without_role(side.strip(" ,:|-–—")) for side in _DASH.split(text)]
    text = next((side for side in sides if side and not outlet.has(side) and not _ROLE_ONLY.match(side)), "")
    for piece in _AND.split(text):
        piece = piece.strip(" ,:|-–—")
        if piece and len(piece) <= _LONGEST and not _is_nobody(piece, outlet):
            yield piece


def _without_role(text: str) -> str:
    role = _ROLE.match(text)
    # `Kontributor Lhokseumawe, Masriadi`: the office has a place, the person a name of their own.
    if role is None or (":" not in role.group() and "," in text and _OFFICE.match(text)):
        return text
    return text[role.end() :].strip()


def _is_nobody(name: str, outlet: OutletNames) -> bool:
    if _NO_NAME.search(name) or _ROLE_ONLY.match(name) or _OFFICE.match(name):
        return True
    return sum(map(str.isalpha, name)) < 3 or outlet.has(name)
