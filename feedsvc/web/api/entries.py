"""Entries as JSON: those that match a query, and one by its ID."""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from aiohttp import web

from feedsvc.domain.model import Entry, Kind, Label
from feedsvc.domain.query import Query
from feedsvc.domain.render.document import Document
from feedsvc.domain.render.feed import Site
from feedsvc.domain.taxonomy import Taxonomy
from feedsvc.services.publish import QueryResult
from feedsvc.web.api.responses import make_json, page_url, respond_with_json
from feedsvc.web.dates import format_timestamp
from feedsvc.web.keys import ENTRIES_QUEUE, PUBLISHER, READER, TAXONOMY
from feedsvc.web.parameters import LAST_ARRIVAL, read_parameters, read_query
from feedsvc.web.responses import respond

MAX_LIMIT, DEFAULT_LIMIT = 200, 50


async def show_entries(request: web.Request) -> web.Response:
    """`/api/v1/entries`: the entries that match a query, newest first."""
    parameters = read_parameters(request)
    before = parameters.number("cursor", most=LAST_ARRIVAL)
    limit = parameters.number("limit", most=MAX_LIMIT) or DEFAULT_LIMIT
    query = read_query(request, parameters.without("cursor", "limit"))
    publisher, taxonomy = request.app[PUBLISHER], request.app[TAXONOMY]

    def write(result: QueryResult) -> Document:
        following = _next_url(publisher.site, query, limit, result.older)
        found = [describe_entry(entry, publisher.site, taxonomy) for entry in result.entries]
        return make_json({"entries": found, "next": following})

    answer = await publisher.get_query(
        query,
        limit=limit,
        before=before,
        form="api",
        write=write,
    )
    return respond(request, answer.document, dated=False, rendered=answer.rendered)


async def show_one_entry(request: web.Request) -> web.Response:
    """`/api/v1/entries/{id}`: 410 once it is withdrawn.

    Raises:
        BusyError: Too many ask for entries.
    """
    read_parameters(request).reject_unknown()
    return await request.app[ENTRIES_QUEUE].run(partial(_answer_with_entry, request))


async def _answer_with_entry(request: web.Request) -> web.Response:
    detail = await request.app[READER].entry(UUID(request.match_info["id"]))
    if detail is None:
        raise web.HTTPNotFound
    if detail.withdrawn:
        raise web.HTTPGone
    site = request.app[PUBLISHER].site
    return await respond_with_json(
        request, describe_entry(detail.entry, site, request.app[TAXONOMY])
    )


def describe_entry(entry: Entry, site: Site, taxonomy: Taxonomy) -> dict[str, Any]:
    """Return an entry as JSON; what it lacks is null."""
    return {
        "id": entry.id.urn,
        "kicker": entry.stated.kicker or None,
        "title": entry.headline,
        "derived_title": entry.derived,
        "text": entry.stated.text,
        "caption": entry.stated.caption or None,
        "link": entry.stated.link or None,
        "page": f"{site.base_url}/entries/{entry.id}",
        "author": entry.stated.author or None,
        "image": entry.stated.image or None,
        "language": entry.stated.language or None,
        "source": entry.stated.source or None,
        "section": entry.stated.section or None,
        "published": format_timestamp(entry.published),
        "updated": format_timestamp(entry.updated),
        "regions": _describe_labels(entry, Kind.REGION, taxonomy),
        "countries": _describe_labels(entry, Kind.COUNTRY, taxonomy),
        "topics": _describe_labels(entry, Kind.TOPIC, taxonomy),
    }


def _describe_labels(entry: Entry, kind: Kind, taxonomy: Taxonomy) -> list[dict[str, Any]]:
    return [_describe_label(label, taxonomy) for label in entry.labels if label.kind is kind]


def _describe_label(label: Label, taxonomy: Taxonomy) -> dict[str, Any]:
    known = taxonomy.has(label.kind, label.value)
    return {
        "slug": label.value,
        "name": taxonomy.name(label.kind, label.value) if known else label.value,
        "evidence": [
            {"words": evidence.phrase, "where": evidence.where.value} for evidence in label.evidence
        ],
    }


def _next_url(site: Site, query: Query, limit: int, older: int | None) -> str | None:
    if older is None:
        return None
    size = None if limit == DEFAULT_LIMIT else limit
    pairs = [*parse_qsl(query.encode()), ("limit", size), ("cursor", older)]
    return page_url(site.base_url, "entries", pairs)
