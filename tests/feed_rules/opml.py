"""OPML 2.0 subscription lists: http://opml.org/spec2.opml."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element

from tests.feed_rules.syntax import is_language, is_rfc822, is_uri, parse_xml, twice

_HEAD = frozenset({"title", "dateCreated", "dateModified", "ownerName", "ownerEmail", "docs"})


def check_opml(document: bytes) -> None:
    root = parse_xml(document)
    assert root.tag == "opml"
    assert root.get("version") == "2.0"
    assert [child.tag for child in root] == ["head", "body"]
    outlines = list(root[1].iter("outline"))
    found = [*_check_head(root[0])]
    for outline in outlines:
        found += _check_outline(outline)
    feeds = [it.get("xmlUrl") for it in outlines if it.get("type") == "rss"]
    found += [f"{url} is listed twice" for url in twice(feeds)]
    assert outlines, "the body has no outline"
    assert not found, found


def _check_head(head: _Element) -> Iterator[str]:
    yield from (f"head: has {child.tag}" for child in head if child.tag not in _HEAD)
    if not (head.findtext("title") or "").strip():
        yield "head: no title"
    for name in ("dateCreated", "dateModified"):
        date = head.findtext(name)
        if date is not None and not is_rfc822(date):
            yield f"head: {name} is {date!r}"


def _check_outline(outline: _Element) -> Iterator[str]:
    if not (outline.get("text") or "").strip():
        yield "outline: no text"
    if outline.get("type") is None:
        return
    if outline.get("type") != "rss":
        yield f"outline: type is {outline.get('type')!r}"
    for name in ("xmlUrl", "htmlUrl"):
        if not is_uri(outline.get(name)):
            yield f"outline: {name} is {outline.get(name)!r}"
    if outline.get("title") != outline.get("text"):
        yield "outline: title is not text"
    if outline.get("language") is not None and not is_language(outline.get("language")):
        yield f"outline: language is {outline.get('language')!r}"
