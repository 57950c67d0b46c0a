"""Parses a listing: the bytes of a file become drafts, or the reason why they cannot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import tzinfo

from feedsvc.domain.model import Draft
from feedsvc.domain.reading.decode import decode
from feedsvc.domain.reading.facts import FactReader, Facts
from feedsvc.domain.reading.front_matter import Sheet, part_sheet
from feedsvc.domain.reading.lines import clean_text, split_lines
from feedsvc.domain.reading.listing.blocks import Block, gather_blocks
from feedsvc.domain.reading.listing.bullets import find_bullets
from feedsvc.domain.reading.listing.chain import decide_roles
from feedsvc.domain.reading.listing.looks import look_at
from feedsvc.domain.reading.listing.stories import Story, tell_stories
from feedsvc.domain.reading.listing.strays import find_strays
from feedsvc.domain.reading.outcome import Listing, Problem, Rejection
from feedsvc.domain.taxonomy import Taxonomy


def parse_listing(data: bytes, *, taxonomy: Taxonomy, zone: tzinfo) -> Listing | Rejection:
    """The drafts of a file in its order, with what is wrong in it; any bytes give one or the other.

    Dates without an offset are meant in `zone`. Takes time linear in the file's size. The layout
    is specified in docs/seed-format.md.
    """
    decoded = decode(data)
    if isinstance(decoded, Rejection):
        return decoded
    sheet = part_sheet(clean_text(decoded.text))
    if isinstance(sheet, Problem):
        return Rejection(problem=sheet, encoding=decoded.encoding)
    blocks = gather_blocks(split_lines(sheet.body, first=sheet.first))
    if isinstance(blocks, Problem):
        return Rejection(problem=blocks, encoding=decoded.encoding)
    stories = _tell(blocks)
    if not stories:
        problem = Problem(sheet.first, "no entry: expected a title or a teaser")
        return Rejection(problem=problem, encoding=decoded.encoding)
    listing = _draft(stories, sheet, FactReader(taxonomy=taxonomy, zone=zone))
    astray = (*_find_orphans(blocks), *find_strays(blocks), *find_bullets(blocks))
    problems = (*decoded.problems, *astray, *listing.problems)
    return replace(
        listing,
        encoding=decoded.encoding,
        problems=tuple(sorted(problems, key=lambda problem: problem.line)),
    )


def _tell(blocks: Sequence[Block]) -> tuple[Story, ...]:
    told = [block for block in blocks if block.text]
    looks = [look_at(block) for block in told]
    return tell_stories(told, looks, decide_roles(looks))


def _draft(stories: Sequence[Story], sheet: Sheet, reader: FactReader) -> Listing:
    defaults = reader.read(sheet.front.fields, defaults=Facts())
    problems = [*sheet.front.problems, *defaults.problems]
    drafts = []
    for ordinal, story in enumerate(stories, 1):
        reading = reader.read(story.fields, defaults=defaults.facts)
        problems.extend(reading.problems)
        drafts.append(_fill(story, reading.facts, ordinal=ordinal))
    return Listing(
        drafts=tuple(drafts),
        encoding="",
        rolling=sheet.front.rolling,
        problems=tuple(problems),
    )


def _find_orphans(blocks: Sequence[Block]) -> list[Problem]:
    return [
        Problem(field.number, f"{field.name}: stands above all entries: expected it under a title")
        for block in blocks[:1]
        if not block.text
        for field in block.fields
    ]


def _fill(story: Story, facts: Facts, *, ordinal: int) -> Draft:
    stated = replace(facts.stated, title=story.title, text=story.text, caption=story.caption)
    return Draft(ordinal=ordinal, line=story.line, date=facts.date, stated=stated)
