"""Answers with JSON: exact, revalidated, paged by an opaque cursor."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Hashable, Iterable
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

from aiohttp import web

from feedsvc.domain.render.document import Document, make_document
from feedsvc.web.keys import PUBLISHER
from feedsvc.web.responses import respond

CONTENT_TYPE = "application/json"
# What answers a question has no date of its own, only content: it is told by its tag alone.
UNDATED = datetime(1970, 1, 1, tzinfo=UTC)


async def respond_with_json(request: web.Request, value: dict[str, Any]) -> web.Response:
    """The value as JSON, or 304."""
    # Off the loop: a long list takes some milliseconds to compress.
    document = await asyncio.to_thread(partial(make_json, value))
    return respond(request, document, dated=False)


async def respond_with_cached_json(
    request: web.Request,
    key: Hashable,
    tell: Callable[[], dict[str, Any]],
) -> web.Response:
    """As `respond_with_json`, for what changes with what is published alone: made once a change."""

    async def read() -> Callable[[], Document]:
        return partial(make_json, tell())

    answer = await request.app[PUBLISHER].get_page(("api", key), read)
    return respond(request, answer.document, dated=False, rendered=answer.rendered)


def make_json(value: dict[str, Any]) -> Document:
    """The document of a value; equal values give equal bytes."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return make_document(body + b"\n", content_type=CONTENT_TYPE, changed=UNDATED)


def page_url(base_url: str, name: str, pairs: Iterable[tuple[str, object]]) -> str:
    """The absolute address of a page of a list; pairs without a value are left out."""
    given = [(key, value) for key, value in pairs if value is not None]
    mark = "?" if given else ""
    return f"{base_url}/api/v1/{name}{mark}{urlencode(given)}"
