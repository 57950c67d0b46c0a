"""Reads files in a process of its own, so that a large file does not stop the service."""

from __future__ import annotations

import os
import pickle
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import fields, replace
from itertools import chain
from multiprocessing import get_context
from multiprocessing.connection import Connection
from operator import attrgetter
from pathlib import Path
from typing import Any

from feedsvc.domain.model import Draft, Stated
from feedsvc.services.ingest.read import (
    AcceptedSeed,
    RejectedSeed,
    SeedBytes,
    SeedRules,
    read_or_reject,
)

# A forked process would share locks with the threads of the service.
_CONTEXT = get_context("spawn")
# Unpickling lets no other thread run, so nothing that is sent may be large.
_PER_PIECE = 250
_END = b""
# If memory runs out, this process is killed and not the service (0 is usual, 1000 is first).
_OOM_SCORE = b"500"
_NICENESS = 5
_POLL_SECONDS = 1.0

_STATED = tuple(field.name for field in fields(Stated))
_DRAFT = tuple(field.name for field in fields(Draft) if field.name != "stated")
_stated_values = attrgetter(*_STATED)
_draft_values = attrgetter(*_DRAFT)


class ReadingProcessError(Exception):
    """The process ended, or was ended, before it had read a file; says how."""


class ReadingProcess:
    """A running process that reads one file after another."""

    def __init__(self, rules: SeedRules) -> None:
        """Start the process.

        Raises:
            OSError: The system allows no further process.
        """
        self._connection, its_end = _CONTEXT.Pipe()
        self._process = _CONTEXT.Process(
            target=serve_files, args=(its_end, rules), name="feedsvc reading", daemon=True
        )
        try:
            self._process.start()
        finally:
            its_end.close()

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid or 0

    def read(
        self,
        read: SeedBytes,
        *,
        seconds: float,
        waiting: Callable[[], None] = lambda: None,
    ) -> AcceptedSeed | RejectedSeed:
        """Parse a seed's bytes; its notes are left out.

        Blocks for at most so many seconds; `waiting` is called about every second meanwhile.

        Raises:
            ReadingProcessError: The process has ended, or was too slow and has been killed.
        """
        try:
            self._connection.send_bytes(pickle.dumps(read, pickle.HIGHEST_PROTOCOL))
            self._wait(seconds, waiting)
            return unpack(iter(self._connection.recv_bytes, _END))
        except (EOFError, OSError) as error:
            raise ReadingProcessError(self._how_ended()) from error

    @property
    def is_alive(self) -> bool:
        """Whether it still runs."""
        return self._process.is_alive()

    def kill(self) -> None:
        """Kill the process; whoever waits for it is told so, and has to call `end`."""
        self._process.kill()

    def end(self) -> None:
        """Kill the process and release what it held; nobody may be waiting for it."""
        self._process.kill()
        self._process.join()
        self._connection.close()

    def _wait(self, seconds: float, waiting: Callable[[], None]) -> None:
        until = time.monotonic() + seconds
        while not self._connection.poll(_POLL_SECONDS):
            waiting()
            if time.monotonic() > until:
                self._process.kill()
                raise ReadingProcessError(f"stopped after {seconds:.0f} seconds")

    def _how_ended(self) -> str:
        self._process.join(_POLL_SECONDS)
        code = self._process.exitcode
        if code == -signal.SIGKILL:
            return "killed; perhaps the memory ran out"
        if code is not None and code < 0:
            return f"ended by {signal.Signals(-code).name}"
        return f"ended with status {code}"


def serve_files(connection: Connection, rules: SeedRules) -> None:
    """What the process does: read every file that it is sent, until the service ends."""
    _step_back()
    # The other end is closed when the service ends, however it does.
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            read: SeedBytes = pickle.loads(connection.recv_bytes())  # noqa: S301 - from the service
            for piece in pack(read_or_reject(read, rules)):
                connection.send_bytes(piece)
            connection.send_bytes(_END)


def pack(seed: AcceptedSeed | RejectedSeed) -> Iterator[bytes]:
    """A seed in pieces that are quick to unpack; without its notes, which nobody asks for."""
    if isinstance(seed, RejectedSeed):
        yield _dump(seed)
        return
    yield _dump(replace(seed, drafts=(), problems=(), notes=()))
    for drafts in _cut(seed.drafts):
        yield _dump([(_draft_values(draft), _stated_values(draft.stated)) for draft in drafts])
    yield _dump(None)
    for problems in _cut(seed.problems):
        yield _dump(problems)


def unpack(pieces: Iterable[bytes]) -> AcceptedSeed | RejectedSeed:
    """The seed that was packed; takes all pieces, so that those of the next seed follow.

    Raises:
        EOFError: There is no piece.
    """
    values = map(pickle.loads, pieces)
    seed: AcceptedSeed | RejectedSeed | None = next(values, None)
    if seed is None:
        raise EOFError
    if isinstance(seed, RejectedSeed):
        deque(values, maxlen=0)
        return seed
    drafts = [_draft(*one) for packed in iter(values.__next__, None) for one in packed]
    return replace(seed, drafts=tuple(drafts), problems=tuple(chain.from_iterable(values)))


def _draft(values: Sequence[Any], stated: Sequence[Any]) -> Draft:
    return Draft(
        **dict(zip(_DRAFT, values, strict=True)),
        stated=Stated(**dict(zip(_STATED, stated, strict=True))),
    )


def _cut(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), _PER_PIECE):
        yield values[start : start + _PER_PIECE]


def _dump(value: object) -> bytes:
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def _step_back() -> None:
    """Let the service go first: for the processor, and when memory runs out."""
    # A terminal sends these to the service too, which then ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    # A sandbox may forbid both.
    with suppress(OSError):
        os.nice(_NICENESS)
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_bytes(_OOM_SCORE)
