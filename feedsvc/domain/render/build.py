"""Builds a feed from a channel and its entries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from feedsvc.domain.identity import feed_id
from feedsvc.domain.model import Channel, Entry, Kind, Label
from feedsvc.domain.render.characters import clean, language_tag, web_uri
from feedsvc.domain.render.feed import Feed, FeedCategory, FeedEntry, Location, Paging, Site
from feedsvc.domain.taxonomy import Taxonomy

UNTITLED = "Untitled"

_PLURALS = {Kind.REGION: "regions", Kind.COUNTRY: "countries", Kind.TOPIC: "topics"}
_ORDER = tuple(Kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedHeading:
    """What a feed is called and where it is; `page` is its HTML page, absolute."""

    title: str
    description: str
    location: Location
    page: str


def build_feed(
    site: Site,
    taxonomy: Taxonomy,
    channel: Channel,
    entries: Iterable[Entry],
    *,
    changed: datetime,
    paging: Paging | None = None,
) -> Feed:
    """A channel's feed, its entries in the order given.

    `changed` is when the channel last changed, aware. No entries make a valid empty feed.
    """
    heading = head_channel(site, taxonomy, channel)
    return assemble_feed(site, taxonomy, heading, entries, changed=changed, paging=paging)


def assemble_feed(
    site: Site,
    taxonomy: Taxonomy,
    heading: FeedHeading,
    entries: Iterable[Entry],
    *,
    changed: datetime,
    paging: Paging | None = None,
) -> Feed:
    """A feed under any heading.

    Its id is made from the heading's location in the site's namespace, so that it outlives a move
    to another host and all of a feed's pages share it.
    """
    site = clean_site(site)
    paging = paging or Paging()
    return Feed(
        site=site,
        id=_feed_id(site, heading.location).urn,
        title=_shown(heading.title, otherwise=site.title),
        description=_shown(heading.description, otherwise=site.title),
        location=paging.here or heading.location,
        page=clean(heading.page),
        icon=f"{site.base_url}/static/favicon.png",
        logo=f"{site.base_url}/static/logo.png",
        updated=changed,
        paging=paging,
        entries=tuple(_feed_entry(site, taxonomy, entry) for entry in entries),
    )


def head_channel(site: Site, taxonomy: Taxonomy, channel: Channel) -> FeedHeading:
    """The heading of a channel: `Labour in Asia — Site`, and the bare site's title for all."""
    if channel == Channel():
        title, description = site.title, f"The newest entries of {site.title}."
    else:
        name = channel_name(taxonomy, channel)
        title, description = (
            f"{name} — {site.title}",
            f"{name}: the newest entries of {site.title}.",
        )
    return FeedHeading(
        title=title,
        description=description,
        location=Location(path=channel.path),
        page=f"{site.base_url}/{channel.path}",
    )


def channel_name(taxonomy: Taxonomy, channel: Channel) -> str:
    """What people call a channel: `Labour in Asia`, `Kazakhstan`, `All entries`."""
    places = [
        _name(taxonomy, kind, slug)
        for kind, slug in ((Kind.REGION, channel.region), (Kind.COUNTRY, channel.country))
        if slug
    ]
    place = places[0] if places else ""
    topic = _name(taxonomy, Kind.TOPIC, channel.topic) if channel.topic else ""
    if place and topic:
        return f"{topic} in {add_article(taxonomy, place)}"
    return topic or place or "All entries"


def add_article(taxonomy: Taxonomy, place: str) -> str:
    """Write a place's name as within a sentence: `the Americas`, `Asia`."""
    return f"the {place}" if place in taxonomy.with_article else place


def clean_site(site: Site) -> Site:
    """The site with texts that every format can hold, and with all that every format requires."""
    title = _shown(site.title, otherwise=UNTITLED)
    return replace(
        site,
        base_url=clean(site.base_url).rstrip("/"),
        title=title,
        publisher=_shown(site.publisher, otherwise=title),
        language=language_tag(site.language),
        rights=_shown(site.rights),
    )


def _feed_id(site: Site, location: Location) -> UUID:
    address = f"{location.path}?{location.query}" if location.query else location.path
    return feed_id(address, namespace=site.namespace)


def _feed_entry(site: Site, taxonomy: Taxonomy, entry: Entry) -> FeedEntry:
    page = f"{site.base_url}/entries/{entry.id}"
    language = language_tag(entry.stated.language)
    return FeedEntry(
        id=entry.id.urn,
        title=_shown(entry.headline, otherwise=UNTITLED),
        summary=_shown(entry.stated.text),
        link=web_uri(entry.stated.link) or page,
        page=page,
        published=entry.published,
        updated=entry.updated,
        author=_shown(entry.stated.author),
        image=web_uri(entry.stated.image),
        language="" if language.lower() == site.language.lower() else language,
        categories=_categories(site, taxonomy, entry.labels),
    )


def _categories(
    site: Site,
    taxonomy: Taxonomy,
    labels: tuple[Label, ...],
) -> tuple[FeedCategory, ...]:
    return tuple(
        FeedCategory(
            term=clean(label.value),
            scheme=f"{site.base_url}/{_PLURALS[label.kind]}",
            label=_shown(_name(taxonomy, label.kind, label.value), otherwise=clean(label.value)),
        )
        for label in sorted(labels, key=lambda label: _ORDER.index(label.kind))
        if _shown(label.value)
    )


def _name(taxonomy: Taxonomy, kind: Kind, slug: str) -> str:
    """Its name, or the slug itself if the vocabulary has since dropped it."""
    return taxonomy.name(kind, slug) if taxonomy.has(kind, slug) else slug


def _shown(text: str, *, otherwise: str = "") -> str:
    """The text, clean, or something else if nothing of it can be seen."""
    cleaned = clean(text)
    return cleaned if cleaned.strip() else otherwise
