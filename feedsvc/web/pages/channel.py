"""What a channel's page shows: its entries, how to subscribe, and the related channels."""

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
from feedsvc.web.pages.frame import Frame, PageContext, Section


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
    context: PageContext,
    *,
    before: int | None,
) -> ChannelView:
    """A channel's page of up to `PAGE_SIZE` entries; if more were read, there are older ones.

    Raises:
        KeyError: A slug is not in the taxonomy.
    """
    name = channel_name(context.taxonomy, channel)
    state, shown = recent.state, recent.entries[:PAGE_SIZE]
    more = len(recent.entries) > PAGE_SIZE
    return ChannelView(
        frame=context.frame(
            path=f"/{channel.path}" + ("" if before is None else f"?before={before}"),
            title=name,
            about=f"{name}: the newest entries of {context.site.title}, as a page and as feeds.",
            section=Section.LATEST if channel == Channel() else Section.NONE,
            feed=context.feed_of_channel(channel),
        ),
        channel=channel,
        name=name,
        about=_define(channel, context),
        crumbs=tuple(_crumbs(channel, context)),
        entries=state.entries if state else 0,
        changed=state.changed if state else None,
        cards=tuple(make_card(entry, context) for entry in shown),
        newest="" if before is None else context.links.page(channel),
        older=context.links.older(channel, before=shown[-1].arrival) if more else "",
        groups=tuple(group for group in _groups(channel, directory) if group.rows),
    )


def _define(channel: Channel, context: PageContext) -> str:
    topic = context.taxonomy.topics[channel.topic] if channel.topic else None
    return topic.definition if topic and not channel.region else ""


def _crumbs(channel: Channel, context: PageContext) -> Iterator[LabelLink]:
    for wider in _wider(channel, context.taxonomy):
        yield LabelLink(
            name=channel_name(context.taxonomy, wider),
            path=context.links.page(wider),
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


def _way_through(wider: Sequence[str], taxonomy: Taxonomy) -> Iterator[Channel]:
    """From the widest to the nearest of the regions around a place: of several ways, UN M49's."""

    def rank(slug: str) -> tuple[bool, int]:
        region = taxonomy.regions[slug]
        return bool(region.code), len(region.parents)

    way: list[str] = []
    while wider := [slug for slug in wider if slug in taxonomy.regions and slug not in way]:
        way.append(max(wider, key=rank))
        wider = taxonomy.regions[way[-1]].parents
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
            regions = taxonomy.countries[channel.country].regions
            yield Group(heading="Part of", rows=directory.regions_around(regions))
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
