"""Where things stand in a pack's TOML, so that an error can point at a line of it."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import msgspec

from cleaner.errors import PackError
from cleaner.pack import FORMAT, parse_pack

_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*rule[ \t]*\]\]", re.M)
_PAGES_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*html[ \t]*\]\]", re.M)
_PAGES = re.compile(r"^html number (\d+)")
_TOML_PLACE = re.compile(r"\(at line (\d+), column \d+\)")
_UNUSED = re.compile(r"; none of (?:its|the pack's) rules is used$")
_NAMED = re.compile(r"rule (?:number (?P<number>\d+)|(?P<id>[^\s:]+/[^\s:]+))(?:: | (?=stands))")


class Fault(msgspec.Struct, frozen=True):
    """One reason why a pack can't be read."""

    problem: str
    line: int | None = None
    """Where, from 1; None where that can't be told."""
    rule: str = ""


class PackSource:
    """The TOML text of a pack, with the places of its rules."""

    def __init__(self, text: str) -> None:
        self._text = text
        try:
            data: dict[str, Any] = tomllib.loads(text)
        except (ValueError, RecursionError):
            data = {}
        rules = data.get("rule")
        self._outlet = data.get("outlet")
        self._rules: list[Any] = rules if isinstance(rules, list) else []
        starts = [header.start() for header in _HEADER.finditer(text)]
        # A text inside the pack can look like a header; then no place is certain.
        self._starts = starts if len(starts) == len(self._rules) else []

    def line_of(self, rule: str, quote: str = "") -> int | None:
        """The line, from 1, where `quote` begins in `rule` (an id such as `viva/photo-credit`).

        The rule's own first line where the quote doesn't stand there as written, None where there is no such
        rule. With an empty `rule`, `quote` is looked for in the whole pack.
        """
        start, end = self._span(rule) if rule else (0, len(self._text))
        if start < 0:
            return None
        longest = max(quote.splitlines(), key=len, default="")
        written = (f'"{quote}"', f"'{quote}'", quote, longest) if quote else ()
        found = (self._text.find(each, start, end) for each in written)
        at = next((place for place in found if place >= 0), start if rule else None)
        return None if at is None else self._line(at)

    def faults(self) -> list[Fault]:
        """Every reason why the pack can't be read, in the order of the file; empty where it can."""
        whole = _fault_of(self._text)
        if whole is None:
            return []
        found = self._faults_by_rule() if self._starts else []
        return found or [self._placed(whole)]

    def _faults_by_rule(self) -> list[Fault]:
        above = self._text[: self._starts[0]]
        head = _fault_of(above)
        if head is not None:
            above = f'format = {FORMAT}\noutlet = "pack"\n'
        found = [] if head is None else [self._placed(head)]
        seen: set[str] = set()
        for number, (start, end) in enumerate(zip(self._starts, [*self._starts[1:], None], strict=True), 1):
            fault = _fault_of(above + self._text[start:end])
            name = self._name(number - 1)
            if fault is None and name in seen:
                fault = Fault("its id is taken by a rule before it; ids are unique")
            seen.add(name)
            if fault is not None:
                problem = _NAMED.sub("", fault.problem, count=1)
                found.append(Fault(problem, self._line(start), name or f"number {number}"))
        return found

    def _placed(self, fault: Fault) -> Fault:
        """The fault with its line, as far as its wording tells."""
        place = _TOML_PLACE.search(fault.problem)
        if place:
            return Fault(fault.problem, int(place[1]))
        pages = _PAGES.search(fault.problem)
        if pages:
            starts = [header.start() for header in _PAGES_HEADER.finditer(self._text)]
            number = int(pages[1])
            return Fault(fault.problem, self._line(starts[number - 1]) if number <= len(starts) else 1)
        named = _NAMED.search(fault.problem)
        if named is None:
            return Fault(fault.problem, 1)
        rule = named["id"] or f"number {named['number']}"
        return Fault(_NAMED.sub("", fault.problem, count=1), self.line_of(rule), rule)

    def _name(self, index: int) -> str:
        rule = self._rules[index]
        short = rule.get("id") if isinstance(rule, dict) else None
        return f"{self._outlet}/{short}" if isinstance(short, str) else ""

    def _span(self, rule: str) -> tuple[int, int]:
        for index, start in enumerate(self._starts):
            if self._name(index) == rule:
                return start, self._starts[index + 1] if index + 1 < len(self._starts) else len(self._text)
        return -1, -1

    def _line(self, offset: int) -> int:
        return self._text.count("\n", 0, offset) + 1


def _fault_of(text: str) -> Fault | None:
    """Why `text` is no pack, in the loader's words without the file's name; None where it is one."""
    try:
        parse_pack(text, "pack")
    except PackError as error:
        return Fault(_UNUSED.sub("", str(error).removeprefix("pack: ")))
    return None
