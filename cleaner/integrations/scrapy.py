"""Cleaning in a crawl with Scrapy: a pipeline for items, and a function for spiders.

The pipeline, in a project's `settings.py`:

    ITEM_PIPELINES = {"cleaner.integrations.scrapy.CleanPipeline": 300}

Then an item with a `text` is cleaned in place, one with the page's `html` and no text gets its article as
`text`, and both get what was cut:

>>> from scrapy import Spider
>>> from scrapy.utils.test import get_crawler
>>> from cleaner.integrations.scrapy import CleanPipeline
>>> crawler = get_crawler(Spider, {"CLEANER_KINDS": "related,caption"})
>>> pipeline = CleanPipeline.from_crawler(crawler)
>>> text = "Harga cabai turun.\\n\\nBaca Juga: Harga Beras Naik"
>>> item = pipeline.process_item({"text": text, "url": "https://www.viva.co.id/1"})
>>> item["text"], item["outlet"], item["removed"][0]["rule"]
('Harga cabai turun.', 'viva', 'common/read-also')

Or without items of its own, in a spider:

    def parse(self, response):
        result = clean_response(response)
        yield {"url": response.url, "text": result.text, **result.fields}
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, TypeVar

from cleaner.api import clean, cleaner_for, outlet_of
from cleaner.decide import Policy
from cleaner.dumps.pages import NoPageError, Pages
from cleaner.errors import CleanerError
from cleaner.integrations.audit import NO_ARTICLE, audit
from cleaner.integrations.needs import not_installed
from cleaner.integrations.scrapy_settings import (
    ENABLED,
    CleanSettings,
    KeptField,
    read_settings,
    unknown_settings,
)
from cleaner.outlet import Outlet
from cleaner.outlet_spellings import OutletNames
from cleaner.registry import outlet_ids, outlet_named, recogniser
from cleaner.result import Result
from cleaner.visible import visible

try:
    from itemadapter import ItemAdapter
    from scrapy.exceptions import NotConfigured
except ImportError as error:
    raise not_installed("scrapy", error) from error

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

_logger = logging.getLogger(__name__)
_Item = TypeVar("_Item")

# Longer addresses are no help to who reads a log.
_LONGEST_NAME = 200


class CleanPipeline:
    """Cleans items: dicts, `scrapy.Item`, dataclasses, attrs and pydantic classes.

    Settings, with their defaults:

    - `CLEANER_TEXT_FIELD = "text"`: the field that holds the text, and gets the clean one.
    - `CLEANER_HTML_FIELD = "html"`: the field that holds the page, as text or bytes; read where there is no
      text.
    - `CLEANER_URL_FIELD = "url"`: the page's address, which tells its outlet.
    - `CLEANER_TITLE_FIELD = "title"`: the article's own headline, which is never cut.
    - `CLEANER_OUTLET = None`: the outlet that all items are from, by its id or by the path of its pack, such
      as `"patterns/contoh.toml"`, from the folder that the crawl is started in; None: each is recognised.
    - `CLEANER_CERTAINTY = "inferred"`: the least that is cut; `marked`, `framed`, `inferred` or `doubtful`.
    - `CLEANER_KINDS = None`: the kinds to cut, a list or with commas between; None: all.
    - `CLEANER_REMOVALS_FIELD = "removed"`, `CLEANER_SUSPECTS_FIELD = "suspects"`: where it is kept what was
      cut, and what the policy left in.
    - `CLEANER_OUTLET_FIELD = "outlet"`, `CLEANER_FIELDS_FIELD = "fields"`: where the outlet is kept, and what
      is known of the article. (`scrapy.Item` has a `fields` of its own: choose another name there.)
    - `CLEANER_NO_ARTICLE_FIELD = "no_article"`: where the reason is kept why a page holds no article; its
      text is then empty.
    - `CLEANER_ENABLED = True`: whether items are cleaned at all.

    An empty field is not read or kept. An item whose class has no such field goes without it, which is said
    once for each class.

    An item that can't be cleaned passes as it came, with an error in the log. In the crawler's stats, each
    below `cleaner/`: `items` (that were cleaned, with or without a cut), `items_without_text`, `no_article`,
    `errors`, `removals/<kind>`, `characters_removed`, `suspects`, `outlets/<id>`.
    """

    def __init__(self, crawler: Crawler) -> None:
        """Read and check the settings of `crawler`. Raises ValueError where one is wrong."""
        self.settings: CleanSettings = read_settings(crawler.settings)
        self._crawler = crawler
        self._pages = _pages(self.settings.outlet)
        self._warned: set[tuple[type, str]] = set()
        for sentence in unknown_settings(crawler.settings):
            _logger.warning("%s", visible(sentence), extra={"crawler": crawler})

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CleanPipeline:
        """The pipeline of a crawler. Raises NotConfigured where `CLEANER_ENABLED` is off."""
        if not crawler.settings.getbool(ENABLED, True):
            raise NotConfigured
        return cls(crawler)

    def process_item(self, item: _Item, spider: object = None) -> _Item:
        """Clean an item in place and give it back. No item is dropped, and nothing is raised."""
        adapter = ItemAdapter(item)
        try:
            result = self._result(adapter)
            if result is None:
                self._count("items_without_text")
                return item
            self._change(adapter, result)
        except _ItemError as error:
            self._refuse(adapter, str(error))
        except CleanerError:
            # A broken pack is no matter of this item's.
            raise
        except Exception as error:
            # Classes of items may refuse a value in any way they like.
            self._refuse(adapter, f"{type(error).__name__}: {error}")
        else:
            self._tally(result)
        return item

    def _result(self, adapter: ItemAdapter) -> Result | None:
        """The item's result; None where it has neither text nor page."""
        settings = self.settings
        text = adapter.get(settings.text_field)
        url = _string(adapter, settings.url_field)
        title = _string(adapter, settings.title_field)
        if text is None or text == "":
            return self._result_of_page(adapter, url, title)
        if not isinstance(text, str):
            raise _ItemError(
                f"{settings.text_field!r} is {type(text).__name__}, not text{_advice(text)}; set "
                "CLEANER_TEXT_FIELD where another field holds the text"
            )
        if not text.strip():
            return None
        return clean(text, url=url, title=title, outlet=settings.outlet, policy=settings.policy)

    def _result_of_page(self, adapter: ItemAdapter, url: str | None, title: str | None) -> Result | None:
        name = self.settings.html_field
        html = adapter.get(name) if name else None
        if html is None or html in ("", b""):
            return None
        try:
            if isinstance(html, bytes):
                page = self._pages.of_bytes(html, id="", url=url, title=title)
            elif isinstance(html, str):
                page = self._pages.of_string(html, id="", url=url, title=title)
            else:
                raise _ItemError(f"{name!r} is {type(html).__name__}, not a page{_advice(html)}")
        except NoPageError as error:
            raise _ItemError(f"{name!r} {error}") from None
        return cleaner_for(_given(self.settings.outlet) or page.outlet, self.settings.policy)(page.document)

    def _change(self, adapter: ItemAdapter, result: Result) -> None:
        """Give the item its clean text and audit, or leave it all as it was."""
        changes: dict[str, Any] = {self.settings.text_field: result.text}
        told = audit(result)
        if result.no_article is not None:
            told[NO_ARTICLE] = result.no_article
        for part, value in told.items():
            field = self.settings.kept.get(part)
            if field is not None and self._has_room(adapter, field):
                changes[field.name] = value
        before = {name: adapter[name] for name in changes if name in adapter}
        done: list[str] = []
        try:
            for name, value in changes.items():
                done.append(name)
                adapter[name] = value
        except Exception as error:
            _undo(adapter, done[:-1], before)
            kind = type(adapter.item).__name__
            reason = f"{type(error).__name__}: {error}"
            raise _ItemError(f"{done[-1]!r} of {kind} can't be set ({reason})") from error

    def _has_room(self, adapter: ItemAdapter, field: KeptField) -> bool:
        """Whether the item's class has the field. Raises where it holds something already."""
        if adapter.get(field.name) not in (None, "", [], {}, ()):
            raise _ItemError(
                f"{field.name!r} holds something already, which would be overwritten; name another field "
                f"with {field.setting}, or none with {field.setting} = ''"
            )
        if isinstance(adapter.item, dict) or field.name in adapter.field_names():
            return True
        kind = type(adapter.item)
        if (kind, field.name) not in self._warned:
            self._warned.add((kind, field.name))
            _logger.warning(
                "%s has no field %r, so that part of the audit isn't kept; declare it, name another with "
                "%s, or none with %s = ''",
                visible(kind.__name__),
                field.name,
                field.setting,
                field.setting,
                extra={"crawler": self._crawler},
            )
        return False

    def _refuse(self, adapter: ItemAdapter, reason: str) -> None:
        self._count("errors")
        _logger.error(
            "%s was not cleaned and passes as it came: %s",
            self._named(adapter),
            visible(reason),
            extra={"crawler": self._crawler},
        )

    def _named(self, adapter: ItemAdapter) -> str:
        """The item's url where it has one, else its class, in a form that can be shown."""
        url = _string(adapter, self.settings.url_field)
        return visible(url[:_LONGEST_NAME]) if url else f"an item ({visible(type(adapter.item).__name__)})"

    def _tally(self, result: Result) -> None:
        self._count("items")
        self._count(f"outlets/{result.outlet or 'unknown'}")
        if result.no_article is not None:
            self._count("no_article")
        for removal in result.removals:
            self._count(f"removals/{removal.kind}")
        self._count("characters_removed", sum(len(removal.text) for removal in result.removals))
        self._count("suspects", len(result.suspects))

    def _count(self, name: str, by: int = 1) -> None:
        if by and self._crawler.stats is not None:
            self._crawler.stats.inc_value(f"cleaner/{name}", by)


