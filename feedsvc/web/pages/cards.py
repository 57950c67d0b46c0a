"""Cards: entries in a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from feedsvc.domain.model import Entry
from feedsvc.domain.render import channel_name
from feedsvc.domain.render.characters import web_uri
from feedsvc.web.pages.frame import PageContext
from feedsvc.web.pages.labels import get_channel, pick_labels
from feedsvc.web.pages.language import text_direction, text_language

# Entries on one page of a list.
PAGE_SIZE = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelLink:
    """A label as a link to its channel's page."""

    name: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLink:
    """A link to the full story: an http(s) address, and its host without `www.`."""

    address: str
    host: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An entry in a list; `language` is empty if it is that of the page."""

    kicker: str
    headline: str
    derived: bool
    teaser: str
    path: str
    published: datetime
    language: str
    direction: str
    labels: tuple[LabelLink, ...]
    source: SourceLink | None


def make_card(entry: Entry, context: PageContext) -> Card:
    """Return an entry's card."""
    return Card(
        kicker=entry.stated.kicker,
        headline=entry.headline,
        derived=entry.derived,
        teaser=continue_headline(entry) if entry.derived else entry.stated.text,
        path=context.links.entry(entry.id),
        published=entry.published,
        language=text_language(entry.stated.language, context.site.language),
        direction=text_direction(entry.stated.language),
        labels=link_labels(entry, context),
        source=find_source(entry),
    )


def link_labels(entry: Entry, context: PageContext) -> tuple[LabelLink, ...]:
    """Return links for the labels worth showing in one line, countries first."""
    return tuple(
        LabelLink(
            name=channel_name(context.taxonomy, get_channel(label)),
            path=context.links.page(get_channel(label)),
        )
        for label in pick_labels(entry, context.taxonomy)
    )


def find_source(entry: Entry) -> SourceLink | None:
    """Return the entry's own link, None without one that is safe to follow."""
    address = web_uri(entry.stated.link)
    host = urlsplit(address).hostname if address else None
    return SourceLink(address=address, host=host.removeprefix("www.")) if host else None


def continue_headline(entry: Entry) -> str:
    """Return the text after the words used as headline; empty if nothing is left."""
    words = entry.stated.text.split()
    shown = entry.headline.removesuffix("…").split()
    rest = words[len(shown) :]
    return f"… {' '.join(rest)}" if rest else ""
