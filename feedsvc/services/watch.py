"""Scans the folder at the start, whenever it may have changed, and at regular intervals."""

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
from feedsvc.store.database import DatabaseError

log = structlog.get_logger("feedsvc.watch")

# How soon an event causes a scan; the scan itself decides which files have stopped changing.
EVENT_MILLISECONDS = 20
MOST_EVENT_MILLISECONDS = 100
LISTEN_MILLISECONDS = 500
POLL_MILLISECONDS = 1_000
# How soon to try again if the folder or the database cannot be used.
RETRY_SECONDS = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchStatus:
    """How the watcher is doing.

    `leader`: this is the process that ingests. `scans` counts successful scans, `wakeups` file
    events, and `rescans` how often the interval passed without one. `degraded` says why the feeds
    may not match the folder.
    """

    alive: bool = True
    leader: bool = False
    scans: int = 0
    wakeups: int = 0
    rescans: int = 0
    last_scan: datetime | None = None
    degraded: tuple[Reason, ...] = ()


class Watcher:
    """Calls `scan` again and again, as long as this process may `lead`.

    Intervals are in seconds: at most `settle` after a scan that found files still changing,
    `rescan` after any other. `polling` is for network mounts, which report no events. `rest` is
    called before each pause with its length, and with 0 after it.
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
        self._folder_changed = asyncio.Event()
        self._watched: tuple[int, int] | None = None
        self._is_standby = False
        self.status = WatchStatus()

    async def run(self) -> None:
        """Watch until cancelled."""
        async with self._listening():
            try:
                while True:
                    self._woken.clear()
                    pause = await self._scan_if_leader()
                    self._rest(pause)
                    # A file that is written to all the time must not cause scan after scan.
                    least = min(self._settle / 2, pause)
                    await asyncio.sleep(least)
                    await self._sleep(pause - least)
                    self._rest(0)
            finally:
                self.status = replace(self.status, alive=False)

    def wake(self) -> None:
        """Scan again at once."""
        self._woken.set()

    async def _sleep(self, pause: float) -> None:
        # Not wait_for: before Python 3.12 it can swallow a cancellation and never end.
        try:
            async with asyncio.timeout(pause):
                await self._woken.wait()
        except TimeoutError:
            self.status = replace(self.status, rescans=self.status.rescans + 1)

    async def _scan_if_leader(self) -> float:
        """Scan if this process is the leader; return in how many seconds to do so again."""
        try:
            if not self._try_to_lead():
                return self._rescan
            await self._notice_new_folder()
            began = asyncio.get_running_loop().time()
            report = await self._scan()
            took = asyncio.get_running_loop().time() - began
        except DatabaseError as error:
            fact = ": ".join(filter(None, ("cannot write to the database", error.fact)))
            self._report((Reason(fact, str(error)),))
            return min(RETRY_SECONDS, self._rescan)
        self.status = replace(self.status, scans=self.status.scans + 1, last_scan=self._now())
        self._report(report.degraded)
        if report.unsettled:
            # Files that arrive one by one shall not keep it scanning all the time.
            return self._settle if report.settles_in is None else max(report.settles_in, took)
        return self._rescan if self._watched else min(RETRY_SECONDS, self._rescan)

    def _try_to_lead(self) -> bool:
        """Whether this process is the leader; log when that changes."""
        leader = self._lead()
        if leader and self._is_standby:
            log.info("now the leader", folder=str(self._folder))
        elif not leader and not self._is_standby:
            folder = str(self._folder)
            log.info(
                "standby: another process is the leader", folder=folder, takes_over="when it ends"
            )
        self._is_standby = not leader
        self.status = replace(self.status, leader=leader)
        return leader

    async def _notice_new_folder(self) -> None:
        """Listen again if another folder is at the path now: the old one has no more events."""
        try:
            state = await asyncio.to_thread(self._folder.stat)
        except OSError:
            found = None
        else:
            found = (state.st_dev, state.st_ino)
        if found != self._watched:
            self._watched = found
            self._folder_changed.set()

    def _report(self, reasons: tuple[Reason, ...]) -> None:
        if reasons != self.status.degraded:
            for reason in reasons:
                log.error("publishing is degraded", reason=str(reason), folder=str(self._folder))
            if not reasons:
                log.info("recovered: publishing normally")
        self.status = replace(self.status, degraded=reasons)

    @asynccontextmanager
    async def _listening(self) -> AsyncIterator[None]:
        # If the listener fails because of a bug, so does the watcher: nothing dies unnoticed.
        async with asyncio.TaskGroup() as tasks:
            listener = tasks.create_task(self._listen(), name="folder events")
            try:
                yield
            finally:
                listener.cancel()

    async def _listen(self) -> None:
        """Wake up on every event; if there are none, the regular scans remain."""
        while True:
            await self._folder_changed.wait()
            self._folder_changed = asyncio.Event()
            if self._watched is None:
                continue
            try:
                await self._wake_on_events(self._folder_changed)
            except* (OSError, RuntimeError) as errors:
                # watchfiles also fails on an event for a name that is not UTF-8.
                reason = "; ".join(str(error) for error in errors.exceptions)
                log.warning("no file events: relying on regular scans", reason=reason)
                self.wake()
                await asyncio.sleep(RETRY_SECONDS)
                self._folder_changed.set()

    async def _wake_on_events(self, folder_changed: asyncio.Event) -> None:
        # One more scan finds what changed between the last one and the start of listening.
        first = True
        async for changes in awatch(
            self._folder,
            watch_filter=_everything,
            step=EVENT_MILLISECONDS,
            debounce=MOST_EVENT_MILLISECONDS,
            rust_timeout=LISTEN_MILLISECONDS,
            stop_event=folder_changed,
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
    """Unlike the default filter, do not ignore paths with `.venv` or `node_modules` in them."""
    return True
