"""Answers kept ready: what was sent once is sent again, with the present date, while it is current.

The first answer of each kind (address, method, status, coding) is made by its handler and passes
through every middleware. Its head is kept here; the body is the document's own. Until the document
changes, later requests of that kind need no more than a look-up.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from aiohttp import HttpVersion11, hdrs, web
from aiohttp.http_parser import RawRequestMessage

from feedsvc.domain.render.document import Document, Representation
from feedsvc.web.dates import format_http_date
from feedsvc.web.exchange import Outcome, find_route
from feedsvc.web.negotiation import join_field, select

# Address, method, Accept-Encoding, If-None-Match, If-Modified-Since.
_Asked = tuple[str, str, str | None, str | None, str | None]
FindCurrent = Callable[[], Document | None]

# Addresses that exist once: no query, nothing escaped, no host.
_PLAIN_PATH = re.compile(r"/[\w./-]*", re.ASCII)
_MOST_PATHS = 4096
_MOST_RECENT = 64
_METHODS = frozenset({hdrs.METH_GET, hdrs.METH_HEAD})
# Requests with these fields are rare, and the ordinary way knows all about them.
_UNUSUAL = (
    hdrs.EXPECT,
    hdrs.IF_MATCH,
    hdrs.IF_UNMODIFIED_SINCE,
    hdrs.RANGE,
    hdrs.IF_RANGE,
    hdrs.UPGRADE,
)
_OUTCOMES = {200: Outcome.FRESH, 304: Outcome.NOT_MODIFIED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a response was made from.

    `find_current` returns the document that a request to the same address would get now, or None if
    that has to be rendered. `keeper` is that of the application which answered.
    """

    keeper: ReadyAnswers
    document: Document
    chosen: Representation
    dated: bool
    find_current: FindCurrent


SOURCE: web.RequestKey[Source] = web.RequestKey("source")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What the answers of one kind have in common: all but the value of Date.

    `recorders` are for the log, which keeps here how to record such an answer quickly.
    """

    start: bytes
    end: bytes
    method: str
    route: str
    path: str
    status: int
    outcome: Outcome
    recorders: dict[tuple[str, bool], Callable[[float], None]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReadyAnswer:
    """A finished answer, as bytes."""

    kind: Kind
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """An address and the answers given there from one document, by method, status and ETag."""

    document: tuple[str, datetime]
    dated: bool
    find_current: FindCurrent
    kinds: dict[tuple[str, int, str], Kind] = field(default_factory=dict)


class ReadyAnswers:
    """The ready answers of one application; call `count_use` for each one that is sent.

    `read_version` returns a number that grows when any document may have changed.
    """

    def __init__(
        self,
        clock: Callable[[], datetime],
        *,
        read_version: Callable[[], int] = lambda: 0,
        count_use: Callable[[], None] = lambda: None,
    ) -> None:
        self.count_use = count_use
        self._clock = clock
        self._read_version = read_version
        self._places: dict[str, _Place] = {}
        self._version = 0
        self._second = self._next_second = datetime.min.replace(tzinfo=UTC)
        self._date = b""
        # What was sent within this second and version, whole.
        self._recent: dict[_Asked, ReadyAnswer] = {}

    def keep(self, request: web.BaseRequest, response: web.StreamResponse) -> None:
        """Keep the head of an answer that was sent, if it may be sent again."""
        source = request.get(SOURCE)
        # After a reload, the application before may still be answering.
        if source is None or source.keeper is not self or not _is_repeatable(request, response):
            return
        path = request.raw_path
        document = _identify(source.document)
        place = self._places.get(path)
        if place is None or place.document != document:
            place = _Place(document=document, dated=source.dated, find_current=source.find_current)
            self._put(path, place)
        start, end = _split_head(response)
        place.kinds[request.method, response.status, source.chosen.etag] = Kind(
            start=start,
            end=end,
            method=request.method,
            route=find_route(request),
            path=path,
            status=response.status,
            outcome=_OUTCOMES[response.status],
        )

    def find(self, message: RawRequestMessage) -> ReadyAnswer | None:
        """Return the answer to a request without a body, if it is ready and current."""
        place = self._places.get(message.path)
        if place is None or not _is_usual(message):
            return None
        self._keep_up()
        fields = message.headers
        asked = (
            message.path,
            message.method,
            join_field(fields, hdrs.ACCEPT_ENCODING),
            join_field(fields, hdrs.IF_NONE_MATCH),
            fields.get(hdrs.IF_MODIFIED_SINCE),
        )
        answer = self._recent.get(asked)
        if answer is None:
            answer = self._make(place, message)
            if answer is not None:
                if len(self._recent) >= _MOST_RECENT:
                    self._recent.clear()
                self._recent[asked] = answer
        return answer

    def _make(self, place: _Place, message: RawRequestMessage) -> ReadyAnswer | None:
        document = place.find_current()
        if document is None or _identify(document) != place.document:
            return None
        changed = visible_change(document, now=self._second) if place.dated else None
        if place.dated and changed is None:
            return None
        try:
            selection = select(message.headers, document, changed=changed)
        except web.HTTPNotAcceptable:
            return None
        chosen, status = selection.representation, 304 if selection.is_held else 200
        kind = place.kinds.get((message.method, status, chosen.etag))
        if kind is None:
            return None
        body = b"" if selection.is_held or message.method == hdrs.METH_HEAD else chosen.body
        return ReadyAnswer(kind, b"".join((kind.start, self._date, kind.end, body)))

    def _put(self, path: str, place: _Place) -> None:
        self._places.pop(path, None)
        self._places[path] = place
        if len(self._places) > _MOST_PATHS:
            del self._places[next(iter(self._places))]

    def _keep_up(self) -> None:
        """Renew the date once a second; forget what was sent before that or before a change."""
        now = self._clock()
        if not self._second <= now < self._next_second:
            self._second = now.replace(microsecond=0)
            self._next_second = self._second + timedelta(seconds=1)
            self._date = format_http_date(self._second).encode()
            self._recent.clear()
        version = self._read_version()
        if version != self._version:
            self._version = version
            self._recent.clear()


def visible_change(document: Document, *, now: datetime) -> datetime | None:
    """The Last-Modified of a document; None within the second of its change.

    Until that is over, a date cannot distinguish before from after (RFC 9110 §8.8.2.1).
    """
    return document.changed if document.changed < now else None


def _is_repeatable(request: web.BaseRequest, response: web.StreamResponse) -> bool:
    return (
        response.status in _OUTCOMES
        and request.version == HttpVersion11
        and bool(response.keep_alive)
        and request.method in _METHODS
        and _PLAIN_PATH.fullmatch(request.raw_path) is not None
    )


def _is_usual(message: RawRequestMessage) -> bool:
    return (
        message.version == HttpVersion11
        and message.method in _METHODS
        and not message.should_close
        and not message.upgrade
        and not any(map(message.headers.__contains__, _UNUSUAL))
    )


def _identify(document: Document) -> tuple[str, datetime]:
    """What the heads of a document's answers depend on."""
    return document.identity.etag, document.changed


def _split_head(response: web.StreamResponse) -> tuple[bytes, bytes]:
    """The head of a response that was sent, up to the value of Date and from there on."""
    lines = [f"{name}: {value}" for name, value in response.headers.items()]
    head = "\r\n".join([f"HTTP/1.1 {response.status} {response.reason}", *lines, "", ""])
    before, name, after = head.partition("\r\nDate: ")
    return (before + name).encode(), after.removeprefix(response.headers[hdrs.DATE]).encode()
