"""Turns a document into the exact response to a request: coding, validators, caching, 304."""

from __future__ import annotations

from collections.abc import Iterable

from aiohttp import hdrs, web
from multidict import CIMultiDict

from feedsvc.domain.render.document import Document, Representation
from feedsvc.web.dates import format_http_date
from feedsvc.web.exchange import OUTCOME, Outcome
from feedsvc.web.headers import public_cache_control
from feedsvc.web.keys import CLOCK, READY, SETTINGS
from feedsvc.web.negotiation import select
from feedsvc.web.ready import SOURCE, FindCurrent, Source, visible_change


def respond(
    request: web.Request,
    document: Document,
    *,
    links: Iterable[str] = (),
    cache_control: str | None = None,
    dated: bool = True,
    rendered: bool = False,
    find_current: FindCurrent | None = None,
) -> web.Response:
    """Return the document in the requested coding, or 304 (RFC 9110 §13.2.2).

    `links` are values of the Link field. `cache_control` replaces the value from the settings.
    Documents that are not `dated` get no Last-Modified. `rendered` is only for log and metrics.
    `find_current` finds the document that later requests to the same address get, if it is at hand;
    then they are answered without being routed here (`feedsvc.web.ready`).

    Raises:
        web.HTTPNotAcceptable: Accept-Encoding refuses every coding.
        web.HTTPPreconditionFailed: If-Match or If-Unmodified-Since asks for something else.
    """
    now = request.app[CLOCK]().replace(microsecond=0)
    changed = visible_change(document, now=now) if dated else None
    selection = select(request.headers, document, changed=changed)
    chosen = selection.representation
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
    if find_current is not None and (changed or not dated):
        request[SOURCE] = Source(
            keeper=request.app[READY],
            document=document,
            chosen=chosen,
            dated=dated,
            find_current=find_current,
        )
    if selection.is_held:
        request[OUTCOME] = Outcome.NOT_MODIFIED
        return web.Response(status=304, headers=headers)
    request[OUTCOME] = Outcome.RENDERED if rendered else Outcome.FRESH
    return _full_response(document, chosen, headers)


def _full_response(
    document: Document,
    chosen: Representation,
    headers: CIMultiDict[str],
) -> web.Response:
    headers[hdrs.CONTENT_TYPE] = document.content_type
    if chosen is not document.identity:
        headers[hdrs.CONTENT_ENCODING] = chosen.coding
    return web.Response(body=chosen.body, headers=headers)
