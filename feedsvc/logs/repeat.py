"""Writes a line again with another time and duration, without making all of it anew."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from structlog.typing import Processor

_MICROSECONDS = 1_000_000
# No request takes as long as this, and no text contains it unescaped.
_PLACE = 1234567.25


@dataclass(frozen=True, slots=True)
class RepeatedLine:
    """A line of JSON, in the parts around its time and its `ms`."""

    write: Callable[[bytes], None]
    start: bytes
    middle: bytes
    end: bytes

    def repeat(self, milliseconds: float) -> None:
        """Have it written with the present time."""
        spent = repr(milliseconds).encode()
        self.write(b"".join((self.start, _clock.read(), self.middle, spent, self.end)))


def make_line(
    steps: list[Processor],
    logger: Any,
    *,
    write: Callable[[bytes], None],
    event: str,
    facts: Mapping[str, Any],
) -> RepeatedLine:
    """Make a line at level info as `steps` make it, to be repeated; one of its facts is `ms`."""
    line: Any = {**facts, "ms": _PLACE, "event": event}
    for step in steps:
        line = step(logger, "info", line)
    start, stamp, rest = line.partition(b'{"timestamp":"')
    _, quote, rest = rest.partition(b'"')
    middle, name, end = rest.partition(b'"ms":')
    end = end.removeprefix(repr(_PLACE).encode())
    return RepeatedLine(write, start + stamp, quote + middle + name, end + b"\n")


class _Clock:
    """The time of day as in every line, formatted once a second but for its microseconds."""

    def __init__(self) -> None:
        self._second = -1
        self._text = b""

    def read(self) -> bytes:
        second, micros = divmod(time.time_ns() // 1000, _MICROSECONDS)
        if second != self._second:
            self._second = second
            self._text = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(second)).encode()
        return b"%b.%06dZ" % (self._text, micros)


_clock = _Clock()
