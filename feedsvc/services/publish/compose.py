"""Reads what a document is to show, and says how it is to be written."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from feedsvc.domain.render.build import assemble_feed, build_feed
from feedsvc.domain.render.document import Document, make_document
from feedsvc.domain.render.feed import Extent, Location, Paging
from feedsvc.domain.render.opml import CONTENT_TYPE, ListedChannel, render_opml
from feedsvc.domain.render.questions import head_query
from feedsvc.domain.render.write import render
from feedsvc.services.publish.press import Proof

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from feedsvc.domain.model import Channel, Entry
    from feedsvc.domain.query import Query
    from feedsvc.domain.render.feed import Feed, Site
    from feedsvc.domain.render.format import Format
    from feedsvc.domain.taxonomy import Taxonomy
    from feedsvc.store.reader import Reader
    from feedsvc.store.records import ChannelState


class UnknownPageError(LookupError):
    """A channel has no such archive page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """Entries that answer a query, newest arrival first.

    `older` is the arrival number before which further ones lie, None after the last; `changed`
    is when any of them last changed, the store's birth when there are none.
    """

    entries: tuple[Entry, ...]
    older: int | None
    changed: datetime


class Composer:
    """Turns what is asked for into proofs, ready to be written in the press' thread."""

    def __init__(
        self,
        *,
        reader: Reader,
        site: Site,
        taxonomy: Taxonomy,
        feed_size: int,
    ) -> None:
        self._reader = reader
        self._site = site
        self._taxonomy = taxonomy
        self._feed_size = feed_size
        self._birth: datetime | None = None

    async def birth(self) -> datetime:
        """When the store was made: the date of what never had an entry."""
        if self._birth is None:
            self._birth = (await self._reader.status()).created
        return self._birth

    async def channel(self, channel: Channel, form: Format) -> Proof:
        """A channel's newest entries: what is subscribed to."""
        recent = await self._reader.recent(channel, limit=self._feed_size)
        state = recent.state
        changed = state.changed if state else await self.birth()
        feed = build_feed(
            self._site,
            self._taxonomy,
            channel,
            recent.entries,
            changed=changed,
            paging=Paging(prev_archive=_archive(channel, state.archives if state else 0)),
        )
        return Proof(
            revision=state.revision if state else 0,
            write=partial(write_feed, feed, form, changed),
        )

    async def archive(self, channel: Channel, page: int, form: Format, *, revision: int) -> Proof:
        """A fixed part of a channel's past (RFC 5005 §4), read at a revision of the channel.

        Raises:
            UnknownPageError: There is no such page.
        """
        found = await self._reader.archive(channel, page)
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
        return Proof(revision=revision, write=partial(write_feed, feed, form, found.changed))

    async def findings(
        self,
        query: Query,
        *,
        limit: int,
        before: int | None,
        write: Callable[[Findings], Document],
    ) -> Proof:
        """What answers a query, to be written as one likes.

        Raises:
            QueryTooBroadError: The answer takes more steps than one request may cost.
        """
        matches = await self._reader.find(query, limit=limit + 1, before=before)
        entries = matches.entries[:limit]
        findings = Findings(
            entries=entries,
            older=entries[-1].arrival if len(matches.entries) > limit else None,
            changed=max([entry.updated for entry in entries], default=await self.birth()),
        )
        return Proof(revision=matches.revision, write=partial(write, findings))

    def query_writer(
        self,
        query: Query,
        form: Format,
        *,
        before: int | None,
    ) -> Callable[[Findings], Document]:
        """Writes what answers a query as a page of a paged feed (RFC 5005 §3)."""
        first = Location(path="query", query=query.encode())

        def write(findings: Findings) -> Document:
            paging = Paging(
                here=_page(query, before),
                first=first,
                next=_page(query, findings.older) if findings.older else None,
            )
            feed = assemble_feed(
                self._site,
                self._taxonomy,
                head_query(self._site, self._taxonomy, query),
                findings.entries,
                changed=findings.changed,
                paging=paging,
            )
            return write_feed(feed, form, findings.changed)

        return write

    async def directory(
        self,
        states: tuple[ChannelState, ...],
        *,
        changed: datetime | None,
        revision: int,
    ) -> Proof:
        """The list of channels that have entries."""
        listed = tuple(
            ListedChannel(channel=state.channel, entries=state.entries)
            for state in states
            if state.entries
        )
        moment = changed or await self.birth()
        write = partial(_write_directory, self._site, self._taxonomy, listed, moment)
        return Proof(revision=revision, write=write)


def write_feed(feed: Feed, form: Format, changed: datetime) -> Document:
    """A feed's document in a format."""
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
