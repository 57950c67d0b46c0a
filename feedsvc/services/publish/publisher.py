"""Answers requests with documents: current ones from memory, others rendered on demand."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from feedsvc.domain.model import Channel, Kind
from feedsvc.domain.query import Query
from feedsvc.domain.render.document import Document
from feedsvc.domain.render.feed import Site
from feedsvc.domain.render.format import Format
from feedsvc.domain.taxonomy import Taxonomy
from feedsvc.services.publish.cache import DocumentCache
from feedsvc.services.publish.channel_index import ChannelIndex
from feedsvc.services.publish.jobs import JobBuilder, QueryResult, UnknownPageError
from feedsvc.services.publish.queue import BoundedQueue, BusyError
from feedsvc.services.publish.renderer import (
    UNLIMITED,
    Answer,
    Build,
    CacheStats,
    Queue,
    Renderer,
    RenderJob,
    sum_stats,
)
from feedsvc.store.database import DatabaseError
from feedsvc.store.reader import Reader
from feedsvc.store.records import ChannelState

ON_DEMAND_SHARE = 4  # archives, queries and pages get a quarter of the cache


class UnknownChannelError(LookupError):
    """There is no such region, country or topic."""


class Publisher:
    """Renders a channel that has changed the next time it is requested.

    `channels` says what has changed; someone has to keep it fresh. What clients think up themselves
    (archives, queries, later pages, lists of their choice) has a reader and a queue of its own, and
    gets a BusyError if that is full.
    """

    def __init__(
        self,
        *,
        reader: Reader,
        custom_reader: Reader,
        site: Site,
        taxonomy: Taxonomy,
        feed_size: int,
        cache_bytes: int,
    ) -> None:
        self.site = site
        self.queue = BoundedQueue()
        self._custom_reader = custom_reader
        self._taxonomy = taxonomy
        self._feed_size = feed_size
        self._jobs = JobBuilder(
            reader=reader,
            custom_reader=custom_reader,
            site=site,
            taxonomy=taxonomy,
            feed_size=feed_size,
        )
        # feedgen sets the locale of the whole process while it formats dates: one at a time.
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="renderer")
        share = cache_bytes // ON_DEMAND_SHARE
        self._current = Renderer(DocumentCache(cache_bytes - share), thread=self._thread)
        # The number of archives and queries has no limit: they must not evict current feeds.
        self._on_demand = Renderer(DocumentCache(share), thread=self._thread)
        self.channels = ChannelIndex(reader, read_created=self._jobs.read_created)

    async def close(self) -> None:
        """Cancel what is being rendered."""
        await self._current.close()
        await self._on_demand.close()
        self._thread.shutdown(wait=True, cancel_futures=True)

    async def get_feed(self, channel: Channel, form: Format) -> Answer:
        """A channel's newest entries in a format.

        Raises:
            UnknownChannelError: The taxonomy has no such region, country or topic.
        """
        return await self._get(
            self._current,
            (channel, form),
            revision=self._revision_of(channel),
            build_job=partial(self._jobs.build_current, channel, form),
        )

    def find_feed(self, channel: Channel, form: Format) -> Document | None:
        """What `get_feed` would return at once, for a channel that it knows; else None."""
        return self._current.find((channel, form), revision=self.channels.revision_of(channel))

    async def get_archive(self, channel: Channel, page: int, form: Format) -> Answer:
        """An archive page of a channel; page 1 is the oldest.

        Raises:
            UnknownChannelError: The taxonomy has no such region, country or topic.
            UnknownPageError: The channel has no such page.
        """
        revision = self._revision_of(channel)
        state = self.channels.state(channel)
        if state is None or not 0 < page <= state.archives:
            raise UnknownPageError(channel.path)
        return await self._get_custom(
            (channel, page, form),
            revision=revision,
            build_job=partial(self._jobs.build_archive, channel, page, form, revision=revision),
        )

    async def get_query_feed(self, query: Query, form: Format, *, before: int | None) -> Answer:
        """The newest entries that match a query, or those before an arrival number, as a feed.

        Raises:
            QueryTooBroadError: Answering takes longer than one request may.
        """
        write = self._jobs.make_query_writer(query, form, before=before)
        return await self.get_query(
            query, limit=self._feed_size, before=before, form=form, write=write
        )

    async def get_query(
        self,
        query: Query,
        *,
        limit: int,
        before: int | None,
        form: Hashable,
        write: Callable[[QueryResult], Document],
    ) -> Answer:
        """The entries that match a query, written by `write`; `form` names what it writes.

        Raises:
            QueryTooBroadError: Answering takes longer than one request may.
        """
        build_job = partial(self._jobs.build_query, query, limit=limit, before=before, write=write)
        return await self._get_custom(
            (query, limit, before, form),
            revision=self._revision_of(Channel()),
            build_job=build_job,
        )

    async def get_page(
        self,
        key: Hashable,
        read: Callable[[], Awaitable[Callable[[], Document]]],
    ) -> Answer:
        """Any other document, cached until anything changes; `read` returns what writes it."""
        return await self._get(
            self._on_demand,
            ("page", key),
            revision=self.channels.revision,
            build_job=partial(_build_page, read, self.channels.revision),
        )

    def find_page(self, key: Hashable) -> Document | None:
        """What `get_page` would return at once; else None."""
        return self._on_demand.find(("page", key), revision=self.channels.revision)

    async def get_custom_page(
        self,
        key: Hashable,
        read: Callable[[Reader], Awaitable[Callable[[], Document]]],
    ) -> Answer:
        """As `get_page`, for what a client thought up; `read` gets the reader to use."""
        return await self._get_custom(
            ("page", key),
            revision=self.channels.revision,
            build_job=partial(
                _build_page, partial(read, self._custom_reader), self.channels.revision
            ),
        )

    async def get_directory(self) -> Answer:
        """The OPML list of the channels that have entries."""
        return await self._get(
            self._current,
            "directory",
            revision=self.channels.revision,
            build_job=self._list(self.channels.states()),
        )

    def find_directory(self) -> Document | None:
        """What `get_directory` would return at once; else None."""
        return self._current.find("directory", revision=self.channels.revision)

    async def get_custom_directory(self, chosen: frozenset[Channel]) -> Answer:
        """The OPML list of those of the chosen channels that have entries."""
        states = tuple(state for state in self.channels.states() if state.channel in chosen)
        return await self._get_custom(
            chosen,
            revision=self.channels.revision,
            build_job=self._list(states),
        )

    def _list(self, states: tuple[ChannelState, ...]) -> Build:
        return partial(
            self._jobs.build_directory,
            states,
            changed=self.channels.changed,
            revision=self.channels.revision,
        )

    def knows(self, channel: Channel) -> bool:
        """Whether each of the channel's slugs is in the taxonomy."""
        return all(
            not slug or self._taxonomy.has(kind, slug)
            for kind, slug in (
                (Kind.REGION, channel.region),
                (Kind.COUNTRY, channel.country),
                (Kind.TOPIC, channel.topic),
            )
        )

    def count_hit(self) -> None:
        """Count a document that was found and sent."""
        self._current.hits += 1

    @property
    def stats(self) -> CacheStats:
        """What was rendered and cached so far."""
        return sum_stats(self._current, self._on_demand)

    def _revision_of(self, channel: Channel) -> int:
        if not self.knows(channel):
            raise UnknownChannelError(channel.path)
        return self.channels.revision_of(channel)

    async def _get_custom(self, key: Hashable, *, revision: int, build_job: Build) -> Answer:
        return await self._get(
            self._on_demand, key, revision=revision, build_job=build_job, queue=self.queue
        )

    async def _get(
        self,
        renderer: Renderer,
        key: Hashable,
        *,
        revision: int,
        build_job: Build,
        queue: Queue = UNLIMITED,
    ) -> Answer:
        try:
            return await renderer.get(key, revision=revision, build_job=build_job, queue=queue)
        except (DatabaseError, BusyError) as error:
            # A document that was current a moment ago serves readers better than an error.
            cached = renderer.cache.get(key)
            if cached is None:
                if isinstance(error, BusyError):
                    await self.queue.hold_back()
                raise
            return Answer(document=cached.document, rendered=False)


async def _build_page(
    read: Callable[[], Awaitable[Callable[[], Document]]],
    revision: int,
) -> RenderJob:
    return RenderJob(revision=revision, write=await read())
