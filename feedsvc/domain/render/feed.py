"""A feed as a value: everything that a document says, whatever its format."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto
from uuid import UUID

from feedsvc.domain.identity import NAMESPACE
from feedsvc.domain.render.characters import clean
from feedsvc.domain.render.format import Format


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The publishing site.

    `base_url` is public, may have a path prefix, and has no trailing slash; `language` is a BCP 47
    tag or empty; `ttl` is in minutes, 0 for none. `namespace` is the database's, in which feed ids
    are made; it never changes, so it is not part of the text that says whether documents change.
    """

    base_url: str
    title: str
    publisher: str
    language: str = ""
    rights: str = ""
    ttl: int = 0
    namespace: UUID = field(default=NAMESPACE, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """The address of a feed document below `/feeds/`, without its format.

    `path` has no suffix (`regions/asia`); `query` is encoded and has no question mark.
    """

    path: str
    query: str = ""

    def address(self, form: Format) -> str:
        """Return its path and query in a format."""
        mark = "?" if self.query else ""
        return f"/feeds/{self.path}.{form.suffix}{mark}{self.query}"

    def url(self, site: Site, form: Format) -> str:
        """Return its absolute URL in a format."""
        return clean(f"{site.base_url}{self.address(form)}")


class Extent(Enum):
    """Which part of a feed a document contains (RFC 5005)."""

    NEWEST = auto()  # the newest entries: the feed to subscribe to, or a page of a paged feed
    COMPLETE = auto()  # all entries, §2
    ARCHIVE = auto()  # a fixed range of older entries, §4


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """A document's place among the documents of its feed; the fields are RFC 5005's relations.

    `here` is the document itself, if that is not at the feed's own location.
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
        """Every relation that is set, with its target, in a fixed order."""
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
        """The document with the next older entries, if there is one."""
        return self.next or self.prev_archive


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedCategory:
    """A label as readers see it, with Atom's term, scheme and label (RFC 4287 §4.2.2)."""

    term: str
    scheme: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """An entry as readers see it: plain text, absolute URLs.

    `link` is the target of its headline, `page` its page on this site. `language` is set only if it
    differs from the feed's. `author`, `image`, `summary` and `language` can be empty.
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
    """A feed document before it has a format; its text is plain, without what XML forbids.

    `location` is the document's own; `updated` is the feed's, and never later than its data.
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
        """Return the document's absolute URL in a format."""
        return self.location.url(self.site, form)

    @property
    def notice(self) -> str:
        """A note for people who open the document in a browser, which shows it as bare XML."""
        return f"This is a feed, for a feed reader. To read it in a browser, open {self.page}"
