"""Answers with the description of the API (OpenAPI 3.1), filled in from settings and enums."""

from __future__ import annotations

import json
from copy import deepcopy
from functools import cache
from importlib import resources
from typing import Any

from aiohttp import web

from feedsvc.domain.render import Format
from feedsvc.web.api.responses import respond_with_cached_json
from feedsvc.web.keys import PUBLISHER, TAXONOMY


async def show_openapi(request: web.Request) -> web.Response:
    """`/api/openapi.json`."""
    return await respond_with_cached_json(request, "openapi", lambda: describe_api(request))


def describe_api(request: web.Request) -> dict[str, Any]:
    """Return the description with this service's address and slugs."""
    taxonomy = request.app[TAXONOMY]
    described = deepcopy(read_openapi())
    described["servers"] = [{"url": request.app[PUBLISHER].site.base_url}]
    schemas = described["components"]["schemas"]
    feeds = schemas["Channel"]["properties"]["feeds"]
    feeds["required"] = [form.suffix for form in Format]
    feeds["properties"] = {form.suffix: {"type": "string", "format": "uri"} for form in Format}
    schemas["RegionSlug"]["enum"] = list(taxonomy.regions)
    schemas["CountrySlug"]["enum"] = list(taxonomy.countries)
    schemas["TopicSlug"]["enum"] = list(taxonomy.topics)
    return described


@cache
def read_openapi() -> dict[str, Any]:
    """Return the packaged description, which must not be changed."""
    text = (resources.files("feedsvc.web.api") / "openapi.json").read_text(encoding="utf-8")
    described: dict[str, Any] = json.loads(text)
    return described
