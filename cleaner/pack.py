"""Packs: an outlet's rules as data, one TOML file each."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from cleaner.errors import PackError
from cleaner.pack_keys import converted
from cleaner.pieces import defined, spelled_out
from cleaner.rules import Rule, require_valid
from cleaner.templates import Template, require_valid_template

FORMAT = 1
"""The format of packs that this version reads."""

# `name` is for people; every other word of a pack is for the machine.
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Pack(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One pack file, read and checked."""

    format: int
    outlet: str
    name: str = ""
    hosts: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    define: Mapping[str, str] = {}
    """Pieces of patterns that several rules hold, or that are better read by a name: `(?&name)` in a pattern
    stands for one."""
    rules: tuple[Rule, ...] = msgspec.field(default=(), name="rule")
    templates: tuple[Template, ...] = msgspec.field(default=(), name="html")
    """Its pages' generations, newest first."""


def load_pack(path: Path) -> Pack:
    """Read the pack at `path`. Raises PackError, naming file, rule and consequence, where it is broken."""
    return parse_pack(_source(path), str(path))


def shipped_pack(path: Path) -> Pack:
    """The same for a pack of this package: what it says is proved by `clean check`, so that takes no time."""
    return _parsed(_source(path), str(path))


def parse_pack(source: str, name: str) -> Pack:
    """The pack that the TOML text `source` says; `name` is what errors call it."""
    pack = _parsed(source, name)
    for rule in pack.rules:
        try:
            _require_sound(rule)
        except PackError as error:
            raise PackError(f"{name}: rule {rule.id}: {error}; none of the pack's rules is used") from error
    return pack


def _source(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise PackError(f"{path}: can't be read ({reason}); none of its rules is used") from error


def _parsed(source: str, name: str) -> Pack:
    try:
        data = tomllib.loads(source)
    except (ValueError, RecursionError) as error:
        raise PackError(
            f"{name}: is no valid TOML ({error or 'too deeply nested'}); none of its rules is used"
        ) from error
    try:
        return _converted(data)
    except PackError as error:
        raise PackError(f"{name}: {error}; none of the pack's rules is used") from error


def _converted(data: dict[str, Any]) -> Pack:
    rules, pages = data.pop("rule", []), data.pop("html", [])
    if "format" not in data:
        raise PackError(f'has no `format`; begin it with format = {FORMAT}, and outlet = "…" below that')
    if data["format"] != FORMAT:
        raise PackError(f"format is {data['format']!r}; this version reads format = {FORMAT}")
    pack: Pack = converted(data, Pack)
    if not _ID.fullmatch(pack.outlet):
        raise PackError(f"outlet {pack.outlet!r} is no id; use small letters, digits and single hyphens")
    if not isinstance(rules, list):
        raise PackError("rule is no list; begin each rule with [[rule]]")
    if not isinstance(pages, list):
        raise PackError("html is no list; begin each generation of pages with [[html]]")
    pieces = defined(pack.define)
    templates = tuple(_template(entry, number) for number, entry in enumerate(pages, 1))
    checked = tuple(_rule(pack.outlet, entry, pieces, number) for number, entry in enumerate(rules, 1))
    seen: set[str] = set()
    for rule in checked:
        if rule.id in seen:
            raise PackError(f"rule {rule.id} stands in it twice; ids are unique")
        seen.add(rule.id)
    return msgspec.structs.replace(pack, name=pack.name or pack.outlet, rules=checked, templates=templates)


def _template(entry: Any, number: int) -> Template:
    years = entry.get("years") if isinstance(entry, dict) else None
    place = f"html number {number}" + (f" ({years})" if isinstance(years, str) and years else "")
    try:
        template: Template = converted(entry, Template)
        require_valid_template(template)
    except PackError as error:
        raise PackError(f"{place}: {error}") from error
    return template


def _rule(outlet: str, entry: Any, pieces: Mapping[str, str], number: int) -> Rule:
    short = entry.get("id") if isinstance(entry, dict) else None
    place = f"rule {outlet}/{short}" if isinstance(short, str) else f"rule number {number}"
    try:
        rule: Rule = converted(spelled_out(entry, pieces), Rule)
        if not _ID.fullmatch(rule.id):
            raise PackError("has no valid id; use small letters, digits and single hyphens")
        require_valid(rule)
    except PackError as error:
        raise PackError(f"{place}: {error}") from error
    return msgspec.structs.replace(rule, id=f"{outlet}/{rule.id}")


def _require_sound(rule: Rule) -> None:
    """Raise PackError where a literal or a pattern can't do what it was written for."""
    from cleaner.lint import complaint

    for literal in rule.literals:
        if not literal.strip():
            raise PackError("has an empty literal; it would match every line")
        if any(ord(sign) < 32 or ord(sign) == 127 for sign in literal):
            raise PackError(
                f"literal {literal!r} holds a control character; \"\\b\" in TOML is a backspace, use '…'"
            )
    for pattern, tried in _patterns(rule):
        reason = complaint(tried)
        if reason:
            raise PackError(f"pattern {pattern!r} {reason}")


def _patterns(rule: Rule) -> Iterator[tuple[str, str]]:
    """The patterns of a rule, each with one that is broken, empty or slow where its use is."""
    for form in (rule, *rule.block):
        yield from ((pattern, pattern) for pattern in (form.pattern, form.cased) if pattern)
        # It is looked for from each place of the line.
        yield from ((exception, f".*(?:{exception})") for exception in form.unless)
    if rule.inline:
        yield from ((pattern, pattern) for pattern in (rule.inline.pattern, rule.inline.cased) if pattern)
        # What stands before a literal may be nothing; its own sign makes the pattern one that isn't empty.
        before = rule.inline.before
        yield from [(before, f"{before}x")] if before else []
