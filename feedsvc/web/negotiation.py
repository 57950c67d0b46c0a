"""Which representation a request wants, and whether it has it already (RFC 9110 §12.5.3, §13)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from feedsvc.domain.render.document import Coding

_WEIGHT = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)")
_TAG = re.compile(r'(?:W/)?"([\x21\x23-\x7e\x80-\U0010ffff]*)"')
_ALIASES = {"x-gzip": Coding.GZIP}


@dataclass(frozen=True, slots=True)
class EntityTags:
    """What If-None-Match lists: opaque tags without quotes and weakness, or anything (`*`)."""

    tags: frozenset[str]
    anything: bool = False

    def match(self, etag: str) -> bool:
        """Whether a representation with this quoted tag is among them, compared weakly."""
        return self.anything or etag.removeprefix("W/").strip('"') in self.tags


def choose_coding(
    accept: str | None,
    among: tuple[Coding, ...] = tuple(Coding),
) -> Coding | None:
    """The coding that Accept-Encoding prefers, the first of equals; None if none will do.

    An absent field leaves the choice open and gets plain bytes, as an empty one asks for.
    """
    if accept is None or not accept.strip():
        return Coding.IDENTITY
    weights = _read_weights(accept)
    rest = weights.get("*")
    best, best_weight = None, 0.0
    for coding in among:
        # Plain bytes are fine unless excluded, yet less wished for than what is listed.
        unlisted = 0.0005 if rest is None and coding is Coding.IDENTITY else rest or 0.0
        weight = weights.get(coding, unlisted)
        if weight > best_weight:
            best, best_weight = coding, weight
    return best


def accepts_html(accept: str | None) -> bool:
    """Whether Accept names HTML, as a browser's does; `*/*` alone is said by every program."""
    for member in (accept or "").split(","):
        kind, *parameters = (part.strip().lower() for part in member.split(";"))
        weights = (part for part in parameters if part.startswith("q="))
        if kind == "text/html" and (_read_weight(next(weights, "")) or 0.0) > 0.0:
            return True
    return False


def read_entity_tags(field: str) -> EntityTags:
    """The tags of an If-None-Match field, its lines joined by commas; malformed ones match none."""
    if field.strip() == "*":
        return EntityTags(frozenset(), anything=True)
    return EntityTags(frozenset(tag for tag in _TAG.findall(field) if tag))


def read_http_date(field: str) -> datetime | None:
    """The UTC time of an HTTP-date in any of its three forms (RFC 9110 §5.6.7), else None."""
    try:
        moment = parsedate_to_datetime(field)
    except (ValueError, OverflowError, IndexError, TypeError):
        return None
    return moment.replace(tzinfo=UTC) if moment.utcoffset() is None else moment.astimezone(UTC)


def has_it_already(
    *,
    etag: str,
    changed: datetime | None,
    if_none_match: str | None,
    if_modified_since: str | None,
) -> bool:
    """Whether a GET or HEAD is answered 304: If-None-Match alone decides when it is there.

    `changed` is the Last-Modified that would be sent, None when none is.
    """
    if if_none_match is not None:
        return read_entity_tags(if_none_match).match(etag)
    if if_modified_since is None or changed is None:
        return False
    since = read_http_date(if_modified_since)
    return since is not None and changed <= since


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
    """The weight of `q=…`, 1 without one; None when it is malformed and its member void."""
    text = parameter.replace(" ", "").replace("\t", "").lower()
    if not text:
        return 1.0
    found = _WEIGHT.fullmatch(text.removeprefix("q="))
    return float(found[0]) if found and text.startswith("q=") else None
