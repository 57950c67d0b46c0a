"""Turns a document into the exact response to a request: coding, validators, caching, 304."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from aiohttp import hdrs, web
from multidict import CIMultiDict

from feedsvc.domain.render.document import Document, Representation
from feedsvc.web.dates import format_http_date
from feedsvc.web.exchange import OUTCOME, Outcome
from feedsvc.web.headers import public_cache_control
from feedsvc.web.keys import CLOCK, SETTINGS
from feedsvc.web.negotiation import choose_coding, fails_precondition, is_not_modified, join_field


def respond(
    request: web.Request,
    document: Document,
    *,
    links: Iterable[str] = (),
    cache_control: str | None = None,
    dated: bool = True,
    rendered: bool = False,
) -> web.Response:
    """Return the document in the requested coding, or 304 (RFC 9110 §13.2.2).

    `links` are values of the Link field. `cache_control` replaces the value from the settings.
    Documents that are not `dated` get no Last-Modified. `rendered` is only for log and metrics.

    Raises:
        web.HTTPNotAcceptable: Accept-Encoding refuses every coding.
        web.HTTPPreconditionFailed: If-Match or If-Unmodified-Since asks for something else.
    """
    chosen = _choose(request, document)
    now = request.app[CLOCK]().replace(microsecond=0)
    # Within the second of a change, a date cannot distinguish before from after: RFC 9110 §8.8.2.1.
    changed = document.changed if dated and document.changed < now else None
    headers = CIMultiDict(
        {
            hdrs.DATE: format_http_date(now),
            hdrs.ETAG: chosen.etag,
            hdrs.VARY: hdrs.ACCEPT_ENCODING,
            hdrs.CACHE_CONTROL: cache_control or public_cache_control(request.app[SETTINGS]),
        }
    )
    if changed:
        headers[hdrs.LAST_MODIFIED] = format_http_date(changed)
    if link := ", ".join(links):
        headers[hdrs.LINK] = link
    if fails_precondition(
        etag=chosen.etag,
        changed=changed,
        if_match=join_field(request, hdrs.IF_MATCH),
        if_unmodified_since=request.headers.get(hdrs.IF_UNMODIFIED_SINCE),
    ):
        raise web.HTTPPreconditionFailed
    if _is_current(request, chosen, changed):
        request[OUTCOME] = Outcome.NOT_MODIFIED
        return web.Response(status=304, headers=headers)
    request[OUTCOME] = Outcome.RENDERED if rendered else Outcome.FRESH
    return _full_response(document, chosen, headers)


def _choose(request: web.Request, document: Document) -> Representation:
    accept = join_field(request, hdrs.ACCEPT_ENCODING)
    coding = choose_coding(accept, document.codings) or choose_coding(accept)
    if coding is None:
        raise web.HTTPNotAcceptable
    return document.in_coding(coding)


def _is_current(request: web.Request, chosen: Representation, changed: datetime | None) -> bool:
    return is_not_modified(
        etag=chosen.etag,
        changed=changed,
        if_none_match=join_field(request, hdrs.IF_NONE_MATCH),
        if_modified_since=request.headers.get(hdrs.IF_MODIFIED_SINCE),
    )


def _full_response(
    document: Document,
    chosen: Representation,
    headers: CIMultiDict[str],
) -> web.Response:
    headers[hdrs.CONTENT_TYPE] = document.content_type
    if chosen is not document.identity:
        headers[hdrs.CONTENT_ENCODING] = chosen.coding
    return web.Response(body=chosen.body, headers=headers)
