"""Serves the static files, read once, under addresses that change with their content."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib import resources

from aiohttp import web

from feedsvc.domain.render.document import Document, make_document
from feedsvc.web.headers import CACHE_AN_HOUR, CACHE_FOREVER
from feedsvc.web.responses import respond

CONTENT_TYPES: Mapping[str, str] = {
    "css": "text/css; charset=utf-8",
    "ico": "image/x-icon",
    "js": "text/javascript; charset=utf-8",
    "png": "image/png",
    "svg": "image/svg+xml; charset=utf-8",
}

# A package's files have no reliable date; this one is never sent.
UNDATED = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """A static file; `version` is the start of the SHA-256 of its content."""

    version: str
    document: Document


@dataclass(frozen=True, slots=True)
class Assets:
    """All static files by name."""

    by_name: Mapping[str, Asset]

    def find(self, name: str) -> Asset | None:
        """Return the file of that name, else None."""
        return self.by_name.get(name)

    def path(self, name: str) -> str:
        """Return its path with its version. Raises KeyError for an unknown name."""
        return f"/static/{name}?v={self.by_name[name].version}"


@cache
def load_assets() -> Assets:
    """Read every static file that has a known suffix."""
    folder = resources.files("feedsvc.web.pages") / "static"
    return Assets(
        {
            file.name: _read_asset(file.name, file.read_bytes())
            for file in folder.iterdir()
            if _suffix(file.name) in CONTENT_TYPES
        },
    )


async def show_asset(request: web.Request) -> web.Response:
    """`/static/{name}`: cached forever if the version in the address is current."""
    return _answer(request, load_assets().find(request.match_info["name"]))


async def show_favicon(request: web.Request) -> web.Response:
    """`/favicon.ico`: the default favicon."""
    return _answer(request, load_assets().find("favicon.ico"))


def _answer(request: web.Request, asset: Asset | None) -> web.Response:
    if asset is None:
        raise web.HTTPNotFound
    kept = CACHE_FOREVER if request.query.get("v") == asset.version else CACHE_AN_HOUR
    return respond(request, asset.document, cache_control=kept, dated=False)


def _read_asset(name: str, body: bytes) -> Asset:
    content_type = CONTENT_TYPES[_suffix(name)]
    return Asset(
        version=hashlib.sha256(body).hexdigest()[:12],
        document=make_document(body, content_type=content_type, changed=UNDATED),
    )


def _suffix(name: str) -> str:
    return name.rpartition(".")[2]
