"""Which representation a request wants, and whether the client has it (RFC 9110 §12.5.3, §13)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from aiohttp import hdrs, web
from multidict import CIMultiDict, CIMultiDictProxy

from feedsvc.domain.render.document import Coding, Document, Representation
from feedsvc.web.dates import parse_http_date

_WEIGHT = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)")
_TAG = re.compile(r'(?:W/)?"([\x21\x23-\x7e\x80-\U0010ffff]*)"')
_WEAK_TAG = re.compile(r'W/"[^"]*"')
_ALIASES = {"x-gzip": Coding.GZIP}
# Clients send few different ones, and most of them in every request.
_REMEMBERED = 256

Fields = CIMultiDict[str] | CIMultiDictProxy[str]


@dataclass(frozen=True, slots=True)
class EntityTags:
    """The opaque tags in If-None-Match, without quotes and `W/`, or anything (`*`)."""

    tags: frozenset[str]
    anything: bool = False

    def match(self, etag: str) -> bool:
        """Whether they include this quoted tag (weak comparison)."""
        return self.anything or etag.removeprefix("W/").strip('"') in self.tags


@dataclass(frozen=True, slots=True)
class Selection:
    """The representation that a request gets, and whether the client has it already."""

    representation: Representation
    is_held: bool


def select(fields: Fields, document: Document, *, changed: datetime | None) -> Selection:
    """Choose what a GET or HEAD with these fields gets of a document (RFC 9110 §13.2.2).

    `changed` is the Last-Modified that would be sent, None if none is.

    Raises:
        web.HTTPNotAcceptable: Accept-Encoding refuses every coding.
        web.HTTPPreconditionFailed: If-Match or If-Unmodified-Since asks for something else.
    """
    accept = join_field(fields, hdrs.ACCEPT_ENCODING)
    coding = choose_coding(accept, document.codings) or choose_coding(accept)
    if coding is None:
        raise web.HTTPNotAcceptable
    chosen = document.in_coding(coding)
    if fails_precondition(
        etag=chosen.etag,
        changed=changed,
        if_match=join_field(fields, hdrs.IF_MATCH),
        if_unmodified_since=fields.get(hdrs.IF_UNMODIFIED_SINCE),
    ):
        raise web.HTTPPreconditionFailed
    is_held = is_not_modified(
        etag=chosen.etag,
        changed=changed,
        if_none_match=join_field(fields, hdrs.IF_NONE_MATCH),
        if_modified_since=fields.get(hdrs.IF_MODIFIED_SINCE),
    )
    return Selection(chosen, is_held)


@lru_cache(maxsize=_REMEMBERED)
def choose_coding(
    accept: str | None,
    among: tuple[Coding, ...] = tuple(Coding),
) -> Coding | None:
    """Return the coding that Accept-Encoding prefers, the first of equals; None if none will do.

    An absent or empty field gets plain bytes.
    """
    if accept is None or not accept.strip():
        return Coding.IDENTITY
    weights = _read_weights(accept)
    rest = weights.get("*")
    best, best_weight = None, 0.0
    for coding in among:
        # Plain bytes are acceptable unless excluded, but anything listed is preferred.
        unlisted = 0.0005 if rest is None and coding is Coding.IDENTITY else rest or 0.0
        weight = weights.get(coding, unlisted)
        if weight > best_weight:
            best, best_weight = coding, weight
    return best


def accepts_html(accept: str | None) -> bool:
    """Whether Accept names HTML, as a browser's does; every program sends `*/*`."""
    for member in (accept or "").split(","):
        kind, *parameters = (part.strip().lower() for part in member.split(";"))
        weights = (part for part in parameters if part.startswith("q="))
        if kind == "text/html" and (_read_weight(next(weights, "")) or 0.0) > 0.0:
            return True
    return False


def read_entity_tags(field: str) -> EntityTags:
    """Parse an If-None-Match field, its lines joined by commas; malformed tags match nothing."""
    if field.strip() == "*":
        return EntityTags(frozenset(), anything=True)
    return EntityTags(frozenset(tag for tag in _TAG.findall(field) if tag))


def read_strong_entity_tags(field: str) -> EntityTags:
    """Parse an If-Match field, in which weak tags match nothing (RFC 9110 §13.1.1)."""
    return read_entity_tags(_WEAK_TAG.sub("", field))


def fails_precondition(
    *,
    etag: str,
    changed: datetime | None,
    if_match: str | None,
    if_unmodified_since: str | None,
) -> bool:
    """Whether to answer with 412 (RFC 9110 §13.2.2); If-Match alone decides if present.

    `changed` is the Last-Modified that would be sent, None if none is.
    """
    if if_match is not None:
        return not read_strong_entity_tags(if_match).match(etag)
    if if_unmodified_since is None or changed is None:
        return False
    since = parse_http_date(if_unmodified_since)
    return since is not None and changed > since


def is_not_modified(
    *,
    etag: str,
    changed: datetime | None,
    if_none_match: str | None,
    if_modified_since: str | None,
) -> bool:
    """Whether to answer a GET or HEAD with 304; If-None-Match alone decides if present.

    `changed` is the Last-Modified that would be sent, None if none is.
    """
    if if_none_match is not None:
        return if_none_match == etag or read_entity_tags(if_none_match).match(etag)
    if if_modified_since is None or changed is None:
        return False
    since = parse_http_date(if_modified_since)
    return since is not None and changed <= since


def join_field(fields: Fields, name: str) -> str | None:
    """Join all lines of a list field (RFC 9110 §5.3); None if there are none."""
    lines = fields.getall(name, None)
    return ", ".join(lines) if lines else None


def _read_weights(accept: str) -> dict[str, float]:
    weights: dict[str, float] = {}
    for member in accept.split(","):
        name, _, parameter = member.partition(";")
        coding = name.strip().lower()
        weight = _read_weight(parameter)
        if coding and weight is not None:
            weights[_ALIASES.get(coding, coding)] = weight
    return weights


def _read_weight(parameter: str) -> float | None:
    """Return the weight of `q=…`, 1 without one; None if malformed, which voids the member."""
    text = parameter.replace(" ", "").replace("\t", "").lower()
    if not text:
        return 1.0
    found = _WEIGHT.fullmatch(text.removeprefix("q="))
    return float(found[0]) if found and text.startswith("q=") else None
