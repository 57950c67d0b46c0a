"""What a channel's page shows: its entries, how to subscribe, and the channels around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from feedsvc.domain.model import Channel, Kind
from feedsvc.domain.render import channel_name
from feedsvc.domain.taxonomy import Taxonomy
from feedsvc.store.records import Recent
from feedsvc.web.pages.cards import PAGE_SIZE, Card, LabelLink, make_card
from feedsvc.web.pages.directory import Directory, Group
from feedsvc.web.pages.frame import Frame, Section, Surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelView:
    """A channel's page; `newest` is its first page's path on later ones, `older` the next one's."""

    frame: Frame
    channel: Channel
    name: str
    about: str
    crumbs: tuple[LabelLink, ...]
    entries: int
    changed: datetime | None
    cards: tuple[Card, ...]
    newest: str
    older: str
    groups: tuple[Group, ...]
    template: str = "channel.html"


def view_channel(
    channel: Channel,
    recent: Recent,
    directory: Directory,
    around: Surroundings,
    *,
    before: int | None,
) -> ChannelView:
    """A channel's page of up to `PAGE_SIZE` entries; if more were read, there are older ones.

    Raises:
        KeyError: A slug is not in the taxonomy.
    """
    name = channel_name(around.taxonomy, channel)
    state, shown = recent.state, recent.entries[:PAGE_SIZE]
    more = len(recent.entries) > PAGE_SIZE
    return ChannelView(
        frame=around.frame(
            path=f"/{channel.path}" + ("" if before is None else f"?before={before}"),
            title=name,
            about=f"{name}: the newest entries of {around.site.title}, as a page and as feeds.",
            section=Section.LATEST if channel == Channel() else Section.NONE,
            feed=around.feed_of_channel(channel),
        ),
        channel=channel,
        name=name,
        about=_define(channel, around),
        crumbs=tuple(_crumbs(channel, around)),
        entries=state.entries if state else 0,
        changed=state.changed if state else None,
        cards=tuple(make_card(entry, around) for entry in shown),
        newest="" if before is None else around.links.page(channel),
        older=around.links.older(channel, before=shown[-1].arrival) if more else "",
        groups=tuple(group for group in _groups(channel, directory) if group.rows),
    )


def _define(channel: Channel, around: Surroundings) -> str:
    topic = around.taxonomy.topics[channel.topic] if channel.topic else None
    return topic.definition if topic and not channel.region else ""


def _crumbs(channel: Channel, around: Surroundings) -> Iterator[LabelLink]:
    for wider in _wider(channel, around.taxonomy):
        yield LabelLink(
            name=channel_name(around.taxonomy, wider),
            path=around.links.page(wider),
        )


def _wider(channel: Channel, taxonomy: Taxonomy) -> Iterator[Channel]:
    """The way to a channel, the widest first."""
    if channel == Channel():
        return
    yield Channel()
    if channel.country:
        yield from _way_through(taxonomy.countries[channel.country].regions, taxonomy)
    if channel.region:
        yield from _way_through(taxonomy.regions[channel.region].parents, taxonomy)
    if channel.region and channel.topic:
        yield Channel(region=channel.region)
        yield Channel(topic=channel.topic)


def _way_through(around: Sequence[str], taxonomy: Taxonomy) -> Iterator[Channel]:
    """From the widest to the nearest of the regions around a place: of several ways, UN M49's."""

    def rank(slug: str) -> tuple[bool, int]:
        region = taxonomy.regions[slug]
        return bool(region.code), len(region.parents)

    way: list[str] = []
    while around := [slug for slug in around if slug in taxonomy.regions and slug not in way]:
        way.append(max(around, key=rank))
        around = taxonomy.regions[way[-1]].parents
    return (Channel(region=slug) for slug in reversed(way))


def _groups(channel: Channel, directory: Directory) -> Iterator[Group]:
    taxonomy = directory.taxonomy
    match channel:
        case Channel(region="", country="", topic=""):
            yield Group(heading="Topics", rows=directory.topics())
            yield Group(heading="Regions", rows=directory.regions())
        case Channel(region="", country=""):
            name = taxonomy.name(Kind.TOPIC, channel.topic)
            yield Group(heading=f"{name} by region", rows=directory.regions(topic=channel.topic))
        case Channel(region=""):
            around = taxonomy.countries[channel.country].regions
            yield Group(heading="Part of", rows=directory.regions_around(around))
        case Channel(topic=""):
            yield from _around_region(channel.region, directory)
        case _:
            name = taxonomy.name(Kind.REGION, channel.region)
            topic = taxonomy.name(Kind.TOPIC, channel.topic)
            narrower = directory.regions_within(channel.region, topic=channel.topic)
            yield Group(heading=f"{topic} within {name}", rows=narrower)
            others = directory.topics(region=channel.region)
            yield Group(
                heading=f"Other topics in {name}",
                rows=tuple(row for row in others if row.channel != channel),
            )


def _around_region(region: str, directory: Directory) -> Iterator[Group]:
    name = directory.taxonomy.name(Kind.REGION, region)
    parents = directory.taxonomy.regions[region].parents
    yield Group(heading=f"Topics in {name}", rows=directory.topics(region=region))
    yield Group(heading=f"Regions in {name}", rows=directory.regions_within(region))
    yield Group(heading=f"Countries in {name}", rows=directory.countries(region=region))
    yield Group(heading="Part of", rows=directory.regions_around(parents))
