"""The parent: starts the children, starts them again when they end, and passes signals on.

It runs its event loop in rounds and forks between them, while nothing is running.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import replace
from typing import Any, NoReturn

import structlog

from feedsvc.domain.classify import Vocabulary, VocabularyError
from feedsvc.logs import flush_logs
from feedsvc.runtime.heartbeat import send_heartbeats
from feedsvc.runtime.processes.child import Role, serve_as_child
from feedsvc.runtime.processes.group import Group
from feedsvc.runtime.processes.member import Member
from feedsvc.runtime.processes.ports import Ports
from feedsvc.runtime.reload import keep_fixed
from feedsvc.runtime.systemd import Notifier
from feedsvc.runtime.terminal import Terminal
from feedsvc.services.vocabulary import load_vocabulary
from feedsvc.settings import Loaded, Settings, SettingsError
from feedsvc.store.database import DatabaseError

# A child that lived this long did not fail at its start.
STEADY_SECONDS = 60.0
FIRST_DELAY, LONGEST_DELAY = 0.1, 30.0
RELOAD_SECONDS = 120.0
LAST_WORDS_SECONDS = 1.0
# Closing the database comes after draining.
STOP_MARGIN_SECONDS = 5.0
_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD)
_STOPPED = frozenset({0, -signal.SIGTERM, -signal.SIGINT})

log = structlog.get_logger("feedsvc.serve")


class Parent:
    """Keeps `count` children serving until it is told to stop.

    `load` reads settings on SIGHUP, `announce` is called before new ones are used. `prepare` is
    called in each new child with its number and settings, and `ready` when all have started.
    """

    def __init__(
        self,
        loaded: Loaded,
        vocabulary: Vocabulary,
        *,
        count: int,
        ports: Ports,
        notifier: Notifier,
        load: Callable[[], Loaded],
        announce: Callable[[Loaded], None],
        prepare: Callable[[int, Settings], None],
        ready: Callable[[Settings], None],
    ) -> None:
        self._loaded = loaded
        self._vocabulary = vocabulary
        self._count = count
        self._ports = ports
        self._notifier = notifier
        self._load = load
        self._announce = announce
        self._prepare = prepare
        self._ready = ready
        self._terminal = Terminal()
        self._hangup_before = signal.getsignal(signal.SIGHUP)
        self._group = Group(count=count, shared=ports.shared, on_ready=self._note_ready)
        self._due = {1: 0.0}  # the first one creates or upgrades the database for all
        self._failures = dict.fromkeys(range(1, count + 1), 0)
        self._untried = set(range(1, count + 1))
        self._addresses: tuple[str, ...] = ()
        self._changed = asyncio.Event()
        self._hangup = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopping = False
        self._status = 0
        self._unusable = ""

    def run(self) -> int:
        """Serve until told to stop; return the exit status.

        Raises:
            DatabaseError: The database cannot be used.
        """
        with asyncio.Runner() as runner:
            loop = runner.get_loop()
            loop.add_signal_handler(signal.SIGTERM, self._stop)
            loop.add_signal_handler(signal.SIGINT, self._stop)
            loop.add_signal_handler(signal.SIGHUP, self._hangup.set)
            loop.add_signal_handler(signal.SIGCHLD, self._note_ended)
            self._spawn(loop, self._send_heartbeats(), name="send heartbeats")
            self._spawn(loop, self._follow_hangups(), name="reload")
            while (number := runner.run(self._wait_for_next())) is not None:
                if not self._stopping:
                    self._fork(loop, number)
        if self._unusable:
            raise DatabaseError(self._unusable)
        return self._status

    async def _wait_for_next(self) -> int | None:
        """Wait until a child has to be started; return its number, or None at the end."""
        while self._group.members or not self._stopping:
            now = time.monotonic()
            number = min(self._due, key=self._due.__getitem__, default=None)
            if number is not None and self._due[number] <= now:
                del self._due[number]
                return number
            self._changed.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(None if number is None else self._due[number] - now):
                    await self._changed.wait()
        return None

    def _fork(self, loop: asyncio.AbstractEventLoop, number: int) -> None:
        ours, theirs = socket.socketpair()
        # A signal must find either the parent's handlers or the child's.
        signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
        try:
            pid = os.fork()
            if pid == 0:
                self._become_child(number, ours, theirs)
        except OSError as error:
            ours.close()
            theirs.close()
            self._plan_restart(number, reason=f"cannot start a process: {error.strerror}")
            return
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
        theirs.close()
        member = Member(
            number=number, pid=pid, end=ours, loaded=self._loaded, started=time.monotonic()
        )
        self._group.members[number] = member
        member.listening = self._spawn(
            loop, self._group.listen(member), name=f"listen to process {number}"
        )

    def _become_child(self, number: int, ours: socket.socket, theirs: socket.socket) -> NoReturn:
        """Serve; the parent's frames and event loop are never returned to."""
        status = 1
        try:
            signal.set_wakeup_fd(-1)
            for one in _SIGNALS:
                signal.signal(one, signal.SIG_DFL)
            signal.signal(signal.SIGHUP, self._hangup_before)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
            # Otherwise the others would not notice when the parent ends.
            for end in (ours, *(member.end for member in self._group.members.values())):
                # A member that is ending may have closed its own already.
                if (descriptor := end.fileno()) >= 0:
                    os.close(descriptor)
            self._prepare(number, self._loaded.settings)
            role = Role(
                number=number,
                count=self._count,
                loaded=self._loaded,
                vocabulary=self._vocabulary,
                load=self._load,
                announce=lambda settings: self._prepare(number, settings),
                ports=self._ports,
                others=self._group.watchers_besides(number),
            )
            status = asyncio.run(serve_as_child(role, theirs))
        except BaseException:
            log.critical("process crashed", exc_info=True)
        finally:
            flush_logs()
            os._exit(status)

    def _note_ready(self, member: Member, addresses: tuple[str, ...]) -> None:
        self._addresses = self._addresses or addresses
        if member.number == 1 and self._untried == set(self._failures):
            self._due |= dict.fromkeys(range(2, self._count + 1), 0.0)
        if member.loaded is not self._loaded:
            member.loaded = self._loaded
            member.signal(signal.SIGHUP)  # reloaded meanwhile
        self._note_tried(member.number)

    def _note_tried(self, number: int) -> None:
        """Say once that connections are accepted: when every child has tried to start."""
        was_complete = not self._untried
        self._untried.discard(number)
        self._changed.set()
        if self._untried or was_complete:
            return
        settings = self._loaded.settings
        self._notifier.send_ready()
        log.info(
            "serving",
            addresses=list(self._addresses),
            base_url=settings.base_url,
            processes=self._count,
        )
        self._ready(settings)

    def _note_ended(self) -> None:
        for member in self._group.members.values():
            if not member.done:
                pid, status = os.waitpid(member.pid, os.WNOHANG)
                if pid:
                    member.done = True
                    code = os.waitstatus_to_exitcode(status)
                    loop = asyncio.get_running_loop()
                    self._spawn(loop, self._handle_end(member, code), name="handle an end")

    async def _handle_end(self, member: Member, code: int) -> None:
        if member.listening is not None:  # what it said last may still be unread
            await asyncio.wait({member.listening}, timeout=LAST_WORDS_SECONDS)
            member.listening.cancel()
        self._group.remove(member)
        if self._stopping:
            self._status = self._status or int(code not in _STOPPED)
        elif not self._addresses:
            # What keeps the first one from starting would keep the others from it too.
            self._unusable = member.unusable
            self._status = code if code > 0 else int(code not in _STOPPED)
            self._stop()
        else:
            if time.monotonic() - member.started > STEADY_SECONDS:
                self._failures[member.number] = 0
            how = {"signal": signal.Signals(-code).name} if code < 0 else {"status": code}
            self._plan_restart(member.number, reason=member.unusable or "ended unexpectedly", **how)
        self._changed.set()

    def _plan_restart(self, number: int, *, reason: str, **how: object) -> None:
        failures = self._failures[number]
        delay = min(FIRST_DELAY * 2**failures, LONGEST_DELAY) if failures else 0.0
        self._failures[number] += 1
        log.error("process ended", process=number, **how, reason=reason, restart_seconds=delay)
        self._due[number] = time.monotonic() + delay
        self._note_tried(number)

    def _stop(self) -> None:
        if self._stopping:
            return
        self._stopping = True
        self._due.clear()
        self._notifier.send_stopping()
        self._ports.close()
        for member in self._group.members.values():
            member.signal(signal.SIGTERM)
        self._changed.set()
        self._spawn(asyncio.get_running_loop(), self._kill_late(), name="end those that are late")

    async def _kill_late(self) -> None:
        await asyncio.sleep(self._loaded.settings.shutdown_seconds + STOP_MARGIN_SECONDS)
        for member in self._group.members.values():
            log.error("process killed: it did not stop in time", process=member.number)
            self._status = 1
            member.signal(signal.SIGKILL)

    async def _follow_hangups(self) -> None:
        while True:
            await self._hangup.wait()
            self._hangup.clear()
            if await self._terminal.is_lost():
                self._stop()
                return
            self._notifier.send_reloading()
            if reason := await self._reload():
                log.error("reload failed: keeping the current settings", reason=reason)
            else:
                log.info("reloaded")
            self._notifier.send_ready()

    async def _reload(self) -> str:
        """Reload one child after another; return the reason if one fails."""
        before = self._loaded, self._vocabulary
        try:
            loaded = self._load()
            self._vocabulary = load_vocabulary(loaded.settings.taxonomy_dir)
        except (SettingsError, VocabularyError) as error:
            return "; ".join(str(error).splitlines())
        self._announce(loaded)
        settings = keep_fixed(loaded, self._loaded.settings)
        self._loaded = replace(loaded, settings=settings)
        for member in [one for one in self._group.members.values() if one.ready and not one.done]:
            reloading = member.wait_for_reload()
            member.signal(signal.SIGHUP)
            try:
                async with asyncio.timeout(RELOAD_SECONDS):
                    reason = await reloading
            except TimeoutError:
                reason = "no answer"
            if reason:
                self._loaded, self._vocabulary = before
                return f"process {member.number}: {reason}"
            member.loaded = self._loaded
        return ""

    async def _send_heartbeats(self) -> None:
        await send_heartbeats(
            self._notifier, lambda: self._group, status=self._group.describe_status
        )

    def _spawn(
        self, loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, None], *, name: str
    ) -> asyncio.Task[None]:
        task = loop.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._note_task_end)
        return task

    def _note_task_end(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.critical("fatal: background task crashed", task=task.get_name(), exc_info=error)
            self._status = 1
            self._stop()
