"""A stream for log lines that several processes write to, one at a time."""

from __future__ import annotations

import fcntl
import io
import os
from typing import BinaryIO, TextIO


class SharedStream(io.TextIOBase):
    """Writes each piece as a whole, even if it is longer than a pipe takes at once (pipe(7)).

    Create it before forking: the lock belongs to all who inherit it.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.buffer = _SharedBuffer(stream.buffer)

    def isatty(self) -> bool:
        """Whether a person reads the lines."""
        return self._stream.isatty()


class _SharedBuffer:
    def __init__(self, buffer: BinaryIO) -> None:
        self._buffer = buffer
        # Not flock(2), whose locks a parent and its children have in common.
        self._lock = os.memfd_create("log lines")

    def write(self, data: bytes) -> None:
        fcntl.lockf(self._lock, fcntl.LOCK_EX)
        try:
            self._buffer.write(data)
            self._buffer.flush()
        finally:
            fcntl.lockf(self._lock, fcntl.LOCK_UN)

    def flush(self) -> None:
        """There is nothing to do: what is written has been flushed."""
