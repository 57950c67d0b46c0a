"""What the parent knows about one of its children."""

from __future__ import annotations

import asyncio
import os
import signal
from dataclasses import dataclass, field
from socket import socket

from feedsvc.runtime.processes.channel import Channel
from feedsvc.runtime.processes.messages import Counted, State
from feedsvc.settings import Loaded
from feedsvc.web.metrics.snapshot import Snapshot

# Opening may include a migration.
START_SECONDS = 300.0


@dataclass(slots=True, kw_only=True)
class Member:
    """A child: its process, the settings it has, and what it said last.

    `end` is the parent's end of the channel. It is `done` when it has ended.
    """

    number: int
    pid: int
    end: socket
    loaded: Loaded
    started: float
    channel: Channel | None = None
    listening: asyncio.Task[None] | None = None
    ready: bool = False
    done: bool = False
    unusable: str = ""
    state: State | None = None
    heard: float = 0.0
    snapshot: Snapshot = field(default_factory=Snapshot)
    _counting: list[asyncio.Future[None]] = field(default_factory=list)
    _reloading: asyncio.Future[str] | None = None

    def overdue(self, now: float) -> float:
        """For how many seconds it should have made progress; negative while it need not."""
        if self.state is None:
            return now - self.started - START_SECONDS
        return self.state.overdue + now - self.heard

    def send(self, message: object) -> None:
        """Send a message."""
        if self.channel is not None:
            self.channel.send(message)

    def signal(self, number: signal.Signals) -> None:
        """Send a signal, unless it has ended: its process ID may be another's by now."""
        if not self.done:
            os.kill(self.pid, number)

    def note_counts(self, counted: Counted) -> None:
        """Keep its metrics."""
        self.snapshot = counted.snapshot
        if counted.current:
            self._finish_counting()

    def wait_for_counts(self) -> asyncio.Future[None]:
        """What is done when it has sent its metrics, or has ended."""
        waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._counting.append(waiting)
        return waiting

    def wait_for_reload(self) -> asyncio.Future[str]:
        """What has the reason for which its reload failed; empty if it did not."""
        self._reloading = asyncio.get_running_loop().create_future()
        return self._reloading

    def note_reload(self, reason: str) -> None:
        """Pass on how a reload went."""
        if self._reloading is not None and not self._reloading.done():
            self._reloading.set_result(reason)

    def note_end(self) -> None:
        """Let those go on who wait for what it says; it is started with what is new anyway."""
        self._finish_counting()
        self.note_reload("")

    def _finish_counting(self) -> None:
        for waiting in self._counting:
            if not waiting.done():
                waiting.set_result(None)
        self._counting.clear()
