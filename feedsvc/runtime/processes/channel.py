"""Carries messages between the parent and a child over a pair of connected sockets."""

from __future__ import annotations

import asyncio
import pickle
import struct
from collections.abc import AsyncIterator
from socket import socket
from typing import Any

_LENGTH = struct.Struct(">I")
# A receiver that does not read must not make the sender hold ever more.
_MOST_UNSENT = 16 * 1024**2


class Channel:
    """One end. Both are the same program, so that messages are pickled dataclasses."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def over(cls, end: socket) -> Channel:
        """The channel over one of two connected sockets."""
        return cls(*await asyncio.open_connection(sock=end))

    def send(self, message: object) -> None:
        """Send a message, or drop it if the other end is gone or has stopped reading."""
        transport = self._writer.transport
        if transport.is_closing() or transport.get_write_buffer_size() > _MOST_UNSENT:
            return
        body = pickle.dumps(message)
        self._writer.write(_LENGTH.pack(len(body)) + body)

    async def receive(self) -> AsyncIterator[Any]:
        """Yield messages until the other end is closed."""
        while True:
            try:
                (length,) = _LENGTH.unpack(await self._reader.readexactly(_LENGTH.size))
                body = await self._reader.readexactly(length)
            except (asyncio.IncompleteReadError, ConnectionError):
                return
            yield pickle.loads(body)  # noqa: S301 - from the same program, over a private socket

    async def close(self) -> None:
        """Send what is left, if anybody still reads it, and close this end."""
        self._writer.close()
        try:
            await self._writer.wait_closed()
        except ConnectionError:
            return  # the other end has gone first
