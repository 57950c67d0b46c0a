"""JSON responses with validators, and addresses of their pages."""

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
from feedsvc.store.reader import Reader
from feedsvc.web.keys import PUBLISHER
from feedsvc.web.responses import respond

CONTENT_TYPE = "application/json"
# Results of a query have no date of their own; only their ETag identifies them.
UNDATED = datetime(1970, 1, 1, tzinfo=UTC)


async def respond_with_json(request: web.Request, value: dict[str, Any]) -> web.Response:
    """Answer with a value as JSON, or 304."""
    # In a thread: compressing a long list takes some milliseconds.
    document = await asyncio.to_thread(partial(make_json, value))
    return respond(request, document, dated=False)


async def respond_with_cached_json(
    request: web.Request,
    key: Hashable,
    describe: Callable[[], dict[str, Any]],
) -> web.Response:
    """As `respond_with_json`, for what depends only on published entries: made once per change."""

    async def read() -> Callable[[], Document]:
        return partial(make_json, describe())

    answer = await request.app[PUBLISHER].get_page(("api", key), read)
    return respond(request, answer.document, dated=False, rendered=answer.rendered)


async def respond_with_custom_json(
    request: web.Request,
    key: Hashable,
    describe: Callable[[], dict[str, Any]],
) -> web.Response:
    """As `respond_with_cached_json`, for what the client thought up.

    Raises:
        BusyError: Too many of them are waiting.
    """

    async def read(_reader: Reader) -> Callable[[], Document]:
        return partial(make_json, describe())

    answer = await request.app[PUBLISHER].get_custom_page(("api", key), read)
    return respond(request, answer.document, dated=False, rendered=answer.rendered)


def make_json(value: dict[str, Any]) -> Document:
    """Return a value as a document; equal values give equal bytes."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return make_document(body + b"\n", content_type=CONTENT_TYPE, changed=UNDATED)


def page_url(base_url: str, name: str, pairs: Iterable[tuple[str, object]]) -> str:
    """Return the absolute address of a page of a list; pairs without a value are left out."""
    given = [(key, value) for key, value in pairs if value is not None]
    mark = "?" if given else ""
    return f"{base_url}/api/v1/{name}{mark}{urlencode(given)}"