def clean_response(
    response: Response,
    *,
    outlet: str | Outlet | None = None,
    title: str | None = None,
    policy: Policy | None = None,
) -> Result:
    """Clean the article on the page that `response` holds, in the charset of its header or its own.

    `outlet` and `title` are as in `clean`; without `outlet`, the response's url tells. A page that holds no
    article gives an empty text, and `no_article` says why.

    Raises ValueError, naming the url, where the response is no page or can't be decoded (Scrapy's own
    `response.text` would put replacement characters there), and OutletError where `outlet` isn't installed.

    >>> from scrapy.http import HtmlResponse
    >>> from cleaner.integrations.scrapy import clean_response
    >>> first = "Harga cabai rawit di pasar induk turun pada pekan ini, kata para pedagang di lapak mereka."
    >>> last = "Pedagang berharap pasokan dari sentra panen tetap lancar sampai akhir bulan depan."
    >>> html = f"<body><p>{first}</p><p>Baca Juga: Harga Beras Naik Lagi</p><p>{last}</p></body>"
    >>> response = HtmlResponse("https://kabar.example/1", body=html, encoding="utf-8")
    >>> clean_response(response).text == f"{first}\\n\\n{last}"
    True
    """
    if outlet is not None:
        outlet_of(outlet)
    said = response.headers.get("Content-Type")
    charset = said.decode("latin-1") if said else None
    try:
        page = _pages(outlet).of_bytes(response.body, id="", url=response.url, title=title, charset=charset)
    except NoPageError as error:
        raise ValueError(f"{visible(response.url[:_LONGEST_NAME])} {visible(str(error))}") from error
    return cleaner_for(_given(outlet) or page.outlet, policy or Policy())(page.document)


class _ItemError(Exception):
    """Why one item can't be cleaned."""


def _pages(outlet: str | Outlet | None) -> Pages:
    if isinstance(outlet, Outlet):
        return Pages(recogniser(), lambda id: outlet, OutletNames([outlet.id]), outlet.id)
    return Pages(recogniser(), outlet_named, OutletNames(outlet_ids()), outlet)


def _given(outlet: str | Outlet | None) -> Outlet | None:
    return outlet if isinstance(outlet, Outlet) else None


def _string(adapter: ItemAdapter, name: str | None) -> str | None:
    value = adapter.get(name) if name else None
    return value if isinstance(value, str) else None


def _advice(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return " (an ItemLoader gives lists, unless the field's output processor is TakeFirst or Join)"
    return " (decode it)" if isinstance(value, bytes) else ""


def _undo(adapter: ItemAdapter, names: list[str], before: dict[str, Any]) -> None:
    for name in names:
        if name in before:
            adapter[name] = before[name]
        else:
            del adapter[name]
