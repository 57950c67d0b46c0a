"""Atom 1.0: the RELAX NG schema of RFC 4287, and the rules that it states in words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from lxml import etree
from lxml.etree import _Element

from tests.feed_rules.syntax import (
    ATOM,
    check_history,
    check_links,
    is_rfc3339,
    is_uri,
    parse_xml,
    twice,
)


def check_atom(document: bytes) -> None:
    feed = parse_xml(document)
    schema = _schema()
    schema.validate(feed)
    found = [str(error) for error in schema.error_log]
    assert not found, found
    found = [*_check_feed(feed), *_check_entries(feed.findall(f"{ATOM}entry"))]
    assert not found, found


@cache
def _schema() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))


def _check_feed(feed: _Element) -> Iterator[str]:
    if feed.tag != f"{ATOM}feed":
        yield f"the root is {feed.tag}"
    links = feed.findall(f"{ATOM}link")
    yield from check_links(links, of_feed=True)
    yield from check_history(feed, links)
    yield from _check_element(feed)
    if feed.find(f"{ATOM}author") is None:  # §4.1.1
        yield "feed: no author"
    for name in ("icon", "logo"):
        uri = feed.findtext(f"{ATOM}{name}")
        if uri is not None and not is_uri(uri):
            yield f"feed: {name} is {uri!r}"


def _check_entries(entries: list[_Element]) -> Iterator[str]:
    for entry in entries:
        links = entry.findall(f"{ATOM}link")
        yield from check_links(links, of_feed=False)
        yield from _check_element(entry)
        if not any(link.get("rel") == "alternate" for link in links):  # §4.1.2
            yield "entry: no alternate link and no content"
        if not is_rfc3339(entry.findtext(f"{ATOM}published")):
            yield "entry: no published date"
    repeated = twice(entry.findtext(f"{ATOM}id") for entry in entries)
    yield from (f"entry: ID {name} occurs twice" for name in repeated)


def _check_element(element: _Element) -> Iterator[str]:
    """Rules for feeds and entries alike: absolute IDs, dates with zones, titles, real names."""
    if not (element.findtext(f"{ATOM}id") or "").startswith("urn:uuid:"):
        yield f"id {element.findtext(f'{ATOM}id')!r} is not a urn:uuid"
    if not is_rfc3339(element.findtext(f"{ATOM}updated")):
        yield f"updated is {element.findtext(f'{ATOM}updated')!r}"
    for name in ("title", "author/{http://www.w3.org/2005/Atom}name"):
        texts = [it.text for it in element.findall(f"{ATOM}{name}")]
        if any(not (text or "").strip() for text in texts):
            yield f"{name} is blank"
    for category in element.findall(f"{ATOM}category"):
        if not category.get("term") or not is_uri(category.get("scheme")):
            yield f"category {dict(category.attrib)}"
