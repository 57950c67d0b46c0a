"""Splits a text into runs, so that a page can highlight the words that caused its labels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from feedsvc.domain.model import Entry, Evidence, Kind, Where


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRun:
    """A piece of text; `place` and `topic` say which labels it caused, if any."""

    text: str
    place: bool
    topic: bool


def highlight_evidence(entry: Entry, where: Where) -> tuple[TextRun, ...]:
    """Split an entry's title, text or caption into runs that join to exactly that text."""
    text = _text(entry, where)
    marks = tuple(_marks(entry, where))
    cuts = sorted({0, len(text), *_within(text, marks)})
    runs = (_make_run(text, marks=marks, start=start, end=end) for start, end in pairwise(cuts))
    return tuple(runs)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mark:
    kind: Kind
    start: int
    end: int


def _text(entry: Entry, where: Where) -> str:
    match where:
        case Where.TITLE:
            return entry.stated.title
        case Where.TEXT:
            return entry.stated.text
        case Where.CAPTION:
            return entry.stated.caption
        case Where.STATED:
            return ""


def _marks(entry: Entry, where: Where) -> Iterator[_Mark]:
    for label in entry.labels:
        for evidence in label.evidence:
            if evidence.where is where and _is_positive(evidence):
                yield _Mark(kind=label.kind, start=evidence.start, end=evidence.end)


def _is_positive(evidence: Evidence) -> bool:
    return evidence.weight > 0 and evidence.end > evidence.start


def _within(text: str, marks: tuple[_Mark, ...]) -> Iterator[int]:
    # Evidence from an earlier wording may reach past the end of this one.
    for mark in marks:
        for edge in (mark.start, mark.end):
            yield min(max(edge, 0), len(text))


def _make_run(text: str, *, marks: tuple[_Mark, ...], start: int, end: int) -> TextRun:
    kinds = {mark.kind for mark in marks if mark.start <= start and end <= mark.end}
    return TextRun(
        text=text[start:end],
        place=bool(kinds & {Kind.REGION, Kind.COUNTRY}),
        topic=Kind.TOPIC in kinds,
    )
