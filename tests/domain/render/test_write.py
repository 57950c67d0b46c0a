from __future__ import annotations

import json
import locale
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from lxml import etree

from feedsvc.domain.model import Channel, Entry
from feedsvc.domain.render import (
    Extent,
    Feed,
    Format,
    Location,
    Paging,
    Site,
    build_feed,
    render,
)
from tests.domain.render.builders import CHANGED, SITE, entry, taxonomy, varied_entries
from tests.domain.render.reading import CHECKS, read
from tests.feed_rules.syntax import ATOM, HISTORY, parse_xml

EVERYTHING = Channel()
XML = (Format.RSS, Format.ATOM)


def feed_of(*entries: Entry, site: Site = SITE, paging: Paging | None = None) -> Feed:
    return build_feed(site, taxonomy(), EVERYTHING, entries, changed=CHANGED, paging=paging)


def archive() -> Paging:
    return Paging(
        extent=Extent.ARCHIVE,
        here=Location(path="all/archive/2"),
        current=Location(path="all"),
        prev_archive=Location(path="all/archive/1"),
        next_archive=Location(path="all/archive/3"),
    )


def paged() -> Paging:
    def page(number: int) -> Location:
        return Location(path="query", query=f"q=a&page={number}")

    return Paging(here=page(2), first=page(1), previous=page(1), next=page(3), last=page(9))


def links_of(document: bytes, form: Format) -> dict[str, str]:
    root = parse_xml(document)
    parent = root[0] if form is Format.RSS else root
    return {it.get("rel", ""): it.get("href", "") for it in parent.findall(f"{ATOM}link")}


@pytest.mark.parametrize("form", Format)
@pytest.mark.parametrize("paging", [None, archive(), paged(), Paging(extent=Extent.COMPLETE)])
def test_every_document_keeps_its_formats_rules(form: Format, paging: Paging | None) -> None:
    CHECKS[form](render(feed_of(*varied_entries(), paging=paging), form))


@pytest.mark.parametrize("form", Format)
@pytest.mark.parametrize("site", [SITE, Site(base_url="http://[::1]:80", title="T", publisher="")])
def test_a_channel_without_entries_is_a_valid_empty_feed(form: Format, site: Site) -> None:
    document = render(feed_of(site=site), form)
    CHECKS[form](document)
    assert read(document, form) == ()


@pytest.mark.parametrize("form", Format)
def test_equal_feeds_give_equal_bytes(form: Format) -> None:
    assert render(feed_of(*varied_entries()), form) == render(feed_of(*varied_entries()), form)


def test_all_formats_contain_the_same_about_every_entry() -> None:
    feed = feed_of(*varied_entries())
    rss, atom, json_feed = (read(render(feed, form), form) for form in Format)
    assert rss == atom == json_feed
    assert [it.id for it in rss] == [it.id for it in feed.entries]


def test_markup_in_a_teaser_is_escaped_for_readers_that_show_html() -> None:
    document = render(feed_of(entry(text="Is 1 < 2 & <b>3</b>?")), Format.RSS)
    description = parse_xml(document).findtext("channel/item/description")
    assert description == "Is 1 &lt; 2 &amp; &lt;b&gt;3&lt;/b&gt;?"


def test_markup_in_a_title_stays_text() -> None:
    document = render(feed_of(entry(title="AT&T <b>")), Format.ATOM)
    title = parse_xml(document).find(f"{ATOM}entry/{ATOM}title")
    assert title is not None
    assert (title.text, title.get("type", "text")) == ("AT&T <b>", "text")


def test_an_atom_entry_that_links_elsewhere_still_names_its_page() -> None:
    entries = (entry(1, link="https://paper.example/a"), entry(2))
    root = parse_xml(render(feed_of(*entries), Format.ATOM))
    page = "https://feeds.example.org/news/entries/00000000-0000-0000-0000-00000000000"
    assert [
        [(it.get("rel"), it.get("href"), it.get("type")) for it in one.findall(f"{ATOM}link")]
        for one in root.findall(f"{ATOM}entry")
    ] == [
        [("alternate", "https://paper.example/a", None), ("related", f"{page}1", "text/html")],
        [("alternate", f"{page}2", "text/html")],
    ]


