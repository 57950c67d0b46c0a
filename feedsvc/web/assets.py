"""The files of `static/`, read once, each under an address that changes with its content."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib import resources

from feedsvc.domain.render.document import Document, make_document

CONTENT_TYPES: Mapping[str, str] = {
    "css": "text/css; charset=utf-8",
    "ico": "image/x-icon",
    "js": "text/javascript; charset=utf-8",
    "png": "image/png",
    "svg": "image/svg+xml; charset=utf-8",
}

# Files of a package have no date of their own that is true everywhere. It is never sent.
UNDATED = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """A file of `static/`; `version` is the start of the SHA-256 of its content."""

    version: str
    document: Document


@dataclass(frozen=True, slots=True)
class Assets:
    """All files of `static/` by name."""

    by_name: Mapping[str, Asset]

    def find(self, name: str) -> Asset | None:
        """The file of that name, None if there is none."""
        return self.by_name.get(name)

    def path(self, name: str) -> str:
        """Its path below the site, with its version. Raises KeyError for an unknown name."""
        return f"/static/{name}?v={self.by_name[name].version}"


@cache
def load_assets() -> Assets:
    """Read every file of `static/` that has a known suffix."""
    folder = resources.files("feedsvc.web") / "static"
    return Assets(
        {
            file.name: _read_asset(file.name, file.read_bytes())
            for file in folder.iterdir()
            if _suffix(file.name) in CONTENT_TYPES
        },
    )


def _read_asset(name: str, body: bytes) -> Asset:
    content_type = CONTENT_TYPES[_suffix(name)]
    return Asset(
        version=hashlib.sha256(body).hexdigest()[:12],
        document=make_document(body, content_type=content_type, changed=UNDATED),
    )


def _suffix(name: str) -> str:
    return name.rpartition(".")[2]
