"""Writes log lines to a stream in a thread, so that a slow terminal or disk delays no request."""

from __future__ import annotations

import atexit
import os
import threading
import time
from collections import deque
from contextlib import suppress
from typing import TextIO

# A burst of lines is written at once, not line by line.
_REST_SECONDS = 0.02
# A pipe takes so much at once: lines of several processes must not get mixed up (POSIX write).
_PIECE_BYTES = 4096
# Beyond this many lines, those who log wait until they are written.
_MOST_WAITING = 10_000


class LineWriter:
    """Writes lines in the order in which they were given; none is lost when the process exits.

    In the `background`, they are written by a thread, otherwise at once.
    """

    def __init__(self, stream: TextIO, *, background: bool = True) -> None:
        self.stream = stream
        self.background = background
        self._forget()

    def write(self, line: bytes) -> None:
        """Have a line written soon, from any thread."""
        self._waiting.append(line)
        if not self.background:
            self.flush()
        elif not self._is_awake:
            self._wake()
        if len(self._waiting) > _MOST_WAITING:
            self.flush()

    def flush(self) -> None:
        """Write everything that is waiting before returning."""
        with self._writing:
            while lines := self._take():
                # A stream that is closed or whose disk is full has no better place to say so.
                with suppress(OSError, ValueError):
                    self._send(b"".join(lines))

    def _forget(self) -> None:
        """Start afresh, as a forked process must: its parent writes what was waiting."""
        self._waiting: deque[bytes] = deque()
        self._is_awake = False
        self._wakeup = threading.Event()
        # A warning while writing is logged by the same thread.
        self._writing = threading.RLock()
        self._thread: threading.Thread | None = None

    def _wake(self) -> None:
        self._is_awake = True
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="log writer", daemon=True)
            self._thread.start()
        self._wakeup.set()

    def _run(self) -> None:
        while True:
            self._wakeup.wait()
            self._wakeup.clear()
            # Before taking lines: who comes later has to wake the thread again.
            self._is_awake = False
            self.flush()
            time.sleep(_REST_SECONDS)

    def _take(self) -> list[bytes]:
        """Take as many lines as make one piece, at least one if any is waiting."""
        lines: list[bytes] = []
        size = 0
        # Only the thread that writes takes lines.
        while self._waiting and (not lines or size + len(self._waiting[0]) <= _PIECE_BYTES):
            lines.append(self._waiting.popleft())
            size += len(lines[-1])
        return lines

    def _send(self, data: bytes) -> None:
        binary = getattr(self.stream, "buffer", None)
        if binary is None:
            self.stream.write(data.decode())
        else:
            binary.write(data)
            binary.flush()


_writers: list[LineWriter] = []


def writer_to(stream: TextIO, *, background: bool = True) -> LineWriter:
    """The writer to a stream, which replaces the one before; all lines are in order."""
    flush_logs()
    if not _writers or _writers[0].stream is not stream:
        _writers[:] = [LineWriter(stream)]
    _writers[0].background = background
    return _writers[0]


@atexit.register
def flush_logs() -> None:
    """Write every line that was logged before returning."""
    for writer in _writers:
        writer.flush()


def _start_afresh() -> None:
    for writer in _writers:
        writer._forget()  # noqa: SLF001


os.register_at_fork(after_in_child=_start_afresh)
