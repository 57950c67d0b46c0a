"""The channels that have entries, as lists and as a tree of regions."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from feedsvc.domain.model import Channel
from feedsvc.domain.taxonomy import Country, Region, Taxonomy, Topic
from feedsvc.store.records import ChannelState

BUSIEST = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelRow:
    """A channel with its number of entries, and the narrower ones below it."""

    name: str
    channel: Channel
    entries: int
    rows: tuple[ChannelRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelGroup:
    """Some channels under a heading; `kind` is set if all are of one kind within a region."""

    heading: str
    rows: tuple[ChannelRow, ...]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Directory:
    """Lists of channels, without those that have no entries.

    Names are in alphabetical order, including those that an operator added.
    """

    taxonomy: Taxonomy
    counts: Mapping[Channel, int]

    def topics(self, *, region: str = "") -> tuple[ChannelRow, ...]:
        """Return the topics, counted within a region if one is given."""
        topics = sorted(self.taxonomy.topics.values(), key=_sort_key)
        return self._rows((it.name, Channel(region=region, topic=it.slug)) for it in topics)

    def countries(self, *, region: str = "") -> tuple[ChannelRow, ...]:
        """Return the countries, or those of a region."""
        countries = sorted(self.taxonomy.countries.values(), key=_sort_key)
        within = (it for it in countries if not region or region in it.regions)
        return self._rows((it.name, Channel(country=it.slug)) for it in within)

    def regions(self, *, topic: str = "") -> tuple[ChannelRow, ...]:
        """Return the regions as a tree, counted within a topic if one is given."""
        return self._tree(lambda region: Channel(region=region.slug, topic=topic), below="")

    def regions_within(self, region: str, *, topic: str = "") -> tuple[ChannelRow, ...]:
        """Return the tree below a region."""
        return self._tree(lambda it: Channel(region=it.slug, topic=topic), below=region)

    def regions_around(self, slugs: Iterable[str]) -> tuple[ChannelRow, ...]:
        """Return these regions, in the order given."""
        known = [self.taxonomy.regions[slug] for slug in slugs if slug in self.taxonomy.regions]
        return self._rows((it.name, Channel(region=it.slug)) for it in known)

    def busiest(self) -> tuple[ChannelGroup, ...]:
        """Return the topics and the countries with the most entries."""
        groups = (
            ChannelGroup(heading="Busiest topics", rows=_take_busiest(self.topics())),
            ChannelGroup(heading="Busiest countries", rows=_take_busiest(self.countries())),
        )
        return tuple(group for group in groups if group.rows)

    def _rows(self, named: Iterable[tuple[str, Channel]]) -> tuple[ChannelRow, ...]:
        return tuple(
            ChannelRow(name=name, channel=channel, entries=self.counts[channel])
            for name, channel in named
            if self.counts.get(channel)
        )

    def _tree(
        self, make_channel: Callable[[Region], Channel], *, below: str
    ) -> tuple[ChannelRow, ...]:
        shown = {
            it.slug: it
            for it in sorted(self.taxonomy.regions.values(), key=_sort_key)
            if self.counts.get(make_channel(it)) and (not below or below in it.parents)
        }
        nests = {slug: _nearest(region, shown) for slug, region in shown.items()}

        def grow(parent: str) -> tuple[ChannelRow, ...]:
            return tuple(
                ChannelRow(
                    name=region.name,
                    channel=make_channel(region),
                    entries=self.counts[make_channel(region)],
                    rows=grow(slug),
                )
                for slug, region in shown.items()
                if nests[slug] == parent
            )

        return grow("")


def _sort_key(item: Region | Country | Topic) -> str:
    """Sort letters with accents next to those without."""
    letters = unicodedata.normalize("NFKD", item.name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _take_busiest(rows: tuple[ChannelRow, ...]) -> tuple[ChannelRow, ...]:
    return tuple(sorted(rows, key=lambda row: -row.entries)[:BUSIEST])


def count_entries(states: Iterable[ChannelState]) -> Mapping[Channel, int]:
    """Return the number of entries of each channel."""
    return {state.channel: state.entries for state in states}


def _nearest(region: Region, shown: Mapping[str, Region]) -> str:
    """Return the narrowest shown region around one, empty at the top."""
    wider = [shown[slug] for slug in region.parents if slug in shown]
    return max(wider, key=lambda it: len(it.parents)).slug if wider else ""
