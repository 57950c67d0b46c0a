"""The blocks that a marked-up document is made of, whatever the markup."""

from __future__ import annotations

from dataclasses import dataclass

from feedsvc.domain.reading.outline.words import Words


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` counts from 1, the highest."""

    line: int
    level: int
    words: Words


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    line: int
    words: Words


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list, numbered or not, each item with blocks of its own."""

    line: int
    items: tuple[ListItem, ...]


@dataclass(frozen=True, slots=True)
class ListItem:
    """What is under one bullet."""

    line: int
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first row may be its head."""

    line: int
    rows: tuple[tuple[Words, ...], ...]


@dataclass(frozen=True, slots=True)
class Aside:
    """What is not text of an entry, such as code; `kind` says what it is."""

    line: int
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the page: what follows it belongs to nothing above."""

    line: int


Block = Heading | Paragraph | BulletList | Table | Aside | Rule
