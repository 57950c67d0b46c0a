"""Answers connections beyond the limit with 503."""

from __future__ import annotations

import asyncio

_LINGER_SECONDS = 2.0
_MAX_LINGERING = 100
_BODY = b"503 Service Unavailable: too many connections; try again in a few seconds.\n"
_ANSWER = (
    b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain; charset=utf-8\r\n"
    b"Retry-After: 2\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n"
    b"Connection: close\r\nContent-Length: %d\r\n\r\n%b" % (len(_BODY), _BODY)
)


class OverloadAnswer(asyncio.Protocol):
    """Answers one client with 503 and closes the connection.

    Closing with the request unread would reset the connection, and the client would not see the
    answer; so a bounded number of connections stay open for a moment.
    """

    def __init__(self, lingering: set[OverloadAnswer]) -> None:
        self._lingering = lingering

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Send the answer, and wait briefly for the client to read it."""
        if not isinstance(transport, asyncio.WriteTransport):
            return
        transport.write(_ANSWER)
        if len(self._lingering) >= _MAX_LINGERING:
            transport.close()
            return
        self._lingering.add(self)
        transport.write_eof()
        asyncio.get_running_loop().call_later(_LINGER_SECONDS, transport.abort)

    def data_received(self, data: bytes) -> None:
        """Ignore the request."""

    def eof_received(self) -> bool:
        """Let the transport close: the client has read the answer."""
        return False

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        """Forget the connection."""
        self._lingering.discard(self)
