"""What every page has around its content: its names, its addresses, the feeds it announces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from feedsvc.domain.model import Channel
from feedsvc.domain.render import Format, Site, channel_name
from feedsvc.domain.taxonomy import Taxonomy
from feedsvc.web.links import Links

FORMS = (Format.ATOM, Format.RSS, Format.JSON)
FORM_NAMES = {Format.ATOM: "Atom", Format.RSS: "RSS", Format.JSON: "JSON"}


class Section(StrEnum):
    """Which item of the site's navigation a page belongs to."""

    INDEX = "index"
    LATEST = "latest"
    SEARCH = "search"
    STATUS = "status"
    NONE = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLink:
    """A feed in one format: `path` within the site, `address` to subscribe to."""

    name: str
    title: str
    media_type: str
    path: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A page's surroundings; `path` is its own below the site, `feeds` those of its channel."""

    site: Site
    links: Links
    section: Section
    title: str
    about: str
    path: str
    channel_name: str
    feeds: tuple[FeedLink, ...]

    @property
    def window_title(self) -> str:
        """What a browser shows on the tab."""
        return f"{self.title} — {self.site.title}" if self.title else self.site.title

    @property
    def canonical(self) -> str:
        """The page's one public address."""
        return self.links.public(self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What frames are made from."""

    site: Site
    taxonomy: Taxonomy
    links: Links

    def frame(
        self,
        *,
        path: str,
        title: str,
        about: str,
        section: Section = Section.NONE,
        channel: Channel | None = None,
    ) -> Frame:
        """The frame of a page; without a channel of its own it announces the feeds of all."""
        channel = channel or Channel()
        name = channel_name(self.taxonomy, channel)
        return Frame(
            site=self.site,
            links=self.links,
            section=section,
            title=title,
            about=about,
            path=path,
            channel_name=name,
            feeds=tuple(self._feeds(channel, name)),
        )

    def _feeds(self, channel: Channel, name: str) -> Iterator[FeedLink]:
        title = self.site.title if channel == Channel() else f"{name} — {self.site.title}"
        for form in FORMS:
            yield FeedLink(
                name=FORM_NAMES[form],
                title=f"{title} ({FORM_NAMES[form]})",
                media_type=form.media_type,
                path=self.links.feed(channel, form),
                address=self.links.subscription(channel, form),
            )
