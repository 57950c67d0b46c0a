"""The channels related to one, in groups under a heading."""

from __future__ import annotations

from collections.abc import Iterator

from feedsvc.domain.model import Channel, Kind
from feedsvc.domain.render import add_article
from feedsvc.domain.taxonomy import Taxonomy
from feedsvc.web.pages.directory import ChannelGroup, Directory
from feedsvc.web.pages.formatting import join_with_and

_PART_OF = "Part of"


def list_related(channel: Channel, directory: Directory) -> tuple[ChannelGroup, ...]:
    """Return the groups of channels around one and within it, without empty ones."""
    return tuple(group for group in _list_groups(channel, directory) if group.rows)


def describe_related(channel: Channel, groups: tuple[ChannelGroup, ...], taxonomy: Taxonomy) -> str:
    """Name in one line what the groups offer: `Topics and countries in Asia`."""
    if not groups:
        return ""
    if channel.country:
        return f"{_PART_OF} {join_with_and([row.name for row in groups[0].rows])}"
    if channel.region and channel.topic:
        return f"More about {_name_region(channel.region, taxonomy)}"
    if channel.region:
        within = [group.kind for group in groups if group.kind]
        place = _name_region(channel.region, taxonomy)
        return f"{join_with_and(within).capitalize()} in {place}" if within else "Wider regions"
    return join_with_and([groups[0].heading, *(group.heading.lower() for group in groups[1:])])


def _list_groups(channel: Channel, directory: Directory) -> Iterator[ChannelGroup]:
    taxonomy = directory.taxonomy
    match channel:
        case Channel(region="", country="", topic=""):
            yield ChannelGroup(heading="Topics", rows=directory.topics())
            yield ChannelGroup(heading="Regions", rows=directory.regions())
        case Channel(region="", country=""):
            topic = taxonomy.name(Kind.TOPIC, channel.topic)
            yield ChannelGroup(
                heading=f"{topic} by region", rows=directory.regions(topic=channel.topic)
            )
        case Channel(region=""):
            regions = taxonomy.countries[channel.country].regions
            yield ChannelGroup(heading=_PART_OF, rows=directory.regions_around(regions))
        case Channel(topic=""):
            yield from _list_around_region(channel.region, directory)
        case _:
            place = _name_region(channel.region, taxonomy)
            topic = taxonomy.name(Kind.TOPIC, channel.topic)
            narrower = directory.regions_within(channel.region, topic=channel.topic)
            yield ChannelGroup(heading=f"{topic} within {place}", rows=narrower)
            topics = directory.topics(region=channel.region)
            others = tuple(row for row in topics if row.channel != channel)
            yield ChannelGroup(heading=f"Other topics in {place}", rows=others)


def _list_around_region(region: str, directory: Directory) -> Iterator[ChannelGroup]:
    place = _name_region(region, directory.taxonomy)
    within = (
        ("topics", directory.topics(region=region)),
        ("regions", directory.regions_within(region)),
        ("countries", directory.countries(region=region)),
    )
    for kind, rows in within:
        yield ChannelGroup(heading=f"{kind.capitalize()} in {place}", rows=rows, kind=kind)
    parents = directory.taxonomy.regions[region].parents
    yield ChannelGroup(heading=_PART_OF, rows=directory.regions_around(parents))


def _name_region(slug: str, taxonomy: Taxonomy) -> str:
    return add_article(taxonomy, taxonomy.name(Kind.REGION, slug))
