"""Answers with a channel's document, and learns from the store when a channel has changed."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from feedsvc.domain.model import Channel, Kind
from feedsvc.domain.render.build import build_feed
from feedsvc.domain.render.document import Document, make_document
from feedsvc.domain.render.opml import CONTENT_TYPE, ListedChannel, render_opml
from feedsvc.domain.render.write import render
from feedsvc.services.publish.cache import DocumentCache
from feedsvc.services.publish.press import Obtained, Press, Proof
from feedsvc.store.engine import DatabaseError

if TYPE_CHECKING:
    from datetime import datetime

    from feedsvc.domain.render.feed import Feed, Site
    from feedsvc.domain.render.format import Format
    from feedsvc.domain.taxonomy import Taxonomy
    from feedsvc.store.reader import Reader
    from feedsvc.store.records import ChannelState

REFRESH_SECONDS = 0.25
CHOICES_SHARE = 8


class UnknownChannelError(LookupError):
    """There is no such region, country or topic."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What the publisher has done since it started, and what it holds (bytes, seconds)."""

    hits: int
    renders: int
    render_seconds: float
    documents: int
    held_bytes: int
    evictions: int


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
        # feedgen sets the locale of the whole process while it formats dates: one at a time.
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="press")
        self._press = Press(DocumentCache(cache_bytes), thread=self._thread)
        # What clients make up has a share of its own and cannot push channels out.
        self._choices = Press(DocumentCache(cache_bytes // CHOICES_SHARE), thread=self._thread)
        self._states: dict[Channel, ChannelState] = {}
        self._revision = 0
        self._created: datetime | None = None

    async def refresh(self) -> None:
        """Learns which channels have changed since the last time.

        Raises:
            DatabaseError: The store does not answer.
        """
        if self._created is None:
            self._created = (await self._reader.status()).created
        for state in await self._reader.changes(self._revision):
            self._states[state.channel] = state
            self._revision = max(self._revision, state.revision)

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
        if not self.knows(channel):
            raise UnknownChannelError(channel.path)
        state = self._states.get(channel)
        try:
            return await self._press.obtain(
                (channel, form),
                revision=state.revision if state else 0,
                compose=partial(self._compose, channel, form),
            )
        except DatabaseError:
            # What was current a moment ago serves readers better than an error.
            held = self._press.cache.get((channel, form))
            if held is None:
                raise
            return Obtained(document=held.document, rendered=False)

    async def obtain_directory(self, chosen: frozenset[Channel] | None) -> Obtained:
        """The list of the channels that have entries, or of those among the chosen ones."""
        press = self._press if chosen is None else self._choices
        return await press.obtain(
            chosen,
            revision=self._revision,
            compose=partial(self._compose_directory, chosen),
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
        return everything.changed if everything else self._created

    @property
    def tally(self) -> Tally:
        """The figures so far."""
        presses = (self._press, self._choices)
        return Tally(
            hits=sum(press.hits for press in presses),
            renders=sum(press.renders for press in presses),
            render_seconds=sum(press.render_seconds for press in presses),
            documents=sum(len(press.cache) for press in presses),
            held_bytes=sum(press.cache.size for press in presses),
            evictions=sum(press.cache.evictions for press in presses),
        )

    async def _compose(self, channel: Channel, form: Format) -> Proof:
        recent = await self._reader.recent(channel, limit=self._feed_size)
        if recent.state:
            changed, revision = recent.state.changed, recent.state.revision
        else:
            changed, revision = await self._birth(), 0
        feed = build_feed(self.site, self._taxonomy, channel, recent.entries, changed=changed)
        return Proof(revision=revision, write=partial(_write, feed, form, changed))

    async def _compose_directory(self, chosen: frozenset[Channel] | None) -> Proof:
        changed = self.changed or await self._birth()
        listed = tuple(
            ListedChannel(channel=state.channel, entries=state.entries)
            for state in self.states()
            if state.entries and (chosen is None or state.channel in chosen)
        )
        write = partial(_write_directory, self.site, self._taxonomy, listed, changed)
        return Proof(revision=self._revision, write=write)

    async def _birth(self) -> datetime:
        if self._created is None:
            self._created = (await self._reader.status()).created
        return self._created


def _write(feed: Feed, form: Format, changed: datetime) -> Document:
    return make_document(
        render(feed, form),
        content_type=form.content_type,
        changed=changed,
    )


def _write_directory(
    site: Site,
    taxonomy: Taxonomy,
    listed: tuple[ListedChannel, ...],
    changed: datetime,
) -> Document:
    body = render_opml(site, taxonomy, listed, changed=changed)
    return make_document(body, content_type=CONTENT_TYPE, changed=changed)
