"""Finds lines of text that were likely meant as field lines: mistyped or unknown names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from feedsvc.domain.listing.blocks import Block
from feedsvc.domain.listing.fields import FieldName
from feedsvc.domain.listing.lines import Line
from feedsvc.domain.listing.outcome import Problem
from feedsvc.domain.listing.paragraphs import is_full
from feedsvc.domain.listing.prose import may_be_title, sentence_points

_STRAY = re.compile(r"([a-z]{1,12}):(?: |$)")
*_FIRST, _LAST = FieldName
_EXPECTED = f"expected {', '.join(_FIRST)} or {_LAST}; taken as text"


def find_strays(blocks: Iterable[Block]) -> list[Problem]:
    """A problem for each line `name: value` right under a title or a field whose name is none.

    The line stays text: it may be meant so.
    """
    return [
        Problem(line.number, f"`{line.text.partition(':')[0]}` is no field: {_EXPECTED}")
        for block in blocks
        for line in (*_find_under_title(block.head), *_find_under_fields(block))
    ]


def _find_under_title(head: Sequence[Line]) -> Iterator[Line]:
    texts = [line.text for line in head]
    width = max(map(len, texts), default=0)
    strays = False
    for place in range(1, len(texts)):
        strays = _STRAY.match(texts[place]) is not None and (
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
        if line.number - 1 in stated and _STRAY.match(line.text):
            stated.add(line.number)
            yield line


def _is_title(text: str) -> bool:
    return not text[0].islower() and sentence_points(text) <= 0


def _goes_on(texts: Sequence[str], *, width: int) -> bool:
    """Whether the second of two lines or three goes on with a sentence that the first began."""
    above, text, *below = texts
    if may_be_title(above) or not is_full(above, text, width=width):
        return False
    if below and not _STRAY.match(below[0]):
        return is_full(text, below[0], width=width)
    return sentence_points(text) > 0
