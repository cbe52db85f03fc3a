"""A sample as tests: one for each thing that is asked of it."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from functools import cached_property

from cleaner.golden.aspects import ASPECTS, aspects_of
from cleaner.golden.diffs import sheet_diff, text_diff
from cleaner.golden.reading import Reading
from cleaner.golden.samples import Sample
from cleaner.registry import outlet_ids
from cleaner.testing.check import Check, CleanFile, Failure, Line, Subject, failing
from cleaner.testing.differences import shown_difference


class SampleFile(CleanFile):
    """`seeds/<outlet>/<id>.txt` or `.html`: `outlet`, `text`, `sheet`, `idempotence`, `rebuild` …"""

    def collect(self) -> Iterator[Check]:
        """The checks; none where the file is no sample, but what tells of one."""
        error = self.house.error()
        if error is not None:
            # What keeps all samples from being read is told by each: a run that tests none isn't a good one.
            name = f"{self.path.parent.name}/{self.path.stem}"
            if self.path.suffix != ".toml":
                yield self.check("loading", failing(str(error)), f"{name} [loading]")
            return
        self.house.tell_notes(self)
        sample = self.house.sample_at.get(self.path)
        if sample is None:
            return
        self._sample = sample
        for aspect in aspects_of(sample):
            yield self._check(sample, aspect)

    def _check(self, sample: Sample, aspect: str) -> Check:
        return self.check(
            aspect,
            lambda: self._failure(aspect),
            f"{sample.name} [{aspect}]",
            subject=Subject(self.house, sample.name),
        )

    @cached_property
    def _reading(self) -> Reading:
        return self.house.suite.read(self._sample)

    def _failure(self, aspect: str) -> Failure | None:
        problem = ASPECTS[aspect](self._reading)
        if problem is None:
            return None
        return Failure(f"{self._sample.name}: {problem}", tuple(self._lines(aspect)))

    def _lines(self, aspect: str) -> Iterator[Line]:
        reading = self._reading
        if reading.golden_text is None:
            if aspect == "text":
                yield from self._first_steps()
        elif aspect == "text":
            golden = "in the golden text as it was begun" if reading.begun else "the golden"
            yield Line(f"- is {golden}, + is today's; in front, what became of the source's line")
            yield from shown_difference(text_diff(reading))
            yield Line("")
            yield Line("Mend the rules; or, where today's text is what a reader wants:")
            yield self._accept_line()
        elif aspect == "sheet":
            accepted = reading.golden_sheet is not None
            yield Line("- was accepted, + is today's" if accepted else "Today's, line by line:")
            yield from shown_difference(sheet_diff(reading))
            yield Line("")
            yield Line("Where it is right:")
            yield self._accept_line()

    def _first_steps(self) -> Iterator[Line]:
        """What to do with a sample that has no golden text yet."""
        yield Line("Today, line by line: what stays and what is cut, how surely, as what and by which rule")
        yield Line("")
        colours = {"keep": "", "suspect": "cyan"}
        for row in self._reading.sheet.splitlines():
            verdict = row.split()[1] if len(row.split()) > 1 and row.lstrip()[0].isdigit() else "keep"
            yield Line(row, colours.get(verdict, "red"))
        pack = self.house.pack_of(self._sample.outlet)
        yield Line("")
        yield Line("Next:")
        if pack is not None:
            yield Line(
                f"  1. Where it isn't as a reader wants it, mend {self.from_here(pack)}; to look at it:"
            )
            with_pack = (
                "" if self._sample.outlet in outlet_ids() else f" --pack {_quoted(self.from_here(pack))}"
            )
            yield Line(f"     clean explain {_quoted(self.from_here(self.path))}{with_pack}")
        else:
            yield Line("  1. Where it isn't as a reader wants it, mend the outlet's rules.")
        yield Line("  2. Keep what it is then as the golden text:")
        yield self._accept_line("     ")

    def _accept_line(self, indent: str = "  ") -> Line:
        path, name = _quoted(self.from_here(self.path)), _quoted(self._sample.name)
        return Line(f"{indent}pytest {path} --clean-accept {name}")


def _quoted(word: str) -> str:
    return shlex.quote(word)
