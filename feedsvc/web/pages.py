"""Answers with HTML pages, made from what reader and publisher know."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Iterable, Iterator
from functools import partial
from uuid import UUID

from aiohttp import hdrs, web

from feedsvc.domain.model import Channel
from feedsvc.domain.render.document import Document, make_document
from feedsvc.services.publish import ChannelIndex
from feedsvc.store.records import ChannelState
from feedsvc.web.answers import answer
from feedsvc.web.assets import UNDATED, load_assets
from feedsvc.web.feeds import channel_of
from feedsvc.web.keys import PUBLISHER, READER, SETTINGS, TAXONOMY, WATCH_STATUS
from feedsvc.web.links import Links
from feedsvc.web.page_channel import PAGE_SIZE, view_channel
from feedsvc.web.page_directory import Directory, count_entries
from feedsvc.web.page_entry import view_entry
from feedsvc.web.page_frame import FeedLink, Surroundings
from feedsvc.web.page_index import LATEST, view_index
from feedsvc.web.page_status import view_status
from feedsvc.web.page_templates import View, fill_template
from feedsvc.web.parameters import LAST_ARRIVAL, read_parameters
from feedsvc.web.readiness import tell_reasons

CONTENT_TYPE = "text/html; charset=utf-8"


async def show_index(request: web.Request) -> web.Response:
    """The front page."""

    async def read() -> View:
        recent = await request.app[READER].recent(Channel(), limit=LATEST)
        await catch_up(request.app[PUBLISHER].channels, recent.state)
        return view_index(recent, read_directory(request), surround(request))

    return await show_held_page(request, "index", read, feeds_of=Channel())


async def show_channel(request: web.Request) -> web.Response:
    """A channel's page, with `before` one of its later pages."""
    channel = channel_of(request)
    if not request.app[PUBLISHER].knows(channel):
        raise web.HTTPNotFound
    before = read_parameters(request).number("before", most=LAST_ARRIVAL)

    async def read() -> View:
        recent = await request.app[READER].recent(channel, limit=PAGE_SIZE + 1, before=before)
        await catch_up(request.app[PUBLISHER].channels, recent.state)
        around = surround(request)
        return view_channel(channel, recent, read_directory(request), around, before=before)

    return await show_held_page(request, (channel, before), read, feeds_of=channel)


async def show_entry(request: web.Request) -> web.Response:
    """An entry's page; 410 once it is withdrawn."""
    detail = await request.app[READER].entry(UUID(request.match_info["id"]))
    if detail is None:
        raise web.HTTPNotFound
    if detail.withdrawn:
        raise web.HTTPGone
    named = request.app[SETTINGS].show_file_names
    places = detail.sightings if named else None
    return show_page(request, view_entry(detail, surround(request), places=places))


async def show_status(request: web.Request) -> web.Response:
    """The status page."""
    reader = request.app[READER]
    watch = request.app[WATCH_STATUS]()
    named = request.app[SETTINGS].show_file_names
    view = view_status(
        await reader.status(),
        await reader.seeds(),
        surround(request),
        degraded=tell_reasons(watch.degraded, named=named) if watch else (),
        named=named,
    )
    return show_page(request, view)


async def show_held_page(
    request: web.Request,
    key: Hashable,
    read: Callable[[], Awaitable[View]],
    *,
    feeds_of: Channel,
) -> web.Response:
    """The page of a view that changes with what is published alone: made once a change.

    `feeds_of` is the channel whose feeds it announces.
    """

    async def compose() -> Callable[[], Document]:
        return partial(make_page, await read())

    answered = await request.app[PUBLISHER].get_page(key, compose)
    around = surround(request)
    return answer(
        request,
        answered.document,
        links=announce(around.link_feeds(around.feed_of_channel(feeds_of))),
        dated=False,
        rendered=answered.rendered,
    )


def show_page(request: web.Request, view: View) -> web.Response:
    """The page of a view, in the coding asked for, or 304."""
    # A page shows more than one channel and changes with its templates: no date is true of it.
    return answer(request, make_page(view), links=announce(view.frame.feeds), dated=False)


def refuse_on_page(status: int, view: View, *, vary: str = "") -> web.Response:
    """An error with the page of a view that says what was wrong with the question.

    `vary` names the fields of the request that made the answer a page.
    """
    fields = {hdrs.CONTENT_TYPE: CONTENT_TYPE, hdrs.CACHE_CONTROL: "no-store"}
    if vary:
        fields[hdrs.VARY] = vary
    return web.Response(status=status, body=fill_template(view), headers=fields)


def announce(feeds: Iterable[FeedLink]) -> Iterator[str]:
    """Values of a page's Link field (RFC 8288): the feeds that its head names too."""
    return (f'<{feed.address}>; rel="alternate"; type="{feed.media_type}"' for feed in feeds)


def make_page(view: View) -> Document:
    """The document of a view."""
    return make_document(fill_template(view), content_type=CONTENT_TYPE, changed=UNDATED)


def surround(request: web.Request) -> Surroundings:
    """What every page is framed by."""
    site = request.app[PUBLISHER].site
    return Surroundings(
        site=site,
        taxonomy=request.app[TAXONOMY],
        links=Links(site.base_url, load_assets()),
    )


def read_directory(request: web.Request) -> Directory:
    """The channels as the publisher last heard of them."""
    counts = count_entries(request.app[PUBLISHER].channels.states())
    return Directory(request.app[TAXONOMY], counts)


async def catch_up(channels: ChannelIndex, state: ChannelState | None) -> None:
    """Have the index know of a change that was just read, so that a page's parts agree."""
    if state is None:
        return
    known = channels.state(state.channel)
    if known is None or known.revision < state.revision:
        await channels.refresh()
