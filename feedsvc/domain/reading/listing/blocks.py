"""Gathers lines into blocks: what stands between blank lines, its field lines set apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from feedsvc.domain.reading.fields import FieldLine, UnknownField, read_field
from feedsvc.domain.reading.lines import Line
from feedsvc.domain.reading.listing.unknown import find_unknown
from feedsvc.domain.reading.outcome import Problem

# A hundred thousand entries of title and teaser, and some; more would only fill the memory.
MAX_BLOCKS = 250_000
_WORD = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The lines of text above and below the first field line, and the field lines.

    A block without fields has all its text in `head`. Only a file's first block can lack text.
    """

    head: tuple[Line, ...]
    fields: tuple[FieldLine | UnknownField, ...]
    tail: tuple[Line, ...]

    @property
    def text(self) -> tuple[Line, ...]:
        """Its lines of text."""
        return self.head + self.tail


def gather_blocks(lines: Iterable[Line]) -> tuple[Block, ...] | Problem:
    """The blocks of a file; one of field lines alone belongs to the block above it."""
    blocks: list[Block] = []
    loose: list[FieldLine | UnknownField] = []
    for group in _group(lines):
        block = _part(group)
        if block.text and len(blocks) == MAX_BLOCKS:
            return Problem(group[0].number, f"too long: expected at most {MAX_BLOCKS} blocks")
        if block.text or not blocks:
            _attach(blocks, loose)
            blocks.append(block)
        else:
            loose.extend(block.fields)
    _attach(blocks, loose)
    return tuple(blocks)


def _group(lines: Iterable[Line]) -> Iterator[list[Line]]:
    group: list[Line] = []
    for line in lines:
        if line.text:
            group.append(line)
        elif group:
            yield group
            group = []
    if group:
        yield group


def _part(group: list[Line]) -> Block:
    head: list[Line] = []
    fields: list[FieldLine | UnknownField] = []
    tail: list[Line] = []
    read = [read_field(line, leads=place == 0) or line for place, line in enumerate(group)]
    # Most blocks state nothing.
    stated = any(isinstance(part, FieldLine) for part in read)
    for part in find_unknown(read) if stated else group:
        if isinstance(part, Line):
            (tail if fields else head).append(part)
        else:
            fields.append(part)
    # Lines without a letter or a digit say nothing that could be told from another entry.
    if not any(_WORD.search(line.text) for line in head + tail):
        head, tail = [], []
    return Block(head=tuple(head), fields=tuple(fields), tail=tuple(tail))


def _attach(blocks: list[Block], loose: list[FieldLine | UnknownField]) -> None:
    # Gathered first: adding them one by one to a tuple would take quadratic time.
    if loose:
        blocks[-1] = replace(blocks[-1], fields=(*blocks[-1].fields, *loose))
        loose.clear()
