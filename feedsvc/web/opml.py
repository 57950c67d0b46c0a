"""`/feeds.opml`: the list of all feeds, or of selected ones."""

from __future__ import annotations

from aiohttp import web

from feedsvc.domain.model import Channel, Kind
from feedsvc.domain.taxonomy import Taxonomy
from feedsvc.web.keys import PUBLISHER, TAXONOMY
from feedsvc.web.responses import respond

MAX_VALUES = 100


async def show_opml(request: web.Request) -> web.Response:
    """List every channel with entries; `?regions=…&topics=…` selects some.

    Values are slugs, separated by commas or repeated. Regions and topics together select each one
    and every combination of the two.
    """
    wanted = _read_choice(request)
    publisher = request.app[PUBLISHER]
    answer = await (
        publisher.get_directory() if wanted is None else publisher.get_custom_directory(wanted)
    )
    return respond(
        request,
        answer.document,
        rendered=answer.rendered,
        find_current=publisher.find_directory if wanted is None else None,
    )


def _read_choice(request: web.Request) -> frozenset[Channel] | None:
    taxonomy = request.app[TAXONOMY]
    regions = _read_slugs(request, "regions", Kind.REGION, taxonomy)
    topics = _read_slugs(request, "topics", Kind.TOPIC, taxonomy)
    countries = _read_slugs(request, "countries", Kind.COUNTRY, taxonomy)
    if not (regions or topics or countries):
        return None
    return frozenset(
        [Channel(region=region) for region in regions]
        + [Channel(topic=topic) for topic in topics]
        + [Channel(country=country) for country in countries]
        + [Channel(region=region, topic=topic) for region in regions for topic in topics],
    )


def _read_slugs(
    request: web.Request,
    name: str,
    kind: Kind,
    taxonomy: Taxonomy,
) -> tuple[str, ...]:
    text = ",".join(request.query.getall(name, []))
    slugs = tuple(slug for part in text.split(",") if (slug := part.strip().lower()))
    if len(slugs) > MAX_VALUES or not all(taxonomy.has(kind, slug) for slug in slugs):
        raise web.HTTPBadRequest
    return slugs
