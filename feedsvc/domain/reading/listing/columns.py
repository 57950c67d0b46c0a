"""Splits lines with several texts: cells between tabs, or headline and teaser with a dash."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from feedsvc.domain.reading.lines import Line
from feedsvc.domain.reading.listing.looks import End, look_at

# A noncharacter, which no clean text contains.
CELL = "\ufdd0"
_TABBED = re.compile(r"(?<=\S)[ ]*\t\s*(?=\S)")
_TAB_SHARE = 0.6
_FEWEST = 3
_SEPARATORS = (
    " — ",
    " – ",
    " -- ",
    " ― ",
    " - ",
    " | ",
    " :: ",
    " // ",
    " » ",
    " > ",
    " · ",
    " • ",
    " : ",
    ": ",
)
_LONG = 70
_LONGEST_TOPIC, _TOPIC_WORDS = 60, 2
_SHORTEST_HEADLINE, _LONGEST_HEADLINE, _SHORTEST_TEASER = 12, 150, 40
_SAMPLE = 300
# COLOMBO, March 3 (Harbour Wire), or a place alone: where a story comes from is not a headline.
_DATELINE = re.compile(
    r"[^\W\d_a-z][^\Wa-z]*(?:[ .'’-]+[^\Wa-z]+){0,3}(?:,.{0,40}|\s*\(.{1,30}\)|/.{0,20})?"
    r"|(?:[^\W\d_][\w.'’-]*,? ?){1,3}(?:,? [^()]{1,20})?\((?:[^)\s]{1,12}|[^)]{1,20} [^)]{1,20})\)"
)


def mark_cells(body: str) -> str:
    """A text with a mark between the cells of its lines, if most of its lines have cells."""
    if "\t" not in body:
        return body
    lines = [line for line in body[: 64 * 1024].split("\n") if line.strip()]
    tabbed = sum(_TABBED.search(line) is not None for line in lines)
    if tabbed < 2 or tabbed < len(lines) * _TAB_SHARE:
        return body
    return _TABBED.sub(CELL, body)


def part_lines(lines: Sequence[Line]) -> list[Line]:
    """Lines; those that contain several texts are split."""
    if any(CELL in line.text for line in lines):
        return [part for line in lines for part in _part_cells(line)]
    separator, datelines = _find_separator(lines)
    if not separator:
        return list(lines)
    return [part for line in lines for part in _part_at(line, separator, datelines=datelines)]


def _part_cells(line: Line) -> Iterator[Line]:
    cells = [cell.strip() for cell in line.text.split(CELL)] if line.text else [""]
    first = True
    for cell in cells:
        if cell or not line.text:
            yield line._replace(text=cell, is_split=not first)
            first = False


def _find_separator(lines: Sequence[Line]) -> tuple[str, bool]:
    """The separator with which most long lines part a headline from its teaser.

    With whether what is before it may be a dateline: not if nearly every line is split like that.
    """
    long = [line for line in lines[: 4 * _SAMPLE] if len(line.text) >= _LONG][:_SAMPLE]
    texts = sum(bool(line.text) for line in lines[: 4 * _SAMPLE])
    together = "\n".join(line.text for line in long)
    for separator in _SEPARATORS:
        if separator not in together:
            continue
        colon = separator[-2:] == ": "
        for datelines in (False,) if colon else (False, True):
            split = sum(bool(_find_cut(line.text, separator, datelines)) for line in long)
            share = 5 if datelines else 8
            if split >= _FEWEST and split * 10 >= max(len(long) * 6, texts * share):
                return separator, datelines
    return "", False


def _part_at(line: Line, separator: str, *, datelines: bool) -> Iterator[Line]:
    cut = _find_cut(line.text, separator, datelines)
    if not cut:
        yield line
        return
    yield line._replace(text=line.text[:cut].strip())
    yield line._replace(text=line.text[cut + len(separator) :].strip(), is_split=True)


def _find_cut(text: str, separator: str, datelines: bool) -> int:  # noqa: FBT001
    """Where a headline ends and a teaser begins; 0 if nowhere."""
    if separator[-2:] == ": ":
        return _find_colon(text, separator)
    best, place = 0, text.find(separator)
    while 0 < place <= _LONGEST_HEADLINE:
        right = text[place + len(separator) :]
        if place >= _SHORTEST_HEADLINE and len(right) >= _SHORTEST_TEASER and _may_begin(right):
            look = look_at(text[:place])
            if (
                (datelines and _DATELINE.fullmatch(text[:place]))
                or look.stops
                or look.end in {End.STOP, End.COMMA}
            ):
                break
            best = place
            if " " in right and look_at(right).case.name in {"LOW", "UNKNOWN"}:
                break
        place = text.find(separator, place + 1)
    return best


def _find_colon(text: str, separator: str) -> int:
    """Where words with a colon end and a sentence begins that nobody is quoted with."""
    place = text.find(separator, 0, _LONGEST_TOPIC)
    right = text[place + len(separator) :]
    told = len(right) >= _SHORTEST_TEASER and right[0].isupper()
    if place <= 0 or not told or look_at(text).end is not End.STOP:
        return 0
    left = look_at(text[:place])
    return place if left.words >= _TOPIC_WORDS and left.end is End.OPEN else 0


def _may_begin(text: str) -> bool:
    first = text.lstrip("\"'“‘«‹([„")[:1]
    return not first.islower()
