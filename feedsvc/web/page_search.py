"""What the search page shows: a form and the entries that match."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from feedsvc.domain.model import Entry
from feedsvc.web.page_cards import Card, make_card
from feedsvc.web.page_frame import Frame, Section, Surroundings

LONGEST_QUERY = 200
FOUND_LIMIT = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The best matches, best first, and how many there are in all."""

    entries: tuple[Entry, ...]
    total: int


class Finder(Protocol):
    """Looks for words in what is published."""

    async def find(self, query: str, *, limit: int) -> Found:
        """The entries that have all the words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView:
    """The search page; `found` is None until something is asked."""

    frame: Frame
    query: str
    found: int | None
    cards: tuple[Card, ...]
    template: str = "search.html"


def view_search(
    query: str,
    found: Found | None,
    around: Surroundings,
) -> SearchView:
    """The page for a query and what was found for it."""
    return SearchView(
        frame=around.frame(
            path="/search",
            title="Search",
            about=f"Search the entries of {around.site.title}.",
            section=Section.SEARCH,
        ),
        query=query,
        found=found.total if found else None,
        cards=tuple(make_card(entry, around) for entry in found.entries) if found else (),
    )
