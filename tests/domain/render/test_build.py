from __future__ import annotations

from dataclasses import replace

import pytest

from feedsvc.domain.model import Channel, Entry, Kind
from feedsvc.domain.render import (
    Feed,
    FeedHeading,
    Format,
    Location,
    Paging,
    Site,
    assemble_feed,
    build_feed,
    channel_name,
)
from tests.domain.render.builders import CHANGED, SITE, entry, label, taxonomy

EVERYTHING = Channel()
LABOUR_IN_ASIA = Channel(region="asia", topic="labour")


def feed_of(
    *entries: Entry,
    channel: Channel = EVERYTHING,
    site: Site = SITE,
    paging: Paging | None = None,
) -> Feed:
    return build_feed(site, taxonomy(), channel, entries, changed=CHANGED, paging=paging)


@pytest.mark.parametrize(
    ("channel", "name"),
    [
        (Channel(), "All entries"),
        (Channel(region="central-asia"), "Central Asia"),
        (Channel(country="kz"), "Kazakhstan"),
        (Channel(topic="labour"), "Labour"),
        (LABOUR_IN_ASIA, "Labour in Asia"),
        (Channel(region="middle-east", topic="labour"), "Labour in the Middle East"),
        (Channel(region="gone"), "gone"),
    ],
)
def test_a_channel_is_named_as_people_call_it(channel: Channel, name: str) -> None:
    assert channel_name(taxonomy(), channel) == name


def test_titles_end_with_the_sites_title_which_the_feed_of_everything_has() -> None:
    assert feed_of(channel=LABOUR_IN_ASIA).title == "Labour in Asia — The Gazette & Herald"
    assert feed_of().title == "The Gazette & Herald"


def test_every_url_begins_with_the_base_url() -> None:
    feed = feed_of(channel=LABOUR_IN_ASIA)
    base = "https://feeds.example.org/news"
    assert feed.page == f"{base}/regions/asia/topics/labour"
    assert feed.url(Format.ATOM) == f"{base}/feeds/regions/asia/topics/labour.atom"
    assert feed.icon == f"{base}/static/favicon.png"
    assert feed.logo == f"{base}/static/logo.png"


def test_a_trailing_slash_of_the_base_url_is_not_doubled() -> None:
    site = replace(SITE, base_url="https://feeds.example.org/")
    assert feed_of(site=site).url(Format.RSS) == "https://feeds.example.org/feeds/all.rss"


def test_an_id_depends_only_on_the_channel() -> None:
    moved = replace(SITE, base_url="https://elsewhere.example", title="Renamed")
    ids = {feed_of(channel=it).id for it in (Channel(), LABOUR_IN_ASIA, Channel(region="asia"))}
    assert len(ids) == 3
    assert feed_of(site=moved).id == feed_of().id == "urn:uuid:a25e0415-6d94-5de4-8819-d6240d5c5897"


def test_a_page_of_a_feed_has_the_feeds_id_and_its_own_address() -> None:
    here = Location(path="all/archive/7")
    page = feed_of(paging=Paging(here=here))
    assert page.id == feed_of().id
    assert page.url(Format.RSS) == "https://feeds.example.org/news/feeds/all/archive/7.rss"


def test_a_query_is_part_of_a_feeds_address_and_id() -> None:
    def feed(query: str) -> Feed:
        heading = FeedHeading(
            title="A search",
            description="What it found",
            location=Location(path="query", query=query),
            page="https://feeds.example.org/news/search?q=x",
        )
        return assemble_feed(SITE, taxonomy(), heading, (), changed=CHANGED)

    assert feed("q=x").url(Format.JSON) == "https://feeds.example.org/news/feeds/query.json?q=x"
    assert feed("q=x").id != feed("q=y").id


def test_an_entry_links_to_its_stated_link_or_else_to_its_page() -> None:
    page = "https://feeds.example.org/news/entries/00000000-0000-0000-0000-000000000001"
    bare, linked = feed_of(entry(1), entry(2, link="https://paper.example/")).entries
    assert (bare.link, bare.page) == (page, page)
    assert linked.link == "https://paper.example/"


def test_an_untitled_entry_has_its_first_words_as_title() -> None:
    assert feed_of(entry(title="", text="Rain fell.")).entries[0].title == "Rain fell."
    assert feed_of(entry(title="", text="")).entries[0].title == "Untitled"


def test_labels_become_categories_in_the_order_of_their_kinds() -> None:
    labels = (
        label(Kind.TOPIC, "labour"),
        label(Kind.COUNTRY, "kz"),
        label(Kind.REGION, "central-asia"),
        label(Kind.REGION, "asia"),
    )
    categories = feed_of(entry(labels=labels)).entries[0].categories
    assert [it.term for it in categories] == ["central-asia", "asia", "kz", "labour"]
    assert [it.label for it in categories] == ["Central Asia", "Asia", "Kazakhstan", "Labour"]
    assert [it.scheme.rpartition("/")[2] for it in categories] == [
        "regions",
        "regions",
        "countries",
        "topics",
    ]


def test_a_label_no_longer_in_the_vocabulary_is_shown_by_its_slug() -> None:
    (category,) = feed_of(entry(labels=(label(Kind.TOPIC, "gone"),))).entries[0].categories
    assert category.label == "gone"


def test_an_entrys_language_is_stated_only_if_it_differs() -> None:
    entries = feed_of(*(entry(language=tag) for tag in ("EN", "fr-CA", "not a tag", ""))).entries
    assert [it.language for it in entries] == ["", "fr-CA", "", ""]


def test_forbidden_characters_are_removed_in_every_format() -> None:
    dirty = entry(title="A\x00B\ufffe", text="C\ud800D", author="\x1f")
    shown = feed_of(dirty, site=replace(SITE, title="\x0bSite\uffff")).entries[0]
    assert (shown.title, shown.summary, shown.author) == ("AB", "CD", "")


def test_a_site_without_texts_still_has_everything_the_formats_require() -> None:
    feed = feed_of(site=replace(SITE, title=" ", publisher="\x00", language="??", rights=" "))
    assert (feed.site.title, feed.site.publisher) == ("Untitled", "Untitled")
    assert (feed.site.language, feed.site.rights) == ("", "")


def test_forbidden_characters_in_an_address_do_not_break_the_document() -> None:
    here = Location(path="query", query="q=\x00a\ud800")
    assert feed_of(paging=Paging(here=here)).url(Format.RSS).endswith("/feeds/query.rss?q=a")
