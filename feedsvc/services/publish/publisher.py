"""Answers with documents: current ones from memory, others as the press makes them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

from feedsvc.domain.model import Channel, Kind
from feedsvc.services.publish.cache import DocumentCache
from feedsvc.services.publish.compose import Composer, UnknownPageError
from feedsvc.services.publish.ledger import Ledger
from feedsvc.services.publish.press import Obtained, Press, Proof
from feedsvc.services.publish.tally import Tally, tally_of
from feedsvc.store.engine import DatabaseError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Hashable

    from feedsvc.domain.query import Query
    from feedsvc.domain.render.document import Document
    from feedsvc.domain.render.feed import Site
    from feedsvc.domain.render.format import Format
    from feedsvc.domain.taxonomy import Taxonomy
    from feedsvc.services.publish.compose import Findings
    from feedsvc.store.reader import Reader

CHOICES_SHARE = 4  # what clients make up gets this part of the cache's bytes


class UnknownChannelError(LookupError):
    """There is no such region, country or topic."""


class Publisher:
    """Renders a channel that has changed when it is next asked for.

    `ledger` is what it knows of the channels; it has to be kept fresh.
    """

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
        self.ledger = Ledger(reader, birth=self._composer.birth)

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
        state = self.ledger.state(channel)
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
        revision = self.ledger.revision

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
            state for state in self.ledger.states() if chosen is None or state.channel in chosen
        )
        return await self._obtain(
            self._press if chosen is None else self._choices,
            chosen,
            revision=self.ledger.revision,
            compose=partial(
                self._composer.directory,
                states,
                changed=self.ledger.changed,
                revision=self.ledger.revision,
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

    @property
    def tally(self) -> Tally:
        """The figures so far."""
        return tally_of(self._press, self._choices)

    def _revision_of(self, channel: Channel) -> int:
        if not self.knows(channel):
            raise UnknownChannelError(channel.path)
        return self.ledger.revision_of(channel)

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
