"""What is known of every channel, as the store last told it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol

from feedsvc.domain.model import Channel
from feedsvc.store.engine import DatabaseError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from feedsvc.store.records import ChannelState

REFRESH_SECONDS = 0.25


class Changes(Protocol):
    """Who knows which channels have changed: the store's reader."""

    async def changes(self, after: int) -> tuple[ChannelState, ...]:
        """The channels whose revision is greater."""


class Ledger:
    """The channels' states and the highest revision among them.

    `birth` tells when the store was made; `trouble` is why it did not answer last time, empty when
    it did.
    """

    def __init__(self, reader: Changes, *, birth: Callable[[], Awaitable[datetime]]) -> None:
        self.revision = 0
        self.trouble = ""
        self._reader = reader
        self._ask_birth = birth
        self._birth: datetime | None = None
        self._states: dict[Channel, ChannelState] = {}

    async def refresh(self) -> None:
        """Learns which channels have changed since the last time.

        Raises:
            DatabaseError: The store does not answer.
        """
        self._birth = await self._ask_birth()
        for state in await self._reader.changes(self.revision):
            self.note(state)

    async def follow(self, *, seconds: float = REFRESH_SECONDS) -> None:
        """Refreshes for ever; a store that does not answer is asked again and told in `trouble`."""
        while True:
            try:
                await self.refresh()
                self.trouble = ""
            except DatabaseError as error:
                self.trouble = str(error)
            await asyncio.sleep(seconds)

    def note(self, state: ChannelState) -> None:
        """Takes a channel's state over, if it is news."""
        known = self._states.get(state.channel)
        # Of two looks at the same time, the one that began earlier may end later.
        if known is None or known.revision < state.revision:
            self._states[state.channel] = state
            self.revision = max(self.revision, state.revision)

    def states(self) -> tuple[ChannelState, ...]:
        """Every channel that ever had an entry, in the order of channels."""
        return tuple(self._states[channel] for channel in sorted(self._states))

    def state(self, channel: Channel) -> ChannelState | None:
        """A channel; None if it never had an entry."""
        return self._states.get(channel)

    def revision_of(self, channel: Channel) -> int:
        """A channel's revision, 0 if it never had an entry."""
        state = self._states.get(channel)
        return state.revision if state else 0

    @property
    def changed(self) -> datetime | None:
        """When anything last changed; the store's birth before that, None before the first look."""
        everything = self._states.get(Channel())
        return everything.changed if everything else self._birth
