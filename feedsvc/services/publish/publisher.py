"""Answers with documents, and learns from the store when a channel has changed."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

from feedsvc.domain.model import Channel, Kind
from feedsvc.services.publish.cache import DocumentCache
from feedsvc.services.publish.compose import Composer, UnknownPageError
from feedsvc.services.publish.press import Obtained, Press, Proof
from feedsvc.services.publish.tally import Tally, tally_of
from feedsvc.store.engine import DatabaseError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Hashable
    from datetime import datetime

    from feedsvc.domain.query import Query
    from feedsvc.domain.render.document import Document
    from feedsvc.domain.render.feed import Site
    from feedsvc.domain.render.format import Format
    from feedsvc.domain.taxonomy import Taxonomy
    from feedsvc.services.publish.compose import Findings
    from feedsvc.store.reader import Reader
    from feedsvc.store.records import ChannelState

REFRESH_SECONDS = 0.25
CHOICES_SHARE = 4  # what clients make up gets this part of the cache's bytes


class UnknownChannelError(LookupError):
    """There is no such region, country or topic."""


class Publisher:
    """Knows every channel's revision; renders one that has changed when it is next asked for."""

    def __init__(
        self,
        *,
        reader: Reader,
        site: Site,
        taxonomy: Taxonomy,
        feed_size: int,
        cache_bytes: int,
    ) -> None:
        self.site = site
        self.trouble = ""  # why the store did not answer last time, empty when it did
        self._reader = reader
        self._taxonomy = taxonomy
        self._feed_size = feed_size
        self._composer = Composer(
            reader=reader,
            site=site,
            taxonomy=taxonomy,
            feed_size=feed_size,
        )
        # feedgen sets the locale of the whole process while it formats dates: one at a time.
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="press")
        share = cache_bytes // CHOICES_SHARE
        self._press = Press(DocumentCache(cache_bytes - share), thread=self._thread)
        # Archives and queries are too many to hold, and must not push channels out.
        self._choices = Press(DocumentCache(share), thread=self._thread)
        self._states: dict[Channel, ChannelState] = {}
        self._revision = 0
        self._birth: datetime | None = None

    async def refresh(self) -> None:
        """Learns which channels have changed since the last time.

        Raises:
            DatabaseError: The store does not answer.
        """
        self._birth = await self._composer.birth()
        for state in await self._reader.changes(self._revision):
            self._learn(state)

    async def follow(self, *, seconds: float = REFRESH_SECONDS) -> None:
        """Refreshes for ever; a store that does not answer is asked again and told in `trouble`."""
        while True:
            try:
                await self.refresh()
                self.trouble = ""
            except DatabaseError as error:
                self.trouble = str(error)
            await asyncio.sleep(seconds)

    async def close(self) -> None:
        """Ends what is in the making."""
        await self._press.close()
        await self._choices.close()
        self._thread.shutdown(wait=True, cancel_futures=True)

    async def document(self, channel: Channel, form: Format) -> Document:
        """A channel's newest entries in a format; a current document is answered from memory.

        Raises:
            UnknownChannelError: The taxonomy has no such region, country or topic.
        """
        return (await self.obtain(channel, form)).document

    async def obtain(self, channel: Channel, form: Format) -> Obtained:
        """As `document`, with whether it had to be rendered."""
        return await self._obtain(
            self._press,
            (channel, form),
            revision=self._revision_of(channel),
            compose=partial(self._composer.channel, channel, form),
        )

    async def obtain_archive(self, channel: Channel, page: int, form: Format) -> Obtained:
        """A page of a channel's past; pages count from 1, the oldest.

        Raises:
            UnknownChannelError: The taxonomy has no such region, country or topic.
            UnknownPageError: The channel has no such page.
        """
        revision = self._revision_of(channel)
        state = self._states.get(channel)
        if state is None or not 0 < page <= state.archives:
            raise UnknownPageError(channel.path)
        return await self._obtain(
            self._choices,
            (channel, page, form),
            revision=revision,
            compose=partial(self._composer.archive, channel, page, form, revision=revision),
        )

    async def obtain_query(self, query: Query, form: Format, *, before: int | None) -> Obtained:
        """What answers a query as a feed, its newest entries or those before an arrival number.

        Raises:
            QueryTooBroadError: The answer takes more steps than one request may cost.
        """
        write = self._composer.query_writer(query, form, before=before)
        return await self.obtain_found(
            query,
            limit=self._feed_size,
            before=before,
            form=form,
            write=write,
        )

    async def obtain_found(
        self,
        query: Query,
        *,
        limit: int,
        before: int | None,
        form: Hashable,
        write: Callable[[Findings], Document],
    ) -> Obtained:
        """What answers a query, as `write` writes it; `form` tells its writings apart.

        Raises:
            QueryTooBroadError: The answer takes more steps than one request may cost.
        """
        compose = partial(
            self._composer.findings,
            query,
            limit=limit,
            before=before,
            write=write,
        )
        return await self._obtain(
            self._choices,
            (query, limit, before, form),
            revision=self._revision_of(Channel()),
            compose=compose,
        )

    async def obtain_page(
        self,
        key: Hashable,
        read: Callable[[], Awaitable[Callable[[], Document]]],
    ) -> Obtained:
        """A page of any kind, held until anything changes; `read` gives the work that makes it."""
        revision = self._revision

        async def compose() -> Proof:
            return Proof(revision=revision, write=await read())

        return await self._obtain(
            self._choices,
            ("page", key),
            revision=revision,
            compose=compose,
        )

    async def obtain_directory(self, chosen: frozenset[Channel] | None) -> Obtained:
        """The list of the channels that have entries, or of those among the chosen ones."""
        states = tuple(
            state for state in self.states() if chosen is None or state.channel in chosen
        )
        return await self._obtain(
            self._press if chosen is None else self._choices,
            chosen,
            revision=self._revision,
            compose=partial(
                self._composer.directory,
                states,
                changed=self.changed,
                revision=self._revision,
            ),
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

    def states(self) -> tuple[ChannelState, ...]:
        """Every channel that ever had an entry, as last heard of, in the order of channels."""
        return tuple(self._states[channel] for channel in sorted(self._states))

    def state(self, channel: Channel) -> ChannelState | None:
        """A channel as last heard of; None if it never had an entry."""
        return self._states.get(channel)

    @property
    def changed(self) -> datetime | None:
        """When anything last changed; the store's birth before that, None before the first look."""
        everything = self._states.get(Channel())
        return everything.changed if everything else self._birth

    @property
    def tally(self) -> Tally:
        """The figures so far."""
        return tally_of(self._press, self._choices)

    def _learn(self, state: ChannelState) -> None:
        known = self._states.get(state.channel)
        # Of two looks at the same time, the one that began earlier may end later.
        if known is None or known.revision < state.revision:
            self._states[state.channel] = state
            self._revision = max(self._revision, state.revision)

    def _revision_of(self, channel: Channel) -> int:
        if not self.knows(channel):
            raise UnknownChannelError(channel.path)
        state = self._states.get(channel)
        return state.revision if state else 0

    async def _obtain(
        self,
        press: Press,
        key: Hashable,
        *,
        revision: int,
        compose: Callable[[], Awaitable[Proof]],
    ) -> Obtained:
        try:
            return await press.obtain(key, revision=revision, compose=compose)
        except DatabaseError:
            # What was current a moment ago serves readers better than an error.
            held = press.cache.get(key)
            if held is None:
                raise
            return Obtained(document=held.document, rendered=False)
