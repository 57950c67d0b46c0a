"""Finds the canonical address: lower case, without trailing slashes."""

from __future__ import annotations

from urllib.parse import urlsplit

from aiohttp import hdrs, web

from feedsvc.web.keys import SETTINGS

_SAFE = frozenset({hdrs.METH_GET, hdrs.METH_HEAD})


async def find_canonical_location(request: web.Request) -> str | None:
    """Return the Location of the canonical address, None if there is none.

    It has no host and starts with the base URL's path, so it works behind every proxy.
    """
    path = "/" + request.path.strip("/").lower()
    if request.method not in _SAFE or path == request.path:
        return None
    meant = request.clone(rel_url=request.rel_url.with_path(path, keep_query=True))
    found = await request.app.router.resolve(meant)
    if found.http_exception is not None:
        return None
    return add_public_prefix(request, meant.rel_url.raw_path_qs)


def add_public_prefix(request: web.Request, path: str) -> str:
    """Return a path with the base URL's path in front."""
    return urlsplit(request.app[SETTINGS].base_url).path + path
