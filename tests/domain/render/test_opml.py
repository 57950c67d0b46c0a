from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from lxml import etree
from lxml.etree import _Element

from feedsvc.domain.model import Channel, Kind
from feedsvc.domain.render import Format, ListedChannel, Site, render_opml
from feedsvc.domain.taxonomy import Country, Taxonomy
from feedsvc.services.vocabulary import load_vocabulary
from tests.domain.render.builders import CHANGED, SITE, taxonomy
from tests.feed_rules import check_opml

LISTED = tuple(
    ListedChannel(channel=channel, entries=count)
    for channel, count in (
        (Channel(topic="labour"), 4),
        (Channel(region="middle-east"), 2),
        (Channel(region="asia", topic="labour"), 1),
        (Channel(region="central-asia"), 3),
        (Channel(), 9),
        (Channel(region="asia"), 7),
        (Channel(country="kz"), 3),
        (Channel(topic="arts"), 5),
    )
)


def slugs_of(names: Taxonomy, kind: Kind) -> tuple[str, ...]:
    match kind:
        case Kind.REGION:
            return tuple(names.regions)
        case Kind.COUNTRY:
            return tuple(names.countries)
        case Kind.TOPIC:
            return tuple(names.topics)


def opml_of(
    *listed: ListedChannel,
    site: Site = SITE,
    changed: datetime | None = CHANGED,
    form: Format = Format.RSS,
) -> _Element:
    document = render_opml(site, taxonomy(), listed, changed=changed, form=form)
    check_opml(document)
    return etree.fromstring(document)


def test_the_list_of_all_possible_channels_stays_well_below_a_megabyte() -> None:
    names = load_vocabulary().taxonomy
    every = [
        Channel(),
        *(Channel(country=country) for country in names.countries),
        *(Channel(topic=topic) for topic in names.topics),
        *(Channel(region=region) for region in names.regions),
        *(
            Channel(region=region, topic=topic)
            for region in names.regions
            for topic in names.topics
        ),
    ]
    site = replace(
        SITE, base_url=f"https://feeds.{'long-' * 12}name.example/news", title="Long Name " * 12
    )
    listed = [ListedChannel(channel=channel, entries=10**9) for channel in every]
    document = render_opml(site, names, listed, changed=CHANGED)
    assert document.count(b"xmlUrl") == len(every) > 800
    assert len(document) < 700_000


def test_channels_are_grouped_and_sorted_by_title() -> None:
    body = opml_of(*LISTED)[1]
    shown = [
        (group.get("text"), [it.get("text").split(" — ")[0] for it in group]) for group in body
    ]
    assert shown == [
        ("The Gazette & Herald", []),
        ("Regions", ["Asia", "Central Asia", "Middle East"]),
        ("Countries", ["Kazakhstan"]),
        ("Topics", ["Arts, culture & entertainment", "Labour"]),
        ("Regions and topics", ["Labour in Asia"]),
    ]


def test_a_region_and_a_country_of_one_name_have_different_titles() -> None:
    names = replace(
        taxonomy(), countries={"aq": Country(slug="aq", name="Central Asia", regions=("asia",))}
    )
    listed = [
        ListedChannel(channel=channel, entries=1)
        for channel in (Channel(country="aq"), Channel(region="central-asia"))
    ]
    for order in (listed, listed[::-1]):
        body = etree.fromstring(render_opml(SITE, names, order, changed=CHANGED))[1]
        shown = {
            one.get("xmlUrl").rpartition("/")[2]: one.get("title")
            for one in body.iter()
            if one.get("xmlUrl")
        }
        assert shown == {
            "central-asia.rss": "Central Asia — The Gazette & Herald",
            "aq.rss": "Central Asia (country) — The Gazette & Herald",
        }


def test_all_titles_of_the_built_in_vocabulary_are_different() -> None:
    names = load_vocabulary(None).taxonomy
    listed = [
        ListedChannel(channel=Channel(**{kind.value: slug}), entries=1)
        for kind in Kind
        for slug in slugs_of(names, kind)
    ]
    body = etree.fromstring(render_opml(SITE, names, listed, changed=CHANGED))[1]
    titles = [one.get("title") for one in body.iter() if one.get("xmlUrl")]
    assert len(titles) == len(set(titles)) > 200


def test_an_outline_has_feed_page_and_count() -> None:
    (group,) = opml_of(ListedChannel(channel=Channel(region="asia"), entries=7))[1]
    assert dict(group[0].attrib) == {
        "text": "Asia — The Gazette & Herald",
        "title": "Asia — The Gazette & Herald",
        "type": "rss",
        "xmlUrl": "https://feeds.example.org/news/feeds/regions/asia.rss",
        "htmlUrl": "https://feeds.example.org/news/regions/asia",
        "description": "7 entries",
        "language": "en",
    }


def test_one_entry_is_counted_in_the_singular() -> None:
    (outline,) = opml_of(ListedChannel(channel=Channel(), entries=1))[1]
    assert outline.get("description") == "1 entry"


def test_the_order_of_the_input_does_not_matter() -> None:
    there = render_opml(SITE, taxonomy(), LISTED, changed=CHANGED)
    back = render_opml(SITE, taxonomy(), reversed(LISTED), changed=CHANGED)
    assert there == back


def test_its_date_is_that_of_the_data() -> None:
    assert opml_of(*LISTED).findtext("head/dateModified") == "Wed, 04 Mar 2026 05:06:07 +0000"
    assert opml_of(*LISTED, changed=None).find("head/dateModified") is None


def test_without_channels_it_says_so() -> None:
    (outline,) = opml_of(changed=None)[1]
    assert outline.get("text") == "No channel has entries yet"


def test_it_can_list_atom_feeds_and_omit_the_language() -> None:
    (outline,) = opml_of(LISTED[4], site=replace(SITE, language=""), form=Format.ATOM)[1]
    assert outline.get("xmlUrl").endswith("/feeds/all.atom")
    assert outline.get("language") is None


def test_forbidden_characters_do_not_break_the_list() -> None:
    root = opml_of(*LISTED, site=replace(SITE, title="\x00Site\ufffe", publisher="\ud800"))
    assert root.findtext("head/title") == "Site"
