"""The view of a channel's page: its entries, how to subscribe, and related channels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from feedsvc.domain.model import Channel
from feedsvc.domain.render import channel_name
from feedsvc.domain.taxonomy import Taxonomy
from feedsvc.store.records import Recent
from feedsvc.web.pages.cards import PAGE_SIZE, Card, LabelLink, make_card
from feedsvc.web.pages.directory import ChannelGroup, Directory
from feedsvc.web.pages.frame import Frame, NavItem, PageContext
from feedsvc.web.pages.related import describe_related, list_related


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelView:
    """A channel's page.

    `newest` is the path of the first page on later ones, `older` that of the next; `jump` is the
    text of the link to the related channels.
    """

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
    groups: tuple[ChannelGroup, ...]
    jump: str
    template: str = "channel.html"


def view_channel(
    channel: Channel,
    recent: Recent,
    directory: Directory,
    context: PageContext,
    *,
    before: int | None,
) -> ChannelView:
    """Return a channel's page of up to `PAGE_SIZE` entries; if more were read, it links to older.

    Raises:
        KeyError: A slug is not in the taxonomy.
    """
    name = channel_name(context.taxonomy, channel)
    state, shown = recent.state, recent.entries[:PAGE_SIZE]
    more = len(recent.entries) > PAGE_SIZE
    groups = list_related(channel, directory)
    return ChannelView(
        frame=context.frame(
            path=f"/{channel.path}" + ("" if before is None else f"?before={before}"),
            title=name,
            about=f"{name}: the newest entries of {context.site.title}, as a page and as feeds.",
            section=NavItem.LATEST if channel == Channel() else NavItem.NONE,
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
        groups=groups,
        jump=describe_related(channel, groups, context.taxonomy),
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
    """Yield the channels that lead to one, the widest first."""
    if channel == Channel():
        return
    yield Channel()
    if channel.country:
        yield from _list_ancestors(taxonomy.countries[channel.country].regions, taxonomy)
    if channel.region:
        yield from _list_ancestors(taxonomy.regions[channel.region].parents, taxonomy)
    if channel.region and channel.topic:
        yield Channel(region=channel.region)
        yield Channel(topic=channel.topic)


def _list_ancestors(wider: Sequence[str], taxonomy: Taxonomy) -> Iterator[Channel]:
    """Return the regions around a place, the widest first; of several ways, that of UN M49."""

    def rank(slug: str) -> tuple[bool, int]:
        region = taxonomy.regions[slug]
        return bool(region.code), len(region.parents)

    way: list[str] = []
    while wider := [slug for slug in wider if slug in taxonomy.regions and slug not in way]:
        way.append(max(wider, key=rank))
        wider = taxonomy.regions[way[-1]].parents
    return (Channel(region=slug) for slug in reversed(way))
