"""Tells whether markup structures a text, or whether it is a plain listing with a mark or two."""

from __future__ import annotations

from collections.abc import Sequence

from feedsvc.domain.reading.listing.prose import sentence_points
from feedsvc.domain.reading.outline.block import Block, BulletList, Heading, Paragraph, Table
from feedsvc.domain.reading.outline.section import heads_itself, is_marked

_FEWEST = 2


def is_structured(blocks: Sequence[Block]) -> bool:
    """Whether what is a headline and what a teaser follows from the markup."""
    headings = [block for block in blocks if isinstance(block, Heading)]
    paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
    if any(block.words.links for block in headings):
        return True
    lists = [block for block in blocks if isinstance(block, BulletList)]
    if sum(len(bullets.items) for bullets in lists if is_marked(bullets)) >= _FEWEST:
        return True
    if sum(heads_itself(block.words) for block in paragraphs) >= _FEWEST:
        return True
    if headings:
        return not _reads_as_listing(blocks)
    if any(isinstance(block, Table) for block in blocks):
        return True
    return bool(lists) and not paragraphs


def _reads_as_listing(blocks: Sequence[Block]) -> bool:
    """Whether headings are above plain headlines and teasers that alternate."""
    under = plain = 0
    heads = 0
    for block in blocks:
        if isinstance(block, Heading):
            heads, plain = 0, plain + (heads >= _FEWEST)
            under += 1
        elif isinstance(block, Paragraph):
            text = block.words.text
            heads += sentence_points(text) <= 0 and len(text.split()) >= _FEWEST
    plain += heads >= _FEWEST
    return plain * 2 >= under
