"""Finds the address that was meant: without closing slashes, in lower case, if there is one."""

from __future__ import annotations

from urllib.parse import urlsplit

from aiohttp import hdrs, web

from feedsvc.web.keys import SETTINGS

_SAFE = frozenset({hdrs.METH_GET, hdrs.METH_HEAD})


async def find_canonical_location(request: web.Request) -> str | None:
    """The Location of the address meant by one that does not exist; None if none is near.

    It has no host and starts with the public base URL's path, so it holds behind every proxy.
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
    """A Location without a host: the public base URL's path, then this one."""
    return urlsplit(request.app[SETTINGS].base_url).path + path
