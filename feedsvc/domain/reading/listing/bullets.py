"""Finds bulleted lists, which are no listings: their lines are run together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from feedsvc.domain.reading.lines import Line
from feedsvc.domain.reading.listing.blocks import Block
from feedsvc.domain.reading.outcome import Problem

# Markdown's bullets, those of word processors, and numbers.
_BULLET = re.compile(r"(?:[-*+•‣◦▪●·–—]|\d{1,3}[.)]) \S")
_FEWEST = 2
_REASON = (
    "a bulleted list is run together: expected each entry without a bullet, between blank lines"
)


def find_bullets(blocks: Iterable[Block]) -> list[Problem]:
    """A problem for each block in which two lines or more begin with a bullet; they stay text."""
    return [
        Problem(bulleted[0].number, _REASON)
        for block in blocks
        if len(bulleted := _bulleted(block.text)) >= _FEWEST
    ]


def _bulleted(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if _BULLET.match(line.text)]
