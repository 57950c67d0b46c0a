"""Tells a closed terminal from an operator's wish, for SIGHUP says either (POSIX `signal.h`)."""

from __future__ import annotations

import asyncio
import os
import signal

# A shell may pass SIGHUP on before its terminal is gone.
_PATIENCE_SECONDS = 1.0
_STEP_SECONDS = 0.05


class Terminal:
    """The controlling terminal that the process was started with, if there was one.

    To be made before SIGHUP is handled: who ignores it, as under `nohup`, outlives its terminal.
    """

    def __init__(self) -> None:
        self._counts = signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN and _is_there()

    async def is_lost(self) -> bool:
        """Whether there was one and there is none any more; waits a moment for it to go."""
        if not self._counts:
            return False
        for _ in range(round(_PATIENCE_SECONDS / _STEP_SECONDS)):
            if not _is_there():
                return True
            await asyncio.sleep(_STEP_SECONDS)
        return False


def _is_there() -> bool:
    try:
        os.close(os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY))
    except OSError:
        return False
    return True
