"""Small grammars that the formats share: dates, URIs, language tags, well-formed XML."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from lxml import etree
from lxml.etree import _Element

ATOM = "{http://www.w3.org/2005/Atom}"
HISTORY = "{http://purl.org/syndication/history/1.0}"
MEDIA = "{http://search.yahoo.com/mrss/}"
DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"

# The relations of RFC 4287 and RFC 5005 in the IANA registry of link relations.
RELATIONS = frozenset(
    {"alternate", "related", "self", "enclosure", "via"}
    | {"current", "first", "last", "next", "previous", "prev-archive", "next-archive"},
)

_URI = re.compile(r"https?://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_RFC822 = re.compile(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d ([+-]\d{4}|GMT)")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+")


def parse_xml(document: bytes) -> _Element:
    """Return the root; raise if the document is not well-formed or defines an entity."""
    return etree.fromstring(document, etree.XMLParser(resolve_entities=False, no_network=True))


def is_uri(text: str | None) -> bool:
    """Return whether this is an absolute http(s) URI in ASCII."""
    if not text or not _URI.fullmatch(text):
        return False
    return bool(urlsplit(text).hostname)


def is_rfc3339(text: object) -> bool:
    """Return whether this is an existing date with a zone."""
    if not isinstance(text, str) or not _RFC3339.fullmatch(text):
        return False
    return datetime.fromisoformat(text).tzinfo is not None


def is_rfc822(text: str | None) -> bool:
    """Return whether this is a date with a four-digit year and the right day of the week."""
    if not text or not _RFC822.fullmatch(text):
        return False
    return parsedate_to_datetime(text).strftime("%a") == text[:3]


def is_language(text: object) -> bool:
    return isinstance(text, str) and bool(_LANGUAGE.fullmatch(text))


def is_media_type(text: str | None) -> bool:
    return bool(text and _MEDIA_TYPE.fullmatch(text))


def twice(values: Iterable[str | None]) -> list[str | None]:
    """Return the values that occur more than once."""
    return [value for value, count in Counter(values).items() if count > 1]


def check_links(links: list[_Element], *, of_feed: bool) -> Iterator[str]:
    """RFC 4287 §4.2.7 and RFC 5005: one absolute link per relation, and a self link."""
    for link in links:
        rel, href = link.get("rel", "alternate"), link.get("href")
        if not is_uri(href):
            yield f"link {rel}: {href!r} is not an absolute URI"
        if rel not in RELATIONS:
            yield f"link: relation {rel!r} is not registered"
        if link.get("type") is not None and not is_media_type(link.get("type")):
            yield f"link {rel}: {link.get('type')!r} is not a media type"
    repeated = twice(f"{it.get('rel', 'alternate')} {it.get('type')}" for it in links)
    yield from (f"link: more than one {rel}" for rel in repeated)
    own = [link for link in links if link.get("rel") == "self"]
    if len(own) != int(of_feed):
        yield f"link: {len(own)} self links"


def check_history(parent: _Element, links: list[_Element]) -> Iterator[str]:
    """RFC 5005 §2 and §4: complete or archive, and an archive links to the current document."""
    complete = parent.findall(f"{HISTORY}complete")
    archive = parent.findall(f"{HISTORY}archive")
    if len(complete) + len(archive) > 1:
        yield "history: more than one mark"
    if archive and not any(link.get("rel") == "current" for link in links):
        yield "history: an archive without a current link"
    if complete and any("archive" in link.get("rel", "") for link in links):
        yield "history: a complete feed with archives"
