"""Answers with feeds, and with the list of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from feedsvc.domain.model import Channel
from feedsvc.domain.render.format import Format
from feedsvc.services.publish import UnknownChannelError
from feedsvc.web.answers import answer
from feedsvc.web.keys import PUBLISHER

if TYPE_CHECKING:
    from feedsvc.domain.render.feed import Site


async def show_feed(request: web.Request) -> web.Response:
    """A channel's newest entries in the format of the address' suffix."""
    channel = channel_of(request)
    form = Format(request.match_info["form"])
    publisher = request.app[PUBLISHER]
    try:
        obtained = await publisher.obtain(channel, form)
    except UnknownChannelError:
        raise web.HTTPNotFound from None
    return answer(
        request,
        obtained.document,
        links=_links(publisher.site, channel, form),
        rendered=obtained.rendered,
    )


def channel_of(request: web.Request) -> Channel:
    """The channel that an address names; its slugs are not looked up."""
    named = request.match_info
    return Channel(
        region=named.get("region", ""),
        country=named.get("country", ""),
        topic=named.get("topic", ""),
    )


def _links(site: Site, channel: Channel, form: Format) -> tuple[str, ...]:
    feed = f"{site.base_url}/feeds/{channel.path}.{form.suffix}"
    page = f"{site.base_url}/{channel.path}"
    return (
        f'<{feed}>; rel="self"; type="{form.media_type}"',
        f'<{page}>; rel="alternate"; type="text/html"',
    )
