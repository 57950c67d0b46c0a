"""Finds the list of contents above the news: headlines in a row that all come again below."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from feedsvc.domain.reading.lines import Line
from feedsvc.domain.reading.words.page import CONTENTS

# A list of contents is near the top of its file.
_TOP = 60
_LONGEST = 160
_FEWEST, _FEWEST_UNDER_HEADING = 3, 2
_LOST = re.compile(r"\W*(?:\d{1,3}\s?[.):–-]\s*)?")
_PAGE = re.compile(r"[\s.…·_,–—(-]+(?:pp?\.?|pages?|seite|s\.|p[áa]g(?:ina)?\.?)?\s*\d{1,3}\)?\W*$")
_SHORTEST_START = 8


class _Text(NamedTuple):
    """A line that is not empty: its place, its words for comparing, its look before these."""

    place: int
    key: str
    block: int


def find_contents(lines: Sequence[Line]) -> list[int]:
    """The places of the lines of a list of contents and of its heading; none if there is none.

    Without a heading, each of its lines must come again, with a teaser or other text below.
    """
    top = list(_list_texts(lines))
    if not top:
        return []
    for start, text in enumerate(top):
        if text.key in CONTENTS and (items := _find_items(lines, top[start + 1 :])):
            return [text.place, *items]
    return _find_repeated(lines, top)


def _list_texts(lines: Sequence[Line]) -> Iterator[_Text]:
    block = found = 0
    for place, line in enumerate(lines):
        if found == _TOP:
            return
        if not line.text:
            block += 1
        else:
            found += 1
            yield _Text(place, _fold(line.text), block)


def _fold(text: str) -> str:
    """The words of a line without a marker before them and marks behind."""
    return text[_LOST.match(text).end() :].casefold().rstrip(" .:*…")  # type: ignore[union-attr]


def _find_items(lines: Sequence[Line], below: Sequence[_Text]) -> list[int]:
    """The lines below the heading of a list of contents, if most of them come again."""
    if not below:
        return []
    items = [text for text in below if text.block == below[0].block]
    rest = lines[items[-1].place + 1 :]
    others = [_fold(line.text) for line in rest if line.text and len(line.text) <= _LONGEST]
    again = [text for text in items if _comes_again(_PAGE.sub("", text.key), others)]
    if len(again) < _FEWEST_UNDER_HEADING or len(again) * 2 < len(items):
        return []
    return [text.place for text in items]


def _comes_again(key: str, others: Collection[str]) -> bool:
    """Whether a later line is the same or goes on from there."""
    return any(
        other == key
        or (len(key) >= _SHORTEST_START and other.startswith(key))
        or (len(other) >= _SHORTEST_START and key.startswith(other))
        for other in others
    )


def _find_repeated(lines: Sequence[Line], top: Sequence[_Text]) -> list[int]:
    """The first lines in a row that come again, each with other text below it."""
    keys = [(place, _fold(line.text)) for place, line in enumerate(lines) if line.text]
    repeated = {key for key, times in Counter(key for _, key in keys).items() if times > 1}
    if len(repeated) < _FEWEST:
        return []
    again = {
        key: place
        for (place, key), (_, below) in pairwise([*keys, (len(lines), "")])
        if key in repeated and below and below not in repeated
    }
    run: list[_Text] = []
    for text in top:
        if again.get(text.key, -1) > text.place:
            run.append(text)
        elif len(run) >= _FEWEST:
            break
        else:
            run = []
    if len(run) < _FEWEST or any(again[text.key] <= run[-1].place for text in run):
        return []
    return [text.place for text in run]
