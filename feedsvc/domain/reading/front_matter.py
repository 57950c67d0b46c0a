"""Front matter: the YAML between two lines of hyphens at the top of a file, for all its entries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from feedsvc.domain.reading.fields import FrontMatter
from feedsvc.domain.reading.lines import LINE_END
from feedsvc.domain.reading.outcome import Problem

MAX_LINES = 500
MAX_CHARACTERS = 32 * 1024
_FENCE = re.compile(r"-{3,}\s*")
_KEY = re.compile(r"\w[\w -]*:(\s|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A file's text in two: its front matter, and the rest with its first line's number."""

    front: FrontMatter
    body: str
    first: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fences:
    """The places, from 0, of the lines of hyphens around the front matter."""

    opening: int
    closing: int


def part_sheet(text: str) -> Sheet | Problem:
    """A clean text's front matter and body, or why the front matter cannot be read.

    Hyphens that open no `name: value` lines are a rule, and the text has no front matter.
    """
    whole = Sheet(front=FrontMatter(), body=text, first=1)
    lines = _head_lines(text)
    fences = _find_fences(lines)
    if fences is None:
        return _refuse_unclosed(lines) or whole
    first = fences.opening + 2
    front = _read_values("\n".join(lines[fences.opening + 1 : fences.closing]), first=first)
    if isinstance(front, Problem):
        return front
    if front is None:
        return whole
    return Sheet(
        front=front,
        body=_after(text, line=fences.closing),
        first=fences.closing + 2,
    )


def _head_lines(text: str) -> list[str]:
    lines = LINE_END.split(text[:MAX_CHARACTERS])
    if len(text) > MAX_CHARACTERS:
        lines[-1] += "…"  # the limit may have cut it to what looks like a fence
    return lines[:MAX_LINES]


def _find_fences(lines: list[str]) -> _Fences | None:
    opening = _opening(lines)
    if opening is None:
        return None
    places = (n for n in range(opening + 1, len(lines)) if _FENCE.fullmatch(lines[n]))
    closing = next(places, None)
    return None if closing is None else _Fences(opening=opening, closing=closing)


def _opening(lines: list[str]) -> int | None:
    first = next((place for place, line in enumerate(lines) if line.strip()), None)
    return first if first is not None and _FENCE.fullmatch(lines[first]) else None


def _refuse_unclosed(lines: list[str]) -> Problem | None:
    opening = _opening(lines)
    if opening is None:
        return None
    first = next((line for line in lines[opening + 1 :] if line.strip()), "")
    if not _KEY.match(first):
        return None
    within = f"within {MAX_LINES} lines and {MAX_CHARACTERS // 1024} KiB"
    return Problem(
        opening + 1, "the front matter has no end", f"Close it with a line `---` {within}."
    )


def _after(text: str, *, line: int) -> str:
    ends = LINE_END.finditer(text)
    end = next(islice(ends, line, None), None)
    return text[end.end() :] if end else ""


def _read_values(front: str, *, first: int) -> FrontMatter | Problem | None:
    from feedsvc.domain.reading.front_values import read_values  # noqa: PLC0415 - few files need it

    return read_values(front, first=first)
