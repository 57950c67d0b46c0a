"""A block: what is between blank lines, its field lines set apart."""

from __future__ import annotations

from typing import NamedTuple

from feedsvc.domain.reading.fields import FieldLine, UnknownField
from feedsvc.domain.reading.lines import Line


class Block(NamedTuple):
    """The lines of text above and below the first field line, and the field lines.

    A block without fields has all its text in `head`.
    """

    head: tuple[Line, ...]
    fields: tuple[FieldLine | UnknownField, ...]
    tail: tuple[Line, ...]


def part_block(parts: list[Line | FieldLine | UnknownField]) -> Block:
    """A block of lines, those that are fields set apart."""
    fields = tuple(part for part in parts if not isinstance(part, Line))
    first = next(
        (place for place, part in enumerate(parts) if not isinstance(part, Line)), len(parts)
    )
    return Block(
        head=tuple(part for part in parts[:first] if isinstance(part, Line)),
        fields=fields,
        tail=tuple(part for part in parts[first:] if isinstance(part, Line)),
    )
