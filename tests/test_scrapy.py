"""Scrapy: a pipeline for items of every class, a function for spiders, and a crawl of a site on loopback."""

from __future__ import annotations

import dataclasses
import doctest
import json
import logging
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from conftest import POINTER_PACK

from cleaner import Certainty, Kind, Outlet, OutletError, Policy, rebuild
from cleaner.integrations.audit import removals_of

scrapy = pytest.importorskip("scrapy", reason="scrapy isn't installed: pip install '.[scrapy]'")

import attrs  # noqa: E402
from itemadapter import ItemAdapter  # noqa: E402
from scrapy.exceptions import NotConfigured  # noqa: E402
from scrapy.http import HtmlResponse, Response, TextResponse  # noqa: E402
from scrapy.utils.test import get_crawler  # noqa: E402

from cleaner.integrations import scrapy as integration  # noqa: E402
from cleaner.integrations.scrapy import CleanPipeline, clean_response  # noqa: E402
from cleaner.integrations.scrapy_settings import DEFAULTS  # noqa: E402

TEXT = "Harga cabai turun.\n\nBaca Juga: Harga Beras Naik Lagi\n\nPedagang lega."
CLEAN = "Harga cabai turun.\n\nPedagang lega."
URL = "https://www.viva.co.id/1"
FIRST = "Harga cabai rawit di pasar induk turun pada pekan ini, kata para pedagang yang ditemui di lapak."
LAST = "Pedagang berharap pasokan dari sentra panen tetap lancar sampai akhir bulan depan, tanpa kenaikan."
PAGE = f"<!doctype html><body><p>{FIRST}</p><p>Baca Juga: Harga Beras Naik Lagi</p><p>{LAST}</p></body>"
ARTICLE = f"{FIRST}\n\n{LAST}"
NO_ARTICLE = "<!doctype html><body><p>Pendek.</p></body>"


@pytest.fixture
def pipeline() -> Callable[..., CleanPipeline]:
    """Makes the pipeline of a crawler with these settings."""
    return lambda **settings: CleanPipeline.from_crawler(get_crawler(settings_dict=settings))


def stats(pipeline: CleanPipeline) -> dict[str, Any]:
    """What the pipeline has counted, without the prefix."""
    counted = pipeline._crawler.stats.get_stats()
    return {name.removeprefix("cleaner/"): n for name, n in counted.items() if name.startswith("cleaner/")}


class Article(scrapy.Item):  # type: ignore[misc]
    url = scrapy.Field()
    text = scrapy.Field()
    removed = scrapy.Field()


@dataclasses.dataclass
class DataArticle:
    url: str
    text: str
    removed: list[dict[str, Any]] = dataclasses.field(default_factory=list)


@attrs.define
class AttrsArticle:
    url: str
    text: str
    removed: list[dict[str, Any]] | None = None


@dataclasses.dataclass(frozen=True)
class FrozenArticle:
    text: str
    url: str = URL


def test_the_examples_of_its_page_hold() -> None:
    ran = doctest.testmod(integration)
    assert ran.attempted
    assert not ran.failed


