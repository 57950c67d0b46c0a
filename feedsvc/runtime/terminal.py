"""Finds out whether SIGHUP means a closed terminal or a reload (POSIX `signal.h`)."""

from __future__ import annotations

import asyncio
import os
import signal

# A shell may pass SIGHUP on before its terminal is gone.
_PATIENCE_SECONDS = 1.0
_STEP_SECONDS = 0.05


class Terminal:
    """The controlling terminal that the process was started with, if there was one.

    Create it before handling SIGHUP: a process that ignores the signal, as under `nohup`, outlives
    its terminal.
    """

    def __init__(self) -> None:
        self._matters = signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN and _is_open()

    async def is_lost(self) -> bool:
        """Whether there was a terminal and it has gone; waits a moment for it to go."""
        if not self._matters:
            return False
        for _ in range(round(_PATIENCE_SECONDS / _STEP_SECONDS)):
            if not _is_open():
                return True
            await asyncio.sleep(_STEP_SECONDS)
        return False


def _is_open() -> bool:
    try:
        os.close(os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY))
    except OSError:
        return False
    return True
