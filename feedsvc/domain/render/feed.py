"""A feed as a value: all that a document says, before a format is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from feedsvc.domain.render.characters import clean

if TYPE_CHECKING:
    from datetime import datetime

    from feedsvc.domain.render.format import Format


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Who publishes, and where.

    `base_url` is the public one, may carry a path prefix and has no slash at its end; `language`
    is a BCP 47 tag or empty; `ttl` is in minutes, 0 for none.
    """

    base_url: str
    title: str
    publisher: str
    language: str = ""
    rights: str = ""
    ttl: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """Where a feed document lies below `/feeds/`, in every format alike.

    `path` has no suffix (`regions/asia`); `query` is encoded and has no question mark.
    """

    path: str
    query: str = ""

    def address(self, form: Format) -> str:
        """Its path and query below the site, in a format."""
        mark = "?" if self.query else ""
        return f"/feeds/{self.path}.{form.suffix}{mark}{self.query}"

    def url(self, site: Site, form: Format) -> str:
        """Its absolute URL in a format."""
        return clean(f"{site.base_url}{self.address(form)}")


class Extent(Enum):
    """How much of a feed a document holds (RFC 5005)."""

    NEWEST = auto()  # its newest entries: what one subscribes to, or a page of a paged feed
    COMPLETE = auto()  # all that it has, §2
    ARCHIVE = auto()  # a fixed part of its past, §4


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """A document's place among its feed's others; the fields are RFC 5005's link relations.

    `here` is the document itself where that is not the feed's own location.
    """

    extent: Extent = Extent.NEWEST
    here: Location | None = None
    current: Location | None = None
    first: Location | None = None
    previous: Location | None = None
    next: Location | None = None
    last: Location | None = None
    prev_archive: Location | None = None
    next_archive: Location | None = None

    @property
    def links(self) -> tuple[tuple[str, Location], ...]:
        """Every relation that is set and where it leads, in one fixed order."""
        relations = (
            ("current", self.current),
            ("first", self.first),
            ("previous", self.previous),
            ("next", self.next),
            ("last", self.last),
            ("prev-archive", self.prev_archive),
            ("next-archive", self.next_archive),
        )
        return tuple((name, where) for name, where in relations if where is not None)

    @property
    def older(self) -> Location | None:
        """Where the entries that come after this document's lie, if anywhere."""
        return self.next or self.prev_archive


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedCategory:
    """A label as readers see it: Atom's term, scheme and label (RFC 4287 §4.2.2)."""

    term: str
    scheme: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """An entry as readers see it: plain text, absolute URLs.

    `link` is where its headline leads, `page` its page here. `language` is set only where it
    differs from the feed's. `author`, `image`, `summary` and `language` are empty where absent.
    """

    id: str
    title: str
    summary: str
    link: str
    page: str
    published: datetime
    updated: datetime
    author: str
    image: str
    language: str
    categories: tuple[FeedCategory, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed document in no format yet; all text is plain and free of what XML forbids.

    `location` is the document's own. `updated` is the feed's, never later than its data.
    """

    site: Site
    id: str
    title: str
    description: str
    location: Location
    page: str
    icon: str
    logo: str
    updated: datetime
    paging: Paging
    entries: tuple[FeedEntry, ...]

    def url(self, form: Format) -> str:
        """The document's own absolute URL in a format."""
        return self.location.url(self.site, form)

    @property
    def notice(self) -> str:
        """What a document tells people who open it in a browser, which shows them bare text."""
        return f"This is a feed, for a feed reader. To read it in a browser, open {self.page}"
