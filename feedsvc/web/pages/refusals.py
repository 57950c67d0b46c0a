"""Answers HTTP errors: 404 and 410 as a page for people, everything else in plain text."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial
from http import HTTPStatus

from aiohttp import hdrs, web

from feedsvc.services.publish import BusyError
from feedsvc.web.errors import respond_with_error
from feedsvc.web.keys import PUBLISHER
from feedsvc.web.negotiation import accepts_html, join_field
from feedsvc.web.pages.frame import PageContext
from feedsvc.web.pages.missing import view_missing, view_withdrawn
from feedsvc.web.pages.responses import make_context, respond_with_error_page

_MISSING = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
_READING = frozenset({hdrs.METH_GET, hdrs.METH_HEAD})
# First path segments that programs ask for: every route that is not a page, and two that have none.
_FOR_PROGRAMS = frozenset(
    {
        "api",
        "favicon.ico",
        "feeds",
        "feeds.opml",
        "healthz",
        "metrics",
        "readyz",
        "robots.txt",
        "static",
        ".well-known",
    }
)


async def handle_http_error(request: web.Request, error: web.HTTPException) -> web.Response:
    """Return the answer to an HTTP error; it repeats nothing of the request's content.

    Anyone can make up addresses, so pages take turns with searches; if too many wait, it is text.
    """
    if error.status not in _MISSING or not _is_for_people(request):
        return respond_with_error(error.status, error.headers)
    if accepts_html(join_field(request.headers, hdrs.ACCEPT)):
        page = partial(_make_page, error.status, request.path, make_context(request))
        with suppress(BusyError):
            # In a thread: looking for similar names and filling a template take milliseconds.
            return await request.app[PUBLISHER].queue.run(partial(asyncio.to_thread, page))
    return respond_with_error(error.status, {hdrs.VARY: hdrs.ACCEPT})


def _make_page(status: int, path: str, context: PageContext) -> web.Response:
    gone = status == HTTPStatus.GONE
    view = view_withdrawn(context) if gone else view_missing(path, context)
    return respond_with_error_page(status, view, vary=hdrs.ACCEPT)


def _is_for_people(request: web.Request) -> bool:
    first = request.path.strip("/").lower().partition("/")[0]
    # The application on the metrics port has no pages.
    has_pages = PUBLISHER in request.app
    return has_pages and request.method in _READING and first not in _FOR_PROGRAMS
