"""A mined pack as TOML that a person can read and change."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from textwrap import wrap

import msgspec

from cleaner.pack import FORMAT
from cleaner.rules import Element, Inline, Rule

_WIDTH = 108
_FIRST = ("id", "kind", "why")
_LAST = ("block", "removes", "keeps", "inline", "stray", "hint")
_SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_DELETE = 127
# Signs that a reader wouldn't see, or that an editor shows elsewhere than they stand.
_UNSEEN = frozenset(map(chr, (*range(0x80, 0xA0), 0x200B, 0x200E, 0x200F, *range(0x2028, 0x202F), 0xFEFF)))


def pack_text(
    outlet: str,
    rules: Sequence[Rule],
    *,
    hosts: Sequence[str] = (),
    signatures: Sequence[str] = (),
    remarks: Sequence[str] = (),
    support: Sequence[str] = (),
) -> str:
    """The TOML of a pack: `remarks` as comments at its head, `support` as one above each rule."""
    said = support or [""] * len(rules)
    head = [line for remark in remarks for line in _comment(remark)]
    head += [f"format  = {FORMAT}", f"outlet  = {string(outlet)}"]
    head += [f"hosts   = {_strings(hosts)}"] if hosts else []
    head += [f"signatures = {_strings(signatures)}"] if signatures else []
    parts = ["\n".join(head)]
    parts += ["\n".join(_rule_lines(rule, speaks)) for rule, speaks in zip(rules, said, strict=True)]
    return "\n\n".join(parts) + "\n"


def _comment(remark: str) -> list[str]:
    return [f"# {line}" for line in wrap(" ".join(remark.split()), _WIDTH)] or ["#"]


def _rule_lines(rule: Rule, support: str) -> Iterator[str]:
    yield from _comment(support) if support else ()
    yield "[[rule]]"
    yield from (f"{key:<7} = {value}" for key, value in _pairs(rule, _LAST))
    if rule.block:
        yield "block   = ["
        yield from (f"  {{ {_on_one_line(element)} }}," for element in rule.block)
        yield "]"
    for key, proofs in (("removes", rule.removes), ("keeps", rule.keeps)):
        if proofs:
            yield f"{key:<7} = [{', '.join(map(proof, proofs))}]"
    if rule.inline:
        # In TOML a table of the rule's own ends it, so it comes last.
        yield "[rule.inline]"
        yield from (f"{key:<7} = {value}" for key, value in _pairs(rule.inline))


def _on_one_line(element: Element) -> str:
    return ", ".join(f"{key} = {value}" for key, value in _pairs(element))


def _pairs(form: Rule | Element | Inline, without: Container[str] = ()) -> Iterator[tuple[str, str]]:
    """What a form says beyond the defaults, by its key; a rule's id, kind and why come first."""
    fields = sorted(msgspec.structs.fields(form), key=lambda field: field.name not in _FIRST)
    for field in fields:
        value = getattr(form, field.name)
        if field.name not in without and value != field.default:
            yield field.encode_name, _value(value)


def _value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case str():
            return string(value)
        case tuple():
            return _strings(value)
    raise TypeError(f"mined rules have no {type(value).__name__}")


def _strings(values: Iterable[str]) -> str:
    return f"[{', '.join(map(string, values))}]"


def string(text: str) -> str:
    """`text` as a TOML string on one line, its backslashes as they are where that can be."""
    if "\\" in text and "'" not in text and not _must_escape(text):
        return f"'{text}'"
    if "\\" in text and "'''" not in text and not text.endswith("'") and not _must_escape(text):
        return f"'''{text}'''"
    return '"' + "".join(map(_escaped, text)) + '"'


def proof(text: str) -> str:
    """`text` as a TOML string with its lines as they are, where that can be."""
    plain = "'''" not in text and not text.endswith("'") and not _must_escape(text.replace("\n", ""))
    return f"'''\n{text}'''" if plain else string(text)


def _must_escape(text: str) -> bool:
    return any(_escaped(sign) != sign for sign in text if sign not in '\\"\t')


def _escaped(sign: str) -> str:
    if sign in _SHORT:
        return _SHORT[sign]
    code = ord(sign)
    if code < 32 or code == _DELETE or sign in _UNSEEN:
        return f"\\u{code:04x}"
    return sign
