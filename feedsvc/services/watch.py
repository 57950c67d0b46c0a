"""Looks at the folder at the start, whenever it may have changed, and every so often."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import structlog
from watchfiles import Change, awatch

from feedsvc.domain.scan import Reason, ScanReport
from feedsvc.store.engine import DatabaseError

log = structlog.get_logger("feedsvc.watch")

# How soon an event is passed on; files are judged by how long they stood still, not by events.
EVENT_MILLISECONDS = 100
LISTEN_MILLISECONDS = 500
POLL_MILLISECONDS = 1_000
# How soon to try again where the folder or the database cannot be used.
RETRY_SECONDS = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchStatus:
    """How the watching goes.

    `leader`: this process is the one that ingests; `scans` counts those that ended well,
    `wakeups` the events, `rescans` the looks that no event asked for;
    `degraded` says why what is published may not be what the folder holds.
    """

    alive: bool = True
    leader: bool = False
    scans: int = 0
    wakeups: int = 0
    rescans: int = 0
    last_scan: datetime | None = None
    degraded: tuple[Reason, ...] = ()


class Watch:
    """Calls `scan` again and again, as long as this process may `lead`.

    Intervals are in seconds: `settle` after a scan that found something moving, `rescan` after
    one that did not. `polling` is for network mounts, which report no events; `rest` hears how
    long nothing will be done, before it is not.
    """

    def __init__(
        self,
        folder: Path,
        scan: Callable[[], Awaitable[ScanReport]],
        *,
        lead: Callable[[], bool],
        settle: float,
        rescan: float,
        polling: bool,
        now: Callable[[], datetime],
        rest: Callable[[float], None] = lambda _seconds: None,
    ) -> None:
        self._folder = folder
        self._scan = scan
        self._lead = lead
        self._settle = settle
        self._rescan = rescan
        self._polling = polling
        self._now = now
        self._rest = rest
        self._woken = asyncio.Event()
        self._moved = asyncio.Event()
        self._watched: tuple[int, int] | None = None
        self._waiting = False
        self.status = WatchStatus()

    async def run(self) -> None:
        """Watch until cancelled."""
        async with self._listening():
            try:
                while True:
                    self._woken.clear()
                    pause = await self._look()
                    self._rest(pause)
                    # A file that is written to all the time must not cost scan after scan.
                    await asyncio.sleep(min(self._settle / 2, pause))
                    await self._sleep(pause)
                    self._rest(0)
            finally:
                self.status = replace(self.status, alive=False)

    def wake(self) -> None:
        """Look again at once."""
        self._woken.set()

    async def _sleep(self, pause: float) -> None:
        # Not wait_for: before Python 3.12 it may swallow a cancellation and never end.
        try:
            async with asyncio.timeout(pause):
                await self._woken.wait()
        except TimeoutError:
            self.status = replace(self.status, rescans=self.status.rescans + 1)

    async def _look(self) -> float:
        """Scan if this process leads; in how many seconds to look again at the latest."""
        try:
            if not self._leads():
                return self._rescan
            await self._notice_a_new_folder()
            report = await self._scan()
        except DatabaseError as error:
            self._degrade((Reason("the database cannot be written", str(error)),))
            return min(RETRY_SECONDS, self._rescan)
        self.status = replace(self.status, scans=self.status.scans + 1, last_scan=self._now())
        self._degrade(report.degraded)
        if report.unsettled:
            return self._settle
        return self._rescan if self._watched else min(RETRY_SECONDS, self._rescan)

    def _leads(self) -> bool:
        """Whether this process is the one that watches; what it waits for is told once."""
        leader = self._lead()
        if leader and self._waiting:
            log.info("now the leader", folder=str(self._folder))
        elif not leader and not self._waiting:
            folder = str(self._folder)
            log.info(
                "standby: another process is the leader", folder=folder, takes_over="when it ends"
            )
        self._waiting = not leader
        self.status = replace(self.status, leader=leader)
        return leader

    async def _notice_a_new_folder(self) -> None:
        """Listen anew where another folder has taken the path: the old one's events are over."""
        try:
            state = await asyncio.to_thread(self._folder.stat)
        except OSError:
            found = None
        else:
            found = (state.st_dev, state.st_ino)
        if found != self._watched:
            self._watched = found
            self._moved.set()

    def _degrade(self, reasons: tuple[Reason, ...]) -> None:
        if reasons != self.status.degraded:
            for reason in reasons:
                log.error("publishing is degraded", reason=str(reason), folder=str(self._folder))
            if not reasons:
                log.info("recovered: publishing normally")
        self.status = replace(self.status, degraded=reasons)

    @asynccontextmanager
    async def _listening(self) -> AsyncIterator[None]:
        # A listener that fails by a bug takes the watching with it: nothing dies unseen.
        async with asyncio.TaskGroup() as tasks:
            listener = tasks.create_task(self._listen(), name="folder events")
            try:
                yield
            finally:
                listener.cancel()

    async def _listen(self) -> None:
        """Wake up on every event; where events cannot be had, the regular scans remain."""
        while True:
            await self._moved.wait()
            self._moved = asyncio.Event()
            if self._watched is None:
                continue
            try:
                await self._pass_events_on(self._moved)
            except* (OSError, RuntimeError) as errors:
                # Also an event of a name that is not UTF-8, which watchfiles cannot tell.
                reasons = "; ".join(str(error) for error in errors.exceptions)
                log.warning("no file events: relying on regular scans", reason=reasons)
                self.wake()
                await asyncio.sleep(RETRY_SECONDS)
                self._moved.set()

    async def _pass_events_on(self, moved: asyncio.Event) -> None:
        # What changed after the last scan and before the listening began is found by one more.
        first = True
        async for changes in awatch(
            self._folder,
            watch_filter=_everything,
            step=EVENT_MILLISECONDS,
            debounce=EVENT_MILLISECONDS,
            rust_timeout=LISTEN_MILLISECONDS,
            stop_event=moved,
            force_polling=self._polling,
            poll_delay_ms=POLL_MILLISECONDS,
            yield_on_timeout=True,
            ignore_permission_denied=True,
        ):
            if changes:
                self.status = replace(self.status, wakeups=self.status.wakeups + 1)
            if changes or first:
                self.wake()
            first = False


def _everything(_change: Change, _path: str) -> bool:
    """The default filter would pass over paths with `.venv` or `node_modules` in them."""
    return True
