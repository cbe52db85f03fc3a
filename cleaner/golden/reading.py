"""A reading: one sample, cleaned, next to what its goldens say."""

from __future__ import annotations

from functools import cached_property

from cleaner.cleaner import Cleaner
from cleaner.document import Document
from cleaner.golden.complaints import complaint
from cleaner.golden.files import text_of
from cleaner.golden.samples import Sample
from cleaner.golden.without_gaps import without_gaps
from cleaner.result import Result
from cleaner.sheet.writing import sheet_text


class Reading:
    """One sample, cleaned, next to what its goldens say; each part is made when it is asked for.

    A golden that is no UTF-8 raises GoldenError then.
    """

    def __init__(self, sample: Sample, document: Document, cleaner: Cleaner) -> None:
        self.sample = sample
        self.document = document
        self.cleaner = cleaner

    @cached_property
    def result(self) -> Result:
        """What the cleaner gives today."""
        return self.cleaner(self.document)

    @cached_property
    def text(self) -> str:
        """The clean text of today, as it would be if the known gaps were none."""
        source, removals = self.document.text, self.result.removals
        real = [gap for gap in self.sample.gaps if complaint(gap, source, removals) is None]
        return without_gaps(source, removals, real) if real else self.result.text

    @cached_property
    def sheet(self) -> str:
        """The sheet of today."""
        return sheet_text(self.document, self.result)

    @cached_property
    def golden_text(self) -> str | None:
        """The clean text that a reader decided on; None where there is none yet."""
        return text_of(self.sample.golden) if self.sample.golden.exists() else None

    @cached_property
    def golden_sheet(self) -> str | None:
        """The sheet that was accepted last; None where nobody accepted one yet."""
        return text_of(self.sample.sheet) if self.sample.sheet.exists() else None

    @property
    def begun(self) -> bool:
        """Whether the golden text is as `clean new` begins it, all of the sample's, and never accepted."""
        return self.golden_sheet is None and self.golden_text == self.document.text
