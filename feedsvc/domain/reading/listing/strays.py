"""Finds lines of text that were likely meant as field lines: mistyped or unknown names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from feedsvc.domain.reading.fields import named_field, unknown_field
from feedsvc.domain.reading.lines import Line
from feedsvc.domain.reading.listing.blocks import Block
from feedsvc.domain.reading.listing.paragraphs import is_full
from feedsvc.domain.reading.listing.prose import may_be_title, sentence_points
from feedsvc.domain.reading.listing.unknown import is_prose, name_of
from feedsvc.domain.reading.outcome import Problem


def find_strays(blocks: Iterable[Block]) -> list[Problem]:
    """A problem for each line `name: value` beside a title or a field whose name is none.

    The line stays text: it may be meant so.
    """
    return [
        unknown_field(line.number, name_of(line.text), happened="read as text")
        for block in blocks
        for line in (
            *_find_above_fields(block),
            *_find_under_title(block.head),
            *_find_under_fields(block),
        )
        # A known name that states nothing was found to be part of a sentence.
        if named_field(name_of(line.text)) is None
    ]


def _find_above_fields(block: Block) -> Iterator[Line]:
    """A first line may be a title of that shape, but hardly one with fields right under it."""
    first = block.head[:1] if block.fields and len(block.head) == 1 else ()
    yield from (line for line in first if name_of(line.text) and not is_prose(line.text))


def _find_under_title(head: Sequence[Line]) -> Iterator[Line]:
    texts = [line.text for line in head]
    width = max(map(len, texts), default=0)
    strays = False
    for place in range(1, len(texts)):
        strays = bool(name_of(texts[place])) and (
            strays
            or (
                _is_title(texts[place - 1])
                and not _goes_on(texts[place - 1 : place + 2], width=width)
            )
        )
        if strays:
            yield head[place]


def _find_under_fields(block: Block) -> Iterator[Line]:
    stated = {field.number for field in block.fields}
    for line in block.tail:
        if line.number - 1 in stated and name_of(line.text):
            stated.add(line.number)
            yield line


def _is_title(text: str) -> bool:
    return not text[0].islower() and sentence_points(text) <= 0


def _goes_on(texts: Sequence[str], *, width: int) -> bool:
    """Whether the second of two lines or three goes on with a sentence that the first began."""
    above, text, *below = texts
    if may_be_title(above) or not is_full(above, text, width=width):
        return False
    if below and not name_of(below[0]):
        return is_full(text, below[0], width=width)
    return sentence_points(text) > 0
