from __future__ import annotations

import pytest

from feedsvc.domain.model import Channel
from feedsvc.domain.taxonomy import Taxonomy
from feedsvc.web.pages.directory import Directory
from feedsvc.web.pages.related import describe_related, list_related

CHANNELS = (
    Channel(),
    Channel(region="africa"),
    Channel(region="eastern-africa"),
    Channel(region="americas"),
    Channel(country="ke"),
    Channel(topic="labour"),
    Channel(topic="sport"),
    Channel(region="africa", topic="labour"),
    Channel(region="africa", topic="sport"),
    Channel(region="americas", topic="sport"),
)


def directory(taxonomy: Taxonomy) -> Directory:
    return Directory(taxonomy, dict.fromkeys(CHANNELS, 1))


@pytest.mark.parametrize(
    ("channel", "headings", "description"),
    [
        (Channel(), ["Topics", "Regions"], "Topics and regions"),
        (Channel(topic="labour"), ["Labour by region"], "Labour by region"),
        (Channel(country="ke"), ["Part of"], "Part of Eastern Africa and Africa"),
        (
            Channel(region="africa"),
            ["Topics in Africa", "Regions in Africa", "Countries in Africa"],
            "Topics, regions and countries in Africa",
        ),
        (Channel(region="americas"), ["Topics in the Americas"], "Topics in the Americas"),
        (
            Channel(region="africa", topic="labour"),
            ["Other topics in Africa"],
            "More about Africa",
        ),
        (Channel(region="americas", topic="sport"), [], ""),
    ],
)
def test_related_channels_are_grouped_and_described(
    taxonomy: Taxonomy,
    channel: Channel,
    headings: list[str],
    description: str,
) -> None:
    groups = list_related(channel, directory(taxonomy))
    assert [group.heading for group in groups] == headings
    assert describe_related(channel, groups, taxonomy) == description


def test_a_region_without_anything_in_it_offers_wider_ones(taxonomy: Taxonomy) -> None:
    channel = Channel(region="eastern-africa")
    some = Directory(taxonomy, {Channel(region="africa"): 1})
    assert describe_related(channel, list_related(channel, some), taxonomy) == "Wider regions"
