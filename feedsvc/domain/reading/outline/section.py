"""Divides a document at its headings and describes what each part has below its heading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from feedsvc.domain.reading.listing.recognise import Recogniser
from feedsvc.domain.reading.outline.block import (
    Block,
    BulletList,
    Heading,
    ListItem,
    Paragraph,
    Table,
)
from feedsvc.domain.reading.outline.lead import Lead, split_lead
from feedsvc.domain.reading.outline.read_more import is_read_more
from feedsvc.domain.reading.outline.words import Words
from feedsvc.domain.reading.rules import ReadingRules

_FEWEST = 2
_MANY_ITEMS = 3
_LEAD_WORDS = 3
_LABEL_WORDS = 8
_LABEL_LEVEL = 7  # below all that have one


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading and the blocks below it, as far as the next heading of any level.

    `level` is 0 if a document begins without a heading.
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
    for block in _promote_labels(list(blocks)):
        if isinstance(block, Heading):
            if heading or below:
                sections.append(_describe(heading, below, rules=rules))
            heading, below = block, []
        else:
            below.append(block)
    if heading or below:
        sections.append(_describe(heading, below, rules=rules))
    return sections


def _promote_labels(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, with a bold line right above a list as the heading that it is."""
    for block, after in zip_longest(blocks, blocks[1:]):
        if (
            isinstance(block, Paragraph)
            and isinstance(after, BulletList)
            and len(block.words.text.split()) <= _LABEL_WORDS
            and block.words.runs
            and all(run.bold or not run.text.strip() for run in block.words.runs)
        ):
            yield Heading(block.line, _LABEL_LEVEL, block.words)
        else:
            yield block


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
    recogniser = Recogniser(zone=rules.zone, day_first=rules.day_first)
    imprinted = any(_signs(one.words.text, recogniser) for one in paragraphs[:2])
    return Section(
        heading=heading,
        blocks=tuple(blocks),
        prose=tuple(one for one in paragraphs if _is_prose(one.words, recogniser)),
        imprinted=imprinted,
        marked=tuple(bullets for bullets, marked in judged if marked),
        plain=tuple(bullets for bullets, marked in judged if not marked),
        tables=any(isinstance(block, Table) for block in blocks),
        leads=leads if len(leads) >= _FEWEST else (),
    )


def _signs(text: str, recogniser: Recogniser) -> bool:
    """Whether a line says who wrote a piece or when."""
    found = recogniser.recognise(text) if text else None
    return found is not None and bool(found[1].author or found[1].date)


def is_marked(bullets: BulletList) -> bool:
    """Whether most items of a list begin with a linked or bold headline, or lead elsewhere."""
    marked = linked = 0
    for item in bullets.items:
        if lead := lead_of(item):
            marked += lead.marked
            linked += lead.marked or bool(lead.rest.links)
    many = len(bullets.items) >= _MANY_ITEMS
    return marked * 2 > len(bullets.items) or (many and linked * 4 >= len(bullets.items) * 3)


def lead_of(item: ListItem) -> Lead | None:
    """The headline that an item begins with."""
    first = item.blocks[0] if item.blocks else None
    return split_lead(first.words) if isinstance(first, Paragraph | Heading) else None


def heads_itself(words: Words) -> bool:
    """Whether a paragraph begins with a headline long enough to be one."""
    lead = split_lead(words)
    return lead.marked and len(lead.title.split()) >= _LEAD_WORDS


def _is_prose(words: Words, recogniser: Recogniser) -> bool:
    text = words.text
    if not text or is_read_more(text) or (" " not in text and "://" in text):
        return False
    return recogniser.recognise(text) is None
