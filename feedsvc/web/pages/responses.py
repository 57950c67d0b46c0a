"""Turns views into responses: cached, fresh, or with an error status."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Iterable, Iterator
from functools import partial

from aiohttp import hdrs, web

from feedsvc.domain.render.document import Document, make_document
from feedsvc.services.publish import Answer, ChannelIndex
from feedsvc.store.reader import Reader
from feedsvc.store.records import ChannelState
from feedsvc.web.headers import NO_STORE
from feedsvc.web.keys import PUBLISHER, TAXONOMY
from feedsvc.web.pages.assets import UNDATED, load_assets
from feedsvc.web.pages.directory import Directory, count_entries
from feedsvc.web.pages.frame import FeedOffer, FormatLink, PageContext
from feedsvc.web.pages.links import Links
from feedsvc.web.pages.templating import View, fill_template
from feedsvc.web.ready import FindCurrent
from feedsvc.web.responses import respond

CONTENT_TYPE = "text/html; charset=utf-8"


async def respond_with_cached_page(
    request: web.Request,
    key: Hashable,
    read: Callable[[], Awaitable[View]],
    *,
    feed: FeedOffer,
) -> web.Response:
    """Answer with a page that depends only on what is published: rendered once per change.

    `feed` is what the page announces.
    """

    async def compose() -> Callable[[], Document]:
        return partial(make_page, await read())

    publisher = request.app[PUBLISHER]
    answer = await publisher.get_page(key, compose)
    return _respond_with_answer(request, answer, feed, partial(publisher.find_page, key))


async def respond_with_custom_page(
    request: web.Request,
    key: Hashable,
    read: Callable[[Reader], Awaitable[View]],
    *,
    feed: FeedOffer,
) -> web.Response:
    """As `respond_with_cached_page`, for a page that the client thought up.

    Raises:
        BusyError: Too many of them are waiting.
    """

    async def compose(reader: Reader) -> Callable[[], Document]:
        return partial(make_page, await read(reader))

    answer = await request.app[PUBLISHER].get_custom_page(key, compose)
    return _respond_with_answer(request, answer, feed)


async def respond_with_page(request: web.Request, view: View) -> web.Response:
    """Answer with a view's page, or 304."""
    # In a thread: filling a large template and compressing it take some milliseconds.
    page = await asyncio.to_thread(make_page, view)
    # A page shows several channels and changes with its templates, so it has no single date.
    return respond(request, page, links=announce(view.frame.feeds), dated=False)


def respond_with_error_page(
    status: int,
    view: View,
    *,
    vary: str = "",
) -> web.Response:
    """Answer with an error status and a view's page.

    `vary` names the request fields that decided that the answer is a page.
    """
    fields = {hdrs.CONTENT_TYPE: CONTENT_TYPE, hdrs.CACHE_CONTROL: NO_STORE}
    if vary:
        fields[hdrs.VARY] = vary
    return web.Response(status=status, body=fill_template(view), headers=fields)


def announce(feeds: Iterable[FormatLink]) -> Iterator[str]:
    """Return the values of a page's Link field (RFC 8288): the feeds in its head."""
    return (f'<{feed.address}>; rel="alternate"; type="{feed.media_type}"' for feed in feeds)


def _respond_with_answer(
    request: web.Request,
    answer: Answer,
    feed: FeedOffer,
    find_current: FindCurrent | None = None,
) -> web.Response:
    return respond(
        request,
        answer.document,
        links=announce(make_context(request).link_feeds(feed)),
        dated=False,
        rendered=answer.rendered,
        find_current=find_current,
    )


def make_page(view: View) -> Document:
    """Render a view as a document."""
    return make_document(fill_template(view), content_type=CONTENT_TYPE, changed=UNDATED)


def make_context(request: web.Request) -> PageContext:
    """Return what all pages are made from."""
    site = request.app[PUBLISHER].site
    return PageContext(
        site=site,
        taxonomy=request.app[TAXONOMY],
        links=Links(site.base_url, load_assets()),
    )


def read_directory(request: web.Request) -> Directory:
    """Return the channels that the publisher knows now."""
    counts = count_entries(request.app[PUBLISHER].channels.states())
    return Directory(request.app[TAXONOMY], counts)


async def catch_up(channels: ChannelIndex, state: ChannelState | None) -> None:
    """Refresh the index if a newer state was just read, so that a page's parts agree."""
    if state is None:
        return
    known = channels.state(state.channel)
    if known is None or known.revision < state.revision:
        await channels.refresh()
