"""Divides a document at its headings and describes what each part has below its heading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from feedsvc.domain.reading.outline.block import (
    Block,
    BulletList,
    Heading,
    ListItem,
    Paragraph,
    Table,
)
from feedsvc.domain.reading.outline.imprint import read_imprint
from feedsvc.domain.reading.outline.lead import Lead, split_lead
from feedsvc.domain.reading.outline.read_more import is_read_more
from feedsvc.domain.reading.outline.words import Words
from feedsvc.domain.reading.rules import ReadingRules

_FEWEST = 2
_LEAD_WORDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading and the blocks below it, as far as the next heading of any level.

    `level` is 0 where a document begins without a heading.
    """

    heading: Heading | None
    blocks: tuple[Block, ...]
    prose: tuple[Paragraph, ...]
    imprinted: bool
    marked: tuple[BulletList, ...]
    plain: tuple[BulletList, ...]
    tables: bool
    leads: tuple[Paragraph, ...]

    @property
    def level(self) -> int:
        """The level of its heading."""
        return self.heading.level if self.heading else 0

    @property
    def title(self) -> str:
        """The words of its heading."""
        return self.heading.words.text if self.heading else ""

    @property
    def line(self) -> int:
        """Where it starts."""
        return self.heading.line if self.heading else self.blocks[0].line

    @property
    def points(self) -> int:
        """How many list items or paragraphs have a headline of their own."""
        return len(self.leads) + sum(len(bullets.items) for bullets in self.marked)


def divide(blocks: Iterable[Block], *, rules: ReadingRules) -> list[Section]:
    """The sections of a document in its order."""
    sections: list[Section] = []
    heading: Heading | None = None
    below: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            if heading or below:
                sections.append(_describe(heading, below, rules=rules))
            heading, below = block, []
        else:
            below.append(block)
    if heading or below:
        sections.append(_describe(heading, below, rules=rules))
    return sections


def _describe(
    heading: Heading | None,
    blocks: Sequence[Block],
    *,
    rules: ReadingRules,
) -> Section:
    paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
    lists = [block for block in blocks if isinstance(block, BulletList)]
    judged = [(bullets, is_marked(bullets)) for bullets in lists]
    leads = tuple(one for one in paragraphs if heads_itself(one.words))
    imprinted = any(read_imprint(one.words.text, rules=rules) for one in paragraphs[:2])
    return Section(
        heading=heading,
        blocks=tuple(blocks),
        prose=tuple(one for one in paragraphs if _is_prose(one.words, rules=rules)),
        imprinted=imprinted,
        marked=tuple(bullets for bullets, marked in judged if marked),
        plain=tuple(bullets for bullets, marked in judged if not marked),
        tables=any(isinstance(block, Table) for block in blocks),
        leads=leads if len(leads) >= _FEWEST else (),
    )


def is_marked(bullets: BulletList) -> bool:
    """Whether most items of a list begin with a linked or bold headline."""
    marked = sum(lead.marked for item in bullets.items if (lead := lead_of(item)))
    return marked * 2 > len(bullets.items)


def lead_of(item: ListItem) -> Lead | None:
    """The headline that an item begins with."""
    first = item.blocks[0] if item.blocks else None
    return split_lead(first.words) if isinstance(first, Paragraph | Heading) else None


def heads_itself(words: Words) -> bool:
    """Whether a paragraph begins with a headline long enough to be one."""
    lead = split_lead(words)
    return lead.marked and len(lead.title.split()) >= _LEAD_WORDS


def _is_prose(words: Words, *, rules: ReadingRules) -> bool:
    text = words.text
    if not text or is_read_more(text) or (" " not in text and "://" in text):
        return False
    return len(text) > 40 or read_imprint(text, rules=rules) is None  # noqa: PLR2004 - cheap first
