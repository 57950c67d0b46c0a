"""Speaks for all children: their metrics and state as one, and who accepts for those that ended."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from feedsvc.runtime.processes.channel import Channel
from feedsvc.runtime.processes.member import Member
from feedsvc.runtime.processes.messages import (
    AcceptAlsoFor,
    Counted,
    Metrics,
    MetricsRequest,
    Others,
    Ready,
    Reloaded,
    SnapshotRequest,
    State,
    Unusable,
    Vacancy,
)
from feedsvc.services.watch import WatchStatus
from feedsvc.web.metrics.snapshot import Snapshot, add_up, expose

SNAPSHOT_SECONDS = 3.0


class Group:
    """The children by number.

    `shared` means that all accept connections on the same sockets. `on_ready` is called with each
    child that accepts connections, and with its addresses.
    """

    def __init__(
        self,
        *,
        count: int,
        shared: bool,
        on_ready: Callable[[Member, tuple[str, ...]], None],
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        self.members: dict[int, Member] = {}
        self._count = count
        self._shared = shared
        self._on_ready = on_ready
        self._timer = timer
        self._listening: set[int] = set()
        self._past = Snapshot()
        self._past_scans = 0
        self._gathering: set[asyncio.Task[None]] = set()

    @property
    def overdue(self) -> float:
        """Seconds since progress was last expected of any child; negative while all may rest."""
        now = self._timer()
        return max((member.overdue(now) for member in self.members.values()), default=0.0)

    def describe_status(self) -> str:
        """The state of the service in one line, for `systemctl status`."""
        running = [one for one in self.members.values() if one.ready and one.state]
        if not running:
            return "Starting"
        leading = [one for one in running if one.state and one.state.watch.leader]
        state = (leading or running)[0].state
        line = state.line if state else ""
        if missing := self._count - len(running):
            return f"Degraded: {missing} of {self._count} processes not running; {line}"
        return f"{line}; {self._count} processes"

    def watchers_besides(self, number: int) -> tuple[WatchStatus, ...]:
        """What the watchers of the other processes say, also of those that have ended."""
        states = [one.state for one in self.members.values() if one.number != number]
        past = WatchStatus(scans=self._past_scans)
        return past, *(state.watch for state in states if state)

    async def listen(self, member: Member) -> None:
        """Hear what a child says until it ends."""
        member.channel = channel = await Channel.over(member.end)
        try:
            await self._listen(member, channel)
        finally:
            await channel.close()

    def remove(self, member: Member) -> None:
        """Forget a child that has ended, but not what it has counted."""
        del self.members[member.number]
        member.note_end()
        self._past = add_up((self._past, member.snapshot)).retire()
        if member.state:
            self._past_scans += member.state.watch.scans
        self._tell_others()
        self._fill_in()
        for other in self.members.values():
            other.send(Vacancy())

    async def _listen(self, member: Member, channel: Channel) -> None:
        async for message in channel.receive():
            match message:
                case Ready(addresses=addresses):
                    member.ready = True
                    self._listening.add(member.number)
                    self._fill_in()
                    self._on_ready(member, addresses)
                case State() as state:
                    changed = member.state is None or member.state.watch != state.watch
                    member.state, member.heard = state, self._timer()
                    if changed:
                        self._tell_others()
                case Counted() as counted:
                    member.note_counts(counted)
                case MetricsRequest(count=count):
                    self._gather_for(member, count)
                case Reloaded(reason=reason):
                    member.note_reload(reason)
                case Unusable(reason=reason):
                    member.unusable = reason

    def _tell_others(self) -> None:
        for member in self.members.values():
            member.send(Others(watchers=self.watchers_besides(member.number)))

    def _fill_in(self) -> None:
        """Let all who can accept connections for those who cannot now, but listened before."""
        if self._shared:
            return
        able = {one.number for one in self.members.values() if one.ready and not one.done}
        missing = AcceptAlsoFor(numbers=tuple(sorted(self._listening - able)))
        for number in able:
            self.members[number].send(missing)

    def _gather_for(self, member: Member, count: int) -> None:
        task = asyncio.create_task(self._send_metrics(member, count), name="add up metrics")
        self._gathering.add(task)
        task.add_done_callback(self._gathering.discard)

    async def _send_metrics(self, asking: Member, count: int) -> None:
        ready = [one for one in self.members.values() if one.ready and not one.done]
        waiting = [one.wait_for_counts() for one in ready]
        for one in ready:
            one.send(SnapshotRequest())
        await asyncio.wait(waiting, timeout=SNAPSHOT_SECONDS)
        # What was shown once is kept, so that no counter goes back when a process ends.
        snapshots = (one.snapshot for one in self.members.values())
        text = expose(add_up((self._past, *snapshots)))
        asking.send(Metrics(count=count, text=text))
