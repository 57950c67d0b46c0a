"""Turns a document into the exact response to a request: coding, validators, caching, 304."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from email.utils import format_datetime

from aiohttp import hdrs, web
from multidict import CIMultiDict

from feedsvc.domain.render.document import Document, Representation
from feedsvc.settings import Settings
from feedsvc.web.exchange import OUTCOME, Outcome
from feedsvc.web.keys import CLOCK, SETTINGS
from feedsvc.web.negotiation import choose_coding, has_it_already


def answer(
    request: web.Request,
    document: Document,
    *,
    links: Iterable[str] = (),
    cache_control: str | None = None,
    dated: bool = True,
    rendered: bool = False,
) -> web.Response:
    """The document in the coding asked for, or 304 (RFC 9110 §13.2.2).

    `links` are values of the Link field, `cache_control` replaces the one of the settings, what is
    not `dated` has no Last-Modified, and `rendered` is for the log alone.

    Raises:
        web.HTTPNotAcceptable: Accept-Encoding refuses every coding.
    """
    chosen = _choose(request, document)
    now = request.app[CLOCK]().replace(microsecond=0)
    # In the second of a change a date cannot tell before from after: RFC 9110 §8.8.2.1.
    changed = document.changed if dated and document.changed < now else None
    headers = CIMultiDict(
        {
            hdrs.DATE: http_date(now),
            hdrs.ETAG: chosen.etag,
            hdrs.VARY: hdrs.ACCEPT_ENCODING,
            hdrs.CACHE_CONTROL: cache_control or public_caching(request.app[SETTINGS]),
        }
    )
    if changed:
        headers[hdrs.LAST_MODIFIED] = http_date(changed)
    if link := ", ".join(links):
        headers[hdrs.LINK] = link
    if _is_current(request, chosen, changed):
        request[OUTCOME] = Outcome.NOT_MODIFIED
        return web.Response(status=304, headers=headers)
    request[OUTCOME] = Outcome.RENDERED if rendered else Outcome.FRESH
    return _full_response(document, chosen, headers)


def public_caching(settings: Settings, *, max_age: int | None = None) -> str:
    """The Cache-Control of what everybody may see (RFC 9111 §5.2.2, RFC 5861)."""
    fresh = settings.max_age if max_age is None else max_age
    return (
        f"public, max-age={fresh}, "
        f"stale-while-revalidate={settings.stale_while_revalidate}, "
        f"stale-if-error={settings.stale_if_error}"
    )


def http_date(moment: datetime) -> str:
    """An IMF-fixdate (RFC 9110 §5.6.7) of a UTC time, in no locale's words."""
    return format_datetime(moment, usegmt=True)


def joined_field(request: web.BaseRequest, name: str) -> str | None:
    """All lines of a list field as one (RFC 9110 §5.3); None when there is none."""
    lines = request.headers.getall(name, [])
    return ", ".join(lines) if lines else None


def _choose(request: web.Request, document: Document) -> Representation:
    accept = joined_field(request, hdrs.ACCEPT_ENCODING)
    coding = choose_coding(accept, document.codings) or choose_coding(accept)
    if coding is None:
        raise web.HTTPNotAcceptable
    return document.in_coding(coding)


def _is_current(request: web.Request, chosen: Representation, changed: datetime | None) -> bool:
    return has_it_already(
        etag=chosen.etag,
        changed=changed,
        if_none_match=joined_field(request, hdrs.IF_NONE_MATCH),
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