@pytest.mark.parametrize("form", XML)
def test_an_archive_says_so_and_links_to_its_neighbours(form: Format) -> None:
    document = render(feed_of(paging=archive()), form)
    base = f"https://feeds.example.org/news/feeds/all{{}}.{form.suffix}"
    links = links_of(document, form)
    links.pop("alternate", None)
    assert links == {
        "self": base.format("/archive/2"),
        "current": base.format(""),
        "prev-archive": base.format("/archive/1"),
        "next-archive": base.format("/archive/3"),
    }
    assert len(list(parse_xml(document).iter(f"{HISTORY}archive"))) == 1


@pytest.mark.parametrize("form", XML)
def test_a_page_of_a_query_links_to_its_neighbours(form: Format) -> None:
    links = links_of(render(feed_of(paging=paged()), form), form)
    numbers = {rel: href.rpartition("=")[2] for rel, href in links.items() if rel != "alternate"}
    assert numbers == {"self": "2", "first": "1", "previous": "1", "next": "3", "last": "9"}


@pytest.mark.parametrize("form", XML)
def test_a_complete_feed_says_so(form: Format) -> None:
    document = render(feed_of(paging=Paging(extent=Extent.COMPLETE)), form)
    assert len(list(parse_xml(document).iter(f"{HISTORY}complete"))) == 1
    assert b"history" not in render(feed_of(), form)


def test_json_links_to_the_next_older_entries() -> None:
    def next_url(paging: Paging) -> str | None:
        document = json.loads(render(feed_of(paging=paging), Format.JSON))
        return document.get("next_url")

    base = "https://feeds.example.org/news/feeds"
    assert next_url(archive()) == f"{base}/all/archive/1.json"
    assert next_url(paged()) == f"{base}/query.json?q=a&page=3"
    assert next_url(Paging()) is None


def test_dates_come_from_the_data_and_never_from_the_clock() -> None:
    rss = parse_xml(render(feed_of(entry(1)), Format.RSS))
    assert rss.findtext("channel/lastBuildDate") == "Wed, 04 Mar 2026 05:06:07 +0000"
    assert rss.findtext("channel/item/pubDate") == "Wed, 04 Mar 2026 04:06:07 +0000"
    atom = parse_xml(render(feed_of(entry(1, updated=CHANGED)), Format.ATOM))
    assert atom.findtext(f"{ATOM}updated") == "2026-03-04T05:06:07+00:00"
    assert atom.findtext(f"{ATOM}entry/{ATOM}updated") == "2026-03-04T05:06:07+00:00"
    assert atom.findtext(f"{ATOM}entry/{ATOM}published") == "2026-03-04T04:06:07+00:00"


@pytest.mark.parametrize("form", XML)
def test_a_comment_names_the_page_for_people_who_open_the_feed_in_a_browser(form: Format) -> None:
    site = replace(SITE, base_url="https://xn--nws-qla.example/---")
    root = etree.fromstring(render(feed_of(site=site), form))
    comment = root.getprevious()
    assert comment is not None
    assert (comment.text or "").endswith("open https://xn-%2Dnws-qla.example/-%2D-/all ")


@pytest.mark.parametrize("form", XML)
def test_the_rights_the_language_and_the_ttl_are_optional(form: Format) -> None:
    plain = Site(base_url="https://feeds.example.org", title="T", publisher="P")
    root = parse_xml(render(feed_of(site=plain), form))
    names = {etree.QName(it).localname for it in root.iter(etree.Element)}
    assert not names & {"rights", "copyright", "ttl", "language"}


def test_rendering_in_many_threads_does_not_change_the_locale() -> None:
    before = locale.setlocale(locale.LC_ALL)
    feed = feed_of(*varied_entries())
    with ThreadPoolExecutor(max_workers=8) as pool:
        documents = set(pool.map(lambda _: render(feed, Format.RSS), range(40)))
    assert len(documents) == 1
    assert locale.setlocale(locale.LC_ALL) == before


@pytest.mark.parametrize("form", [Format.RSS, Format.ATOM])
def test_an_entry_without_a_teaser_has_no_empty_summary(form: Format) -> None:
    document = render(feed_of(entry(title="Rain at last", text="")), form)
    (item,) = etree.fromstring(document).iter("{*}item", "{*}entry")
    assert item.find("{*}title") is not None
    assert item.find("{*}summary") is None
    assert item.find("{*}description") is None
