from __future__ import annotations

from dataclasses import replace

import pytest

from feedsvc.domain.model import Channel
from feedsvc.domain.taxonomy import Region, Taxonomy, Topic
from feedsvc.web.pages.directory import ChannelRow, Directory

COUNTS = {
    Channel(): 9,
    Channel(region="asia"): 5,
    Channel(region="central-asia"): 3,
    Channel(region="middle-east"): 1,
    Channel(region="caribbean"): 2,
    Channel(region="europe"): 0,
    Channel(country="kz"): 3,
    Channel(country="jm"): 2,
    Channel(topic="labour"): 4,
    Channel(topic="health"): 1,
    Channel(region="asia", topic="labour"): 2,
    Channel(region="central-asia", topic="labour"): 2,
}


@pytest.fixture
def directory(taxonomy: Taxonomy) -> Directory:
    return Directory(taxonomy, COUNTS)


def names(rows: tuple[ChannelRow, ...]) -> list[str]:
    return [row.name for row in rows]


def test_narrower_regions_are_below_wider_ones(directory: Directory) -> None:
    asia = next(row for row in directory.regions() if row.name == "Asia")
    assert asia.entries == 5
    assert names(asia.rows) == ["Central Asia"]


def test_a_region_whose_parents_have_no_entries_is_at_the_top(directory: Directory) -> None:
    assert {"Caribbean", "Middle East"} <= set(names(directory.regions()))


def test_what_has_no_entries_is_left_out(directory: Directory) -> None:
    assert "Europe" not in names(directory.regions())


def test_countries_are_sorted_by_name(directory: Directory) -> None:
    assert names(directory.countries()) == ["Jamaica", "Kazakhstan"]


def test_channels_added_by_an_operator_are_sorted_in(taxonomy: Taxonomy) -> None:
    chess = Topic(slug="chess", name="Chess", code="", definition="")
    baltics = Region(slug="baltics", name="Baltics", code="", parents=("europe",))
    brics = Region(slug="brics", name="BRICS", code="", parents=())
    changed = replace(
        taxonomy,
        regions={**taxonomy.regions, "brics": brics, "baltics": baltics},
        topics={**taxonomy.topics, "chess": chess},
    )
    regions = ("brics", "baltics", "asia", "europe", "middle-east", "northern-europe")
    topics = ("chess", "arts", "conflict", "weather")
    counts = {Channel(region=it): 1 for it in regions} | {Channel(topic=it): 1 for it in topics}
    directory = Directory(changed, counts)
    assert names(directory.regions()) == ["Asia", "BRICS", "Europe", "Middle East"]
    assert names(directory.regions_within("europe")) == ["Baltics", "Northern Europe"]
    assert [topic.split(",")[0] for topic in names(directory.topics())] == [
        "Arts",
        "Chess",
        "Conflict",
        "Weather",
    ]


def test_an_accent_does_not_move_a_name(taxonomy: Taxonomy) -> None:
    counts = {Channel(country=it): 1 for it in ("ax", "al", "zw")}
    assert names(Directory(taxonomy, counts).countries()) == [
        "Åland Islands",
        "Albania",
        "Zimbabwe",
    ]


def test_countries_can_be_those_of_a_region(directory: Directory) -> None:
    assert names(directory.countries(region="asia")) == ["Kazakhstan"]


def test_topics_are_counted_within_a_region(directory: Directory) -> None:
    (labour,) = directory.topics(region="asia")
    assert labour == ChannelRow(
        name="Labour",
        channel=Channel(region="asia", topic="labour"),
        entries=2,
    )


def test_regions_are_counted_within_a_topic(directory: Directory) -> None:
    (asia,) = directory.regions(topic="labour")
    assert asia.channel == Channel(region="asia", topic="labour")
    assert names(asia.rows) == ["Central Asia"]


def test_the_tree_below_a_region_leaves_it_out(directory: Directory) -> None:
    assert names(directory.regions_within("asia")) == ["Central Asia"]


def test_regions_around_keep_their_order(directory: Directory) -> None:
    rows = directory.regions_around(("central-asia", "asia", "no-such"))
    assert names(rows) == ["Central Asia", "Asia"]
