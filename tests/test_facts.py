"""What a page says of its article: right, or not said."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import clean
from cleaner.document import Fact
from cleaner.readers.facts import read_facts
from cleaner.readers.page import parsed
from cleaner.templates import Template
from cleaner.visible import visible

ADDRESS = "https://www.contohkabar.com/daerah/read/123/harga-cabai-naik-lagi"
HEADLINE = "Harga Cabai Naik Lagi di Pasar Legi"
ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": HEADLINE,
    "mainEntityOfPage": {"@type": "WebPage", "@id": ADDRESS},
    "datePublished": "2024-06-17T20:49:00+07:00",
    "dateModified": "2024-06-18T08:00:00+07:00",
    "author": {"@type": "Person", "name": "Sari Wulan"},
    "editor": {"@type": "Person", "name": "Bayu Tirta"},
    "publisher": {"@type": "Organization", "name": "Contoh Kabar"},
    "articleSection": "Daerah",
    "keywords": ["cabai", "pasar legi"],
    "inLanguage": "id-ID",
}
OTHER = {
    **ARTICLE,
    "headline": "Jembatan Gantung di Kaki Bukit Roboh",
    "mainEntityOfPage": "https://www.contohkabar.com/daerah/read/99/jembatan-gantung-roboh",
    "datePublished": "2020-01-01T00:00:00+07:00",
    "author": {"@type": "Person", "name": "Orang Lain"},
}

Read = Callable[..., dict[str, Fact]]


def page(head: str = "", body: str = "", headline: str = HEADLINE) -> str:
    """A page of an article, with more in its head, and below its headline."""
    return (
        f'<!doctype html><html><head><link rel="canonical" href="{ADDRESS}">'
        f'<meta property="og:title" content="{headline}">{head}</head>'
        f"<body><h1>{headline}</h1>{body}<p>Pedagang berkata harga naik.</p></body></html>"
    )


def script(*values: Any) -> str:
    """JSON-LD; a text stands in it as it is."""
    texts = (value if isinstance(value, str) else json.dumps(value) for value in values)
    return f'<script type="application/ld+json">{"".join(texts)}</script>'


def meta(**values: str) -> str:
    """`<meta>` elements by their names, with two underscores for a colon."""
    return "".join(
        f'<meta name="{name.replace("__", ":")}" content="{value}">' for name, value in values.items()
    )


def values(html: str, template: Template | None = None, url: str | None = None) -> dict[str, Any]:
    """The facts of a page without their origins."""
    return {name: fact.value for name, fact in read_facts(parsed(html), template, url).items()}


class TestJsonLd:
    def test_tells_all_fields_and_is_their_origin(self) -> None:
        facts = read_facts(parsed(page(script(ARTICLE))), None, None)
        assert {name: fact.value for name, fact in facts.items()} == {
            "title": HEADLINE,
            "published": "2024-06-17T20:49:00+07:00",
            "modified": "2024-06-18T08:00:00+07:00",
            "authors": ["Sari Wulan"],
            "editors": ["Bayu Tirta"],
            "section": "Daerah",
            "tags": ["cabai", "pasar legi"],
            "canonical": ADDRESS,
            "language": "id",
        }
        assert facts["title"].origin == "h1"
        assert facts["published"].origin == facts["tags"].origin == "json-ld"
        assert facts["canonical"].origin == "link[rel=canonical]"

    @pytest.mark.parametrize(
        "written",
        [
            pytest.param(script({"@graph": [{"@type": "WebSite"}, ARTICLE]}), id="in a graph"),
            pytest.param(script([[ARTICLE]]), id="in lists"),
            pytest.param(script({"@type": "WebPage", "mainEntity": ARTICLE}), id="as what a page is about"),
            pytest.param(script({**ARTICLE, "@type": ["ReportageNewsArticle", "Thing"]}), id="of a kind"),
            pytest.param(script({**ARTICLE, "@type": "http://schema.org/Article"}), id="type in full"),
            pytest.param(script({"@type": "WebSite"}, ARTICLE), id="two texts in one script"),
            pytest.param(script({"@type": "WebSite"}, ";\n", ARTICLE), id="parted by a semicolon"),
            pytest.param(script("<!--", ARTICLE, "-->"), id="in a comment"),
            pytest.param(script("//<![CDATA[\n", ARTICLE, "\n//]]>"), id="in a CDATA section"),
            pytest.param(script(json.dumps(ARTICLE)[:-1], ", }"), id="a comma too many"),
            pytest.param(
                script(json.dumps({**ARTICLE, "description": "dua\nbaris"}).replace("\\n", "\n\t")),
                id="line feeds in a string",
            ),
            pytest.param(
                script(json.dumps({**ARTICLE, "description": "kata *ibu"}).replace("*", "\\'")),
                id="an escape that JSON hasn't",
            ),
            pytest.param(
                script("{/* berita */", json.dumps(ARTICLE)[1:]), id="a comment between the members"
            ),
        ],
    )
    def test_is_read_however_it_is_wrapped_or_broken(self, written: str) -> None:
        told = values(page(written))
        assert (told["published"], told["authors"]) == ("2024-06-17T20:49:00+07:00", ["Sari Wulan"])

    @pytest.mark.parametrize(
        "written",
        [
            pytest.param(script(OTHER), id="another address and headline"),
            pytest.param(script({**OTHER, "mainEntityOfPage": None}), id="another headline"),
            pytest.param(script({**OTHER, "headline": None}), id="another address"),
            pytest.param(
                script({"@type": "ItemList", "itemListElement": [ARTICLE]}), id="in a list of cards"
            ),
            pytest.param(script({"@type": "WebPage", "hasPart": ARTICLE}), id="a part of something"),
            pytest.param(script({**ARTICLE, "@type": "VideoObject"}), id="no article"),
        ],
    )
    def test_of_another_story_never_counts(self, written: str) -> None:
        assert set(values(page(written))) == {"title", "canonical"}

    def test_of_the_page_is_found_among_others(self) -> None:
        assert values(page(script(OTHER) + script(ARTICLE) + script(OTHER)))["authors"] == ["Sari Wulan"]

    def test_of_the_same_article_at_another_host_counts(self) -> None:
        mobile = {**ARTICLE, "headline": None, "mainEntityOfPage": ADDRESS.replace("www.", "m.") + "/amp"}
        assert values(page(script(mobile)))["authors"] == ["Sari Wulan"]

    def test_names_its_people_by_reference(self) -> None:
        person = {"@type": "Person", "@id": "#sari", "name": "Sari Wulan"}
        article = {**ARTICLE, "author": {"@id": "#sari"}}
        assert values(page(script({"@graph": [article, person]})))["authors"] == ["Sari Wulan"]

    def test_has_its_entities_decoded_once(self) -> None:
        told = values(page(script({**ARTICLE, "keywords": ["tahu &amp; tempe", "&amp;lt;b&amp;gt;"]})))
        assert told["tags"] == ["tahu & tempe", "&lt;b&gt;"]


class TestPublished:
    @pytest.mark.parametrize(
        ("said", "shown", "published"),
        [
            pytest.param(
                "2024-06-17T20:49:00Z", "20:49 WIB", "2024-06-17T20:49:00+07:00", id="local clock called UTC"
            ),
            pytest.param(
                "2024-06-17T20:49:00+07:00", "20:49 WITA", "2024-06-17T20:49:00+08:00", id="called Jakarta's"
            ),
            pytest.param("2024-06-17T13:49:00Z", "20:49 WIB", "2024-06-17T20:49:00+07:00", id="true UTC"),
            pytest.param("2024-06-17T13:49:00Z", "20:49", "2024-06-17T20:49:00+07:00", id="told by UTC: WIB"),
            pytest.param(
                "2024-06-17T12:49:00Z", "20:49", "2024-06-17T20:49:00+08:00", id="told by UTC: WITA"
            ),
            pytest.param("2024-06-17T20:49:00-07:00", "20:49", "2024-06-17T20:49:00", id="nobody knows"),
            pytest.param("2024-06-17T20:49:00", "", "2024-06-17T20:49:00", id="no zone anywhere"),
            pytest.param("2024-06-17T20:49:00.000Z", "", "2024-06-17T20:49:00+00:00", id="an exact instant"),
            pytest.param("2024-06-17T13:49:00Z", "", "2024-06-17", id="UTC or not, the same day"),
            pytest.param("2024-06-17T20:49:00Z", "", None, id="UTC or not, two days"),
            pytest.param("2024-06-17", "", "2024-06-17", id="a day"),
            pytest.param("2024-06-17", "20:49 WIB", "2024-06-17T20:49:00+07:00", id="a day and a clock"),
            pytest.param("kemarin sore", "", None, id="no date"),
            pytest.param("1970-01-01T00:00:00+07:00", "", None, id="a clock that was never set"),
        ],
    )
    def test_is_what_a_reader_sees_where_machines_are_told_otherwise(
        self, said: str, shown: str, published: str | None
    ) -> None:
        line = f'<div class="waktu">Senin, 17 Juni 2024 | {shown}</div>' if shown else ""
        html = page(script({**ARTICLE, "datePublished": said, "dateModified": None}), line)
        assert values(html).get("published") == published

    def test_of_one_clock_under_two_zones_is_that_clock(self) -> None:
        head = meta(
            pubdate="Mon, 17 Jun 2024 20:49:00 GMT", article__published_time="2024-06-17T20:49:00-07:00"
        )
        assert values(page(head))["published"] == "2024-06-17T20:49:00"
        template = Template(body=("body",), zone="WIT")
        assert values(page(head), template)["published"] == "2024-06-17T20:49:00+09:00"

    def test_gets_its_zone_from_another_that_shows_the_same_moment(self) -> None:
        head = meta(
            content_PublishedDate="2024-06-17 20:49:00", article__published_time="2024-06-17T13:49:00Z"
        )
        assert values(page(head))["published"] == "2024-06-17T20:49:00+07:00"

    def test_is_seen_where_the_template_says(self) -> None:
        template = Template(body=("p",), published=(".tidak-ada", ".tanggal"), zone="WITA")
        html = page(script(ARTICLE), '<i>1 Mei 2020, 10:00 WIB</i><b class="tanggal">17/06/2024 20:49</b>')
        assert read_facts(parsed(html), template, None)["published"] == Fact(
            "2024-06-17T20:49:00+08:00", ".tanggal"
        )

    def test_is_read_off_an_element_that_tells_machines(self) -> None:
        template = Template(body=("p",), published=("time",))
        html = page("", '<time datetime="2024-06-17T20:49:00+07:00">kemarin</time>')
        assert values(html, template)["published"] == "2024-06-17T20:49:00+07:00"

    @pytest.mark.parametrize(
        "body",
        [
            pytest.param(
                '<a href="/1">Jembatan Gantung di Kaki Bukit Roboh</a><i>16 Juni 2024 10:00 WIB</i>',
                id="behind another headline",
            ),
            pytest.param(
                "<p>" + "Harga naik. " * 20 + "</p><i>16 Juni 2024 10:00 WIB</i>", id="behind the text"
            ),
            pytest.param(
                "<p>Polisi menangkap pelaku pada Minggu. " + "Ia diam. " * 20 + "(16/6/2024)</p>", id="in it"
            ),
        ],
    )
    def test_is_no_date_further_off(self, body: str) -> None:
        assert "published" not in values(page("", body))

    def test_is_no_date_near_the_headline_that_contradicts_what_machines_are_told(self) -> None:
        for shown in ("1 Mei 2019, 20:49 WIB", "17 Juni 2024, 21:30 WIB", "18 Juni 2024, 08:00 WIB"):
            html = page(script(ARTICLE), f"<i>{shown}</i>")
            assert values(html)["published"] == "2024-06-17T20:49:00+07:00"

    def test_can_stand_above_the_headline_but_is_not_the_day_of_the_visit(self) -> None:
        html = "<body>{}<h2>x</h2><h1>Harga Cabai Naik Lagi</h1><p>Naik.</p>"
        assert values(html.format("<div>Senin, 17 Juni 2024</div>")).get("published") is None
        seen = values(html.format("<div>Senin, 17 Juni 2024, 20:49 WIB</div>"))
        assert seen["published"] == "2024-06-17T20:49:00+07:00"


class TestModified:
    def test_is_read_as_the_publication_turned_out_to_be_meant(self) -> None:
        slip = {**ARTICLE, "datePublished": "2024-06-17T20:49:00Z", "dateModified": "2024-06-18T08:00:00Z"}
        true = {**ARTICLE, "datePublished": "2024-06-17T13:49:00Z", "dateModified": "2024-06-18T01:00:00Z"}
        for article in (slip, true):
            told = values(page(script(article), "<i>17 Juni 2024, 20:49 WIB</i>"))
            assert told["modified"] == "2024-06-18T08:00:00+07:00"

    def test_is_told_by_a_word_in_front_of_it(self) -> None:
        told = values(page("", "<i>17 Juni 2024, 20:49 WIB</i> <i>Diperbarui 18 Juni 2024, 08:00 WIB</i>"))
        assert told["published"] == "2024-06-17T20:49:00+07:00"
        assert told["modified"] == "2024-06-18T08:00:00+07:00"

    def test_is_never_before_the_publication(self) -> None:
        early = {**ARTICLE, "dateModified": "2024-06-17T20:40:00+07:00"}
        assert "modified" not in values(page(script(early)))


class TestPeople:
    @pytest.mark.parametrize(
        ("written", "people"),
        [
            ("Sari Wulan", ["Sari Wulan"]),
            ("Oleh : Sari Wulan", ["Sari Wulan"]),
            ("Reporter: Sari Wulan dan Bayu Tirta", ["Sari Wulan", "Bayu Tirta"]),
            ("Penulis Sari Wulan | Editor : Wati", ["Sari Wulan"]),
            ("Sari Wulan, Bayu Tirta", ["Sari Wulan", "Bayu Tirta"]),
            ("Sari Wulan, S.Kom", ["Sari Wulan, S.Kom"]),
            ([{"name": ["Sari Wulan", "Bayu Tirta"]}, "Wati"], ["Sari Wulan", "Bayu Tirta", "Wati"]),
            ("Sari Wulan - Contoh Kabar", ["Sari Wulan"]),
            ("Kontributor Brebes, Sari Wulan", ["Sari Wulan"]),
            ("Sari\x1b[31m Wulan", []),
            ("Sari\u200b\u202e  Wulan\n", ["Sari Wulan"]),
            ("Contoh Kabar", []),
            ("contohkabar.com", []),
            ("Contohkabar Cyber Media", []),
            ("Redaksi", []),
            ("Tim Redaksi", []),
            ("PT Kabar Baik Media", []),
            ("admin1", []),
            ("https://facebook.com/sari", []),
            ("@sariwulan", []),
            ("", []),
            ("S" * 200, []),
        ],
    )
    def test_are_named_without_role_and_house(self, written: Any, people: list[str]) -> None:
        html = page(script({**ARTICLE, "author": written, "editor": None}))
        assert values(html).get("authors", []) == people

    def test_of_an_organisation_are_no_authors(self) -> None:
        house = {"@type": "Organization", "name": "Sinar Legi"}
        assert "authors" not in values(page(script({**ARTICLE, "author": house})))

    @pytest.mark.parametrize(
        ("shown", "authors", "editors"),
        [
            ("Rep: Sari Wulan / Red: Bayu Tirta", ["Sari Wulan"], ["Bayu Tirta"]),
            ("Penulis: Sari Wulan | Editor: Bayu Tirta", ["Sari Wulan"], ["Bayu Tirta"]),
            ("Penulis: Sari Wulan", ["Sari Wulan"], []),
            ("Editor: Bayu Tirta", [], ["Bayu Tirta"]),
            ("Red Tirta", ["Red Tirta"], ["Red Tirta"]),
        ],
    )
    def test_of_one_element_are_told_apart_by_their_roles(
        self, shown: str, authors: list[str], editors: list[str]
    ) -> None:
        template = Template(body=("body",), authors=(".staff",), editors=(".staff",))
        told = values(page(body=f'<div class="staff">{shown}</div>'), template)
        assert (told.get("authors", []), told.get("editors", [])) == (authors, editors)

    def test_that_edit_are_not_the_authors_whatever_machines_are_told(self) -> None:
        head = script({**ARTICLE, "author": {"name": "Bayu Tirta"}, "editor": None})
        assert values(page(head))["authors"] == ["Bayu Tirta"]
        told = values(page(head + meta(content_editor="Bayu Tirta", content_author="")))
        assert told["editors"] == ["Bayu Tirta"]
        assert "authors" not in told
        told = values(page(head + meta(content_editor="Bayu Tirta", content_author="Sari Wulan")))
        assert (told["authors"], told["editors"]) == (["Sari Wulan"], ["Bayu Tirta"])

    def test_can_both_write_and_edit(self) -> None:
        told = values(page(meta(content_editor="Bayu Tirta", content_author="Bayu Tirta")))
        assert (told["authors"], told["editors"]) == (["Bayu Tirta"], ["Bayu Tirta"])

    def test_are_those_at_the_templates_places(self) -> None:
        template = Template(body=("p",), authors=("#penulis a",), editors=("#editor",))
        body = '<div id="penulis"><a>Sari</a>, <a>Wati</a></div><div id="editor">Editor: Bayu</div>'
        told = values(page(script(ARTICLE), body), template)
        assert (told["authors"], told["editors"]) == (["Sari", "Wati"], ["Bayu"])

    def test_are_those_that_a_label_at_the_headline_names(self) -> None:
        body = "<div>Penulis</div><div><a>Sari Wulan</a></div><div>Editor: Bayu Tirta</div>"
        told = values(page("", body))
        assert (told["authors"], told["editors"]) == (["Sari Wulan"], ["Bayu Tirta"])

    def test_are_no_words_that_merely_follow_such_a_word(self) -> None:
        assert "authors" not in values(page("", "<div>Oleh karena itu harga naik</div>"))

    def test_can_be_told_among_the_keywords(self) -> None:
        article = {**ARTICLE, "editor": None, "keywords": ["Daerah:Pasar", "Editor:Bayu Tirta", "cabai"]}
        told = values(page(script(article)))
        assert (told["editors"], told["tags"]) == (["Bayu Tirta"], ["cabai"])


class TestTitle:
    @pytest.mark.parametrize(
        "written",
        [
            f"{HEADLINE} - Contohkabar.com",
            f"{HEADLINE} | Contoh Kabar",
            f"{HEADLINE} :: Contohkabar Daerah",
            f"{HEADLINE} – Daerah Contohkabar.com",
            f"Contohkabar.com: {HEADLINE}",
            f"  {HEADLINE}\n",
            HEADLINE,
        ],
    )
    def test_is_without_the_sites_name(self, written: str) -> None:
        head = f'<link rel=canonical href="{ADDRESS}">' + meta(og__site_name="Contoh Kabar")
        html = f"{head}<title>{written}</title>"
        assert values(html)["title"] == HEADLINE

    def test_keeps_what_stands_behind_a_dash_in_it(self) -> None:
        html = f"<link rel=canonical href={ADDRESS}><title>Rute Solo - Yogyakarta Dibuka</title>"
        assert values(html)["title"] == "Rute Solo - Yogyakarta Dibuka"

    def test_is_the_heading_that_shows_it_and_no_logo(self) -> None:
        html = f"<title>{HEADLINE} - Kabar</title><h1>Kabar</h1><div><h2>{HEADLINE}</h2></div>"
        facts = read_facts(parsed(html), None, None)
        assert facts["title"] == Fact(HEADLINE, "h2")

    def test_is_verbatim_where_a_reader_sees_it(self) -> None:
        headline = "Siaran Lebaran - Direktur Contohkabar"
        assert values(page("", "", headline))["title"] == headline

    def test_has_its_entities_decoded_once(self) -> None:
        assert values("<title>Tahu &amp;amp; Tempe Langka</title>")["title"] == "Tahu &amp; Tempe Langka"

    def test_parts_the_words_that_a_broken_line_parts(self) -> None:
        assert values("<h1>Harga Cabai<br>Naik Lagi</h1>")["title"] == "Harga Cabai Naik Lagi"

    def test_is_the_documents_own_headline_unless_the_caller_has_one(self) -> None:
        html = page(
            "", "".join(f"<p>Pedagang ke-{n} berkata harga cabai naik sejak Senin.</p>" for n in range(9))
        )
        assert clean(html=html).fields["title"] == HEADLINE


class TestTheRest:
    def test_tags_come_from_where_they_are_tags(self) -> None:
        assert values(page(meta(news_keywords="cabai, #pasar legi, cabai,")))["tags"] == [
            "cabai",
            "pasar legi",
        ]
        assert values(page(meta(keywords="cabai, pasar legi, berita terkini")))["tags"] == [
            "cabai",
            "pasar legi",
        ]

    def test_a_sentence_cut_at_its_words_is_no_list_of_tags(self) -> None:
        assert "tags" not in values(page(meta(keywords="Harga, cabai, di, pasar, naik")))

    @pytest.mark.parametrize(
        ("head", "section"),
        [
            (meta(article__section="News", article__section2="Daerah"), "Daerah"),
            (meta(content_category="Daerah"), "Daerah"),
            (meta(article__section="contohkabar.com"), None),
            (
                script(
                    {
                        "@type": "BreadcrumbList",
                        "itemListElement": [
                            {"@type": "ListItem", "position": 1, "item": {"@id": "/", "name": "Home"}},
                            {"@type": "ListItem", "position": 2, "item": {"@id": "/d", "name": "Daerah"}},
                        ],
                    }
                ),
                "Daerah",
            ),
        ],
    )
    def test_a_section_says_something_of_the_subject(self, head: str, section: str | None) -> None:
        assert values(page(head)).get("section") == section

    @pytest.mark.parametrize(
        ("said", "canonical"),
        [
            ("https://a.id/x-y", "https://a.id/x-y"),
            ("https://a.id/x-y#isi", "https://a.id/x-y"),
            ("/x-y", "https://www.contohkabar.com/x-y"),
            ("https://a.id/", None),
            ("javascript:alert(1)", None),
            ("https://a.id/\x1b[31m", None),
            ("https://[", None),
            ("", None),
        ],
    )
    def test_the_canonical_address_is_one_of_an_article(self, said: str, canonical: str | None) -> None:
        html = f'<html><head><link rel="canonical" href="{said}"></head><body>x'
        assert values(html, url=ADDRESS).get("canonical") == canonical

    @pytest.mark.parametrize(
        ("html", "language"),
        [
            ('<html lang="id">', "id"),
            ('<html lang="id-ID">', "id"),
            ('<html lang="in">', "id"),
            ('<html lang="jv">', "jv"),
            ('<html lang="en">', None),
            ('<html lang="en"><meta name="language" content="id">', "id"),
            ('<html lang="en"><meta property="og:locale" content="id_ID">', "id"),
            ('<html lang="en"><meta http-equiv="content-language" content="Indonesian">', "id"),
            ("<html>", None),
        ],
    )
    def test_the_language_is_not_that_of_an_untranslated_template(
        self, html: str, language: str | None
    ) -> None:
        assert values(html).get("language") == language

    def test_captions_outside_the_body_join_those_that_were_cut_in_it(self, root: object) -> None:
        template = Template(body=("p",), captions=(".foto",))
        assert values(page("", '<i class="foto">Pasar\n Legi</i>'), template)["captions"] == ["Pasar Legi"]

    def test_a_head_that_ended_early_is_read_in_the_body(self) -> None:
        html = page("<div>iklan</div>" + script(ARTICLE) + meta(og__type="article"))
        assert values(html)["authors"] == ["Sari Wulan"]

    def test_a_card_in_the_body_says_nothing_of_the_article(self) -> None:
        body = '<div itemscope><meta itemprop="datePublished" content="2020-01-01T10:00:00+07:00"></div>'
        html = f"<html><head><title>x</title></head><body><h1>{HEADLINE}</h1>{body}"
        assert "published" not in values(html)

    def test_an_empty_page_says_nothing(self) -> None:
        assert values("") == {}


KEYS = st.sampled_from(
    [*ARTICLE, "@graph", "@id", "name", "url", "isPartOf", "itemListElement", "item", "creator"]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=30,
)


@given(value=JSON, types=st.sampled_from(["NewsArticle", ["Article"], "WebPage", "BreadcrumbList", 7, None]))
def test_any_json_gives_plain_values_or_none(value: Any, types: Any) -> None:
    thing = {**ARTICLE, **value, "@type": types} if isinstance(value, dict) else value
    told = values(page(f'<script type="application/ld+json">{json.dumps(thing).replace("<", " ")}</script>'))
    for each in told.values():
        texts = each if isinstance(each, list) else [each]
        assert texts
        assert all(isinstance(text, str) and visible(text) == text.strip() for text in texts)
    json.dumps(told)


@given(st.text(alphabet='{}[]",:\\/*<!->@graphtype \n', max_size=300))
def test_any_broken_json_is_read_or_left(text: str) -> None:
    told = values(page(f'<script type="application/ld+json">{text}</script>'))
    assert told["title"] == values(page(""))["title"]


@pytest.mark.parametrize(
    "hostile",
    [
        pytest.param("[" * 200_000, id="lists in lists"),
        pytest.param('{"@graph":' * 100_000, id="graphs in graphs"),
        pytest.param('"' * 300_000, id="quotes"),
        pytest.param('\\"' * 150_000, id="escaped quotes"),
        pytest.param("/*" * 150_000, id="comments that never end"),
        pytest.param("," + " " * 300_000, id="a comma and nothing behind it"),
        pytest.param(
            '{"@type":"NewsArticle","author":"' + "dan " * 90_000 + '"}', id="a name of 90,000 words"
        ),
        pytest.param(
            '{"@type":"NewsArticle","position":' + "9" * 90_000 + "}", id="a number of 90,000 digits"
        ),
        pytest.param(json.dumps([ARTICLE] * 3000), id="thousands of articles"),
    ],
)
def test_a_hostile_script_says_nothing_and_takes_no_time(hostile: str) -> None:
    assert values(page(script(hostile)))["title"] == HEADLINE


def test_lists_without_end_are_not_told() -> None:
    many = [f"tanda {number}" for number in range(5000)]
    told = values(page(script({**ARTICLE, "keywords": many, "author": many})))
    assert "tags" not in told
    assert len(told.get("authors", [])) <= 60


def test_the_name_of_the_house_without_its_domain_is_no_section() -> None:
    page = (
        '<html><head><meta property="og:site_name" content="Wartatani.com">'
        '<meta property="article:section" content="{}"><title>Judul</title></head>'
        "<body><h1>Judul</h1></body></html>"
    )
    assert "section" not in read_facts(parsed(page.format("Wartatani")), None, None)
    assert read_facts(parsed(page.format("Daerah")), None, None)["section"].value == "Daerah"
