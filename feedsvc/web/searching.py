"""Answers with the search page."""

from __future__ import annotations

import re
from dataclasses import replace

from aiohttp import web

from feedsvc.domain.model import Entry
from feedsvc.domain.query import Query, QueryError, parse_query
from feedsvc.store.budget import QueryTooBroadError
from feedsvc.store.reader import Reader
from feedsvc.web.keys import READER, TAXONOMY
from feedsvc.web.page_search import LAST_PAGE, PAGE_SIZE, Asked, view_search
from feedsvc.web.pages import read_directory, refuse_on_page, show_page, surround

PAGE_NUMBER = re.compile("[1-9][0-9]?", re.ASCII)


async def show_search(request: web.Request) -> web.Response:
    """The form, and what was found once something is asked; a fault is told in a page (400)."""
    asked = read_asked(request)
    entries: tuple[Entry, ...] = ()
    if asked.query is not None and asked.query != Query():
        try:
            entries = await find_entries(request.app[READER], asked.query, page=asked.page)
        except QueryTooBroadError:
            asked = replace(asked, query=None, fault="expected something less common")
    view = view_search(asked, entries, read_directory(request), surround(request))
    return refuse_on_page(400, view) if asked.fault else show_page(request, view)


def read_asked(request: web.Request) -> Asked:
    """What is asked; parameters are those of the query feeds, and `page`.

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
        return Asked(words=request.query.get("q", ""), fault=str(error))
    return Asked(words=query.words, query=query, page=int(number))


async def find_entries(reader: Reader, query: Query, *, page: int) -> tuple[Entry, ...]:
    """A page of the answers and one more: the best first if there are words, else the newest.

    Raises:
        QueryTooBroadError: The answer takes more steps than one request may cost.
    """
    skipped = (page - 1) * PAGE_SIZE
    if query.words:
        return (await reader.rank(query, limit=PAGE_SIZE + 1, offset=skipped)).entries
    newest = await reader.find(query, limit=skipped + PAGE_SIZE + 1)
    return newest.entries[skipped:]
