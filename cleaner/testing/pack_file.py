"""A pack as tests: one for each rule and each thing that is asked of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from cleaner.errors import PackError
from cleaner.outlet import Outlet
from cleaner.pack_source import PackSource
from cleaner.proofs import PACK_ASPECTS, RULE_ASPECTS, Aspect, Violation, violations
from cleaner.testing.check import Check, CleanFile, Failure, Line

_LOADING = "loading"


class PackFile(CleanFile):
    """`patterns/<outlet>.toml`: `outlet[loading]`, other aspects of the pack, `outlet/rule[removes]` …"""

    def collect(self) -> Iterator[Check]:
        """The checks, in the order of the pack."""
        name = self.path.stem
        try:
            outlet = self._outlet
        except PackError:
            yield self.check(f"{name}[{_LOADING}]", self._why_unread, f"{name} [{_LOADING}]")
            return
        yield self.check(f"{name}[{_LOADING}]", self._why_misnamed, f"{name} [{_LOADING}]")
        for aspect in PACK_ASPECTS:
            yield self._check(name, "", aspect)
        for rule in outlet.rules:
            for aspect in RULE_ASPECTS:
                yield self._check(rule.id, rule.id, aspect)

    def _check(self, name: str, rule: str, aspect: Aspect) -> Check:
        return self.check(
            f"{name}[{aspect}]",
            lambda: self._broken(rule, aspect),
            f"{name} [{aspect}]",
            line=lambda: self._source.line_of(rule) if rule else None,
        )

    @cached_property
    def _outlet(self) -> Outlet:
        return Outlet.from_file(self.path)

    @cached_property
    def _source(self) -> PackSource:
        return PackSource(self.path.read_text(encoding="utf-8-sig"))

    @cached_property
    def _violations(self) -> list[Violation]:
        return violations(self._outlet, self.house.outlets)

    def _why_unread(self) -> Failure:
        try:
            faults = self._source.faults()
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or error
            return Failure(f"{self._place(None)}: can't be read ({reason}); none of its rules is used")
        told = [
            f"{self._place(fault.line)}: {f'rule {fault.rule} ' if fault.rule else ''}{fault.problem}"
            for fault in faults
        ]
        first, *rest = told or [f"{self._place(None)}: can't be read"]
        return Failure(
            first,
            (
                *map(Line, rest),
                Line("so: none of its rules is used, and no sample of this project is cleaned"),
                Line("do: mend this; no proof was tried"),
            ),
        )

    def _why_misnamed(self) -> Failure | None:
        id = self._outlet.id
        if id == self.path.stem:
            return None
        return Failure(
            f"{self._place(None)}: is the pack of {id!r}",
            (Line("so: no sample of this project is cleaned"), Line(f"do: name the file {id}.toml")),
        )

    def _broken(self, rule: str, aspect: Aspect) -> Failure | None:
        found = [each for each in self._violations if (each.rule, each.aspect) == (rule, aspect)]
        if not found:
            return None
        first, *rest = found
        lines = [*self._shown(first)]
        for each in rest:
            lines += [Line(""), Line(self._told(each)), *self._shown(each)]
        return Failure(self._told(first), tuple(lines))

    def _told(self, found: Violation) -> str:
        line = self._source.line_of(found.rule, found.quote)
        return f"{self._place(line)}: {f'rule {found.rule} ' if found.rule else ''}{found.problem}"

    def _shown(self, found: Violation) -> Iterator[Line]:
        for label, text, colour in (
            ("expected", found.expected, "green"),
            ("got", found.got, "red"),
            ("so", found.consequence, ""),
            ("do", found.remedy, ""),
        ):
            if text:
                yield Line(f"{label:>8}  {text}", colour)

    def _place(self, line: int | None) -> str:
        path = self.from_here(self.path)
        return path if line is None else f"{path}:{line}"
