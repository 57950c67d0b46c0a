"""Reads the heads of requests within a bound of bytes: what is too large is refused on arrival."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from aiohttp.http import HttpRequestParser
from aiohttp.http_exceptions import BadHttpMessage, HttpProcessingError, LineTooLong
from aiohttp.http_parser import RawRequestMessage
from aiohttp.streams import StreamReader

# The parser tells which of its limits was passed by its figure alone, so the two differ.
LINE_LIMIT = 8191
FIELD_LIMIT = 8190
FIELDS_LIMIT = 64
HEAD_LIMIT = 32 * 1024
# Requests of one connection that are read ahead of the one being answered.
PIPELINE_LIMIT = 4
# Bytes that are read at once.
READ_SIZE = 64 * 1024


class HeadTooLargeError(BadHttpMessage):
    """The lines of a request's head are longer together than one may be."""


class HeadParser(HttpRequestParser):
    """aiohttp's parser, which bounds single lines, with a bound for the whole."""

    failed: HttpProcessingError | None = None
    _unended = 0
    _body: StreamReader | None = None

    def feed_data(  # type: ignore[override] # the compiled one takes nothing else
        self,
        data: bytes,
    ) -> tuple[Sequence[tuple[RawRequestMessage, StreamReader]], bool, bytes]:
        """What the data completes; nothing any more after a failure.

        Raises:
            HeadTooLargeError: A head is larger than the limit, whether it has ended or not.
            HttpProcessingError: It is no request.
        """
        if self.failed is not None:
            return (), False, b""
        try:
            return self._feed_within_bound(data)
        except HttpProcessingError as error:
            self.failed = error
            raise

    def _feed_within_bound(self, data: bytes) -> tuple[Sequence[Any], bool, bytes]:
        found: tuple[Sequence[Any], bool, bytes] = super().feed_data(data)
        messages = found[0]
        if self._body is None or self._body.is_eof():
            self._unended += len(data)
        if self._unended > HEAD_LIMIT and (not messages or any(map(_is_too_large, messages))):
            raise HeadTooLargeError("too large a head")
        if messages:
            self._unended = 0
            self._body = messages[-1][1]
        return found


def parser_status(error: BaseException | None) -> HTTPStatus:
    """The status of a request that aiohttp's parser refused (RFC 9110 §15.5.15, RFC 6585 §5)."""
    if isinstance(error, LineTooLong):
        too_long_line = LINE_LIMIT in error.args
        return (
            HTTPStatus.REQUEST_URI_TOO_LONG
            if too_long_line
            else HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
        )
    if isinstance(error, HeadTooLargeError) or "Too many" in str(error):
        return HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
    return HTTPStatus.BAD_REQUEST


def _is_too_large(found: tuple[RawRequestMessage, StreamReader]) -> bool:
    message, _body = found
    fields = sum(len(name) + len(value) for name, value in message.raw_headers)
    return len(message.path) + fields > HEAD_LIMIT
