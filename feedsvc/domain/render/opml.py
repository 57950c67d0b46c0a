"""Writes the list of all channels as OPML 2.0 (http://opml.org/spec2.opml)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import format_datetime

from lxml import etree
from lxml.etree import _Element

from feedsvc.domain.model import Channel
from feedsvc.domain.render.build import channel_name, clean_site, head_channel
from feedsvc.domain.render.characters import clean
from feedsvc.domain.render.feed import Site
from feedsvc.domain.render.format import Format
from feedsvc.domain.taxonomy import Taxonomy

CONTENT_TYPE = "text/x-opml; charset=utf-8"

_GROUPS = ("Regions", "Countries", "Topics", "Regions and topics")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedChannel:
    """A channel in the list, with the number of its entries."""

    channel: Channel
    entries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outline:
    title: str
    longer_title: str
    description: str
    feed: str
    page: str


def render_opml(
    site: Site,
    taxonomy: Taxonomy,
    channels: Iterable[ListedChannel],
    *,
    changed: datetime | None,
    form: Format = Format.RSS,
) -> bytes:
    """Return the list, grouped and sorted by title; `changed` is None before the first entry.

    The number of entries is in the description: readers keep the title, where it would soon be
    wrong.
    """
    site = clean_site(site)
    groups: dict[str, list[_Outline]] = {name: [] for name in ("", *_GROUPS)}
    for listed in channels:
        groups[_group(listed.channel)].append(_outline(site, taxonomy, listed, form=form))
    _make_titles_unique(groups.values())
    root = etree.Element("opml", version="2.0")
    _write_head(etree.SubElement(root, "head"), site, changed=changed)
    body = etree.SubElement(root, "body")
    for name, outlines in groups.items():
        if outlines:
            parent = etree.SubElement(body, "outline", text=name) if name else body
            _write_outlines(parent, outlines, language=site.language)
    if not len(body):  # OPML requires at least one outline
        etree.SubElement(body, "outline", text="No channel has entries yet")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _group(channel: Channel) -> str:
    match channel:
        case Channel(region="", country="", topic=""):
            return ""
        case Channel(region="", country=""):
            return "Topics"
        case Channel(country="", topic=""):
            return "Regions"
        case Channel(region="", topic=""):
            return "Countries"
        case _:
            return "Regions and topics"


def _kind(channel: Channel) -> str:
    """What is unique about a channel among those of equal names."""
    match channel:
        case Channel(region="", topic=""):
            return "country"
        case Channel(region="", country=""):
            return "topic"
        case _:
            return channel.path


def _make_titles_unique(groups: Iterable[list[_Outline]]) -> None:
    """Tell apart what shares its title with a channel of another kind; the first keeps it.

    Antarctica is a region and a country, and some readers name subscriptions by their titles.
    """
    seen: set[str] = set()
    for outlines in groups:
        outlines.sort(key=lambda it: it.feed)
        for place, outline in enumerate(outlines):
            if outline.title.casefold() in seen:
                outlines[place] = replace(outline, title=outline.longer_title)
            seen.add(outlines[place].title.casefold())


def _outline(site: Site, taxonomy: Taxonomy, listed: ListedChannel, *, form: Format) -> _Outline:
    heading = head_channel(site, taxonomy, listed.channel)
    name = channel_name(taxonomy, listed.channel)
    return _Outline(
        title=clean(heading.title),
        longer_title=clean(f"{name} ({_kind(listed.channel)}) — {site.title}"),
        description="1 entry" if listed.entries == 1 else f"{listed.entries} entries",
        feed=clean(heading.location.url(site, form)),
        page=clean(heading.page),
    )


def _write_head(head: _Element, site: Site, *, changed: datetime | None) -> None:
    lines = [("title", site.title), ("ownerName", site.publisher)]
    if changed is not None:
        lines.insert(1, ("dateModified", format_datetime(changed)))
    lines.append(("docs", "http://opml.org/spec2.opml"))
    for name, text in lines:
        etree.SubElement(head, name).text = text


def _write_outlines(parent: _Element, outlines: list[_Outline], *, language: str) -> None:
    for outline in sorted(outlines, key=lambda it: (it.title.casefold(), it.feed)):
        element = etree.SubElement(parent, "outline", text=outline.title, title=outline.title)
        element.set("type", "rss")
        element.set("xmlUrl", outline.feed)
        element.set("htmlUrl", outline.page)
        element.set("description", outline.description)
        if language:
            element.set("language", language)
