"""A block for pipelines of datatrove.

>>> from datatrove.data import Document
>>> from cleaner.integrations.datatrove import CleanFormatter
>>> text = "Harga cabai turun.\\n\\nBaca Juga: Harga Beras Naik"
>>> block = CleanFormatter()
>>> [document] = block([Document(text, "1", metadata={"url": "https://www.viva.co.id/1"})])
>>> document.text, document.metadata["outlet"]
('Harga cabai turun.', 'viva')
>>> document.metadata["removed"][0]["text"]
'\\n\\nBaca Juga: Harga Beras Naik'

In a pipeline it stands behind a reader:

    LocalPipelineExecutor([JsonlReader("dump/"), CleanFormatter(), JsonlWriter("clean/")], tasks=8).run()

Parquet needs one type for each column, so there a document goes through `audit_as_json`:

    ParquetWriter("clean/", adapter=audit_as_json)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from cleaner.api import clean, outlet_of
from cleaner.decide import Policy
from cleaner.integrations.audit import FIELDS, OUTLET, REMOVED, SUSPECTS, as_json, audit
from cleaner.integrations.needs import not_installed
from cleaner.outlet import Outlet
from cleaner.result import Result

try:
    from datatrove.pipeline.base import PipelineStep
    from datatrove.utils.typeshelper import StatHints
except ImportError as error:
    raise not_installed("datatrove", error) from error

if TYPE_CHECKING:
    from datatrove.data import Document
    from datatrove.pipeline.writers.disk_base import DiskWriter


class CleanFormatter(PipelineStep):
    """Cleans each document's text, and puts the audit of it into its metadata.

    The audit is `outlet` (None where no outlet's rules were used), `fields`, and `removed` and `suspects` as
    lists of dicts with offsets in code points of the source text. A document without text passes as it is.

    Counted beside the documents: `removed_characters`, `removed_<kind>`, `suspects`, `outlet_<id>`, `empty`.
    """

    name = "🧹 Indonesian news"
    type = "✂️ - FORMAT"

    def __init__(
        self,
        outlet: str | Outlet | None = None,
        policy: Policy | None = None,
        *,
        url_key: str = "url",
        title_key: str = "title",
        prefix: str = "",
    ) -> None:
        """Clean texts of `outlet`, an id or an `Outlet`; without it, of the one that a document's url tells,
        else its text.

        Url and headline are read off the metadata, under `url_key` and `title_key`, where there are any.
        `prefix` goes before the keys of the audit.

        Raises OutletError where `outlet` isn't installed. Running, the block raises ValueError at a document
        whose metadata holds a key of the audit already: overwriting one would lose what it says.
        """
        super().__init__()
        if outlet is not None:
            outlet_of(outlet)
        self.outlet = outlet
        self.policy = policy or Policy()
        self.url_key = url_key
        self.title_key = title_key
        self.prefix = prefix

    def run(self, data: Iterable[Document] | None, rank: int = 0, world_size: int = 1) -> Iterator[Document]:
        """The documents of `data`, cleaned, in their order."""
        for document in data or ():
            self.stat_update(StatHints.total)
            with self.track_time():
                self._clean(document)
            self.update_doc_stats(document)
            yield document

    def _clean(self, document: Document) -> None:
        if not document.text:
            self.stat_update("empty")
            return
        metadata = document.metadata
        result = clean(
            document.text,
            outlet=self.outlet,
            url=_text(metadata.get(self.url_key)),
            title=_text(metadata.get(self.title_key)),
            policy=self.policy,
        )
        told = {self.prefix + key: value for key, value in audit(result).items()}
        taken = [key for key in told if key in metadata]
        if taken:
            raise ValueError(
                f"the metadata of document {document.id!r} holds {taken[0]!r} already, so its audit has no "
                "place there; give CleanFormatter a prefix, such as prefix='clean_'"
            )
        document.text = result.text
        metadata.update(told)
        self._count(result)

    def _count(self, result: Result) -> None:
        self.stat_update(f"outlet_{result.outlet or 'unknown'}")
        for removal in result.removals:
            self.stat_update(f"removed_{removal.kind}")
        self.stat_update("removed_characters", value=sum(len(each.text) for each in result.removals))
        self.stat_update("suspects", value=len(result.suspects))


def audit_as_json(writer: DiskWriter, document: Document) -> dict[str, Any]:
    """The row of a document whose audit is one of plain columns: the `adapter` for writers of typed tables.

    `text`, `id` and the metadata are a column each; `fields`, `removed` and `suspects` are JSON, and `outlet`
    is empty where there is none, so every row has the same types. Nested metadata of other origin stays as it
    is. For a block without `prefix`.
    """
    row = {"text": document.text, "id": document.id, **document.metadata}
    row[OUTLET] = row.get(OUTLET) or ""
    for key, empty in ((FIELDS, {}), (REMOVED, []), (SUSPECTS, [])):
        row[key] = as_json(row.get(key, empty))
    return row


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
