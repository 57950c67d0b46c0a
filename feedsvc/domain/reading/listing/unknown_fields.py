"""Finds lines that were likely meant as field lines, but whose names are mistyped or unknown.

Next to field lines they are left out of the text, elsewhere they stay text and are a problem.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from feedsvc.domain.reading.fields import FieldLine, UnknownField, named_field, unknown_field
from feedsvc.domain.reading.lines import Line
from feedsvc.domain.reading.listing.blocks import Block
from feedsvc.domain.reading.listing.paragraphs import goes_on, is_full
from feedsvc.domain.reading.listing.prose import ends_in_mark, may_be_title, sentence_points
from feedsvc.domain.reading.outcome import Problem

_NAMED = re.compile(r"([a-z]{1,12}):(?: |$)")

_CLAUSE = re.compile(r"([a-z]{3,9}) ?: [a-zà-öø-ÿ']+ [^\W\d_]+ \S+(?: |$)")
_TYPED = frozenset({"link", "image", "date", "language"})
_HEADLINE_LIKE = -6

Part = Line | FieldLine | UnknownField


def name_of(text: str) -> str:
    """The name in a line of the shape `name: value`, or nothing."""
    match = _NAMED.match(text)
    return match[1] if match else ""


def find_unknown(block: Sequence[Line | FieldLine]) -> list[Part]:
    """A block's lines, with those that must be fields of unknown names as such.

    Such a line is right above or below a field line or another of its kind, not first.
    """
    parts: list[Part] = list(block)
    width = max((len(line.text) for line in block if isinstance(line, Line)), default=0)
    for place in range(1, len(parts)):
        if not isinstance(parts[place - 1], Line):
            _turn(parts, place, width=width)
    for place in range(len(parts) - 2, 0, -1):
        if not isinstance(parts[place + 1], Line) and _starts_anew(parts, place, width=width):
            _turn(parts, place, width=width)
    return parts


def _turn(parts: list[Part], place: int, *, width: int) -> None:
    """Make a line a field of an unknown name, if it is one."""
    line = parts[place]
    if not isinstance(line, Line) or not (name := name_of(line.text)):
        return
    if is_prose(line.text) or _goes_on_below(parts, place, width=width):
        return
    parts[place] = UnknownField(line.number, name)


def is_clause(lines: Sequence[Line], place: int) -> bool:
    """Whether a line that looks like a field goes on with wrapped text: `source: the spring above`.

    It does if its value begins small, has several words, and the line above is no headline or the
    value cannot be one of its field.
    """
    match = _CLAUSE.match(lines[place].text)
    if not place or not match:
        return False
    if match[1] in _TYPED:
        return True
    above = lines[place - 1].text
    return (
        not ends_in_mark(above)
        and sentence_points(above) > _HEADLINE_LIKE
        and not may_be_title(above)
    )


def is_prose(text: str) -> bool:
    """Whether a line with a name has more than one word behind it and reads as a sentence."""
    return _has_words(text) and sentence_points(text) > 0


def _goes_on_below(parts: Sequence[Part], place: int, *, width: int) -> bool:
    if place + 1 == len(parts):
        return False
    line, below = parts[place], parts[place + 1]
    if not isinstance(line, Line) or not isinstance(below, Line) or name_of(below.text):
        return False
    # An address breaks no line.
    full = _has_words(line.text) and is_full(line.text, below.text, width=width)
    return full or goes_on(line.text, below.text)


def _has_words(text: str) -> bool:
    return " " in text.partition(": ")[2]


def _starts_anew(parts: Sequence[Part], place: int, *, width: int) -> bool:
    """Whether a line does not go on with the one above: that is a title, or has ended."""
    line, above = parts[place], parts[place - 1]
    if not isinstance(line, Line) or not isinstance(above, Line) or name_of(above.text):
        return True
    if sentence_points(above.text) > 0:
        return ends_in_mark(above.text)
    return not is_full(above.text, line.text, width=width) or may_be_title(above.text)


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
