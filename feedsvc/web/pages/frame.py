"""What every page has around its content: titles, addresses, the feeds it announces."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from feedsvc.domain.model import Channel
from feedsvc.domain.query import Query
from feedsvc.domain.render import BEST_FIRST, FeedHeading, Format, Site, channel_name, head_channel
from feedsvc.domain.render.questions import head_query, name_query
from feedsvc.domain.taxonomy import Taxonomy
from feedsvc.web.pages.links import Links


class NavItem(StrEnum):
    """Which item of the site's navigation a page belongs to."""

    INDEX = "index"
    LATEST = "latest"
    SEARCH = "search"
    STATUS = "status"
    NONE = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormatLink:
    """A feed in one format: `path` within the site, `address` to subscribe to."""

    name: str
    title: str
    media_type: str
    path: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedOffer:
    """What a page offers to subscribe to, in any format, and its name for people."""

    name: str
    heading: FeedHeading


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What is around a page's content; `feeds` is what it offers to subscribe to.

    `path` is relative to the site, and empty for a page without an address of its own.
    """

    site: Site
    links: Links
    section: NavItem
    title: str
    about: str
    path: str
    feed_name: str
    feeds: tuple[FormatLink, ...]

    @property
    def window_title(self) -> str:
        """The title of the browser's tab."""
        return f"{self.title} — {self.site.title}" if self.title else self.site.title

    @property
    def canonical(self) -> str:
        """The page's one public address."""
        return self.links.public(self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageContext:
    """What all pages are made from, whatever they show."""

    site: Site
    taxonomy: Taxonomy
    links: Links

    def frame(
        self,
        *,
        path: str,
        title: str,
        about: str,
        section: NavItem = NavItem.NONE,
        feed: FeedOffer | None = None,
    ) -> Frame:
        """Return the frame of a page; without its own feed it announces that of all entries."""
        feed = feed or self.feed_of_channel(Channel())
        return Frame(
            site=self.site,
            links=self.links,
            section=section,
            title=title,
            about=about,
            path=path,
            feed_name=feed.name,
            feeds=self.link_feeds(feed),
        )

    def link_feeds(self, feed: FeedOffer) -> tuple[FormatLink, ...]:
        """Return a feed's links in every format, the recommended one first."""
        return tuple(self._link(feed.heading, form) for form in BEST_FIRST)

    def feed_of_channel(self, channel: Channel) -> FeedOffer:
        """Return the feed of a channel."""
        return FeedOffer(
            name=channel_name(self.taxonomy, channel),
            heading=head_channel(self.site, self.taxonomy, channel),
        )

    def feed_of_query(self, query: Query) -> FeedOffer:
        """Return the feed of a query; an empty query has the feed of all entries."""
        if query == Query():
            return self.feed_of_channel(Channel())
        return FeedOffer(
            name=name_query(self.taxonomy, query),
            heading=head_query(self.site, self.taxonomy, query),
        )

    def _link(self, heading: FeedHeading, form: Format) -> FormatLink:
        address = heading.location.url(self.site, form)
        return FormatLink(
            name=form.display_name,
            title=f"{heading.title} ({form.display_name})",
            media_type=form.media_type,
            path=self.links.here(address.removeprefix(self.site.base_url)),
            address=address,
        )
