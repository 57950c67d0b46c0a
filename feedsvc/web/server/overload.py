"""What a connection beyond the limit meets: 503 and the end."""

from __future__ import annotations

import asyncio

_SECONDS = 2.0
_WAITING = 100
_FULL = (
    b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain; charset=utf-8\r\n"
    b"Retry-After: 2\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n"
    b"Connection: close\r\nContent-Length: 51\r\n\r\n"
    b"503 Service Unavailable: too many connections now.\n"
)


class Rejection(asyncio.Protocol):
    """Tells one client that there is no room.

    Closed with its request unread, it would be reset and the client never told.
    """

    def __init__(self, waiting: set[Rejection]) -> None:
        self._waiting = waiting

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Says so, and waits a moment for the client to hear it where not too many do."""
        if not isinstance(transport, asyncio.WriteTransport):
            return
        transport.write(_FULL)
        if len(self._waiting) >= _WAITING:
            transport.close()
            return
        self._waiting.add(self)
        transport.write_eof()
        asyncio.get_running_loop().call_later(_SECONDS, transport.abort)

    def data_received(self, data: bytes) -> None:
        """Its request is not heard."""

    def eof_received(self) -> bool:
        """It has heard: the transport may close."""
        return False

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        """It is gone."""
        self._waiting.discard(self)
