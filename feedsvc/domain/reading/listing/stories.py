"""Puts blocks together into stories: caption, title and teaser, with the fields of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from feedsvc.domain.reading.fields import FieldLine, UnknownField
from feedsvc.domain.reading.listing.blocks import Block
from feedsvc.domain.reading.listing.looks import Look
from feedsvc.domain.reading.listing.paragraphs import join_lines
from feedsvc.domain.reading.listing.roles import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One entry's words and field lines; `line` is where it starts."""

    line: int
    caption: str = ""
    title: str = ""
    text: str = ""
    fields: tuple[FieldLine | UnknownField, ...] = ()


def tell_stories(
    blocks: Sequence[Block],
    looks: Sequence[Look],
    roles: Sequence[Role],
) -> tuple[Story, ...]:
    """The stories of a file in its order; a teaser joins the title right above it."""
    stories: list[Story] = []
    awaits = False
    for block, look, role in zip(blocks, looks, roles, strict=True):
        story = _tell(block, look, role)
        if awaits and role is Role.TEASER:
            above = stories.pop()
            story = replace(above, text=story.text, fields=above.fields + story.fields)
        stories.append(story)
        awaits = role.awaits_teaser
    return tuple(stories)


def _tell(block: Block, look: Look, role: Role) -> Story:
    line = (block.head or block.tail)[0].number
    if block.fields:
        line = min(line, block.fields[0].number)
    blank = Story(line=line, fields=block.fields)
    texts = look.texts
    match role:
        case Role.TITLE:
            return replace(blank, title=join_lines(texts))
        case Role.CAPTION_TITLE:
            return replace(blank, caption=join_lines(texts[:-1]), title=texts[-1])
        case Role.TEASER:
            return replace(blank, text=join_lines(texts))
        case Role.TITLE_TEASER:
            return replace(blank, title=texts[0], text=join_lines(texts[1:]))
        case Role.CAPTION_TITLE_TEASER:
            return replace(blank, caption=texts[0], title=texts[1], text=join_lines(texts[2:]))
