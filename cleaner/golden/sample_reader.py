"""Reading samples: each is recognised and cleaned as the command line would."""

from __future__ import annotations

from collections.abc import Mapping

from cleaner.cleaner import Cleaner
from cleaner.document import Document
from cleaner.golden.files import text_of, unreadable
from cleaner.golden.reading import Reading
from cleaner.golden.samples import Sample
from cleaner.outlet import Outlet
from cleaner.registry import Recogniser


class SampleReader:
    """Reads samples, each with the cleaner of the outlet it is recognised as."""

    def __init__(self, outlets: Mapping[str, Outlet]) -> None:
        """`outlets` are all that a sample can be of, by id."""
        self._outlets = outlets
        self._recognise = Recogniser(tuple(outlets.values()))
        self._cleaners: dict[str | None, Cleaner] = {}

    def __call__(self, sample: Sample) -> Reading:
        """Clean `sample`. Raises GoldenError where a text is no UTF-8, or a page isn't in its charset."""
        if sample.source.suffix == ".html":
            return self._read_page(sample)
        text = text_of(sample.source)
        document = Document(text, sample.id, sample.facts.url, sample.facts.title)
        return Reading(sample, document, self._cleaner(self._recognise(document)))

    def _read_page(self, sample: Sample) -> Reading:
        # The parser of pages takes as long to load as all the rest.
        from cleaner.readers.page import PageReader

        reader = PageReader(self._recognise, self._outlets.__getitem__)
        facts = sample.facts
        try:
            html = sample.source.read_bytes()
            page = reader(html, id=sample.id, url=facts.url, title=facts.title)
        except (OSError, UnicodeDecodeError) as error:
            raise unreadable(sample.source, error) from error
        return Reading(sample, page.document, self._cleaner(page.outlet))

    def _cleaner(self, outlet: str | None) -> Cleaner:
        if outlet not in self._cleaners:
            self._cleaners[outlet] = Cleaner(self._outlets[outlet] if outlet else None)
        return self._cleaners[outlet]
