"""Answers connections beyond the limit: health checks from a reserve, others with 503."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import cast

HEALTH_RESERVE = 16

_HEALTH_CHECKS = tuple(
    b"%b %b " % (method, path) for method in (b"GET", b"HEAD") for path in (b"/healthz", b"/readyz")
)
_LONGEST = max(map(len, _HEALTH_CHECKS))
# A health check sends its request at once.
_ASK_SECONDS = 1.0
_LINGER_SECONDS = 2.0
_MAX_OPEN = 200
_BODY = b"503 Service Unavailable: too many connections; try again in a few seconds.\n"
_ANSWER = (
    b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain; charset=utf-8\r\n"
    b"Retry-After: 2\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n"
    b"Connection: close\r\nContent-Length: %d\r\n\r\n%b" % (len(_BODY), _BODY)
)


class Overflow(asyncio.Protocol):
    """Waits a moment for what a client asks: `admit`s a health check, and answers others with 503.

    `waiting` are all connections of this kind, oldest first; beyond a number of them, the oldest is
    closed. `rejected` is called for each 503. Closing with the request unread would reset the
    connection, and the client would not see the answer; so it stays open for a moment.
    """

    def __init__(
        self,
        waiting: dict[Overflow, None],
        *,
        admit: Callable[[], asyncio.Protocol | None],
        rejected: Callable[[], None],
    ) -> None:
        self._waiting = waiting
        self._admit = admit
        self._rejected = rejected
        self._transport: asyncio.Transport | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._received = b""
        self._answered = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Wait briefly for a request."""
        self._transport = cast("asyncio.Transport", transport)
        self._waiting[self] = None
        self._timer = asyncio.get_running_loop().call_later(_ASK_SECONDS, self._reject)
        if len(self._waiting) > _MAX_OPEN:
            next(iter(self._waiting)).close()

    def data_received(self, data: bytes) -> None:
        """Look whether this is a health check; ignore what comes after an answer."""
        if self._answered:
            return
        self._received += data
        if self._received.startswith(_HEALTH_CHECKS):
            self._hand_over()
        elif len(self._received) >= _LONGEST or not self._may_be_health_check():
            self._reject()

    def eof_received(self) -> bool:
        """Let the transport close: the client has read the answer, or asks for nothing."""
        return False

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        """Forget the connection."""
        self._forget()

    def close(self) -> None:
        """Answer, and close without waiting for the client to read it."""
        self._reject()
        if self._transport is not None:
            self._transport.close()
        self._waiting.pop(self, None)

    def _may_be_health_check(self) -> bool:
        return any(check.startswith(self._received) for check in _HEALTH_CHECKS)

    def _hand_over(self) -> None:
        protocol = self._admit()
        if protocol is None or self._transport is None:
            self._reject()
            return
        self._forget()
        self._answered = True
        self._transport.set_protocol(protocol)
        protocol.connection_made(self._transport)
        protocol.data_received(self._received)

    def _reject(self) -> None:
        if self._answered or self._transport is None:
            return
        self._answered = True
        self._rejected()
        self._transport.write(_ANSWER)
        self._transport.write_eof()
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(_LINGER_SECONDS, self._transport.abort)

    def _forget(self) -> None:
        self._waiting.pop(self, None)
        if self._timer is not None:
            self._timer.cancel()
