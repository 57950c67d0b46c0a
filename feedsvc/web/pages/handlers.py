"""Request handlers of all pages."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from uuid import UUID

from aiohttp import web

from feedsvc.domain.model import Channel, Entry
from feedsvc.domain.query import Query, QueryError, parse_query
from feedsvc.settings import compare_namespace
from feedsvc.store.database import DatabaseError
from feedsvc.store.deadline import QueryTooBroadError
from feedsvc.store.reader import Reader
from feedsvc.web.feeds import read_channel
from feedsvc.web.health.endpoints import assess, read_watch
from feedsvc.web.health.readiness import Condition
from feedsvc.web.keys import ENTRIES_QUEUE, FILES_QUEUE, PUBLISHER, READER, SETTINGS, TAXONOMY
from feedsvc.web.pages.cards import PAGE_SIZE
from feedsvc.web.pages.channel import view_channel
from feedsvc.web.pages.entry import view_entry
from feedsvc.web.pages.index import LATEST, view_index
from feedsvc.web.pages.responses import (
    catch_up,
    make_context,
    read_directory,
    respond_with_cached_page,
    respond_with_custom_page,
    respond_with_error_page,
    respond_with_page,
)
from feedsvc.web.pages.search import LAST_PAGE, SearchRequest, view_search
from feedsvc.web.pages.status import MAX_LISTED, Contents, view_status
from feedsvc.web.pages.templating import View
from feedsvc.web.parameters import LAST_ARRIVAL, read_parameters

TOO_BROAD = "too many matches; add a word to narrow it down"
PAGE_NUMBER = re.compile("[1-9][0-9]?", re.ASCII)


async def show_index(request: web.Request) -> web.Response:
    """`/`: the front page."""

    async def read() -> View:
        recent = await request.app[READER].recent(Channel(), limit=LATEST)
        await catch_up(request.app[PUBLISHER].channels, recent.state)
        return view_index(recent, read_directory(request), make_context(request))

    feed = make_context(request).feed_of_channel(Channel())
    return await respond_with_cached_page(request, "index", read, feed=feed)


async def show_channel(request: web.Request) -> web.Response:
    """`/all`, `/regions/…`, …: a channel's page; `before` asks for a later one."""
    channel = read_channel(request)
    if not request.app[PUBLISHER].knows(channel):
        raise web.HTTPNotFound
    before = read_parameters(request).number("before", most=LAST_ARRIVAL)

    async def read(reader: Reader) -> View:
        recent = await reader.recent(channel, limit=PAGE_SIZE + 1, before=before)
        await catch_up(request.app[PUBLISHER].channels, recent.state)
        context = make_context(request)
        return view_channel(channel, recent, read_directory(request), context, before=before)

    feed = make_context(request).feed_of_channel(channel)
    if before is not None:
        return await respond_with_custom_page(request, (channel, before), read, feed=feed)
    first = partial(read, request.app[READER])
    return await respond_with_cached_page(request, channel, first, feed=feed)


async def show_entry(request: web.Request) -> web.Response:
    """`/entries/{id}`: an entry's page; 410 once it is withdrawn.

    Raises:
        BusyError: Too many ask for entries.
    """
    return await request.app[ENTRIES_QUEUE].run(partial(_answer_with_entry, request))


async def _answer_with_entry(request: web.Request) -> web.Response:
    detail = await request.app[READER].entry(UUID(request.match_info["id"]))
    if detail is None:
        raise web.HTTPNotFound
    if detail.withdrawn:
        raise web.HTTPGone
    named = request.app[SETTINGS].show_file_names
    places = detail.sightings if named else None
    view = view_entry(detail, make_context(request), places=places)
    return await respond_with_page(request, view)


async def show_status(request: web.Request) -> web.Response:
    """`/status`: the status page, which also says what is wrong with a damaged database.

    Raises:
        BusyError: Too many ask for the list of files.
    """
    return await request.app[FILES_QUEUE].run(partial(_answer_with_status, request))


