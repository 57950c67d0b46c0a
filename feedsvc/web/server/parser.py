"""Limits the size of request heads while they arrive."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any

from aiohttp.http import HttpRequestParser
from aiohttp.http_exceptions import BadHttpMessage, HttpProcessingError, LineTooLong
from aiohttp.http_parser import RawRequestMessage
from aiohttp.streams import StreamReader

# The parser's error contains only the limit exceeded, so the two must differ.
LINE_LIMIT = 8191
FIELD_LIMIT = 8190
FIELDS_LIMIT = 64
HEAD_LIMIT = 32 * 1024
# Requests read ahead on one connection while another is being answered.
PIPELINE_LIMIT = 4
HEAD_END = b"\r\n\r\n"
# Bytes read at once.
READ_SIZE = 64 * 1024


class HeadTooLargeError(BadHttpMessage):
    """A request's head is too large in total."""


class HeadParser(HttpRequestParser):
    """aiohttp's parser, which limits single lines, with a limit for the whole head.

    `answer` gets each request that arrives by itself; if it returns true, the request is answered.
    """

    failed: HttpProcessingError | None = None
    answer: Callable[[RawRequestMessage, StreamReader], bool] | None = None
    _pending_bytes = 0
    _body: StreamReader | None = None

    def feed_data(  # type: ignore[override] # the C parser takes nothing else
        self,
        data: bytes,
    ) -> tuple[Sequence[tuple[RawRequestMessage, StreamReader]], bool, bytes]:
        """Parse data and return complete requests; ignore everything after an error.

        Raises:
            HeadTooLargeError: A head exceeds the limit, complete or not.
            HttpProcessingError: The data is not a request.
        """
        if self.failed is not None:
            return (), False, b""
        try:
            return self._feed_within_limit(data)
        except HttpProcessingError as error:
            self.failed = error
            raise

    def _feed_within_limit(self, data: bytes) -> tuple[Sequence[Any], bool, bytes]:
        found: tuple[Sequence[Any], bool, bytes] = super().feed_data(data)
        messages = found[0]
        if self._body is None or self._body.is_eof():
            self._pending_bytes += len(data)
        if self._pending_bytes > HEAD_LIMIT and (not messages or any(map(_is_too_large, messages))):
            raise HeadTooLargeError("request head too large")
        if messages:
            self._pending_bytes = 0
            self._body = messages[-1][1]
            if len(messages) == 1 and data.endswith(HEAD_END) and self._is_answered(*messages[0]):
                self.message_consumed()
                return (), False, b""
        return found

    def _is_answered(self, message: RawRequestMessage, body: StreamReader) -> bool:
        return self.answer is not None and self.answer(message, body)


def parser_status(error: BaseException | None) -> HTTPStatus:
    """Return the status for a parser error (RFC 9110 §15.5.15, RFC 6585 §5)."""
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
