"""Finished bytes of something that is served, once per content coding, with their validators."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING

import brotli  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from datetime import datetime

_GZIP_LEVEL = 9
_BROTLI_QUALITY = 5  # a millisecond for a feed; 9 takes nine and saves nothing


class Coding(StrEnum):
    """A content coding (RFC 9110 §8.4.1), the most compact first."""

    BROTLI = "br"
    GZIP = "gzip"
    IDENTITY = "identity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Representation:
    """The bytes in one coding; `etag` is strong and quoted (RFC 9110 §8.8.3)."""

    coding: Coding
    body: bytes
    etag: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What is served: `changed` is UTC with whole seconds, every coding has its representation."""

    content_type: str
    changed: datetime
    brotli: Representation
    gzip: Representation
    identity: Representation

    @property
    def size(self) -> int:
        """Bytes that it takes in memory, all codings together."""
        return len(self.brotli.body) + len(self.gzip.body) + len(self.identity.body)

    @property
    def codings(self) -> tuple[Coding, ...]:
        """The codings that are worth it: those that save a tenth at least, and none at all."""
        enough = len(self.identity.body) * 9 // 10
        smaller = (one.coding for one in (self.brotli, self.gzip) if len(one.body) < enough)
        return (*smaller, Coding.IDENTITY)

    def in_coding(self, coding: Coding) -> Representation:
        """The bytes in this coding."""
        match coding:
            case Coding.BROTLI:
                return self.brotli
            case Coding.GZIP:
                return self.gzip
            case Coding.IDENTITY:
                return self.identity


def make_document(body: bytes, *, content_type: str, changed: datetime) -> Document:
    """The document of a body: equal bodies give equal bytes and ETags in every coding."""
    return Document(
        content_type=content_type,
        changed=changed,
        brotli=_represent(brotli.compress(body, quality=_BROTLI_QUALITY), Coding.BROTLI),
        gzip=_represent(gzip.compress(body, _GZIP_LEVEL, mtime=0), Coding.GZIP),
        identity=_represent(body, Coding.IDENTITY),
    )


def _represent(body: bytes, coding: Coding) -> Representation:
    # The coding is part of the hash: an empty body would else share one tag over codings.
    digest = sha256(coding.encode() + b"\0" + body).hexdigest()
    return Representation(coding=coding, body=body, etag=f'"{digest[:24]}"')
