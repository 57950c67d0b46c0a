"""Reads RSS, Atom, RDF and WordPress exports, whole or broken (feedparser, on bytes alone)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urljoin

import feedparser

from feedsvc.domain.reading.html.fragment import plain_text
from feedsvc.domain.reading.html.teaser import Teaser, take_teaser
from feedsvc.domain.reading.item import FormatRejection, Item, ItemReading
from feedsvc.domain.reading.outcome import Note, Problem, Taken
from feedsvc.domain.reading.rules import ReadingRules
from feedsvc.domain.reading.stamp import read_stamp
from feedsvc.domain.reading.xml import drop_doctype, find_root

MAX_NAMESPACES = 100
MAX_DEPTH = 200
MAX_LEFT_OPEN = 5_000
_ROOTS = frozenset({"rss", "feed", "rdf", "channel"})
_PREFIX = re.compile(rb"xmlns:([\w.-]{1,100})")
_HEAD = 100_000
_START = re.compile(rb"<(?:[\w.-]{1,40}:)?(?:item|entry)[\s>]")
_TAG = re.compile(rb"<(/?)([A-Za-z][\w:.-]{0,60})[^<>]*?(/?)>")
_TEXT_ONLY = re.compile(rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL)
_LEFT_OPEN = frozenset({b"p", b"br", b"img", b"hr", b"li"})
_GLOBAL = re.compile(r"[a-z][a-z0-9+.-]{1,20}:\S|[0-9a-f]{8}-[0-9a-f]{4}-", re.IGNORECASE)
_MEDTOP = "cv.iptc.org/newscodes/mediatopic"
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:$|[?#])", re.IGNORECASE)
_MOST_CATEGORIES = 32


def read_xml_feed(data: bytes, *, rules: ReadingRules) -> ItemReading | FormatRejection:
    """The items of a feed; entities of its own are not expanded, nothing is fetched."""
    bare = drop_doctype(data)
    if find_root(bare[:_HEAD].decode("utf-8", "replace").replace("\0", "")) not in _ROOTS:
        return FormatRejection("XML that is neither a feed nor a wire format")
    if len(set(_PREFIX.findall(bare))) > MAX_NAMESPACES:
        return FormatRejection(f"XML with more than {MAX_NAMESPACES} namespaces is not a feed")
    if _is_deep(bare):
        return FormatRejection(f"XML with more than {MAX_DEPTH} elements inside one another")
    parsed = feedparser.parse(io.BytesIO(bare), sanitize_html=False, resolve_relative_uris=False)
    lines = _find_lines(bare, len(parsed.entries))
    if not parsed.entries:
        return FormatRejection("the feed has no entries")
    entries = [
        (entry, line)
        for entry, line in zip(parsed.entries, lines, strict=True)
        if _is_published(entry)
    ]
    skipped = len(parsed.entries) - len(entries)
    if not entries:
        return FormatRejection("the export has no published posts")
    unique = _unique_links(parsed.entries)
    items = tuple(
        _read_entry(entry, parsed.feed, line=line, unique=unique, rules=rules)
        for entry, line in entries
    )
    return ItemReading(
        items=items, notes=tuple(_note_skipped(skipped)), problems=tuple(_find_problems(parsed))
    )


def _is_deep(data: bytes) -> bool:
    """Whether more is open at once than any feed needs; HTML within may leave some open."""
    depth = left_open = 0
    for tag in _TAG.finditer(_TEXT_ONLY.sub(b"", data)):
        if tag[3]:
            continue
        if tag[2].lower() in _LEFT_OPEN:
            left_open += 1 if not tag[1] else -1
        elif tag[1]:
            depth = max(0, depth - 1)
        else:
            depth += 1
        if depth > MAX_DEPTH or left_open > MAX_LEFT_OPEN:
            return True
    return False


def _find_lines(data: bytes, count: int) -> Sequence[int]:
    """The lines on which entries start, if as many starts are found."""
    starts = [match.start() for match in _START.finditer(data)]
    if len(starts) != count:
        return [1] * count
    lines, line, place = [], 1, 0
    for start in starts:
        line += data.count(b"\n", place, start)
        place = start
        lines.append(line)
    return lines


def _is_published(entry: Mapping[str, Any]) -> bool:
    """Whether an entry is one: an export has drafts, pages and pictures, too."""
    kind, status = entry.get("wp_post_type", "post"), entry.get("wp_status", "publish")
    return bool(kind == "post" and status == "publish")


def _unique_links(entries: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    links = [entry.get("link", "") for entry in entries]
    seen: set[str] = set()
    twice = {link for link in links if link in seen or seen.add(link)}  # type: ignore[func-returns-value]
    return frozenset(links) - twice


def _read_entry(
    entry: Mapping[str, Any],
    feed: Mapping[str, Any],
    *,
    line: int,
    unique: frozenset[str],
    rules: ReadingRules,
) -> Item:
    base = entry.get("base") or feed.get("link") or ""
    teaser = _read_text(entry, rules=rules)
    link = entry.get("link") or ""
    return Item(
        line=line,
        title=plain_text(entry.get("title") or ""),
        text=teaser.text,
        link=_join(base, link),
        image=_join(base, _find_image(entry) or teaser.image),
        author=_find_author(entry),
        source=plain_text((entry.get("source") or {}).get("title") or feed.get("title") or ""),
        date=_find_date(entry, rules=rules),
        language=_find_language(entry, feed),
        categories=tuple(_find_categories(entry)),
        codes=tuple(_find_codes(entry)),
        key=_find_key(entry, feed, link=link if link in unique else ""),
    )


def _read_text(entry: Mapping[str, Any], *, rules: ReadingRules) -> Teaser:
    """The summary, or the beginning of the content without one."""
    contents = [content.get("value") or "" for content in entry.get("content") or ()]
    sources = [entry.get("excerpt_encoded"), entry.get("summary"), *contents]
    title = plain_text(entry.get("title") or "")
    teasers = [take_teaser(source, rules=rules) for source in sources[:4] if source]
    best = next((one for one in teasers if one.text and one.text != title), Teaser(text=""))
    image = next((one.image for one in teasers if one.image), "")
    return Teaser(text=best.text, image=image)


def _find_image(entry: Mapping[str, Any]) -> str:
    media = [*(entry.get("media_content") or ()), *(entry.get("enclosures") or ())]
    for one in media:
        address = one.get("url") or one.get("href") or ""
        kind = f"{one.get('medium') or ''} {one.get('type') or ''}"
        if address and ("image" in kind or (not kind.strip() and _PICTURE.search(address))):
            return str(address)
    thumbnails = entry.get("media_thumbnail") or ()
    return next((one["url"] for one in thumbnails if one.get("url")), "") or str(
        (entry.get("image") or {}).get("href") or ""
    )


def _find_author(entry: Mapping[str, Any]) -> str:
    names = [author.get("name") or "" for author in entry.get("authors") or ()]
    known = [name for name in names if name and "@" not in name]
    return ", ".join(dict.fromkeys(known)) or plain_text(entry.get("author") or "")


def _find_date(entry: Mapping[str, Any], *, rules: ReadingRules) -> Any:
    for name in ("published", "wp_post_date_gmt", "created", "updated"):
        stated = entry.get(name) or ""
        if stamp := read_stamp(stated, zone=rules.zone, day_first=rules.day_first):
            return stamp
    return None


def _find_language(entry: Mapping[str, Any], feed: Mapping[str, Any]) -> str:
    detail = entry.get("title_detail") or {}
    return str(entry.get("language") or detail.get("language") or feed.get("language") or "")


def _find_categories(entry: Mapping[str, Any]) -> Iterator[str]:
    for tag in (entry.get("tags") or ())[:_MOST_CATEGORIES]:
        if words := plain_text(tag.get("label") or tag.get("term") or ""):
            yield words


def _find_codes(entry: Mapping[str, Any]) -> Iterator[str]:
    for tag in (entry.get("tags") or ())[:_MOST_CATEGORIES]:
        term, scheme = tag.get("term") or "", tag.get("scheme") or ""
        if _MEDTOP in scheme or _MEDTOP in term or term.startswith("medtop:"):
            yield term


def _find_key(entry: Mapping[str, Any], feed: Mapping[str, Any], *, link: str) -> str:
    """The source's id; one that only this feed knows is joined to the feed's address."""
    key = entry.get("id") or link
    if not key or _GLOBAL.match(key):
        return str(key)
    home = feed.get("id") or feed.get("link") or f"feed:{feed.get('title') or ''}"
    return f"{home} {key}"


def _join(base: str, address: str) -> str:
    try:
        return urljoin(base, address) if base and address else address
    except ValueError:
        return address


def _note_skipped(skipped: int) -> Iterator[Note]:
    if skipped:
        reason = f"{skipped} drafts, pages or files of the export, not published"
        yield Note(line=1, text="", taken=(Taken.NOTHING,), reason=reason)


def _find_problems(parsed: Any) -> Iterator[Problem]:
    error = parsed.get("bozo_exception")
    if error is None or not isinstance(error, Exception) or not hasattr(error, "getLineNumber"):
        return
    reason = "the XML is broken here; what could be read is published"
    yield Problem(error.getLineNumber() or 1, reason, "Save the feed again.")
