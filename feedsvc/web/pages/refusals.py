"""Answers what a handler refuses: in plain text, or 404 and 410 with a page where people ask."""

from __future__ import annotations

from http import HTTPStatus

from aiohttp import hdrs, web

from feedsvc.web.errors import respond_with_error
from feedsvc.web.keys import PUBLISHER
from feedsvc.web.negotiation import accepts_html, join_field
from feedsvc.web.pages.missing import view_missing, view_withdrawn
from feedsvc.web.pages.responses import make_context, respond_with_error_page

_MISSING = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
_READING = frozenset({hdrs.METH_GET, hdrs.METH_HEAD})
# The first step of what programs ask for: of every route that is no page, and of two that are none.
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


def handle_http_error(request: web.Request, refusal: web.HTTPException) -> web.Response:
    """The answer to a refused request; neither text nor page repeats anything of it."""
    if refusal.status not in _MISSING or not _is_for_people(request):
        return respond_with_error(refusal.status, refusal.headers)
    if not accepts_html(join_field(request, hdrs.ACCEPT)):
        return respond_with_error(refusal.status, {hdrs.VARY: hdrs.ACCEPT})
    context = make_context(request)
    gone = refusal.status == HTTPStatus.GONE
    view = view_withdrawn(context) if gone else view_missing(request.path, context)
    return respond_with_error_page(refusal.status, view, vary=hdrs.ACCEPT)


def _is_for_people(request: web.Request) -> bool:
    first = request.path.strip("/").lower().partition("/")[0]
    # The application of the metrics' own port has no pages.
    has_pages = PUBLISHER in request.app
    return has_pages and request.method in _READING and first not in _FOR_PROGRAMS
