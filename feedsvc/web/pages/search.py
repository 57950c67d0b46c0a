"""The view of the search page: a form and the matching entries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from feedsvc.domain.model import Channel, Entry, Kind
from feedsvc.domain.near_names import comparable, is_typo
from feedsvc.domain.query import Query
from feedsvc.domain.render import channel_name
from feedsvc.domain.taxonomy import Taxonomy
from feedsvc.web.pages.cards import PAGE_SIZE, Card, make_card
from feedsvc.web.pages.directory import ChannelRow, Directory
from feedsvc.web.pages.frame import Frame, NavItem, PageContext

LAST_PAGE = 20
# Country codes are at most this long: `it` is more likely a word than Italy.
CODE_LENGTH = 3
INDENT = "\N{NO-BREAK SPACE}" * 3


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """The submitted form: the words as typed, and the query if they make one.

    `page` counts from 1; `error` says what is wrong with the words if they make no query.
    """

    words: str = ""
    query: Query | None = None
    page: int = 1
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A channel in a drop-down list; `name` is indented below wider ones."""

    value: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A drop-down list, named after its parameter."""

    name: str
    label: str
    unset: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedChannel:
    """A channel whose name was searched for, with its number of entries."""

    name: str
    path: str
    entries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView:
    """The search page; `answered` if there was a query to answer."""

    frame: Frame
    asked: SearchRequest
    answered: bool
    named: tuple[NamedChannel, ...]
    heading: str
    choices: tuple[Choice, ...]
    cards: tuple[Card, ...]
    more: str
    template: str = "search.html"


def view_search(
    asked: SearchRequest,
    entries: tuple[Entry, ...],
    directory: Directory,
    context: PageContext,
) -> SearchView:
    """Return a page of up to `PAGE_SIZE` entries, with a link to the next if there are more."""
    query = asked.query or Query()
    encoded = query.encode()
    goes_on = len(entries) > PAGE_SIZE and asked.page < LAST_PAGE
    return SearchView(
        frame=context.frame(
            path="/search" + (f"?{encoded}" if encoded else ""),
            title=f"Search: {query.words}" if query.words else "Search",
            about=f"Search the entries of {context.site.title}.",
            section=NavItem.SEARCH,
            feed=context.feed_of_query(query),
        ),
        asked=asked,
        answered=bool(encoded),
        named=tuple(_link_named(query, directory, context, found=bool(entries))),
        heading="Best matches" if query.words else "Newest entries",
        choices=tuple(_choices(query, directory)),
        cards=tuple(make_card(entry, context) for entry in entries[:PAGE_SIZE]),
        more=_page_path(encoded, asked.page + 1, context) if goes_on else "",
    )


def _link_named(
    query: Query,
    directory: Directory,
    context: PageContext,
    *,
    found: bool,
) -> Iterator[NamedChannel]:
    for _kind, channel in find_named_channels(query, context.taxonomy, found=found):
        if entries := directory.counts.get(channel):
            yield NamedChannel(
                name=channel_name(context.taxonomy, channel),
                path=context.links.page(channel),
                entries=entries,
            )


def find_named_channels(
    query: Query,
    taxonomy: Taxonomy,
    *,
    found: bool,
) -> Iterator[tuple[Kind, Channel]]:
    """Find channels named like the search words, if the query has nothing but words.

    A text about labour need not contain that word. A near miss counts as a name only if nothing
    was `found`: otherwise `mail` would mean Mali.
    """
    plain = all(term.wanted and not term.prefix for term in query.terms)
    if not query.words or not plain or query != Query(words=query.words):
        return
    words = " ".join(term.words for term in query.terms)
    for kind in Kind:
        exact = taxonomy.resolve(kind, words) if len(words) > CODE_LENGTH else None
        slug = exact or taxonomy.nearest(kind, words)
        if slug and (exact or not found or _is_name(words, kind, slug, taxonomy)):
            yield kind, Channel(**{kind.value: slug})


def _is_name(words: str, kind: Kind, slug: str, taxonomy: Taxonomy) -> bool:
    wanted = comparable(words)
    names = {comparable(taxonomy.name(kind, slug)), comparable(slug)}
    return wanted in names or not any(is_typo(wanted, name) for name in names)


def _page_path(encoded: str, page: int, context: PageContext) -> str:
    return context.links.here(f"/search?{encoded}&{urlencode({'page': page})}")


def _choices(query: Query, directory: Directory) -> Iterator[Choice]:
    regions = tuple(_indented(directory.regions(), depth=0))
    countries = tuple((row.channel.country, row.name) for row in directory.countries())
    topics = tuple((row.channel.topic, row.name) for row in directory.topics())
    yield _choice("region", "Region", "Any region", regions, query.regions)
    yield _choice("country", "Country", "Any country", countries, query.countries)
    yield _choice("topic", "Topic", "Any topic", topics, query.topics)


def _indented(rows: tuple[ChannelRow, ...], *, depth: int) -> Iterator[tuple[str, str]]:
    for row in rows:
        yield row.channel.region, INDENT * depth + row.name
        yield from _indented(row.rows, depth=depth + 1)


def _choice(
    name: str,
    label: str,
    unset: str,
    named: tuple[tuple[str, str], ...],
    chosen: tuple[str, ...],
) -> Choice:
    options = tuple(
        Option(value=value, name=text, chosen=value in chosen[:1]) for value, text in named
    )
    return Choice(name=name, label=label, unset=unset, options=options)
