"""What a reader of any format finds in a file: items as their source states them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from feedsvc.domain.reading.outcome import Note, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry as a file states it; absent texts are empty, nothing is checked yet.

    `line` is 1-based. `date` is aware. `categories` are the source's own words, `codes` its wire
    codes (`medtop:20000002`), `labels` what an editor states about regions, countries and topics.
    `key` is the source's own id of the entry, empty if it has none.
    """

    line: int
    title: str = ""
    text: str = ""
    caption: str = ""
    kicker: str = ""
    link: str = ""
    image: str = ""
    author: str = ""
    source: str = ""
    date: datetime | None = None
    language: str = ""
    section: str = ""
    categories: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemReading:
    """The items of a file in its order, what was set aside, and what an editor should look at."""

    items: tuple[Item, ...]
    notes: tuple[Note, ...] = ()
    problems: tuple[Problem, ...] = ()
    rolling: bool | None = None


@dataclass(frozen=True, slots=True)
class FormatRejection:
    """Why a file of a known format gives no items, in one sentence, and what to do about it."""

    reason: str
    advice: str = ""
    line: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Selectors:
    """CSS selectors that say where a page has its entries; an empty one is found out."""

    entry: str
    title: str = ""
    text: str = ""
    link: str = ""
    image: str = ""
    date: str = ""
    author: str = ""
