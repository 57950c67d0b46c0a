"""Entries as JSON: those that answer a query, and one by its id."""

from __future__ import annotations

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
from feedsvc.web.api.responses import answer_json, make_json, page_url, tell_time
from feedsvc.web.keys import PUBLISHER, READER, TAXONOMY
from feedsvc.web.parameters import LAST_ARRIVAL, read_parameters, read_query
from feedsvc.web.responses import answer

MOST, USUAL = 200, 50


async def show_entries(request: web.Request) -> web.Response:
    """`/api/v1/entries`: what answers a query, newest arrival first."""
    parameters = read_parameters(request)
    before = parameters.number("cursor", most=LAST_ARRIVAL)
    limit = parameters.number("limit", most=MOST) or USUAL
    query = read_query(request, parameters.without("cursor", "limit"))
    publisher, taxonomy = request.app[PUBLISHER], request.app[TAXONOMY]

    def write(result: QueryResult) -> Document:
        following = _next_url(publisher.site, query, limit, result.older)
        found = [tell_entry(entry, publisher.site, taxonomy) for entry in result.entries]
        return make_json({"entries": found, "next": following})

    answered = await publisher.get_query(
        query,
        limit=limit,
        before=before,
        form="api",
        write=write,
    )
    return answer(request, answered.document, dated=False, rendered=answered.rendered)


async def show_one_entry(request: web.Request) -> web.Response:
    """`/api/v1/entries/{id}`: 410 once it is withdrawn."""
    read_parameters(request).refuse()
    detail = await request.app[READER].entry(UUID(request.match_info["id"]))
    if detail is None:
        raise web.HTTPNotFound
    if detail.withdrawn:
        raise web.HTTPGone
    site = request.app[PUBLISHER].site
    return await answer_json(request, tell_entry(detail.entry, site, request.app[TAXONOMY]))


def tell_entry(entry: Entry, site: Site, taxonomy: Taxonomy) -> dict[str, Any]:
    """An entry as JSON; what it does not have is null."""
    return {
        "id": entry.id.urn,
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
        "published": tell_time(entry.published),
        "updated": tell_time(entry.updated),
        "regions": _tell_labels(entry, Kind.REGION, taxonomy),
        "countries": _tell_labels(entry, Kind.COUNTRY, taxonomy),
        "topics": _tell_labels(entry, Kind.TOPIC, taxonomy),
    }


def _tell_labels(entry: Entry, kind: Kind, taxonomy: Taxonomy) -> list[dict[str, Any]]:
    return [_tell_label(label, taxonomy) for label in entry.labels if label.kind is kind]


def _tell_label(label: Label, taxonomy: Taxonomy) -> dict[str, Any]:
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
    size = None if limit == USUAL else limit
    pairs = [*parse_qsl(query.encode()), ("limit", size), ("cursor", older)]
    return page_url(site.base_url, "entries", pairs)