async def _answer_with_status(request: web.Request) -> web.Response:
    watch = read_watch(request)
    contents = await _read_contents(request.app[READER])
    # The page has a table of rejected files, so they need no notice.
    store = replace(contents.status, rejected=0) if contents else None
    health = assess(request, store=store, watch=watch)
    settings, namespace = request.app[SETTINGS], request.app[PUBLISHER].site.namespace
    starting = health.condition is Condition.STARTING
    reasons = () if starting else health.reasons
    view = view_status(
        contents,
        make_context(request),
        notices=(*reasons, *compare_namespace(settings, namespace)),
        named=settings.show_file_names,
        starting=starting,
    )
    return await respond_with_page(request, view)


async def _read_contents(reader: Reader) -> Contents | None:
    try:
        status, seeds = await reader.status(), await reader.seed_overview(limit=MAX_LISTED)
        return Contents(status=status, seeds=seeds, skipped=await reader.skipped_files())
    except DatabaseError:
        await asyncio.to_thread(reader.file.inspect)  # the notices say what has happened to it
        return None


async def show_search(request: web.Request) -> web.Response:
    """`/search`: the form and the results; an invalid query gets the form and status 400.

    Raises:
        BusyError: Too many searches are waiting.
    """
    asked = read_search_request(request)
    query = asked.query
    if asked.error:
        return await _refuse(request, asked)
    if query is None or query == Query():
        return await _show_form(request)

    async def read(reader: Reader) -> View:
        entries = await find_entries(reader, query, page=asked.page)
        return view_search(asked, entries, read_directory(request), make_context(request))

    feed = make_context(request).feed_of_query(query)
    try:
        key = ("search", query, asked.page)
        return await respond_with_custom_page(request, key, read, feed=feed)
    except QueryTooBroadError:
        return await _refuse(request, replace(asked, query=None, error=TOO_BROAD))


async def _show_form(request: web.Request) -> web.Response:
    async def read() -> View:
        return view_search(SearchRequest(), (), read_directory(request), make_context(request))

    feed = make_context(request).feed_of_query(Query())
    return await respond_with_cached_page(request, "search", read, feed=feed)


async def _refuse(request: web.Request, asked: SearchRequest) -> web.Response:
    """Answer with the form, at its turn: anyone can make up what cannot be understood."""

    async def respond_with_form() -> web.Response:
        view = view_search(asked, (), read_directory(request), make_context(request))
        return await asyncio.to_thread(respond_with_error_page, HTTPStatus.BAD_REQUEST, view)

    return await request.app[PUBLISHER].queue.run(respond_with_form)


def read_search_request(request: web.Request) -> SearchRequest:
    """Read the form: the parameters of query feeds, and `page`.

    Raises:
        web.HTTPBadRequest: There is no such page.
    """
    number = request.query.get("page", "1")
    if not PAGE_NUMBER.fullmatch(number) or int(number) > LAST_PAGE:
        raise web.HTTPBadRequest
    pairs = [(name, value) for name, value in request.query.items() if name != "page"]
    try:
        query = parse_query(pairs, taxonomy=request.app[TAXONOMY])
    except QueryError as error:
        return SearchRequest(words=request.query.get("q", ""), error=str(error))
    return SearchRequest(words=query.words, query=query, page=int(number))


async def find_entries(reader: Reader, query: Query, *, page: int) -> tuple[Entry, ...]:
    """Return a page of results and one more: the best first if there are words, else the newest.

    Raises:
        QueryTooBroadError: The query takes longer than one request may.
    """
    skipped = (page - 1) * PAGE_SIZE
    if query.words:
        return (await reader.rank(query, limit=PAGE_SIZE + 1, offset=skipped)).entries
    newest = await reader.find(query, limit=skipped + PAGE_SIZE + 1)
    return newest.entries[skipped:]
