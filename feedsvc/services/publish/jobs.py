"""Builds render jobs: reads from the store what a document shows, and says how to write it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from feedsvc.domain.model import Channel, Entry
from feedsvc.domain.query import Query
from feedsvc.domain.render.build import assemble_feed, build_feed
from feedsvc.domain.render.document import Document, make_document
from feedsvc.domain.render.feed import Extent, Feed, Location, Paging, Site
from feedsvc.domain.render.format import Format
from feedsvc.domain.render.opml import CONTENT_TYPE, ListedChannel, render_opml
from feedsvc.domain.render.questions import head_query
from feedsvc.domain.render.write import render
from feedsvc.domain.taxonomy import Taxonomy
from feedsvc.services.publish.renderer import RenderJob
from feedsvc.store.reader import Reader
from feedsvc.store.records import ChannelState


class UnknownPageError(LookupError):
    """A channel has no such archive page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryResult:
    """Entries that match a query, newest arrival first.

    If there are more, `older` is the arrival number to ask for them before, else None; `changed` is
    when any of the entries last changed, or when the store was created if there are none.
    """

    entries: tuple[Entry, ...]
    older: int | None
    changed: datetime


class JobBuilder:
    """Builds the render job of each kind of document."""

    def __init__(
        self,
        *,
        reader: Reader,
        custom_reader: Reader,
        site: Site,
        taxonomy: Taxonomy,
        feed_size: int,
    ) -> None:
        self._reader = reader
        self._custom_reader = custom_reader
        self._site = site
        self._taxonomy = taxonomy
        self._feed_size = feed_size
        self._created: datetime | None = None

    async def read_created(self) -> datetime:
        """When the store was created: the date of a document that never had an entry."""
        if self._created is None:
            self._created = (await self._reader.status()).created
        return self._created

    async def build_current(self, channel: Channel, form: Format) -> RenderJob:
        """A channel's newest entries: the document that people subscribe to."""
        recent = await self._reader.recent(channel, limit=self._feed_size)
        state = recent.state
        changed = state.changed if state else await self.read_created()
        feed = build_feed(
            self._site,
            self._taxonomy,
            channel,
            recent.entries,
            changed=changed,
            paging=Paging(prev_archive=_archive(channel, state.archives if state else 0)),
        )
        return RenderJob(
            revision=state.revision if state else 0,
            write=partial(write_feed, feed, form, changed),
        )

    async def build_archive(
        self,
        channel: Channel,
        page: int,
        form: Format,
        *,
        revision: int,
    ) -> RenderJob:
        """A fixed archive page of a channel (RFC 5005 §4), read at a revision of the channel.

        Raises:
            UnknownPageError: There is no such page.
        """
        found = await self._custom_reader.archive(channel, page)
        if found is None:
            raise UnknownPageError(channel.path)
        paging = Paging(
            extent=Extent.ARCHIVE,
            here=_archive(channel, page),
            current=Location(path=channel.path),
            prev_archive=_archive(channel, page - 1),
            next_archive=_archive(channel, page + 1) if page < found.pages else None,
        )
        feed = build_feed(
            self._site,
            self._taxonomy,
            channel,
            found.entries,
            changed=found.changed,
            paging=paging,
        )
        return RenderJob(revision=revision, write=partial(write_feed, feed, form, found.changed))

    async def build_query(
        self,
        query: Query,
        *,
        limit: int,
        before: int | None,
        write: Callable[[QueryResult], Document],
    ) -> RenderJob:
        """The entries that match a query, written by `write`.

        Raises:
            QueryTooBroadError: Answering takes longer than one request may.
        """
        matches = await self._custom_reader.find(query, limit=limit + 1, before=before)
        entries = matches.entries[:limit]
        result = QueryResult(
            entries=entries,
            older=entries[-1].arrival if len(matches.entries) > limit else None,
            changed=max([entry.updated for entry in entries], default=await self.read_created()),
        )
        return RenderJob(revision=matches.revision, write=partial(write, result))

    def make_query_writer(
        self,
        query: Query,
        form: Format,
        *,
        before: int | None,
    ) -> Callable[[QueryResult], Document]:
        """A function that writes matching entries as a page of a paged feed (RFC 5005 §3)."""
        first = Location(path="query", query=query.encode())

        def write(result: QueryResult) -> Document:
            paging = Paging(
                here=_page(query, before),
                first=first,
                next=_page(query, result.older) if result.older else None,
            )
            feed = assemble_feed(
                self._site,
                self._taxonomy,
                head_query(self._site, self._taxonomy, query),
                result.entries,
                changed=result.changed,
                paging=paging,
            )
            return write_feed(feed, form, result.changed)

        return write

    async def build_directory(
        self,
        states: tuple[ChannelState, ...],
        *,
        changed: datetime | None,
        revision: int,
    ) -> RenderJob:
        """The list of channels that have entries."""
        listed = tuple(
            ListedChannel(channel=state.channel, entries=state.entries)
            for state in states
            if state.entries
        )
        date = changed or await self.read_created()
        write = partial(_write_directory, self._site, self._taxonomy, listed, date)
        return RenderJob(revision=revision, write=write)


def write_feed(feed: Feed, form: Format, changed: datetime) -> Document:
    """Write a feed as a document in a format."""
    return make_document(render(feed, form), content_type=form.content_type, changed=changed)


def _archive(channel: Channel, page: int) -> Location | None:
    return Location(path=f"{channel.path}/archive/{page}") if page > 0 else None


def _page(query: Query, before: int | None) -> Location:
    cut = f"&before={before}" if before else ""
    return Location(path="query", query=f"{query.encode()}{cut}")


def _write_directory(
    site: Site,
    taxonomy: Taxonomy,
    listed: tuple[ListedChannel, ...],
    changed: datetime,
) -> Document:
    body = render_opml(site, taxonomy, listed, changed=changed)
    return make_document(body, content_type=CONTENT_TYPE, changed=changed)
