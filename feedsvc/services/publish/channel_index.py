"""Knows the revision of every channel, as of the last time the store was asked."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from typing import Protocol

from feedsvc.domain.model import Channel
from feedsvc.store.database import DatabaseError
from feedsvc.store.records import ChannelState

REFRESH_SECONDS = 0.25
# A large load commits many times a second.
SOONEST_SECONDS = 0.05


class ChangesReader(Protocol):
    """The part of the store's reader that the index needs."""

    async def changes(self, after: int) -> tuple[ChannelState, ...]:
        """The channels whose revision is greater than `after`."""


class ChannelIndex:
    """The channels' states and the highest revision among them.

    `version` grows whenever any of them changes.
    `read_created` reads when the store was created; `trouble` is why the store did not answer the
    last time, empty if it did.
    """

    def __init__(
        self,
        reader: ChangesReader,
        *,
        read_created: Callable[[], Awaitable[datetime]],
    ) -> None:
        self.revision = 0
        self.version = 0
        self.trouble = ""
        self._reader = reader
        self._read_created = read_created
        self._created: datetime | None = None
        self._states: dict[Channel, ChannelState] = {}
        self._woken = asyncio.Event()

    async def refresh(self) -> None:
        """Read which channels have changed since the last refresh.

        Raises:
            DatabaseError: The store does not answer.
        """
        self._created = await self._read_created()
        for state in await self._reader.changes(self.revision):
            self.update(state)

    async def keep_fresh(self, *, seconds: float = REFRESH_SECONDS) -> None:
        """Refresh until cancelled; if the store does not answer, set `trouble` and try again.

        Between two refreshes are at most so many seconds, and few if `wake` is called.
        """
        while True:
            self._woken.clear()
            try:
                await self.refresh()
                self.trouble = ""
            except DatabaseError as error:
                self.trouble = str(error)
            await asyncio.sleep(min(SOONEST_SECONDS, seconds))
            # Not wait_for: before Python 3.12 it can swallow a cancellation and never end.
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._woken.wait()

    def wake(self) -> None:
        """Refresh at once: something has changed."""
        self._woken.set()

    def update(self, state: ChannelState) -> None:
        """Take over a channel's state if it is newer."""
        known = self._states.get(state.channel)
        # Of two refreshes at the same time, the one that began first may end last.
        if known is None or known.revision < state.revision:
            self._states[state.channel] = state
            self.version += 1
            self.revision = max(self.revision, state.revision)

    def states(self) -> tuple[ChannelState, ...]:
        """Every channel that ever had an entry, in the order of channels."""
        return tuple(self._states[channel] for channel in sorted(self._states))

    def state(self, channel: Channel) -> ChannelState | None:
        """A channel's state; None if it never had an entry."""
        return self._states.get(channel)

    def revision_of(self, channel: Channel) -> int:
        """A channel's revision; 0 if it never had an entry."""
        state = self._states.get(channel)
        return state.revision if state else 0

    @property
    def changed(self) -> datetime | None:
        """When anything last changed, or else the store was created; None before a refresh."""
        everything = self._states.get(Channel())
        return everything.changed if everything else self._created
