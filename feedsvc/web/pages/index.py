"""The view of the front page: the newest entries, and links to every channel."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from feedsvc.domain.model import Channel
from feedsvc.store.records import Recent
from feedsvc.web.pages.cards import Card, make_card
from feedsvc.web.pages.directory import ChannelGroup, ChannelRow, Directory
from feedsvc.web.pages.formatting import format_count
from feedsvc.web.pages.frame import Frame, NavItem, PageContext

LATEST = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexView:
    """The front page; `changed` is None before the first entry."""

    frame: Frame
    entries: int
    changed: datetime | None
    latest: tuple[Card, ...]
    busiest: tuple[ChannelGroup, ...]
    topics: tuple[ChannelRow, ...]
    regions: tuple[ChannelRow, ...]
    countries: tuple[ChannelRow, ...]
    template: str = "index.html"

    @property
    def kinds(self) -> tuple[str, ...]:
        """Counts of topics, regions and countries that have entries: `5 topics`."""
        counts = (
            (len(self.topics), "topic", "topics"),
            (sum(1 for _ in _walk(self.regions)), "region", "regions"),
            (len(self.countries), "country", "countries"),
        )
        return tuple(format_count(number, one, many) for number, one, many in counts if number)


def view_index(recent: Recent, directory: Directory, context: PageContext) -> IndexView:
    """Return the front page."""
    site = context.site
    return IndexView(
        frame=context.frame(
            path="/",
            title="",
            about=f"The newest entries of {site.title}, and feeds by place and topic.",
            section=NavItem.INDEX,
        ),
        entries=directory.counts.get(Channel(), 0),
        changed=recent.state.changed if recent.state else None,
        latest=tuple(make_card(entry, context) for entry in recent.entries[:LATEST]),
        busiest=directory.busiest(),
        topics=directory.topics(),
        regions=directory.regions(),
        countries=directory.countries(),
    )


def _walk(rows: tuple[ChannelRow, ...]) -> Iterator[ChannelRow]:
    for row in rows:
        yield row
        yield from _walk(row.rows)
