"""Channels that have entries as JSON, with their feeds."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from feedsvc.domain.model import Channel
from feedsvc.domain.query import QueryError
from feedsvc.domain.render.build import channel_name
from feedsvc.domain.render.feed import Site
from feedsvc.domain.render.format import Format
from feedsvc.domain.taxonomy import Taxonomy
from feedsvc.store.records import ChannelState
from feedsvc.web.api.responses import (
    page_url,
    respond_with_cached_json,
    respond_with_custom_json,
)
from feedsvc.web.dates import format_optional_timestamp
from feedsvc.web.keys import PUBLISHER, TAXONOMY
from feedsvc.web.parameters import Parameters, read_parameters

MAX_LIMIT, DEFAULT_LIMIT = 500, 100


async def show_channels(request: web.Request) -> web.Response:
    """`/api/v1/channels`: every channel that has entries, in a fixed order."""
    parameters = read_parameters(request)
    parameters.reject_unknown("cursor", "limit")
    after = _read_cursor(parameters)
    limit = parameters.number("limit", most=MAX_LIMIT) or DEFAULT_LIMIT

    def describe() -> dict[str, Any]:
        return describe_channels(request, after=after, limit=limit)

    if parameters.pairs:
        return await respond_with_custom_json(request, ("channels", after, limit), describe)
    return await respond_with_cached_json(request, "channels", describe)


def describe_channels(
    request: web.Request,
    *,
    after: Channel | None,
    limit: int,
) -> dict[str, Any]:
    """Return a page of channels as JSON, starting `after` one."""
    publisher, taxonomy = request.app[PUBLISHER], request.app[TAXONOMY]
    site = publisher.site
    left = [
        state
        for state in publisher.channels.states()
        if state.entries and (after is None or state.channel > after)
    ]
    shown = left[:limit]
    size = None if limit == DEFAULT_LIMIT else limit
    following = [("limit", size), ("cursor", shown[-1].channel.path)] if len(left) > limit else []
    return {
        "channels": [describe_channel(state, site, taxonomy) for state in shown],
        "next": page_url(site.base_url, "channels", following) if following else None,
    }


def describe_channel(state: ChannelState, site: Site, taxonomy: Taxonomy) -> dict[str, Any]:
    """Return a channel as JSON."""
    channel = state.channel
    return {
        "path": channel.path,
        "name": channel_name(taxonomy, channel),
        "region": channel.region or None,
        "country": channel.country or None,
        "topic": channel.topic or None,
        "entries": state.entries,
        "changed": format_optional_timestamp(state.changed),
        "page": f"{site.base_url}/{channel.path}",
        "feeds": {
            form.value: f"{site.base_url}/feeds/{channel.path}.{form.suffix}" for form in Format
        },
    }


def _read_cursor(parameters: Parameters) -> Channel | None:
    given = [value for name, value in parameters.pairs if name == "cursor" and value]
    if not given:
        return None
    try:
        (path,) = given
        return Channel.parse(path)
    except ValueError:
        raise QueryError("invalid cursor; use the address in `next`") from None
