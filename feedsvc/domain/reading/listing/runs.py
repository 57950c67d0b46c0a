"""Joins lines that make one text: points below a headline, results, questions and answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from feedsvc.domain.reading.lines import Line
from feedsvc.domain.reading.listing.headings import read_heading
from feedsvc.domain.reading.listing.looks import End, look_at
from feedsvc.domain.reading.listing.roles import Likeness
from feedsvc.domain.reading.words.page import ANSWERS, QUESTIONS

_FEWEST_POINTS, _FEWEST_ROWS, _FEWEST_QUESTIONS = 2, 3, 2
_HEADLINE_WORDS = 4
_SCORE = re.compile(
    r"[^\W\d_][^\d]{1,40} \d{1,3} ?[-–:] ?\d{1,3}(?: \D{2,40})?|[^\W\d_]\D{1,40}(?: [-+]?\d+){3,}"
)
# Two figures next to each other, as every row has; this is searched much faster.
_FIGURES = re.compile(r"\d(?: ?[-–:] ?| [-+]?)\d")
_STOPS = ".!?…;"


def join_runs(lines: list[Line], markers: dict[int, int]) -> None:
    """Make one line of each run of lines that is one text; takes linear time."""
    gone: set[int] = set()
    for start, end in _find_runs(lines, markers).items():
        texts = [lines[place].text[markers.pop(place, 0) :] for place in range(start, end)]
        lines[start] = lines[start]._replace(text=_join(texts), prose=True)
        gone.update(range(start + 1, end))
    if gone:
        kept = [place for place in range(len(lines)) if place not in gone]
        moved = {place: new for new, place in enumerate(kept)}
        starts = {moved[place]: length for place, length in markers.items()}
        markers.clear()
        markers.update(starts)
        lines[:] = [lines[place] for place in kept]


def mark_speeches(lines: list[Line]) -> None:
    """Mark the questions and answers of an interview, which are no headlines."""
    for place in _find_speeches(lines):
        lines[place] = lines[place]._replace(prose=True)


def _find_runs(lines: Sequence[Line], markers: Mapping[int, int]) -> dict[int, int]:
    """Where each run begins and ends."""
    runs: dict[int, int] = {}
    pointed = []
    rows = texts = 0
    for start, end in _find_blocks(lines):
        texts += end - start
        if first := _find_points(lines, markers, start, end):
            pointed.append((first, end))
        elif run := _find_rows(lines, start, end):
            runs[run[0]] = run[1]
            rows += run[1] - run[0]
    # A file of nothing but results has no headline for them.
    if rows == texts:
        runs.clear()
    # A single list with a line above it may as well be a section with its headlines.
    if len(pointed) > 1:
        runs.update(pointed)
    return runs


def _join(lines: Sequence[str]) -> str:
    """A run as one text: by spaces if the lines are sentences, else by semicolons."""
    parts = [text if text[-1] in _STOPS else f"{text};" for text in lines[:-1]]
    return " ".join([*parts, lines[-1]])


def _find_speeches(lines: Sequence[Line]) -> set[int]:
    """The places of the questions and answers of an interview."""
    leads = [
        (place, line.text.split(":", 1)[0])
        for place, line in enumerate(lines)
        if ":" in line.text[:12]
    ]
    asked = [place for place, lead in leads if lead.casefold() in QUESTIONS]
    answered = [place for place, lead in leads if lead.casefold() in ANSWERS]
    first = next((place for place, line in enumerate(lines) if line.text), 0)
    # Without a headline above them, the questions are the headlines.
    if min(len(asked), len(answered)) < _FEWEST_QUESTIONS or first in asked:
        return set()
    return {*asked, *answered}


def _find_blocks(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    start = 0
    for place in range(len(lines) + 1):
        if place == len(lines) or not lines[place].text:
            if place > start:
                yield start, place
            start = place + 1


def _find_points(lines: Sequence[Line], markers: Mapping[int, int], start: int, end: int) -> int:
    """Where the points of a block begin that has a headline without a marker; 0 if it has none.

    Between headline and points there may be a teaser.
    """
    if start in markers or end - 1 not in markers:
        return 0
    first = end - 1
    while first - 1 in markers:
        first -= 1
    if first <= start or end - first < _FEWEST_POINTS:
        return 0
    if any(place in markers for place in range(start, first)):
        return 0
    text = lines[start].text
    look = look_at(text)
    if first - start > 1 and look_at(lines[first - 1].text).end is not End.STOP:
        return 0
    headed = look.words >= _HEADLINE_WORDS and text[-1] != ":"
    return first if headed and read_heading(text, look).section is Likeness.NONE else 0


def _find_rows(lines: Sequence[Line], start: int, end: int) -> tuple[int, int] | None:
    """The longest run of results at the end of a block."""
    place = end
    while place > start and _is_row(lines[place - 1].text[:120]):
        place -= 1
    return (place, end) if end - place >= _FEWEST_ROWS else None


def _is_row(text: str) -> bool:
    return _FIGURES.search(text) is not None and _SCORE.fullmatch(text) is not None