class TestItems:
    def test_a_dict_is_cleaned_in_place_with_its_audit(self, pipeline: Callable[..., CleanPipeline]) -> None:
        item = {"url": URL, "text": TEXT, "n": 1}
        assert pipeline().process_item(item) is item
        assert list(item) == ["url", "text", "n", "outlet", "fields", "removed", "suspects"]
        assert (item["text"], item["outlet"], item["n"]) == (CLEAN, "viva", 1)
        assert rebuild(CLEAN, removals_of(item["removed"])) == TEXT

    @pytest.mark.parametrize("kind", [Article, DataArticle, AttrsArticle])
    def test_items_of_every_class_are_cleaned(
        self, kind: type, pipeline: Callable[..., CleanPipeline], caplog: pytest.LogCaptureFixture
    ) -> None:
        cleaning = pipeline()
        for _ in range(2):
            item = cleaning.process_item(kind(url=URL, text=TEXT))
            values = ItemAdapter(item)
            assert values["text"] == CLEAN
            assert rebuild(CLEAN, removals_of(values["removed"])) == TEXT
        said = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
        assert [sentence.split(",")[0] for sentence in said] == [
            f"{kind.__name__} has no field {name!r}" for name in ("outlet", "fields", "suspects")
        ]

    def test_pages_are_read_where_there_is_no_text(self, pipeline: Callable[..., CleanPipeline]) -> None:
        cleaning = pipeline()
        for html in (PAGE, PAGE.encode()):
            item = cleaning.process_item({"html": html, "text": None})
            assert (item["text"], item["html"]) == (ARTICLE, html)
            assert item["removed"][0]["path"]
        assert cleaning.process_item({"html": PAGE, "text": TEXT})["text"] == CLEAN

    def test_a_page_without_an_article_says_why(self, pipeline: Callable[..., CleanPipeline]) -> None:
        cleaning = pipeline()
        item = cleaning.process_item({"html": NO_ARTICLE})
        assert item["text"] == ""
        assert item["no_article"]
        assert stats(cleaning)["no_article"] == 1

    @pytest.mark.parametrize("values", [{}, {"text": None}, {"text": ""}, {"text": " \n"}, {"html": b""}])
    def test_an_item_without_text_passes_untouched_and_is_counted(
        self, values: dict[str, Any], pipeline: Callable[..., CleanPipeline]
    ) -> None:
        cleaning = pipeline()
        item = {"url": URL, **values}
        assert cleaning.process_item(dict(item)) == item
        assert stats(cleaning) == {"items_without_text": 1}

    def test_cuts_are_counted(self, pipeline: Callable[..., CleanPipeline]) -> None:
        cleaning = pipeline(CLEANER_KINDS=["related"])
        cleaning.process_item({"url": URL, "text": TEXT})
        cleaning.process_item({"text": CLEAN + "\n\nEditor: Sari Wulan"})
        assert stats(cleaning) == {
            "items": 2,
            "outlets/viva": 1,
            "outlets/unknown": 1,
            "removals/related": 1,
            "characters_removed": len(TEXT) - len(CLEAN),
            "suspects": 1,
        }

    @pytest.mark.parametrize(
        ("item", "said"),
        [
            ({"text": [TEXT]}, "'text' is list, not text (an ItemLoader gives lists"),
            ({"text": TEXT.encode()}, "'text' is bytes, not text (decode it)"),
            ({"html": 3}, "'html' is int, not a page"),
            ({"html": b"<p>\xff</p>"}, "'html' isn't UTF-8 (byte 0xff at byte 3)"),
            ({"html": b"%PDF-1.7"}, "'html' is a PDF"),
            (
                {"text": TEXT, "outlet": "x"},
                "'outlet' holds something already, which would be overwritten; name",
            ),
            ({"text": TEXT, "removed": [1]}, "'removed' holds something already"),
            (FrozenArticle(TEXT), "'text' of FrozenArticle can't be set (FrozenInstanceError"),
        ],
        ids=["list", "bytes", "number", "charset", "pdf", "outlet", "removed", "frozen"],
    )
    def test_an_item_that_cannot_be_cleaned_passes_as_it_came_and_is_said(
        self,
        item: Any,
        said: str,
        pipeline: Callable[..., CleanPipeline],
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        cleaning = pipeline()
        before = dict(item) if isinstance(item, dict) else dataclasses.replace(item)
        assert cleaning.process_item(item) == before
        assert stats(cleaning) == {"errors": 1}
        [record] = [record for record in caplog.records if record.levelno == logging.ERROR]
        assert said in record.getMessage()
        assert "was not cleaned and passes as it came" in record.getMessage()

    def test_an_item_that_refuses_a_part_of_its_audit_is_put_back_whole(
        self, pipeline: Callable[..., CleanPipeline]
    ) -> None:
        @attrs.define
        class Choosy:
            text: str
            outlet: str | None = None
            removed: tuple[str, ...] = attrs.field(default=(), validator=attrs.validators.instance_of(tuple))

        cleaning = pipeline()
        item = cleaning.process_item(Choosy(TEXT))
        assert item == Choosy(TEXT)
        assert stats(cleaning) == {"errors": 1}

    def test_nothing_of_a_page_reaches_the_log_as_control_characters(
        self, pipeline: Callable[..., CleanPipeline], caplog: pytest.LogCaptureFixture
    ) -> None:
        hostile = "\x1b]0;x\x07\x1b[2J\u202e\r\nERROR all is lost\x9b1m"
        cleaning = pipeline(**{f"CLEANER_{hostile}": "x"})
        for item in (
            {"url": f"https://x.example/{hostile}", "text": [hostile]},
            {"url": "x" * 9999, "html": 1},
        ):
            cleaning.process_item(item)
        kind = type(f"Item{hostile}", (Article,), {})
        cleaning.process_item(kind(text=hostile))

        @attrs.define
        class Quoting:
            text: str

            def __setattr__(self, name: str, value: str) -> None:
                if value != TEXT:
                    raise ValueError(hostile)
                object.__setattr__(self, name, value)

        cleaning.process_item(Quoting(TEXT))
        assert stats(cleaning)["errors"] == 3
        lines = [record.getMessage() for record in caplog.records]
        assert len(lines) >= 3
        assert all(line.isprintable() and len(line) < 600 for line in lines)


class TestSettings:
    def test_fields_have_the_names_that_settings_give(self, pipeline: Callable[..., CleanPipeline]) -> None:
        cleaning = pipeline(
            CLEANER_TEXT_FIELD="body",
            CLEANER_URL_FIELD="link",
            CLEANER_TITLE_FIELD="",
            CLEANER_REMOVALS_FIELD="cuts",
            CLEANER_SUSPECTS_FIELD="",
            CLEANER_FIELDS_FIELD=None,
        )
        item = cleaning.process_item({"body": TEXT, "link": URL, "text": "x", "fields": 3})
        assert list(item) == ["body", "link", "text", "fields", "outlet", "cuts"]
        assert (item["body"], item["outlet"], item["fields"]) == (CLEAN, "viva", 3)

    def test_outlet_certainty_and_kinds_may_come_from_a_command_line(
        self, pipeline: Callable[..., CleanPipeline]
    ) -> None:
        cleaning = pipeline(
            CLEANER_OUTLET="kompastv", CLEANER_CERTAINTY="Marked", CLEANER_KINDS="related, ad"
        )
        assert cleaning.settings.policy == Policy(Certainty.marked, frozenset({Kind.related, Kind.ad}))
        assert cleaning.process_item({"text": TEXT, "url": URL})["outlet"] == "kompastv"

    @pytest.mark.parametrize("form", [str, Path])
    def test_an_outlet_that_is_not_installed_is_given_by_its_packs_file(
        self, form: type, write_pack: Callable[..., Path], pipeline: Callable[..., CleanPipeline]
    ) -> None:
        cleaning = pipeline(CLEANER_OUTLET=form(write_pack(POINTER_PACK)))
        item = cleaning.process_item({"text": "Satu.\n\nzzlihat: Kisah Lain", "url": URL})
        assert (item["text"], item["outlet"]) == ("Satu.", "contoh")
        page = cleaning.process_item({"html": PAGE.replace("Baca Juga:", "zzlihat:")})
        assert (page["text"], page["outlet"]) == (ARTICLE, "contoh")

    def test_the_own_headline_is_never_cut(self, pipeline: Callable[..., CleanPipeline]) -> None:
        text = "Baca Juga: Harga Beras Naik Lagi\n\nPedagang lega."
        item = pipeline().process_item({"text": text, "title": text.split("\n")[0]})
        from cleaner import clean

        assert item["text"] == clean(text, title=text.split("\n")[0]).text

    @pytest.mark.parametrize(
        ("settings", "said"),
        [
            ({"CLEANER_TEXT_FIELD": ""}, "CLEANER_TEXT_FIELD is empty; it names the items' field"),
            ({"CLEANER_URL_FIELD": 3}, "CLEANER_URL_FIELD is 3; it is the name of a field"),
            (
                {"CLEANER_OUTLET": "vva"},
                r"CLEANER_OUTLET: outlet 'vva' is not installed \(did you mean 'viva'\?\); .*path of its f",
            ),
            ({"CLEANER_OUTLET": "tidak-ada.toml"}, "CLEANER_OUTLET: .*tidak-ada.toml.* can't be read"),
            ({"CLEANER_OUTLET": Outlet("x", "X")}, "CLEANER_OUTLET is an Outlet; it is the id of"),
            ({"CLEANER_OUTLET": ["viva"]}, r"CLEANER_OUTLET is \['viva'\]; it is the id of an outlet"),
            ({"CLEANER_CERTAINTY": "sure"}, "CLEANER_CERTAINTY: 'sure' is no certainty; it is one of marked"),
            ({"CLEANER_CERTAINTY": 2}, "CLEANER_CERTAINTY: 2 is no certainty"),
            ({"CLEANER_KINDS": "related,weather"}, "CLEANER_KINDS: 'weather' is no kind; the kinds are"),
            ({"CLEANER_KINDS": []}, "CLEANER_KINDS: no kind is named"),
            ({"CLEANER_KINDS": 3}, "CLEANER_KINDS: "),
            (
                {"CLEANER_REMOVALS_FIELD": "text"},
                "CLEANER_TEXT_FIELD and CLEANER_REMOVALS_FIELD both name the field 'text'",
            ),
        ],
        ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
    )
    def test_a_wrong_setting_stops_the_crawl_before_it_starts(
        self, settings: dict[str, Any], said: str, pipeline: Callable[..., CleanPipeline]
    ) -> None:
        with pytest.raises(ValueError, match=said):
            pipeline(**settings)

    def test_a_setting_that_is_none_is_named_with_the_one_that_was_meant(
        self, pipeline: Callable[..., CleanPipeline], caplog: pytest.LogCaptureFixture
    ) -> None:
        pipeline(CLEANER_CERTANTY="marked")
        said = (
            "CLEANER_CERTANTY is no setting of CleanPipeline (did you mean CLEANER_CERTAINTY?); it is ignored"
        )
        assert said in caplog.messages

    def test_it_can_be_switched_off(self, pipeline: Callable[..., CleanPipeline]) -> None:
        for off in (False, "False", "0"):
            with pytest.raises(NotConfigured):
                pipeline(CLEANER_ENABLED=off)

    def test_every_setting_is_described(self) -> None:
        page = CleanPipeline.__doc__ or ""
        assert [name for name in (*DEFAULTS, "CLEANER_ENABLED") if f"`{name} = " not in page] == []


class TestAResponse:
    def test_a_page_is_cleaned_in_the_charset_of_its_header(self) -> None:
        body = PAGE.replace("lapak", "lapak “Jaya”").encode("windows-1252")
        headers = {"Content-Type": "text/html; charset=windows-1252"}
        result = clean_response(HtmlResponse(URL, body=body, headers=headers))
        assert result.text == ARTICLE.replace("lapak", "lapak “Jaya”")
        assert result.outlet == "viva"
        assert [removal.rule for removal in result.removals] == ["common/read-also"]

    def test_outlet_title_and_policy_count(self) -> None:
        response = HtmlResponse(URL, body=PAGE, encoding="utf-8")
        assert clean_response(response, outlet="kompastv").outlet == "kompastv"
        assert clean_response(response, outlet=Outlet("contoh", "Contoh")).outlet == "contoh"
        kept = clean_response(response, policy=Policy(kinds=frozenset({Kind.ad})))
        assert not kept.removals
        assert [suspect.kind for suspect in kept.suspects] == [Kind.related]
        with pytest.raises(OutletError, match="'tidak-ada' is not installed"):
            clean_response(response, outlet="tidak-ada")

    def test_a_page_without_an_article_says_why(self) -> None:
        result = clean_response(HtmlResponse(URL, body=NO_ARTICLE, encoding="utf-8"))
        assert result.text == ""
        assert result.no_article

    @pytest.mark.parametrize(
        ("response", "said"),
        [
            (Response(URL, body=b"\x89PNG\r\n"), "https://www.viva.co.id/1 is a picture"),
            (TextResponse(URL, body=b""), "https://www.viva.co.id/1 is empty"),
            (HtmlResponse(URL, body=b"<p>\xff"), r"https://www.viva.co.id/1 isn't UTF-8 \(byte 0xff"),
            (TextResponse(URL, body=b'{"a": 1}'), "there is no tag in it"),
        ],
        ids=["picture", "empty", "charset", "json"],
    )
    def test_what_is_no_page_is_an_error_with_its_address(self, response: Response, said: str) -> None:
        with pytest.raises(ValueError, match=said):
            clean_response(response)


SPIDER = """
import json, sys
from dataclasses import dataclass, field
from urllib.parse import quote

import scrapy
from scrapy.crawler import CrawlerProcess

from cleaner.integrations.scrapy import clean_response

site, out, settings = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])


@dataclass
class Article:
    url: str
    html: bytes
    text: str | None = None
    removed: list = field(default_factory=list)


class News(scrapy.Spider):
    name = "news"

    async def start(self):
        yield scrapy.Request(site)

    def parse(self, response):
        yield from response.follow_all(css="a.html", callback=self.parse_html)
        yield from response.follow_all(css="a.item", callback=self.parse_item)
        yield from response.follow_all(css="a.text", callback=self.parse_text)

    def parse_html(self, response):
        yield {"url": response.url, "html": response.body, "way": "html"}

    def parse_item(self, response):
        yield Article(response.url, response.body)

    def parse_text(self, response):
        result = clean_response(response)
        yield {"url": response.url, "article": result.text, "way": "spider"}


class Kept:
    items = []

    def process_item(self, item):
        item = dict(item) if isinstance(item, dict) else dict(vars(item), way="item")
        item.pop("html", None)
        self.items.append(item)
        return item


process = CrawlerProcess({
    "ITEM_PIPELINES": {"cleaner.integrations.scrapy.CleanPipeline": 300, Kept: 900},
    "TELNETCONSOLE_ENABLED": False,
    "ROBOTSTXT_OBEY": False,
    "DOWNLOAD_DELAY": 0,
    "LOG_LEVEL": "WARNING",
    **settings,
})
crawler = process.create_crawler(News)
process.crawl(crawler)
process.start()
stats = crawler.stats.get_stats()
told = {name: n for name, n in stats.items() if name.startswith("cleaner/")}
with open(out, "w") as file:
    requests = stats.get("downloader/request_count", 0)
    json.dump({"items": Kept.items, "stats": told, "requests": requests}, file)
"""

SITE = {
    "/": b'<a class="html" href="/1">1</a> <a class="item" href="/2">2</a> <a class="text" href="/3">3</a> '
    b'<a class="html" href="/kosong">4</a> <a class="html" href="/%1B%5B2J/rusak">5</a>',
    "/1": PAGE.encode(),
    "/2": PAGE.encode(),
    "/3": PAGE.encode(),
    "/kosong": NO_ARTICLE.encode(),
    "/%1B%5B2J/rusak": b"<p>\xff\x1b[2J</p>",
}


class _Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = SITE.get(self.path)
        self.send_response(404 if body is None else 200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_: object) -> None:
        """Nobody reads the log of a test's server."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The address of a small site on loopback."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Pages)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


class TestACrawl:
    @staticmethod
    def crawl(site: str, folder: Path, **settings: Any) -> tuple[dict[str, Any], str]:
        """What a crawl of the site gives: items, stats and the number of requests; and its log."""
        (folder / "news.py").write_text(SPIDER, encoding="utf-8")
        out = folder / "out.json"
        ran = subprocess.run(
            [sys.executable, folder / "news.py", site, out, json.dumps(settings)],
            capture_output=True,
            text=True,
            timeout=120,
            cwd=folder,
        )
        assert out.exists(), ran.stderr
        told: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
        return told, ran.stderr

    def test_a_site_is_crawled_and_every_item_cleaned(self, site: str, tmp_path: Path) -> None:
        told, log = self.crawl(site, tmp_path)
        items = {item["url"].removeprefix(site): item for item in told["items"]}
        assert sorted(items) == ["%1B%5B2J/rusak", "1", "2", "3", "kosong"]
        for name, way in (("1", "html"), ("2", "item")):
            assert (items[name]["way"], items[name]["text"]) == (way, ARTICLE)
            assert [cut["rule"] for cut in items[name]["removed"]] == ["common/read-also"]
        assert items["3"] == {"url": f"{site}3", "article": ARTICLE, "way": "spider"}
        assert items["kosong"]["text"] == ""
        assert items["%1B%5B2J/rusak"] == {"url": f"{site}%1B%5B2J/rusak", "way": "html"}
        assert told["stats"] == {
            "cleaner/items": 3,
            "cleaner/items_without_text": 1,
            "cleaner/no_article": 1,
            "cleaner/errors": 1,
            "cleaner/outlets/unknown": 3,
            "cleaner/removals/related": 2,
            "cleaner/characters_removed": 2 * len("Baca Juga: Harga Beras Naik Lagi\n\n"),
        }
        assert "rusak was not cleaned and passes as it came: 'html' isn't UTF-8" in log
        assert "\x1b" not in log

    def test_wrong_settings_stop_the_crawl_and_nothing_is_requested(self, site: str, tmp_path: Path) -> None:
        told, log = self.crawl(site, tmp_path, CLEANER_CERTAINTY="sure")
        assert (told["items"], told["requests"]) == ([], 0)
        assert "ValueError: CLEANER_CERTAINTY: 'sure' is no certainty" in log

    def test_a_pipeline_that_is_switched_off_leaves_items_alone(self, site: str, tmp_path: Path) -> None:
        told, _ = self.crawl(site, tmp_path, CLEANER_ENABLED=False)
        assert told["stats"] == {}
        assert len(told["items"]) == 5
        assert all(item.get("text") is None for item in told["items"])
