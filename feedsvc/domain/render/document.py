"""A finished document: its bytes in each content coding, with their validators."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

import brotli  # type: ignore[import-untyped]

_GZIP_LEVEL = 9
_BROTLI_QUALITY = 5  # takes a millisecond for a feed; 9 takes nine and saves nothing


class Coding(StrEnum):
    """A content coding (RFC 9110 §8.4.1), the most compact first."""

    BROTLI = "br"
    GZIP = "gzip"
    IDENTITY = "identity"


# By whether Brotli and gzip save enough.
_WORTHWHILE = {
    (True, True): (Coding.BROTLI, Coding.GZIP, Coding.IDENTITY),
    (True, False): (Coding.BROTLI, Coding.IDENTITY),
    (False, True): (Coding.GZIP, Coding.IDENTITY),
    (False, False): (Coding.IDENTITY,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Representation:
    """The bytes in one coding; `etag` is strong and quoted (RFC 9110 §8.8.3)."""

    coding: Coding
    body: bytes
    etag: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document in every coding; `changed` is UTC with whole seconds."""

    content_type: str
    changed: datetime
    brotli: Representation
    gzip: Representation
    identity: Representation

    @property
    def size(self) -> int:
        """The bytes it takes in memory, in all codings together."""
        return len(self.brotli.body) + len(self.gzip.body) + len(self.identity.body)

    @property
    def codings(self) -> tuple[Coding, ...]:
        """The codings worth sending: those that save at least a tenth, and identity."""
        enough = len(self.identity.body) * 9 // 10
        return _WORTHWHILE[len(self.brotli.body) < enough, len(self.gzip.body) < enough]

    def in_coding(self, coding: Coding) -> Representation:
        """Return the representation in a coding."""
        match coding:
            case Coding.BROTLI:
                return self.brotli
            case Coding.GZIP:
                return self.gzip
            case Coding.IDENTITY:
                return self.identity


def make_document(body: bytes, *, content_type: str, changed: datetime) -> Document:
    """Make a document of a body; equal bodies give equal bytes and ETags in every coding."""
    return Document(
        content_type=content_type,
        changed=changed,
        brotli=_represent(brotli.compress(body, quality=_BROTLI_QUALITY), Coding.BROTLI),
        gzip=_represent(gzip.compress(body, _GZIP_LEVEL, mtime=0), Coding.GZIP),
        identity=_represent(body, Coding.IDENTITY),
    )


def _represent(body: bytes, coding: Coding) -> Representation:
    # The coding is part of the hash; otherwise an empty body would have one ETag in all codings.
    digest = sha256(coding.encode() + b"\0" + body).hexdigest()
    return Representation(coding=coding, body=body, etag=f'"{digest[:24]}"')
