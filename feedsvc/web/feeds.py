"""Feeds: a channel's newest entries, its archive pages, and the results of a query."""

from __future__ import annotations

from functools import partial
from urllib.parse import parse_qsl

from aiohttp import hdrs, web

from feedsvc.domain.model import Channel
from feedsvc.domain.query import Query
from feedsvc.domain.render.feed import Location, Site
from feedsvc.domain.render.format import Format
from feedsvc.services.publish import UnknownChannelError, UnknownPageError
from feedsvc.web.headers import DAY_SECONDS, public_cache_control
from feedsvc.web.keys import PUBLISHER, SETTINGS
from feedsvc.web.parameters import LAST_ARRIVAL, Parameters, read_parameters, read_query
from feedsvc.web.redirects import add_public_prefix
from feedsvc.web.responses import respond


async def show_feed(request: web.Request) -> web.Response:
    """Answer with a channel's newest entries in the format of the address's suffix."""
    channel, form = read_channel(request), _read_format(request)
    publisher = request.app[PUBLISHER]
    try:
        answer = await publisher.get_feed(channel, form)
    except UnknownChannelError:
        raise web.HTTPNotFound from None
    return respond(
        request,
        answer.document,
        links=_links(publisher.site, Location(path=channel.path), channel.path, form),
        rendered=answer.rendered,
        find_current=partial(publisher.find_feed, channel, form),
    )


async def show_archive(request: web.Request) -> web.Response:
    """Answer with an archive page of a channel (RFC 5005 §4), to be cached for a day."""
    channel, form = read_channel(request), _read_format(request)
    page = int(request.match_info["page"])
    publisher = request.app[PUBLISHER]
    try:
        answer = await publisher.get_archive(channel, page, form)
    except (UnknownChannelError, UnknownPageError):
        raise web.HTTPNotFound from None
    return respond(
        request,
        answer.document,
        links=_links(
            publisher.site, Location(path=f"{channel.path}/archive/{page}"), channel.path, form
        ),
        cache_control=public_cache_control(request.app[SETTINGS], max_age=DAY_SECONDS),
        rendered=answer.rendered,
    )


async def show_query(request: web.Request) -> web.Response:
    """Answer with the results of a query, newest first, in pages (RFC 5005 §3).

    Parameters have one canonical order and form; others are redirected to it, and an empty query
    to the feed of all entries.
    """
    form = _read_format(request)
    parameters = read_parameters(request)
    before = parameters.number("before", most=LAST_ARRIVAL)
    query = read_query(request, parameters.without("before"))
    here = _locate(query, before=before)
    if not _is_canonical(request, parameters, here):
        location = add_public_prefix(request, here.address(form))
        return web.Response(status=301, headers={hdrs.LOCATION: location})
    publisher = request.app[PUBLISHER]
    answer = await publisher.get_query_feed(query, form, before=before)
    return respond(
        request,
        answer.document,
        links=_links(publisher.site, here, f"search?{query.encode()}", form),
        dated=False,
        rendered=answer.rendered,
    )


def read_channel(request: web.Request) -> Channel:
    """Return the channel in an address; its slugs are not looked up."""
    named = request.match_info
    return Channel(
        region=named.get("region", ""),
        country=named.get("country", ""),
        topic=named.get("topic", ""),
    )


def _read_format(request: web.Request) -> Format:
    return Format(request.match_info["form"])


def _locate(query: Query, *, before: int | None) -> Location:
    wanted = query.encode()
    if not wanted:
        return Location(path=Channel().path)
    cut = f"&before={before}" if before else ""
    return Location(path="query", query=f"{wanted}{cut}")


def _is_canonical(request: web.Request, parameters: Parameters, here: Location) -> bool:
    # Compared decoded: clients escape differently, and must not be redirected forever. But none
    # turns a blank that is written %20 into a plus sign.
    same = tuple(parse_qsl(here.query)) == parameters.pairs
    return same and bool(parameters.pairs) and "+" not in request.rel_url.raw_query_string


def _links(site: Site, where: Location, page: str, form: Format) -> tuple[str, ...]:
    """Return the values of the Link field: the feed itself, its page, its other formats."""
    others = (other for other in Format if other is not form)
    return (
        f'<{where.url(site, form)}>; rel="self"; type="{form.media_type}"',
        f'<{site.base_url}/{page}>; rel="alternate"; type="text/html"',
        *(f'<{where.url(site, it)}>; rel="alternate"; type="{it.media_type}"' for it in others),
    )
