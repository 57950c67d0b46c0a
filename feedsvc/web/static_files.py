"""Answers with the files of `static/`, exactly and for as long as they can be kept."""

from __future__ import annotations

from aiohttp import web

from feedsvc.web.answers import answer
from feedsvc.web.assets import Asset, load_assets

FOR_GOOD = "public, max-age=31536000, immutable"
AN_HOUR = "public, max-age=3600"


async def show_asset(request: web.Request) -> web.Response:
    """The file of that name; under the address of its content it can be kept for good."""
    return _answer(request, load_assets().find(request.match_info["name"]))


async def show_favicon(request: web.Request) -> web.Response:
    """The icon that browsers ask for unasked."""
    return _answer(request, load_assets().find("favicon.ico"))


def _answer(request: web.Request, asset: Asset | None) -> web.Response:
    if asset is None:
        raise web.HTTPNotFound
    kept = FOR_GOOD if request.query.get("v") == asset.version else AN_HOUR
    return answer(request, asset.document, cache_control=kept, dated=False)
