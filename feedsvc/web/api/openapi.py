"""Answers with the description of the API (OpenAPI 3.1), with the public address in it."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from feedsvc.web.api.answers import answer_json
from feedsvc.web.keys import PUBLISHER

if TYPE_CHECKING:
    from aiohttp import web


async def show_openapi(request: web.Request) -> web.Response:
    """`/api/openapi.json`."""
    server = {"url": request.app[PUBLISHER].site.base_url}
    return await answer_json(request, read_openapi() | {"servers": [server]})


@cache
def read_openapi() -> dict[str, Any]:
    """The description as it is packaged, without a server."""
    text = (resources.files("feedsvc.web.api") / "openapi.json").read_text(encoding="utf-8")
    described: dict[str, Any] = json.loads(text)
    return described
