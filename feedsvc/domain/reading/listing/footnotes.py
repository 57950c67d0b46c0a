"""Finds the footnotes at the end of a file, and takes their marks out of the texts above."""

from __future__ import annotations

import re
from collections.abc import Sequence

from feedsvc.domain.reading.lines import Line
from feedsvc.domain.reading.words.page import FOOTNOTES

_MOST = 60
_MARK = re.compile(r"(\[(?:\d{1,2}|[a-z*])\]|[¹²³⁰⁴-⁹]{1,2}|\*{1,3}|[†‡§]{1,2})\s*(?=\S)")


def take_footnotes(lines: list[Line]) -> list[Line]:
    """Take the footnotes below the last text, and their marks above, out of the lines of a file.

    Each begins with a mark that follows a word above; without such a word it is a list marker.
    """
    starts = _find_starts(lines)
    if not starts:
        return []
    first = min(starts)
    texts = _cut_marks(lines[:first], set(starts.values()))
    if not texts:
        return []
    for place, text in texts.items():
        lines[place] = lines[place]._replace(text=text)
    places = _extend(lines, first)
    found = [lines[place] for place in places]
    for place in places:
        lines[place] = lines[place]._replace(text="")
    return found


def _cut_marks(lines: Sequence[Line], marks: set[str]) -> dict[int, str]:
    """The texts without their marks, by their places; none unless all marks were found."""
    patterns = {mark: _at_word(mark) for mark in marks}
    texts: dict[int, str] = {}
    used: set[str] = set()
    for place, line in enumerate(lines):
        text = line.text
        for mark, pattern in patterns.items():
            if mark in text and (shorter := pattern.sub("", text)) != text:
                text = shorter
                used.add(mark)
        if text != line.text:
            texts[place] = text
    return texts if used == marks else {}


def _find_starts(lines: Sequence[Line]) -> dict[int, str]:
    """The lines at the end that begin with a mark, each mark once; their wrapped lines between."""
    starts: dict[int, str] = {}
    wrapped = False
    for place in range(len(lines) - 1, max(-1, len(lines) - 1 - _MOST), -1):
        text = lines[place].text
        if not text:
            if wrapped:
                # A text of its own is below the last footnote.
                break
            continue
        match = _MARK.match(text)
        if match and match[1] in starts.values():
            return {}
        if match:
            starts[place], wrapped = match[1], False
        else:
            wrapped = True
    return starts


def _at_word(mark: str) -> re.Pattern[str]:
    """The mark behind a word or the end of a sentence, where no other such mark is beside it."""
    space = r"\s?" if mark[0] == "[" else ""
    same = re.escape(mark[0]) if mark[0] != "[" else "\\["
    return re.compile(rf"(?<=[^\W_]|[.,;:!?)\"”»’']){space}{re.escape(mark)}(?!{same}|\w)")


def _extend(lines: Sequence[Line], first: int) -> list[int]:
    """The places from the first footnote on, and that of a heading above it."""
    above = first - 1
    while above >= 0 and not lines[above].text:
        above -= 1
    if above >= 0 and lines[above].text.casefold().rstrip(" :.") in FOOTNOTES:
        first = above
    return [place for place in range(first, len(lines)) if lines[place].text]
